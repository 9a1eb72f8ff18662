"""What each window is shown: the frames it is led by, and what the window before has made."""

from fractions import Fraction

import numpy as np

from analytics.vocabulary.frames import FrameSize
from generation.ai.diffusion.clip import ClipOrder, shown_in_window
from generation.ai.diffusion.shown import Shown
from generation.ai.diffusion.timing import clip_timing
from generation.ai.diffusion.windows import plan_windows
from generation.ai.model_presets import find_preset

SIZE = FrameSize(32, 32)


def _order(name: str, frame_count: int) -> ClipOrder:
    preset = find_preset(name)
    timing = clip_timing(preset, frame_count, Fraction(24))
    return ClipOrder(plan_windows(preset, timing.frame_count, 1, led=timing.led), timing, SIZE, 2, ("", ""))


def _numbered(count: int) -> np.ndarray:
    """Frames whose every pixel is their number."""
    return np.broadcast_to(np.arange(count, dtype=np.uint8)[:, None, None, None], (count, 32, 32, 3)).copy()


def test_frames_that_are_kept_are_shown_with_a_mask_that_leaves_them() -> None:
    order = _order("wan2.1-vace-1.3b", 96)
    overlap = order.plan.overlap
    first, second = order.plan.windows
    shown = Shown(control=_numbered(96))
    begun = shown_in_window(first, order, shown, None)
    assert begun.mask is None
    assert begun.control is not None
    assert begun.control[:, 0, 0, 0].tolist() == list(range(first.frame_count))

    made = np.full((first.frame_count, 32, 32, 3), 200, np.uint8)
    seen = shown_in_window(second, order, shown, made)
    assert seen.control is not None
    assert seen.mask is not None
    numbers = seen.control[:, 0, 0, 0].tolist()
    assert numbers[:overlap] == [200] * overlap
    # Behind the shot's last frame, which the window's length was rounded up past, that frame is held.
    led = range(second.first + overlap, second.first + second.frame_count)
    assert numbers[overlap:] == [min(number, 95) for number in led]
    assert seen.mask[:, 0, 0].tolist() == [0] * overlap + [255] * (second.frame_count - overlap)


def test_a_model_of_first_frames_goes_on_from_the_last_one_made() -> None:
    order = _order("wan2.2-ti2v-5b", 200)
    still = np.full((32, 32, 3), 9, np.uint8)
    shown = Shown(first_frame=still)
    assert shown_in_window(order.plan.windows[0], order, shown, None).first_frame is still
    made = _numbered(order.plan.windows[0].frame_count)
    seen = shown_in_window(order.plan.windows[1], order, shown, made)
    assert seen.first_frame is not None
    assert seen.first_frame[0, 0, 0] == len(made) - 1


def test_key_frames_are_led_by_the_first_frame_of_their_second() -> None:
    order = _order("sdxl-depth", 50)
    shown = Shown(control=_numbered(50))
    for window, expected in zip(order.plan.windows, (0, 24, 48), strict=True):
        seen = shown_in_window(window, order, shown, None)
        assert seen.control is not None
        assert seen.control[:, 0, 0, 0].tolist() == [expected]
