"""Checks that rendered frames are whole: count, size, content, numbers and motion."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from analytics.vocabulary.errors import Problem
from analytics.vocabulary.frames import FrameSize

AnyFrame = npt.NDArray[Any]

_BLANK_DEVIATION = 1.5  # code values of 255; an empty render is one colour, a grained one about 1
_FROZEN_DIFFERENCE = 0.02  # mean code values; film grain alone is over 0.5, so only a repeated frame is below


def check_frames(
    frames: Sequence[AnyFrame], expected_count: int, size: FrameSize, motion_expected: bool, first_frame: int = 1
) -> list[Problem]:
    """Say everything that is wrong with a sequence of frames; an empty list means that it is sound.

    Parameters
    ----------
    frames : sequence of arrays (height, width, 3)
        uint8 display frames, or float frames with 1.0 as white.
    expected_count : int
        Frames that the shot asks for.
    size : FrameSize
        Width and height that the shot asks for.
    motion_expected : bool
        Whether two consecutive equal frames are a fault (a render that silently repeated itself).
    first_frame : int
        Number of the first frame, for the wording.
    """
    problems: list[Problem] = []
    if len(frames) != expected_count:
        problems.append(
            Problem("frames", len(frames), f"the shot has {expected_count} frames", "render the missing frames again")
        )
    previous: AnyFrame | None = None
    for number, frame in enumerate(frames, start=first_frame):
        place = f"frame {number}"
        if frame.shape != (size.height, size.width, 3):
            problems.append(
                Problem(place, frame.shape, f"it should be {size.height} rows of {size.width} RGB pixels", _AGAIN)
            )
            previous = None
            continue
        codes = _as_codes(frame)
        if not np.isfinite(codes).all():
            problems.append(Problem(place, "NaN or infinite", "a pixel must be a finite number", _AGAIN))
            previous = None
            continue
        if float(codes.std()) < _BLANK_DEVIATION:
            problems.append(Problem(place, round(float(codes.mean()), 1), "it is blank: one colour all over", _AGAIN))
        if motion_expected and previous is not None and float(np.abs(codes - previous).mean()) < _FROZEN_DIFFERENCE:
            problems.append(
                Problem(place, "no change", f"it repeats frame {number - 1} although the shot moves", _AGAIN)
            )
        previous = codes
    return problems


_AGAIN = "render this frame again; the log of the render says what happened"


def _as_codes(frame: AnyFrame) -> npt.NDArray[np.float32]:
    """Display code values 0..255 as float32, so that uint8 differences cannot wrap around."""
    scale = 1.0 if frame.dtype == np.uint8 else 255.0
    return np.asarray(frame, np.float32) * np.float32(scale)
