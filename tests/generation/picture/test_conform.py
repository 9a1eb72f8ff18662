"""Frames come out of the conform with the size, shape and rate of the shot, and show the same part of the picture."""

from fractions import Fraction

import numpy as np
import pytest

from analytics.vocabulary.frames import FrameSize
from generation.picture.conform import PictureArea, conform, fit_into


@pytest.mark.parametrize(
    ("model_size", "shot_size", "box"),
    [
        ((832, 480), (256, 144), (0, 6, 832, 474)),
        ((1024, 1024), (1280, 720), (0, 224, 1024, 800)),
        ((1280, 720), (1280, 720), (0, 0, 1280, 720)),
        ((512, 512), (144, 256), (112, 0, 400, 512)),
    ],
)
def test_the_picture_area_is_the_largest_of_the_shots_shape(model_size, shot_size, box) -> None:
    area = PictureArea.of(FrameSize(*model_size), FrameSize(*shot_size))
    assert area.box == box


def _picture(height: int, width: int) -> np.ndarray:
    """A ramp that no crop or flip leaves as it is."""
    rows, columns = np.mgrid[0:height, 0:width] / [[[height]], [[width]]]
    return np.rint(np.stack([rows * 255, columns * 255, (rows + columns) * 127], axis=-1)).astype(np.uint8)


def test_what_is_fitted_into_a_models_frame_comes_back_where_it_was() -> None:
    shot, size = _picture(72, 128), FrameSize(128, 72)
    area = PictureArea.of(FrameSize(256, 256), size)
    fitted = fit_into(shot[None], area)
    assert fitted.shape == (1, 256, 256, 3)
    (back,) = conform(fitted, area, size, [Fraction(0)])
    assert np.abs(back.astype(int) - shot).max() <= 3
    # Above the area its first row goes on: a black bar would be shown to the model as part of the scene.
    assert (fitted[0, 0] == fitted[0, area.top]).all()


def test_a_frame_between_two_is_their_weighted_mean() -> None:
    levels = np.array([0, 100, 200], np.uint8)
    frames = np.broadcast_to(levels[:, None, None, None], (3, 32, 32, 3)).copy()
    area = PictureArea.of(FrameSize(32, 32), FrameSize(32, 32))
    positions = [Fraction(0), Fraction(1, 4), Fraction(3, 2), Fraction(2), Fraction(19999, 10000)]
    shown = [int(frame[0, 0, 0]) for frame in conform(frames, area, FrameSize(32, 32), positions)]
    assert shown == [0, 25, 150, 200, 200]


def test_fine_detail_is_averaged_when_a_picture_shrinks() -> None:
    stripes = np.zeros((1, 256, 256, 3), np.uint8)
    stripes[:, :, ::2] = 255
    area = PictureArea.of(FrameSize(256, 256), FrameSize(64, 64))
    (small,) = conform(stripes, area, FrameSize(64, 64), [Fraction(0)])
    assert np.abs(small.astype(int) - 127)[:, 2:-2].max() <= 2
