"""Windows cover a shot, have lengths that the model can make, and meet without a step."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.vocabulary.errors import InputRefused
from generation.ai.diffusion.windows import KEPT_FRAMES, LAST_FRAME, WORDS_ALONE, join, plan_windows
from generation.ai.model_presets import find_preset, preset_names

CLIP_MODELS = [name for name in preset_names() if not find_preset(name).makes_pictures]


@given(name=st.sampled_from(CLIP_MODELS), frame_count=st.integers(1, 1200), led=st.booleans())
def test_windows_cover_the_shot_and_are_clips_the_model_can_make(name: str, frame_count: int, led: bool) -> None:
    preset = find_preset(name)
    plan = plan_windows(preset, frame_count, 7, led=led)
    assert plan.frame_count >= frame_count
    assert plan.windows[0].first == 0
    for window in plan.windows:
        assert 2 <= window.frame_count <= preset.frame_count
        assert (window.frame_count - 1) % preset.frame_step == 0
    for before, after in zip(plan.windows, plan.windows[1:], strict=False):
        assert before.first + before.frame_count - after.first == plan.overlap > 0
    # One window fewer, each as long as the model can, would not do.
    fewer = len(plan.windows) - 1
    assert not fewer or fewer * preset.frame_count - (fewer - 1) * plan.overlap < frame_count


def test_a_short_shot_is_one_window_no_longer_than_needed() -> None:
    plan = plan_windows(find_preset("wan2.1-t2v-1.3b"), 32, 7, led=False)
    assert [(window.first, window.frame_count, window.seed) for window in plan.windows] == [(0, 33, 7)]


@pytest.mark.parametrize(
    ("name", "joined", "own_noise"),
    [
        ("wan2.1-vace-1.3b", KEPT_FRAMES, False),
        ("wan2.2-ti2v-5b", LAST_FRAME, False),
        ("svd-xt", LAST_FRAME, False),
        ("cogvideox-5b", WORDS_ALONE, True),
    ],
)
def test_how_windows_go_on_follows_from_what_the_model_takes(name: str, joined: str, own_noise: bool) -> None:
    plan = plan_windows(find_preset(name), 130, 2**31 - 1, led=False)
    assert len(plan.windows) > 1
    assert plan.joined == joined
    seeds = [window.seed for window in plan.windows]
    assert len(set(seeds)) == (len(seeds) if own_noise else 1)
    assert all(0 <= seed < 2**31 for seed in seeds)


def test_pictures_led_by_frames_share_their_noise_and_others_do_not() -> None:
    editor, previs = find_preset("flux2-klein-4b"), find_preset("sdxl")
    assert {window.seed for window in plan_windows(editor, 5, 3, led=True).windows} == {3}
    assert [window.seed for window in plan_windows(previs, 3, 3, led=False).windows] == [3, 4, 5]


def test_a_shot_of_too_many_windows_is_refused() -> None:
    short = replace(find_preset("svd-xt"), frame_count=2)
    with pytest.raises(InputRefused, match="windows") as refused:
        plan_windows(short, 480, 1, led=False)
    assert refused.value.problems[0].place == "--frames"


def test_the_frames_that_windows_share_fade_from_one_to_the_other() -> None:
    first, second = np.zeros((6, 2, 2, 3), np.uint8), np.full((6, 2, 2, 3), 200, np.uint8)
    joined = join(join(None, first, 3), second, 3)
    assert joined[:, 0, 0, 0].tolist() == [0, 0, 0, 50, 100, 150, 200, 200, 200]
    assert joined.dtype == np.uint8
