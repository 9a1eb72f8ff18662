"""A bid adds up to the cent, holds its ranges, tells what has no price, and counts incentives on what is spent."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.bidding.assembling import WHOLE_BID, assemble_bid
from analytics.bidding.bid_incentives import bid_incentives
from analytics.bidding.cost_outcomes import price_outcomes
from analytics.bidding.price_book import OtherCost, Price, PriceBook, PriceKind, ProductionRatio
from analytics.costing.exchange import Exchange
from analytics.costing.incentive_plan import IncentiveClaim, IncentivePlan, plan_for_all, programmes_by_name
from analytics.vocabulary.bid import Bid, LineKind
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.shot import Complexity
from analytics.vocabulary.workflow import Workflow
from tests.analytics.bidding.making_estimates import FPS, ON, SHARES, invented_estimate, listed, terms

DEPARTMENTS = tuple(SHARES[Workflow.AI])


def labour(department: str, amount: str | None, **more: Any) -> Price:
    known = {
        "vendor": None,
        "territory": None,
        "resource": f"labour:{department}",
        "source": "said",
        "origin": "assumed",
    }
    priced = None if amount is None else Decimal(amount)
    return Price(PriceKind.LABOUR, department, amount=priced, missing="" if amount else f"labour:{department}: none",
                 **{**known, **more})  # fmt: skip


def book(*prices: Price, others: Sequence[OtherCost] = (), **amounts: str | None) -> PriceBook:
    """Eight hundred a day for every department but those named."""
    people = [labour(name, amounts.get(name, "800.00")) for name in DEPARTMENTS]
    return PriceBook("USD", ON, Decimal(8), ("test-1",), (*people, *prices), tuple(others))


def share(kind: PriceKind, amount: str, **more: Any) -> Price:
    known = {"vendor": None, "territory": None, "resource": f"uplift:{kind}", "source": "said", "origin": "imported"}
    return Price(kind, "", amount=Decimal(amount), **{**known, **more})


SHOTS = tuple(listed(f"SEQ_{number:03}", 60 + 7 * number) for number in range(12))


def adds_up(bid: Bid) -> None:
    """The rules of a bid's arithmetic, whatever it is made of."""
    for line in bid.lines:
        if line.unit_price is not None:
            assert line.amount == (line.quantity * line.unit_price).quantize(Decimal("0.01"), ROUND_HALF_EVEN)
    totals, base = bid.totals, Decimal(0)
    for shot in bid.shots:
        of_shot = [line.amount for line in bid.lines if line.shot_code == shot.code]
        assert shot.cost is not None
        assert shot.cost.mean == sum(of_shot)  # type: ignore[arg-type]
        assert shot.cost.p10 <= shot.cost.p50 <= shot.cost.p90
        base += shot.cost.mean
    assert totals.base == base == totals.cost.mean  # type: ignore[union-attr]
    whole = {line.kind: line.amount for line in bid.lines if line.shot_code is None}
    assert whole.get(LineKind.CONTINGENCY, 0) == totals.contingency
    assert whole.get(LineKind.MARGIN, 0) == totals.margin
    assert totals.gross == totals.base + totals.contingency + totals.margin  # type: ignore[operator]
    assert totals.net == totals.gross + totals.incentive  # type: ignore[operator]
    assert totals.gross == totals.vendor + totals.non_vendor  # type: ignore[operator]
    assert totals.incentive == sum((each.amount for each in bid.incentives), Decimal(0))


