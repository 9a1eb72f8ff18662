"""Pairs: which shots are one, and whether their intervals hold the truth."""

import numpy as np
import pytest
from scipy.stats import binom, t, ttest_1samp
from slate_cases import columns, pairs_slate, rows

from analytics.comparison.figures import Clock
from analytics.comparison.slate.clock_comparison import ClockComparison
from analytics.comparison.slate.comparing_clocks import compare_by_clock
from analytics.comparison.slate.paired import Pairs, mean_of_ratios, pairs_of, ratio_of_sums, sign_test
from analytics.comparison.slate.resampling import LogRatio
from analytics.comparison.slate.results import Estimand, Method, Per, Population, RatioResult, Verdict

AI = {"arm": "ai"}
NO_ROWS = columns(arm=["ai"]).iloc[:0]


def known(pairs: Pairs) -> list[tuple[float, float]]:
    """AI and traditional of each pair, in an order that means nothing."""
    return sorted(zip(pairs.ai.tolist(), pairs.traditional.tolist(), strict=True))


def drawn_pairs(rng: np.random.Generator, count: int) -> Pairs:
    """Lognormal pairs that share much of what they take; the true ratio is 0.5 for the middle and for totals."""
    shared = rng.normal(3, 0.7, count)
    ai, traditional = (np.exp(shared + rng.normal(0, 0.4, count)) for _ in range(2))
    return Pairs(NO_ROWS, 0.5 * ai, traditional, 0, 0)


def paired(comparison: ClockComparison, estimand: Estimand) -> RatioResult:
    return comparison.result(estimand, Method.PAIRED, Population.AI)


def test_twins_are_found_from_either_side_and_once() -> None:
    shots = rows(
        {"shot_id": "A1", "people_hours": 3.0, "twin_of": "T1", **AI}, {"shot_id": "T1", "people_hours": 10.0},
        {"shot_id": "T2", "people_hours": 20.0, "twin_of": "A2"}, {"shot_id": "A2", "people_hours": 4.0, **AI},
        {"shot_id": "A3", "people_hours": 5.0, "twin_of": "T3", **AI},
        {"shot_id": "T3", "people_hours": 30.0, "twin_of": "A3"},
        {"shot_id": "A4", "people_hours": 6.0, "twin_of": "not in this slate", **AI},
        {"shot_id": "A5", "people_hours": 7.0, **AI}, {"shot_id": "A6", "people_hours": 8.0, "twin_of": "A5", **AI},
        {"shot_id": "H7", "people_hours": 9.0, "twin_of": "T1", "arm": "hybrid"},
    )  # fmt: skip
    pairs = pairs_of(shots, Clock.PEOPLE)
    assert known(pairs) == [(3.0, 10.0), (4.0, 20.0), (5.0, 30.0)]
    assert (pairs.unfinished_count, pairs.unknown_count) == (0, 0)


def test_a_shot_made_both_ways_is_a_pair_of_its_own() -> None:
    shots = rows(
        {"people_hours": 25.0, "people_hours_ai": 5.0, "people_hours_traditional": 20.0, "made_both_ways": True, **AI},
        {"people_hours": 12.0, "people_hours_ai": 12.0, "made_both_ways": True, **AI},
        {"people_hours": 9.0, "people_hours_ai": 2.0, "people_hours_traditional": 7.0, **AI},
    )
    pairs = pairs_of(shots, Clock.PEOPLE)
    assert known(pairs) == [(5.0, 20.0)]
    assert pairs.unknown_count == 1
    assert len(pairs_of(shots, Clock.MACHINE).ai) == 0


def test_open_omitted_enabled_and_unknown_sides_make_no_pair() -> None:
    def pair(number: int, ai: dict, traditional: dict) -> list[dict]:
        twin = {"shot_id": f"A{number}", "twin_of": f"T{number}", "people_hours": 1.0 + number}
        return [twin | AI | ai, {"shot_id": f"T{number}"} | traditional]

    shots = rows(
        *pair(1, {}, {}), *pair(2, {"status": "open"}, {}), *pair(3, {}, {"status": "open"}),
        *pair(4, {"status": "omitted"}, {}), *pair(5, {}, {"status": "omitted"}), *pair(6, {"enabled": True}, {}),
        *pair(7, {"people_hours": np.nan}, {}), *pair(8, {}, {"people_hours": 0.0}),
    )  # fmt: skip
    pairs = pairs_of(shots, Clock.PEOPLE)
    assert known(pairs) == [(2.0, 10.0)]
    assert (pairs.unfinished_count, pairs.unknown_count) == (2, 2)


def test_a_second_on_screen_counts_by_each_side_of_the_pair() -> None:
    shots = rows(
        {"shot_id": "A1", "people_hours": 12.0, "cut_seconds": 3.0, "twin_of": "T1", **AI},
        {"shot_id": "T1", "people_hours": 10.0, "cut_seconds": 2.0},
    )
    assert known(pairs_of(shots, Clock.PEOPLE, Per.CUT_SECOND)) == [(4.0, 5.0)]


