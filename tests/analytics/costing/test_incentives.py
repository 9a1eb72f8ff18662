"""One worked textbook case a jurisdiction, by hand in the comments, with the shipped rules; Canada has its own file."""

from datetime import date
from decimal import Decimal

import pytest
from worked_incentives import CONTRACT, LABOUR, ON, OTHER, SHIPPED, cost, credits_of, worked_out

from analytics.costing.incentives import NetOfIncentives, StepKind, net_of_incentives
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.incentive import Work
from analytics.vocabulary.money import Money

# --- United Kingdom ---------------------------------------------------------------------------------------------------

UK_FIGURES = {"core_spend": "2000000", "core_spend_in_territory": "1500000", "core_spend_other_than_vfx": "1000000"}
UK_COSTS = [
    cost(CONTRACT, "GB", "1000000.00", "GBP"),
    cost(LABOUR, "GB", "500000.00", "GBP", Work.OTHER),
    cost(OTHER, "US", "500000.00", "GBP", Work.OTHER),
]


def test_uk_vfx_earns_39_per_cent_and_the_credit_is_taxed() -> None:
    answer = worked_out("gb-avec", UK_COSTS, figures=UK_FIGURES, met={"bfi_cultural_test": True})
    # VFX:      1,000,000 x 0.39 = 390,000; tax 390,000 x 0.25 = 97,500; net 292,500, which is 29.25 %
    # standard:   500,000 x 0.34 = 170,000 (below the cap of 0.80 x 1,000,000); tax 42,500; net 127,500
    assert credits_of(answer) == {"gb-avec/vfx": "390000.00", "gb-avec/standard": "170000.00"}
    assert [line.tax.amount for line in answer.lines] == [Decimal("97500.00"), Decimal("42500.00")]
    assert answer.lines[0].in_cost_report == Money.of("-292500.00", "GBP")
    # net: 2,000,000 - 292,500 - 127,500
    assert (answer.gross.amount, answer.incentive.amount, answer.net.amount) == (2_000_000, -420_000, 1_580_000)


def test_uk_standard_spend_counts_up_to_80_per_cent() -> None:
    figures = {"core_spend": "1000000", "core_spend_in_territory": "1000000", "core_spend_other_than_vfx": "1000000"}
    costs = [cost(LABOUR, "GB", "1000000.00", "GBP", Work.OTHER)]
    answer = worked_out("gb-avec", costs, figures=figures, met={"bfi_cultural_test": True})
    # 0.80 x 1,000,000 = 800,000; x 0.34 = 272,000; less 25 % tax = 204,000: 20.4 % of the spend
    standard = answer.lines[1]
    assert (standard.base.amount, standard.credit.amount, standard.net_benefit.amount) == (800_000, 272_000, 204_000)
    assert [step.amount.amount for step in standard.steps if step.kind is StepKind.BASE_CAP] == [-200_000]


def test_a_production_that_fails_the_cultural_test_gets_nothing_and_is_told_why() -> None:
    answer = worked_out("gb-avec", UK_COSTS, figures=UK_FIGURES, met={"bfi_cultural_test": False})
    assert answer.net == answer.gross
    assert "it is not met that the production passes the BFI cultural test" in answer.lines[0].steps[2].reason


@pytest.mark.parametrize(("in_uk", "credit"), [("199999.99", 0), ("200000.00", 390_000)])
def test_ten_per_cent_of_core_spend_has_to_be_british(in_uk: str, credit: int) -> None:
    figures = UK_FIGURES | {"core_spend_in_territory": in_uk}  # 0.10 x 2,000,000 = 200,000
    answer = worked_out("gb-avec", UK_COSTS, figures=figures, met={"bfi_cultural_test": True})
    assert answer.lines[0].credit.amount == credit


# --- Australia, New Zealand -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("spend", "credit"), [("499999.99", "0"), ("500000.00", "150000.00"), ("600000", "180000.00")])
def test_australia_pays_30_per_cent_from_half_a_million_on(spend: str, credit: str) -> None:
    assert worked_out("au-pdv", [cost(OTHER, "AU", spend, "AUD")]).credit.amount == Decimal(credit)  # spend x 0.30


