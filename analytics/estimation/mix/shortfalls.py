"""What is missing where not everything fits: the least hours to be added, by whom and when."""

import time
from collections.abc import Callable
from dataclasses import replace

from analytics.estimation.mix.answer import Shortfall
from analytics.estimation.mix.cheapest import ROUGH_GAP
from analytics.estimation.mix.problem import Values
from analytics.estimation.mix.program import Found, MixProgram
from analytics.estimation.mix.table import Chosen, MixTable
from analytics.estimation.mix.windows import Span, Windows, shares_of


def least_overtime(table: MixTable, until: float) -> Found | None:
    """The cheapest of the mixes that need the fewest hours beyond what there is; ``None`` if time runs out."""
    program = MixProgram(table, overtime=True)
    try:
        fewest = program.solve(until, gap=ROUGH_GAP)
        if fewest is None or fewest.overtime is None:
            return None
        try:
            allowed = float(fewest.overtime.sum()) * (1 + 1e-6) + 1e-6
            return program.solve(until, gap=ROUGH_GAP, within_overtime=allowed) or fewest
        except TimeoutError:
            return fewest
    except TimeoutError:
        return None


def missing_hours(table: MixTable, chosen: Chosen, weeks_in_words: Callable[[int, int], str]) -> tuple[Shortfall, ...]:
    """What a mix lacks of each resource, the most first; empty where it fits."""
    windows = Windows(table)
    loads = windows.loads(shares_of(table, chosen))
    if windows.fits(loads):
        return ()
    alone = replace(table, allowed=shares_of(table, chosen) > 0)
    found = MixProgram(alone, overtime=True).solve(time.monotonic() + 10.0)
    assert found is not None  # with overtime everything fits
    assert found.overtime is not None
    told = []
    for span in windows.too_full(loads, 1):
        hours = float(found.overtime[span.resource].sum())
        told.append(_hours_missing(table.resources[span.resource], hours, windows, loads, span, weeks_in_words))
    return tuple(sorted(told, key=lambda each: -each.amount))


def _hours_missing(
    resource: str,
    hours: float,
    windows: Windows,
    loads: Values,
    span: Span,
    weeks_in_words: Callable[[int, int], str],
) -> Shortfall:
    place = (span.resource, span.first, span.last)
    load, there_are = float(loads[place]), float(windows.capacity[place])
    here = load - there_are
    when = weeks_in_words(*windows.weeks(span))
    words = f"{resource} lacks {hours:,.0f} hours"
    words += f", {here:,.0f} of them {when}" if hours - here > 0.5 else f" {when}"
    return Shortfall(resource, hours, "hours", f"{words}: {load:,.0f} hours of work, {there_are:,.0f} there are.")
