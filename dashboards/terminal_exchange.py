"""The commands under ``shotledger import`` and ``export``: facts on their way into the ledger and out of it."""

import json
from pathlib import Path
from typing import Annotated

import typer

from dashboards.terminal_commands import JsonOption, LedgerOption, existing_ledger, ledger_path

import_app = typer.Typer(no_args_is_help=True, help="Bring a studio's history into the ledger.")
export_app = typer.Typer(no_args_is_help=True, help="Take a studio's history out of the ledger.")


@import_app.command("history")
def import_history_bundle(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder with productions.csv, shots.csv and so on.")],
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Import a history bundle: every file is checked, every problem told; all of it is written, or nothing.

    What a bundle is made of stands in docs/history-bundle.md. Importing it again changes nothing; a later state of the
    same bundle replaces the rows it has.
    """
    from analytics.importers.history.importing import import_history
    from analytics.ledger.ledger import Ledger

    imported = import_history(Ledger.open(ledger_path(ledger)), folder)
    if as_json:
        rows = {each.table: {"new": each.new_count, "known": each.known_count} for each in imported.written}
        typer.echo(json.dumps({"import_batch_id": imported.import_batch_id, "tables": rows}, indent=2))
        return
    if not imported.written:
        typer.echo("these files had been imported before: nothing was changed")
    for each in imported.written:
        known = f", {each.known_count:,} that were known and are now as the file says" if each.known_count else ""
        typer.echo(f"{each.table}: {each.new_count:,} new{known}")


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
