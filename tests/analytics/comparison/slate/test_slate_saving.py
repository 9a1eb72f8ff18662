"""What was saved adds up, has an interval the right way round, and keeps apart what has no comparator."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from slate_cases import columns

from analytics.comparison.figures import Clock
from analytics.comparison.slate.clock_figures import clock_figures
from analytics.comparison.slate.results import Estimand, Method, Population, Verdict
from analytics.comparison.slate.slate_comparison import SlateComparison, compare_shots
from analytics.comparison.slate.slate_saving import Saved, SlateSaving, scaled, slate_saving


@pytest.fixture(scope="module")
def comparison() -> SlateComparison:
    """AI shots cost half of like traditional ones; one is enabled, one omitted, and net is 0.8 and 0.7 of gross."""
    rng = np.random.default_rng(1)
    count = 240
    by_ai = np.arange(count) % 2 == 0
    gross = np.where(by_ai, 500.0, 1000.0) * np.exp(rng.normal(0, 0.1, count))
    shots = columns(
        arm=np.where(by_ai, "ai", "traditional"),
        sequence=[f"SQ{place // 8}" for place in range(count)],
        production_id=[f"P{place // 2 % 4}" for place in range(count)],
        cost_gross=gross,
        cost_net=gross * np.where(by_ai, 0.8, 0.7),
        people_hours=gross / 10,
        arm_started_on=pd.Timestamp("2026-01-05") + pd.to_timedelta(np.arange(count), unit="D"),
    )
    shots.loc[0, "enabled"] = True
    shots.loc[2, "status"] = "omitted"
    return compare_shots(shots, (Clock.COST_GROSS, Clock.COST_NET, Clock.PEOPLE), currency="CAD", rate_card_id="card")


@pytest.fixture(scope="module")
def saving(comparison: SlateComparison) -> SlateSaving:
    found = slate_saving(comparison)
    assert found is not None
    return found


def test_it_is_what_the_ratio_says(comparison: SlateComparison, saving: SlateSaving) -> None:
    gross = next(clock for clock in comparison.clocks if clock.clock is Clock.COST_GROSS)
    totals = gross.result(Estimand.RATIO_OF_TOTALS, Method.ADJUSTED, Population.AI)
    assert totals.ratio == pytest.approx(0.5, rel=0.05)
    assert saving.gross is not None
    assert float(saving.gross.expected) == pytest.approx(gross.ai_total / totals.ratio, abs=1)
    assert abs(saving.gross.expected - saving.gross.actual - saving.gross.saved) <= 1
    assert saving.gross.low is not None
    assert saving.gross.high is not None
    assert saving.gross.low < saving.gross.saved < saving.gross.high
    assert saving.gross.verdict is Verdict.AI_NEEDS_LESS


def test_less_labour_loses_incentives(saving: SlateSaving) -> None:
    assert saving.net is not None
    assert saving.gross is not None
    assert saving.incentive_change == saving.net.saved - saving.gross.saved
    assert saving.incentive_change < 0


def test_enabled_and_omitted_shots_stand_apart(comparison: SlateComparison, saving: SlateSaving) -> None:
    assert saving.enabled_count == 1
    assert saving.omitted_count == 1
    assert saving.enabled_cost is not None
    assert saving.omitted_cost is not None
    assert saving.n_ai + saving.n_not_compared == 118  # of 120 AI shots
    assert replace(comparison, currency=None) is not None
    assert slate_saving(replace(comparison, currency=None)) is None


def test_without_incentives_there_is_no_net(comparison: SlateComparison) -> None:
    gross_alone = replace(comparison, clocks=tuple(c for c in comparison.clocks if c.clock is not Clock.COST_NET))
    found = slate_saving(gross_alone)
    assert found is not None
    assert found.net is None
    assert found.incentive_change is None
    assert found.told is found.gross


def test_an_unbounded_ratio_leaves_a_saving_open(comparison: SlateComparison) -> None:
    clock = comparison.clocks[0]
    results = tuple(replace(each, high=float("inf")) for each in clock.results)
    found = slate_saving(replace(comparison, clocks=(replace(clock, results=results),)))
    assert found is not None
    assert found.gross is not None
    assert found.gross.low == -found.gross.actual
    assert found.gross.verdict is Verdict.NO_DIFFERENCE_SHOWN


@given(st.floats(0.01, 1.0))
def test_scaling_keeps_every_proportion(share: float) -> None:
    part = Saved(Decimal(5_000_000), Decimal(9_000_000), Decimal(4_000_000), Decimal(3_000_000), Decimal(5_500_000))
    whole = scaled(SlateSaving("CAD", 0.95, part, None, None, 10, 10, 0, 0, 0, None, 0, Decimal(100)), share)
    assert whole.gross is not None
    assert float(whole.gross.saved) == pytest.approx(4_000_000 / share, abs=1)
    assert abs(whole.gross.expected - whole.gross.actual - whole.gross.saved) <= 2
    assert whole.net is None


def test_a_clock_in_figures_people_picture(comparison: SlateComparison) -> None:
    gross, people = (clock_figures(clock) for clock in (comparison.clocks[0], comparison.clocks[2]))
    assert gross.each is not None
    assert gross.result.ratio is not None
    assert gross.each.ai / gross.each.traditional == pytest.approx(gross.result.ratio)
    assert not gross.each_is_typical
    assert gross.per_minute is not None
    assert gross.per_minute.ai == pytest.approx(gross.each.ai * 30)  # every shot is two seconds long
    assert people.each is not None
    assert people.each_is_typical
    assert people.each.ai == pytest.approx(50, rel=0.05)
    assert people.per_minute is None
