"""Grain put on a finished picture is the grain that the scene-linear composite would have put on."""

import numpy as np

from generation.picture.display import to_display
from generation.picture.grain import FilmGrain
from generation.traditional.lens import add_grain

GRAIN = FilmGrain(strength=0.012, seed=5, first_number=1001)


def _ramp() -> np.ndarray:
    light = np.geomspace(0.01, 2.0, 90 * 160).astype(np.float32)
    return np.repeat(light.reshape(90, 160, 1), 3, axis=2)


def test_both_ways_give_the_same_grain() -> None:
    early = to_display(add_grain(_ramp(), GRAIN, 1007)).astype(int)
    late = GRAIN.on_display(to_display(_ramp()), 1007).astype(int)
    plain = to_display(_ramp()).astype(int)
    assert np.abs(early - plain).max() >= 3
    assert np.abs(early - late).max() <= 1
    assert np.abs(early - late).mean() < 0.6 * np.abs(early - plain).mean()


def test_every_frame_has_its_own_grain_and_keeps_it() -> None:
    picture = to_display(_ramp())
    one = GRAIN.on_display(picture, 1001)
    assert np.array_equal(one, GRAIN.on_display(picture, 1001))
    assert not np.array_equal(one, GRAIN.on_display(picture, 1002))
    assert np.array_equal(one, FilmGrain(0.012, 5).on_display(picture, 0))
    assert np.array_equal(FilmGrain(0.0, 5).on_display(picture, 1), picture)
