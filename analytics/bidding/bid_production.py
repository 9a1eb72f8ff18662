"""What a bid has to know of its production, in the ledger or not yet."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from analytics.ledger.ledger import Ledger
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.frame_rate import FrameRate


@dataclass(frozen=True)
class BidProduction:
    """What a bid has to know of its production; a production that the ledger does not know is taken as it is named."""

    production_id: str
    name: str
    title_id: str | None = None
    currency: str | None = None
    territory: str | None = None
    started_on: date | None = None
    fps: FrameRate | None = None
    hours_per_person_day: Decimal = Decimal(8)


def production_to_bid(ledger: Ledger, named: str) -> BidProduction:
    """The production of that id or name, or one yet unknown.

    Raises
    ------
    InputRefused
        If several have the name, or it is empty.
    """
    if not named.strip():
        raise InputRefused("--production", named, "names no production", "name one, such as P12")
    rows = ledger.ask_rows("terms_to_bid_by", production_id=named)
    if len(rows) > 1 and rows[0]["production_id"] != named:
        ids = ", ".join(row["production_id"] for row in rows)
        raise InputRefused("--production", named, "is the name of several productions", f"name one by its id: {ids}")
    if not rows:
        return BidProduction(named, named)
    row = rows[0]
    return BidProduction(
        row["production_id"],
        row["name"],
        row["title_id"],
        row["currency"],
        row["territory"],
        row["started_on"],
        FrameRate(Fraction(row["fps_numerator"], row["fps_denominator"])),
        row["hours_per_person_day"],
    )
