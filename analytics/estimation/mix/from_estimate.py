"""A mix problem from an estimate, its prices, and what a studio has of people, machines and weeks."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import numpy as np

from analytics.estimation.estimate import Estimate
from analytics.estimation.mix.problem import CreditSteps, MixProblem, Values
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.listed_shot import ListedShot
from analytics.vocabulary.shot import ShotKind
from analytics.vocabulary.workflow import Workflow

GPU = "gpu"
LONGEST_WEEKS = 260
"""Work that capacity would stretch beyond five years is told as a shortfall."""

Capacity = float | Sequence[float]


def mix_problem_of(
    estimate: Estimate,
    cost_by_workflow: Mapping[Workflow, Values],
    *,
    currency: str,
    starts_on: date | None = None,
    deadline: date | None = None,
    capacity: Mapping[str, Capacity] | None = None,
    gpu_hours: Mapping[Workflow, Sequence[float]] | None = None,
    gpu_hours_per_week: Capacity | None = None,
    weeks_needed: Mapping[Workflow, Sequence[int]] | None = None,
    budget: float | None = None,
    incentives: tuple[CreditSteps, ...] = (),
    setup_cost: Mapping[Workflow, float] | None = None,
    gated: Mapping[ShotKind, str] | None = None,
) -> MixProblem:
    """Put the problem together.

    Parameters
    ----------
    cost_by_workflow
        By workflow to choose from, cost of shape (outcomes, shots), as in `MixProblem`.
    starts_on
        The first day of work; its week, from Monday, is week 0. ``None``: dates are left out, every shot can be
        worked on in any week.
    deadline
        Everything is done by the end of its week.
    capacity
        People-hours a week by department: the same each week, or week by week, the last one going on. What is not named
        is without limit.
    gpu_hours, gpu_hours_per_week
        Of the machines, in the same way.
    gated
        Kinds that AI may not make, and why; see `analytics.estimation.mix.gate`.

    Raises
    ------
    InputRefused
        If a shot is left without a workflow or anything doesn't fit together; every problem at once.
    """
    shots = estimate.shots
    hours = _hours(estimate, tuple(cost_by_workflow), gpu_hours or {})
    monday = None if starts_on is None else starts_on - timedelta(days=starts_on.weekday())
    first = [max(0, _week(shot.turnover_on, monday, 0)) for shot in shots]
    needed = {w: [int(weeks) for weeks in each] for w, each in (weeks_needed or {}).items()}
    of_all = {**(capacity or {}), **({} if gpu_hours_per_week is None else {GPU: gpu_hours_per_week})}
    deadline_week = None if deadline is None else _week_of_deadline(deadline, monday)
    end = max(_enough_weeks(hours, of_all, first, needed), deadline_week or 0)
    last = [_week(shot.due_on, monday, end) for shot in shots]
    weeks = max([end, *last]) + 1
    return MixProblem(
        shot_codes=tuple(shot.code for shot in shots),
        cost_by_workflow=dict(cost_by_workflow),
        currency=currency,
        first_week=first,
        last_week=last,
        hours_by_workflow=hours,
        refusals={w: [_refusal(shot, w, gated or {}) for shot in shots] for w in cost_by_workflow},
        capacity={name: _by_week(hours_of, weeks) for name, hours_of in of_all.items()},
        weeks_needed=needed,
        starts_on=monday,
        deadline_week=deadline_week,
        budget=budget,
        credits=incentives,
        setup_cost=dict(setup_cost or {}),
        places=tuple(shot.place for shot in shots),
    )


def _hours(
    estimate: Estimate, workflows: Sequence[Workflow], gpu_hours: Mapping[Workflow, Sequence[float]]
) -> dict[Workflow, dict[str, Values]]:
    by_workflow: dict[Workflow, dict[str, Values]] = {}
    for workflow in workflows:
        departments: dict[str, Values] = {}
        if workflow in estimate.hours_by_workflow:
            mean, shares = estimate.hours_by_workflow[workflow].mean(axis=0), estimate.department_shares[workflow]
            departments = {str(name): mean * shares[name].to_numpy(float) for name in shares.columns}
        if workflow in gpu_hours:
            departments[GPU] = np.asarray(gpu_hours[workflow], float)
        by_workflow[workflow] = departments
    return by_workflow


def _week(day: date | None, monday: date | None, otherwise: int) -> int:
    """The week a day lies in, below 0 before the first."""
    return otherwise if day is None or monday is None else (day - monday).days // 7


def _week_of_deadline(deadline: date, monday: date | None) -> int:
    if monday is None:
        raise InputRefused("deadline", deadline, "needs a first day of work to be counted from", "name one")
    if deadline < monday:
        raise InputRefused("deadline", deadline, f"lies before work starts in the week of {monday}", "name a later day")
    return _week(deadline, monday, 0)


def _by_week(hours: Capacity, weeks: int) -> Values:
    given = [float(hours)] if isinstance(hours, int | float) else [float(each) for each in hours] or [0.0]
    return np.asarray([*given, *[given[-1]] * max(0, weeks - len(given))][:weeks])


def _enough_weeks(
    hours: Mapping[Workflow, Mapping[str, Values]],
    capacity: Mapping[str, Capacity],
    first: Sequence[int],
    needed: Mapping[Workflow, Sequence[int]],
) -> int:
    """The last week that shots without a due date are given: late enough for any mix."""
    longest = max((max(each, default=1) for each in needed.values()), default=1)
    for name, given in capacity.items():
        each = [by_resource[name] for by_resource in hours.values() if name in by_resource]
        most = float(np.max(each, axis=0).sum()) if each else 0.0
        weekly = _by_week(given, LONGEST_WEEKS)
        longest = max(longest, int(np.searchsorted(weekly.cumsum(), most)) + 1)
    return max(first, default=0) + min(longest, LONGEST_WEEKS)


def _refusal(shot: ListedShot, workflow: Workflow, gated: Mapping[ShotKind, str]) -> str:
    if shot.workflow is not None and workflow is not shot.workflow:
        return f"the list asks for {shot.workflow.label}"
    if workflow is Workflow.TRADITIONAL:
        return ""
    if shot.ai_allowed is False:
        return "the list rules AI out for this shot"
    return gated.get(shot.kind, "") if shot.kind is not None else ""
