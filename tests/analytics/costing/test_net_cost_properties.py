"""Whatever the costs: cells add up to their production to the cent, in any order, and only who earned gets anything."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from net_cost_cases import cell, cells, ledger_with, plan
from pandas import DataFrame

from analytics.costing.net_costs import NetCosts, net_costs
from analytics.costing.sharing_out import shared_out
from analytics.ledger.ledger import Ledger

AMOUNTS = st.integers(0, 10**15).map(lambda millionths: Decimal(millionths).scaleb(-6))
unhurried = settings(deadline=None, max_examples=60)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    return ledger_with(
        tmp_path_factory.mktemp("net") / "here",
        *("P1,CAD,CA-BC,2026-01-05", "P2,USD,CA-ON,2026-01-05"),
        fx="USD,CAD,1.361234567,2026-01-01",
    )


@st.composite
def slates(draw: st.DrawFn) -> DataFrame:
    """Up to forty cells of two productions; some lack a price, some are alike."""
    rows = []
    for _ in range(draw(st.integers(1, 40))):
        kind = draw(st.sampled_from(["people", "supervision", "machine", "api", "billed"]))
        vendor = draw(st.sampled_from([None, "Harbour FX", "Tui FX"])) if kind == "people" else None
        rows.append(
            cell(
                draw(st.sampled_from(["P1", "P2"])),
                draw(st.sampled_from([None, "S1", "S2", "S3"])),
                draw(st.sampled_from(["33.333333", None]) | AMOUNTS.map(str)),
                cost_kind=kind,
                part="compute",
                vendor=vendor,
                territory=draw(st.sampled_from(["CA-BC", "CA-ON", "CA-AB", "US"])),
            )
        )
    return cells(*rows)


def worked_out(ledger: Ledger, slate: DataFrame) -> NetCosts:
    claimed = plan(
        *("ca-bc", "ca-on-ocase", "ca-on-opstc", "ca-federal"),
        labour_share="0.568182",
        vendor_labour_share={"*": "0.6"},
        spent_in={"api": "US"},
    )
    return net_costs(ledger, slate, claimed)


@unhurried
@given(slates())
def test_cells_add_up_to_their_production_and_net_is_gross_and_incentive(ledger: Ledger, slate: DataFrame) -> None:
    answer = worked_out(ledger, slate)
    for name, production in answer.productions.items():
        own = answer.cells[answer.cells["production_id"] == name].dropna(subset="cost")
        assert sum(own["cost"]) == production.gross.amount
        assert sum(own["incentive"]) == production.incentive.amount
        assert sum(own["net"]) == production.net.amount == production.gross.amount + production.incentive.amount
        assert all(
            net == cost + given for net, cost, given in zip(own["net"], own["cost"], own["incentive"], strict=True)
        )
    unpriced = answer.cells[answer.cells["cost"].isna()]
    assert unpriced[["incentive", "net"]].isna().all(axis=None)


@unhurried
@given(slates(), st.randoms(use_true_random=False))
def test_the_order_of_the_cells_changes_nothing(ledger: Ledger, slate: DataFrame, chance: object) -> None:
    positions = list(slate.index)
    chance.shuffle(positions)  # type: ignore[attr-defined]
    answer, shuffled = worked_out(ledger, slate), worked_out(ledger, slate.loc[positions])
    assert shuffled.productions == answer.productions
    assert list(shuffled.cells.index) == positions
    key = [column for column in slate if column != "cost"]

    # Cells that are alike in everything may swap an odd cent.
    def of_each(net: NetCosts) -> list[tuple[object, ...]]:
        return sorted(tuple(map(str, row)) for row in net.cells[[*key, "cost", "incentive"]].itertuples(index=False))

    assert of_each(shuffled) == of_each(answer)


@unhurried
@given(slates())
def test_what_does_not_count_gets_nothing_and_nobody_gets_more_than_it_cost(ledger: Ledger, slate: DataFrame) -> None:
    priced = worked_out(ledger, slate).cells.dropna(subset="cost")
    assert (priced.loc[priced["territory"] == "US", "incentive"] == 0).all()
    assert (priced.loc[priced["cost_kind"] == "api", "incentive"] == 0).all()
    # Five rules may each round a cent up.
    assert all(
        0 <= -given <= cost + Decimal("0.05") for given, cost in zip(priced["incentive"], priced["cost"], strict=True)
    )


@given(st.integers(0, 10**12), st.lists(st.integers(-(10**6), 10**20), min_size=1, max_size=30))
def test_shares_add_up_and_are_less_than_a_cent_off_their_quota(cents: int, weights: list[int]) -> None:
    if sum(weights) <= 0:
        with pytest.raises(ValueError, match="come to nothing"):
            shared_out(cents, weights)
        return
    shares = shared_out(cents, weights)
    assert sum(shares) == cents
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share - Fraction(cents * weight, sum(weights))) < 1


def test_the_largest_remainders_get_the_odd_cents() -> None:
    # Quotas 1.4, 2.8, 5.8: two cents are left for the last two
    assert shared_out(10, [14, 28, 58]) == [1, 3, 6]
    assert shared_out(2, [1, 1, 1]) == [1, 1, 0]
