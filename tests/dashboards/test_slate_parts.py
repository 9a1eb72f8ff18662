"""The pure parts of the slate's page: scales, words, cards and who may have which answer."""

import json
from decimal import Decimal

import pytest

from analytics.comparison.figures import Clock
from analytics.comparison.slate.clock_figures import ClockFigures, Sides
from analytics.comparison.slate.results import Estimand, Method, Population, RatioResult, Verdict
from analytics.comparison.slate.slate_saving import Saved, SlateSaving
from analytics.comparison.slate.trend import QuarterRatio
from analytics.vocabulary.origin import Origin
from dashboards.access.roles import Role
from dashboards.answers import slate as answers
from dashboards.app_pages.slate import charts, head
from dashboards.app_pages.slate.verdicts import interval_words, verdict_words
from dashboards.app_pages.slate.wording import artist_days, artist_time_words, millions, sides_words
from dashboards.look.chart_parts import AI, TRADITIONAL, UNCLEAR

ROWS = [
    charts.DotRow("Previs", 0.4, 0.3, 0.5, "n 20 / 40"), charts.DotRow("Crowd", 1.1, 0.9, 1.4, "n 20 / 40"),
    charts.DotRow("Creature", 3.0, 2.0, 30.0, "n 20 / 40"), charts.DotRow("De-ageing", None, None, None, "n 1 / 40"),
]  # fmt: skip


def result(ratio: float | None, low: float | None, high: float | None) -> RatioResult:
    return RatioResult(
        Estimand.RATIO_OF_TOTALS, Population.AI, Clock.COST_GROSS, Method.ADJUSTED, ratio, low, high, 0.95, None, None,
        120, 180, 0, 7, {Origin.MEASURED: 0.75, Origin.ASSUMED: 0.25}, ("too few shots for it",),
    )  # fmt: skip


def test_both_halves_of_a_scale_weigh_the_same() -> None:
    low, high = charts.ratio_domain(ROWS[:2])
    assert low * high == pytest.approx(1)
    assert low < 0.3
    assert charts.ratio_domain([]) == pytest.approx((1 / 2.12, 2.12))
    assert charts.ratio_domain(ROWS)[1] == pytest.approx(10.6)


def test_a_row_has_the_winners_colour_and_no_dot_without_a_ratio() -> None:
    spec = json.dumps(charts.ratio_dots(ROWS, (0.1, 10.0)).to_dict())
    for row, role in zip(ROWS, (AI, UNCLEAR, TRADITIONAL, UNCLEAR), strict=True):
        assert json.dumps({"name": row.name})[1:-1] in spec
        assert charts.ROLE[row.verdict] == role
    assert '"says": "too few shots"' in spec
    assert '"high_shown": 10.0' in spec  # cut at the end of the scale
    assert "(2.00\\u201330.00)" in spec  # and in full beside it


def test_the_trend_keeps_quarters_without_a_ratio() -> None:
    quarters = (QuarterRatio("2025 Q1", 40, 20.0, 0.6, 0.5, 0.7), QuarterRatio("2025 Q2", 0, 40.0, None, None, None))
    spec = json.dumps(charts.trend(quarters, None).to_dict())
    assert "2025|Q2|n 0" in spec


def test_words() -> None:
    assert verdict_words(Verdict.NO_DIFFERENCE_SHOWN, 0.9) == "can’t tell"
    assert verdict_words(Verdict.CANNOT_BE_TOLD, None) == "too few shots"
    assert interval_words(0.6, 0.5, float("inf")) == "0.60 (0.50–∞)"
    assert artist_time_words(5.25) == "5.2 h"
    assert artist_time_words(24) == "3.0 artist-days"
    assert artist_time_words(128) == "3.2 artist-weeks"
    assert artist_time_words(43_600) == "1,090 artist-weeks"
    assert artist_days(20) == "2.5"
    assert millions(Decimal("-1410000"), signed=True) == "−1.41"
    assert millions(Decimal("400")) == "0.00"
    assert millions(None) == "–"
    assert sides_words(Clock.COST_GROSS, Sides(4641.3, 7554.2), "CAD") == "CAD 4,641 against 7,554"
    assert sides_words(Clock.PEOPLE, Sides(15, 33), None) == "1.9 against 4.1 artist-days"
    assert sides_words(Clock.PEOPLE, Sides(15, 66), None) == "1.9 artist-days against 1.6 artist-weeks"


def test_a_card_never_shows_a_number_that_is_not_proven() -> None:
    known = ClockFigures(Clock.COST_GROSS, result(0.9, 0.7, 1.2), Sides(90, 100), False, None, None, result(1, 1, 1))
    card = head.ratio_card(known, "CAD")
    assert "Can’t tell" in card
    assert "10% less" not in card
    assert "measured 75% · assumed 25%" in card
    unknown = ClockFigures(Clock.COST_GROSS, result(None, None, None), None, False, None, None, result(1, 1, 1))
    assert "too few shots for it" in head.ratio_card(unknown, "CAD")
    saved = Saved(Decimal(100), Decimal(200), Decimal(100_000), Decimal(-20_000), Decimal(300_000))
    open_saving = SlateSaving("CAD", 0.95, saved, None, None, 120, 180, 5, 3, 1, None, 2, None)
    told = head.saving_card(open_saving, {}, incentive_is_assumed=False)
    assert '<p class="big">Not proven</p>' in told
    assert "no incentive plan chosen" in told
    assert "Cannot be told" in head.saving_card(None, {}, incentive_is_assumed=False)


def test_money_of_single_shots_is_for_producers() -> None:
    assert answers.shots_with_costs.role is Role.PRODUCER
    assert answers.shots.role is Role.VIEWER
    assert answers.overview.role is Role.VIEWER
