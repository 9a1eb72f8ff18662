"""What a bid is made for and under which terms, beside the shots themselves."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from analytics.vocabulary.frame_rate import FrameRate
from analytics.vocabulary.listed_shot import ShotList

MOST_REMARKS = 12
"""Remarks on a list that are repeated on its bid; the rest are counted."""


@dataclass(frozen=True)
class BidTerms:
    """The terms of one version of a bid.

    Attributes
    ----------
    territory
        Where work is paid whose shot names no territory; ``None`` where nobody says.
    started_on
        First day of the production, which decides on incentives; ``None`` where unknown.
    confidence
        Share (0 to 1) of outcomes that base and contingency are to cover.
    margin
        Share (0 to 1) put on base and contingency.
    mix
        ``current``, ``ai``, ``traditional`` or ``best``.
    """

    production_id: str
    production_name: str
    name: str
    fps: FrameRate
    created_at: datetime
    shot_list_name: str
    shot_list_sha256: str
    confidence: Decimal = Decimal("0.8")
    margin: Decimal = Decimal(0)
    mix: str = "current"
    territory: str | None = None
    started_on: date | None = None


def remarks_on(shot_list: ShotList) -> list[str]:
    """What was noted while the list was read, as far as a bid can hold it."""
    said = [str(remark) for remark in shot_list.remarks[:MOST_REMARKS]]
    more = len(shot_list.remarks) - MOST_REMARKS
    return [*said, f"{more:,} more remarks on {shot_list.name}: shotledger cut show tells them."] if more > 0 else said
