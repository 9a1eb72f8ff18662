"""The page on incentives names every shipped programme with its rates, and its example is what the code works out."""

from datetime import date
from pathlib import Path

from analytics.costing.incentive_base import percent
from analytics.costing.incentive_rules import load_programmes, shipped_incentives_folder
from analytics.costing.incentives import net_of_incentives
from analytics.vocabulary.incentive import CostCategory, IncentiveCost
from analytics.vocabulary.money import Money

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "incentives.md").read_text(encoding="utf-8")
PROGRAMMES = load_programmes(shipped_incentives_folder())


def test_every_programme_is_on_the_page_with_its_rates() -> None:
    rows = {row.split("`")[1]: row for row in PAGE.splitlines() if row.startswith("|") and "`" in row}
    assert set(rows) == {programme.name for programme in PROGRAMMES}
    for programme in PROGRAMMES:
        for rule in programme.rules:
            for rate in (rule.rate, *(cliff.rate for cliff in rule.cliffs)):
                assert percent(rate) in rows[programme.name], rule.name


def test_the_example_is_what_the_code_works_out() -> None:
    canadian = [programme for programme in PROGRAMMES if programme.name in ("ca-bc", "ca-federal")]
    people, remaining, generated = (Money.of(amount, "CAD") for amount in (100_000, 30_000, 40_000))
    traditional = [IncentiveCost(CostCategory.LABOUR, "CA-BC", people)]
    with_ai = [
        IncentiveCost(CostCategory.LABOUR, "CA-BC", remaining),
        IncentiveCost(CostCategory.OTHER, "US", generated),
    ]
    for costs in (traditional, with_ai):
        answer = net_of_incentives(costs, canadian, date(2026, 3, 2))
        for amount in (answer.gross, answer.incentive, answer.net):
            assert f"{amount.amount:,.0f}" in PAGE
