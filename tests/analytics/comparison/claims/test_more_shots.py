"""How many more shots decide a claim: with so many it is decided, with fewer it is not."""

from collections.abc import Callable
from dataclasses import replace
from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from analytics.comparison.claims.more_shots import MOST_TIMES, shots_needed
from analytics.comparison.figures import Clock
from analytics.comparison.slate.results import Estimand, Method, Population, RatioResult


def with_times_the_shots(result: RatioResult, times: float) -> RatioResult:
    assert result.log_standard_error is not None
    assert result.degrees_of_freedom is not None
    return replace(
        result,
        log_standard_error=result.log_standard_error / sqrt(times),
        degrees_of_freedom=result.degrees_of_freedom * times,
    )


@given(
    ratio=st.floats(0.01, 3),
    claimed=st.floats(0.01, 2),
    error=st.floats(0.01, 1),
    freedom=st.floats(3, 300),
)
def test_so_many_times_the_shots_decide_and_one_in_a_hundred_fewer_do_not(
    ratio: float, claimed: float, error: float, freedom: float
) -> None:
    result = RatioResult(
        Estimand.GEOMETRIC_MEAN_RATIO, Population.AI, Clock.PEOPLE, Method.ADJUSTED,
        ratio, ratio / 2, ratio * 2, 0.95, error, freedom, 30, 50, 0, 3, {},
    )  # fmt: skip

    def decided(times: float) -> bool:
        chance = with_times_the_shots(result, times).probability_at_most(claimed)
        assert chance is not None
        return max(chance, 1 - chance) >= 0.95 - 1e-12

    needed = shots_needed(result, claimed, 0.95)
    if needed is None:
        assert decided(1)
    elif needed.times is None:
        assert not decided(MOST_TIMES)
        assert needed.more_ai is None
    else:
        assert decided(needed.times)
        assert needed.times < 1.01 or not decided(needed.times * 0.99)
        assert needed.more_ai is not None
        assert needed.more_traditional is not None
        assert 0 <= needed.more_ai - 30 * (needed.times - 1) < 1
        assert 0 <= needed.more_traditional - 50 * (needed.times - 1) < 1


def test_a_paired_result_counts_pairs(
    make_result: Callable[..., RatioResult], make_logs: Callable[..., NDArray[np.float64]]
) -> None:
    result = make_result(Clock.PEOPLE, make_logs(0.13, 10), Method.PAIRED)
    needed = shots_needed(result, 0.1, 0.95)
    assert needed is not None
    assert needed.more_ai is None
    # Student's 1.65 or so, times 0.8, over the distance of ln 1.3, squared: about 26 pairs.
    assert needed.more_pairs == pytest.approx((1.68 * 0.8 / np.log(1.3)) ** 2 - 10, abs=2)


def test_nothing_is_said_where_there_is_no_standard_error(
    make_result: Callable[..., RatioResult], make_logs: Callable[..., NDArray[np.float64]]
) -> None:
    assert shots_needed(make_result(Clock.PEOPLE, make_logs(0.13), log_standard_error=None), 0.1, 0.95) is None
