"""A running production in words: the headline, what the figures rest on and what they leave out."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from math import exp

from analytics.bidding.running.running_report import RunningReport, UnitReport
from analytics.estimation.running.standing import Standing

_NAMES_SHOWN = 6


def headline(report: RunningReport, unit: UnitReport) -> str:
    """What it will have cost, how sure that is, and how it stands to the budget, in plain words."""
    total = unit.total
    said = "The work will have taken" if unit.unit == "people_hours" else "The work will have cost"
    words = f"{said} about {amount(total.efc, unit)}"
    if total.etc and total.efc_p10 is not None and total.efc_p90 is not None:
        low = amount(total.efc_p10, unit, with_unit=False)
        words += f" (between {low} and {amount(total.efc_p90, unit)} in 8 of 10 cases)"
    if total.budget is None or total.variance is None:
        return f"{words}."
    side = "under" if total.variance >= 0 else "over"
    words += f": {amount(abs(total.variance), unit)} {side} its budget of {amount(total.budget, unit)}."
    if not total.etc:
        return words
    words += f" The chance to end within it is {chance_words(unit.chance_within_budget)}"
    if unit.chance_within_contingency is not None:
        words += f", and {chance_words(unit.chance_within_contingency)} with the contingency"
    return f"{words}."


def standing_words(report: RunningReport) -> str:
    """How many shots stand where, and what they are held against."""
    counts = report.standing
    words = f"{counts[Standing.FINAL]:,} of {sum(counts.values()):,} shots are final"
    more = [f"{counts[each]:,} {each.value}" for each in Standing if each is not Standing.FINAL and counts[each]]
    return ", ".join([words, *more]) + f". {report.held_against}"


def notes(report: RunningReport, unit: UnitReport) -> Iterator[str]:
    """What the figures rest on and what they leave out."""
    yield f"{report.rule.words} Retakes add to what is spent, never to what is earned."
    if report.standing[Standing.OMITTED]:
        yield "Earned value leaves the budget of omitted shots out; what they took counts as spent."
    if unit.total.etc:
        yield (
            f"What is left is foretold from {report.n_shots:,} shots of {report.n_productions} "
            f"production{'s' if report.n_productions != 1 else ''}, this one's own among them; shots yet to be omitted "
            "or added are not foretold."
        )
    yield "A positive variance is under budget. No purchase orders are known: nothing is counted as committed."
    if unit.unit != "people_hours":
        if report.prices is not None and report.prices.n_shots:
            to_come = "; hours to come are priced so" if unit.total.etc else ""
            yield (
                f"An hour of this production, all in, is {_dearer(exp(report.prices.log_factor))} than budgeted "
                f"(n = {report.prices.n_shots:,} shots){to_come}. {report.priced_by}"
            )
        vendors = sum((each for vendor, each in unit.actual_by_vendor.items() if vendor), Decimal(0))
        others = unit.actual_by_vendor.get(None, Decimal(0))
        yield (
            f"Actual to date: vendors {amount(vendors, unit)}, non-vendor {amount(others, unit)}. Gross, before "
            "incentives."
        )
    mixed = {name: each for name, each in unit.actual_by_origin.items() if each}
    if mixed:
        whole = sum(mixed.values(), Decimal(0))
        yield "Actual is " + ", ".join(f"{100 * each / whole:.0f} % {name}" for name, each in mixed.items()) + "."
    if report.not_in_ledger:
        yield f"Of the budget, {listed_names(report.not_in_ledger)} not in the ledger yet."
    yield from report.warnings


def amount(value: Decimal, unit: UnitReport, *, with_unit: bool = True) -> str:
    """An amount as people say it: ``4.48 M CAD``, ``160,600 CAD``, ``1,360 hours``."""
    size = abs(value)
    if size >= 1_000_000:
        said = f"{value / 1_000_000:,.2f} M"
    elif size >= 1_000:
        said = f"{value.quantize(Decimal(1)):,}" if unit.unit == "people_hours" else f"{round(value, -2):,.0f}"
    else:
        said = f"{value:,.0f}"
    return f"{said} {'hours' if unit.unit == 'people_hours' else unit.unit}" if with_unit else said


def unit_words(unit: UnitReport) -> str:
    """The unit as a heading names it."""
    return "people's hours" if unit.unit == "people_hours" else unit.unit


def listed_names(names: Sequence[str]) -> str:
    """So many shots, the first of them by name."""
    shown = ", ".join(names[:_NAMES_SHOWN])
    more = f" and {len(names) - _NAMES_SHOWN:,} more" if len(names) > _NAMES_SHOWN else ""
    return f"{len(names):,} shot{'s' if len(names) != 1 else ''} ({shown}{more})"


def _dearer(factor: float) -> str:
    if factor >= 2:
        return f"{factor:.1f} times dearer"
    return f"{100 * abs(factor - 1):.0f} % {'dearer' if factor >= 1 else 'cheaper'}"


def chance_words(share: float) -> str:
    """A chance in words; never a certainty, which a simulation cannot give."""
    return "below 1 %" if share < 0.01 else "above 99 %" if share > 0.99 else f"{100 * share:.0f} %"
