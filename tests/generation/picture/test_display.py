"""The view transform keeps order, neutrality and the place of mid grey."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from generation.picture.display import to_display


def _grey(light: float) -> np.ndarray:
    return np.full((2, 2, 3), light, np.float32)


def test_black_is_black_mid_grey_is_a_third_and_highlights_roll_off() -> None:
    assert to_display(_grey(0.0)).max() == 0
    assert 85 <= int(to_display(_grey(0.18))[0, 0, 1]) <= 97
    white, brighter = int(to_display(_grey(1.0))[0, 0, 1]), int(to_display(_grey(4.0))[0, 0, 1])
    assert 195 <= white < brighter < 255


@settings(max_examples=50, deadline=None)
@given(st.floats(0, 20), st.floats(0, 20))
def test_more_light_is_never_darker_and_grey_stays_grey(one: float, other: float) -> None:
    codes = to_display(np.stack([_grey(min(one, other)), _grey(max(one, other))])).astype(int)
    assert codes[0, 0, 0, 1] <= codes[1, 0, 0, 1]
    assert np.ptp(codes, axis=-1).max() <= 1


def test_a_stop_of_exposure_is_twice_the_light_and_the_input_is_left_alone() -> None:
    light = np.random.default_rng(2).random((5, 7, 3)).astype(np.float32)
    before = light.copy()
    np.testing.assert_array_equal(to_display(light, exposure_stops=1.0), to_display(light * 2))
    np.testing.assert_array_equal(light, before)