def test_lines_shots_and_totals_add_up() -> None:
    others = [
        OtherCost(LineKind.MACHINE, Workflow.AI, None, "frame", "Machine time", "imported", 40,
                  (ProductionRatio("A", Decimal("900"), 2000.0), ProductionRatio("B", Decimal("100"), 1000.0))),
        OtherCost(LineKind.API, Workflow.AI, None, "second", "Seconds", "imported", 40,
                  (ProductionRatio("A", Decimal("3000"), 400.0),)),
        OtherCost(LineKind.OTHER, Workflow.TRADITIONAL, None, "person_day", "Bills", "imported", 40,
                  (ProductionRatio("A", Decimal("500"), 90.0),)),
    ]  # fmt: skip
    seat = Price(PriceKind.LICENCE, "comp", None, None, "licence:nuke:comp", Decimal("14.42"), "said", "assumed")
    made = assemble_bid(
        invented_estimate(SHOTS),
        book(share(PriceKind.SUPERVISION, "0.2"), share(PriceKind.OVERHEAD, "0.35"), seat, others=others),
        terms(margin=Decimal("0.1")),
    )
    adds_up(made)
    assert {line.kind for line in made.lines} == set(LineKind)
    assert made.ground.origins == pytest.approx({"assumed": 0.65, "imported": 0.35}, abs=0.1)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.integers(1, 400), min_size=1, max_size=6),
    st.dictionaries(st.sampled_from(DEPARTMENTS), st.decimals("0.01", "3000", places=2).map(str)),
    st.sampled_from(["0", "0.15", "0.333333"]),
    st.sampled_from(["0", "0.0725"]),
    st.sampled_from(["0.1", "0.5", "0.95"]),
    st.floats(0, 1),
)
def test_it_adds_up_whatever_the_prices(
    frames: list[int], amounts: dict[str, str], supervision: str, margin: str, confidence: str, ai_probability: float
) -> None:
    shots = [
        listed(f"S{number}", length, vendor="Harbour FX" if number % 2 else None)
        for number, length in enumerate(frames)
    ]
    priced = book(**amounts)
    of_vendor = [replace(price, vendor="Harbour FX") for price in priced.prices]
    uplift = [share(PriceKind.SUPERVISION, supervision, vendor=vendor) for vendor in (None, "Harbour FX")]
    both = replace(priced, prices=(*priced.prices, *of_vendor, *uplift))
    made = assemble_bid(
        invented_estimate(shots, outcomes=40, ai_probability=ai_probability),
        both,
        terms(margin=Decimal(margin), confidence=Decimal(confidence)),
    )
    adds_up(made)


def test_days_of_a_shot_add_up_and_are_those_expected() -> None:
    estimate = invented_estimate(SHOTS)
    made = assemble_bid(estimate, book(), terms())
    for number, shot in enumerate(SHOTS):
        days = [line.quantity for line in made.lines if line.shot_code == shot.code]
        assert float(sum(days)) == pytest.approx(estimate.people_hours[:, number].mean() / 8, abs=0.0101)  # type: ignore[arg-type]


def test_lines_are_the_mean_of_the_outcomes() -> None:
    estimate = invented_estimate(SHOTS, outcomes=2000)
    others = [
        OtherCost(LineKind.MACHINE, Workflow.TRADITIONAL, None, "frame", "Machine time", "imported", 40,
                  (ProductionRatio("A", Decimal("90000"), 2000.0), ProductionRatio("B", Decimal("10000"), 1000.0)))
    ]  # fmt: skip
    priced = book(share(PriceKind.SUPERVISION, "0.2"), others=others, fx="1200")
    made = assemble_bid(estimate, priced, terms())
    outcomes = price_outcomes(estimate, priced, FPS).cost.sum(axis=1)
    assert float(made.totals.base) == pytest.approx(outcomes.mean(), rel=0.01)  # type: ignore[arg-type]
    covered = (outcomes <= float(made.totals.base + made.totals.contingency)).mean()  # type: ignore[operator]
    assert covered == pytest.approx(0.8, abs=0.01)


def test_the_total_is_not_the_sum_of_ranges() -> None:
    made = assemble_bid(invented_estimate(SHOTS), book(), terms())
    assert made.totals.cost is not None
    assert sum(shot.cost.p10 for shot in made.shots if shot.cost) < made.totals.cost.p10  # type: ignore[type-var]
    assert sum(shot.cost.p90 for shot in made.shots if shot.cost) > made.totals.cost.p90  # type: ignore[type-var]


def test_supervision_is_put_on_all_hours_but_its_own() -> None:
    made = assemble_bid(
        invented_estimate(SHOTS[:1], ai_probability=0), book(share(PriceKind.SUPERVISION, "0.2")), terms()
    )
    people = {line.department: line.amount for line in made.lines if line.kind is LineKind.PEOPLE}
    (supervision,) = [line for line in made.lines if line.kind is LineKind.SUPERVISION]
    assert "supervision" in people
    assert supervision.base_amount == sum(people.values()) - people["supervision"]  # type: ignore[operator]
    assert supervision.quantity == Decimal("0.2")


