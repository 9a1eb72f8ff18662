"""The adjusted ratio finds a truth that is known, where adjusting is needed and where it is not."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy.special import expit
from slate_cases import columns, features_of, sample_of

from analytics.comparison.figures import Clock
from analytics.comparison.slate.adjusted import Adjusted, adjusted_log_ratios
from analytics.comparison.slate.comparing_clocks import compare_by_clock
from analytics.comparison.slate.nuisance import FOLDS, cross_fitted, folds_of
from analytics.comparison.slate.results import Estimand, Method, Per, Population

MIDDLE, TOTALS = Estimand.GEOMETRIC_MEAN_RATIO, Estimand.RATIO_OF_TOTALS
KEYS = [(estimand, population) for estimand in Estimand for population in Population]
HALF = np.log(0.5)


def adjusted(log_took: Any, by_ai: Any, features: dict[str, Any], seed: int = 0, **more: Any) -> Adjusted:
    return adjusted_log_ratios(sample_of(log_took, by_ai, **more), features_of(**features), np.random.default_rng(seed))


def test_without_noise_the_truth_is_recovered_where_easy_shots_go_to_ai() -> None:
    rng = np.random.default_rng(1)
    size, hard = rng.normal(0, 1, 600), rng.random(600) < 0.4
    by_ai = rng.random(600) < expit(-0.8 * size - 1.2 * hard)
    log_took = 3 + 0.9 * size + 0.7 * hard + HALF * by_ai
    found = adjusted(log_took, by_ai, {"size": size, "hard": hard})
    for key in KEYS:
        assert found.ratios[key].estimate == pytest.approx(HALF, abs=0.002)
    assert log_took[by_ai].mean() - log_took[~by_ai].mean() < HALF - 0.5  # what averages would have said


def test_who_the_effect_is_averaged_over_matters_where_it_differs() -> None:
    rng = np.random.default_rng(2)
    weather = rng.random(2000) < 0.5
    by_ai = rng.random(2000) < np.where(weather, 0.8, 0.2)
    log_took = 2 + 1.0 * ~weather + np.where(weather, np.log(0.25), 0.0) * by_ai
    found = adjusted(log_took, by_ai, {"weather": weather})
    over_all, over_ai = np.log(0.25) * weather.mean(), np.log(0.25) * weather[by_ai].mean()
    assert found.ratios[MIDDLE, Population.ALL].estimate == pytest.approx(over_all, abs=0.01)
    assert found.ratios[MIDDLE, Population.AI].estimate == pytest.approx(over_ai, abs=0.01)
    traditional = np.exp(2 + 1.0 * ~weather)
    ai = traditional * np.where(weather, 0.25, 1.0)
    for population, counted in ((Population.ALL, weather == weather), (Population.AI, by_ai)):
        truth = np.log(ai[counted].sum() / traditional[counted].sum())
        assert found.ratios[TOTALS, population].estimate == pytest.approx(truth, abs=0.01)
    # Each shot's own contribution averages to the effect of its kind.
    assert found.effects[weather].mean() == pytest.approx(np.log(0.25), abs=0.02)
    assert found.effects[~weather].mean() == pytest.approx(0, abs=0.02)


def test_a_slate_given_out_by_lot_needs_no_adjusting_and_gains_precision_by_it() -> None:
    rng = np.random.default_rng(3)
    size = rng.normal(0, 1, 800)
    by_ai = rng.random(800) < 0.5
    log_took = 2 + size + HALF * by_ai + rng.normal(0, 0.4, 800)
    ratio = adjusted(log_took, by_ai, {"size": size}).ratios[MIDDLE, Population.ALL]
    by_lot = 0.4 * (1 / by_ai.sum() + 1 / (~by_ai).sum()) ** 0.5
    assert ratio.standard_error == pytest.approx(by_lot, rel=0.15)
    assert abs(ratio.estimate - HALF) < 3.5 * by_lot
    blind = adjusted(log_took, by_ai, {"nothing": rng.normal(0, 1, 800)}).ratios[MIDDLE, Population.ALL]
    assert blind.standard_error > 2 * ratio.standard_error


def by_one_feature(chance: Callable[[Any], Any], size: Callable[[Any], Any], seed: int) -> tuple[float, float, float]:
    """How far off AI's shots are compared: adjusted, by predictions of what shots take alone, by weighting alone."""
    rng = np.random.default_rng(seed)
    x = rng.normal(0, 1, 3000)
    by_ai = rng.random(3000) < chance(x)
    log_took = 3 + size(x) + HALF * by_ai + rng.normal(0, 0.3, 3000)
    found = adjusted(log_took, by_ai, {"x": x}, seed).ratios[MIDDLE, Population.AI].estimate
    predicted = cross_fitted(log_took, by_ai, x[:, None], np.arange(3000) % 5)
    odds = predicted.chance_of_ai / (1 - predicted.chance_of_ai)
    weighted = log_took[by_ai].mean() - np.average(log_took[~by_ai], weights=odds[~by_ai])
    return found - HALF, (predicted.by_ai - predicted.by_traditional)[by_ai].mean() - HALF, weighted - HALF


