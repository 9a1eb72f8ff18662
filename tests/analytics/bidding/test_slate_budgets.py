"""The budget table: each row agrees with the production's own report, and sums, variance and exposure with the rows."""

import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from analytics.bidding.budgeting_slate import slate_budgets
from analytics.bidding.running.reporting import running_report
from analytics.bidding.slate_budgets import ProductionBudget, SlateBudgets, exposure_of, total_of
from analytics.costing.net_costs import net_costs
from analytics.costing.reckoned_costs import By, cost_by, cost_cells, reckon_costs
from analytics.costing.territory_plan import territory_plan
from analytics.ledger.ledger import Ledger

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "estimation" / "running"))
from running_ledgers import running_ledger


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    return running_ledger(tmp_path_factory.mktemp("budgets"))


@pytest.fixture(scope="module")
def budgets(ledger: Ledger) -> SlateBudgets:
    return slate_budgets(ledger, territory_plan(ledger).plan)


def test_a_running_production_is_its_own_report(ledger: Ledger, budgets: SlateBudgets) -> None:
    (row,) = budgets.rows
    report = running_report(ledger, "P1")
    assert report.money is not None
    assert (row.locked, row.efc) == (report.money.whole.budget, report.money.whole.efc)
    assert (row.efc_p10, row.efc_p90) == (report.money.whole.efc_p10, report.money.whole.efc_p90)
    assert row.is_running
    assert not row.is_contracted
    assert row.projected == row.efc
    assert row.variance == report.money.whole.variance


def test_what_is_spent_is_what_the_ledger_says(ledger: Ledger, budgets: SlateBudgets) -> None:
    (row,) = budgets.rows
    reckoning = reckon_costs(ledger)
    (cost,) = cost_by(ledger, reckoning, By.PRODUCTION)
    assert cost.cost is not None
    assert row.actual == pytest.approx(cost.cost, abs=Decimal("0.01"))
    assert sum(row.origins.values()) == pytest.approx(row.actual, abs=Decimal("0.05"))
    net = net_costs(ledger, cost_cells(ledger, reckoning), territory_plan(ledger).plan)  # type: ignore[arg-type]
    assert row.efc is not None
    assert row.incentive == pytest.approx(
        net.productions["P1"].incentive.amount * row.efc / row.actual, abs=Decimal("0.02")
    )
    assert row.net == row.efc + row.incentive
    assert row.vendor is not None
    assert row.non_vendor is not None
    assert row.vendor + row.non_vendor == row.efc
    assert row.vendor > 0


def test_without_a_plan_net_is_not_told(ledger: Ledger) -> None:
    found = slate_budgets(ledger)
    assert found.rows[0].incentive is None
    assert found.rows[0].net is None
    assert any("net is not told" in note for note in found.notes)


def budget(name: str, locked: str, efc: str | None, half_range: str = "0", open_count: int = 3) -> ProductionBudget:
    amount = None if efc is None else Decimal(efc)
    ends = (None, None) if amount is None else (amount - Decimal(half_range), amount + Decimal(half_range))
    return ProductionBudget(
        name, name, "series", "CA-BC", (), 10, 10 - open_count, open_count, 4, date(2026, 3, 1), Decimal(locked),
        Decimal(10), amount, *ends, amount, False, amount, Decimal(0), Decimal(-5), {"imported": Decimal(10)},
    )  # fmt: skip


def test_totals_add_up_and_stay_open_where_a_row_is() -> None:
    total = total_of([budget("A", "100", "120"), budget("B", "200", "150")])
    assert (total.locked, total.efc, total.variance, total.net) == (300, 270, 30, 260)
    assert total.variance_share == pytest.approx(0.1)
    assert total.efc_p10 is None
    assert total.origins == {"imported": 20}
    assert total_of([budget("A", "100", None), budget("B", "200", "150")]).efc is None
    assert total_of([]).locked is None


def test_exposure_counts_running_productions_alone() -> None:
    rows = [
        budget("A", "100", "130", "10"), budget("B", "200", "180", "24"), budget("done", "100", "400", open_count=0),
        replace(budget("unknown", "100", None)),
    ]  # fmt: skip
    found = exposure_of(rows)
    assert (found.running_count, found.over_count) == (2, 1)
    assert (found.over, found.under, found.net) == (30, 20, 10)
    assert found.likeliest_over == ("A",)
    assert found.efc_left == 290
    # 26 is the hypotenuse of 10 and 24: productions miss by themselves.
    assert found.low == pytest.approx(Decimal(10 - 26), abs=Decimal("0.02"))
    assert found.high == pytest.approx(Decimal(10 + 26), abs=Decimal("0.02"))
    assert exposure_of([budget("done", "100", "400", open_count=0)]).low is None
