"""Small mix problems, and the truth about them: every mix there is, worked out the long way."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy.optimize import linprog

from analytics.estimation.mix.problem import CreditStep, CreditSteps, MixProblem
from analytics.vocabulary.workflow import Workflow


def small_mix(
    seed: int,
    *,
    shots: int = 6,
    outcomes: int = 1,
    workflows: tuple[Workflow, ...] = (Workflow.TRADITIONAL, Workflow.AI),
    resources: int = 2,
    weeks: int = 5,
    tightness: float = 0.8,
    credits: int = 0,
    setup: bool = False,
    budget_at: float | None = None,
) -> MixProblem:
    """A problem drawn from a seed.

    Parameters
    ----------
    tightness
        Share of the hours of the mix that needs most which there is capacity for, about.
    budget_at
        Where the budget lies between the cheapest (0) and the dearest mix (1), without incentives.
    """
    draw = np.random.default_rng(seed)
    shared = draw.lognormal(0.0, 0.3, (outcomes, 1))
    costs = {}
    for number, workflow in enumerate(workflows):
        own = draw.lognormal(0.0, 0.2 + 0.4 * number, (outcomes, shots))
        costs[workflow] = np.round(1000 * draw.lognormal(1.0, 0.8, shots) * (shared ** (1 - 0.5 * number)) * own, 2)
    names = [f"department {number + 1}" for number in range(resources)]
    hours = {w: {name: np.round(draw.lognormal(3.0, 0.8, shots), 1) for name in names} for w in workflows}
    first = draw.integers(0, weeks - 1, shots)
    last = np.minimum(first + draw.integers(0, weeks, shots), weeks - 1)
    needed = {w: draw.integers(1, 3, shots) for w in workflows}
    refusals = {Workflow.AI: ["a contract rules AI out" if draw.random() < 0.15 else "" for _ in range(shots)]}
    capacity = {}
    for name in names:
        most = sum(max(hours[w][name][shot] for w in workflows) for shot in range(shots))
        capacity[name] = np.round(np.full(weeks, most * tightness / weeks) * draw.uniform(0.6, 1.4, weeks), 1)
    low, high = (getattr(np, f)(list(costs.values()), axis=0).sum(axis=1).mean() for f in ("min", "max"))
    return MixProblem(
        shot_codes=tuple(f"SH{number:03d}0" for number in range(1, shots + 1)),
        cost_by_workflow=costs,
        currency="CAD",
        first_week=tuple(map(int, first)),
        last_week=tuple(map(int, last)),
        hours_by_workflow=hours,
        refusals=refusals,
        capacity=capacity,
        weeks_needed=needed,
        budget=None if budget_at is None else float(low + budget_at * (high - low)),
        credits=tuple(_credit(draw, f"programme {n + 1}", workflows, shots, (low + high) / 2) for n in range(credits)),
        setup_cost={w: float(draw.integers(0, 4000)) for w in workflows} if setup else {},
    )


def _credit(
    draw: np.random.Generator, name: str, workflows: tuple[Workflow, ...], shots: int, size: float
) -> CreditSteps:
    amounts = np.round(np.sort(draw.uniform(0.1, 0.9, 2)) * size, 2)
    rates = draw.uniform(0.05, 0.4, 2)
    earning = {w: draw.uniform(0.1, 1.0, shots).round(2) for w in workflows}
    return CreditSteps(
        name,
        (CreditStep(float(amounts[0]), float(rates[0])), CreditStep(float(amounts[1]), float(rates[1]))),
        {w: list(shares) for w, shares in earning.items()},
        {w: list(shares) for w, shares in earning.items()} if draw.random() < 0.5 else None,
        earning_outside=float(draw.choice([0.0, 2000.0])),
        measured_outside=float(draw.choice([0.0, 1000.0])),
        base_at_most=float(size * 0.6) if draw.random() < 0.3 else None,
        credit_at_most=float(size * 0.15) if draw.random() < 0.3 else None,
    )


@dataclass(frozen=True)
class EveryMix:
    """One of all mixes: its net cost by outcome, whether it keeps every constraint, and its last week."""

    workflows: tuple[Workflow, ...]
    net: tuple[float, ...]
    fits: bool
    finish: int | None


def every_mix(problem: MixProblem, *, finish: bool = False) -> Iterator[EveryMix]:
    """All mixes that are allowed, shot by shot."""
    choices = [
        [w for w in problem.workflows if not (w in problem.refusals and problem.refusals[w][shot])]
        for shot in range(len(problem.shot_codes))
    ]
    weeks = len(next(iter(problem.capacity.values()))) if problem.capacity else max(problem.last_week) + 1
    for workflows in product(*choices):
        net = tuple(net_cost(problem, workflows, outcome) for outcome in range(problem.n_outcomes))
        done = next((week for week in range(weeks) if fits(problem, workflows, week)), None) if finish else None
        yield EveryMix(workflows, net, fits(problem, workflows, weeks), done)


def net_cost(problem: MixProblem, workflows: tuple[Workflow, ...], outcome: int) -> float:
    """Cost of a mix in one outcome less its credits, added up shot by shot."""
    costs = [float(problem.cost_by_workflow[w][outcome, shot]) for shot, w in enumerate(workflows)]
    net = sum(costs) + sum(problem.setup_cost.get(w, 0.0) for w in set(workflows))
    made = list(zip(workflows, costs, strict=True))
    for credit in problem.credits:
        measured = sum(cost * credit.measured[w][shot] for shot, (w, cost) in enumerate(made))
        earning = sum(cost * credit.earning_share[w][shot] for shot, (w, cost) in enumerate(made))
        net -= _credit_on(credit, measured, earning) - _credit_on(credit, 0.0, 0.0)
    return net


def _credit_on(credit: CreditSteps, measured: float, earning: float) -> float:
    rate = 0.0
    for step in credit.steps:
        if measured + credit.measured_outside >= step.at_least:
            rate = step.rate
    base = min(earning + credit.earning_outside, credit.base_at_most or float("inf"))
    return min(rate * base, credit.credit_at_most or float("inf"))


def fits(problem: MixProblem, workflows: tuple[Workflow, ...], until: int) -> bool:
    """Whether every hour finds a week, by a plan of hours by shot and week; nothing after week ``until``."""
    deadline = problem.deadline_week if problem.deadline_week is not None else until
    last = [min(due, until, deadline) for due in problem.last_week]
    for shot, w in enumerate(workflows):
        needed = problem.weeks_needed[w][shot] if w in problem.weeks_needed else 1
        if problem.first_week[shot] + needed - 1 > last[shot]:
            return False
    for resource, capacity in problem.capacity.items():
        if missing_hours_of(problem, workflows, resource, capacity, last) > 1e-6:
            return False
    return True


def missing_hours_of(
    problem: MixProblem, workflows: tuple[Workflow, ...], resource: str, capacity: np.ndarray, last: list[int]
) -> float:
    """The fewest hours to be added to a resource's weeks, by a linear program over hours of each shot in each week."""
    cells = [(s, t) for s in range(len(workflows)) for t in range(problem.first_week[s], last[s] + 1)]
    weeks = len(capacity)
    done = np.zeros((len(workflows), len(cells) + weeks))
    used = np.zeros((weeks, len(cells) + weeks))
    for column, (shot, week) in enumerate(cells):
        done[shot, column] = used[week, column] = 1.0
    used[np.arange(weeks), len(cells) + np.arange(weeks)] = -1.0
    hours = [problem.hours_by_workflow[w][resource][shot] for shot, w in enumerate(workflows)]
    price = np.concatenate([np.zeros(len(cells)), np.ones(weeks)])
    return float(linprog(price, A_ub=used, b_ub=capacity, A_eq=done, b_eq=hours).fun)
