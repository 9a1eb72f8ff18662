"""A mix as a mixed-integer program: one binary for each shot and workflow, solved by HiGHS through scipy.

Spans of weeks are added as rows only once a solution fills them too much: of thousands, few ever bind.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.estimation.mix.problem import CreditSteps, Values
from analytics.estimation.mix.solver_output import chatter_to_stderr
from analytics.estimation.mix.table import Chosen, MixTable
from analytics.estimation.mix.windows import Span, Windows

SPANS_AT_ONCE = 3
ROUNDS = 200


@dataclass(frozen=True)
class Found:
    """A solution of the program.

    Attributes
    ----------
    bound
        No mix has an objective below it.
    overtime
        Hours added, shape (r, t).
    """

    chosen: Chosen
    objective: float
    bound: float
    overtime: Values | None


@dataclass
class _Row:
    columns: NDArray[np.int64]
    factors: Values
    low: float
    high: float


@dataclass
class _Columns:
    """Columns of the program: their factors in the objective, bounds, and whether they are whole numbers."""

    objective: list[float] = field(default_factory=list)
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    whole: list[int] = field(default_factory=list)

    def add(self, objective: float, upper: float, *, whole: bool, lower: float = 0.0) -> int:
        self.objective.append(objective)
        self.lower.append(lower)
        self.upper.append(upper)
        self.whole.append(int(whole))
        return len(self.objective) - 1


class MixProgram:
    """The program of a table. Rows found on the way are kept, so solving again with another objective is quick.

    Parameters
    ----------
    lift
        What the expected amounts have to exceed each step of a credit by, as a factor from 1 on: a plan that reaches a
        step by a hair misses it in half of all outcomes. ``None``: no step above the first is sought.
    overtime
        Whether hours can be added to a week, at a price of 1 each and nothing else in the objective until
        `within_overtime` bounds them.
    """

    def __init__(self, table: MixTable, *, lift: float | None = 1.0, overtime: bool = False) -> None:
        self.table, self.windows = table, Windows(table)
        # One shot's average, so that the solver's own tolerances mean the same for dollars and for yen.
        self.scale = float(table.expected.mean()) or 1.0
        self._columns, self._rows, self._spans = _Columns(), list[_Row](), set[Span]()
        self.workflow_of, self.shot_of = np.nonzero(table.allowed)
        for w, s in zip(self.workflow_of, self.shot_of, strict=True):
            self._columns.add(table.expected[w, s] / self.scale, 1.0, whole=True)
        for shot in range(table.n_shots):
            columns = np.flatnonzero(self.shot_of == shot)
            self._rows.append(_Row(columns, np.ones(len(columns)), 1.0, 1.0))
        for w in np.flatnonzero(table.setup):
            self._set_up(int(w))
        for credit, earning, measured in zip(table.credits, table.earning, table.measured, strict=True):
            self._credit(credit, earning, measured, lift)
        self._spread: int | None = None
        self._overtime: NDArray[np.int64] | None = None
        if overtime:
            shape = table.capacity.shape
            self._overtime = np.asarray(
                [self._columns.add(0.0, np.inf, whole=False) for _ in range(table.capacity.size)], np.int64
            ).reshape(shape)

    def _mix(self) -> int:
        return len(self.shot_of)

    def _of_mix(self, by_workflow_and_shot: Values) -> Values:
        return np.asarray(by_workflow_and_shot[self.workflow_of, self.shot_of])

    def _set_up(self, workflow: int) -> None:
        used = self._columns.add(self.table.setup[workflow] / self.scale, 1.0, whole=True)
        for column in np.flatnonzero(self.workflow_of == workflow):
            self._rows.append(_Row(np.asarray([column, used]), np.asarray([1.0, -1.0]), -np.inf, 0.0))

    def _credit(self, credit: CreditSteps, earning: Values, measured: Values, lift: float | None) -> None:
        """One binary for each step, one of them 1; a credit can be no more than its step's rate on what earns."""
        mix = np.arange(self._mix())
        earn, count = (self._of_mix(shares * self.table.expected) / self.scale for shares in (earning, measured))
        outside, counted_outside = credit.earning_outside / self.scale, credit.measured_outside / self.scale
        most_earning = _most(earn, self.shot_of, self.table.n_shots) + outside
        most_counted = _most(count, self.shot_of, self.table.n_shots) + counted_outside
        base_cap = np.inf if credit.base_at_most is None else credit.base_at_most / self.scale
        credit_cap = np.inf if credit.credit_at_most is None else credit.credit_at_most / self.scale
        taken, paid = [self._columns.add(0.0, 1.0, whole=True)], []
        for number, step in enumerate(credit.steps):
            at_least = step.at_least / self.scale
            sought = lift is not None or at_least <= counted_outside
            if sought and at_least > counted_outside:
                at_least *= lift or 1.0
            taken.append(self._columns.add(0.0, 1.0 if sought or number == 0 else 0.0, whole=True))
            most = min(step.rate * min(most_earning, base_cap), credit_cap)
            paid.append(self._columns.add(-1.0, max(most, 0.0), whole=False))
            self._rows += [
                _Row(np.append(mix, taken[-1]), np.append(count, -at_least), -counted_outside, np.inf),
                _Row(np.append(mix, paid[-1]), np.append(-step.rate * earn, 1.0), -np.inf, step.rate * outside),
                _Row(np.asarray([paid[-1], taken[-1]]), np.asarray([1.0, -most]), -np.inf, 0.0),
            ]
        rates = [0.0, *(step.rate for step in credit.steps)]
        for number, step in enumerate(credit.steps):
            if max(rates[: number + 1]) > min(rates[number + 1 :]):
                # A later step pays less: then staying on an earlier one has to be earned by staying below it.
                below, lower = (step.at_least - 0.01) / self.scale, taken[: number + 1]
                spare = max(0.0, most_counted - below)
                factors = np.concatenate([count, np.full(len(lower), spare)])
                self._rows.append(_Row(np.append(mix, lower), factors, -np.inf, below + spare - counted_outside))
        self._rows.append(_Row(np.asarray(taken), np.ones(len(taken)), 1.0, 1.0))

    def solve(
        self,
        until: float,
        *,
        gap: float = 0.0,
        spread: float = 0.0,
        net_costs: Values | None = None,
        within_overtime: float | None = None,
    ) -> Found | None:
        """Solve; ``None`` where nothing fits.

        Parameters
        ----------
        until
            When to stop, by `time.monotonic`.
        spread
            So many standard deviations of the net cost are added to the objective.
        net_costs
            Net cost of each workflow and shot in each outcome, shape (w, n, s), whose standard deviation that is.
        within_overtime
            Overtime is at most this and has no price; ``None``: overtime is all that is made small.

        Raises
        ------
        TimeoutError
            If time ran out before there was any solution.
        """
        centred = None
        if net_costs is not None and spread > 0:
            by_column = net_costs[self.workflow_of, :, self.shot_of].T / self.scale
            centred = by_column - by_column.mean(axis=0)
            if self._spread is None:
                self._spread = self._columns.add(0.0, np.inf, whole=False)
        objective = np.asarray(self._columns.objective)
        rows = list[_Row]()
        if self._spread is not None:
            objective[self._spread] = spread * self.table.n_shots
        if self._overtime is not None:
            if within_overtime is None:
                objective[:] = 0.0
                objective[self._overtime.ravel()] = 1.0
            else:
                flat = self._overtime.ravel()
                rows.append(_Row(flat, np.ones(len(flat)), -np.inf, within_overtime))
        # Relaxed first: most spans and cuts are found by linear programs, which are quick.
        for whole in (False, True):
            for _ in range(ROUNDS):
                solved = self._solve(objective, rows, until, gap if whole else None)
                if solved is None:
                    return None
                values, reached, bound = solved
                added = self._too_full(values)
                if centred is not None and self._spread is not None:
                    added |= self._cut_spread(values, centred, rows, self._spread)
                if not added or (whole and time.monotonic() > until):
                    break
        chosen = self._chosen(values)
        overtime = None if self._overtime is None else np.asarray(values[self._overtime])
        return Found(chosen, reached * self.scale, bound * self.scale, overtime)

    def _solve(
        self, objective: Values, more: Sequence[_Row], until: float, gap: float | None
    ) -> tuple[Values, float, float] | None:
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_matrix

        rows = [*self._rows, *more]
        lengths = np.cumsum([0, *(len(row.columns) for row in rows)])
        columns = np.concatenate([row.columns for row in rows])
        factors = np.concatenate([row.factors for row in rows])
        matrix = csr_matrix((factors, columns, lengths), shape=(len(rows), len(objective)))
        left = max(until - time.monotonic(), 0.05)
        options: dict[str, Any] = {"time_limit": left, "mip_rel_gap": gap or 0.0}
        with chatter_to_stderr():
            result = milp(
                objective,
                integrality=np.asarray(self._columns.whole) if gap is not None else np.zeros(len(objective)),
                bounds=Bounds(self._columns.lower, self._columns.upper),
                constraints=LinearConstraint(matrix, [row.low for row in rows], [row.high for row in rows]),
                options=options,
            )
        if result.x is not None:
            bound = result.mip_dual_bound if gap is not None else result.fun
            return result.x, float(result.fun), float(result.fun if bound is None else bound)
        if result.status == 2:
            return None
        raise TimeoutError(result.message)

    def _shares(self, values: Values) -> Values:
        shares = np.zeros_like(self.table.expected)
        shares[self.workflow_of, self.shot_of] = values[: self._mix()]
        return shares

    def _chosen(self, values: Values) -> Chosen:
        return np.asarray(self._shares(values).argmax(axis=0), np.int64)

    def _too_full(self, values: Values) -> bool:
        """Add rows for the spans that a solution fills most above their capacity."""
        loads = self.windows.loads(self._shares(values))
        more: Values | float = 0.0
        if self._overtime is not None:
            more = self._overtime_in_spans(values)
        new = [s for s in self.windows.too_full(loads, SPANS_AT_ONCE, more) if s not in self._spans]
        for span in new:
            self._spans.add(span)
            inside = np.broadcast_to(self.windows.inside(span), self.table.expected.shape)
            hours = self._of_mix(self.table.hours[span.resource] * inside)
            columns = np.flatnonzero(hours)
            factors = hours[columns]
            if self._overtime is not None:
                first, last = self.windows.weeks(span)
                weeks = self._overtime[span.resource, first : last + 1]
                columns, factors = np.append(columns, weeks), np.append(factors, -np.ones(len(weeks)))
            capacity = float(self.windows.capacity[span.resource, span.first, span.last])
            self._rows.append(_Row(columns, factors, -np.inf, capacity))
        return bool(new)

    def _overtime_in_spans(self, values: Values) -> Values:
        summed = np.asarray(values[self._overtime]).cumsum(axis=1)
        summed = np.concatenate([np.zeros((len(summed), 1)), summed], axis=1)
        return np.asarray(summed[:, None, self.windows.lasts + 1] - summed[:, self.windows.firsts, None])

    def _cut_spread(self, values: Values, centred: Values, rows: list[_Row], column: int) -> bool:
        """Add a tangent of the standard deviation where a solution claims less than it has."""
        shots = self.table.n_shots  # the column is a share of what all shots cost, so that no number is far from 1
        totals = centred @ values[: self._mix()]
        deviation = float(np.sqrt((totals**2).mean()))
        if deviation <= float(values[column]) * shots * (1 + 1e-4) + 1e-9:
            return False
        slope = centred.T @ totals / (len(totals) * deviation * shots)
        rows.append(_Row(np.append(np.arange(self._mix()), column), np.append(slope, -1.0), -np.inf, 0.0))
        return True


def _most(amounts: Values, shot_of: NDArray[np.int64], shots: int) -> float:
    """The largest sum there can be with one workflow a shot."""
    most = np.zeros(shots)
    np.maximum.at(most, shot_of, amounts)
    return float(most.sum())
