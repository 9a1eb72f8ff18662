"""Least expected net cost: the solver's plan at expected amounts, and what outcomes on both sides of a step ask for."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analytics.estimation.mix.climbing import Score, climbed, kicked, mean_cost
from analytics.estimation.mix.outcomes import outcomes_of, step_reached
from analytics.estimation.mix.program import Found, MixProgram
from analytics.estimation.mix.table import Chosen, MixTable

FEW_SHOTS = 100
GAP_OF_MANY, ROUGH_GAP = 1e-5, 1e-3
SAFE_BY = (0.84, 1.64)
"""Standard deviations between an expected amount and a step: eight and nineteen of twenty outcomes then reach it."""


@dataclass(frozen=True)
class Choice:
    """A mix on the way to an answer; the gap is of its expected cost, ``None`` where there is no bound."""

    chosen: Chosen
    gap: float | None
    words: tuple[str, ...] = ()


def planned(table: MixTable, until: float, gap: float = GAP_OF_MANY) -> Found | None:
    """The least cost at expected amounts; ``None`` where nothing fits.

    Raises
    ------
    TimeoutError
        If time ran out before there was any solution.
    """
    return MixProgram(table).solve(until, gap=0.0 if table.n_shots <= FEW_SHOTS else gap)


def least_cost(table: MixTable, plan: Found, until: float) -> Choice:
    """Make a plan good for all outcomes.

    Steps of credits are planned at expected amounts. Where outcomes lie on both sides of one, plans that exceed it by a
    margin, or don't seek it, are tried as well, and the best over all outcomes is taken.
    """
    measured = outcomes_of(table, plan.chosen).measured
    reached = [step_reached(credit, each) for credit, each in zip(table.credits, measured, strict=True)]
    if all(each.min() == each.max() for each in reached):
        size = float(table.expected[plan.chosen, np.arange(table.n_shots)].sum()) or 1.0
        return Choice(plan.chosen, max(0.0, plan.objective - plan.bound) / size)
    tried = [plan.chosen, *plans_with_margin(table, plan.chosen, until)]
    words = "Some outcomes miss a step of an incentive that others reach; the mix is the best found over all of them."
    return Choice(best_climbed(table, tried, mean_cost, until), None, (words,))


def plans_with_margin(table: MixTable, plan: Chosen, until: float) -> list[Chosen]:
    """Plans that exceed each step of a credit by more and more, and one that seeks none above the first."""
    spreads = [float(each.std() / (each.mean() or 1.0)) for each in outcomes_of(table, plan).measured]
    lifts: list[float | None] = [1 + deviations * max(spreads) for deviations in SAFE_BY]
    plans, half = [], time.monotonic() + (until - time.monotonic()) / 2  # the rest is for climbing
    for lift in [*lifts, None]:
        try:
            found = MixProgram(table, lift=lift).solve(half, gap=ROUGH_GAP)
        except TimeoutError:
            break
        if found is not None:
            plans.append(found.chosen)
    return plans


def best_climbed(table: MixTable, tried: Sequence[Chosen], score: Score, until: float) -> Chosen:
    """Climb from the best mixes, from each where shots are few, and take the best end."""
    different = {tuple(each): each for each in tried}.values()
    starts = sorted(different, key=lambda each: value_of(table, each, score))
    starts = starts[: 2 if table.n_shots > FEW_SHOTS else None]
    best = min((climbed(table, each, score, until) for each in starts), key=lambda each: value_of(table, each, score))
    return kicked(table, best, score, until) if table.n_shots <= FEW_SHOTS else best


def value_of(table: MixTable, chosen: Chosen, score: Score) -> float:
    """How good a mix is by a score."""
    return float(score(outcomes_of(table, chosen).net[:, None])[0])
