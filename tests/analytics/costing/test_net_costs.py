"""Net costs worked out by hand: who loses net what it saves gross, and what one cent decides."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from net_cost_cases import cell, cells, ledger_with, plan

from analytics.costing.incentive_plan import IncentiveClaim
from analytics.costing.net_costs import NetCosts, net_costs
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.money import Money

IN_BC = {"labour_share": "1"}


def by_shot(answer: NetCosts) -> dict[str, tuple[Decimal, Decimal, Decimal]]:
    """Gross, incentive and net of each shot."""
    sums = answer.cells.groupby("shot_id")[["cost", "incentive", "net"]].agg(lambda amounts: sum(amounts, Decimal(0)))
    return {shot: tuple(row) for shot, row in zip(sums.index, sums.itertuples(index=False), strict=True)}


def test_ai_saves_gross_and_loses_net_where_only_labour_earns_credits(tmp_path: Path) -> None:
    ledger = ledger_with(tmp_path, "P1,CAD,CA-BC,2026-01-05")
    slate = cells(
        cell("P1", "by_hand", "100000.00"),
        cell("P1", "by_ai", "30000.00", arm="ai"),
        cell("P1", "by_ai", "40000.00", arm="ai", cost_kind="api", part="veo-3.1"),
    )
    answer = net_costs(ledger, slate, plan("ca-bc", "ca-federal", labour_share="1", spent_in={"api": "US"}))
    # Labour of the production: 130,000. PSTC 0.36 -> 46,800; DAVE 0.16 -> 20,800; federal 0.16 x (130,000 - 67,600) =
    # 9,984; together 77,584, of which 100/130 = 59,680 is the one shot's and 30/130 = 17,904 the other's.
    assert by_shot(answer) == {
        "by_hand": (100_000, -59_680, 40_320),
        "by_ai": (70_000, -17_904, 52_096),
    }
    production = answer.productions["P1"]
    assert (production.gross.amount, production.incentive.amount, production.net.amount) == (170_000, -77_584, 92_416)
    generated = answer.cells[answer.cells["cost_kind"] == "api"].iloc[0]
    assert (generated["incentive"], generated["net"]) == (0, 40_000)  # it earned nothing
    assert (production.rules_on, production.day_is_stated, production.notes) == (date(2026, 1, 5), False, ())


def test_a_saving_stays_one_where_all_spend_earns_credits(tmp_path: Path) -> None:
    ledger = ledger_with(tmp_path, "P1,NZD,NZ,2026-01-05")
    slate = cells(
        cell("P1", "by_hand", "1000000.00", territory="NZ"),
        cell("P1", "by_ai", "300000.00", territory="NZ", arm="ai"),
        cell("P1", "by_ai", "400000.00", territory="NZ", arm="ai", cost_kind="machine", part="denoise"),
    )
    answer = net_costs(ledger, slate, plan("nz-pdv"))
    # 0.20 of everything: 1,000,000 -> 800,000 and 700,000 -> 560,000. No share of labour is asked for.
    assert by_shot(answer) == {"by_hand": (1_000_000, -200_000, 800_000), "by_ai": (700_000, -140_000, 560_000)}
    assert answer.productions["P1"].notes[0] == "taken to be spent in NZ, as the plan doesn't say: machine"


@pytest.mark.parametrize(
    ("second_shot", "credit"),
    [
        # 2,000,000.00 of French VFX: 0.40 of it
        ("500000.00", "-800000.00"),
        # A cent less is made in France: 0.30 x 1,999,999.99 = 599,999.997, to the cent 600,000.00
        ("499999.99", "-600000.00"),
    ],
)
def test_a_cent_less_of_french_work_loses_the_cliff(tmp_path: Path, second_shot: str, credit: str) -> None:
    ledger = ledger_with(tmp_path, "P1,EUR,FR,2026-01-05")
    slate = cells(
        cell("P1", "S1", "1500000.00", territory="FR"),
        cell("P1", "S2", second_shot, territory="FR", arm="ai"),
        cell("P1", "S2", "1000.00", territory="FR", arm="ai", cost_kind="api", part="veo-3.1"),
    )
    met = {"cnc_cultural_test": True, "digitally_processed_shots": True}
    claimed = plan("fr-trip", spent_in={"api": "US"}, figures={"budget": "10000000 EUR"}, requirements_met=met)
    answer = net_costs(ledger, slate, claimed)
    assert answer.productions["P1"].incentive == Money.of(credit, "EUR")
    # Shot S1 didn't change, and its net did: 1,500,000 less three quarters of the rebate, by spend.
    share = {"-800000.00": "-600000.00", "-600000.00": "-450000.00"}[credit]
    assert by_shot(answer)["S1"][1] == Decimal(share)


def test_one_labour_share_for_own_people_and_one_for_each_vendor(tmp_path: Path) -> None:
    ledger = ledger_with(tmp_path, "P1,CAD,CA-BC,2026-01-05")
    slate = cells(
        cell("P1", "S1", "1000.00"),
        cell("P1", "S1", "1000.00", cost_kind="supervision", part="supervision"),
        cell("P1", "S2", "1000.00", vendor="Harbour FX"),
        cell("P1", "S3", "1000.00", vendor="Somebody Else"),
        cell("P1", "S4", "1000.00", cost_kind="overhead", part="overhead"),
        cell("P1", "S5", "1000.00", territory="CA-ON"),
    )
    shares = {"Harbour FX": "0.8", "*": "0.25"}
    answer = net_costs(ledger, slate, plan("ca-bc", labour_share="0.5", vendor_labour_share=shares))
    # Labour in BC: 500 + 500 + 800 + 250 = 2,050; 0.36 -> 738.00, 0.16 -> 328.00
    assert {shot: amounts[1] for shot, amounts in by_shot(answer).items()} == {
        "S1": Decimal("-520.00"),
        "S2": Decimal("-416.00"),
        "S3": Decimal("-130.00"),
        "S4": 0,
        "S5": 0,
    }


def test_the_federal_credit_goes_to_labour_by_what_the_provinces_left_of_it(tmp_path: Path) -> None:
    ledger = ledger_with(tmp_path, "P1,CAD,CA-BC,2026-01-05")
    slate = cells(cell("P1", "in_bc", "100000.00"), cell("P1", "in_alberta", "100000.00", territory="CA-AB"))
    answer = net_costs(ledger, slate, plan("ca-bc", "ca-federal", **IN_BC))
    # BC pays 52,000 on its half. Federal: 0.16 x (200,000 - 52,000) = 23,680; 7,680 on what is left in BC, 16,000 on
    # Alberta's. By bare labour it would be 11,840 each.
    assert {shot: amounts[1] for shot, amounts in by_shot(answer).items()} == {"in_bc": -59_680, "in_alberta": -16_000}


def test_a_contract_in_quebec_counts_by_its_share(tmp_path: Path) -> None:
    ledger = ledger_with(tmp_path, "P1,CAD,CA-QC,2026-01-05")
    slate = cells(
        cell("P1", "bought", "10000.00", territory="CA-QC", vendor="Harbour FX"),
        cell("P1", "own", "10000.00", territory="CA-QC"),
    )
    answer = net_costs(ledger, slate, plan("ca-qc", figures={"budget": "5000000 CAD"}))
    # Contract: 0.65 x (0.25 + 0.16) = 26.65 %; own work: 25 %
    assert {shot: amounts[1] for shot, amounts in by_shot(answer).items()} == {"bought": -2_665, "own": -2_500}


def test_programmes_in_other_currencies_are_exchanged_by_the_ledger(tmp_path: Path) -> None:
    ledger = ledger_with(tmp_path, "P1,USD,CA-BC,2026-01-05", fx="USD,CAD,1.25,2026-01-01\nNZD,USD,0.6,2025-06-01")
    slate = cells(
        cell("P1", "in_bc", "8000.00", currency="USD"),
        cell("P1", "in_nz", "300000.00", territory="NZ", vendor="Tui FX", currency="USD"),
    )
    answer = net_costs(ledger, slate, plan("ca-bc", "nz-pdv", **IN_BC))
    # 8,000 USD = 10,000 CAD -> 3,600 + 1,600 CAD = 4,160 USD; 300,000 USD = 500,000 NZD -> 100,000 NZD = 60,000 USD
    assert {shot: amounts[1] for shot, amounts in by_shot(answer).items()} == {"in_bc": -4_160, "in_nz": -60_000}
    production = answer.productions["P1"]
    assert [str(credit.benefit) for credit in production.credits] == ["2,880.00 USD", "1,280.00 USD", "60,000.00 USD"]
    assert production.incentive == Money.of("-64160.00", "USD")
    assert "exchanged at 1 USD = 1.250000 CAD since 2026-01-01" in production.notes
    assert "exchanged at 1 USD = 1.666667 NZD since 2025-06-01" in production.notes


def test_an_odd_cent_goes_to_one_of_equals_and_always_the_same(tmp_path: Path) -> None:
    ledger = ledger_with(tmp_path, "P1,CAD,CA-BC,2026-01-05")
    slate = cells(*(cell("P1", shot, "33.333333") for shot in ("S1", "S2", "S3")))
    claimed = plan("ca-bc", productions={"P1": IncentiveClaim(on=date(2024, 1, 1))}, **IN_BC)
    answer = net_costs(ledger, slate, claimed)
    # 100.00 of labour: 28.00 and 16.00 by the rules of 2024, a third of which is 9.33 1/3 and 5.33 1/3
    assert [amounts[1] for amounts in by_shot(answer).values()] == [
        Decimal("-14.68"),
        Decimal("-14.66"),
        Decimal("-14.66"),
    ]
    backwards = net_costs(ledger, slate[::-1], claimed)
    assert by_shot(backwards) == by_shot(answer)
    assert list(backwards.cells["shot_id"]) == ["S3", "S2", "S1"]
    assert (answer.productions["P1"].rules_on, answer.productions["P1"].day_is_stated) == (date(2024, 1, 1), True)


def test_each_production_has_its_own_thresholds_and_its_own_claim(tmp_path: Path) -> None:
    productions = [f"P{number},NZD,NZ,2026-01-05" for number in (1, 2, 3)]
    ledger = ledger_with(tmp_path, *productions)
    slate = cells(
        cell("P1", "S1", "249999.99", territory="NZ"),
        cell("P2", "S2", "250000.00", territory="NZ"),
        cell("P3", "S3", "250000.00", territory="NZ"),
    )
    answer = net_costs(ledger, slate, plan("nz-pdv", productions={"P3": IncentiveClaim(programmes=())}))
    assert [each.incentive.amount for each in answer.productions.values()] == [0, -50_000, 0]
    assert answer.productions["P3"].notes == ("no incentive is claimed",)


def test_a_cost_without_a_price_stays_unknown_and_is_said(tmp_path: Path) -> None:
    ledger = ledger_with(tmp_path, "P1,NZD,NZ,2026-01-05")
    slate = cells(
        cell("P1", "S1", "300000.00", territory="NZ"),
        cell("P1", "S2", None, territory="NZ", cost_kind="machine"),
    )
    answer = net_costs(ledger, slate, plan("nz-pdv"))
    assert list(answer.cells["net"]) == [240_000, None]
    assert list(answer.cells["incentive"]) == [-60_000, None]
    assert answer.productions["P1"].unpriced_cell_count == 1
    assert answer.productions["P1"].notes[-1].startswith("1 cost has no price: credits and thresholds are of what has")


def test_programmes_of_elsewhere_are_left_out_in_words_and_ask_for_nothing(tmp_path: Path) -> None:
    ledger = ledger_with(tmp_path, "P1,NZD,NZ,2026-01-05")
    answer = net_costs(ledger, cells(cell("P1", "S1", "300000.00", territory="NZ")), plan("nz-pdv", "gb-avec"))
    assert answer.productions["P1"].incentive.amount == -60_000
    assert "gb-avec: nothing is spent in GB" in answer.productions["P1"].notes


def test_everything_unsaid_is_refused_at_once(tmp_path: Path) -> None:
    ledger = ledger_with(
        tmp_path, "P1,CAD,CA-ON,2026-01-05", "P2,EUR,FR,2026-01-05", "P3,USD,,", "P4,USD,CA-ON,2026-01-05"
    )
    slate = cells(
        *(
            cell(production, "S1", "5000.00", territory="CA-ON", **more)
            for production in ("P1", "P4")
            for more in ({}, {"vendor": "Harbour FX"}, {"cost_kind": "api", "part": "veo-3.1"})
        ),
        cell("P2", "S2", "5000.00", territory="FR"),
        cell("P3", "S3", "5000.00", territory=None),
    )
    claimed = plan(
        *("ca-on-opstc", "ca-federal", "fr-trip"),
        productions={"P3": IncentiveClaim(on=date(2026, 1, 1)), "P9": IncentiveClaim()},
    )
    with pytest.raises(InputRefused) as refused:
        net_costs(ledger, slate, claimed)
    assert [problem.place.removeprefix("plan.toml: ") for problem in refused.value.problems] == [
        "production.P9",
        "production P1 and 1 more: vendor_labour_share.Harbour FX",
        "production P1 and 1 more: labour_share",
        "production P1 and 1 more: spent_in.api",
        "production P2: figures",
        "production P2: requirements",
        "production P2: requirements",
        "production P3: territory",
        "production P4: exchange_on",
    ]
    said = str(refused.value)
    for words in (
        "such as P1, P2, P3, P4",
        "how much of the contract for 5,000.00 CAD is labour is not known. Ask the vendor",
        "how much of the 5,000.00 CAD for own people is wages is not known",
        'where 5,000.00 CAD of generated seconds were bought is not known. State it, as in api = "US"',
        "5,000.00 USD for people belongs to no territory",
        "no rate between USD, the production's, and CAD",
    ):
        assert words in said


def test_the_first_day_is_asked_for_only_where_something_is_claimed(tmp_path: Path) -> None:
    ledger = ledger_with(tmp_path, "P1,NZD,NZ,")
    slate = cells(cell("P1", "S1", "300000.00", territory="NZ"))
    with pytest.raises(InputRefused, match="on which day this production started is unknown"):
        net_costs(ledger, slate, plan("nz-pdv"))
    answer = net_costs(ledger, slate, plan("gb-avec"))
    assert answer.productions["P1"].notes == ("gb-avec: nothing is spent in GB",)


def test_what_the_ledger_does_not_place_belongs_where_the_plan_says(tmp_path: Path) -> None:
    ledger = ledger_with(tmp_path, "P1,NZD,,2026-01-05")
    slate = cells(
        cell("P1", "S1", "300000.00", territory=None),
        cell("P1", "S2", "100000.00", territory=None, cost_kind="billed", part="compute"),
    )
    answer = net_costs(ledger, slate, plan("nz-pdv", territory="NZ", spent_in={"compute": "AU"}))
    assert list(answer.cells["incentive"]) == [-60_000, 0]


def test_what_belongs_to_no_production_earns_nothing(tmp_path: Path) -> None:
    ledger = ledger_with(tmp_path, "P1,NZD,NZ,2026-01-05")
    slate = cells(
        cell("P1", "S1", "300000.00", territory="NZ"),
        cell(None, None, "70.00", territory=None, cost_kind="training", part="embedded"),
    )
    answer = net_costs(ledger, slate, plan("nz-pdv"))
    assert list(answer.cells["net"]) == [240_000, 70]


@pytest.mark.parametrize(("exchange_on", "credit"), [(None, "-3600.00"), (date(2026, 6, 1), "0.00")])
def test_the_day_of_the_exchange_can_decide_a_threshold(tmp_path: Path, exchange_on: date | None, credit: str) -> None:
    ledger = ledger_with(tmp_path, "P1,USD,CA-ON,2026-01-05", fx="USD,CAD,1.25,2026-01-01\nUSD,CAD,1.24,2026-06-01")
    slate = cells(cell("P1", "S1", "20000.00", territory="CA-ON", currency="USD"))
    # OCASE asks for 25,000 CAD of labour: 20,000 x 1.25 reaches it, 20,000 x 1.24 doesn't. 0.18 x 20,000 = 3,600
    answer = net_costs(ledger, slate, plan("ca-on-ocase", labour_share="1", exchange_on=exchange_on))
    assert answer.productions["P1"].incentive.amount == Decimal(credit)


def test_figures_in_the_currency_of_the_production_are_exchanged_too(tmp_path: Path) -> None:
    ledger = ledger_with(tmp_path, "P1,USD,CA-QC,2026-01-05", fx="USD,CAD,1.25,2026-01-01")
    slate = cells(cell("P1", "S1", "1000.00", territory="CA-QC", currency="USD"))
    # Quebec asks for a budget of 250,000 CAD, which is 200,000 USD
    for budget, credit in (("200000 USD", -250), ("199999.99 USD", 0), ("250000 CAD", -250)):
        answer = net_costs(ledger, slate, plan("ca-qc", figures={"budget": budget}))
        assert answer.productions["P1"].incentive.amount == credit
    with pytest.raises(InputRefused, match="figure budget = '250,000 EUR': is not in CAD"):
        net_costs(ledger, slate, plan("ca-qc", figures={"budget": "250000 EUR"}))
