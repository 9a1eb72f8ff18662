"""Programmes on a day, and what those of its territory would give a production of the ledger."""

import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from analytics.costing.incentive_offers import IncentiveOffers, RuleStanding, incentive_offers
from analytics.costing.reckoned_costs import reckon_costs
from analytics.ledger.ledger import Ledger

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "estimation" / "running"))
from running_ledgers import running_ledger


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    return running_ledger(tmp_path_factory.mktemp("offers"))


@pytest.fixture(scope="module")
def offers(ledger: Ledger) -> IncentiveOffers:
    return incentive_offers(ledger, reckon_costs(ledger), date(2026, 3, 5))


def test_rules_stand_as_the_day_has_it(ledger: Ledger, offers: IncentiveOffers) -> None:
    def standings(found: IncentiveOffers) -> dict[str, RuleStanding]:
        return {each.rule.name: each.standing for each in next(
            each for each in found.programmes if each.programme.name == "ca-bc").rules}  # fmt: skip

    now = standings(offers)
    assert now == {"pstc": "in force", "pstc-until-2024": "ended", "dave": "in force"}
    then = standings(incentive_offers(ledger, reckon_costs(ledger), date(2024, 6, 1)))
    assert then == {"pstc": "to come", "pstc-until-2024": "in force", "dave": "in force"}
    irish = next(each for each in offers.programmes if each.programme.name == "ie-s481")
    assert {each.standing for each in irish.rules} == {RuleStanding.IN_FORCE, RuleStanding.WAITS}
    assert irish.credits == ()


def test_a_production_in_british_columbia_gets_its_credits_and_says_what_is_taken_for_granted(
    offers: IncentiveOffers,
) -> None:
    (salt_line,) = offers.productions
    assert salt_line.territory == "CA-BC"
    assert {each.line.programme.name for each in salt_line.net.credits} == {"ca-bc", "ca-federal"}
    assert salt_line.net.net.amount < salt_line.net.gross.amount
    told = sum((credit.amount for each in offers.programmes for credit in each.credits), Decimal(0))
    assert told == -salt_line.net.incentive.amount
    assert {each.production_count for each in offers.programmes if each.credits} == {1}
    assert any("wages" in each for each in offers.assumed)
    assert offers.problems == ()
