"""Exposure: which shots are likeliest to go over what they are budgeted at, and by how much."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from analytics.estimation.running.budget import to_cents
from analytics.estimation.running.standing import RunningShot, Standing

if TYPE_CHECKING:
    import numpy as np

    Draws = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class ShotExposure:
    """One shot against its budget, in one unit.

    Attributes
    ----------
    budget
        ``None``: it is in no budget, and all of it is exposure.
    efc_p10, efc_p50, efc_p90, efc
        Range of what it will have taken, and the mean, which is what adds up.
    chance_over
        Share of outcomes above the budget.
    overrun, overrun_p90
        What is to be expected above the budget over all outcomes, and what one outcome in ten exceeds.
    saving
        What is to be expected below it.
    """

    name: str
    sequence: str | None
    standing: Standing
    budget: Decimal | None
    actual: Decimal
    efc_p10: Decimal
    efc_p50: Decimal
    efc_p90: Decimal
    efc: Decimal
    chance_over: float
    overrun: Decimal
    overrun_p90: Decimal
    saving: Decimal

    @property
    def variance(self) -> Decimal:
        """Budget less what is to be expected: positive is under budget."""
        return (self.budget or Decimal(0)) - self.efc


def exposures(
    shots: Sequence[RunningShot], budgets: Sequence[Decimal | None], actuals: Sequence[Decimal], outcomes: "Draws"
) -> tuple[ShotExposure, ...]:
    """Each shot against its budget, what is to be expected above it largest first.

    Parameters
    ----------
    outcomes
        Shape (outcomes, shots): what each will have taken.
    """
    import numpy as np

    ranges = np.quantile(outcomes, (0.1, 0.5, 0.9), axis=0)
    means = outcomes.mean(axis=0)
    allowed = np.array([0.0 if budget is None else float(budget) for budget in budgets])
    above = np.maximum(outcomes - allowed, 0)
    over, over_p90 = above.mean(axis=0), np.quantile(above, 0.9, axis=0)
    below = np.maximum(allowed - outcomes, 0).mean(axis=0)
    # A cent of rounding is no overrun.
    chances = (outcomes > allowed + 0.005).mean(axis=0)
    found = [
        ShotExposure(
            shot.name, shot.sequence, shot.standing, budgets[place], actuals[place],
            to_cents(ranges[0, place]), to_cents(ranges[1, place]), to_cents(ranges[2, place]),
            to_cents(means[place]), float(chances[place]),
            to_cents(over[place]), to_cents(over_p90[place]), to_cents(below[place]),
        )
        for place, shot in enumerate(shots)
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda each: (-each.overrun, each.name)))
