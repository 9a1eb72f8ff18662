"""Chooses a mix: least expected cost, surest to hold the budget, or done first."""

import time

import numpy as np

from analytics.estimation.mix.answer import MixAnswer, MixObjective
from analytics.estimation.mix.answering import answered
from analytics.estimation.mix.cheapest import Choice, least_cost, planned
from analytics.estimation.mix.earliest import earliest
from analytics.estimation.mix.problem import MixProblem
from analytics.estimation.mix.shortfalls import least_overtime
from analytics.estimation.mix.surest import surest
from analytics.estimation.mix.table import MixTable, tabled
from analytics.vocabulary.errors import InputRefused


def solve_mix(problem: MixProblem, objective: MixObjective, *, seconds: float = 20.0) -> MixAnswer:
    """Choose a workflow for each shot.

    Where no mix keeps every constraint, the answer is the one that misses least, with what it misses
    (`MixAnswer.shortfalls`).

    Parameters
    ----------
    seconds
        When to stop looking, about; `MixAnswer.gap` tells how much better the best could still be.

    Raises
    ------
    InputRefused
        If the budget is to be held and there is none.
    """
    if objective is MixObjective.SUREST_BUDGET and problem.budget is None:
        raise InputRefused("budget", None, "there is none that could be held", "name one")
    started = time.monotonic()
    table, late = tabled(problem)
    choice = _chosen(table, objective, problem.budget, started + seconds)
    spent = time.monotonic() - started
    return answered(problem, table, choice.chosen, objective, late, choice.gap, spent, choice.words)


def _chosen(table: MixTable, objective: MixObjective, budget: float | None, until: float) -> Choice:
    try:
        plan = planned(table, until)
    except TimeoutError:
        words = "The solver found no mix in the time it was given: every shot goes to its cheapest workflow."
        return _each_cheapest(table, words)
    if plan is None:
        return _missing_least(table, until)
    if objective is MixObjective.SUREST_BUDGET and budget is not None:
        cheapest = least_cost(table, plan, time.monotonic() + (until - time.monotonic()) / 3)
        return surest(table, cheapest.chosen, budget, until)
    if objective is MixObjective.EARLIEST_FINISH:
        return earliest(table, plan, until)
    return least_cost(table, plan, until)


def _missing_least(table: MixTable, until: float) -> Choice:
    found = least_overtime(table, until)
    if found is None:
        return _each_cheapest(table, "Not everything fits, and the time was too short to find what misses least.")
    words = "No mix keeps every constraint; this is the one that needs the fewest hours beyond what there is."
    return Choice(found.chosen, None, (words,))


def _each_cheapest(table: MixTable, words: str) -> Choice:
    return Choice(np.where(table.allowed, table.expected, np.inf).argmin(axis=0), None, (words,))
