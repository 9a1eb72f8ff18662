"""Worked cases of the Canadian provinces and the federation, which nets what they pay; by hand in the comments."""

from datetime import date
from decimal import Decimal

import pytest
from worked_incentives import CONTRACT, LABOUR, OTHER, cost, credits_of, worked_out

from analytics.costing.incentives import StepKind
from analytics.vocabulary.incentive import Work

QUEBEC = [cost(CONTRACT, "CA-QC", "1000000.00", "CAD", labour="600000.00")]


def test_quebec_contract_then_federal_labour_net_of_it() -> None:
    answer = worked_out("ca-qc ca-federal", QUEBEC, figures={"budget": "5000000"})
    # 1,000,000 x 0.65 = 650,000; x 0.25 = 162,500; x 0.16 = 104,000; together 266,500: 26.65 % of the contract
    # labour is 60 % of the contract, so 0.60 x 266,500 = 159,900 was paid on labour
    # federal: (600,000 - 97,500 - 62,400) x 0.16 = 440,100 x 0.16 = 70,416
    assert credits_of(answer) == {
        "ca-qc/base": "162500.00",
        "ca-qc/vfx-increase": "104000.00",
        "ca-federal/pstc": "70416.00",
    }
    assert answer.net.amount == Decimal("663084.00")  # 1,000,000 - 266,500 - 70,416
    assert answer.tax.amount == 0
    assert any("don't say whether the credit is taxed" in remark for remark in answer.lines[0].remarks)


def test_quebec_before_june_2024_counted_the_whole_contract() -> None:
    answer = worked_out("ca-qc", QUEBEC, date(2024, 5, 31), {"budget": "5000000"})
    # 1,000,000 x (0.20 + 0.16) = 360,000
    assert answer.credit.amount == 360_000
    assert {left.rule.name: left.reason for left in answer.left_out} == {
        "base": "holds from 2024-06-01 on",
        "vfx-increase": "holds from 2024-06-01 on",
    }


def test_a_rule_ends_and_its_successor_begins_on_the_same_day() -> None:
    quebec = worked_out("ca-qc", QUEBEC, date(2024, 6, 1), {"budget": "5000000"})
    assert [line.rule.name for line in quebec.lines] == ["base", "vfx-increase"]
    columbia = worked_out("ca-bc", [cost(LABOUR, "CA-BC", "1.00", "CAD")], date(2025, 1, 1))
    assert [line.rule.name for line in columbia.lines] == ["pstc", "dave"]


@pytest.mark.parametrize(("budget", "credit"), [("249999.99", 0), ("250000.00", 26_650)])
def test_quebec_asks_for_a_budget_of_250_000(budget: str, credit: int) -> None:
    costs = [cost(CONTRACT, "CA-QC", "100000.00", "CAD")]
    answer = worked_out("ca-qc", costs, figures={"budget": budget})
    assert answer.credit.amount == credit
    lost = sum(step.amount.amount for line in answer.lines for step in line.steps if step.kind is StepKind.MINIMUM)
    assert lost == credit - 26_650


def test_british_columbia_labour_nets_to_forty_cents_in_the_dollar() -> None:
    answer = worked_out("ca-federal ca-bc", [cost(LABOUR, "CA-BC", "100000.00", "CAD")])
    # PSTC 36,000; DAVE 16,000; federal (100,000 - 52,000) x 0.16 = 7,680; together 59,680: 59.7 % of labour
    assert credits_of(answer) == {"ca-bc/pstc": "36000.00", "ca-bc/dave": "16000.00", "ca-federal/pstc": "7680.00"}
    assert answer.net.amount == 40_320


def test_british_columbia_before_2025() -> None:
    answer = worked_out("ca-bc", [cost(LABOUR, "CA-BC", "100000.00", "CAD")], date(2024, 12, 31))
    assert credits_of(answer) == {"ca-bc/pstc-until-2024": "28000.00", "ca-bc/dave": "16000.00"}


def test_ontario_labour_earns_two_credits_and_the_federal_one() -> None:
    answer = worked_out("ca-on-ocase ca-on-opstc ca-federal", [cost(LABOUR, "CA-ON", "100000.00", "CAD")])
    # OCASE 18,000; OPSTC 21,500; federal (100,000 - 39,500) x 0.16 = 9,680; together 49,180: 49.2 % of labour
    assert [line.credit.amount for line in answer.lines] == [18_000, 21_500, 9_680]


def test_of_a_credit_on_all_spend_only_the_part_on_labour_reduces_the_federal_base() -> None:
    costs = [cost(LABOUR, "CA-ON", "60000.00", "CAD"), cost(OTHER, "CA-ON", "40000.00", "CAD")]
    answer = worked_out("ca-on-opstc ca-federal", costs)
    # OPSTC 100,000 x 0.215 = 21,500, of which 60 % = 12,900 on labour; federal (60,000 - 12,900) x 0.16 = 7,536
    assert [line.credit.amount for line in answer.lines] == [21_500, 7_536]


@pytest.mark.parametrize(("labour", "credit"), [("24999.99", "0"), ("25000.00", "21500.00")])
def test_ontario_asks_for_a_quarter_of_labour(labour: str, credit: str) -> None:
    rest = str(100_000 - Decimal(labour))
    costs = [cost(LABOUR, "CA-ON", labour, "CAD"), cost(OTHER, "CA-ON", rest, "CAD")]
    assert worked_out("ca-on-opstc", costs).credit.amount == Decimal(credit)


@pytest.mark.parametrize(("labour", "credit"), [("24999.99", "0"), ("25000.00", "4500.00")])
def test_ocase_asks_for_25_000_of_labour(labour: str, credit: str) -> None:
    assert worked_out("ca-on-ocase", [cost(LABOUR, "CA-ON", labour, "CAD")]).credit.amount == Decimal(credit)


def test_the_federal_credit_says_where_no_province_was_worked_out_before_it() -> None:
    costs = [cost(LABOUR, "CA-BC", "100000.00", "CAD"), cost(LABOUR, "CA-ON", "50000.00", "CAD")]
    federal = worked_out("ca-bc ca-federal", costs).lines[-1]
    # (150,000 - 52,000) x 0.16
    assert federal.credit.amount == 15_680
    assert "No earlier credit was worked out for labour in CA-ON" in federal.remarks[2]


def test_a_province_that_looks_at_vfx_only_leaves_other_labour_unreduced_and_says_so() -> None:
    costs = [cost(LABOUR, "CA-ON", "100000.00", "CAD", Work.OTHER)]
    federal = worked_out("ca-on-ocase ca-federal", costs).lines[-1]
    assert federal.credit.amount == 16_000
    assert "labour in CA-ON" in federal.remarks[2]
