"""What models are shown of a blocking: depth on one scale, a plate changed only within its mask, stills in place."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.frames import FrameSize
from generation.ai.diffusion.choice import ModelChoice, check_choice, choose_model
from generation.ai.diffusion.framing import picture_area
from generation.ai.diffusion.shown import depth_pictures, show, takes_scene
from generation.ai.model_presets import find_preset
from generation.blocking import SKY_DEPTH_METRES, Blocking
from generation.picture.png import write_png

SIZE = FrameSize(64, 36)


def _blocking(plate: bool = True) -> Blocking:
    """Three frames: a wall that comes nearer, 20, 10 and 5 m, under a sky; a square in the middle may change."""
    shape = (3, SIZE.height, SIZE.width)
    depth = np.broadcast_to(np.array([20, 10, 5], np.float32)[:, None, None], shape).copy()
    depth[:, :12] = SKY_DEPTH_METRES
    opacity = np.zeros(shape, np.uint8)
    opacity[:, 16:28, 24:40] = 255
    flat = np.zeros((*shape, 3), np.uint8)
    flat[..., 0], flat[..., 1] = 90, np.arange(SIZE.width)
    normal = np.full((*shape, 3), 128, np.uint8)
    sun = np.tile(np.array([0, 0, 1], np.float32), (3, 1))
    return Blocking(
        flat=flat,
        normal=normal,
        depth=depth,
        effect_opacity=opacity,
        effect_light=np.zeros_like(flat),
        effect_is_mask=np.full(3, plate),
        sun_direction=sun,
    )


def test_depth_is_bright_where_near_on_one_scale_for_the_whole_clip() -> None:
    pictures = depth_pictures(_blocking(plate=False))
    wall, sky = pictures[:, 30, 5, 0].astype(int), pictures[:, 2, 5, 0]
    assert sky.tolist() == [0, 0, 0]
    assert wall.tolist() == [64, 128, 255]  # a quarter and half as near: no frame has a scale of its own


def test_a_plate_is_kept_outside_its_mask_and_replaced_by_depth_within() -> None:
    preset = find_preset("wan2.1-vace-1.3b")
    choice = choose_model(preset.name, size="128x80")
    area = picture_area(preset, choice, SIZE)
    shown = show(preset, choice, area, _blocking())
    assert shown.control is not None
    assert shown.mask is not None
    assert shown.control.shape == (3, 80, 128, 3)
    assert shown.mask[0, area.top + 44, 64] == 255
    assert shown.mask[0, area.top + 2, 4] == 0
    assert abs(int(shown.control[0, area.top + 2, 4, 0]) - 90) <= 1
    # The scale is spread over what changes: the wall at its farthest is black there, at its nearest white.
    assert shown.control[(0, 2), area.top + 44, 64, 0].tolist() == [0, 255]
    without = show(preset, choice, area, _blocking(plate=False))
    assert without.mask is None
    assert without.control is not None
    assert without.control[0, area.top + 2, 4, 0] == 0


def test_an_approved_still_needs_no_scene_and_is_shown_where_the_shot_lies(tmp_path: Path) -> None:
    preset, still = find_preset("svd-xt"), tmp_path / "still.png"
    picture = np.zeros((200, 200, 3), np.uint8)
    picture[:, 100:] = 255
    write_png(still, picture)
    assert takes_scene(preset, ModelChoice(preset.name))
    choice = ModelChoice(preset.name, first_frame=still)
    assert not takes_scene(preset, choice)
    shown = show(preset, choice, picture_area(preset, choice, SIZE), None)
    assert shown.first_frame is not None
    assert shown.first_frame.shape == (576, 1024, 3)
    assert (shown.first_frame[300, 100, 0], shown.first_frame[300, 900, 0]) == (0, 255)


def test_the_native_size_that_the_shot_nearly_fills_is_run() -> None:
    for name, expected in (("sdxl", "1344x768"), ("wan2.1-t2v-14b", "832x480"), ("ltx-video-2b", "768x512")):
        preset = find_preset(name)
        assert str(picture_area(preset, ModelChoice(name), FrameSize(256, 144)).model_size) == expected
    portrait = replace(find_preset("wan2.1-t2v-14b"), sizes=((832, 480), (480, 832)))
    assert str(picture_area(portrait, ModelChoice(portrait.name), FrameSize(144, 256)).model_size) == "480x832"


def test_every_option_that_a_model_cannot_take_is_refused_at_once(tmp_path: Path) -> None:
    preset = find_preset("wan2.1-t2v-1.3b")
    choice = choose_model(preset.name, steps=0, size="832x482", first_frame=tmp_path / "none.png")
    with pytest.raises(InputRefused) as refused:
        check_choice(choice, preset)
    assert [problem.place for problem in refused.value.problems] == ["--steps", "--model-size", "--first-frame"]
    (tmp_path / "no.png").write_text("no picture")
    for path, why in ((tmp_path / "none.png", "no such file"), (tmp_path / "no.png", "cannot be read")):
        with pytest.raises(InputRefused, match=why):
            check_choice(ModelChoice("svd-xt", first_frame=path), find_preset("svd-xt"))


def test_the_embedded_model_has_nothing_to_choose() -> None:
    assert choose_model() == ModelChoice()
    with pytest.raises(InputRefused, match="--steps, --model-size"):
        choose_model(steps=3, size="64x64")
    with pytest.raises(InputRefused, match="--model-size"):
        choose_model("sdxl", size="64")
