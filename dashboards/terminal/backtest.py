"""The command ``shotledger bid backtest``: past productions bid from each other, beside what they took."""

import json
from typing import TYPE_CHECKING

import typer

from dashboards.terminal.bid_options import OutcomesOption, SeedOption, working
from dashboards.terminal.commands import CsvOption, JsonOption, LedgerOption, existing_ledger, print_rows, show
from dashboards.terminal.costs import SyntheticOption

if TYPE_CHECKING:
    from rich.console import Group
    from rich.table import Table

    from analytics.estimation.backtest import Backtest

FEWEST_TO_JUDGE = 8
"""Below so many productions, how many of them came out inside says little."""


def backtest_screen(backtest: "Backtest") -> "Group":
    """A sentence, the productions, and the simpler ways of estimating."""
    from rich.console import Group
    from rich.padding import Padding
    from rich.text import Text

    tested = len(backtest.productions)
    said = [Text(backtest.in_words(), style="bold")]
    if tested < FEWEST_TO_JUDGE:
        said.append(
            Text(
                f"{tested} productions are too few to say how often such ranges hold: the shots say more than they do."
            )
        )
    return Group(*said, Padding(_productions(backtest), (1, 0)), _ways(backtest))


def _productions(backtest: "Backtest") -> "Table":
    from rich.table import Table

    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("Production", no_wrap=True, max_width=26)
    for words in ("shots", "took, days", "P10", "P50", "P90"):
        table.add_column(words, justify="right")
    table.add_column("", no_wrap=True)
    table.add_column("middle off by", justify="right")
    table.add_column("shots inside", justify="right")
    for each in backtest.productions:
        where = "inside" if each.inside else ("▲ over" if each.actual_hours > each.p90 else "▼ under")
        table.add_row(
            each.name, f"{each.n_shots:,}", _days(each.actual_hours), _days(each.p10), _days(each.p50), _days(each.p90),
            where, f"{each.p50 / each.actual_hours - 1:+.0%}", f"{each.shots_inside:.0%}",
        )  # fmt: skip
    return table


def _ways(backtest: "Backtest") -> "Table":
    from rich.table import Table

    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("How the total was estimated", no_wrap=True)
    table.add_column("off by, median", justify="right")
    table.add_column("")
    rows = [("this bid's middle (P50)", backtest.median_error, "with a range")]
    rows += [(name, error, "no range") for name, error in backtest.baseline_errors().items()]
    for name, error, words in rows:
        table.add_row(name, f"{error:.0%}", words)
    return table


def _days(hours: float) -> str:
    return f"{hours / 8:,.0f}"


def run_backtest(
    outcomes: OutcomesOption = 1000,
    seed: SeedOption = 0,
    with_synthetic: SyntheticOption = False,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    ledger: LedgerOption = None,
) -> None:
    """Bid every past production as if it had not been made, and see how often the ranges held what it took.

    Each is estimated from the others and held against its people-hours, beside the simpler ways people estimate. Bids
    quote what is found, until the facts change.
    """
    from dataclasses import asdict

    from analytics.estimation.backtest import backtest
    from analytics.estimation.history import bid_history
    from analytics.estimation.kept_backtest import keep_backtest

    opened = existing_ledger(ledger)
    with working("reading the history") as said:
        history = bid_history(opened, with_synthetic=with_synthetic)
        found = backtest(
            history, outcomes=outcomes, seed=seed,
            progress=lambda done, of, name: said(f"{done} of {of} productions: {name}" if name else "done"),
        )  # fmt: skip
    keep_backtest(opened, found, with_synthetic=with_synthetic)
    if as_json or as_csv:
        rows = [{**asdict(each), "inside": each.inside, "error": each.error} for each in found.productions]
        if as_csv:
            return print_rows(rows, as_csv)
        summary = {
            "productions": len(found.productions), "n_shots": found.n_shots, "inside": found.inside_count,
            "coverage": found.inside_count / len(found.productions), "shots_coverage": found.shots_inside,
            "median_error": found.median_error, "pinball": found.pinball, "baseline_errors": found.baseline_errors(),
        }  # fmt: skip
        typer.echo(json.dumps({"summary": summary, "productions": rows}, indent=2))
        return
    show(backtest_screen(found))
