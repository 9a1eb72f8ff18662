"""Every scene keeps the promise of `ShotScene`: what it draws, prepares, renders and hands over, tiny and real."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.frames import FrameSize
from analytics.vocabulary.stage import StageName
from generation.picture.display import to_display
from generation.traditional.frame_rendering import CyclesQuality, render_beauty, render_blocking, render_plate
from generation.traditional.scenes import SCENES, find_scene

SIZE = FrameSize(96, 54)


@pytest.mark.parametrize("name", SCENES)
@given(seed=st.integers(0, 2**31 - 1))
@settings(max_examples=25, deadline=None)
def test_every_seed_draws_a_shot(name: str, seed: int) -> None:
    scene = find_scene(name)
    drawn = scene.draw_parameters(seed, {"first_frame": 1001, "frame_count": 48, "frames_per_second": 24.0})
    again = scene.draw_parameters(seed, {"first_frame": 1001, "frame_count": 48, "frames_per_second": 24.0})
    assert drawn == again
    assert (drawn.seed, drawn.first_frame, drawn.last_frame) == (seed, 1001, 1048)


@pytest.mark.parametrize("name", SCENES)
@pytest.mark.parametrize("frame_count", [0, -3, 10_000])
def test_impossible_lengths_are_refused_with_the_range(name: str, frame_count: int) -> None:
    with pytest.raises(InputRefused, match="480"):
        find_scene(name).draw_parameters(1, {"frame_count": frame_count})


@pytest.mark.parametrize("name", SCENES)
def test_an_unknown_parameter_is_refused_by_name(name: str) -> None:
    with pytest.raises(InputRefused, match="wobble"):
        find_scene(name).draw_parameters(1, {"wobble": 3})


def test_an_unknown_scene_is_refused() -> None:
    with pytest.raises(InputRefused, match="collapse"):
        find_scene("tsunami")


@pytest.mark.parametrize("name", SCENES)
def test_both_workflows_get_what_they_need_and_a_second_run_is_the_same(name: str, tmp_path: Path) -> None:
    scene = find_scene(name)
    parameters = scene.draw_parameters(3, {"frame_count": 24})
    frames = [1001, 1020]
    pictures = []
    for run in ("once", "again"):
        folder = tmp_path / run
        heard: list[dict[str, Any]] = []
        prepared = scene.prepare(parameters, folder / "prepared", heard.append)
        assert all(StageName(event["stage"]) for event in heard if event["event"] == "stage")
        assert scene.load(parameters, folder / "prepared").files.keys() == prepared.files.keys()
        plate = None
        if scene.has_plate:
            plate = render_plate(prepared, frames, SIZE, CyclesQuality(2), folder / "plate", lambda event: None)
        beauty = render_beauty(prepared, frames, SIZE, CyclesQuality(2), folder / "beauty", lambda event: None)
        scene.simulate_effects(prepared)
        finished = list(scene.finish(prepared, beauty, plate))
        assert [frame.linear.shape for frame in finished] == [(54, 96, 3)] * 2
        assert all(np.isfinite(frame.linear).all() for frame in finished)
        pictures.append(np.stack([to_display(frame.linear) for frame in finished]).astype(int))
    assert np.abs(pictures[0] - pictures[1]).max() <= 1
    assert np.abs(pictures[0][0] - pictures[0][1]).mean() > 0.5, "something moves"

    flat = render_blocking(prepared, frames, SIZE, tmp_path / "blocking", lambda event: None)
    blocking = scene.block(prepared, flat, plate)  # a Blocking refuses what is none
    assert blocking.frame_count == 2
    again = render_blocking(prepared, frames, SIZE, tmp_path / "blocking_again", lambda event: None)
    same = scene.block(prepared, again, plate)
    for field, values in blocking.arrays().items():
        np.testing.assert_array_equal(values, getattr(same, field), err_msg=field)
    assert set(scene.captions(prepared)) <= set(range(1001, 1025))
    assert set(scene.key_frames(prepared)) <= set(range(1001, 1025))