def test_an_undecided_shot_has_lines_of_both_workflows() -> None:
    made = assemble_bid(invented_estimate([listed("A"), listed("B", ai_allowed=False)]), book(), terms())
    of_a = {line.workflow for line in made.lines if line.shot_code == "A"}
    of_b = {line.workflow for line in made.lines if line.shot_code == "B"}
    assert (of_a, of_b) == ({Workflow.AI, Workflow.TRADITIONAL}, {Workflow.TRADITIONAL})
    assert 0 < made.shots[0].ai_probability < 1


def test_a_hybrid_shot_has_lines_of_its_own() -> None:
    made = assemble_bid(invented_estimate([listed("A", workflow=Workflow.HYBRID)]), book(), terms())
    adds_up(made)
    assert {line.workflow for line in made.lines if line.shot_code} == {Workflow.HYBRID}


def test_a_missing_price_leaves_hours_whole_and_tells_no_total() -> None:
    made = assemble_bid(invented_estimate(SHOTS, ai_probability=0), book(fx=None), terms())
    fx = [line for line in made.lines if line.department == "fx"]
    assert len(fx) == len(SHOTS)
    assert all(line.amount is None and line.quantity > 0 for line in fx)
    assert all(shot.cost is None for shot in made.shots)
    assert made.totals.base is None
    assert made.totals.gross is None
    assert any("labour:fx" in warning for warning in made.warnings)
    assert made.people_hours.mean > 0


def test_a_missing_price_of_one_workflow_leaves_the_other_whole() -> None:
    shots = [listed("A", ai_allowed=False), listed("B", workflow=Workflow.AI)]
    made = assemble_bid(invented_estimate(shots), book(ai=None), terms())
    assert [shot.cost is None for shot in made.shots] == [False, True]


def test_what_is_bought_from_vendors_stands_apart() -> None:
    shots = [listed("A", vendor="Harbour FX"), listed("B")]
    priced = book()
    both = replace(priced, prices=(*priced.prices, *(replace(price, vendor="Harbour FX") for price in priced.prices)))
    made = assemble_bid(invented_estimate(shots), both, terms(margin=Decimal("0.1")))
    of_vendor = sum(line.amount for line in made.lines if line.vendor and line.amount)
    totals = made.totals
    assert totals.vendor == (totals.gross * of_vendor / totals.base).quantize(Decimal("0.01"))  # type: ignore[operator]
    adds_up(made)


def test_machine_prices_are_of_the_complexity_where_history_tells_it() -> None:
    def machines(complexity: Complexity | None, cost: str) -> OtherCost:
        ratio = (ProductionRatio("A", Decimal(cost), 100.0),)
        return OtherCost(LineKind.MACHINE, Workflow.TRADITIONAL, complexity, "frame", "m", "imported", 20, ratio)

    shots = [listed("A"), listed("B", complexity=Complexity.HERO), listed("C", complexity=None)]
    others = [machines(None, "50"), machines(Complexity.HERO, "400")]
    estimate = invented_estimate(shots, ai_probability=0)
    made = assemble_bid(estimate, book(others=others), terms())
    means = price_outcomes(estimate, book(others=others), FPS).cost.mean(axis=0)
    assert [float(shot.cost.mean) for shot in made.shots if shot.cost] == pytest.approx(means, abs=9)
    prices = {line.shot_code: line.unit_price for line in made.lines if line.kind is LineKind.MACHINE}
    assert prices == {"A": Decimal("0.5"), "B": Decimal("4"), "C": Decimal("0.5")}


def test_other_costs_keep_their_mean_and_spread_as_productions_do() -> None:
    other = OtherCost(
        LineKind.MACHINE, Workflow.AI, None, "frame", "m", "imported", 20,
        (ProductionRatio("A", Decimal("900"), 3000.0), ProductionRatio("B", Decimal("700"), 1000.0)),
    )  # fmt: skip
    drawn = other.outcomes(np.random.default_rng(0).random(20_000))
    assert set(np.round(drawn, 6)) == {0.3, 0.7}
    assert drawn.mean() == pytest.approx(float(other.unit_price), rel=0.01)


BC = {"territory": "CA-BC"}


