"""The mix that is done first, and of those the cheapest."""

import time
from contextlib import suppress

import numpy as np

from analytics.estimation.mix.cheapest import GAP_OF_MANY, ROUGH_GAP, Choice, least_cost, planned
from analytics.estimation.mix.program import Found
from analytics.estimation.mix.table import MixTable
from analytics.estimation.mix.windows import finish_week

SHARE_OF_A_WEEK = 0.25
"""Share of the time left that one week may be looked into: whether it can be reached may be hard to settle."""


def earliest(table: MixTable, plan: Found, until: float) -> Choice:
    """Halve in on the earliest last week, from the one of the cheapest plan down."""
    week, plan, words = earliest_week(table, plan, until)
    with suppress(TimeoutError):  # on the way only some cheap plan was looked for
        plan = plan_by(table, week, until) or plan
    best = least_cost(table.until(week), plan, until)
    return Choice(best.chosen, best.gap, (*best.words, *words))


def earliest_week(table: MixTable, plan: Found, until: float) -> tuple[int, Found, tuple[str, ...]]:
    """The week, a cheap plan that is done by then, and what was not settled in time."""
    ready = np.where(table.allowed, table.first + table.needed - 1, np.iinfo(np.int64).max).min(axis=0)
    low, high = int(ready.max()), finish_week(table, plan.chosen)
    unsettled = list[int]()
    while low < high:
        middle = (low + high) // 2
        try:
            now = time.monotonic()
            sooner = plan_by(table, middle, now + SHARE_OF_A_WEEK * (until - now), ROUGH_GAP)
        except TimeoutError:
            sooner = None
            unsettled.append(middle)
        if sooner is None:
            low = middle + 1
        else:
            plan, high = sooner, min(middle, finish_week(table, sooner.chosen))
    if unsettled:
        words = (
            f"The time was too short to tell whether work can end in week {min(unsettled) + 1}, sooner than it does."
        )
        return high, plan, (words,)
    return high, plan, ()


def plan_by(table: MixTable, week: int, until: float, gap: float = GAP_OF_MANY) -> Found | None:
    """The cheapest plan that is done by a week; ``None`` where none is.

    Raises
    ------
    TimeoutError
        If time ran out before that was known.
    """
    sooner = table.until(week)
    if (table.first > week).any() or not sooner.allowed.any(axis=0).all():
        return None
    return planned(sooner, until, gap)
