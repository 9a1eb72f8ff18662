"""The commands under ``shotledger import`` and ``export``: facts on their way into the ledger and out of it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from analytics.vocabulary.errors import InputRefused
from dashboards.terminal.commands import (
    CsvOption,
    JsonOption,
    LedgerOption,
    existing_ledger,
    ledger_path,
    print_rows,
    show,
)

import_app = typer.Typer(
    no_args_is_help=True, help="Bring a studio's history into the ledger, see what came in, take it back."
)
export_app = typer.Typer(no_args_is_help=True, help="Take a studio's history out of the ledger.")


ByOption = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who you are, for the record.")]


@import_app.command("history")
def import_history_bundle(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder with productions.csv, shots.csv and so on.")],
    preview: Annotated[
        bool, typer.Option("--preview", help="Only tell what would change: new, changed and unchanged rows.")
    ] = False,
    by: ByOption = None,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Import a history bundle: every file is checked, every problem told; all of it is written, or nothing.

    What a bundle is made of stands in docs/history-bundle.md. Importing it again changes nothing; a later state of the
    same bundle replaces the rows it has. `--preview` shows what would change and writes nothing; an import can be taken
    back with `shotledger import undo`.
    """
    from analytics.importers.history.importing import import_history, preview_history
    from analytics.ledger.ledger import Ledger

    if preview:
        path = ledger_path(ledger)
        with doing("checking every file"), TemporaryDirectory() as nowhere:
            # A preview of the first import makes no ledger.
            found = preview_history(Ledger.open(path if path.exists() else Path(nowhere, "empty.duckdb")), folder)
        if as_json:
            typer.echo(json.dumps(asdict(found), indent=2, default=str))
        else:
            from dashboards.terminal.import_screens import preview_screen

            show(preview_screen(found))
        return
    with doing("checking every file, then writing all of it"):
        imported = import_history(Ledger.open(ledger_path(ledger)), folder, by=by)
    if as_json:
        rows = {
            each.table: {
                "new": each.new_count,
                "known": each.known_count,
                "changed": each.changed_count,
                "gone": each.gone_count,
            }
            for each in imported.written
        }
        typer.echo(json.dumps({"import_batch_id": imported.import_batch_id, "tables": rows}, indent=2))
        return
    if not imported.written:
        typer.echo("these files had been imported before: nothing was changed")
    for each in imported.written:
        known = f", {each.known_count:,} that were known and are now as the file says" if each.known_count else ""
        changed = f" ({each.changed_count:,} said otherwise before)" if each.changed_count else ""
        gone = f", {each.gone_count:,} no longer listed" if each.gone_count else ""
        typer.echo(f"{each.table}: {each.new_count:,} new{known}{changed}{gone}")
    if imported.written:
        typer.echo(f"to take it back: shotledger import undo {imported.import_batch_id}", err=True)


@import_app.command("list")
def import_list(ledger: LedgerOption = None, as_json: JsonOption = False, as_csv: CsvOption = False) -> None:
    """List what was imported: when, from where, by whom, what became of its rows, and whether it was taken back."""
    from analytics.ledger.staging.batches import imports_of

    batches = imports_of(existing_ledger(ledger))
    if as_json or as_csv:
        return print_rows([asdict(batch) for batch in batches], as_csv)
    from dashboards.terminal.import_screens import imports_table

    show(imports_table(batches))


@import_app.command("undo")
def import_undo(
    import_batch_id: Annotated[str, typer.Argument(metavar="ID", help="As `shotledger import list` shows it.")],
    preview: Annotated[
        bool, typer.Option("--preview", help="Only tell what would go and what would come back.")
    ] = False,
    by: ByOption = None,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take an import back: its rows go, and those that it replaced come back as they were.

    It is refused, with the reason, where a later import builds on its rows or where renders, reviews or hours that came
    from elsewhere belong to its shots. The import stays on the list, marked as taken back.
    """
    from analytics.ledger.staging.undoing import undo_import, undo_plan

    opened = existing_ledger(ledger)
    if preview:
        plan = undo_plan(opened, import_batch_id)
        if plan.obstacles:
            raise InputRefused.all_of(plan.obstacles)
        tables, notes = plan.tables, plan.notes
    else:
        with doing("taking the import back"):
            tables, notes = undo_import(opened, import_batch_id, by=by), ()
    if as_json:
        typer.echo(json.dumps([asdict(table) for table in tables], indent=2))
        return
    from dashboards.terminal.import_screens import undone_table

    show(undone_table(tables))
    for note in notes:
        typer.echo(note)


@contextmanager
def doing(words: str) -> Iterator[None]:
    """Say on a terminal what is being done, for as long as it lasts."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield
        return
    with console.status(words):
        yield


@export_app.command("history")
def export_history_bundle(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that holds no bundle yet.")],
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write what was imported back as a history bundle; imported elsewhere, it gives the same rows."""
    from analytics.importers.history.exporting import export_history

    counts = export_history(existing_ledger(ledger), folder)
    if as_json:
        typer.echo(json.dumps(dict(counts), indent=2))
        return
    for table, count in counts.items():
        typer.echo(f"{folder / table}.csv: {count:,} rows")
    if not counts:
        typer.echo("nothing was ever imported into this ledger, so nothing was written")
