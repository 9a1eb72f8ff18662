"""A comparison of one shot for whoever may not see what single shots cost: every figure in money is taken out."""

from dataclasses import replace

from analytics.comparison.figures import Clock, ClockRatio, ShotComparison, WorkflowFigures
from analytics.vocabulary.money import Money

MONEY_CLOCKS = frozenset({Clock.COST_MACHINE, Clock.COST_ALL_IN, Clock.COST_GROSS, Clock.COST_NET})
FOR_PRODUCERS = "what single shots cost is shown to producers"


def without_money(comparison: ShotComparison) -> ShotComparison:
    """The same comparison by machine, people and calendar alone."""
    return replace(
        comparison,
        ai=_side(comparison.ai),
        traditional=_side(comparison.traditional),
        ratios=tuple(_ratio(ratio) if ratio.clock in MONEY_CLOCKS else ratio for ratio in comparison.ratios),
        missing_rates=(),
        training=None,
    )


def _side(side: WorkflowFigures) -> WorkflowFigures:
    return replace(
        side,
        stages=tuple(replace(stage, cost=None) for stage in side.stages),
        departments=tuple(replace(department, cost=None) for department in side.departments),
        machine_cost=None,
        machine_spent=None,
        people_cost=None,
        billed_cost=Money.of(0, side.billed_cost.currency),
        all_in_cost=None,
        cost_by_origin={},
        cost_lines=(),
    )


def _ratio(ratio: ClockRatio) -> ClockRatio:
    return replace(ratio, ai=None, traditional=None, ratio=None, why_not=FOR_PRODUCERS)
