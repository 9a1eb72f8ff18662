"""The states of a bid: draft, sent, awarded, locked; which step follows which, and what each of them fixes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from analytics.bidding.stored_bids import bid_named, bids_listed, store_step
from analytics.ledger.ledger import Ledger
from analytics.vocabulary.bid import Bid, BidStatus
from analytics.vocabulary.errors import InputRefused

VALID_DAYS = 45
"""Bids are held to for 30 to 60 days as a rule."""


def send_bid(
    ledger: Ledger,
    named: str,
    *,
    valid_days: int = VALID_DAYS,
    on: date | None = None,
    actor: str = "",
    note: str = "",
) -> Bid:
    """Send the newest version, which must be a draft: from now on it stays as it is. It holds for so many days.

    Raises
    ------
    InputRefused
        If it is no draft, a price is missing, or the days are none.
    """
    bid, now = bid_named(ledger, named), _now(on)
    if bid.status is not BidStatus.DRAFT:
        raise _wrong_step(bid, "sent", "make a new version of it first: shotledger bid new SHOTLIST --version-of")
    if bid.totals.gross is None:
        raise InputRefused(
            "bid", _title(bid), "has no total, because a price is missing, and cannot be sent",
            "add the rates that its warnings name, then make the bid again",
        )  # fmt: skip
    if valid_days < 1:
        raise InputRefused("--valid-days", valid_days, "leaves no day to award it on", "give at least 1 day")
    until = now.date() + timedelta(days=valid_days)
    sent = replace(bid, status=BidStatus.SENT, sent_at=now, valid_until=until)
    return store_step(ledger, bid, sent, [("sent", note)], now, actor)


def award_bid(
    ledger: Ledger,
    named: str,
    *,
    version_number: int | None = None,
    extend: bool = False,
    on: date | None = None,
    actor: str = "",
    note: str = "",
) -> Bid:
    """Award a version that was sent: the last one sent, unless another is named.

    Parameters
    ----------
    extend
        Award it although its validity is over, at the prices of that day.

    Raises
    ------
    InputRefused
        If none was sent, one is awarded already, or its validity is over.
    """
    bid, now = bid_named(ledger, named, version_number), _now(on)
    versions = [row for row in bids_listed(ledger) if row.bid_id == bid.bid_id]
    awarded = [row for row in versions if row.awarded_at is not None]
    if awarded:
        raise InputRefused(
            "bid", bid.bid_id, f"is awarded already, as version {min(row.version_number for row in awarded)}",
            f"change it instead: shotledger bid change {bid.bid_id} SHOTLIST --reason",
        )  # fmt: skip
    if version_number is None and bid.status is BidStatus.DRAFT:
        sent = [row.version_number for row in versions if row.status is BidStatus.SENT]
        bid = bid_named(ledger, bid.bid_id, max(sent)) if sent else bid
    if bid.status is not BidStatus.SENT:
        raise _wrong_step(bid, "awarded", f"send it first: shotledger bid send {bid.bid_id}")
    events = [("awarded", note)]
    if bid.valid_until is not None and now.date() > bid.valid_until:
        if not extend:
            raise InputRefused(
                "bid", _title(bid), f"was valid until {bid.valid_until} and cannot be awarded on {now.date()}",
                "award it with --extend at the prices it has, or make and send a new version of it",
            )  # fmt: skip
        events.insert(0, ("extended", f"from {bid.valid_until} to {now.date()}"))
        bid_until: date | None = now.date()
    else:
        bid_until = bid.valid_until
    after = replace(bid, status=BidStatus.AWARDED, awarded_at=now, valid_until=bid_until)
    return store_step(ledger, bid, after, events, now, actor)


def lock_bid(
    ledger: Ledger,
    named: str,
    *,
    instead: bool = False,
    on: date | None = None,
    actor: str = "",
    note: str = "",
) -> Bid:
    """Lock the newest version, which must be awarded: it becomes the budget that final cost is held against.

    Parameters
    ----------
    instead
        Lock it in place of another bid of the same production.

    Raises
    ------
    InputRefused
        If it is not awarded, or another bid of the production is locked.
    """
    bid, now = bid_named(ledger, named), _now(on)
    if bid.status is not BidStatus.AWARDED:
        steps = {
            BidStatus.DRAFT: f"send and award it first: shotledger bid send {bid.bid_id}",
            BidStatus.SENT: f"award it first: shotledger bid award {bid.bid_id}",
            BidStatus.LOCKED: "nothing is left to do; a change order makes a version that can be locked anew",
        }
        raise _wrong_step(bid, "locked", steps[bid.status])
    others = _others_locked(ledger, bid)
    if others and not instead:
        raise InputRefused(
            "bid", _title(bid), f"cannot be the locked budget of {bid.production_id}, because {', '.join(others)} is",
            "lock it with --instead to take its place",
        )  # fmt: skip
    said = "; ".join(part for part in (note, f"in place of {', '.join(others)}" if others else "") if part)
    after = replace(bid, status=BidStatus.LOCKED, locked_at=now)
    return store_step(ledger, bid, after, [("locked", said)], now, actor)


def _others_locked(ledger: Ledger, bid: Bid) -> Sequence[str]:
    rows = bids_listed(ledger, bid.production_id)
    return list(dict.fromkeys(row.bid_id for row in rows if row.locked_at is not None and row.bid_id != bid.bid_id))


def _now(on: date | None) -> datetime:
    """The present instant, or noon UTC of a day that somebody names."""
    return datetime.now(UTC) if on is None else datetime(on.year, on.month, on.day, 12, tzinfo=UTC)


def _title(bid: Bid) -> str:
    return f"{bid.bid_id} version {bid.version_number}"


def _wrong_step(bid: Bid, wanted: str, next_step: str) -> InputRefused:
    is_now = {
        BidStatus.DRAFT: "a draft",
        BidStatus.SENT: f"sent and waits to be awarded until {bid.valid_until}",
        BidStatus.AWARDED: "awarded",
        BidStatus.LOCKED: "locked",
    }
    return InputRefused("bid", _title(bid), f"is {is_now[bid.status]}, so it cannot be {wanted}", next_step)
