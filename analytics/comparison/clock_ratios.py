"""Ratios of the two workflows, AI over traditional, one for each clock and never one for all."""

from dataclasses import replace

from analytics.comparison.figures import QUALITY_NOT_MEASURED, Clock, ClockRatio, WorkflowFigures
from analytics.comparison.workflow_figures import each_once
from analytics.vocabulary.money import Money
from analytics.vocabulary.origin import Origin

CALENDAR_NOT_MEASURED = "not measured: needs turnover and final dates"


def clock_ratios(
    ai: WorkflowFigures, traditional: WorkflowFigures, currency: str, quality: str = QUALITY_NOT_MEASURED
) -> tuple[ClockRatio, ...]:
    """One ratio a clock, in the order they are shown; where it cannot be formed, it says why not.

    Each carries what is known of the quality, so that none can be shown without it.
    """
    return tuple(replace(ratio, quality=quality) for ratio in _ratios(ai, traditional, currency))


def _ratios(ai: WorkflowFigures, traditional: WorkflowFigures, currency: str) -> tuple[ClockRatio, ...]:
    machine_origins = each_once((*ai.fact_origins, *traditional.fact_origins))
    people_origins = each_once((*ai.people_origins, *traditional.people_origins))
    all_origins = each_once((*machine_origins, *people_origins))
    return (
        _ratio(
            Clock.MACHINE, "seconds", _middle(ai), _middle(traditional), machine_origins, "no usable render of both"
        ),
        _ratio(Clock.PEOPLE, "hours", ai.people_hours, traditional.people_hours, people_origins, "not known of both"),
        ClockRatio(Clock.CALENDAR, "days", None, None, None, 0, (), CALENDAR_NOT_MEASURED),
        _ratio(
            Clock.COST_MACHINE,
            currency,
            _float(ai.machine_cost),
            _float(traditional.machine_cost),
            machine_origins,
            "not priced on both sides",
        ),
        _ratio(
            Clock.COST_ALL_IN,
            currency,
            _float(ai.all_in_cost),
            _float(traditional.all_in_cost),
            all_origins,
            "not all parts are known on both sides",
        ),
    )


def _middle(side: WorkflowFigures) -> float | None:
    return side.machine_seconds.median if side.machine_seconds else None


def _ratio(
    clock: Clock, unit: str, ai: float | None, traditional: float | None, origins: tuple[Origin, ...], why_not: str
) -> ClockRatio:
    if ai is None or traditional is None:
        return ClockRatio(clock, unit, ai, traditional, None, 0, origins, why_not)
    if traditional == 0:
        return ClockRatio(clock, unit, ai, traditional, None, 0, origins, "the traditional side is zero")
    return ClockRatio(clock, unit, ai, traditional, ai / traditional, 1, origins)


def _float(amount: Money | None) -> float | None:
    return None if amount is None else float(amount.amount)
