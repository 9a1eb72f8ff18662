"""Whether the hours of a mix fit into the weeks that shots can be worked on, and when the last of them is done.

Hours of a shot may fall in any week from turnover to due, so a resource fits if and only if for every span of weeks the
hours that cannot lie outside of it are no more than the span's capacity (Hall's condition; weeks in a row make spans
enough). That keeps a plan by weeks out of the solver: a shot's workflow is all it has to decide.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from analytics.estimation.mix.problem import Values
from analytics.estimation.mix.table import Chosen, MixTable

ROOM_LEFT_OUT = 1e-5
"""Hours (relative from one hour on) by which a span may be too full and still counts as fitting."""


@dataclass(frozen=True)
class Span:
    """A resource over some weeks, both included."""

    resource: int
    first: int
    last: int


class Windows:
    """All spans that can be too full: from a week in which shots are turned over to one in which shots are due."""

    def __init__(self, table: MixTable) -> None:
        self.table = table
        self.firsts, self.of_first = np.unique(table.first, return_inverse=True)
        self.lasts, self.of_last = np.unique(table.last, return_inverse=True)
        summed = np.concatenate([np.zeros((len(table.capacity), 1)), table.capacity.cumsum(axis=1)], axis=1)
        capacity = summed[:, None, self.lasts + 1] - summed[:, self.firsts, None]
        real = self.firsts[:, None] <= self.lasts[None, :]
        self.capacity: Values = np.where(real, capacity, np.inf)
        """Shape (r, firsts, lasts); without limit where the span ends before it begins."""

    def loads(self, shares: Values) -> Values:
        """Hours that cannot lie outside of each span, shape (r, firsts, lasts), for shares (w, s) of workflows."""
        by_shot = np.einsum("rws,ws->rs", self.table.hours, shares)
        loads = np.zeros((len(by_shot), len(self.firsts), len(self.lasts)))
        for r, hours in enumerate(by_shot):
            np.add.at(loads[r], (self.of_first, self.of_last), hours)
        return loads[:, ::-1].cumsum(axis=1)[:, ::-1].cumsum(axis=2)

    def fits(self, loads: Values, more: Values | float = 0.0) -> bool:
        """Whether no span is too full."""
        return not bool((self.excess(loads, more) > 0).any())

    def excess(self, loads: Values, more: Values | float = 0.0) -> Values:
        """Hours by which each span is too full, 0 where it is not; ``more`` is capacity to be added."""
        over = loads - self.capacity - more
        return np.where(over > ROOM_LEFT_OUT * np.maximum(1.0, loads), over, 0.0)

    def too_full(self, loads: Values, at_most: int, more: Values | float = 0.0) -> Iterator[Span]:
        """The worst spans of each resource."""
        over = self.excess(loads, more)
        for r, spans in enumerate(over):
            worst = np.argsort(spans, axis=None)[::-1][:at_most]
            for place in worst[spans.ravel()[worst] > 0]:
                first, last = np.unravel_index(place, spans.shape)
                yield Span(r, int(first), int(last))

    def inside(self, span: Span) -> Values:
        """Which shots lie wholly inside a span, shape (s,)."""
        return np.asarray((self.of_first >= span.first) & (self.of_last <= span.last), float)

    def room(self, loads: Values) -> Values:
        """Hours that each shot could still take of each resource, shape (r, s)."""
        left = self.capacity - loads
        # A shot's hours count in every span that begins no later than it and ends no earlier.
        least = np.minimum.accumulate(np.minimum.accumulate(left, axis=1)[:, :, ::-1], axis=2)[:, :, ::-1]
        return np.asarray(least[:, self.of_first, self.of_last])

    def weeks(self, span: Span) -> tuple[int, int]:
        """First and last week of a span."""
        return int(self.firsts[span.first]), int(self.lasts[span.last])


def shares_of(table: MixTable, chosen: Chosen) -> Values:
    """A choice as shares of workflows, shape (w, s): 1 for the chosen one."""
    return np.asarray(np.arange(len(table.workflows))[:, None] == chosen[None, :], float)


def finish_week(table: MixTable, chosen: Chosen) -> int:
    """Last week of work where no resource is idle while there is work for it, which is the earliest there is.

    Work that is left after the last week with a capacity goes on at that week's; where that is 0, it never ends and
    the week after all of them is named.
    """
    shots = np.arange(table.n_shots)
    finish = int((table.first + table.needed[chosen, shots] - 1).max())
    for r, capacity in enumerate(table.capacity):
        arriving = np.bincount(table.first, weights=table.hours[r, chosen, shots], minlength=len(capacity))
        waiting = 0.0
        for week, (hours, given) in enumerate(zip(arriving, capacity, strict=True)):
            waiting += hours
            if waiting > 0:
                finish = max(finish, week)
            waiting = max(0.0, waiting - given)
            if waiting <= ROOM_LEFT_OUT:
                waiting = 0.0
        if waiting:
            more = int(np.ceil(waiting / capacity[-1])) if capacity[-1] > 0 else 1
            finish = max(finish, len(capacity) - 1 + more)
    return finish
