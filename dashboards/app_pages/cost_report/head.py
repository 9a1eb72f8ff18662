"""What the cost report says in words: the headline with what it rests on, and a sentence over each part."""

from collections.abc import Sequence
from datetime import date
from html import escape

from analytics.bidding.running.report_words import amount, chance_words, unit_words
from analytics.bidding.running.running_report import RunningReport, UnitReport
from analytics.estimation.running.cost_report import CostRow
from analytics.estimation.running.exposure import ShotExposure
from dashboards.look.words import count_words


def report_head(report: RunningReport, unit: UnitReport, age: str) -> str:
    """One sentence with the number, under it how sure that is and what the week did."""
    total, in_hours = unit.total, unit.unit == "people_hours"
    verb = ("will take" if in_hours else "will cost") if total.etc else ("took" if in_hours else "cost")
    headline = f"{report.production_name} {verb} {'about ' if total.etc else ''}{amount(total.efc, unit)}"
    if total.variance is not None:
        budget = "locked budget" if "not locked" not in report.held_against else "bid"
        headline += f", {over_words(total, unit)} its {budget}"
    held = report.held_against.split(", spread")[0].rstrip(".")
    details = "".join(f'<p class="detail">{line}</p>' for line in (_sure(unit), _since(report, unit)) if line)
    return (
        f'<header class="sl-head" data-report="{escape(report.production_id)}" data-on="{report.on}">'
        f'<p class="eyebrow"><span>Cost report · as of {day_words(report.on)}</span>'
        f"<span>{escape(age or held)}</span></p>"
        f"<h1>{escape(headline)}.</h1>{details}</header>"
    )


def burn_up_words(report: RunningReport, unit: UnitReport) -> str:
    """What the burn-up shows."""
    words = f"Added up week by week, in {unit_words(unit)}."
    if any(week.planned is not None for week in unit.burn_up):
        words += " Dashed: what was due by then, at its budget."
    if unit.total.etc:
        words += (
            f" The band is where 8 in 10 outcomes lie, drawn from {report.n_shots:,} shots of the studio's history; "
            "dotted is the middle one, and the EFC is their mean."
        )
    return words


def moved_words(report: RunningReport, unit: UnitReport) -> str:
    """How far the estimate moved, and by what most."""
    if not unit.moves:
        return "Nothing moved the estimate."
    first = unit.moves[0]
    way = "up" if first.change > 0 else "down"
    return (
        f"The estimated final cost {_moved(unit)}. Largest cause: {first.cause.value}, {way} "
        f"{amount(abs(first.change), unit)} on {count_words(first.shot_count, 'shot')}. Strong bars are dearer, "
        "grey ones cheaper."
    )


def rows_words(report: RunningReport) -> str:
    """How the rows are to be read."""
    words = "Variance is budget less EFC: minus is over, and red marks more than 5% over. EFC is spent plus to come."
    if "spread" in report.held_against:
        words += (
            " Nobody budgeted these sequences: the locked amount is spread over them by what such shots had taken, so "
            "their budgets are assumed."
        )
    return words


def department_words(unit: UnitReport) -> str:
    """How the rows of departments are to be read."""
    words = "What is to come of a shot is spread over its departments by what each lacks of its part."
    if all(row.budget is None for row in unit.departments):
        words = "Nothing says what each department was budgeted at, so there is no variance by department."
    return f"{words} Solid: spent. Faint: to come."


def exposure_words(unit: UnitReport, exposed: Sequence[ShotExposure], shown: int) -> str:
    """How many may go over and by how much in all."""
    if not exposed:
        return "No unfinished shot is likely to go over." if unit.total.etc else "No shot is unfinished."
    some = f" The first {shown} of them:" if len(exposed) > shown else ""
    return (
        f"{count_words(len(exposed), 'unfinished shot')} may end above budget: {amount(unit.exposure, unit)} is to be "
        f"expected above it on them all, and {amount(unit.possible_saving, unit)} below it on others or in better "
        f"cases.{some} Thin bar: spent. Faint band: where 8 in 10 outcomes end. Tick: budget."
    )


def over_words(row: CostRow, unit: UnitReport) -> str:
    """``1.41 M CAD over``."""
    assert row.variance is not None
    if not row.variance:
        return "exactly on"
    return f"{amount(abs(row.variance), unit)} {'over' if row.variance < 0 else 'under'}"


def chance(share: float) -> str:
    """A chance as the pages write percent: ``above 99%``."""
    return chance_words(share).replace(" %", "%")


def day_words(day: date | None) -> str:
    """``20 Apr 2026``."""
    return "" if day is None else f"{day.day} {day:%b %Y}"


def _sure(unit: UnitReport) -> str:
    total = unit.total
    if not total.etc or total.efc_p10 is None or total.efc_p90 is None:
        return ""
    low, high = amount(total.efc_p10, unit, with_unit=False), amount(total.efc_p90, unit)
    words = f"8 times in 10 it ends between <b>{low}</b> and <b>{high}</b>."
    if total.budget is None:
        return words
    words += f" The chance to end within the budget is <b>{chance(unit.chance_within_budget)}</b>"
    if unit.chance_within_contingency is not None:
        words += f", with the contingency <b>{chance(unit.chance_within_contingency)}</b>"
    return f"{words}."


def _since(report: RunningReport, unit: UnitReport) -> str:
    if unit.spent_since is None or unit.efc_before is None:
        return ""
    spent = amount(unit.spent_since, unit)
    return f"Since {day_words(report.since)}: <b>{spent}</b> spent, and the estimate <b>{_moved(unit)}</b>."


def _moved(unit: UnitReport) -> str:
    change = unit.efc_change
    if not change:
        return "stayed where it was"
    return f"went {'up' if change > 0 else 'down'} by {amount(abs(change), unit)}"
