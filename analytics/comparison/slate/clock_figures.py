"""One clock in figures that people picture: what an AI shot took, and what it would have taken traditionally."""

from dataclasses import dataclass

from analytics.comparison.figures import Clock
from analytics.comparison.slate.clock_comparison import ClockComparison
from analytics.comparison.slate.results import Estimand, Method, Population, RatioResult
from analytics.comparison.slate.slate_sentences import chosen_result


@dataclass(frozen=True)
class Sides:
    """Both workflows in the unit of the clock: seconds, people-hours, days or money."""

    ai: float
    traditional: float


@dataclass(frozen=True)
class ClockFigures:
    """A clock's headline ratio with the figures that belong to it.

    Attributes
    ----------
    result
        The ratio that headlines are made of.
    each
        Of one shot: the mean where the ratio is of totals, else the typical (geometric mean) one; ``None`` where there
        is no ratio.
    each_is_typical
        Which of the two it is.
    per_minute
        Of one finished minute; of money alone.
    whole
        Of all AI shots that were compared, with its own ratio; ``None`` for days, which add up to nothing.
    """

    clock: Clock
    result: RatioResult
    each: Sides | None
    each_is_typical: bool
    per_minute: Sides | None
    whole: Sides | None
    whole_result: RatioResult


def clock_figures(clock: ClockComparison) -> ClockFigures:
    """Work them out of a comparison by one clock."""
    result = chosen_result(clock)
    totals = clock.result(Estimand.RATIO_OF_TOTALS, Method.ADJUSTED, Population.AI)
    is_typical = result.estimand is Estimand.GEOMETRIC_MEAN_RATIO
    each = _sides(clock.ai_typical, result) if is_typical else _sides(_over(clock.ai_total, result.n_ai), result)
    adds_up = clock.clock is not Clock.CALENDAR
    is_money = clock.clock in (Clock.COST_GROSS, Clock.COST_NET)
    return ClockFigures(
        clock.clock,
        result,
        # A ratio of pairs is of other shots than the total is.
        each if result.method is Method.ADJUSTED else None,
        is_typical,
        _sides(_over(clock.ai_total, clock.ai_cut_seconds / 60), totals) if is_money else None,
        _sides(clock.ai_total, totals) if adds_up else None,
        totals,
    )


def _over(total: float, count: float) -> float | None:
    return total / count if count else None


def _sides(ai: float | None, result: RatioResult) -> Sides | None:
    return Sides(ai, ai / result.ratio) if ai and result.ratio else None
