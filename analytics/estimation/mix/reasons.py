"""Why each shot went to its workflow, in words: what the other one would have cost, and what it would have broken."""

import numpy as np
from numpy.typing import NDArray

from analytics.estimation.mix.answer import MixAnswer, MixObjective
from analytics.estimation.mix.answering import weeks_of
from analytics.estimation.mix.outcomes import MixOutcomes, moved, outcomes_of, step_reached
from analytics.estimation.mix.problem import MixProblem, Values
from analytics.estimation.mix.table import Chosen, MixTable, tabled
from analytics.estimation.mix.windows import Windows, finish_week, shares_of
from analytics.vocabulary.workflow import Workflow

NOTICED = 0.01
"""Differences below this share of a shot's cost are told as none."""


def why(problem: MixProblem, answer: MixAnswer) -> tuple[str, ...]:
    """One or two sentences for each shot, in the problem's order."""
    table, _ = tabled(problem)
    return _Reasons(problem, table, answer).all()


class _Reasons:
    """Moves each shot to each other workflow and looks at what changes."""

    def __init__(self, problem: MixProblem, table: MixTable, answer: MixAnswer) -> None:
        self.problem, self.table, self.answer = problem, table, answer
        self.chosen: Chosen = np.asarray([table.workflows.index(w) for w in answer.workflows])
        self.outcomes: MixOutcomes = outcomes_of(table, self.chosen)
        self.windows = Windows(table)
        self.loads = self.windows.loads(shares_of(table, self.chosen))
        self.room = self.windows.room(self.loads)
        self.weeks_in_words = weeks_of(problem.starts_on)

    def all(self) -> tuple[str, ...]:
        told: list[list[str]] = [[] for _ in self.chosen]
        net = float(self.outcomes.net.mean())
        for to, workflow in enumerate(self.table.workflows):
            values = moved(self.table, self.chosen, self.outcomes, to)
            dearer = values.mean(axis=0) - net
            chances = self._chances(values)
            for shot in np.flatnonzero(self.chosen != to):
                told[shot].append(self._against(int(shot), to, workflow, float(dearer[shot]), chances[shot]))
        only = f"{self.table.workflows[0].label} is the only workflow there is to choose."
        return tuple(" ".join(each) or only for each in told)

    def _chances(self, values: Values) -> Values:
        """By shot, how much likelier the budget holds once it is moved; 0 without a budget."""
        if self.problem.budget is None or self.answer.objective is not MixObjective.SUREST_BUDGET:
            return np.zeros(values.shape[1])
        within = (self.outcomes.net <= self.problem.budget).mean()
        return np.asarray((values <= self.problem.budget).mean(axis=0) - within)

    def _against(self, shot: int, to: int, workflow: Workflow, dearer: float, chance: float) -> str:
        refusals = self.problem.refusals.get(workflow)
        if refusals and refusals[shot]:
            return f"Not by {workflow.label}: {refusals[shot]}."
        mine = self.table.workflows[self.chosen[shot]].label
        money = f"{about(abs(dearer))} {self.problem.currency}"
        noticed = abs(dearer) > NOTICED * float(self.table.expected[self.chosen[shot], shot])
        barred = self._barred(shot, to)
        if dearer > 0 and noticed:
            words = f"{mine} saves about {money} against {workflow.label}"
            return f"{words}, and {barred}." if barred else f"{words}{self._step_lost(shot, to)}."
        saving = (
            f"{workflow.label} would save about {money}" if noticed else f"{workflow.label} would cost about the same"
        )
        if barred:
            return f"{saving}, but {barred}."
        if chance < 0:
            return f"{saving}, but the budget would hold in {-chance:.1%} fewer outcomes."
        if self._finishes_later(shot, to):
            return f"{saving}, but work would end later."
        return f"{saving}: {mine} is as good." if not noticed else f"{saving}; the search ended before it was moved."

    def _barred(self, shot: int, to: int) -> str:
        """Which constraint the move would break, in words; empty for none."""
        label = self.table.workflows[to].label
        if not self.table.allowed[to, shot]:
            over = int(self.table.first[shot] + self.table.needed[to, shot] - 1 - self.table.last[shot])
            return f"{label} would be late by {over} week{'' if over == 1 else 's'}"
        more = self.table.hours[:, to, shot] - self.table.hours[:, self.chosen[shot], shot]
        over_by = more - np.maximum(self.room[:, shot], 0.0)
        full = int(over_by.argmax()) if len(over_by) else -1
        if full < 0 or over_by[full] <= 1e-6 * max(1.0, float(more[full])) or more[full] <= 0:
            return ""
        resource = self.table.resources[full]
        left = self.windows.capacity[full] - self.loads[full]
        own = np.where(self._spans_of(shot), left, np.inf)
        first, last = np.unravel_index(int(own.argmin()), own.shape)
        when = self.weeks_in_words(int(self.windows.firsts[first]), int(self.windows.lasts[last]))
        return f"{resource} has no room {when} for the {more[full]:,.0f} hours more that {label} takes"

    def _spans_of(self, shot: int) -> NDArray[np.bool_]:
        """Which spans a shot lies wholly inside."""
        begins = np.arange(len(self.windows.firsts)) <= self.windows.of_first[shot]
        ends = np.arange(len(self.windows.lasts)) >= self.windows.of_last[shot]
        return np.asarray(begins[:, None] & ends[None, :])

    def _step_lost(self, shot: int, to: int) -> str:
        """Which step of an incentive hangs on the shot."""
        here, expected = self.chosen[shot], self.table.expected
        told = zip(self.table.credits, self.table.measured, self.outcomes.measured, strict=True)
        for credit, shares, measured in told:
            now = measured.mean()
            then = now + expected[to, shot] * shares[to, shot] - expected[here, shot] * shares[here, shot]
            before, after = int(step_reached(credit, now)), int(step_reached(credit, then))
            if after < before:
                return f": {credit.name} would miss its step at {credit.steps[before].at_least:,.0f}"
        return ""

    def _finishes_later(self, shot: int, to: int) -> bool:
        other = self.chosen.copy()
        other[shot] = to
        return finish_week(self.table, other) > self.answer.finish_week


def about(amount: float) -> str:
    """Two digits that matter: ``3.1 k``, ``1.2 M``."""
    for size, letter in ((1e6, " M"), (1e3, " k")):
        if amount >= 0.995 * size:
            return f"{amount / size:.1f}{letter}" if amount < 9.95 * size else f"{amount / size:,.0f}{letter}"
    return f"{amount:,.0f}"
