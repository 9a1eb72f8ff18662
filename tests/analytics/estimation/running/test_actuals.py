"""What a production has taken by a day: nothing later, nothing lost, and the same as `shotledger cost` says."""

import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from analytics.costing.reckoned_costs import By, CostReckoning, cost_by, reckon_costs
from analytics.estimation.running.actuals import costs_taken, production_costs, production_hours
from analytics.estimation.running.standing import Standing, standing_shots
from analytics.ledger.ledger import Ledger

sys.path.insert(0, str(Path(__file__).parent))
from running_ledgers import running_ledger

END = date(2026, 12, 31)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    return running_ledger(tmp_path_factory.mktemp("running"))


@pytest.fixture(scope="module")
def reckoning(ledger: Ledger) -> CostReckoning:
    return reckon_costs(ledger)


def on(ledger: Ledger, day: date):
    return {shot.name: shot for shot in standing_shots(
        ledger.ask_rows("shots_on_day", production_id="P1", on_day=day), ())}  # fmt: skip


def test_shots_stand_as_they_stood_that_day(ledger: Ledger) -> None:
    early, later, last = (on(ledger, date(2026, month, day)) for month, day in ((2, 12), (2, 25), (3, 31)))
    assert {name: shot.standing for name, shot in early.items()} == {
        "SQ10_010": Standing.IN_WORK, "SQ10_020": Standing.IN_WORK, "SQ20_010": Standing.IN_WORK,
        "SQ20_020": Standing.NOT_BEGUN,
    }  # fmt: skip
    assert later["SQ10_010"].standing is Standing.FINAL
    assert later["SQ10_010"].closed_on == date(2026, 2, 18)
    assert later["SQ20_010"].standing is Standing.OMITTED
    assert (early["SQ10_010"].people_hours, later["SQ10_010"].people_hours, last["SQ10_010"].people_hours) == (
        30,
        30,
        34,
    )


def test_hours_of_a_workflow_that_was_left_are_sunk(ledger: Ledger) -> None:
    before, after = on(ledger, date(2026, 2, 12))["SQ10_020"], on(ledger, date(2026, 3, 31))["SQ10_020"]
    assert (before.people_hours, before.workflow_people_hours) == (30, 30)
    assert before.listed.workflow == "ai"
    assert (after.people_hours, after.workflow_people_hours) == (86, 56)
    assert after.listed.workflow == "traditional"


def test_costs_are_those_that_cost_tells_and_hours_all_that_are_booked(
    ledger: Ledger, reckoning: CostReckoning
) -> None:
    taken = production_costs(ledger, reckoning, "P1", END)
    (row,) = cost_by(ledger, reckoning, By.PRODUCTION, "CAD")
    assert taken.total == row.cost
    by_shot = {shot.shot_id: shot.cost for shot in cost_by(ledger, reckoning, By.SHOT, "CAD") if shot.shot_id}
    for shot_id, parts in taken.by_shot.items():
        assert abs(sum(parts.values()) - by_shot[shot_id]) < Decimal("1e-9")
    assert sum(taken.by_vendor.values()) == taken.total
    assert sum(taken.by_origin.values()) == taken.total
    assert taken.by_shot["S2"]["fx"] == 56 * 130
    assert production_hours(ledger, "P1", END).total == Decimal("125.5")


def test_nothing_later_than_the_day_counts(ledger: Ledger, reckoning: CostReckoning) -> None:
    taken = production_costs(ledger, reckoning, "P1", date(2026, 2, 12))
    assert taken.total == 30 * 100 + 30 * 100 + Decimal("5.5") * 100 + Decimal("100.01") + Decimal("12.50") * Decimal(
        "1.4"
    )
    assert max(week for week in taken.by_week if week) == date(2026, 2, 9)
    assert production_hours(ledger, "P1", date(2026, 2, 9)).total == 10


def test_bills_of_the_production_are_spread_to_the_last_decimal(ledger: Ledger, reckoning: CostReckoning) -> None:
    taken = production_costs(ledger, reckoning, "P1", END)
    assert taken.shared == Decimal("300.01")
    spread = sum((parts.get("other", Decimal(0)) for parts in taken.by_shot.values()), Decimal(0))
    assert spread == Decimal("300.01") + Decimal("17.5")
    assert sum((sum(parts.values()) for parts in taken.by_shot.values()), Decimal(0)) == taken.total


def test_a_bill_before_any_work_waits_for_shots_to_share_it(ledger: Ledger, reckoning: CostReckoning) -> None:
    rows = [
        {"shot_id": None, "week_on": date(2026, 2, 2), "cost_kind": "shared", "department": "shared", "vendor": None,
         "cost": Decimal(50), "line_count": 1, "missing_count": 0, "origin": "imported"},
        {"shot_id": "S1", "week_on": date(2026, 2, 2), "cost_kind": "people", "department": "comp", "vendor": None,
         "cost": None, "line_count": 2, "missing_count": 2, "origin": "imported"},
    ]  # fmt: skip
    taken = costs_taken(rows, Decimal("1.5"))
    assert taken.total == 75
    assert taken.by_shot == {}
    assert (taken.unpriced_count, taken.fact_count) == (2, 3)
