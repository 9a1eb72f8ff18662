"""The burn-up: planned, spent and foretold, added up week by week, for a chart of a running production."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from statistics import median
from typing import TYPE_CHECKING, Any

from analytics.estimation.running.budget import CENT
from analytics.estimation.running.earning import EarningRule, EarningShot, planned_value
from analytics.estimation.running.standing import RunningShot

if TYPE_CHECKING:
    import numpy as np

    Draws = np.ndarray[Any, np.dtype[np.float64]]

USUAL_DAYS = 21
"""Calendar days that a shot takes, until some of the production's own are final; assumed."""
_MOST_WEEKS = 520


@dataclass(frozen=True)
class BurnUpWeek:
    """Amounts up to the end of a week, in one unit.

    Attributes
    ----------
    week_on
        Its Monday.
    planned
        By the rule of earning; ``None`` where no shot has a due date.
    actual
        ``None`` after the day of the report.
    p10, p50, p90
        Foretold; ``None`` before it.
    """

    week_on: date
    planned: Decimal | None
    actual: Decimal | None
    p10: Decimal | None
    p50: Decimal | None
    p90: Decimal | None


def burn_up(
    shots: Sequence[RunningShot],
    earning: Sequence[EarningShot],
    rule: EarningRule,
    by_week: Mapping[date | None, Decimal],
    outcomes: "Draws",
    actuals: "Sequence[Decimal]",
    on: date,
) -> tuple[BurnUpWeek, ...]:
    """Weeks from the first fact or planned day to the last planned or foretold.

    Parameters
    ----------
    by_week
        What was spent in each week; what has no day counts before the first.
    outcomes
        Shape (outcomes, shots). What is left of a shot is spread evenly from the day, or its planned start, to its due
        date and no shorter than what is left of it would usually take.
    """
    import numpy as np

    spans = _spans(shots, outcomes, actuals, on)
    known = [monday(each) for each in by_week if each is not None]
    planned_days = [each.due_on for each in earning if each.due_on and not each.omitted]
    first = min([*known, monday(on)])
    last = max([monday(on), *map(monday, planned_days), *(monday(end) for _, end in spans.values())])
    is_dated = bool(planned_days)
    spent = by_week.get(None, Decimal(0)) + sum(
        (amount for week, amount in by_week.items() if week is not None and week < first), Decimal(0)
    )
    before = float(sum(actuals, Decimal(0)))
    to_come = {place: outcomes[:, place] - float(actuals[place]) for place in spans}
    weeks: list[BurnUpWeek] = []
    week = first
    while week <= last and len(weeks) < _MOST_WEEKS:
        end = week + timedelta(days=6)
        spent += by_week.get(week, Decimal(0))
        foretold: tuple[Decimal | None, ...] = (None, None, None)
        if end >= on:
            total = np.full(len(outcomes), before)
            for place, (begin, finish) in spans.items():
                share = ((min(end, finish) - begin).days + 1) / ((finish - begin).days + 1)
                total += to_come[place] * min(1.0, max(0.0, share))
            foretold = tuple(Decimal(repr(float(each))).quantize(CENT) for each in np.quantile(total, (0.1, 0.5, 0.9)))
        weeks.append(
            BurnUpWeek(
                week,
                planned_value(list(earning), rule, end).quantize(CENT) if is_dated else None,
                spent.quantize(CENT) if week <= monday(on) else None,
                *foretold,
            )
        )
        week += timedelta(days=7)
    return tuple(weeks)


def monday(day: date) -> date:
    """The Monday of a day's week (ISO 8601)."""
    return day - timedelta(days=day.weekday())


def _spans(
    shots: Sequence[RunningShot], outcomes: "Draws", actuals: Sequence[Decimal], on: date
) -> dict[int, tuple[date, date]]:
    """First and last day of what is left of each open shot."""
    took = [
        (shot.closed_on - began).days + 1
        for shot in shots
        if not shot.is_open and shot.closed_on and (began := shot.planned_start or shot.begun_on)
    ]
    usual = max(1, round(median(took))) if took else USUAL_DAYS
    spans = {}
    for place, shot in enumerate(shots):
        if not shot.is_open:
            continue
        begin = max(on + timedelta(days=1), shot.planned_start or on)
        whole = float(outcomes[:, place].mean())
        left = 1 - float(actuals[place]) / whole if whole > 0 else 1.0
        least = begin + timedelta(days=max(1, round(usual * left)) - 1)
        spans[place] = (begin, max(least, shot.due_on or least))
    return spans
