"""Fracture loses nothing, and every seed's camera sees the whole building under some sky."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generation.traditional.city.boxes import BOX_FACES, Boxes, Surface, box_corners
from generation.traditional.collapse.clipping import Polygons, clip
from generation.traditional.collapse.event import Preparation, prepare_event
from generation.traditional.collapse.fracture import fracture
from generation.traditional.collapse.framing import PICTURE_ASPECT, camera_path, hero_plan
from generation.traditional.collapse.parameters import ALLOWED_RANGES, CHOICES, draw_parameters

GREY = np.array([0.4, 0.4, 0.4])


def _volume(polygons: Polygons) -> float:
    total = 0.0
    for points, count in zip(polygons.points, polygons.count, strict=True):
        for corner in range(1, count - 1):
            total += float(np.dot(points[0], np.cross(points[corner], points[corner + 1]))) / 6
    return total


unit = st.floats(-1, 1).map(lambda value: round(value, 3))


@given(st.tuples(unit, unit, unit).filter(lambda v: sum(abs(x) for x in v) > 0.1), st.floats(-1.2, 1.2))
@settings(max_examples=60)
def test_the_two_halves_of_a_cut_box_fill_it(normal: tuple[float, float, float], offset: float) -> None:
    corners = box_corners(np.array([[-1.0, -1.0, -1.0]]), np.array([[1.0, 1.0, 1.0]]))
    whole = Polygons(corners[0][BOX_FACES], np.full(6, 4), np.zeros(6, int), np.zeros(6, int), np.tile(GREY, (6, 1)))
    direction = np.array(normal) / np.linalg.norm(normal)
    below = clip(whole, np.tile(direction, (6, 1)), np.full(6, offset), 3, GREY)
    above = clip(whole, np.tile(-direction, (6, 1)), np.full(6, -offset), 3, GREY)
    halves = [_volume(half) for half in (below, above)]
    assert min(halves) > -1e-6
    assert sum(halves) == pytest.approx(8.0, abs=1e-5)


def test_fracture_keeps_the_volume_and_separates_the_pieces() -> None:
    boxes = Boxes()
    boxes.add((0, 0, 0), (10, 0.4, 8), Surface.PLASTER, (0.5, 0.4, 0.3))
    boxes.add((0, 0.4, 3), (10, 8, 3.3), Surface.CONCRETE, (0.4, 0.4, 0.4))
    sites = np.random.default_rng(4).uniform((0, 0, 0), (10, 8, 8), (30, 3))
    pieces = fracture(boxes.arrays(), sites, int(Surface.CONCRETE), GREY)
    assert pieces.volume.sum() == pytest.approx(10 * 0.4 * 8 + 10 * 7.6 * 0.3, rel=1e-3)
    # Every hull corner is nearest to its own cell's site, so hulls cannot overlap.
    owner = [np.argmin(np.linalg.norm(sites - pieces.hull(k).mean(0), axis=1)) for k in range(len(pieces))]
    for number, site in enumerate(owner):
        distance = np.linalg.norm(pieces.hull(number)[:, None] - sites[None], axis=2)
        assert (distance[:, site] <= distance.min(1) + 1e-3).all()


@pytest.fixture(scope="module")
def prepared() -> Preparation:
    return prepare_event(draw_parameters(5, {"floors": 4, "pieces": 80}))


def test_a_building_breaks_into_about_as_many_pieces_as_asked_for(prepared: Preparation) -> None:
    assert 60 <= len(prepared.pieces) <= 90
    assert len(prepared.release.joints) > len(prepared.pieces)
    assert prepared.release.crushed.any()
    assert not prepared.release.crushed.all()


def test_meshes_are_consistent(prepared: Preparation) -> None:
    pieces = prepared.pieces
    assert pieces.polygon_size.sum() == len(pieces.corner_vertex)
    assert pieces.corner_vertex.max() == len(pieces.vertices) - 1
    corner_piece = np.repeat(pieces.polygon_piece, pieces.polygon_size)
    assert (pieces.vertex_piece[pieces.corner_vertex] == corner_piece).all()


def test_nothing_of_the_street_stands_in_the_building(prepared: Preparation) -> None:
    plan = hero_plan(prepared.parameters)
    low, high = prepared.street.obstacles[:, 0], prepared.street.obstacles[:, 1]
    overlap = (low[:, 0] < plan.east) & (high[:, 0] > plan.west) & (low[:, 1] < plan.north) & (high[:, 1] > plan.south)
    assert not overlap.any()


def _words_and_numbers(name: str) -> st.SearchStrategy[Any]:
    if name in CHOICES:
        return st.sampled_from(CHOICES[name])
    lowest, highest = ALLOWED_RANGES[name]
    if isinstance(getattr(draw_parameters(1), name), int):
        return st.integers(int(lowest), int(highest))
    return st.one_of(st.sampled_from([lowest, highest]), st.floats(lowest, highest))


@given(
    st.fixed_dictionaries(
        {
            name: _words_and_numbers(name)
            for name in [*ALLOWED_RANGES, *CHOICES]
            if name not in ("seed", "first_frame", "frame_count", "pieces", "debris_count")
        }
    ),
    st.integers(0, 2**31 - 1),
    st.sampled_from([20, 150]),
)
@settings(max_examples=8, deadline=None)
def test_whatever_is_allowed_can_be_built(overrides: dict[str, Any], seed: int, pieces: int) -> None:
    parameters = draw_parameters(seed, {**overrides, "pieces": pieces, "frame_count": 4})
    prepared = prepare_event(parameters)
    assert np.isfinite(prepared.camera.matrix_world).all()
    assert np.isfinite(prepared.pieces.vertices).all()
    assert 0.7 * pieces <= len(prepared.pieces) <= 1.3 * pieces
    inside = (prepared.camera.positions > prepared.street.obstacles[:, None, 0]) & (
        prepared.camera.positions < prepared.street.obstacles[:, None, 1]
    )
    assert not inside.all(-1).any(), "the camera stands in a house"


def test_seeds_have_a_foreground_where_they_ask_for_one() -> None:
    def dressed(foreground: str, height: float) -> Preparation:
        overrides = {"foreground": foreground, "camera_height_metres": height, "pieces": 20, "floors": 4}
        return prepare_event(draw_parameters(3, overrides))

    bare, car, tree = dressed("none", 1.6), dressed("car", 1.6), dressed("tree", 1.6)
    assert len(car.street.cars) == len(bare.street.cars) + 1
    assert len(tree.street.trees) == len(bare.street.trees) + 1
    for name, where in (("car", car.street.cars[-1, :2]), ("tree", tree.street.trees[-1, :2])):
        assert np.linalg.norm(where - bare.camera.positions[0, :2]) < 30, name
    high, parapet = dressed("none", 9.0), dressed("parapet", 9.0)
    assert len(parapet.street.boxes["low"]) == len(high.street.boxes["low"]) + 3


@pytest.mark.parametrize("seed", range(1, 25))
def test_the_whole_building_and_some_sky_are_in_the_first_frame(seed: int) -> None:
    parameters = draw_parameters(seed)
    plan, path = hero_plan(parameters), camera_path(parameters)
    corners = np.array([[x, y, z] for x in (plan.west, plan.east) for y in (0.0, plan.north) for z in (0.0, plan.top)])
    local = (corners - path.positions[0]) @ path.matrix_world[0, :3, :3]
    half_width = path.sensor_mm / 2 / path.lens_mm
    across, up = local[:, 0] / -local[:, 2] / half_width, local[:, 1] / -local[:, 2] / half_width * PICTURE_ASPECT
    assert (local[:, 2] < 0).all()
    assert np.abs(across).max() < 1.0
    assert up.min() > -1.0
    assert up.max() < 0.94
    assert up.max() - up.min() > 0.7  # and it is the subject of the picture, not a toy in it