def test_incentives_are_worked_out_on_the_base() -> None:
    priced = book()
    here = replace(priced, prices=tuple(replace(price, **BC) for price in priced.prices), currency="CAD")
    claim = plan_for_all(["ca-bc", "ca-federal"], labour_share=Decimal("0.57"))
    made = assemble_bid(
        invented_estimate(SHOTS), here, terms(territory="CA-BC", started_on=date(2026, 1, 5), margin=Decimal("0.1")),
        plan=claim, exchange_on=lambda one, other, on: Exchange.none(one),
    )  # fmt: skip
    adds_up(made)
    wages = made.totals.base * Decimal("0.57")  # type: ignore[operator]
    province = wages * Decimal("0.52")
    federal = (wages - province) * Decimal("0.16")
    assert float(made.totals.incentive) == pytest.approx(-float(province + federal), abs=0.05)  # type: ignore[arg-type]
    assert {each.programme for each in made.incentives} == {"ca-bc", "ca-federal"}
    again = bid_incentives(
        made.lines, claim, terms(territory="CA-BC", started_on=date(2026, 1, 5)), "CAD", ON,
        lambda one, other, on: Exchange.none(one),
    )  # fmt: skip
    assert again.amount == made.totals.incentive, "contingency and margin among the lines earn nothing"
    assert any("worked out on the base" in said for said in made.assumptions)


def test_what_a_programme_needs_and_nobody_states_is_refused() -> None:
    priced = book()
    here = replace(priced, prices=tuple(replace(price, **BC) for price in priced.prices))
    with pytest.raises(InputRefused, match="labour_share") as refused:
        assemble_bid(
            invented_estimate(SHOTS), here, terms(territory="CA-BC", started_on=date(2026, 1, 5)),
            plan=plan_for_all(["ca-bc"]), exchange_on=lambda one, other, on: None,
        )  # fmt: skip
    assert any("no rate between USD" in problem.why for problem in refused.value.problems)


def test_what_vendors_earn_of_the_incentives_stands_apart() -> None:
    shots = [listed("A", vendor="Harbour FX"), listed("B")]
    own = tuple(replace(price, territory="CA-BC") for price in book().prices)
    priced = replace(book(), currency="CAD", prices=(*own, *(replace(price, vendor="Harbour FX") for price in own)))
    plan = plan_for_all(["ca-bc"], labour_share=Decimal("0.5"))
    claim = replace(plan.for_all, vendor_labour_share={"Harbour FX": Decimal("0.25")})
    made = assemble_bid(
        invented_estimate(shots), priced, terms(territory="CA-BC", started_on=date(2026, 1, 5)),
        plan=replace(plan, for_all=claim), exchange_on=lambda one, other, on: Exchange.none(one),
    )  # fmt: skip
    costs = {shot.code: shot.cost.mean for shot in made.shots if shot.cost}
    assert float(made.totals.vendor_incentive) == pytest.approx(-0.52 * 0.25 * float(costs["A"]), abs=0.02)  # type: ignore[arg-type]
    assert float(made.totals.incentive - made.totals.vendor_incentive) == pytest.approx(  # type: ignore[operator]
        -0.52 * 0.5 * float(costs["B"]), abs=0.02
    )


def test_a_threshold_that_is_not_reached_gives_nothing_and_says_why() -> None:
    priced = book()
    here = replace(priced, prices=tuple(replace(price, territory="NZ") for price in priced.prices), currency="NZD")
    programmes = programmes_by_name()
    plan = IncentivePlan("plan.toml", programmes, IncentiveClaim(programmes=("nz-pdv",), on=ON), {})
    made = assemble_bid(
        invented_estimate(SHOTS[:1]), here, terms(territory="NZ"), plan=plan,
        exchange_on=lambda one, other, on: Exchange.none(one),
    )  # fmt: skip
    (rule,) = made.incentives
    assert rule.amount == 0
    assert "no credit below the minimum" in rule.words
    assert made.totals.net == made.totals.gross


def test_sentences_fit_what_the_bid_is_made_from() -> None:
    shots = [listed("A", complexity=None), listed("B", handle_frames=0)]
    made = assemble_bid(invented_estimate(shots, ai_probability=1), book(), terms(mix="ai", margin=Decimal("0.125")))
    said = " ".join(made.assumptions)
    for part in ("0 to 8 frames at each end", "A person-day is 8 hours", "120 finished shots of 4 productions",
                 "1 of 2 shots have no complexity", "held on 2026-11-02, of test-1", "in USD", "80 %", "12.5 %",
                 "2 of 2", "Machines: history holds no renders"):  # fmt: skip
        assert part in said
    assert made.exclusions
    assert all(line.account_code for line in made.lines if line.kind not in WHOLE_BID)
