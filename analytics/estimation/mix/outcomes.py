"""What a mix costs in each simulated outcome, incentives taken off step by step as a programme would."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.estimation.mix.answer import StepReached
from analytics.estimation.mix.problem import CreditSteps, Values
from analytics.estimation.mix.table import Chosen, MixTable

HALF_A_CENT = 0.005
"""Sums of floats may lie below a step that their cents reach."""


def step_reached(credit: CreditSteps, measured: Values) -> NDArray[np.int64]:
    """Number of the last step that each amount reaches, -1 for none; exactly at a step, it is reached."""
    counted = np.asarray(measured + (credit.measured_outside + HALF_A_CENT))
    reached = np.full(counted.shape, -1)
    for step in credit.steps:
        reached += counted >= step.at_least
    return reached


def credited(credit: CreditSteps, measured: Values, earning: Values) -> Values:
    """What the shots bring: the credit on all there is, less that on the spending outside of them alone."""
    return _whole(credit, measured, earning) - _whole(credit, np.zeros(1), np.zeros(1))


def _whole(credit: CreditSteps, measured: Values, earning: Values) -> Values:
    counted, base = measured + (credit.measured_outside + HALF_A_CENT), earning + credit.earning_outside
    if credit.base_at_most is not None:
        base = np.minimum(base, credit.base_at_most)
    whole = np.zeros_like(base)
    for step in credit.steps:
        whole = np.where(counted >= step.at_least, step.rate * base, whole)
    return np.asarray(whole if credit.credit_at_most is None else np.minimum(whole, credit.credit_at_most))


@dataclass(frozen=True)
class MixOutcomes:
    """A mix in each outcome, all of shape (n,): its cost with set-up, what counts and earns by credit, and the net."""

    gross: Values
    measured: list[Values]
    earning: list[Values]
    net: Values


def outcomes_of(table: MixTable, chosen: Chosen) -> MixOutcomes:
    """Work a mix out."""
    costs, shots = table.cost_of(chosen), np.arange(table.n_shots)
    gross = costs.sum(axis=1) + table.setup[np.unique(chosen)].sum()
    measured = [costs @ shares[chosen, shots] for shares in table.measured]
    earning = [costs @ shares[chosen, shots] for shares in table.earning]
    return MixOutcomes(gross, measured, earning, net_of(table, gross, measured, earning))


def net_of(table: MixTable, gross: Values, measured: list[Values], earning: list[Values]) -> Values:
    """Gross less all credits."""
    return gross - sum(
        (credited(c, m, e) for c, m, e in zip(table.credits, measured, earning, strict=True)), np.zeros_like(gross)
    )


def moved(table: MixTable, chosen: Chosen, outcomes: MixOutcomes, to: int) -> Values:
    """Net cost with one shot more in a workflow, for each shot in turn, shape (n, s)."""
    shots = np.arange(table.n_shots)
    here, there = table.cost_of(chosen), table.costs[to]
    gross = outcomes.gross[:, None] + there - here + _setup_changes(table, chosen, to)
    measured, earning = (
        [
            total[:, None] + there * shares[to] - here * shares[chosen, shots]
            for total, shares in zip(totals, of_credits, strict=True)
        ]
        for totals, of_credits in ((outcomes.measured, table.measured), (outcomes.earning, table.earning))
    )
    return net_of(table, gross, measured, earning)


def _setup_changes(table: MixTable, chosen: Chosen, to: int) -> Values:
    """By shot, what is newly set up, less what the last shot of its old workflow no longer needs."""
    made = np.bincount(chosen, minlength=len(table.workflows))
    saved = np.where(made[chosen] == 1, table.setup[chosen], 0.0)
    return np.where(chosen == to, 0.0, (table.setup[to] if made[to] == 0 else 0.0) - saved)


def steps_of(table: MixTable, outcomes: MixOutcomes) -> tuple[StepReached, ...]:
    """Where a mix stands with each credit."""
    told = []
    for credit, measured in zip(table.credits, outcomes.measured, strict=True):
        expected = measured.mean()
        number = int(step_reached(credit, expected))
        step = credit.steps[number] if number >= 0 else None
        chance = float((step_reached(credit, measured) >= number).mean())
        amount, at_least = float(expected) + credit.measured_outside, step.at_least if step else 0.0
        told.append(StepReached(credit.name, amount, at_least, step.rate if step else 0.0, chance))
    return tuple(told)
