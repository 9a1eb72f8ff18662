"""The mix that holds a budget in the most outcomes: found on half of them, checked on a quarter, told of the last."""

import math

import numpy as np

from analytics.estimation.mix.cheapest import ROUGH_GAP, Choice, best_climbed, planned, plans_with_margin, value_of
from analytics.estimation.mix.climbing import over_budget
from analytics.estimation.mix.outcomes import outcomes_of, step_reached
from analytics.estimation.mix.problem import Values
from analytics.estimation.mix.program import MixProgram
from analytics.estimation.mix.table import Chosen, MixTable
from analytics.estimation.mix.windows import Windows, shares_of

TURNS = 6
NORMAL_95 = 1.645
FEWEST_TO_SPLIT = 40
"""Fewer outcomes tell nothing in parts: then each is chosen by, checked and told."""


def chosen_by(n_outcomes: int) -> slice:
    """The outcomes that a mix is chosen by."""
    return slice(0, None, 2) if n_outcomes >= FEWEST_TO_SPLIT else slice(None)


def checked_by(n_outcomes: int) -> slice:
    """The outcomes that decide whether it really is surer than the cheapest: a search among many finds luck as well."""
    return slice(1, None, 4) if n_outcomes >= FEWEST_TO_SPLIT else slice(None)


def fresh_of(n_outcomes: int) -> slice:
    """The outcomes that its chance is told of."""
    return slice(3, None, 4) if n_outcomes >= FEWEST_TO_SPLIT else slice(None)


def surest(table: MixTable, cheapest: Chosen, budget: float, until: float) -> Choice:
    """The most outcomes within a budget, as far as that is more than chance: else the cheaper mix is kept.

    Nothing proves that no mix is surer, so the choice has no gap.
    """
    outcomes = table.costs.shape[1]
    seen, checking = (table.with_outcomes(part(outcomes)) for part in (chosen_by, checked_by))
    best = cheapest
    for other in likelier(seen, cheapest, budget, until):
        if clearly_surer(checking, other, best, budget):
            best = other
    if not (outcomes_of(seen, best).net <= budget).any():
        return Choice(best, None, ("No mix that was found holds the budget in any outcome; this is the cheapest.",))
    words = (
        ()
        if best is not cheapest
        else ("No mix that was found is clearly surer to hold the budget than the cheapest.",)
    )
    return Choice(best, None, words)


def likelier(seen: MixTable, cheapest: Chosen, budget: float, until: float) -> tuple[Chosen, Chosen]:
    """The likeliest of the solver's mixes, and what it becomes by moves of shots judged by outcomes over the budget.

    The solver's have the least mean plus so many standard deviations, as many as the mean of the one before lies below
    the budget (Dinkelbach's way to the largest such ratio).
    """
    tried = [cheapest]
    try:
        plan = planned(seen, until, ROUGH_GAP)
        tried += [] if plan is None else [plan.chosen, *_by_ratio(seen, plan.chosen, budget, until)]
    except TimeoutError:
        pass
    if seen.credits:
        tried += plans_with_margin(seen, tried[-1], until)
    windows, score = Windows(seen), over_budget(budget)
    fitting = [each for each in tried if windows.fits(windows.loads(shares_of(seen, each)))] or tried
    best = min(fitting, key=lambda each: value_of(seen, each, score))
    return best, best_climbed(seen, fitting, score, until)


def clearly_surer(seen: MixTable, one: Chosen, other: Chosen, budget: float) -> bool:
    """Whether one mix holds the budget more often than chance makes it (McNemar's test of the same outcomes)."""
    holds, held = (outcomes_of(seen, each).net <= budget for each in (one, other))
    gained, lost = int((holds & ~held).sum()), int((held & ~holds).sum())
    return gained - lost > NORMAL_95 * math.sqrt(gained + lost)


def _by_ratio(seen: MixTable, chosen: Chosen, budget: float, until: float) -> list[Chosen]:
    """Mixes whose mean lies more and more standard deviations below the budget."""
    program, found, most = MixProgram(seen), list[Chosen](), 0.0
    for _ in range(TURNS):
        net = outcomes_of(seen, chosen).net
        deviation = float(net.std())
        spread = (budget - float(net.mean())) / deviation if deviation > 0 else 0.0
        if spread <= most + 1e-3 or bool((net <= budget).all()):
            break
        most = spread
        try:
            solved = program.solve(until, gap=1e-4, spread=spread, net_costs=_net_costs(seen, chosen))
        except TimeoutError:
            break
        if solved is None:
            break
        chosen = solved.chosen
        found.append(chosen)
    return found


def _net_costs(table: MixTable, chosen: Chosen) -> Values:
    """Costs less what each earns at the steps that a mix reaches, shape (w, n, s)."""
    factor = np.ones_like(table.expected)
    for credit, shares, measured in zip(table.credits, table.earning, outcomes_of(table, chosen).measured, strict=True):
        reached = int(step_reached(credit, measured.mean()))
        if reached >= 0:
            factor -= credit.steps[reached].rate * shares
    return np.asarray(table.costs * factor[:, None, :])
