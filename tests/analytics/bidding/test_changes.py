"""Change orders: what stays, what is priced anew by the award's prices, and how two bids are compared."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.bidding.assembling import assemble_bid
from analytics.bidding.changed_bids import changed_bid, shots_to_estimate
from analytics.bidding.comparing import compare_bids, comparison_to_json
from analytics.vocabulary.bid import Bid, BidStatus
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.listed_shot import ListedShot
from analytics.vocabulary.shot import Complexity
from tests.analytics.bidding.making_estimates import invented_estimate, listed, shot_list, terms
from tests.analytics.bidding.test_assembling import adds_up, book

BOOK = book(fx="1200.00")
SHOTS = tuple(listed(f"SEQ_{number:03}", 60 + 10 * number, ai_allowed=number % 2 == 0) for number in range(6))
DAY = date(2026, 12, 1)


def awarded(*, margin: str = "0.1") -> Bid:
    made = assemble_bid(invented_estimate(SHOTS), BOOK, terms(margin=Decimal(margin)))
    return replace(made, bid_id="P12-bid-1", status=BidStatus.AWARDED)


def changed(bid: Bid, shots: tuple[ListedShot, ...], *, grown: float = 1.0) -> Bid:
    """The bid after a change, with hours of today's estimate that are so many times those of the award's."""
    kept, asked = shots_to_estimate(bid, shots)
    estimate = invented_estimate(asked, seed=5)
    hours = {workflow: drawn * grown for workflow, drawn in estimate.hours_by_workflow.items()}
    return changed_bid(
        bid, shot_list(*shots), kept, replace(estimate, hours_by_workflow=hours), BOOK, "re-cut of reel 2", on=DAY
    )


def test_the_same_list_changes_no_cent() -> None:
    bid = awarded()
    after = changed(bid, SHOTS, grown=1.7)
    assert (after.shots, after.lines) == (bid.shots, bid.lines)
    assert replace(after.totals, cost=None) == replace(bid.totals, cost=None)
    assert after.people_hours.mean == pytest.approx(bid.people_hours.mean)
    assert (after.change_orders[0].gross, after.change_orders[0].net) == (0, 0)


def test_an_omitted_shot_is_a_credit_with_its_share_of_contingency_and_margin() -> None:
    bid = awarded()
    after = changed(bid, SHOTS[1:])
    adds_up(after)
    (order,) = after.change_orders
    assert order.omitted == ("SEQ_000",)
    assert (order.added, order.changed) == ((), ())
    base = bid.totals.base - bid.shots[0].cost.mean  # type: ignore[operator, union-attr]
    assert after.totals.base == base
    assert order.gross == after.totals.gross - bid.totals.gross  # type: ignore[operator]
    assert float(after.totals.gross / bid.totals.gross) == pytest.approx(float(base / bid.totals.base), abs=1e-6)  # type: ignore[operator]


def test_a_new_shot_is_estimated_today_and_priced_by_the_award() -> None:
    bid = awarded()
    after = changed(bid, (*SHOTS, listed("SEQ_900", 100, ai_allowed=False)), grown=2.0)
    adds_up(after)
    assert after.change_orders[0].added == ("SEQ_900",)
    assert after.shots[:6] == bid.shots
    new = after.shots[6]
    assert "new since the award" in new.flags
    fx = [line for line in after.lines if line.shot_code == "SEQ_900" and line.department == "fx"]
    assert [line.unit_price for line in fx] == [Decimal("1200.00")]
    # Today's estimate is twice that of the award's, and a new shot was never estimated otherwise.
    assert new.people_hours.mean == pytest.approx(2 * 0.6 * 116, rel=0.25)


def test_a_changed_shot_costs_what_the_change_makes_not_what_history_has_become() -> None:
    bid = awarded()
    longer = replace(SHOTS[1], cut_frames=2 * SHOTS[1].cut_frames + 16)  # twice the frames that are worked on
    after = changed(bid, (SHOTS[0], longer, *SHOTS[2:]), grown=3.0)
    adds_up(after)
    before_shot, now = bid.shots[1], after.shots[1]
    assert after.change_orders[0].changed == ("SEQ_001",)
    # The stand-in draws both by itself, so that their means differ by chance as well.
    assert now.people_hours.mean == pytest.approx(2 * before_shot.people_hours.mean, rel=0.15)
    assert [shot for number, shot in enumerate(after.shots) if number != 1] == [
        shot for number, shot in enumerate(bid.shots) if number != 1
    ]


def test_what_a_list_does_not_say_is_no_change() -> None:
    bid = awarded()
    bare = tuple(
        ListedShot(shot.place, shot.code, shot.cut_frames, shot.handle_frames) for shot in SHOTS
    )  # fmt: skip
    assert changed(bid, bare).change_orders[0].changed == ()


def test_a_second_change_order_follows_the_first() -> None:
    first = changed(awarded(), SHOTS[1:])
    second = changed(first, SHOTS[2:])
    assert [order.number for order in second.change_orders] == [1, 2]
    assert second.change_orders[1].gross == second.totals.gross - first.totals.gross  # type: ignore[operator]
    assert (second.version_number, second.status) == (3, BidStatus.AWARDED)


def test_a_change_without_a_price_is_refused() -> None:
    bid = awarded()
    shots = (*SHOTS, listed("SEQ_900", vendor="Harbour FX"))
    with pytest.raises(InputRefused, match="cannot be priced"):
        changed(bid, shots)


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.sampled_from(range(6)), unique=True, min_size=1),
    st.lists(st.integers(1, 300), max_size=3),
    st.dictionaries(st.integers(0, 5), st.integers(1, 300), max_size=3),
)
def test_orders_add_up_to_the_new_bid(kept: list[int], new: list[int], lengths: dict[int, int]) -> None:
    bid = awarded(margin="0.0725")
    listing = [replace(SHOTS[n], cut_frames=lengths.get(n, SHOTS[n].cut_frames)) for n in kept]
    listing += [listed(f"NEW_{number}", frames) for number, frames in enumerate(new)]
    after = changed(bid, tuple(listing))
    adds_up(after)
    compared = compare_bids(bid, after)
    assert compared.gross.change == after.change_orders[0].gross
    assert sum((shot.cost.change for shot in compared.shots), Decimal(0)) == compared.base.change  # type: ignore[misc]
    assert sum((kind.change for kind in compared.kinds), Decimal(0)) == compared.gross.change  # type: ignore[misc]


def test_a_comparison_says_what_differs_and_why() -> None:
    bid = awarded()
    harder = replace(SHOTS[2], complexity=Complexity.HERO, cut_frames=200)
    after = changed(bid, (SHOTS[1], harder, *SHOTS[3:], listed("SEQ_900")))
    compared = compare_bids(bid, after)
    assert [(shot.code, shot.before is None, shot.after is None) for shot in compared.shots] == [
        ("SEQ_900", True, False), ("SEQ_000", False, True), ("SEQ_002", False, False),
    ]  # fmt: skip
    assert compared.shots[2].why[:2] == ("frames on screen: 80 to 200", "complexity: medium to hero")
    assert compared.why[0] == "Change order 1 of 2026-12-01: re-cut of reel 2 (1 new, 1 omitted, 1 changed)."


def test_a_comparison_for_machines_says_the_same() -> None:
    bid = awarded()
    compared = compare_bids(bid, changed(bid, (*SHOTS[1:], listed("SEQ_900"))))
    told = json.loads(json.dumps(comparison_to_json(compared)))
    assert told["totals"]["gross"]["change"] == float(compared.gross.change)  # type: ignore[arg-type]
    assert [(shot["code"], shot["is"]) for shot in told["shots"]] == [("SEQ_900", "new"), ("SEQ_000", "omitted")]
    assert told["kinds"]["people"] == {
        "before": float(compared.kinds[0].before), "after": float(compared.kinds[0].after),  # type: ignore[arg-type]
        "change": float(compared.kinds[0].change),  # type: ignore[arg-type]
    }  # fmt: skip


def test_prices_and_estimates_are_told_apart() -> None:
    bid = assemble_bid(invented_estimate(SHOTS[:1]), BOOK, terms())
    dearer = assemble_bid(invented_estimate(SHOTS[:1]), book(fx="1300.00"), terms())
    longer = assemble_bid(invented_estimate(SHOTS[:1], seed=2), BOOK, terms())
    assert compare_bids(bid, dearer).shots[0].why == ("other prices",)
    assert compare_bids(bid, longer).shots[0].why[0].startswith("estimated at ")
    assert compare_bids(bid, bid).shots == ()


def test_bids_in_two_currencies_are_not_compared() -> None:
    bid = awarded()
    with pytest.raises(InputRefused, match="is in CAD"):
        compare_bids(bid, replace(bid, currency="CAD"))
