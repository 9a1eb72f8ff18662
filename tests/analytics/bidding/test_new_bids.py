"""From a ledger of finished productions and a list of shots to a stored bid, and through its life."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from analytics.bidding.change_orders import change_bid, priced_change
from analytics.bidding.life import award_bid, lock_bid, send_bid
from analytics.bidding.new_bids import new_bid
from analytics.bidding.stored_bids import bid_events, bid_named, bids_listed, locked_bid
from analytics.costing.incentive_plan import plan_for_all
from analytics.demo_catalog.catalog import make_catalog
from analytics.importers.history.importing import import_history
from analytics.ledger.ledger import Ledger
from analytics.vocabulary.bid import Basis, Bid, BidStatus, LineKind
from analytics.vocabulary.errors import InputRefused, Problem
from analytics.vocabulary.frame_rate import FrameRate
from analytics.vocabulary.shot import Complexity, ShotKind
from analytics.vocabulary.workflow import Workflow
from tests.analytics.bidding.making_estimates import card, listed, rate, shot_list
from tests.analytics.bidding.test_assembling import adds_up

KINDS = list(ShotKind)
LIST = shot_list(
    *(
        listed(
            f"AB{number // 4}_{number:03}",
            40 + 9 * number,
            kind=KINDS[number % 9],
            complexity=list(Complexity)[number % 3],
        )
        for number in range(12)
    )
)
ON = date(2026, 6, 1)


@pytest.fixture(scope="module")
def catalog_bytes(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A studio of two finished productions, as its bundle was imported."""
    folder = tmp_path_factory.mktemp("catalog")
    make_catalog(folder / "bundle", shot_count=160, seed=4)
    ledger = Ledger.open(folder / "studio.duckdb")
    import_history(ledger, folder / "bundle")
    new_bid(ledger, LIST, production="warm-up", on=ON, outcomes=200, store=False)
    return ledger.path.read_bytes()


@pytest.fixture
def studio(tmp_path: Path, catalog_bytes: bytes) -> Ledger:
    path = tmp_path / "studio.duckdb"
    path.write_bytes(catalog_bytes)
    return Ledger.open(path)


def bid(ledger: Ledger, **more: object) -> Bid:
    known: dict[str, object] = {"production": "P99", "on": ON, "outcomes": 200}
    return new_bid(ledger, more.pop("shots", LIST), **{**known, **more})  # type: ignore[arg-type]


def test_a_bid_of_a_production_yet_unknown(studio: Ledger) -> None:
    made = bid(studio, margin=Decimal("0.1"))
    adds_up(made)
    assert (made.bid_id, made.production_name, made.status) == ("P99-bid-1", "P99", BidStatus.DRAFT)
    assert bid_named(studio, "P99") == made
    assert made.ground.n_productions == 2
    assert any("Nobody says where P99 is made" in warning for warning in made.warnings)
    assert {line.kind for line in made.lines} >= {LineKind.PEOPLE, LineKind.MACHINE, LineKind.OTHER, LineKind.MARGIN}
    assert made.hours_per_person_day == 8


def test_a_bid_of_a_known_production_has_its_terms(studio: Ledger) -> None:
    known = studio.ask_rows("production_terms")[0]
    made = bid(studio, production=known["name"])
    assert (made.production_id, made.currency) == (known["production_id"], known["currency"])
    assert {line.territory for line in made.lines if line.shot_code} == {known["territory"]}
    assert not any("Nobody says where" in warning for warning in made.warnings)


def test_the_same_seed_makes_the_same_bid(studio: Ledger) -> None:
    one, other = bid(studio, store=False), bid(studio, store=False)
    assert replace(one, created_at=other.created_at) == other
    assert bids_listed(studio) == ()


def test_without_history_the_templates_are_priced_and_said(tmp_path: Path) -> None:
    empty = Ledger.open(tmp_path / "empty.duckdb")
    made = bid(empty)
    adds_up(made)
    assert {shot.basis for shot in made.shots} == {Basis.TEMPLATE}
    assert any("no history" in said for said in made.assumptions)
    assert made.currency == "USD"


def test_mixes_decide_the_workflow_of_each_shot(studio: Ledger) -> None:
    held = shot_list(listed("A", ai_allowed=False), listed("B"), listed("C", workflow=Workflow.TRADITIONAL))
    assert [shot.ai_probability for shot in bid(studio, mix="ai", shots=held).shots] == [0, 1, 0]
    assert [shot.ai_probability for shot in bid(studio, mix="traditional", shots=held).shots] == [0, 0, 0]
    best = bid(studio, mix="best", shots=held)
    assert {shot.ai_probability for shot in best.shots} <= {0.0, 1.0}
    assert all(shot.why_workflow for shot in best.shots)
    assert best.shots[0].workflow is best.shots[2].workflow is Workflow.TRADITIONAL


