"""How many frames a model is asked for, and where the shot's frames lie among them."""

import math
from fractions import Fraction

import pytest

from generation.ai.diffusion.timing import clip_timing
from generation.ai.model_presets import find_preset


@pytest.mark.parametrize(
    ("name", "frame_count", "last_position"),
    [
        ("wan2.1-t2v-1.3b", 33, Fraction(94, 3)),  # 16 to 24 frames a second: two for three
        ("cogvideox-2b", 17, Fraction(47, 3)),
        ("ltx-video-2b", 48, Fraction(47)),  # at the shot's own rate
    ],
)
def test_a_clip_lasts_as_long_as_the_shot(name: str, frame_count: int, last_position: Fraction) -> None:
    timing = clip_timing(find_preset(name), 48, Fraction(24))
    assert timing.frame_count == frame_count
    assert timing.positions[0] == 0
    assert timing.positions[-1] == last_position <= frame_count - 1
    assert not timing.led
    assert not timing.held


def test_a_rate_of_the_trade_that_is_not_whole_is_kept_exactly() -> None:
    timing = clip_timing(find_preset("wan2.1-t2v-1.3b"), 48, Fraction(24000, 1001))
    assert timing.positions[3] == Fraction(3 * 16 * 1001, 24000)
    assert timing.frame_count == math.ceil(timing.positions[-1]) + 1


@pytest.mark.parametrize("name", ["wan2.1-vace-1.3b", "flux2-klein-4b"])
def test_a_model_that_is_shown_each_frame_makes_each_frame(name: str) -> None:
    timing = clip_timing(find_preset(name), 10, Fraction(24))
    assert timing.led
    assert timing.positions == tuple(map(Fraction, range(10)))
    assert timing.shot_frames()[7] == 7


def test_key_frames_are_held_for_their_second_and_led_by_its_first_frame() -> None:
    timing = clip_timing(find_preset("sdxl-depth"), 50, Fraction(24))
    assert timing.frame_count == 3
    assert timing.held
    assert [timing.positions[index] for index in (0, 23, 24, 48)] == [0, 0, 1, 2]
    assert timing.shot_frames() == {0: 0, 1: 24, 2: 48}
