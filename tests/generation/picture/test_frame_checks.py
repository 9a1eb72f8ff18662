"""Each way in which frames go wrong is found, at its frame."""

import numpy as np
import pytest

from analytics.vocabulary.frames import FrameSize
from generation.picture.frame_checks import check_frames

SIZE = FrameSize(48, 32)


def _sound(count: int = 6) -> list[np.ndarray]:
    random = np.random.default_rng(3)
    ramp = np.linspace(0, 200, SIZE.width)[None, :, None] * np.ones((SIZE.height, 1, 3))
    return [(np.roll(ramp, 2 * k, axis=1) + random.uniform(0, 3, ramp.shape)).astype(np.uint8) for k in range(count)]


def _places(frames: list[np.ndarray], motion: bool = True, count: int = 6) -> list[str]:
    return [problem.place for problem in check_frames(frames, count, SIZE, motion, first_frame=1001)]


def test_sound_frames_have_no_problem() -> None:
    assert _places(_sound()) == []


def test_a_missing_frame_is_found() -> None:
    assert _places(_sound(5)) == ["frames"]
    assert _places([], count=6) == ["frames"]


def test_a_wrong_size_is_found() -> None:
    frames = _sound()
    frames[2] = frames[2][:-2]
    assert _places(frames) == ["frame 1003"]


@pytest.mark.parametrize("colour", [0, 127, 255])
def test_a_blank_frame_is_found(colour: int) -> None:
    frames = _sound()
    frames[4] = np.full_like(frames[4], colour)
    assert _places(frames) == ["frame 1005"]


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_one_broken_number_is_found(value: float) -> None:
    frames = [frame / np.float32(255) for frame in _sound()]
    frames[3][0, 0, 1] = value
    assert _places(frames) == ["frame 1004"]


def test_a_frozen_frame_is_found_only_where_motion_is_expected() -> None:
    frames = _sound()
    frames[3] = frames[2].copy()
    assert _places(frames) == ["frame 1004"]
    assert _places(frames, motion=False) == []


def test_everything_wrong_is_said_at_once_and_in_words() -> None:
    frames = _sound()
    frames[0] = frames[0][:, :-2]
    frames[5] = np.zeros_like(frames[5])
    problems = check_frames(frames[:], 7, SIZE, True, first_frame=1001)
    assert [problem.place for problem in problems] == ["frames", "frame 1001", "frame 1006"]
    assert all("render" in str(problem).lower() for problem in problems)
