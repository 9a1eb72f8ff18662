"""A bid as a budget: nothing of it is lost between shots, departments and the total."""

import sys
from decimal import Decimal
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from analytics.estimation.running.budget import budget_of_amount, budget_of_bid
from analytics.vocabulary.bid import LineKind
from analytics.vocabulary.listed_shot import ListedShot

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bidding"))
from making_bids import making_bid


def test_every_line_but_contingency_and_margin_is_in_a_shot_and_a_group() -> None:
    bid = making_bid(30, change_orders=2)
    budget = budget_of_bid(bid)
    assert budget.cost == bid.totals.base
    for shot in budget.shots:
        assert shot.cost == sum(shot.cost_parts.values())
        assert shot.people_hours == sum(shot.hour_parts.values())
    people = sum(line.quantity for line in bid.lines if line.kind is LineKind.PEOPLE)
    assert budget.people_hours == people * bid.hours_per_person_day
    assert (budget.contingency, budget.margin) == (bid.totals.contingency, bid.totals.margin)
    assert budget.approved_changes == (2, Decimal("24801.10"))
    assert "salt-line-s2, version 3" in budget.words


def test_a_shot_whose_workflow_the_bid_left_open_has_none() -> None:
    bid = making_bid(30)
    for shot, budgeted in zip(bid.shots, budget_of_bid(bid).shots, strict=True):
        expected = shot.workflow if shot.ai_probability in (0, 1) else None
        assert budgeted.listed.workflow is expected


def test_a_bid_with_a_missing_price_is_a_budget_of_hours_alone() -> None:
    budget = budget_of_bid(making_bid(12, unpriced=("comp",)))
    assert budget.cost is None
    assert budget.people_hours > 0


@given(st.decimals("0.01", "99999999", places=2), st.lists(st.floats(0.1, 5000), min_size=1, max_size=60))
def test_an_amount_is_spread_to_the_cent_by_what_shots_take(amount: Decimal, hours: list[float]) -> None:
    shots = [ListedShot("", f"S{number}", 24) for number in range(len(hours))]
    budget = budget_of_amount(amount, "CAD", shots, hours, "an amount")
    assert budget.cost == amount
    assert budget.is_spread
    for shot, each in zip(budget.shots, hours, strict=True):
        assert shot.cost is not None
        assert abs(float(shot.cost) - float(amount) * each / sum(hours)) < 0.01 * len(hours) + 0.01
