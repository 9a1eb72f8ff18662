"""Bids in the ledger: every version as a snapshot that is read back as it was written, with what happened to it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from analytics.bidding.documents.stored_json import bid_from_json, bid_to_json
from analytics.bidding.price_book import PriceBook, book_from_json, book_to_json
from analytics.ledger.answers import as_rows
from analytics.ledger.ledger import Ledger
from analytics.ledger.statements import give, statement
from analytics.vocabulary.bid import Bid, BidStatus
from analytics.vocabulary.errors import InputRefused


@dataclass(frozen=True)
class BidRow:
    """A version of a bid in a list; amounts in its currency, ``None`` where a price is missing."""

    bid_id: str
    version_number: int
    is_latest: bool
    production_id: str
    name: str
    status: BidStatus
    currency: str
    created_at: datetime
    priced_on: date
    valid_until: date | None
    sent_at: datetime | None
    awarded_at: datetime | None
    locked_at: datetime | None
    shot_count: int
    people_hours_mean: float
    gross_amount: Decimal | None
    net_amount: Decimal | None


@dataclass(frozen=True)
class BidEvent:
    """What happened to a version of a bid.

    Attributes
    ----------
    event
        ``made``, ``priced_again``, ``sent``, ``extended``, ``awarded``, ``locked`` or ``changed``.
    """

    version_number: int
    happened_at: datetime
    event: str
    actor: str
    note: str


def store_new_bid(ledger: Ledger, bid: Bid, book: PriceBook, actor: str = "") -> Bid:
    """Store the first version of a bid, and give it the next id of its production, such as ``P12-bid-1``."""

    def record(connection: Any) -> Bid:
        # Numbered where it is written, so that two who bid at the same time get two bids.
        ids = {row["bid_id"] for row in _asked(connection, "bid_ids")}
        number = next(n for n in range(1, len(ids) + 2) if f"{bid.production_id}-bid-{n}" not in ids)
        stored = replace(bid, bid_id=f"{bid.production_id}-bid-{number}", version_number=1)
        give(
            connection, "record_bid", bid_id=stored.bid_id, production_id=stored.production_id, name=stored.name,
            currency=stored.currency, created_at=stored.created_at,
        )  # fmt: skip
        _record_version(connection, stored, book)
        _note(connection, stored, stored.created_at, "made", actor, f"from {stored.shot_list_name}")
        return stored

    return ledger.write(record, facts=False)


def store_next_version(
    ledger: Ledger, bid: Bid, book: PriceBook, *, after: Bid, event: str, actor: str = "", note: str = ""
) -> Bid:
    """Store a further version of a bid.

    Raises
    ------
    InputRefused
        If somebody has stored another one after the version that this one was made from.
    """

    def record(connection: Any) -> Bid:
        newest = _asked(connection, "newest_bid_version", bid_id=after.bid_id)[0]["version_number"]
        if newest != after.version_number:
            raise InputRefused(
                "bid", after.bid_id, f"has a version {newest} by now, and this was made from version "
                f"{after.version_number}", "look at the new version, then do it again",
            )  # fmt: skip
        stored = replace(bid, bid_id=after.bid_id, version_number=newest + 1)
        _record_version(connection, stored, book)
        _note(connection, stored, stored.created_at, event, actor, note)
        return stored

    return ledger.write(record, facts=False)


def store_step(
    ledger: Ledger, before: Bid, after: Bid, events: Sequence[tuple[str, str]], happened_at: datetime, actor: str
) -> Bid:
    """Store what became of a version: its state and days alone, never its prices.

    Parameters
    ----------
    events
        Each with its note.

    Raises
    ------
    InputRefused
        If it was changed by somebody else since it was read.
    """
    text = bid_to_json(before)

    def record(connection: Any) -> Bid:
        (held,) = _asked(connection, "bid_version", bid_id=before.bid_id, version_number=before.version_number)
        if held["snapshot"] != text:
            raise InputRefused(
                "bid", before.bid_id, "was changed by somebody else just now", "look at it, then do it again"
            )
        give(connection, "record_bid_version", **_version_row(after), price_book="")
        for event, note in events:
            _note(connection, after, happened_at, event, actor, note)
        return after

    return ledger.write(record, facts=False)


def _asked(connection: Any, name: str, **parameters: Any) -> list[dict[str, Any]]:
    """What a question answers inside the transaction that writes by it."""
    asked = statement("questions", name)
    return as_rows(connection, asked, asked.bound(parameters))


def bid_named(ledger: Ledger, named: str, version_number: int | None = None) -> Bid:
    """A bid by its id, or by the id or name of a production; the newest version of it.

    Of several bids of a production the one that was awarded is meant.

    Raises
    ------
    InputRefused
        If there is none, or several could be meant; with what there is.
    """
    rows = bids_listed(ledger)
    ids = list(dict.fromkeys(row.bid_id for row in rows if row.bid_id == named))
    ids = ids or list(dict.fromkeys(row.bid_id for row in rows if named in (row.production_id, row.name)))
    if not ids:
        known = list(dict.fromkeys(row.bid_id for row in rows))
        near = get_close_matches(named, known, 3) or known[:5]
        mend = f"name one of them, such as {', '.join(near)}" if near else "make one first: shotledger bid new SHOTLIST"
        raise InputRefused("bid", named, "is no bid of this ledger", mend)
    if len(ids) > 1:
        won = (BidStatus.AWARDED, BidStatus.LOCKED)
        ids = list(dict.fromkeys(row.bid_id for row in rows if row.bid_id in ids and row.status in won)) or ids
    if len(ids) > 1:
        raise InputRefused("bid", named, f"may be any of {len(ids)} bids", f"name one of them: {', '.join(ids[:8])}")
    versions = {row.version_number for row in rows if row.bid_id == ids[0]}
    if version_number is not None and version_number not in versions:
        there = ", ".join(str(number) for number in sorted(versions))
        raise InputRefused("--version", version_number, f"is no version of {ids[0]}", f"name one of: {there}")
    return _version(ledger, ids[0], version_number or max(versions))[0]


def price_book_of(ledger: Ledger, bid: Bid) -> PriceBook:
    """The prices that a stored version was made with."""
    return _version(ledger, bid.bid_id, bid.version_number)[1]


def bids_listed(ledger: Ledger, production_id: str | None = None) -> tuple[BidRow, ...]:
    """All versions of all bids, or of one production's; the latest bid first, and its newest version."""
    rows = ledger.ask_rows("bids_listed", production_id=production_id)
    return tuple(BidRow(**{**row, "status": BidStatus(row["status"])}) for row in rows)