def test_the_best_mix_is_no_dearer_than_the_traditional_one(studio: Ledger) -> None:
    costs = {mix: bid(studio, mix=mix, store=False).totals.base for mix in ("traditional", "best")}
    assert costs["best"] < costs["traditional"]  # type: ignore[operator]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"mix": "hybrid"}, "is no mix"),
        ({"confidence": Decimal("1")}, "--confidence"),
        ({"margin": Decimal("-0.1")}, "--margin"),
        ({"margin": Decimal("nan"), "confidence": Decimal("nan")}, "--confidence"),
        ({"currency": "Taler"}, "is no currency"),
        ({"production": " "}, "names no production"),
        ({"bid_id": "P7-bid-1"}, "is no bid of this ledger"),
        ({"shots": shot_list()}, "lists no shot"),
    ],
)
def test_terms_that_cannot_be_used_are_refused(studio: Ledger, more: dict[str, object], said: str) -> None:
    with pytest.raises(InputRefused, match=said):
        bid(studio, **more)
    assert bids_listed(studio) == ()


def test_a_missing_price_is_told_and_does_not_fail_the_bid(studio: Ledger) -> None:
    made = bid(studio, rates=[card(rate("labour:comp", "day", "700"))])
    assert made.totals.gross is None
    assert made.people_hours.mean > 0
    assert sum("No price for labour:" in warning for warning in made.warnings) > 3
    with pytest.raises(InputRefused, match="a price is missing"):
        send_bid(studio, made.bid_id)
    with pytest.raises(InputRefused, match="needs the price"):
        bid(studio, rates=[card(rate("labour:comp", "day", "700"))], mix="best")


def test_remarks_on_the_list_and_another_frame_rate_are_told(studio: Ledger) -> None:
    name = studio.ask_rows("production_terms")[0]["production_id"]
    remarks = tuple(Problem("list.csv, line 3", f"w{n}", "is no kind of work", "write one") for n in range(20))
    made = bid(studio, production=name, shots=replace(LIST, remarks=remarks, fps=FrameRate.parse("50")))
    assert sum("is no kind of work" in warning for warning in made.warnings) == 12
    assert any("8 more remarks on list.csv" in warning for warning in made.warnings)
    assert any("The list counts 50 frames a second" in warning for warning in made.warnings)


def test_a_sent_bid_stays_to_the_cent_and_a_new_version_takes_the_new_rates(studio: Ledger) -> None:
    first = bid(studio, rates=[card(rate("labour", "day", "700"))], currency="USD")
    sent = send_bid(studio, first.bid_id, on=ON)
    second = bid(studio, rates=[card(rate("labour", "day", "1400"))], currency="USD", bid_id=first.bid_id, name="again")
    assert (second.bid_id, second.version_number) == (first.bid_id, 2)
    assert bid_named(studio, first.bid_id, 1) == sent
    people = [sum(line.amount for line in each.lines if line.kind is LineKind.PEOPLE) for each in (sent, second)]
    assert people[1] == 2 * people[0]
    with pytest.raises(InputRefused, match="differs from USD"):
        bid(studio, currency="CAD", bid_id=first.bid_id)


@pytest.fixture(scope="module")
def awarded_bytes(tmp_path_factory: pytest.TempPathFactory, catalog_bytes: bytes) -> bytes:
    """The studio with a bid that was awarded at 700 USD a person-day."""
    path = tmp_path_factory.mktemp("awarded") / "studio.duckdb"
    path.write_bytes(catalog_bytes)
    ledger = Ledger.open(path)
    made = bid(ledger, rates=[card(rate("labour", "day", "700"))], currency="USD")
    send_bid(ledger, made.bid_id, on=ON)
    award_bid(ledger, made.bid_id, on=ON)
    return path.read_bytes()


@pytest.fixture
def awarded(studio: Ledger, awarded_bytes: bytes) -> Bid:
    studio.path.write_bytes(awarded_bytes)
    return bid_named(studio, "P99")


