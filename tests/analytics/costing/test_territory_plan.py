"""A plan made from territories claims what is paid there, and everything it takes for granted is said."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from analytics.costing.net_costs import net_costs
from analytics.costing.reckoned_costs import cost_cells, reckon_costs
from analytics.costing.territory_plan import territory_plan
from analytics.importers.history.importing import import_history
from analytics.ledger.ledger import Ledger
from analytics.ledger.reckoning import reckon_shots

PRODUCTIONS = """production_id,name,currency,fps,territory,started_on,locked_budget_amount
BC,Salt Line,CAD,24,CA-BC,2026-01-05,60000
GB,Fathom,GBP,24,GB,2026-01-05,900000
NOBUDGET,Low Water,GBP,24,GB,2026-01-05,
JP,Far Shore,JPY,24,JP,2026-01-05,900000
NONE,No Place,CAD,24,,2026-01-05,900000
"""
NAMES = ("BC", "GB", "NOBUDGET", "JP", "NONE")


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    bundle = tmp_path / "bundle"
    bundle.mkdir()
    (bundle / "productions.csv").write_text(PRODUCTIONS)
    shots = [f"{name}-1,{name},010,cleanup,48,2026-02-01,final,traditional" for name in NAMES]
    (bundle / "shots.csv").write_text(
        "\n".join(["shot_id,production_id,code,kind,cut_frames,final_on,status,note", *shots])
    )
    work = [f"W{name},{name}-1,traditional,comp,2026-01-10,100" for name in NAMES]
    (bundle / "work_entries.csv").write_text(
        "\n".join(["work_entry_id,shot_id,workflow,department,worked_on,people_hours", *work])
    )
    (bundle / "rates.csv").write_text(
        "resource,unit,price,currency,territory,valid_from,source\n"
        "labour,hour,100,CAD,,2025-01-01,studio\nlabour,hour,100,GBP,GB,2025-01-01,studio\n"
        "labour,hour,100,JPY,JP,2025-01-01,studio\n"
    )
    ledger = Ledger.open(tmp_path / "studio.duckdb")
    import_history(ledger, bundle)
    reckon_shots(ledger)
    return ledger


def test_programmes_of_the_territory_and_of_its_country_are_claimed(ledger: Ledger) -> None:
    found = territory_plan(ledger)
    assert found.plan is not None
    assert found.plan.claim_of("BC").programmes == ("ca-bc", "ca-federal")
    assert found.plan.claim_of("GB").programmes == ("gb-avec",)
    for name in ("JP", "NONE", "NOBUDGET"):
        assert found.plan.claim_of(name).programmes == ()
    assert set(found.without) == {"Low Water", "Far Shore", "No Place"}
    assert set(found.claimed) == {"CA-BC", "GB"}


def test_the_plan_can_be_worked_out_and_says_what_it_takes_for_granted(ledger: Ledger) -> None:
    found = territory_plan(ledger)
    assert found.plan is not None
    net = net_costs(ledger, cost_cells(ledger, reckon_costs(ledger)), found.plan)
    bc = net.productions["BC"]
    assert bc.rules_on == date(2026, 1, 5)
    labour = Decimal("10000") * Decimal("0.568182")
    provincial = labour * Decimal("0.52")
    federal = (labour - provincial) * Decimal("0.16")
    assert -bc.incentive.amount == pytest.approx(provincial + federal, abs=Decimal("0.02"))
    assert net.productions["GB"].incentive.amount == Decimal("-2925.00")  # 39 % less a quarter of it in tax
    assert net.productions["JP"].incentive.amount == 0
    said = " ".join(found.assumed)
    assert "Nobody has chosen incentives" in said
    assert "57% is taken to be wages" in said
    assert "the production passes the BFI cultural test" in said


def test_without_a_territory_that_pays_there_is_no_plan(tmp_path: Path) -> None:
    ledger = Ledger.open(tmp_path / "empty.duckdb")
    reckon_shots(ledger)
    found = territory_plan(ledger)
    assert found.plan is None
    assert found.assumed == ()