@pytest.mark.parametrize(
    ("spend", "credit"), [("249999.99", "0"), ("250000.00", "50000.00"), ("30000000", "6000000.00")]
)
def test_new_zealand_pays_20_per_cent_of_every_size(spend: str, credit: str) -> None:
    # 30,000,000 x 0.20: the 18 % above 25 million is gone
    assert worked_out("nz-pdv", [cost(CONTRACT, "NZ", spend, "NZD")]).credit.amount == Decimal(credit)


def test_a_programme_without_a_rule_in_force_is_left_out_with_its_reason() -> None:
    answer = worked_out("nz-pdv", [cost(CONTRACT, "NZ", "1000000", "NZD")], date(2023, 8, 30))
    assert answer.lines == ()
    assert [left.reason for left in answer.left_out] == ["holds from 2023-08-31 on"]
    assert answer.net == answer.gross


# --- France, Ireland --------------------------------------------------------------------------------------------------

FRENCH = {"cnc_cultural_test": True, "digitally_processed_shots": True}


def french(vfx: str, other: str, budget: str, *, processed: bool = True) -> NetOfIncentives:
    costs = [cost(CONTRACT, "FR", vfx, "EUR"), cost(OTHER, "FR", other, "EUR", Work.OTHER)]
    return worked_out(
        "fr-trip", costs, figures={"budget": budget}, met=FRENCH | {"digitally_processed_shots": processed}
    )


def test_one_cent_of_french_vfx_decides_over_half_a_million() -> None:
    below, at = french("1999999.99", "3000000.01", "10000000"), french("2000000.00", "3000000.00", "10000000")
    # all of 5,000,000: x 0.30 = 1,500,000 below, x 0.40 = 2,000,000 at the threshold
    assert (below.credit.amount, at.credit.amount) == (1_500_000, 2_000_000)
    assert below.lines[0].steps[2].reason == (
        "the rate of 40 % is not reached: "
        "at least 2,000,000 EUR of the VFX work among the costs that count (1,999,999.99)"
    )
    assert [step.amount.amount for step in at.lines[0].steps if step.kind is StepKind.CLIFF] == [500_000]


def test_the_french_cliff_also_asks_for_processed_shots() -> None:
    assert french("2000000.00", "3000000.00", "10000000", processed=False).credit.amount == 1_500_000


def test_french_spend_counts_up_to_80_per_cent_of_the_budget() -> None:
    # 0.80 x 4,000,000 = 3,200,000; x 0.30 = 960,000
    answer = french("1000000.00", "3000000.00", "4000000")
    assert (answer.lines[0].base.amount, answer.credit.amount) == (3_200_000, 960_000)


def test_the_french_rebate_ends_at_30_million() -> None:
    # 150,000,000 x 0.40 = 60,000,000, of which half is cut
    answer = french("100000000.00", "50000000.00", "200000000")
    assert answer.credit.amount == 30_000_000
    assert [step.amount.amount for step in answer.lines[0].steps if step.kind is StepKind.CREDIT_CAP] == [-30_000_000]


@pytest.mark.parametrize(
    ("spend", "budget", "credit"),
    [
        ("249999.99", "5000000", "0"),
        ("250000.00", "5000000", "75000.00"),  # 250,000 x 0.30
        ("99999.99", "200000", "0"),
        ("100000.00", "200000", "30000.00"),  # half the budget is enough: 100,000 x 0.30
    ],
)
def test_either_french_minimum_is_enough(spend: str, budget: str, credit: str) -> None:
    assert french(spend, "0", budget).credit.amount == Decimal(credit)


def test_ireland_pays_32_per_cent_and_says_that_the_uplift_waits() -> None:
    answer = worked_out("ie-s481", [cost(CONTRACT, "IE", "3000000.00", "EUR")])
    assert answer.credit.amount == 960_000  # 3,000,000 x 0.32
    assert [left.reason for left in answer.left_out] == [
        "not in force: it waits for the European Commission's approval"
    ]


@pytest.mark.parametrize(
    ("vfx", "other", "credit"),
    [
        ("1000000.00", "2000000.00", 1_200_000),  # 3,000,000 x 0.40
        ("999999.99", "2000000.01", 960_000),  # one cent short: 3,000,000 x 0.32
        ("12000000.00", "0.00", 4_640_000),  # 12,000,000 x 0.32 + 10,000,000 x 0.08
    ],
)
def test_ireland_with_the_uplift_as_if_it_held(vfx: str, other: str, credit: int) -> None:
    costs = [cost(CONTRACT, "IE", vfx, "EUR"), cost(OTHER, "IE", other, "EUR", Work.OTHER)]
    assert worked_out("ie-s481", costs, count_pending=True).credit.amount == credit


