"""A bid's life: which step follows which, what each fixes, and that nothing in the ledger re-prices what was sent."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from analytics.bidding.assembling import assemble_bid
from analytics.bidding.life import award_bid, lock_bid, send_bid
from analytics.bidding.price_book import PriceBook
from analytics.bidding.stored_bids import (
    bid_events,
    bid_named,
    bids_listed,
    locked_bid,
    price_book_of,
    store_new_bid,
    store_next_version,
)
from analytics.ledger.backup import back_up
from analytics.ledger.checking import check_ledger
from analytics.ledger.fact_changes import change_number
from analytics.ledger.ledger import Ledger
from analytics.ledger.pricing import record_rate_card
from analytics.ledger.rebuilding import rebuild
from analytics.vocabulary.bid import Bid, BidStatus
from analytics.vocabulary.errors import InputRefused
from tests.analytics.bidding.making_estimates import card, invented_estimate, listed, rate, terms
from tests.analytics.bidding.test_assembling import book as invented_book

DAY = date(2026, 11, 2)
BOOK = invented_book()
DRAFT = assemble_bid(invented_estimate([listed("A"), listed("B")]), BOOK, terms(margin=Decimal("0.1")))


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger.open(tmp_path / "shots.duckdb")


@pytest.fixture
def draft(ledger: Ledger) -> Bid:
    return store_new_bid(ledger, DRAFT, BOOK, actor="Ada")


def test_a_stored_bid_comes_back_as_it_was_with_its_prices(ledger: Ledger, draft: Bid) -> None:
    assert draft == replace(DRAFT, bid_id="P12-bid-1")
    assert bid_named(ledger, "P12-bid-1") == draft
    assert bid_named(ledger, "P12") == draft
    assert price_book_of(ledger, draft) == BOOK
    (row,) = bids_listed(ledger)
    assert (row.gross_amount, row.net_amount, row.shot_count) == (draft.totals.gross, draft.totals.net, 2)


def test_lines_can_be_asked_in_sql(ledger: Ledger, draft: Bid) -> None:
    with ledger.reading() as connection:
        sums = connection.execute("SELECT sum(amount), count(*), max(version_number) FROM bid_lines").fetchone()
    assert sums == (draft.totals.gross, len(draft.lines), 1)


def test_a_second_bid_of_a_production_has_its_own_id(ledger: Ledger, draft: Bid) -> None:
    assert store_new_bid(ledger, DRAFT, BOOK).bid_id == "P12-bid-2"
    with pytest.raises(InputRefused, match="may be any of 2 bids"):
        bid_named(ledger, "P12")
    send_bid(ledger, "P12-bid-2")
    award_bid(ledger, "P12-bid-2")
    assert bid_named(ledger, "P12").bid_id == "P12-bid-2"


def test_an_unknown_bid_is_refused_with_what_there_is(ledger: Ledger, draft: Bid) -> None:
    with pytest.raises(InputRefused, match="P12-bid-1"):
        bid_named(ledger, "P12-bid-7")
    with pytest.raises(InputRefused, match="is no version of P12-bid-1"):
        bid_named(ledger, "P12-bid-1", 3)


def test_sent_awarded_locked(ledger: Ledger, draft: Bid) -> None:
    sent = send_bid(ledger, draft.bid_id, on=DAY, actor="Ada")
    assert (sent.status, sent.valid_until) == (BidStatus.SENT, DAY + timedelta(days=45))
    awarded = award_bid(ledger, draft.bid_id, on=DAY + timedelta(days=45), actor="Grace", note="by mail")
    assert awarded.status is BidStatus.AWARDED
    assert locked_bid(ledger, "P12") is None
    locked = lock_bid(ledger, draft.bid_id, on=DAY + timedelta(days=50))
    assert locked.status is BidStatus.LOCKED
    assert locked_bid(ledger, "P12") == locked == bid_named(ledger, draft.bid_id)
    assert [(event.event, event.actor, event.note) for event in bid_events(ledger, draft.bid_id)] == [
        ("made", "Ada", "from list.csv"), ("sent", "Ada", ""), ("awarded", "Grace", "by mail"), ("locked", "", ""),
    ]  # fmt: skip
    assert (locked.lines, locked.totals) == (draft.lines, draft.totals)


@pytest.mark.parametrize(
    ("steps", "wrong", "next_step"),
    [
        ([], award_bid, "shotledger bid send P12-bid-1"),
        ([], lock_bid, "send and award it first"),
        ([send_bid], send_bid, "make a new version"),
        ([send_bid], lock_bid, "shotledger bid award P12-bid-1"),
        ([send_bid, award_bid], award_bid, "shotledger bid change P12-bid-1"),
        ([send_bid, award_bid], send_bid, "make a new version"),
        ([send_bid, award_bid, lock_bid], lock_bid, "change order"),
        ([send_bid, award_bid, lock_bid], award_bid, "shotledger bid change"),
    ],
)
def test_a_wrong_step_is_refused_with_the_next_one(
    ledger: Ledger, draft: Bid, steps: list[Callable[..., Bid]], wrong: Callable[..., Bid], next_step: str
) -> None:
    for step in steps:
        step(ledger, draft.bid_id, on=DAY)
    before = bid_named(ledger, draft.bid_id), bid_events(ledger, draft.bid_id)
    with pytest.raises(InputRefused) as refused:
        wrong(ledger, draft.bid_id, on=DAY)
    assert next_step in refused.value.problems[0].mend
    assert (bid_named(ledger, draft.bid_id), bid_events(ledger, draft.bid_id)) == before


def test_what_is_no_longer_valid_is_awarded_only_with_an_extension(ledger: Ledger, draft: Bid) -> None:
    send_bid(ledger, draft.bid_id, valid_days=30, on=DAY)
    late = DAY + timedelta(days=31)
    with pytest.raises(InputRefused, match=r"was valid until 2026-12-02 .*--extend"):
        award_bid(ledger, draft.bid_id, on=late)
    awarded = award_bid(ledger, draft.bid_id, on=late, extend=True)
    assert (awarded.valid_until, awarded.totals) == (late, draft.totals)
    assert [event.event for event in bid_events(ledger, draft.bid_id)][-2:] == ["extended", "awarded"]


def test_a_bid_without_a_price_is_not_sent(ledger: Ledger) -> None:
    unpriced = assemble_bid(invented_estimate([listed("A")]), invented_book(comp=None), terms())
    stored = store_new_bid(ledger, unpriced, BOOK)
    with pytest.raises(InputRefused, match="a price is missing"):
        send_bid(ledger, stored.bid_id)


def test_a_new_version_leaves_the_sent_one_as_it_was(ledger: Ledger, draft: Bid) -> None:
    sent = send_bid(ledger, draft.bid_id, on=DAY)
    again = assemble_bid(invented_estimate([listed("A")]), BOOK, terms())
    second = store_next_version(ledger, again, BOOK, after=sent, event="priced_again")
    assert (second.version_number, second.status) == (2, BidStatus.DRAFT)
    assert bid_named(ledger, draft.bid_id, 1) == sent
    assert award_bid(ledger, draft.bid_id, on=DAY).version_number == 1, "the last one that was sent"


def test_of_two_who_make_a_version_one_is_told(ledger: Ledger, draft: Bid) -> None:
    store_next_version(ledger, DRAFT, BOOK, after=draft, event="priced_again")
    with pytest.raises(InputRefused, match="has a version 2 by now"):
        store_next_version(ledger, DRAFT, BOOK, after=draft, event="priced_again")


def test_a_second_locked_bid_of_a_production_has_to_be_meant(ledger: Ledger, draft: Bid) -> None:
    other = store_new_bid(ledger, DRAFT, BOOK)
    for bid in (draft, other):
        send_bid(ledger, bid.bid_id, on=DAY)
        award_bid(ledger, bid.bid_id, on=DAY)
    lock_bid(ledger, draft.bid_id, on=DAY)
    with pytest.raises(InputRefused, match="P12-bid-1 is"):
        lock_bid(ledger, other.bid_id, on=DAY)
    locked = lock_bid(ledger, other.bid_id, on=DAY + timedelta(days=1), instead=True)
    assert locked_bid(ledger, "P12") == locked


def test_what_was_sent_is_never_priced_again(ledger: Ledger, draft: Bid) -> None:
    sent = send_bid(ledger, draft.bid_id, on=DAY)
    record_rate_card(ledger, card(rate("labour", "day", "9999"), name="history"))
    assert bid_named(ledger, draft.bid_id) == sent
    assert sent.totals == draft.totals


def test_bids_are_no_facts(ledger: Ledger, draft: Bid) -> None:
    with ledger.reading() as connection:
        before = change_number(connection)
    send_bid(ledger, draft.bid_id, on=DAY)
    store_new_bid(ledger, DRAFT, BOOK)
    with ledger.reading() as connection:
        assert change_number(connection) == before
    assert [finding for finding in check_ledger(ledger) if finding.severity == "problem"] == []


@pytest.mark.parametrize("way", ["backup", "rebuild"])
def test_bids_outlive_a_backup_and_a_rebuild(ledger: Ledger, draft: Bid, tmp_path: Path, way: str) -> None:
    sent: PriceBook | Bid = send_bid(ledger, draft.bid_id, on=DAY)
    events = bid_events(ledger, draft.bid_id)
    if way == "backup":
        copy = Ledger.open(back_up(ledger, tmp_path / "copy.duckdb"))
    else:
        (tmp_path / "manifests").mkdir()
        rebuild(ledger.path, [tmp_path / "manifests"])
        copy = Ledger.open(ledger.path)
    assert bid_named(copy, draft.bid_id) == sent
    assert bid_events(copy, draft.bid_id) == events
    assert price_book_of(copy, draft) == BOOK
