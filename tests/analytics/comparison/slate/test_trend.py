"""Quarters hold what their own AI shots took, no quarter is skipped, and few shots give no ratio."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom
from slate_cases import columns

from analytics.comparison.slate.trend import FEWEST_SHOTS, QuarterRatio, ratios_by_quarter


def trend_of(days: list[str], logs: list[float], units: list[int] | None = None) -> tuple[QuarterRatio, ...]:
    """AI shots begun on these days, and as many traditional ones that are in no quarter."""
    count = len(days)
    shots = columns(arm_started_on=pd.to_datetime([*days, *days]))
    by_ai = np.arange(2 * count) < count
    of_unit = np.concatenate([units if units is not None else np.arange(count), 1000 + np.arange(count)])
    return ratios_by_quarter(shots, by_ai, np.concatenate([logs, np.full(count, 9.0)]), of_unit, 0.95)


def test_each_quarter_holds_its_own_shots_and_an_empty_one_stays_in_its_place() -> None:
    days = ["2025-02-01"] * 6 + ["2025-08-01"] * 5
    found = trend_of(days, [np.log(0.5)] * 6 + [np.log(0.8)] * 5)
    assert [(each.quarter, each.n_ai) for each in found] == [("2025 Q1", 6), ("2025 Q2", 0), ("2025 Q3", 5)]
    assert found[0].ratio == pytest.approx(0.5)
    assert found[1].ratio is None
    assert found[2].ratio == pytest.approx(0.8)
    assert found[0].made_so_far < found[1].made_so_far < found[2].made_so_far


def test_too_few_shots_and_a_single_sequence_have_no_ratio() -> None:
    few = FEWEST_SHOTS - 1
    assert trend_of(["2025-02-01"] * few, [0.1] * few)[0].ratio is None
    assert trend_of(["2025-02-01"] * 12, list(np.linspace(0, 1, 12)), [7] * 12)[0].ratio is None


def test_the_interval_holds_what_sequences_share() -> None:
    rng = np.random.default_rng(3)
    held = 0
    for _ in range(120):
        units = np.repeat(np.arange(8), 5)
        logs = np.log(0.6) + rng.normal(0, 0.3, 8)[units] + rng.normal(0, 0.2, 40)
        (quarter,) = trend_of(["2025-02-01"] * 40, list(logs), list(units))
        assert quarter.low is not None
        assert quarter.high is not None
        held += quarter.low <= 0.6 <= quarter.high
    assert binom.ppf(0.001, 120, 0.95) <= held < 120


def test_a_slate_without_days_has_no_quarters() -> None:
    shots = columns(arm_started_on=[pd.NaT] * 8, turnover_on=[pd.NaT] * 8)
    assert ratios_by_quarter(shots, np.ones(8, dtype=bool), np.zeros(8), np.arange(8), 0.95) == ()
