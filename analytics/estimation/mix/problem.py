"""What a mix of workflows is chosen from: shots with their costs, hours and dates, and what holds them back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from analytics.vocabulary.errors import InputRefused, Problem
from analytics.vocabulary.workflow import Workflow

Values = NDArray[np.float64]


@dataclass(frozen=True)
class CreditStep:
    """From ``at_least`` (money) on, this rate (0 to 1, net of tax) on the whole base."""

    at_least: float
    rate: float


@dataclass(frozen=True)
class CreditSteps:
    """A rule of an incentive programme as the mix sees it: one cent more or less can change the rate of everything.

    Attributes
    ----------
    steps
        By rising amount; the last that is reached holds. Below the first there is no credit.
    earning_share
        By workflow and shot, share of the shot's cost that earns the credit.
    measured_share
        The same for what is held against the steps; ``None``: what earns is what is measured.
    earning_outside, measured_outside
        What is spent outside these shots.
    base_at_most, credit_at_most
        Caps, in money.
    """

    name: str
    steps: tuple[CreditStep, ...]
    earning_share: Mapping[Workflow, Sequence[float]]
    measured_share: Mapping[Workflow, Sequence[float]] | None = None
    earning_outside: float = 0.0
    measured_outside: float = 0.0
    base_at_most: float | None = None
    credit_at_most: float | None = None

    @property
    def measured(self) -> Mapping[Workflow, Sequence[float]]:
        """Share of a shot's cost that is held against the steps."""
        return self.earning_share if self.measured_share is None else self.measured_share


