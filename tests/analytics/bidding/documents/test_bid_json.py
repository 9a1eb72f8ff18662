import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.bidding.documents.contract_json import bid_as_contract
from analytics.bidding.documents.stored_json import bid_from_json, bid_to_json
from analytics.vocabulary.bid import Bid, BidTotals
from analytics.vocabulary.errors import InputRefused
from tests.analytics.bidding.making_bids import making_bid


@pytest.mark.parametrize(
    "bid", [making_bid(30), making_bid(5, unpriced=["fx"], change_orders=2), making_bid(1, incentive=False)]
)
def test_a_stored_bid_comes_back_as_it_was(bid: Bid) -> None:
    assert bid_from_json(bid_to_json(bid)) == bid


@settings(max_examples=40, deadline=None)
@given(
    amount=st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12),
    name=st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    hours=st.floats(0, 1e9),
    day=st.dates(date(1970, 1, 1)),
)
def test_any_text_amount_and_hours_come_back(amount: Decimal, name: str, hours: float, day: date) -> None:
    bid = making_bid(1)
    bid = replace(
        bid,
        name=name,
        priced_on=day,
        totals=replace(bid.totals, net=amount),
        people_hours=replace(bid.people_hours, mean=hours),
    )
    back = bid_from_json(bid_to_json(bid))
    assert back == bid
    assert str(back.totals.net) == str(amount)


def test_the_day_a_bid_was_stored_it_was_not_yet_known_that_bids_would_hold_more() -> None:
    document = json.loads(bid_to_json(making_bid(1)))
    del document["bid"]["sent_at"], document["bid"]["totals"]["vendor_incentive"]
    assert bid_from_json(json.dumps(document)) == making_bid(1)


def test_every_problem_of_a_stored_bid_is_told_with_its_place() -> None:
    document = json.loads(bid_to_json(making_bid(1)))
    document["bid"]["status"] = "lost"
    document["bid"]["totals"]["gross"] = "1,200"
    document["bid"]["lines"][0]["colour"] = "red"
    with pytest.raises(InputRefused) as refused:
        bid_from_json(json.dumps(document), "bid.json")
    places = [problem.place for problem in refused.value.problems]
    assert places == ["bid.json, bid.status", "bid.json, bid.lines[0].colour", "bid.json, bid.totals.gross"]


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"format": "shotledger-bid", "format_version": 2, "bid": {}}'])
def test_what_is_no_bid_is_refused(text: str) -> None:
    with pytest.raises(InputRefused):
        bid_from_json(text)


def test_the_contract_holds_the_names_that_machines_read() -> None:
    bid = making_bid(8)
    answer = json.loads(json.dumps(bid_as_contract(bid)))
    assert set(answer) >= {"currency", "total", "shots", "gross", "incentive", "net", "warnings", "people_hours"}
    assert bid.totals.cost is not None
    assert answer["total"] == {name: float(getattr(bid.totals.cost, name)) for name in ("p10", "p50", "p90", "mean")}
    for listed in (answer["shots"], answer["people_hours"]["shots"]):
        assert [shot["code"] for shot in listed] == [shot.code for shot in bid.shots]
        for shot in listed:
            assert set(shot) >= {"code", "workflow", "p10", "p50", "p90", "basis", "flags"}
    assert answer["people_hours"]["total"]["p90"] == bid.people_hours.p90
    assert Decimal(str(answer["gross"])) + Decimal(str(answer["incentive"])) == Decimal(str(answer["net"]))


def test_what_has_no_price_is_null_and_says_why() -> None:
    answer = bid_as_contract(making_bid(8, unpriced=["fx"]))
    assert answer["total"] == {"p10": None, "p50": None, "p90": None, "mean": None}
    assert answer["gross"] is answer["net"] is None
    assert answer["people_hours"]["total"]["p50"] > 0
    assert any("labour:fx" in warning for warning in answer["warnings"])
    assert any("No total in money" in warning for warning in answer["warnings"])


def test_a_total_that_is_missing_is_explained_even_where_every_line_has_its_price() -> None:
    bid = replace(making_bid(1), totals=BidTotals(None, None, None, None, None, None, None), warnings=())
    assert bid_as_contract(bid)["warnings"] == ["No total in money: a price is missing. People-hours are whole."]
