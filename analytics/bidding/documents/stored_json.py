"""A bid as JSON text and back, exactly: the snapshot that is stored when a bid is sent."""

import json
from typing import Any

from analytics.ledger.plain_form import Reading, to_plain
from analytics.vocabulary.bid import Bid
from analytics.vocabulary.errors import InputRefused

BID_FORMAT = "shotledger-bid"
BID_FORMAT_VERSION = 1
"""Raised when a field is renamed, dropped or changes its meaning; fields with a default may be added without."""

_MEND = "restore it from a backup of the ledger"


def bid_to_json(bid: Bid) -> str:
    """Everything that a bid holds. Decimals are text, instants UTC; the same bid always gives the same text.

    Raises
    ------
    InputRefused
        If a number is not finite or an instant has no time zone.
    """
    document = {"format": BID_FORMAT, "format_version": BID_FORMAT_VERSION, "bid": to_plain(bid)}
    return json.dumps(document, ensure_ascii=False, allow_nan=False)


def bid_from_json(text: str, place: str = "stored bid") -> Bid:
    """The bid that `bid_to_json` was given.

    Parameters
    ----------
    place
        What problems are told to lie in: a file, or whose snapshot it is.

    Raises
    ------
    InputRefused
        With every problem found, if it is no bid or was written by a newer version.
    """
    try:
        document: Any = json.loads(text)
    except ValueError as error:
        raise InputRefused(place, None, f"is no JSON ({error})", _MEND) from None
    if not isinstance(document, dict) or document.get("format") != BID_FORMAT:
        raise InputRefused(place, None, "is no bid", _MEND)
    version = document.get("format_version")
    if version != BID_FORMAT_VERSION:
        raise InputRefused(
            f"{place}, format_version",
            version,
            f"this version of Shotledger reads {BID_FORMAT_VERSION}",
            "read it with the version that wrote it",
        )
    reading = Reading(place)
    bid = reading.dataclass(Bid, document.get("bid"), "bid")
    reading.refuse_if_any()
    assert isinstance(bid, Bid)  # a reading without problems
    return bid
