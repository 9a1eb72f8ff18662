"""Days until shots are final, with open ones among them, as Kaplan and Meier's tables are filled in by hand."""

import numpy as np
import pytest
from slate_cases import sample_of

from analytics.comparison.slate.waiting import waiting


def test_a_curve_worked_out_by_hand() -> None:
    ai = {6: False, 10: True, 14: False, 15: False, 20: True, 30: False}
    traditional = {5: True, 9: True}
    days = np.array([*ai, *traditional, 40, 50], dtype=float)
    unfinished = np.array([*ai.values(), *traditional.values(), False, False])
    of_ai, of_traditional = waiting(sample_of(np.log(days), [True] * 6 + [False] * 4, unfinished=unfinished))
    # 5 of 6 are left after day 6; then 3/4 and 2/3 of those seen on days 14 and 15; then none of the one on day 30.
    assert of_ai.days == pytest.approx((6, 14, 15, 30))
    assert of_ai.share_open == pytest.approx((5 / 6, 5 / 8, 5 / 12, 0))
    assert (of_ai.n_shots, of_ai.n_open, of_ai.median_days) == (6, 2, pytest.approx(15))
    assert of_traditional.share_open == pytest.approx((1 / 2, 0))
    assert (of_traditional.n_shots, of_traditional.n_open, of_traditional.median_days) == (4, 2, pytest.approx(40))


def test_open_shots_make_the_wait_longer_than_final_ones_alone_say() -> None:
    days = np.array([10.0, 12, 14, 16, 30, 30, 30, 30])
    unfinished = np.array([False] * 4 + [True] * 4)
    with_open, _ = waiting(sample_of(np.log(days), [True] * 8, unfinished=unfinished))
    only_final, _ = waiting(sample_of(np.log(days[:4]), [True] * 4))
    assert with_open.median_days == pytest.approx(16)
    assert only_final.median_days == pytest.approx(12)


def test_no_median_before_half_are_final() -> None:
    days, unfinished = np.array([5.0, 9, 9, 9, 8, 8]), np.array([False, True, True, True, True, True])
    some, none = waiting(sample_of(np.log(days), [True] * 4 + [False] * 2, unfinished=unfinished))
    assert (some.median_days, some.share_open) == (None, pytest.approx((0.75,)))
    assert (none.n_shots, none.n_open, none.median_days, none.days) == (2, 2, None, ())