# --- what it is for ---------------------------------------------------------------------------------------------------


def test_ai_can_save_gross_and_lose_net() -> None:
    people = [cost(LABOUR, "CA-BC", "100000.00", "CAD")]
    # Seven tenths of the people are replaced by generated seconds, bought abroad.
    with_ai = [cost(LABOUR, "CA-BC", "30000.00", "CAD"), cost(OTHER, "US", "40000.00", "CAD")]
    traditional, ai = worked_out("ca-bc ca-federal", people), worked_out("ca-bc ca-federal", with_ai)
    # gross: 100,000 against 70,000, AI saves 30,000
    # incentive: 59,680 against 0.5968 x 30,000 = 17,904
    # net: 40,320 against 70,000 - 17,904 = 52,096, AI costs 11,776 more
    assert (traditional.gross - ai.gross).amount == 30_000
    assert (traditional.incentive.amount, ai.incentive.amount) == (-59_680, -17_904)
    assert (traditional.net - ai.net).amount == -11_776


def test_where_all_spend_counts_a_gross_saving_stays_a_net_saving() -> None:
    costs = [cost(LABOUR, "NZ", "1000000.00", "NZD")]
    with_ai = [cost(LABOUR, "NZ", "300000.00", "NZD"), cost(OTHER, "NZ", "400000.00", "NZD")]
    # 1,000,000 x 0.80 = 800,000 against 700,000 x 0.80 = 560,000
    assert [worked_out("nz-pdv", each).net.amount for each in (costs, with_ai)] == [800_000, 560_000]


# --- nothing is taken as zero -----------------------------------------------------------------------------------------


def test_everything_missing_is_said_at_once() -> None:
    costs = [
        cost(CONTRACT, "FR", "1000.00", "EUR"),
        cost(OTHER, "FR", "-1.00", "EUR"),
        cost(OTHER, "FR", "1.00", "USD"),
        cost(LABOUR, "FR", "1.00", "EUR", labour="1.00"),
        cost(CONTRACT, "FR", "1.00", "EUR", labour="1.01"),
    ]
    with pytest.raises(InputRefused) as refused:
        worked_out("fr-trip", costs, figures={"box_office": "1"})
    assert len(refused.value.problems) == 8
    said = str(refused.value)
    for words in (
        "fr-trip needs the production's budget. Give the figure budget",
        "whether the production passes the French cultural test. State cnc_cultural_test as met or not",
        "State digitally_processed_shots as met or not",
        "box_office': is no figure",
        "'-1.00 EUR': is negative",
        "'1.00 USD': is not in EUR",
        "belongs to contracts only",
        "is more than the whole, 1.00 EUR",
    ):
        assert words in said


def test_a_contract_whose_labour_is_unknown_is_no_contract_without_labour() -> None:
    with pytest.raises(InputRefused, match="how much of this contract is labour is unknown") as refused:
        worked_out("ca-bc ca-federal", [cost(CONTRACT, "CA-BC", "1000.00", "CAD")])
    assert len(refused.value.problems) == 2  # one for each programme
    stated = worked_out("ca-bc ca-federal", [cost(CONTRACT, "CA-BC", "1000.00", "CAD", labour="0")])
    assert stated.credit.amount == 0


def test_programmes_of_two_currencies_and_no_costs_are_refused() -> None:
    with pytest.raises(InputRefused) as refused:
        net_of_incentives([], [SHIPPED["nz-pdv"], SHIPPED["au-pdv"]], ON)
    assert "which is not the same as zero" in str(refused.value)
    assert "pays in another currency" in str(refused.value)


def test_costs_elsewhere_earn_nothing_and_ask_for_nothing() -> None:
    answer = worked_out("gb-avec", [cost(OTHER, "US", "1000.00", "GBP")])
    assert [str(line.credit.amount) for line in answer.lines] == ["0.00", "0.00"]
    assert answer.lines[0].steps[0].reason == "0.00 GBP of 1,000.00 GBP counts: all spend for VFX in GB"
