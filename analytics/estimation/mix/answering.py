"""A chosen mix as an answer: its figures on all outcomes, when it is done, and what has to be said about it."""

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np

from analytics.estimation.mix.answer import MixAnswer, MixObjective, Shortfall
from analytics.estimation.mix.outcomes import outcomes_of, steps_of
from analytics.estimation.mix.problem import MixProblem, Values
from analytics.estimation.mix.shortfalls import missing_hours
from analytics.estimation.mix.surest import fresh_of
from analytics.estimation.mix.table import Chosen, MixTable
from analytics.estimation.mix.windows import finish_week


def answered(
    problem: MixProblem,
    table: MixTable,
    chosen: Chosen,
    objective: MixObjective,
    late: tuple[Shortfall, ...],
    gap: float | None,
    seconds: float,
    words: tuple[str, ...],
) -> MixAnswer:
    """Work out everything about a mix that an answer holds."""
    outcomes = outcomes_of(table, chosen)
    net, finish = outcomes.net, finish_week(table, chosen)
    fresh = net[fresh_of(len(net))]
    p10, p50, p90 = (float(value) for value in np.quantile(net, (0.1, 0.5, 0.9)))
    chance = None if problem.budget is None else float((fresh <= problem.budget).mean())
    said = [*words]
    short = (*late, *missing_hours(table, chosen, weeks_of(problem.starts_on)))
    said += [each.words for each in short]
    said += _of_budget(problem, objective, fresh, chance)
    steps = steps_of(table, outcomes)
    said += [
        f"{step.name}: the step at {step.at_least:,.0f} {problem.currency} is reached in {step.chance:.0%} of outcomes."
        for step in steps
        if 0 < step.chance < 1 and step.at_least > 0
    ]
    starts = problem.starts_on
    return MixAnswer(
        objective=objective,
        workflows=tuple(table.workflows[w] for w in chosen),
        gross=float(outcomes.gross.mean()),
        credit=float((outcomes.gross - net).mean()),
        net=float(net.mean()),
        net_p10=p10,
        net_p50=p50,
        net_p90=p90,
        chance_of_budget=chance,
        n_outcomes=len(fresh),
        finish_week=finish,
        finish_on=None if starts is None else starts + timedelta(weeks=finish, days=6),
        shortfalls=short,
        steps=steps,
        gap=gap,
        seconds=seconds,
        words=tuple(said),
    )


def _of_budget(problem: MixProblem, objective: MixObjective, fresh: Values, chance: float | None) -> list[str]:
    if problem.budget is None or chance is None:
        return []
    which = ""
    if objective is MixObjective.SUREST_BUDGET:
        which = " that it was not chosen by" if len(fresh) < problem.n_outcomes else " that it was chosen by"
    return [f"{chance:.0%} of {len(fresh):,} outcomes{which} stay within {problem.budget:,.0f} {problem.currency}."]


def weeks_of(starts_on: date | None) -> Callable[[int, int], str]:
    """How weeks are said: as days where they are of a calendar, else by their number from 1."""

    def in_words(first: int, last: int) -> str:
        if starts_on is None:
            return f"in week {first + 1}" if first == last else f"between week {first + 1} and week {last + 1}"
        begins, ends = starts_on + timedelta(weeks=first), starts_on + timedelta(weeks=last, days=6)
        return f"in the week of {begins}" if first == last else f"between {begins} and {ends}"

    return in_words
