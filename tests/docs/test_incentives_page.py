"""The page on incentives names every shipped programme with its rates, and its example is what the code works out."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from analytics.costing.incentive_base import percent
from analytics.costing.incentive_gaps import DEFAULT_CARD_LABOUR_SHARE
from analytics.costing.incentive_plan_file import load_plan
from analytics.costing.incentive_rules import load_programmes, shipped_incentives_folder
from analytics.costing.incentives import net_of_incentives
from analytics.costing.rate_cards import default_rate_card_path, load_rate_card
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


def test_the_plan_on_the_page_can_be_read(tmp_path: Path) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text(PAGE.split("```toml\n")[1].split("```")[0], encoding="utf-8")
    assert load_plan(plan).claim_of("P12").programmes == ("fr-trip",)


def test_the_labour_share_of_the_shipped_rate_card_is_what_its_loading_makes() -> None:
    assert f"1 / (1.60 x 1.10) = {DEFAULT_CARD_LABOUR_SHARE}" in PAGE
    assert abs(1 / (Decimal("1.60") * Decimal("1.10")) - DEFAULT_CARD_LABOUR_SHARE) < Decimal("0.000001")
    for rate in load_rate_card(default_rate_card_path()).rates:
        assert not rate.resource.startswith("labour") or "1.30 x 1.60 x 1.10" in rate.source
