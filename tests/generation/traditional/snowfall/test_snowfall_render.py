"""The whole way through a real Blender child, as small as it gets."""

from pathlib import Path

import numpy as np
import pytest

from analytics.vocabulary.frames import FrameSize
from generation.traditional.frame_rendering import CyclesQuality, render_beauty, render_blocking
from generation.traditional.scenes import find_scene
from generation.traditional.shot_scene import Prepared, ShotScene

SMALL = FrameSize(64, 36)
FRAMES = (1001, 1005)


def _nobody(event: object) -> None:
    """Hear of nothing."""


@pytest.fixture(scope="module")
def snowy(tmp_path_factory: pytest.TempPathFactory) -> tuple[ShotScene, Prepared, Path]:
    folder = tmp_path_factory.mktemp("snowfall")
    scene = find_scene("snowfall")
    overrides = {"frame_count": 6, "car_count": 2, "tree_count": 1, "flake_count": 1500}
    return scene, scene.prepare(scene.draw_parameters(11, overrides), folder / "prepared", _nobody), folder


def test_a_finished_frame_has_light_flakes_and_motion(snowy: tuple[ShotScene, Prepared, Path]) -> None:
    scene, prepared, folder = snowy
    beauty = render_beauty(prepared, FRAMES, SMALL, CyclesQuality(2), folder / "beauty", _nobody)
    first, last = scene.finish(prepared, beauty, None)
    assert first.linear.shape == (36, 64, 3)
    assert np.isfinite(first.linear).all()
    assert first.linear.max() > 0.3
    assert 0.002 < first.effect_alpha.mean() < 0.5
    assert np.abs(first.linear - last.linear).mean() > 0.002
    again, _ = scene.finish(prepared, beauty, None)
    assert np.array_equal(first.linear, again.linear)


def test_the_blocking_is_free_of_noise_and_knows_the_flakes(snowy: tuple[ShotScene, Prepared, Path]) -> None:
    scene, prepared, folder = snowy
    twice = [render_blocking(prepared, FRAMES, SMALL, folder / f"blocking{k}", _nobody) for k in range(2)]
    one, two = (scene.block(prepared, rendered, None) for rendered in twice)
    assert np.array_equal(one.flat, two.flat)
    assert np.array_equal(one.effect_opacity, two.effect_opacity)
    assert one.effect_opacity.max() > 60
    assert one.flat.max() > 60
    assert one.flat.std() > 5
