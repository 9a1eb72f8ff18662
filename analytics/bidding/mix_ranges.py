"""What the same shots would cost by other mixes: the same outcomes, each shot made otherwise."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analytics.bidding.assembling import amounts_from
from analytics.bidding.cost_outcomes import CostOutcomes
from analytics.bidding.priced_list import Mix
from analytics.estimation.estimate import Estimate
from analytics.vocabulary.bid import Amounts
from analytics.vocabulary.workflow import Workflow

if TYPE_CHECKING:
    from analytics.estimation.estimate import Draws


@dataclass(frozen=True)
class MixRange:
    """One mix of a list.

    Attributes
    ----------
    mix
        ``traditional`` and ``ai``: all shots that may be; others as a bid names them.
    cost
        Direct cost with supervision and overhead; ``None`` where a price is missing.
    ai_shots
        Expected number of shots made by AI, in whole or as a hybrid.
    cheaper_chance
        Share of outcomes in which it costs less than all traditional, 0 to 1; ``None`` for that mix itself and where
        a price is missing.
    """

    mix: Mix
    cost: Amounts | None
    ai_shots: float
    cheaper_chance: float | None


def mix_ranges(estimate: Estimate, priced: CostOutcomes, mix: Mix) -> tuple[MixRange, ...]:
    """The mix of a bid between all traditional and all AI; shots whose row insists on a workflow or bans AI keep to it.

    Parameters
    ----------
    estimate, priced
        As the bid was made of them.
    """
    sides: dict[Mix, Estimate] = {"traditional": _all_by(estimate, Workflow.TRADITIONAL)}
    if mix not in ("traditional", "ai"):
        sides[mix] = estimate
    sides["ai"] = _all_by(estimate, Workflow.AI)
    totals = {name: side.as_made(priced.by_workflow).sum(axis=1) for name, side in sides.items()}
    return tuple(_range(name, side, totals[name], totals["traditional"]) for name, side in sides.items())


def _all_by(estimate: Estimate, workflow: Workflow) -> Estimate:
    def made(shot_number: int) -> Workflow:
        shot = estimate.shots[shot_number]
        if shot.workflow is not None:
            return shot.workflow
        return Workflow.TRADITIONAL if shot.ai_allowed is False else workflow

    return estimate.with_workflows([made(number) for number in range(len(estimate.shots))])


def _range(mix: Mix, side: Estimate, total: "Draws", traditional: "Draws") -> MixRange:
    import numpy as np

    ai_shots = float(side.in_ai.mean(axis=0).sum())
    known = bool(np.isfinite(total).all())
    chance = None
    if known and mix != "traditional" and np.isfinite(traditional).all():
        chance = float((total < traditional).mean())
    return MixRange(mix, amounts_from(total) if known else None, ai_shots, chance)
