"""The command ``shotledger bid efc``: what a running production will have cost, against its locked budget."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from analytics.estimation.running.earning import EarningRule
from dashboards.terminal.commands import CsvOption, JsonOption, LedgerOption, existing_ledger, print_rows, show


class EfcBy(StrEnum):
    """What each row of the report is of."""

    SEQUENCE = "sequence"
    DEPARTMENT = "department"
    SHOT = "shot"
    WEEK = "week"


def efc(
    named: Annotated[
        str,
        typer.Argument(
            metavar="PRODUCTION|BID",
            help="A production by id or name: it is held against its locked bid, else its locked budget amount. Or a "
            "bid by its id.",
        ),
    ],
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="DAY",
            help="Report as of this day; nothing later counts.",
            show_default="the last day that anything is known of the production",
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="DAY", help="Tell what changed since this day.", show_default="a week earlier"),
    ] = None,
    rule: Annotated[
        EarningRule,
        typer.Option(
            help="When a shot earns its budget: all of it when it is final, or half when work on it begins.",
        ),
    ] = EarningRule.AT_FINAL,
    by: Annotated[EfcBy, typer.Option(help="What each row is of.")] = EfcBy.SEQUENCE,
    in_hours: Annotated[bool, typer.Option("--hours", help="In people's hours instead of money.")] = False,
    rates: Annotated[
        list[str] | None,
        typer.Option(
            "--rates",
            metavar="FILE|NAME",
            help="Price what was spent by this card, as `shotledger cost` takes it.",
            show_default="the studio's imported rates, then the card that comes with Shotledger",
        ),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Another seed draws other outcomes.")] = 0,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE.xlsx", help="Write the report as a workbook too.")
    ] = None,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Show what a running production will have cost: locked budget, actual to date, estimate to complete, final cost.

    What is done is known. What is left is drawn from the studio's history, the production's own finals in it, so that
    the forecast moves with every shot; it comes with a range, and beside it stand the figures of earned value (CPI,
    SPI) and the shots likeliest to go over. A positive variance is under budget.

    shotledger bid efc P12 --as-of 2026-11-20, shotledger bid efc P12-bid-1 --by department,
    shotledger bid efc P12 --by week --csv > burn_up.csv, shotledger bid efc P12 -o week_47.xlsx
    """
    from analytics.bidding.running.report_file import refuse_other_than_workbook, write_report_file
    from analytics.bidding.running.reporting import running_report
    from dashboards.terminal.efc_rows import neutral_rows, plain_report, plain_rows
    from dashboards.terminal.efc_screens import efc_screen

    if output is not None:
        refuse_other_than_workbook(output)
    on, before = _day("--as-of", as_of), _day("--since", since)
    opened = existing_ledger(ledger)
    with _working("reading the ledger") as said:
        report = running_report(opened, named, on=on, since=before, rule=rule, rates=rates, seed=seed, said=said)
    if output is not None:
        write_report_file(report, output)
        typer.echo(f"written: {output}", err=True)
    unit = report.hours if in_hours else report.main
    if as_csv:
        return print_rows(neutral_rows(plain_rows(unit, by.value)), as_csv=True)
    if as_json:
        typer.echo(json.dumps(plain_report(report), indent=2))
        return None
    show(efc_screen(report, unit, by.value))
    return None


def _day(option: str, text: str | None) -> date | None:
    from analytics.vocabulary.errors import InputRefused

    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise InputRefused(option, text, "is no date", "write it as 2026-11-20") from None


@contextmanager
def _working(words: str) -> Iterator[Callable[[str], None]]:
    """Say on stderr what is being done while it lasts."""
    from rich.console import Console

    console = Console(stderr=True)
    with console.status(words) as status:
        yield status.update
