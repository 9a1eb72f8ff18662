"""How the frames of a shot lie among the frames that a model makes: rates differ, and some models are led by frames."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from generation.ai.model_presets import ModelPreset

_LED_BY_FRAMES = frozenset({"blocking video", "plate with mask"})


@dataclass(frozen=True)
class ClipTiming:
    """Which frames a model is asked for.

    Attributes
    ----------
    frame_count
        Frames that the shot needs of the model, windows and rounding apart.
    positions
        For each frame of the shot, where it lies among the model's frames; between two of them it is blended.
    words
        How the two rates meet, for the manifest.
    led
        Whether each frame of the model stands for one of the shot that is shown to it.
    held
        Whether frames of the shot repeat because a picture is held.
    """

    frame_count: int
    positions: tuple[Fraction, ...]
    words: str
    led: bool = False
    held: bool = False

    def shot_frames(self) -> Mapping[int, int]:
        """For each frame of the model, the first frame of the shot, from 0, that shows it: what leads the model."""
        found: dict[int, int] = {}
        for index, position in enumerate(self.positions):
            found.setdefault(math.floor(position), index)
        return found


def clip_timing(preset: ModelPreset, frame_count: int, frames_per_second: Fraction) -> ClipTiming:
    """Ask a model for a shot of ``frame_count`` frames at ``frames_per_second``.

    A model that is shown a frame of the blocking or the plate for each of its own makes the shot's frames one by one:
    retiming would break the match with what it was shown. Any other is asked for the shot's duration at its own rate.
    """
    every_frame = preset.makes_pictures and preset.key_frame_seconds is None
    if every_frame or _LED_BY_FRAMES & set(preset.takes):
        each = tuple(Fraction(index) for index in range(frame_count))
        return ClipTiming(frame_count, each, "frame for frame", led=True)
    if preset.key_frame_seconds is not None:
        per_key = frames_per_second * Fraction(str(preset.key_frame_seconds))
        held = tuple(Fraction(math.floor(index / per_key)) for index in range(frame_count))
        words = f"one key frame for each {preset.key_frame_seconds:g} s of the shot, held"
        return ClipTiming(int(held[-1]) + 1, held, words, held=frame_count > int(held[-1]) + 1)
    assert preset.frames_per_second is not None, "a model of clips has a rate"
    rate = Fraction(str(preset.frames_per_second))
    positions = tuple(index * rate / frames_per_second for index in range(frame_count))
    if rate == frames_per_second:
        words = "at the shot's own rate"
    else:
        words = f"{_number(rate)} to {_number(frames_per_second)} frames a second, neighbouring frames blended"
    return ClipTiming(math.ceil(positions[-1]) + 1, positions, words)


def _number(value: Fraction) -> str:
    return f"{float(value):g}"