def test_a_change_after_award_keeps_its_rates_whatever_the_ledger_has_by_then(studio: Ledger, awarded: Bid) -> None:
    new_cut = replace(LIST, name="cut_2.csv", shots=(*LIST.shots[1:], listed("AB9_001", 100)))
    after = change_bid(studio, awarded.bid_id, new_cut, "reel 2 was re-cut", on=ON, outcomes=200, actor="Ada")
    adds_up(after)
    assert (after.version_number, after.status) == (2, BidStatus.AWARDED)
    assert after.shots[:11] == awarded.shots[1:]
    assert {line.unit_price for line in after.lines if line.kind is LineKind.PEOPLE} == {Decimal("700.00")}
    order = after.change_orders[0]
    assert (order.added, order.omitted, order.changed) == (("AB9_001",), ("AB0_000",), ())
    event = bid_events(studio, awarded.bid_id)[-1]
    assert (event.event, event.actor, event.note) == ("changed", "Ada", "reel 2 was re-cut")


def test_a_change_is_priced_where_the_award_was(studio: Ledger) -> None:
    made = bid(studio)  # by the studio's own rates, which are all of one territory or another
    send_bid(studio, made.bid_id, on=ON)
    award_bid(studio, made.bid_id, on=ON)
    after = change_bid(studio, "P99", replace(LIST, shots=(*LIST.shots[1:], listed("AB9_001"))), "re-cut", outcomes=200)
    adds_up(after)
    assert {line.territory for line in after.lines if line.shot_code} == {
        line.territory for line in made.lines if line.shot_code
    }


def test_a_change_that_is_only_asked_for_is_not_stored(studio: Ledger, awarded: Bid) -> None:
    asked = priced_change(studio, "P99", replace(LIST, shots=LIST.shots[:6]), "what if", on=ON, outcomes=200)
    assert asked.change_orders[0].gross < 0
    assert bid_named(studio, "P99") == awarded


def test_a_locked_budget_stays_until_the_change_is_locked(studio: Ledger, awarded: Bid) -> None:
    locked = lock_bid(studio, awarded.bid_id, on=ON)
    after = change_bid(
        studio, awarded.bid_id, replace(LIST, shots=LIST.shots[:6]), "reel 3 is cut", on=ON, outcomes=200
    )
    budget = locked_bid(studio, "P99")
    assert budget is not None
    assert (budget.totals, budget.version_number) == (locked.totals, 1)
    assert budget.change_orders == after.change_orders
    lock_bid(studio, awarded.bid_id, on=date(2026, 7, 1))
    budget = locked_bid(studio, "P99")
    assert budget is not None
    assert (budget.totals, budget.change_orders) == (after.totals, ())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda ledger, named: change_bid(ledger, named, LIST, "nothing new", outcomes=200), "changes nothing"),
        (lambda ledger, named: change_bid(ledger, named, LIST, " "), "--reason"),
        (lambda ledger, named: change_bid(ledger, named, replace(LIST, fps=FrameRate.parse("25")), "x"), "frame rate"),
        (
            lambda ledger, named: change_bid(
                ledger, named, replace(LIST, shots=(listed("N", vendor="V", territory="XX"),)), "x",
                rates=[card(rate("labour", "day", "9", territory="YY"))], outcomes=200,
            ),
            "cannot be priced",
        ),
    ],
)  # fmt: skip
def test_a_change_that_cannot_be_made_is_refused(
    studio: Ledger, awarded: Bid, change: Callable[[Ledger, str], Bid], said: str
) -> None:
    with pytest.raises(InputRefused, match=said):
        change(studio, awarded.bid_id)
    assert bid_named(studio, awarded.bid_id) == awarded


def test_change_orders_follow_an_award(studio: Ledger) -> None:
    made = bid(studio)
    with pytest.raises(InputRefused, match="change orders follow an award"):
        change_bid(studio, made.bid_id, LIST, "too early")


def test_incentives_have_to_be_named_again_for_a_change(studio: Ledger) -> None:
    plan = plan_for_all(["nz-pdv"])
    made = bid(studio, plan=plan, territory="NZ", currency="NZD", rates=[card(rate("labour", "day", "700", "NZD"))])
    assert made.totals.incentive is not None
    send_bid(studio, made.bid_id, on=ON)
    award_bid(studio, made.bid_id, on=ON)
    fewer = replace(LIST, shots=LIST.shots[:6])
    if made.incentives:
        with pytest.raises(InputRefused, match="counts nz-pdv"):
            change_bid(studio, made.bid_id, fewer, "cut", on=ON, outcomes=200)
    after = change_bid(studio, made.bid_id, fewer, "cut", on=ON, plan=plan, outcomes=200)
    adds_up(after)
    assert after.change_orders[0].net == after.totals.net - made.totals.net  # type: ignore[operator]
