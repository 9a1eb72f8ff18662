"""A running production as one screen of the terminal: readable at 100 columns, without colour and when piped."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from analytics.bidding.running.report_words import amount, headline, listed_names, notes, standing_words, unit_words
from analytics.bidding.running.running_report import RunningReport, UnitReport
from analytics.estimation.running.cost_report import CostRow
from analytics.estimation.running.earned_value import EacFormula
from analytics.estimation.running.exposure import ShotExposure
from analytics.estimation.running.standing import Standing
from dashboards.terminal.cost_tables import KIND_WORDS, cost_table
from dashboards.terminal.listings import NOTHING, plain

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

_SHOTS_SHOWN = 10
_MOVES_SHOWN = 6


def efc_screen(report: RunningReport, unit: UnitReport, by: str) -> "RenderableType":
    """Headline, cost report, earned value, exposure, what moved, and what all of it rests on."""
    from rich.console import Group
    from rich.text import Text

    parts: list[RenderableType] = [
        Text(f"{report.production_name}, as of {report.on}", style="bold"),
        Text(standing_words(report)),
        Text(f"{headline(report, unit)}\n"),
    ]
    titles = {
        "sequence": "Cost report by sequence",
        "department": "Cost report by department",
        "shot": "Shots",
        "week": "Week by week, added up",
    }
    parts += [Text(f"{titles[by]}, {unit_words(unit)}", style="bold"), _main_table(unit, by), Text()]
    parts += [Text("Earned value", style="bold"), _earned_table(report, unit), *map(Text, unit.earned.gaps()), Text()]
    if by != "shot":
        parts += _exposure(report, unit)
    parts += _moved(report, unit)
    parts += [Text(f"· {note}") for note in notes(report, unit)]
    return Group(*parts)


def _main_table(unit: UnitReport, by: str) -> "RenderableType":
    if by == "shot":
        return _shot_table(unit.exposures, unit)
    if by == "week":
        return _week_table(unit)
    rows = unit.sequences if by == "sequence" else unit.departments
    table = cost_table(
        "Sequence" if by == "sequence" else "Department", ">budget", ">actual", ">ETC", ">EFC", ">variance",
        ">EFC moved", ">final",
    )  # fmt: skip
    for row in rows:
        before = unit.sequences_before.get(row.name) if by == "sequence" else None
        table.add_row(*plain(*_cells(row, before, by)))
    table.add_section()
    table.add_row(*plain(*_cells(unit.total, unit.efc_before, by)))
    for row in unit.beside:
        table.add_row(*plain(*_cells(row, None, by)))
    if unit.beside:
        table.add_section()
        table.add_row(*plain(*_cells(unit.whole, None, by)))
    return table


def _cells(row: CostRow, before: Decimal | None, by: str) -> tuple[str, ...]:
    moved = NOTHING if before is None else _signed(row.efc - before)
    final = NOTHING if row.shot_count is None else f"{row.final_count} of {row.shot_count}"
    name = KIND_WORDS.get(row.name, row.name) if by == "department" and row.name in ("machine", "api") else row.name
    return (
        name, _plain(row.budget), _plain(row.actual), _plain(row.etc), _plain(row.efc), _signed(row.variance), moved,
        final,
    )  # fmt: skip


def _shot_table(shots: Sequence[ShotExposure], unit: UnitReport) -> "Table":
    table = cost_table("Shot", "Standing", ">budget", ">actual", ">EFC", ">8 in 10", ">over by", ">chance")
    for shot in shots:
        spread = NOTHING if shot.efc_p10 == shot.efc_p90 else f"{_plain(shot.efc_p10)}–{_plain(shot.efc_p90)}"
        chance = "done" if shot.standing in (Standing.FINAL, Standing.OMITTED) else f"{shot.chance_over:.0%}"
        table.add_row(
            *plain(
                shot.name, shot.standing.value, "none" if shot.budget is None else _plain(shot.budget),
                _plain(shot.actual), _plain(shot.efc), spread, _plain(shot.overrun), chance,
            )
        )  # fmt: skip
    return table


def _week_table(unit: UnitReport) -> "Table":
    table = cost_table("Week of", ">planned", ">actual", ">foretold, 1 in 10 below", ">middle", ">1 in 10 above")
    for week in unit.burn_up:
        table.add_row(
            *plain(str(week.week_on), *map(_plain, (week.planned, week.actual, week.p10, week.p50, week.p90)))
        )
    return table


def _earned_table(report: RunningReport, unit: UnitReport) -> "Table":
    earned = unit.earned
    table = cost_table("", ">", "", ">", "Estimate at completion by", ">EAC", ">variance")
    foretold = [
        ("CPI: as dear as so far", earned.eac(EacFormula.TYPICAL)),
        ("the budget of what is left", earned.eac(EacFormula.ATYPICAL)),
        ("CPI and SPI", earned.eac(EacFormula.COST_AND_SCHEDULE)),
        ("this forecast", unit.total.efc),
    ]
    figures = [
        ("planned value (PV)", _plain(earned.pv), "CPI", _index(earned.cpi)),
        ("earned value (EV)", _plain(earned.ev), "SPI", _index(earned.spi)),
        ("actual cost (AC)", _plain(earned.ac), "TCPI", _index(earned.tcpi())),
        ("cost variance (CV)", _signed(earned.cv), "SV", _signed(earned.sv)),
    ]
    for (name, value, index, ratio), (formula, eac) in zip(figures, foretold, strict=True):
        budget = unit.total.budget if formula == "this forecast" else earned.bac
        variance = None if eac is None or budget is None else budget - eac
        table.add_row(*plain(name, value, index, ratio, formula, _plain(eac), _signed(variance)))
    return table


def _exposure(report: RunningReport, unit: UnitReport) -> "Iterator[RenderableType]":
    from rich.text import Text

    left = [shot for shot in unit.exposures if shot.standing in (Standing.IN_WORK, Standing.NOT_BEGUN)]
    over = [shot for shot in left if shot.overrun > 0][:_SHOTS_SHOWN]
    if over:
        whole = sum((shot.overrun for shot in left), Decimal(0))
        saved = sum((shot.saving for shot in left), Decimal(0))
        yield Text("Exposure: unfinished shots by what is to be expected above their budget", style="bold")
        yield _shot_table(over, unit)
        yield Text(
            f"{len(over)} of {len(left):,} unfinished shots. On all of them {amount(whole, unit)} above budget is to "
            f"be expected, and {amount(saved, unit)} below it on others or in better cases.\n"
        )
    if unit.unbudgeted is not None:
        row = unit.unbudgeted
        yield Text(
            f"{listed_names(report.not_in_budget)} {'is' if row.shot_count == 1 else 'are'} in no budget: "
            f"{amount(row.actual, unit)} spent, {amount(row.etc, unit)} to come.\n"
        )


def _moved(report: RunningReport, unit: UnitReport) -> "Iterator[RenderableType]":
    from rich.text import Text

    if report.since is None or unit.efc_before is None or unit.spent_since is None:
        return
    change = unit.total.efc - unit.efc_before
    yield Text(f"Since {report.since}", style="bold")
    yield Text(
        f"{amount(unit.spent_since, unit)} spent; the estimated final cost went "
        f"{'up' if change > 0 else 'down' if change < 0 else 'nowhere'}"
        f"{f' by {amount(abs(change), unit)}' if change else ''}. Most of it by"
        if unit.moved
        else "nothing moved."
    )
    for each in unit.moved[:_MOVES_SHOWN]:
        yield Text(f"  {each.name}: {_signed(each.change)} ({each.why})")
    yield Text()


def _plain(value: Decimal | None) -> str:
    return NOTHING if value is None else f"{value:,.0f}"


def _signed(value: Decimal | None) -> str:
    return NOTHING if value is None else f"{value:+,.0f}" if round(value) else "0"


def _index(value: Decimal | None) -> str:
    return NOTHING if value is None else f"{value:.2f}"
