"""Shot planning and the render: every option sees its hero, options differ, slates fit, the same seed is the same."""

from pathlib import Path

import numpy as np
import pytest

from analytics.vocabulary.frames import FrameSize
from generation.picture.display import to_display
from generation.traditional.frame_rendering import CyclesQuality, render_beauty, render_blocking
from generation.traditional.previs.action import stage_action
from generation.traditional.previs.ground import Ground
from generation.traditional.previs.parameters import BEATS, draw_parameters
from generation.traditional.previs.planning import plan_for
from generation.traditional.previs.scene import PrevisScene
from generation.traditional.previs.shot_plan import LEAST_SEEN
from generation.traditional.previs.sight import distance_along


def _unheard(event: dict[str, object]) -> None:
    """Nobody listens."""


def test_rays_stop_at_the_nearest_box() -> None:
    boxes = np.array([[[4.0, -1, -1], [5, 1, 1]], [[2.0, -1, -1], [3, 1, 1]]])
    origins = np.zeros((3, 3))
    directions = np.array([[1.0, 0, 0], [-1, 0, 0], [0.5, 0, 0]])
    np.testing.assert_allclose(distance_along(origins, directions, boxes), [2.0, np.inf, 4.0])


@pytest.mark.parametrize("beat", BEATS)
def test_every_option_sees_its_hero_and_no_two_are_the_same_kind(beat: str) -> None:
    parameters = draw_parameters(11, {"beat": beat})
    options = plan_for(parameters).options
    assert len(options) == 6
    assert all(option.seen >= LEAST_SEEN for option in options)
    assert len({option.candidate.kind.words for option in options}) == 6
    assert options[0].candidate.kind.wide


def test_nobody_walks_through_the_car() -> None:
    for seed in range(12):
        parameters = draw_parameters(seed)
        action = stage_action(parameters, Ground.of(parameters))
        for performer in (action.hero, action.other):
            assert np.linalg.norm(performer.place[:, :2] - action.car_place, axis=1).min() > 1.3


def test_twelve_options_and_slates(tmp_path: Path) -> None:
    scene = PrevisScene()
    parameters = scene.draw_parameters(5, {"option_count": 12, "frame_count": 50})
    prepared = scene.prepare(parameters, tmp_path, _unheard)
    captions, keys = scene.captions(prepared), scene.key_frames(prepared)
    assert sorted(captions) == list(range(1001, 1051))
    assert captions[1001].startswith("OPT 1 / 12   ")
    assert captions[1050].startswith("OPT 12 / 12   ")
    assert captions[1050].endswith("f 1050")
    assert len(keys) == 12
    assert set(keys) <= set(captions)
    with np.load(prepared.files["camera"]) as camera:
        assert camera["matrix_world"].shape == (50, 4, 4)
        np.testing.assert_allclose(np.linalg.det(camera["matrix_world"][:, :3, :3]), 1.0, atol=1e-9)


def test_a_rendered_seed_is_the_same_twice_and_its_blocking_is_clean(tmp_path: Path) -> None:
    scene = PrevisScene()
    size = FrameSize(64, 36)
    pictures = []
    for attempt in ("one", "two"):
        parameters = scene.draw_parameters(3, {"frame_count": 8, "option_count": 2})
        prepared = scene.prepare(parameters, tmp_path / attempt / "prepared", _unheard)
        rendered = render_beauty(prepared, [1002, 1006], size, CyclesQuality(2), tmp_path / attempt, _unheard)
        finished = list(scene.finish(prepared, rendered, None))
        pictures.append(np.stack([to_display(frame.linear) for frame in finished]).astype(int))
    assert np.abs(pictures[0] - pictures[1]).max() <= 1
    assert pictures[0].std() > 15
    assert np.abs(pictures[0][0] - pictures[0][1]).mean() > 5
    flat = render_blocking(prepared, [1002, 1006], size, tmp_path / "flat", _unheard)
    blocking = scene.block(prepared, flat, None)
    assert blocking.flat.shape == (2, 36, 64, 3)
    # The two options look through different lenses or from different places.
    assert not np.allclose(flat.camera.matrix_world[0], flat.camera.matrix_world[1])
