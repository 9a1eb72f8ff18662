"""Unfinished shots: what they will take is predicted without bias, where leaving it out or in would mislead."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import truncnorm
from slate_cases import FIRST_DAY, columns

from analytics.comparison.figures import Clock
from analytics.comparison.slate.comparing_clocks import compare_by_clock
from analytics.comparison.slate.results import Estimand, Method, Population
from analytics.comparison.slate.unfinished import censored_prediction, completed_logs

KEY = Estimand.GEOMETRIC_MEAN_RATIO, Method.ADJUSTED, Population.AI


def censored(count: int, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Logarithms 1 + 0.7 x with a spread of 0.5, of which about a third is seen in part only."""
    rng = np.random.default_rng(seed)
    x = rng.normal(0, 1, count)
    whole = 1 + 0.7 * x + rng.normal(0, 0.5, count)
    seen = np.minimum(whole, rng.normal(1.6, 0.8, count))
    return seen, seen < whole, x[:, None]


def test_the_regression_finds_a_known_line() -> None:
    seen, unfinished, design = censored(4000, 1)
    assert 0.25 < unfinished.mean() < 0.4
    predicted, spread = censored_prediction(seen, unfinished, design)
    slope, start = np.polyfit(design[:, 0], predicted, 1)
    assert (start, slope) == (pytest.approx(1, abs=0.04), pytest.approx(0.7, abs=0.04))
    assert spread == pytest.approx(0.5, abs=0.03)
    for naive in (np.polyfit(design[:, 0], seen, 1), np.polyfit(design[~unfinished, 0], seen[~unfinished], 1)):
        assert naive[1] < 0.92 or naive[0] < 0.6  # both of what else one might do miss by more than that


def test_without_unfinished_shots_it_is_least_squares_and_nothing_is_drawn() -> None:
    seen, _, design = censored(500, 2)
    none = np.zeros(500, dtype=bool)
    predicted, _ = censored_prediction(seen, none, design)
    assert predicted == pytest.approx(np.polyval(np.polyfit(design[:, 0], seen, 1), design[:, 0]), abs=1e-4)
    completed = completed_logs(seen, none, design, np.random.default_rng(0), 3)
    assert completed.shape == (3, 500)
    assert (completed == seen).all()


def test_draws_never_lie_below_what_was_taken_so_far() -> None:
    seen, unfinished, design = censored(500, 3)
    completed = completed_logs(seen, unfinished, design, np.random.default_rng(0), 200)
    assert completed.shape == (200, 500)
    assert (completed[:, unfinished] > seen[unfinished]).all()
    assert (completed[:, ~unfinished] == seen[~unfinished]).all()
    assert completed[:, unfinished].std(axis=0).min() > 0.01
    predicted, spread = censored_prediction(seen, unfinished, design)
    low = (seen - predicted)[unfinished] / spread
    expected = predicted[unfinished] + spread * truncnorm.mean(low, np.inf)
    assert completed[:, unfinished].mean(axis=0) == pytest.approx(expected, abs=6 * 0.5 / 200**0.5)


def test_a_shot_far_beyond_its_prediction_stays_finite() -> None:
    rng = np.random.default_rng(4)
    seen, unfinished = rng.normal(2, 0.1, 100), np.zeros(100, dtype=bool)
    seen[0], unfinished[0] = 12.0, True
    completed = completed_logs(seen, unfinished, rng.normal(0, 1, (100, 2)), rng, 20)
    assert np.isfinite(completed).all()
    assert (completed[:, 0] >= 12).all()


def running_slate(seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """1,000 shots of which a fifth still runs when the facts end, and the same ones with all they take in the end.

    AI truly takes 0.3 of the hours, and shots that take more hours take more days.
    """
    rng = np.random.default_rng(seed)
    count, until = 1000, 200
    size = rng.normal(0, 0.5, count)
    by_ai = rng.random(count) < 1 / (1 + np.exp(size))
    hours = np.exp(3.5 + size + np.log(0.3) * by_ai + rng.normal(0, 0.7, count))
    days = np.maximum(1.5 * hours * np.exp(rng.normal(0, 0.2, count)), 3)
    begun = rng.integers(0, until - 5, count)
    done = np.minimum((until - begun) / days, 1)
    final = done >= 1
    begun_on, until_on = FIRST_DAY + pd.to_timedelta(begun, unit="D"), FIRST_DAY + pd.Timedelta(days=until)
    final_on = pd.Series(begun_on + pd.to_timedelta(days.round(), unit="D")).where(final)
    running = columns(
        people_hours=hours * done, arm=np.where(by_ai, "ai", "traditional"), size=size,
        status=np.where(final, "final", "open"), turnover_on=begun_on, arm_started_on=begun_on, final_on=final_on,
        last_fact_on=final_on.fillna(until_on), production_id=np.array(["P1", "P2", "P3"])[rng.integers(0, 3, count)],
        sequence=[f"SQ{number}" for number in rng.integers(0, 60, count)],
    )  # fmt: skip
    return running, running.assign(people_hours=hours, status="final")


def test_partial_hours_mislead_whether_left_in_or_out_and_predicted_ones_do_not() -> None:
    errors = []
    for seed in range(1):
        running, whole = running_slate(seed)
        is_open = running["status"] == "open"
        assert 0.15 < is_open.mean() < 0.25
        ways = (running, running.assign(status="final"), running.loc[~is_open].reset_index(drop=True), whole)
        ours, left_in, left_out, known_later = (
            compare_by_clock(slate, Clock.PEOPLE, further=["size"]).result(*KEY) for slate in ways
        )
        assert known_later.low is not None
        assert known_later.high is not None
        assert known_later.low < 0.3 < known_later.high
        errors.append([np.log(each.ratio / known_later.ratio) for each in (ours, left_in, left_out)])
    by_prediction, partial, dropped = np.mean(errors, axis=0)
    assert abs(by_prediction) < 0.05
    assert partial > 0.12  # the traditional shots, which take longer, look cheap
    assert dropped > 0.12