def test_one_right_model_of_the_two_is_enough() -> None:
    # What shots take bends, and lines are fitted to it; who is given to AI is as the model has it.
    errors = np.array([by_one_feature(expit, lambda x: np.exp(0.8 * x), seed) for seed in range(3)])
    right_chance, by_predictions, _ = errors.mean(axis=0)
    assert abs(right_chance) < 0.08
    assert abs(by_predictions) > 0.2
    # Who is given to AI goes up and down, and what shots take is a line.
    errors = np.array([by_one_feature(lambda x: expit(2 * np.sin(2 * x) + (x > 1)), lambda x: 1.5 * x, seed)
                       for seed in range(3)])  # fmt: skip
    right_took, _, by_weights = errors.mean(axis=0)
    assert abs(right_took) < 0.03
    assert abs(by_weights) > 0.1
    # Both wrong: nothing helps.
    errors = np.array([by_one_feature(lambda x: expit(1.5 * (abs(x) - 0.8)), np.square, seed) for seed in range(2)])
    assert errors.mean(axis=0)[0] > 0.5


def noisy(seed: int, count: int = 300) -> tuple[Any, Any, dict[str, Any]]:
    rng = np.random.default_rng(seed)
    size, hard = rng.normal(0, 1, count), rng.random(count) < 0.3
    by_ai = rng.random(count) < expit(-size - hard)
    log_took = 3 + 0.8 * size + 0.5 * hard + (HALF + 0.2 * size) * by_ai + rng.normal(0, 0.5, count)
    return log_took, by_ai, {"size": size, "hard": hard}


def test_the_unit_of_a_clock_changes_no_ratio() -> None:
    log_hours, by_ai, features = noisy(4)
    unfinished = np.random.default_rng(0).random(300) < 0.1
    hours = adjusted(log_hours, by_ai, features, unfinished=unfinished)
    seconds = adjusted(log_hours + np.log(3600), by_ai, features, unfinished=unfinished)
    for key in KEYS:
        assert seconds.ratios[key].estimate == pytest.approx(hours.ratios[key].estimate, abs=1e-4)
        assert seconds.ratios[key].standard_error == pytest.approx(hours.ratios[key].standard_error, rel=1e-3)


def test_swapping_the_arms_turns_the_ratio_over() -> None:
    log_took, by_ai, features = noisy(5)
    found, swapped = adjusted(log_took, by_ai, features), adjusted(log_took, ~by_ai, features)
    for estimand in Estimand:
        one, other = found.ratios[estimand, Population.ALL], swapped.ratios[estimand, Population.ALL]
        assert other.estimate == pytest.approx(-one.estimate, abs=1e-3)
        assert other.standard_error == pytest.approx(one.standard_error, rel=1e-2)
    # Over AI's shots the question itself is another one when arms are swapped.
    assert abs(swapped.ratios[MIDDLE, Population.AI].estimate + found.ratios[MIDDLE, Population.AI].estimate) > 0.1


