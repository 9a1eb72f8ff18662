"""The trade-off: what it costs to be surer of a budget, or to be done sooner."""

import time
from collections.abc import Callable, Sequence

import numpy as np

from analytics.estimation.mix.answer import MixAnswer, MixObjective
from analytics.estimation.mix.answering import answered
from analytics.estimation.mix.cheapest import Choice, least_cost, planned
from analytics.estimation.mix.choosing import solve_mix
from analytics.estimation.mix.earliest import earliest_week, plan_by
from analytics.estimation.mix.problem import MixProblem
from analytics.estimation.mix.surest import surest
from analytics.estimation.mix.table import tabled
from analytics.estimation.mix.windows import finish_week

MOST_WEEKS = 6
CURVE_GAP = 1e-4


def trade_off_curve(
    problem: MixProblem, *, seconds: float = 15.0, told: Callable[[int, int], None] = lambda done, of: None
) -> tuple[MixAnswer, ...]:
    """Mixes of which none is better than another in everything, the cheapest first.

    What is held against each other: expected net cost, last week, and the chance of the budget (without a budget, the
    cost that nine of ten outcomes stay below). Where nothing fits, the one mix that misses least.

    Parameters
    ----------
    told
        Called with the mixes looked at so far, and all there are to look at.
    """
    started = time.monotonic()
    until = started + seconds
    table, late = tabled(problem)
    try:
        plan = planned(table, started + seconds / 4)
    except TimeoutError:
        plan = None
    if plan is None:
        return (solve_mix(problem, MixObjective.LEAST_COST, seconds=seconds),)
    soonest, _, _ = earliest_week(table, plan, started + seconds / 4)
    weeks = sorted({int(w) for w in np.linspace(finish_week(table, plan.chosen), soonest, MOST_WEEKS).round()})
    looked_at = len(weeks) * (2 if problem.budget is not None else 1)
    answers: list[MixAnswer] = []

    def keep(choice: Choice, objective: MixObjective) -> None:
        spent = time.monotonic() - started
        answers.append(answered(problem, table, choice.chosen, objective, late, choice.gap, spent, choice.words))
        told(len(answers), looked_at)

    for number, week in enumerate(reversed(weeks)):
        share = (until - time.monotonic()) / (len(weeks) - number)
        if share <= 0:
            break
        sooner, half = table.until(week), time.monotonic() + share / 2
        try:
            plan_of_week = plan if number == 0 else plan_by(table, week, half, CURVE_GAP)
        except TimeoutError:
            continue
        if plan_of_week is None:
            continue
        objective = MixObjective.EARLIEST_FINISH if number else MixObjective.LEAST_COST
        cheapest = least_cost(sooner, plan_of_week, half)
        keep(cheapest, objective)
        if problem.budget is not None:
            sure = surest(sooner, cheapest.chosen, problem.budget, time.monotonic() + share / 2)
            keep(sure, MixObjective.SUREST_BUDGET)
    told(looked_at, looked_at)
    return undominated(answers)


def undominated(answers: Sequence[MixAnswer]) -> tuple[MixAnswer, ...]:
    """Those that no other equals or beats in everything, the cheapest first."""
    kept: list[MixAnswer] = []
    for answer in sorted(answers, key=_standing):
        standing = _standing(answer)
        if not any(all(a <= b for a, b in zip(_standing(other), standing, strict=True)) for other in kept):
            kept.append(answer)
    return tuple(kept)


def _standing(answer: MixAnswer) -> tuple[float, float, int]:
    risk = answer.net_p90 if answer.chance_of_budget is None else -answer.chance_of_budget
    return round(answer.net, 2), round(risk, 6), answer.finish_week