@dataclass(frozen=True)
class MixProblem:
    """Shots to be given to workflows. Weeks are counted from 0; what has no entry is without limit.

    Attributes
    ----------
    shot_codes
        In the order of all that is given by shot.
    cost_by_workflow
        By workflow that can be chosen, cost of shape (outcomes, shots) in ``currency``: the same outcome of all of them
        has the same production. Without contingency, margin and incentives.
    hours_by_workflow
        By workflow and resource (a department, or ``gpu``), hours each shot is expected to take, shape (shots,).
    refusals
        By workflow, one text a shot: why it may not be made so; empty where it may.
    capacity
        By resource, hours that there are in each week; every resource to the same last week.
    first_week, last_week
        By shot, the weeks it can be worked on, both included. Hours may fall in any of them.
    weeks_needed
        By workflow and shot, how many weeks pass at least from turnover to final.
    starts_on
        Monday of week 0, where weeks are of a calendar.
    deadline_week
        The last week of all work.
    budget
        In the terms of the costs, net of ``credits``.
    setup_cost
        Paid once if any shot is made in the workflow.
    places
        Where the list names each shot.
    """

    shot_codes: tuple[str, ...]
    cost_by_workflow: Mapping[Workflow, Values]
    currency: str
    first_week: Sequence[int]
    last_week: Sequence[int]
    hours_by_workflow: Mapping[Workflow, Mapping[str, Values]] = field(default_factory=dict)
    refusals: Mapping[Workflow, Sequence[str]] = field(default_factory=dict)
    capacity: Mapping[str, Values] = field(default_factory=dict)
    weeks_needed: Mapping[Workflow, Sequence[int]] = field(default_factory=dict)
    starts_on: date | None = None
    deadline_week: int | None = None
    budget: float | None = None
    credits: tuple[CreditSteps, ...] = ()
    setup_cost: Mapping[Workflow, float] = field(default_factory=dict)
    places: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        found = [*self._shapes(), *self._amounts()] or self._without_workflow()
        if found:
            raise InputRefused.all_of(found)

    @property
    def workflows(self) -> tuple[Workflow, ...]:
        """Those to choose from."""
        return tuple(self.cost_by_workflow)

    @property
    def n_outcomes(self) -> int:
        """How many simulated outcomes the costs have."""
        return len(next(iter(self.cost_by_workflow.values())))

    def _shapes(self) -> list[Problem]:
        shots, found = len(self.shot_codes), []
        if not shots:
            found.append(Problem("shots", None, "there are none to choose for", "give at least one"))
        if not self.cost_by_workflow:
            found.append(Problem("costs", None, "there is no workflow to choose", "give the costs of at least one"))
        outcomes = {len(costs) for costs in self.cost_by_workflow.values()}
        if len(outcomes) > 1 or 0 in outcomes:
            mend = "simulate them together"
            found.append(Problem("outcomes", str(sorted(outcomes)), "workflows differ in them, or have none", mend))
        by_shot: dict[str, Sequence[object] | Values] = {"first week": self.first_week, "last week": self.last_week}
        by_shot |= {"places": self.places} if self.places else {}
        for workflow, costs in self.cost_by_workflow.items():
            by_shot[f"costs of {workflow.label}"] = costs.T
        for workflow, resources in self.hours_by_workflow.items():
            by_shot |= {f"{resource} hours of {workflow.label}": hours for resource, hours in resources.items()}
        for name, given in (("refusals", self.refusals), ("weeks needed", self.weeks_needed)):
            by_shot |= {f"{name} of {workflow.label}": each for workflow, each in given.items()}
        for credit in self.credits:
            by_shot |= {f"{credit.name}, earning share of {w.label}": each for w, each in credit.earning_share.items()}
            by_shot |= {f"{credit.name}, measured share of {w.label}": each for w, each in credit.measured.items()}
        for name, values in by_shot.items():
            if len(values) != shots:
                found.append(Problem(name, len(values), f"there are {shots} shots", "give one for each shot"))
        weeks = {len(hours) for hours in self.capacity.values()}
        if weeks and shots and (len(weeks) > 1 or min(weeks) <= max(self.last_week)):
            why = (
                f"is told for {' and '.join(map(str, sorted(weeks)))} weeks; work may reach week {max(self.last_week)}"
            )
            found.append(Problem("capacity", None, why, "give the hours of every week up to the last"))
        return found

    def _amounts(self) -> list[Problem]:
        found = []
        for workflow, costs in self.cost_by_workflow.items():
            unpriced = ~(np.isfinite(costs) & (costs >= 0)).all(axis=0)
            for shot in np.flatnonzero(unpriced)[: len(self.shot_codes)]:
                why = f"has no usable cost by {workflow.label} in some outcome"
                mend = "give a price for everything it takes, none below zero"
                found.append(Problem(self._place(int(shot)), self.shot_codes[shot], why, mend))
        for workflow, resources in self.hours_by_workflow.items():
            for resource, hours in resources.items():
                if not (np.isfinite(hours) & (np.asarray(hours) >= 0)).all():
                    why = "holds something that is no number of hours from 0 on"
                    found.append(
                        Problem(f"{resource} hours of {workflow.label}", None, why, "give hours for each shot")
                    )
        for resource, hours in self.capacity.items():
            if not (np.isfinite(hours) & (np.asarray(hours) >= 0)).all():
                found.append(Problem(f"capacity of {resource}", None, "holds something else than hours", "give hours"))
        for shot, (first, last) in enumerate(zip(self.first_week, self.last_week, strict=False)):
            if not 0 <= first <= last:
                why = f"is due {first - last} weeks before its turnover, or before work starts"
                found.append(Problem(self._place(shot), self.shot_codes[shot], why, "correct one of the two days"))
        for credit in self.credits:
            amounts = [step.at_least for step in credit.steps]
            if not amounts or amounts != sorted(set(amounts)):
                why = "must have steps, each from a higher amount on than the one before"
                found.append(Problem(credit.name, str(amounts), why, "put them in order"))
        return found

    def _without_workflow(self) -> list[Problem]:
        found = []
        for shot, code in enumerate(self.shot_codes):
            reasons = [self.refusals[w][shot] if w in self.refusals else "" for w in self.workflows]
            if all(reasons):
                said = "; ".join(f"{w.label}: {why}" for w, why in zip(self.workflows, reasons, strict=True))
                mend = "allow one of them for this shot"
                found.append(Problem(self._place(shot), code, f"may be made by no workflow ({said})", mend))
        return found

    def _place(self, shot: int) -> str:
        return self.places[shot] if self.places else f"shot {shot + 1}"