def bid_events(ledger: Ledger, bid_id: str) -> tuple[BidEvent, ...]:
    """What happened to all versions of a bid, in order."""
    return tuple(BidEvent(**row) for row in ledger.ask_rows("bid_events_of", bid_id=bid_id))


def locked_bid(ledger: Ledger, production_id: str) -> Bid | None:
    """The bid that is a production's locked budget, as it was locked; ``None`` where none was.

    Its ``change_orders`` are those made after it was locked: approved changes that the budget does not hold.
    """
    rows = bids_listed(ledger, production_id)
    locked = [row for row in rows if row.locked_at is not None]
    if not locked:
        return None
    last = max(locked, key=lambda row: (row.locked_at, row.version_number))
    bid, _ = _version(ledger, last.bid_id, last.version_number)
    newest = max(row.version_number for row in rows if row.bid_id == last.bid_id)
    if newest == last.version_number:
        return replace(bid, change_orders=())
    later, _ = _version(ledger, last.bid_id, newest)
    return replace(bid, change_orders=later.change_orders[len(bid.change_orders) :])


def _version(ledger: Ledger, bid_id: str, version_number: int) -> tuple[Bid, PriceBook]:
    (row,) = ledger.ask_rows("bid_version", bid_id=bid_id, version_number=version_number)
    place = f"bid {bid_id}, version {version_number}"
    return bid_from_json(row["snapshot"], place), book_from_json(row["price_book"], f"{place}, prices")


def _record_version(connection: Any, bid: Bid, book: PriceBook) -> None:
    give(connection, "record_bid_version", **_version_row(bid), price_book=book_to_json(book))
    lines = [
        {
            "line_number": number,
            "kind": line.kind.value,
            "department": line.department,
            "shot_code": line.shot_code,
            "workflow": line.workflow and line.workflow.value,
            "description": line.description,
            "quantity": str(line.quantity),
            "unit": line.unit,
            "unit_price": None if line.unit_price is None else str(line.unit_price),
            "amount": None if line.amount is None else str(line.amount),
            "resource": line.resource,
            "rate_source": line.rate_source,
            "origin": line.origin,
            "vendor": line.vendor,
            "territory": line.territory,
            "account_code": line.account_code,
        }
        for number, line in enumerate(bid.lines, start=1)
    ]
    give(connection, "record_bid_lines", bid_id=bid.bid_id, version_number=bid.version_number, lines=json.dumps(lines))


def _version_row(bid: Bid) -> dict[str, Any]:
    amounts = ("base", "contingency", "margin", "gross", "incentive", "net")
    return {
        "bid_id": bid.bid_id,
        "version_number": bid.version_number,
        "status": bid.status.value,
        "created_at": bid.created_at,
        "priced_on": bid.priced_on,
        "valid_until": bid.valid_until,
        "sent_at": bid.sent_at,
        "awarded_at": bid.awarded_at,
        "locked_at": bid.locked_at,
        "shot_list_name": bid.shot_list_name,
        "shot_list_sha256": bid.shot_list_sha256,
        "shot_count": len(bid.shots),
        **{f"people_hours_{name}": getattr(bid.people_hours, name) for name in ("p10", "p50", "p90", "mean")},
        **{
            f"{name}_amount": None if getattr(bid.totals, name) is None else str(getattr(bid.totals, name))
            for name in amounts
        },
        "snapshot": bid_to_json(bid),
    }


def _note(connection: Any, bid: Bid, happened_at: datetime, event: str, actor: str, note: str) -> None:
    give(
        connection, "record_bid_event", bid_id=bid.bid_id, version_number=bid.version_number, happened_at=happened_at,
        event=event, actor=actor, note=note,
    )  # fmt: skip
