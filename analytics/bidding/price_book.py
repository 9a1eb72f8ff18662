"""The prices a bid is made with: what a person-day, a seat, a frame or a second costs, kept with each version of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from analytics.ledger.plain_form import Reading, to_plain
from analytics.vocabulary.bid import LineKind
from analytics.vocabulary.shot import Complexity
from analytics.vocabulary.workflow import Workflow

if TYPE_CHECKING:
    from analytics.estimation.estimate import Draws

CENT = Decimal("0.01")
FINE = Decimal("0.0001")
"""To this a price of a frame or of a second is rounded, which may be less than a cent."""

SUPERVISING = ("supervision", "production")
"""Departments whose own hours need no supervision on top."""


class PriceKind(StrEnum):
    """What a price is for: a person-day of a department, a seat of software for one, or a share on top of people."""

    LABOUR = "labour"
    LICENCE = "licence"
    SUPERVISION = "supervision"
    OVERHEAD = "overhead"


@dataclass(frozen=True)
class Price:
    """What one thing costs in the book's currency.

    Attributes
    ----------
    department
        In small letters; empty for shares, which hold for all departments.
    amount
        Of a person-day to the cent, or a share (0.20 puts 20 per cent on people); ``None`` where nothing tells it.
    missing
        Why there is no amount, in words.
    """

    kind: PriceKind
    department: str
    vendor: str | None
    territory: str | None
    resource: str
    amount: Decimal | None
    source: str
    origin: str
    missing: str = ""


@dataclass(frozen=True)
class ProductionRatio:
    """What one production paid for an amount of something: of its finished shots, in the book's currency."""

    production_id: str
    cost: Decimal
    amount: float


@dataclass(frozen=True)
class OtherCost:
    """What history paid for machines, generators, bills and the like, for each unit of a shot.

    Attributes
    ----------
    complexity
        ``None``: of shots of all complexities.
    unit
        ``frame`` (worked on, handles included), ``second`` (on screen) or ``person_day``.
    productions
        Those it was learned from; how they differ is how sure it is.
    """

    kind: LineKind
    workflow: Workflow
    complexity: Complexity | None
    unit: str
    description: str
    origin: str
    shot_count: int
    productions: tuple[ProductionRatio, ...]

    @property
    def unit_price(self) -> Decimal:
        """All of the cost over all of the amount: to the cent for a person-day, else finer."""
        cost = sum((each.cost for each in self.productions), Decimal(0))
        amount = Decimal(repr(sum(each.amount for each in self.productions)))
        return (cost / amount).quantize(CENT if self.unit == "person_day" else FINE, rounding=ROUND_HALF_EVEN)

    def outcomes(self, position: "Draws") -> "Draws":
        """Prices in a production yet unknown: those of past ones, each as often as it has units, so the mean stays.

        Parameters
        ----------
        position
            Shape (outcomes,), uniform from 0 to 1: from the cheapest production to the dearest.
        """
        import numpy as np

        ratios: Draws = np.array([float(each.cost) / each.amount for each in self.productions])
        order = np.argsort(ratios)
        reached = np.cumsum(np.array([each.amount for each in self.productions])[order])
        chosen = np.searchsorted(reached / reached[-1], position, side="left")
        found: Draws = ratios[order][np.minimum(chosen, len(order) - 1)]
        return found


@dataclass(frozen=True)
class PriceBook:
    """All prices of a bid.

    Attributes
    ----------
    card_ids
        Recorded cards in the order in which they were asked.
    warnings
        What a producer should know about the prices, in sentences.
    territory
        Where work is paid whose shot names no territory.
    """

    currency: str
    priced_on: date
    hours_per_person_day: Decimal
    card_ids: tuple[str, ...]
    prices: tuple[Price, ...]
    others: tuple[OtherCost, ...] = ()
    warnings: tuple[str, ...] = ()
    territory: str | None = None

    @cached_property
    def _by_subject(self) -> Mapping[tuple[PriceKind, str, str | None, str | None], tuple[Price, ...]]:
        found: dict[tuple[PriceKind, str, str | None, str | None], tuple[Price, ...]] = {}
        for price in self.prices:
            key = (price.kind, price.department, price.vendor, price.territory)
            found[key] = (*found.get(key, ()), price)
        return found

    def all_of(self, kind: PriceKind, department: str, vendor: str | None, territory: str | None) -> tuple[Price, ...]:
        """Prices of one kind for one department, vendor and territory: several seats of software, else one or none."""
        subject = "" if kind in (PriceKind.SUPERVISION, PriceKind.OVERHEAD) else department.lower()
        return self._by_subject.get((kind, subject, vendor, territory), ())

    def labour(self, department: str, vendor: str | None, territory: str | None) -> Price | None:
        """A person-day of a department; ``None`` where the book was never asked for it."""
        return next(iter(self.all_of(PriceKind.LABOUR, department, vendor, territory)), None)

    def share(self, kind: PriceKind, vendor: str | None, territory: str | None) -> Price | None:
        """Supervision or overhead as a share of people; ``None``: prices hold it already, or nobody states it."""
        return next(iter(self.all_of(kind, "", vendor, territory)), None)

    def other_costs(self, workflow: Workflow, complexity: Complexity | None) -> tuple[OtherCost, ...]:
        """What else a shot costs: of its complexity where history holds enough of them, else of all.

        Where history holds no hybrid shots, they are taken to need what AI shots do.
        """
        if workflow is Workflow.HYBRID and not any(each.workflow is workflow for each in self.others):
            workflow = Workflow.AI
        own = {each.kind: each for each in self.others if (each.workflow, each.complexity) == (workflow, complexity)}
        general = {each.kind: each for each in self.others if (each.workflow, each.complexity) == (workflow, None)}
        return tuple((general | own).values())


def book_to_json(book: PriceBook) -> str:
    """The book as text, exactly."""
    return json.dumps(to_plain(book), ensure_ascii=False, allow_nan=False)


def book_from_json(text: str, place: str) -> PriceBook:
    """The book that `book_to_json` was given.

    Raises
    ------
    InputRefused
        If it is none.
    """
    document: Any = json.loads(text)
    reading = Reading(place)
    book = reading.dataclass(PriceBook, document, "")
    reading.refuse_if_any()
    assert isinstance(book, PriceBook)  # a reading without problems
    return book
