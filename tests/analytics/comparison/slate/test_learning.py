"""The learning curve finds the rate that shots were made by, and none where nothing was learnt."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom
from slate_cases import FIRST_DAY, columns

from analytics.comparison.slate.learning import LearningCurve, learning_curve


def curve_of(count: int, rate: float, noise: float, seed: int = 0) -> LearningCurve | None:
    """Of AI shots begun one a day that take 0.6 of the traditional, less ``rate`` at each doubling; in sequences of 8.

    As many traditional shots lie between them, which take what is predicted of them.
    """
    rng = np.random.default_rng(seed)
    begun = rng.permutation(count)
    shared = rng.normal(0, noise, count // 8 + 1)
    beyond = np.log(0.6) + np.log2(1 - rate) * np.log(begun + 1) + shared[begun // 8] + rng.normal(0, noise, count)
    shots = columns(arm_started_on=FIRST_DAY + pd.to_timedelta([*begun, *range(count)], unit="D"))
    by_ai = np.arange(2 * count) < count
    units = np.concatenate([begun // 8, 1000 + np.arange(count) // 8])
    return learning_curve(shots, by_ai, np.concatenate([beyond, np.zeros(count)]), units, 0.95)


@pytest.mark.parametrize("rate", [0.15, 0.05, -0.1])
def test_without_noise_the_rate_is_found_exactly(rate: float) -> None:
    curve = curve_of(64, rate, 1e-9)
    assert curve is not None
    assert curve.learning_rate == pytest.approx(rate)
    assert curve.shown
    assert curve.n_ai == 64
    # Ten is log2(10) doublings after the first, 64 is six.
    assert curve.first_ratio == pytest.approx(0.6 * 10 ** np.log2(1 - rate))
    assert curve.latest_ratio == pytest.approx(0.6 * 64 ** np.log2(1 - rate))


def test_the_interval_holds_the_rate_and_rarely_invents_one() -> None:
    curves = [curve_of(160, 0.15, 0.4, seed) for seed in range(40)]
    held = sum(curve is not None and curve.low <= 0.15 <= curve.high for curve in curves)
    assert held >= binom.ppf(0.001, 40, 0.92)
    assert sum(curve is not None and curve.shown for curve in curves) > 12  # it says something
    idle = sum(curve is not None and curve.shown for curve in (curve_of(160, 0.0, 0.4, seed) for seed in range(40)))
    assert idle <= binom.ppf(0.999, 40, 0.08)


def test_no_curve_from_few_shots_or_without_days() -> None:
    assert curve_of(19, 0.15, 0.1) is None
    assert curve_of(20, 0.15, 0.1) is not None
    shots = columns(arm_started_on=[pd.NaT] * 40, turnover_on=[pd.NaT] * 40)
    assert learning_curve(shots, np.ones(40, dtype=bool), np.zeros(40), np.arange(40), 0.95) is None
    same_day = columns(arm_started_on=[FIRST_DAY] * 40)
    assert learning_curve(same_day, np.ones(40, dtype=bool), np.zeros(40), np.arange(40), 0.95) is None


def test_where_no_assignment_says_when_turnover_does() -> None:
    beyond = np.log2(0.8) * np.log(np.arange(1, 33))
    days = [FIRST_DAY + pd.Timedelta(days=day) for day in range(32)]
    shots = columns(arm_started_on=[pd.NaT] * 32, turnover_on=days)
    curve = learning_curve(shots, np.ones(32, dtype=bool), beyond, np.arange(32) // 4, 0.95)
    assert curve is not None
    assert curve.learning_rate == pytest.approx(0.2)


def test_the_curve_goes_through_its_own_ends() -> None:
    curve = curve_of(64, 0.15, 1e-9)
    assert curve is not None
    assert curve.ratio_at(10) == pytest.approx(curve.first_ratio)
    assert curve.ratio_at(64) == pytest.approx(curve.latest_ratio)
    assert curve.ratio_at(32) == pytest.approx(curve.latest_ratio / 0.85)
