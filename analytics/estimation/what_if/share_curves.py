"""What shots take at every share of AI, kind by kind, in some hundred outcomes: simulated once, read often."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from analytics.vocabulary.origin import Origin
from analytics.vocabulary.shot import Complexity

if TYPE_CHECKING:
    import numpy as np

    Curve = np.ndarray[Any, np.dtype[np.float32]]
    Counts = np.ndarray[Any, np.dtype[np.int64]]

STEPS = 100
"""Shares are whole per cent, from 0 to 100."""
FEWEST_TRIED = 5
"""Finished AI shots of a kind and complexity; with fewer, what AI takes there is told by other shots."""


class Scope(StrEnum):
    """Which shots are asked about."""

    REMAINING = "remaining"
    SLATE = "slate"
    NEXT_PRODUCTION = "next_production"


class Measure(StrEnum):
    """What is added up. ``net`` is there where incentives are claimed."""

    GROSS = "gross"
    NET = "net"
    HOURS = "hours"
    FALLBACKS = "fallbacks"


@dataclass(frozen=True)
class ComplexityDifference:
    """What AI changes on all shots of a kind and complexity.

    Attributes
    ----------
    n_shots
        Asked about.
    n_past_ai
        Finished AI shots that it rests on.
    mean_difference
        AI minus traditional, in the currency, net where incentives are claimed.
    saves_chance
        Share (0 to 1) of the outcomes in which AI costs less.
    """

    complexity: Complexity
    n_shots: int
    n_past_ai: int
    mean_difference: float
    saves_chance: float


@dataclass(frozen=True)
class KindCurve:
    """The shots of one kind.

    Attributes
    ----------
    so_far
        Per cent that AI makes as things stand: of begun shots those it was given, of others as many as past ones.
    n_past_ai, n_past_traditional
        Finished shots of the kind that it rests on.
    takes
        By measure, shape (outcomes, 101): all shots of the kind together at each share from 0 to 100 per cent.
    ai_shots
        Shape (101,): how many are AI's.
    untried
        Shape (101,): how many of those are of a complexity with fewer than `FEWEST_TRIED` past AI shots.
    """

    kind: str
    n_shots: int
    so_far: int
    n_past_ai: int
    n_past_traditional: int
    takes: "Mapping[Measure, Curve]"
    ai_shots: "Counts"
    untried: "Counts"
    by_complexity: tuple[ComplexityDifference, ...]


@dataclass(frozen=True)
class ShareCurves:
    """All kinds of a scope.

    Attributes
    ----------
    really_cost, really_took_hours
        Of the whole slate, what these very shots cost and took in people-hours so far; ``None`` for other scopes, and
        where a cost is not known.
    still_open
        Of those, how many are unfinished, so that more is to come.
    hours_per_week
        People-hours that were booked in a usual week of such work.
    facts_end_on
        The last day that anything is known of.
    n_past_shots, n_past_ai, n_productions
        Finished shots that the outcomes rest on, how many of them are AI's, and of how many productions.
    left_out
        Shots that are not in it, by the reason.
    origins
        Share (0 to 1) of the past shots by the weakest origin of their facts.
    plan_notes
        What is assumed of the incentives; empty where none are claimed.
    """

    scope: Scope
    currency: str
    kinds: tuple[KindCurve, ...]
    really_cost: Decimal | None
    really_took_hours: float | None
    still_open: int
    hours_per_week: float
    facts_end_on: date | None
    n_past_shots: int
    n_past_ai: int
    n_productions: int
    left_out: Mapping[str, int]
    origins: Mapping[Origin, float]
    plan_notes: tuple[str, ...] = ()

    @property
    def n_shots(self) -> int:
        """Shots asked about."""
        return sum(kind.n_shots for kind in self.kinds)

    @property
    def is_net(self) -> bool:
        """Whether incentives are claimed."""
        return bool(self.kinds) and Measure.NET in self.kinds[0].takes

    @property
    def cost(self) -> Measure:
        """What is to be spared: the net cost where it is known."""
        return Measure.NET if self.is_net else Measure.GROSS

    @property
    def is_synthetic(self) -> bool:
        """Whether any of it is demonstration data."""
        return Origin.SYNTHETIC in self.origins

    def as_so_far(self) -> dict[str, int]:
        """Per cent by kind, as things stand."""
        return {kind.kind: kind.so_far for kind in self.kinds}
