"""What shots of the same kind and complexity usually take, so that one shot can be seen beside them.

Nothing is adjusted for. It answers "is this shot unusual?", never "what does AI do?", which `slate` answers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from analytics.ledger.ledger import Ledger
from analytics.vocabulary.workflow import Workflow

FEWEST_SHOTS = 5
"""Of fewer shots nothing is usual."""


class Measure(StrEnum):
    """What is told of a shot and of those like it."""

    PEOPLE_HOURS = "people_hours"
    CALENDAR_DAYS = "calendar_days"
    VERSIONS = "versions"
    COST = "cost"


class Place(StrEnum):
    """Where a value lies among what is usual."""

    LOW = "less than nine in ten"
    BELOW = "less than most"
    MIDDLE = "about the usual"
    ABOVE = "more than most"
    HIGH = "more than nine in ten"


@dataclass(frozen=True)
class Usual:
    """How one measure lies over finished shots of one workflow: tenths and quarters of them, and the middle.

    Attributes
    ----------
    lowest, lower, middle, upper, highest
        Below which lie a tenth, a quarter, half, three quarters and nine tenths of the shots.
    """

    shot_count: int
    lowest: Decimal
    lower: Decimal
    middle: Decimal
    upper: Decimal
    highest: Decimal

    @property
    def is_enough(self) -> bool:
        """Whether there are shots enough to call anything usual."""
        return self.shot_count >= FEWEST_SHOTS

    def place_of(self, value: Decimal | float) -> Place | None:
        """Where a value lies among them; ``None`` where they are too few."""
        if not self.is_enough:
            return None
        if value < self.lowest:
            return Place.LOW
        if value > self.highest:
            return Place.HIGH
        if value < self.lower:
            return Place.BELOW
        return Place.ABOVE if value > self.upper else Place.MIDDLE


@dataclass(frozen=True)
class UsualShots:
    """What is usual for shots like one shot, by measure and the workflow that they were given to first."""

    usual: Mapping[tuple[Measure, Workflow], Usual]
    currency: str | None

    def of(self, measure: Measure, workflow: Workflow) -> Usual | None:
        """``None`` where no such shot is known."""
        return self.usual.get((measure, workflow))


def usual_shots(
    ledger: Ledger,
    shot_id: str,
    *,
    rate_card_id: str | None = None,
    currency: str | None = None,
    with_synthetic: bool = False,
) -> UsualShots:
    """What finished shots of the same kind and complexity took, over all productions.

    Parameters
    ----------
    rate_card_id, currency
        What costs were reckoned under, and what to tell them in; without both, none is told.
    with_synthetic
        Whether demonstration shots count for a real one. A demonstration is held against demonstrations either way.
    """
    with_costs = rate_card_id is not None and currency is not None
    rows = ledger.ask_rows(
        "shots_like_it",
        shot_id=shot_id,
        rate_card_id=rate_card_id if with_costs else None,
        currency=currency if with_costs else None,
        with_synthetic=with_synthetic,
    )
    usual = {(Measure(row.pop("measure")), Workflow(row.pop("workflow"))): Usual(**row) for row in rows}
    return UsualShots(usual, currency if with_costs else None)
