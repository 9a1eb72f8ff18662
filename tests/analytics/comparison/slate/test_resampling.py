"""What intervals take to be drawn independently, and how wide that makes them."""

import numpy as np
import pytest
from slate_cases import columns, sample_of

from analytics.comparison.figures import Clock
from analytics.comparison.slate.comparing_clocks import compare_by_clock
from analytics.comparison.slate.naive import naive_log_ratios
from analytics.comparison.slate.resampling import degrees_of_freedom, resampled_units, sequences_of, standard_error
from analytics.comparison.slate.results import Estimand, Method, Population


def test_sequences_of_different_productions_are_different_even_with_one_name() -> None:
    shots = columns(production_id=["P1", "P1", "P2", "P2", "P2"], sequence=["SQ10", "SQ10", "SQ10", None, None])
    units = sequences_of(shots)
    assert units[0] == units[1]
    assert len(set(units.tolist())) == 4  # a shot without a sequence stands for itself


def test_units_by_what_is_known() -> None:
    arms = [True, False] * 6
    assert resampled_units(sample_of(np.zeros(12), arms, sequence=["A", "B"] * 6))[1] == "sequences"
    productions = [f"P{number % 6}" for number in range(12)]
    units, name = resampled_units(sample_of(np.zeros(12), arms, sequence=None, production_id=productions))
    assert (name, len(set(units.tolist()))) == ("productions", 6)
    units, name = resampled_units(sample_of(np.zeros(12), arms, sequence=None))
    assert (name, len(set(units.tolist()))) == ("shots", 12)


def test_the_error_of_a_mean_is_the_usual_one_or_that_of_its_clusters() -> None:
    values = np.random.default_rng(0).normal(5, 2, 40)
    influence = values - values.mean()
    assert standard_error(influence, np.arange(40)) == pytest.approx(values.std(ddof=1) / 40**0.5)
    # Each value ten times over in one unit is known no better than once.
    assert standard_error(np.repeat(influence, 10), np.repeat(np.arange(40), 10)) == pytest.approx(
        values.std(ddof=1) / 40**0.5
    )


def test_degrees_of_freedom_by_the_scarcer_arm_and_by_what_the_estimate_hangs_on() -> None:
    by_ai = np.array([True] * 5 + [False] * 20)
    assert degrees_of_freedom(np.arange(25), by_ai, np.ones(25)) == pytest.approx(4)
    hangs = np.where(np.arange(25) < 3, 1.0, 0.0)
    assert degrees_of_freedom(np.arange(25), by_ai, hangs) == pytest.approx(2)
    assert degrees_of_freedom(np.zeros(25, dtype=np.int64), by_ai, np.ones(25)) == 1
    assert degrees_of_freedom(np.arange(25), by_ai, np.zeros(25)) == pytest.approx(4)


def test_one_lone_sequence_gives_no_interval_without_width() -> None:
    rng = np.random.default_rng(3)
    arms = ["ai", "traditional"] * 20
    shots = columns(arm=arms, people_hours=np.exp(rng.normal(2, 0.5, 40)), sequence="SQ10")
    found = compare_by_clock(shots, Clock.PEOPLE)
    result = found.result(Estimand.GEOMETRIC_MEAN_RATIO, Method.ADJUSTED, Population.AI)
    assert found.resampled == "shots"
    assert result.log_standard_error == pytest.approx(0.5 * (2 / 20) ** 0.5, rel=0.4)
    assert any("there is one only" in warning for warning in result.warnings)


def test_the_naive_ratio_by_hand() -> None:
    ai, traditional = np.array([2.0, 4.0, 8.0]), np.array([10.0, 20.0, 40.0, 80.0])
    unfinished = np.array([False, False, False, False, False, False, False, True])
    took = np.concatenate([ai, traditional, [1000.0]])
    found = naive_log_ratios(sample_of(np.log(took), [True] * 3 + [False] * 5, unfinished=unfinished))
    assert np.exp(found[Estimand.GEOMETRIC_MEAN_RATIO].estimate) == pytest.approx(4 / (10 * 20 * 40 * 80) ** 0.25)
    assert np.exp(found[Estimand.RATIO_OF_TOTALS].estimate) == pytest.approx((14 / 3) / (150 / 4))
    squares = sum(np.log(each).var() / len(each) for each in (ai, traditional))
    assert found[Estimand.GEOMETRIC_MEAN_RATIO].standard_error == pytest.approx((7 / 6 * squares) ** 0.5)
    assert naive_log_ratios(sample_of(np.zeros(4), [True, False, False, False])) == {}
