"""From imported facts to net costs: by shot, workflow, department and so on, adding up to the production's."""

from decimal import Decimal
from pathlib import Path

import pytest
from net_cost_cases import plan

from analytics.costing.incentive_plan import IncentivePlan
from analytics.costing.net_cost_rows import NetRow, net_rows, total_net
from analytics.costing.net_costs import net_costs
from analytics.costing.reckoned_costs import By, cost_by, cost_cells, reckon_costs, total_of
from analytics.costing.shot_net_costs import shot_net_costs
from analytics.importers.history.importing import import_history
from analytics.ledger.ledger import Ledger
from analytics.vocabulary.errors import InputRefused

BUNDLE = {
    "productions": """production_id,name,currency,fps,territory,started_on
P1,Salt Line,CAD,24,CA-BC,2026-01-05
P2,Far Tide,NZD,24,NZ,2026-01-05
""",
    "shots": """shot_id,production_id,sequence,code,cut_frames
hand,P1,A,A_010,48
ai,P1,B,B_010,48
far_hand,P2,A,A_010,48
far_ai,P2,A,A_020,48
""",
    "assignments": """shot_id,workflow,started_on,outcome
hand,traditional,2026-02-01,final
ai,ai,2026-02-01,fell_back
ai,traditional,2026-02-11,final
far_hand,traditional,2026-02-01,final
far_ai,ai,2026-02-01,final
""",
    # 100 Canadian dollars an hour, and New Zealand ones
    "work_entries": """work_entry_id,shot_id,department,worked_on,people_hours
1,hand,comp,2026-02-02,900
2,hand,fx,2026-02-02,100
3,ai,comp,2026-02-02,200
4,ai,comp,2026-02-12,100
5,far_hand,comp,2026-02-02,10000
6,far_ai,comp,2026-02-02,3000
""",
    # Forty cents a second, so 40,000 and 400,000 dollars
    "renders": """render_id,shot_id,workflow,model,started_at,wall_seconds,generated_seconds
1,ai,ai,veo-3.1,2026-02-03T10:00:00Z,0,100000
2,far_ai,ai,veo-3.1,2026-02-03T10:00:00Z,0,1000000
""",
    "rates": """resource,unit,price,currency,territory,valid_from,source
labour,hour,100,CAD,CA-BC,2026-01-01,union
labour,hour,100,NZD,NZ,2026-01-01,union
api:veo-3.1,second,0.40,CAD,CA-BC,2026-01-01,list
api:veo-3.1,second,0.40,NZD,NZ,2026-01-01,list
""",
    "fx_rates": """from_currency,to_currency,rate,valid_from
CAD,NZD,1.25,2026-01-01
""",
}


def ledger_of(folder: Path, **instead: str) -> Ledger:
    bundle = folder / "bundle"
    bundle.mkdir()
    for name, text in (BUNDLE | instead).items():
        (bundle / f"{name}.csv").write_text(text)
    ledger = Ledger.open(folder / "shots.duckdb")
    import_history(ledger, bundle)
    return ledger


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    return ledger_of(tmp_path_factory.mktemp("slate"))


def claimed() -> IncentivePlan:
    return plan("ca-bc", "ca-federal", "nz-pdv", labour_share="1", spent_in={"api": "US"})


def rows_by(ledger: Ledger, by: By, currency: str) -> tuple[NetRow, ...]:
    reckoning = reckon_costs(ledger)
    net = net_costs(ledger, cost_cells(ledger, reckoning), claimed())
    rows = cost_by(ledger, reckoning, by, currency)
    answer = net_rows(ledger, rows, by, net, currency)
    return (*answer, total_net(total_of(rows), answer))


def test_what_ai_saves_gross_it_loses_net_in_british_columbia_and_keeps_in_new_zealand(ledger: Ledger) -> None:
    frame = shot_net_costs(ledger, reckon_costs(ledger), claimed(), "CAD").set_index("shot_id")
    # BC, as on the page on incentives: 59.68 % of labour is paid back. 100,000 -> 40,320; 30,000 + 40,000 -> 52,096.
    assert frame.loc["hand", "cost_net"] == 40_320
    assert frame.loc["ai", "cost_net"] == 52_096
    # What AI did itself: 20,000 x 0.4032 + 40,000; what was made by hand after it fell back: 10,000 x 0.4032.
    assert frame.loc["ai", "cost_net_ai"] == 48_064
    assert frame.loc["ai", "cost_net_traditional"] == 4_032
    assert frame.loc["hand", "cost_net_ai"] is None
    # New Zealand, at 0.80 CAD: 1,000,000 x 0.80 and 300,000 x 0.80 + 400,000 NZD, the footage being bought abroad
    assert frame.loc["far_hand", "cost_net"] == 640_000
    assert frame.loc["far_ai", "cost_net"] == 512_000


@pytest.mark.parametrize("by", [by for by in By if by is not By.MONTH])
def test_rows_of_every_kind_add_up_to_the_same_net(ledger: Ledger, by: By) -> None:
    *rows, total = rows_by(ledger, by, "CAD")
    # CAD: 130,000 of labour and 40,000; NZD: 1,300,000 of labour and 400,000
    assert total.gross.cost == 170_000 + Decimal("0.8") * 1_700_000
    assert total.incentive == -77_584 - Decimal("0.8") * 260_000
    assert total.net == sum(row.net or 0 for row in rows)
    assert all(row.net == (row.gross.cost or 0) + (row.incentive or 0) for row in rows)


def test_each_row_has_the_incentive_of_its_own_costs(ledger: Ledger) -> None:
    def incentives(by: By) -> dict[str | None, Decimal | None]:
        return {
            f"{row.gross.production_id} {row.gross.label}": row.incentive for row in rows_by(ledger, by, "CAD")[:-1]
        }

    assert incentives(By.PRODUCTION) == {"P1 Salt Line": -77_584, "P2 Far Tide": -208_000}
    assert incentives(By.SEQUENCE) == {"P1 A": -59_680, "P1 B": -17_904, "P2 A": -208_000}
    assert incentives(By.DEPARTMENT) == {"None comp": -77_584 + 5_968 - 208_000, "None fx": -5_968, "None api": 0}
    assert incentives(By.KIND) == {"None people": -285_584, "None api": 0}
    # The arm keeps what was done by hand after it fell back.
    assert incentives(By.ARM) == {"None traditional": -59_680 - 160_000, "None ai": -17_904 - 48_000}
    assert incentives(By.WORKFLOW) == {"None traditional": -65_648 - 160_000, "None ai": -11_936 - 48_000}
    assert incentives(By.SHOT)["P1 B_010"] == -17_904


def test_a_month_has_no_incentive(ledger: Ledger) -> None:
    with pytest.raises(InputRefused, match="a production's and no month's"):
        rows_by(ledger, By.MONTH, "CAD")


def test_a_shot_with_a_part_that_has_no_price_has_no_net(tmp_path: Path) -> None:
    rates = BUNDLE["rates"].replace("api:veo-3.1,second,0.40,CAD", "api:other,second,0.40,CAD")
    ledger = ledger_of(tmp_path, rates=rates)
    frame = shot_net_costs(ledger, reckon_costs(ledger, "history"), claimed(), "CAD").set_index("shot_id")
    assert frame.loc["ai", "cost_net"] is None
    assert frame.loc["ai", "cost_net_ai"] is None
    assert frame.loc["ai", "cost_net_traditional"] == 4_032
    assert frame.loc["hand", "cost_net"] == 40_320