def test_shots_of_a_sequence_that_share_trouble_make_the_interval_wider() -> None:
    rng = np.random.default_rng(6)
    sequence = np.repeat(np.arange(40), 15)
    by_ai, size = rng.random(600) < np.where(sequence % 2, 0.85, 0.15), rng.normal(0, 1, 600)
    log_took = 2 + size + HALF * by_ai + rng.normal(0, 0.4, 40)[sequence] + rng.normal(0, 0.3, 600)
    together = adjusted(log_took, by_ai, {"size": size}, sequence=[f"SQ{number}" for number in sequence])
    apart = adjusted(log_took, by_ai, {"size": size})
    key = (MIDDLE, Population.ALL)
    assert together.unit_name == apart.unit_name == "sequences"
    assert together.ratios[key].standard_error > 1.8 * apart.ratios[key].standard_error
    assert together.ratios[key].degrees_of_freedom < 40 < apart.ratios[key].degrees_of_freedom


def test_folds_keep_clusters_whole_and_spread_each_stratum() -> None:
    clusters, strata = np.repeat(np.arange(20), 7), np.repeat(np.arange(2), 70)
    folds = folds_of(clusters, strata, np.random.default_rng(0))
    for cluster in range(20):
        assert len(np.unique(folds[clusters == cluster])) == 1
    for stratum in range(2):
        # ten clusters of seven shots for each fold to have its share of
        assert np.bincount(folds[strata == stratum], minlength=FOLDS).tolist() == [70 // FOLDS] * FOLDS


def test_a_total_that_hangs_on_one_shot_is_not_told_and_the_middle_is() -> None:
    log_took, by_ai, features = noisy(7)
    log_took[np.flatnonzero(~by_ai)[0]] += 9
    shots = columns(
        people_hours=np.exp(log_took), arm=np.where(by_ai, "ai", "traditional"), size=features["size"],
        kind=np.where(features["hard"], "creature", "weather"), sequence=[f"SQ{number % 50}" for number in range(300)],
    )  # fmt: skip
    found = compare_by_clock(shots, Clock.PEOPLE, further=["size"])
    totals = found.result(TOTALS, Method.ADJUSTED, Population.ALL)
    assert totals.ratio is None
    assert any("hang on" in warning or "No overlap" in warning for warning in totals.warnings)
    middle = found.result(MIDDLE, Method.ADJUSTED, Population.ALL)
    assert middle.ratio is not None
    assert {"kind", "size"} <= set(found.adjusted_for)


@pytest.mark.parametrize("factor", [1.0, 0.25])
def test_a_second_on_screen_is_another_clock_only_by_length(factor: float) -> None:
    log_took, by_ai, features = noisy(8)
    shots = columns(
        people_hours=np.exp(log_took), arm=np.where(by_ai, "ai", "traditional"), size=features["size"],
        cut_seconds=np.where(by_ai, factor, 1.0), sequence=[f"SQ{number % 50}" for number in range(300)],
    )  # fmt: skip
    by_shot, by_second = (
        compare_by_clock(shots, Clock.PEOPLE, per=per, further=["size"]).result(MIDDLE, Method.ADJUSTED)
        for per in (Per.SHOT, Per.CUT_SECOND)
    )
    assert by_second.per is Per.CUT_SECOND
    assert by_shot.ratio is not None
    assert by_second.ratio == pytest.approx(by_shot.ratio / factor, rel=1e-3)
    assert replace(by_second, ratio=None).verdict.value == "cannot_be_told"


def test_a_handful_of_shots_is_not_adjusted() -> None:
    shots = columns(people_hours=np.arange(1.0, 21.0), arm=["ai"] * 7 + ["traditional"] * 13)
    result = compare_by_clock(shots, Clock.PEOPLE).result(MIDDLE, Method.ADJUSTED)
    assert (result.ratio, result.n_ai, result.n_traditional) == (None, 7, 13)
    assert "Too few shots to adjust: 7 AI and 13 traditional" in result.warnings[-1]
    enough = columns(
        people_hours=np.arange(1.0, 21.0), arm=["ai"] * 8 + ["traditional"] * 12, sequence=list("ABCD") * 5
    )
    assert compare_by_clock(enough, Clock.PEOPLE).result(MIDDLE, Method.ADJUSTED).ratio is not None


def test_shots_that_all_took_the_same_break_nothing() -> None:
    shots = columns(people_hours=[8.0] * 40, arm=["ai", "traditional"] * 20, sequence=list("ABCDE") * 8)
    result = compare_by_clock(shots, Clock.PEOPLE).result(MIDDLE, Method.ADJUSTED)
    assert result.ratio == pytest.approx(1)
    assert result.verdict.value == "no_difference_shown"