def test_the_interval_of_the_middle_is_student_s() -> None:
    rng = np.random.default_rng(5)
    ai, traditional = np.exp(rng.normal(2, 0.5, 12)), np.exp(rng.normal(3, 0.5, 12))
    result = paired(
        compare_by_clock(pairs_slate(ai, traditional), Clock.PEOPLE, confidence=0.9), Estimand.GEOMETRIC_MEAN_RATIO
    )
    logs = np.log(ai / traditional)
    interval = ttest_1samp(logs, 0).confidence_interval(0.9)
    assert result.ratio == pytest.approx(np.exp(logs.mean()))
    assert (result.low, result.high) == pytest.approx((np.exp(interval.low), np.exp(interval.high)))
    assert (result.n_pairs, result.n_ai, result.n_traditional, result.confidence) == (12, 12, 12, 0.9)
    assert result.probability_at_most(1.0) == pytest.approx(1 - ttest_1samp(logs, 0, alternative="less").pvalue)


def test_the_ratio_of_sums_and_its_jackknife_by_a_slow_loop() -> None:
    pairs = drawn_pairs(np.random.default_rng(2), 15)
    found = ratio_of_sums(pairs)
    assert found.estimate == pytest.approx(np.log(sum(pairs.ai) / sum(pairs.traditional)))
    without = []
    for left_out in range(15):
        kept = [number for number in range(15) if number != left_out]
        without.append(np.log(sum(pairs.ai[kept]) / sum(pairs.traditional[kept])))
    middle = sum(without) / 15
    assert found.standard_error == pytest.approx((14 / 15 * sum((each - middle) ** 2 for each in without)) ** 0.5)
    turned = ratio_of_sums(Pairs(pairs.shots, pairs.traditional, pairs.ai, 0, 0))
    assert turned.estimate == pytest.approx(-found.estimate)
    assert turned.standard_error == pytest.approx(found.standard_error)


def test_a_sum_that_hangs_on_one_pair_has_hardly_a_degree_of_freedom() -> None:
    even = drawn_pairs(np.random.default_rng(4), 30)
    ai, traditional = even.ai.copy(), even.traditional.copy()
    ai[0], traditional[0] = 500 * ai.sum(), 500 * ai.sum()
    one_huge = ratio_of_sums(Pairs(even.shots, ai, traditional, 0, 0))
    assert one_huge.degrees_of_freedom < 4
    assert ratio_of_sums(even).degrees_of_freedom > 8
    same = Pairs(even.shots, np.full(30, 2.0), np.full(30, 4.0), 0, 0)
    assert ratio_of_sums(same).degrees_of_freedom == 29
    assert mean_of_ratios(even).degrees_of_freedom == 29


@pytest.mark.parametrize("count", [8, 30])
def test_intervals_hold_the_truth_as_often_as_they_say(count: int) -> None:
    rng, sets = np.random.default_rng(count), 500

    def holds(found: LogRatio) -> bool:
        return abs(found.estimate - np.log(0.5)) <= t.ppf(0.975, found.degrees_of_freedom) * found.standard_error

    drawn = [drawn_pairs(rng, count) for _ in range(sets)]
    of_middle = sum(holds(mean_of_ratios(pairs)) for pairs in drawn)
    of_sums = sum(holds(ratio_of_sums(pairs)) for pairs in drawn)
    # Student's interval is exact for normal logarithms. That of sums is an approximation: from 93 % on, and not always.
    assert binom.ppf(0.0005, sets, 0.95) <= of_middle <= binom.ppf(0.9995, sets, 0.95)
    assert binom.ppf(0.0005, sets, 0.93) <= of_sums <= binom.ppf(0.9995, sets, 0.98)


def test_one_pair_has_no_ratio_and_few_are_flagged() -> None:
    for estimand in Estimand:
        one = paired(compare_by_clock(pairs_slate(np.array([2.0]), np.array([4.0])), Clock.PEOPLE), estimand)
        assert (one.ratio, one.low, one.high, one.n_pairs) == (None, None, None, 1)
        assert one.verdict is Verdict.CANNOT_BE_TOLD
        assert "one pair has no interval" in one.warnings[0]
        few = paired(compare_by_clock(pairs_slate(np.full(4, 2.0), np.array([3.0, 4, 5, 6])), Clock.PEOPLE), estimand)
        assert few.n_pairs == 4
        assert any("too few to quote" in warning for warning in few.warnings)
        none = paired(compare_by_clock(columns(arm=["ai"] * 3), Clock.PEOPLE), estimand)
        assert none.ratio is None
        assert "made both ways" in none.warnings[0]


def test_evidence_beside_the_pairs() -> None:
    ai, traditional = np.array([1.0, 1, 1, 1, 1, 1, 1, 1, 4]), np.array([2.0, 2, 2, 2, 4, 2, 2, 2, 2])
    evidence = compare_by_clock(pairs_slate(ai, traditional), Clock.PEOPLE).pairs
    assert evidence is not None
    assert (evidence.n_pairs, evidence.ai_took_less, evidence.median_ratio) == (9, 8, pytest.approx(0.5))
    assert evidence.sign_test_p == pytest.approx(2 * (9 + 1) / 2**9)
    assert evidence.spread == pytest.approx(np.log(ai / traditional).std(ddof=1))
    assert sign_test(Pairs(NO_ROWS, np.ones(2), np.ones(2), 0, 0)) == 1.0
