"""Frames of the collapse: finished and blocking, rendered by a real Blender, tiny."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.frames import FrameSize
from generation.picture.display import to_display
from generation.picture.exr import read_exr, rgb_of
from generation.traditional.blocking_pass import BlockingPass, read_blocking_pass
from generation.traditional.collapse.parameters import draw_parameters
from generation.traditional.collapse.scene import CollapseScene
from generation.traditional.deliverable import write_deliverable
from generation.traditional.frame_rendering import CyclesQuality, render_beauty, render_blocking
from generation.traditional.shot_scene import Prepared, Rendered

SIZE = FrameSize(96, 54)
FRAMES = (1001, 1002, 1020)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    clear_view = {"foreground": "none", "camera_height_metres": 1.7, "camera_azimuth_degrees": -16.0, "lens_mm": 27.0}
    small = {"floors": 4, "pieces": 40, "debris_count": 100, "frame_count": 24}
    parameters = draw_parameters(3, {**small, **clear_view})
    return CollapseScene().prepare(parameters, tmp_path_factory.mktemp("event"), lambda event: None)


@pytest.fixture(scope="module")
def heard() -> list[dict[str, Any]]:
    return []


@pytest.fixture(scope="module")
def beauty(prepared: Prepared, heard: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Rendered:
    folder = tmp_path_factory.mktemp("beauty")
    quality = CyclesQuality(2, passes=("depth", "mist", "motion_vectors"))
    return render_beauty(prepared, FRAMES, SIZE, quality, folder, heard.append)


@pytest.fixture(scope="module")
def blocking(prepared: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Rendered:
    return render_blocking(prepared, FRAMES, SIZE, tmp_path_factory.mktemp("blocking"), lambda event: None)


@pytest.fixture(scope="module")
def seen(prepared: Prepared, blocking: Rendered) -> BlockingPass:
    return read_blocking_pass(blocking, np.array(prepared.parameters.sun_direction))


def test_load_is_told_apart_from_rendering(beauty: Rendered, heard: list[dict[str, Any]]) -> None:
    assert [event.get("stage", event.get("frame")) for event in heard] == ["load", "render", *FRAMES]
    assert beauty.frames == FRAMES


def test_a_finished_frame_is_scene_linear_light_with_distance(beauty: Rendered) -> None:
    channels = read_exr(beauty.files[0])
    light = rgb_of(channels)
    assert light.shape == (54, 96, 3)
    assert np.isfinite(light).all()
    assert 0.05 < light.mean() < 1.5
    sky = channels["ViewLayer.Depth.Z"] > 1e9
    assert 0.1 < sky.mean() < 0.8
    assert sky[:4].mean() > 0.5, "row 0 is the top, where the sky is"
    distance, depth = channels["ViewLayer.Mist.Z"] * 400, channels["ViewLayer.Depth.Z"]
    ground = np.s_[-6:, 20:76]
    assert (distance[ground] > 0.95 * depth[ground]).mean() > 0.97


def test_the_building_falls_between_the_frames(beauty: Rendered) -> None:
    standing, falling = (read_exr(beauty.files[index])["ViewLayer.Depth.Z"] for index in (0, 2))
    assert (np.abs(np.log(standing) - np.log(falling)) > 0.05).mean() > 0.04


def test_geometry_frames_carry_mask_and_motion(beauty: Rendered) -> None:
    early, late = (read_exr(beauty.geometry_files[index]) for index in (0, 2))
    hero = late["ViewLayer.IndexOB.X"] == 1
    assert 0.03 < hero.mean() < 0.7
    moved = np.hypot(late["ViewLayer.Vector.X"], late["ViewLayer.Vector.Y"])
    rested = np.hypot(early["ViewLayer.Vector.X"], early["ViewLayer.Vector.Y"])
    assert moved[hero].max() > 0.5 > rested[early["ViewLayer.IndexOB.X"] == 1].mean()


def test_a_deliverable_says_where_what_falls_comes_from_and_goes(beauty: Rendered, tmp_path: Path) -> None:
    linear = np.full((54, 96, 3), 0.5, np.float32)
    channels = read_exr(write_deliverable(tmp_path / "exr", "fall", beauty, 2, linear))
    falling = (channels["object_mask.Y"] == 1) & (channels["backward.v"] > 0.5)
    assert falling.sum() > 20
    assert np.median(channels["forward.v"][falling]) < -0.5, "it falls on: a frame later it is further down"
    assert (channels["R"] == 0.5).all()
    assert channels["depth.Z"].max() == np.float32(1e10), "depth is not stored as half"
    assert {"render.R", "normal.Z", "backward.u", "forward.u"} <= set(channels)


def test_the_camera_is_the_one_that_was_prepared(prepared: Prepared, blocking: Rendered) -> None:
    with np.load(prepared.files["camera"]) as path:
        prepared = path["matrix_world"][[frame - 1001 for frame in FRAMES]]
    assert np.allclose(blocking.camera.matrix_world, prepared, atol=1e-4)
    assert blocking.camera.frames.tolist() == list(FRAMES)


def test_blocking_is_the_same_every_time(prepared: Prepared, blocking: Rendered, tmp_path: Path) -> None:
    again = render_blocking(prepared, FRAMES[:1], SIZE, tmp_path, lambda event: None)
    first, second = read_exr(blocking.files[0]), read_exr(again.files[0])
    assert all(np.array_equal(first[name], second[name]) for name in first)


def test_blocking_has_no_noise(blocking: Rendered) -> None:
    channels = read_exr(blocking.files[0])
    # The carriageway is one colour and one plane: without noise it is lit or in shadow and nothing between.
    flat_ground = (channels["ViewLayer.Normal.Z"] > 0.999) & (channels["ViewLayer.Depth.Z"] < 1e9)
    shades, amount = np.unique(np.round(channels["ViewLayer.Combined.G"][flat_ground], 3), return_counts=True)
    assert flat_ground.sum() > 200
    assert amount[np.argsort(amount)[-8:]].sum() > 0.9 * flat_ground.sum(), shades


def test_blocking_is_aligned_with_the_finished_frame(beauty: Rendered, blocking: Rendered) -> None:
    # Massing has no balconies, awnings, recessed windows or debris, so a few pixels in a hundred differ.
    for index in range(len(FRAMES)):
        finished = read_exr(beauty.geometry_files[index])["ViewLayer.Depth.Z"]
        cheap = read_exr(blocking.files[index])["ViewLayer.Depth.Z"]
        aligned = _agreement(finished, cheap)
        shifted = [_agreement(np.roll(finished, step, axis), cheap) for axis in (0, 1) for step in (-1, 1)]
        assert aligned > 0.85, (aligned, shifted)
        assert aligned > max(shifted) + 0.1, (aligned, shifted)


def _agreement(one: np.ndarray[Any, Any], other: np.ndarray[Any, Any]) -> float:
    """Share of the near pixels whose distances differ by less than one in a hundred."""
    near = (one < 150) & (other < 150)
    return float((np.abs(one[near] / other[near] - 1) < 0.01).mean())


def test_blocking_arrays(seen: BlockingPass) -> None:
    assert seen.linear.shape == (3, 54, 96, 3)
    assert np.isfinite(seen.linear).all()
    assert seen.depth.dtype == np.float32
    sky = seen.depth >= 1e9
    assert (seen.depth[sky] == np.float32(1e10)).all()
    assert (seen.normal[sky] == 128).all()
    # In camera space whatever is seen faces the camera, whose axis z is.
    towards = seen.normal[~sky][:, 2].astype(float) / 127.5 - 1
    assert (towards > -0.62).mean() > 0.999, "at a corner of the picture a ray leans this much"
    length = np.linalg.norm(seen.normal[~sky] / 127.5 - 1, axis=-1)
    # At an edge it is the mean of what two faces say, and shorter.
    assert length.max() < 1.02
    assert (length > 0.98).mean() > 0.6
    assert np.allclose(np.linalg.norm(seen.key_direction, axis=1), 1, atol=1e-5)


@pytest.mark.parametrize("frames", [(), (1000,), (1001, 1025)])
def test_frames_outside_the_shot_are_refused(prepared: Prepared, tmp_path: Path, frames: tuple[int, ...]) -> None:
    with pytest.raises(InputRefused, match="frames"):
        render_blocking(prepared, frames, SIZE, tmp_path, lambda event: None)


def test_an_unknown_pass_is_refused() -> None:
    with pytest.raises(InputRefused, match="cryptomatte"):
        CyclesQuality(1, passes=("depth", "cryptomatte"))


def test_the_same_seed_twice_is_the_same_simulation_and_the_same_pixels(
    prepared: Prepared, beauty: Rendered, tmp_path: Path
) -> None:
    scene = CollapseScene()
    again = scene.prepare(prepared.parameters, tmp_path / "again", lambda event: None)
    for folder in (prepared, again):
        scene.simulate_effects(folder)
    for name in ("motion.npz", "debris.npz", "crush.npz", "dust.npz"):
        with np.load(prepared.folder / name) as first, np.load(again.folder / name) as second:
            for column in first.files:
                np.testing.assert_array_equal(first[column], second[column], err_msg=f"{name}: {column}")
    quality = CyclesQuality(2, passes=("depth", "mist"))
    repeat = render_beauty(again, FRAMES[-1:], SIZE, quality, tmp_path / "repeat", lambda event: None)
    *_, shown = scene.finish(prepared, beauty, None)
    [shown_again] = scene.finish(again, repeat, None)
    assert shown.effect_alpha.max() > 0.1
    one, other = (to_display(frame.linear).astype(int) for frame in (shown, shown_again))
    assert np.abs(one - other).max() <= 1
