"""A mix problem as dense arrays: what solver, outcomes and reasons all count with."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from analytics.estimation.mix.answer import Shortfall
from analytics.estimation.mix.problem import CreditSteps, MixProblem, Values
from analytics.vocabulary.workflow import Workflow

Chosen = NDArray[np.int64]
"""By shot, which of `MixTable.workflows`."""


@dataclass(frozen=True)
class MixTable:
    """Costs, hours and windows of a problem; axes are workflows (w), resources (r), outcomes (n), shots (s), weeks (t).

    Attributes
    ----------
    costs
        Shape (w, n, s).
    hours
        Shape (r, w, s), of the resources that have a capacity.
    capacity
        Shape (r, t).
    first, last
        Shape (s,), weeks a shot can be worked on.
    needed
        Shape (w, s), weeks from turnover to final at least.
    allowed
        Shape (w, s).
    setup
        Shape (w,).
    """

    workflows: tuple[Workflow, ...]
    costs: Values
    resources: tuple[str, ...]
    hours: Values
    capacity: Values
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    needed: NDArray[np.int64]
    allowed: NDArray[np.bool_]
    setup: Values
    credits: tuple[CreditSteps, ...]

    @cached_property
    def expected(self) -> Values:
        """Shape (w, s): mean cost."""
        return np.asarray(self.costs.mean(axis=1))

    @property
    def n_shots(self) -> int:
        """How many there are to choose for."""
        return len(self.first)

    @cached_property
    def earning(self) -> list[Values]:
        """Of each credit, shape (w, s): share of the cost that earns it."""
        return [self._shares(credit.earning_share) for credit in self.credits]

    @cached_property
    def measured(self) -> list[Values]:
        """Of each credit, shape (w, s): share of the cost that is held against its steps."""
        return [self._shares(credit.measured) for credit in self.credits]

    def cost_of(self, chosen: Chosen) -> Values:
        """Cost of each shot as chosen, shape (n, s)."""
        return self.costs[chosen, :, np.arange(self.n_shots)].T

    def until(self, week: int) -> "MixTable":
        """The same with all work done by a week; workflows that take a shot longer than that are out."""
        last = np.minimum(self.last, week)
        return replace(self, last=last, allowed=self.allowed & (self.first + self.needed - 1 <= last))

    def with_outcomes(self, outcomes: slice) -> "MixTable":
        """The same on some of the outcomes."""
        return replace(self, costs=self.costs[:, outcomes])

    def _shares(self, by_workflow: object) -> Values:
        assert hasattr(by_workflow, "get")
        return np.stack([np.asarray(by_workflow.get(w, np.zeros(self.n_shots)), float) for w in self.workflows])


def tabled(problem: MixProblem) -> tuple[MixTable, tuple[Shortfall, ...]]:
    """Lay a problem out.

    A shot that no allowed workflow can finish between its two weeks keeps the workflow that is late by least, and is
    told as a shortfall.
    """
    workflows, shots = problem.workflows, len(problem.shot_codes)
    resources = tuple(problem.capacity)
    weeks = max((len(hours) for hours in problem.capacity.values()), default=max(problem.last_week) + 1)
    hours = np.zeros((len(resources), len(workflows), shots))
    for w, workflow in enumerate(workflows):
        for r, resource in enumerate(resources):
            hours[r, w] = problem.hours_by_workflow.get(workflow, {}).get(resource, 0.0)
    needed = np.stack([np.asarray(problem.weeks_needed.get(w, np.ones(shots)), np.int64) for w in workflows])
    refused = [[bool(why) for why in problem.refusals.get(w, [""] * shots)] for w in workflows]
    first, due = np.asarray(problem.first_week, np.int64), np.asarray(problem.last_week, np.int64)
    if problem.deadline_week is not None:
        due = np.minimum(due, problem.deadline_week)
    allowed = ~np.asarray(refused)
    # A deadline can lie before a turnover: such a shot has one week of its own, and is late by the rest.
    late = np.where(allowed, np.maximum(0, first + needed - 1 - due), np.iinfo(np.int64).max)
    least = late.min(axis=0)
    table = MixTable(
        workflows=workflows,
        costs=np.stack([problem.cost_by_workflow[w] for w in workflows]),
        resources=resources,
        hours=hours,
        capacity=np.stack([problem.capacity[r] for r in resources]) if resources else np.zeros((0, weeks)),
        first=first,
        last=np.maximum(due, first),
        needed=np.maximum(needed, 1),
        allowed=allowed & (late == least),
        setup=np.asarray([problem.setup_cost.get(w, 0.0) for w in workflows]),
        credits=problem.credits,
    )
    return table, tuple(
        _late(problem.shot_codes[shot], int(least[shot]), int(due[shot] - first[shot] + 1))
        for shot in np.flatnonzero(least > 0)
    )


def _late(code: str, weeks: int, given: int) -> Shortfall:
    has = (
        f"has {given} week{'' if given == 1 else 's'} from turnover to its due date" if given > 0 else "comes too late"
    )
    words = f"{code} {has}; the quickest workflow that it is allowed needs {weeks} more."
    return Shortfall(code, float(weeks), "weeks", words)
