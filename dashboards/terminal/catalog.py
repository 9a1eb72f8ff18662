"""The command ``shotledger demo-catalog``: a made-up slate in the ledger, with its truth beside it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dashboards.terminal.commands import JsonOption, LedgerOption, ledger_path, show

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.progress import Progress

    from analytics.demo_catalog.catalog import Catalog

TRUTH_FILE = "truth.json"
_CLOCKS = {
    "people": "people's hours",
    "machine": "machine time",
    "calendar": "calendar days",
    "cost_gross": "gross cost",
}


def demo_catalog(
    shots: Annotated[int, typer.Option(help="How many shots; everything else grows with them.")] = 4000,
    seed: Annotated[int, typer.Option(min=0, help="Another seed draws another slate.")] = 2026,
    bundle: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Keep the history bundle in a new folder.", show_default="thrown away"),
    ] = None,
    parquet: Annotated[
        bool | None,
        typer.Option("--parquet/--csv", help="Files of the bundle.", show_default="CSV up to 20,000 shots"),
    ] = None,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Fill the ledger with a made-up slate whose truth is known, to try everything else on.

    Twelve titles of a fictitious streamer, 4,000 shots, 60,000 timesheet entries, renders, reviews, bills and rates in
    two currencies, written as a history bundle and imported as one; every row is marked synthetic. What AI really saved
    on each kind of shot is written to truth.json beside the ledger: no studio ever sees that, and a comparison that is
    any good finds it. How the slate is drawn is told in docs/demo-catalog.md.
    """
    from analytics.demo_catalog.catalog import catalog_parameters, make_catalog
    from analytics.importers.history.importing import import_history
    from analytics.ledger.ledger import Ledger
    from analytics.vocabulary.origin import Origin

    catalog_parameters(shots)  # a number that is refused leaves no ledger behind
    opened = Ledger.open(ledger_path(ledger))
    with _folder(bundle, opened.path.parent) as folder, _progress() as progress:
        task = progress.add_task("shots", total=1.0)
        catalog = make_catalog(
            folder,
            shot_count=shots,
            seed=seed,
            as_parquet=parquet,
            said=lambda words, share: progress.update(task, description=words, completed=share),
        )
        progress.update(task, description="into the ledger: checked as a whole, then written", total=None)
        imported = import_history(
            opened, folder, Origin.SYNTHETIC, source=f"a made-up slate of {shots:,} shots, seed {seed}"
        )
    truth = opened.path.parent / TRUTH_FILE
    truth.write_text(json.dumps(catalog.truth, indent=2) + "\n", encoding="utf-8")
    if as_json:
        tables = {each.table: {"new": each.new_count, "known": each.known_count} for each in imported.written}
        told = {
            "ledger": str(opened.path),
            "truth": str(truth),
            "bundle": str(bundle) if bundle else None,
            "import_batch_id": imported.import_batch_id,
            "tables": tables,
        }
        typer.echo(json.dumps(told, indent=2))
        return
    if not imported.written:
        typer.echo("this catalog was in the ledger already: nothing was changed")
    show(_screen(catalog))
    if bundle:
        typer.echo(f"the bundle lies in {bundle}")
    typer.echo(f"the truth lies in {truth}")
    typer.echo("next: shotledger compare --clock people, shotledger cost --by production", err=True)


@contextmanager
def _folder(named: Path | None, beside: Path) -> Iterator[Path]:
    """The folder for the bundle; where none was named, one beside the ledger for as long as it is needed."""
    if named is not None:
        yield named
        return
    with TemporaryDirectory(prefix=".demo-catalog-", dir=beside) as folder:
        yield Path(folder)


def _progress() -> "Progress":
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)


def _screen(catalog: "Catalog") -> "RenderableType":
    from rich.console import Group
    from rich.text import Text

    truth, rows = catalog.truth, catalog.row_counts
    open_count, waiting = truth["shots_open"], truth["shots_not_turned_over"]
    lines = (
        f"{rows['titles']:,} titles, {rows['productions']:,} productions and {rows['shots']:,} shots up to "
        f"{truth['facts_end_on']}, every row synthetic",
        f"{rows['work_entries']:,} timesheet entries, {rows['renders']:,} renders, {rows['reviews']:,} reviews, "
        f"{rows['charges']:,} bills",
        f"{truth['ai_shots']:,} shots begun with AI, of which {truth['fell_back_share_of_ai']:.1%} fall back; "
        f"{open_count:,} unfinished, {waiting:,} not turned over yet, {truth['shots_omitted']:,} omitted; "
        f"{truth['twin_pairs']:,} made twice as twins",
    )
    return Group(
        *map(Text, lines),
        Text(),
        Text("AI over traditional on the same shots, beside what averages over finished shots say", style="bold"),
        _truth_table(truth["clocks"]),
        Text("alike: the middle of the shots' own ratios; total: everything spent on one side over the other"),
    )


def _truth_table(clocks: dict[str, Any]) -> "RenderableType":
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("Clock")
    for words in ("all, alike", "all, total", "AI's, alike", "AI's, total", "averages"):
        table.add_column(words, justify="right")
    for clock, told in clocks.items():
        everywhere, ai, naive = told["all"], told["ai"], told["naive"]
        ratios = (
            everywhere["geometric_mean_ratio"], everywhere["ratio_of_totals"], ai["geometric_mean_ratio"],
            ai["ratio_of_totals"], naive.get("geometric_mean_ratio"),
        )  # fmt: skip
        table.add_row(_CLOCKS[clock], *("–" if ratio is None else f"{ratio:.2f}" for ratio in ratios))
    return table
