"""The sculpted head: a closed skin at every age and phase of the blink, the same person old and young."""

from collections import Counter
from functools import lru_cache

import numpy as np
import pytest

from generation.traditional.de_age.distance_fields import Points, ellipsoid
from generation.traditional.de_age.head_mesh import Skin, build_skin
from generation.traditional.de_age.narrow_band import mesh_surface
from generation.traditional.de_age.proportions import EYE, EYE_RADIUS, draw_face


@lru_cache(maxsize=2)
def _skin(age: float) -> Skin:
    return build_skin(draw_face(11), age)


def test_a_sphere_is_meshed_closed_outward_and_in_place() -> None:
    axis = np.arange(-2.4, 2.41, 0.15, dtype=np.float32)
    vertices, quads = mesh_surface(lambda at: ellipsoid(Points(at), (0, 0, 0), (1.5, 1.5, 1.5)), (axis, axis, axis))
    assert np.allclose(np.linalg.norm(vertices, axis=1), 1.5, atol=1e-3)
    corners = vertices[quads]
    volume = sum(
        np.einsum("qi,qi->q", corners[:, 0], np.cross(corners[:, one], corners[:, one + 1])).sum() for one in (1, 2)
    )
    assert volume / 6 == pytest.approx(4 / 3 * np.pi * 1.5**3, rel=0.02)


@pytest.mark.parametrize("age", [0.08, 0.95])
def test_the_skin_has_no_hole_that_a_camera_could_see(age: float) -> None:
    skin = _skin(age)
    edges = np.concatenate([np.stack([skin.quads[:, side], skin.quads[:, (side + 1) % 4]], 1) for side in range(4)])
    uses = Counter(map(tuple, np.sort(edges, 1).tolist()))
    rim = np.unique([edge for edge, count in uses.items() if count == 1])
    at = skin.rest[rim]
    near_eye = np.linalg.norm(np.abs(at * [1, 0, 1]) - np.abs(np.array(EYE) * [1, 0, 1]), axis=1) < 1.8
    # A few cells behind the ears are thinner than the grid; nothing is open where it could be seen.
    behind_ear = (np.abs(at[:, 0]) > 6.4) & (at[:, 1] > 0.8)
    assert (near_eye | behind_ear | (at[:, 2] < -19)).all()
    assert behind_ear.sum() < 30
    assert not np.isnan(skin.vertices).any()


def test_lids_wrap_the_eyeball_and_meet_in_a_blink() -> None:
    skin = _skin(0.08)
    for edge, upper in skin.edges:
        centre = np.array(EYE) * [np.sign(edge[0, 0, 0]), 1, 1]
        for phase in edge:
            assert np.linalg.norm(phase - centre, axis=1).min() > EYE_RADIUS
        height = [phase[upper, 2].max() - phase[~upper, 2].min() for phase in edge]
        assert height[0] > 0.7
        assert height[0] > height[1] > height[2] > height[3]
        middle = np.abs(edge[-1, :, 0] - centre[0]) < 0.5
        gap = edge[-1][middle & upper, 2].mean() - edge[-1][middle & ~upper, 2].mean()
        assert abs(gap) < 0.08


def test_old_and_young_share_a_skull_and_differ_in_skin() -> None:
    young, old = _skin(0.08), _skin(0.95)
    crown = [skin.rest[:, 2].max() for skin in (young, old)]
    width = [np.ptp(skin.rest[np.abs(skin.rest[:, 2] - 4) < 0.3, 0]) for skin in (young, old)]
    assert crown[0] == pytest.approx(crown[1], abs=0.05)
    assert width[0] == pytest.approx(width[1], abs=0.4)
    assert old.paint["creased"].max() > 0.5 > young.paint["creased"].max()
