"""What stands and walks in the street, before any Blender."""

import numpy as np
import pytest

from generation.traditional.snowfall.cars import park_cars
from generation.traditional.snowfall.figure import build_figure
from generation.traditional.snowfall.framing import FIGURE_METRES, SENSOR_MM, camera_matrices, camera_place, walk
from generation.traditional.snowfall.gait import Gait
from generation.traditional.snowfall.ground import Ground
from generation.traditional.snowfall.lamps import street_lamps
from generation.traditional.snowfall.parameters import draw_parameters
from generation.traditional.surface_nets import surface_nets

SEEDS = range(25)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_figure_is_where_it_was_wanted_in_the_picture(seed: int) -> None:
    parameters = draw_parameters(seed, {"camera_shake": 0.0, "frame_count": 49})
    matrix = camera_matrices(parameters)[24]
    local = (walk(parameters).middle + [0, 0, 0.52 * FIGURE_METRES] - matrix[:3, 3]) @ matrix[:3, :3]
    across, up = local[:2] / -local[2] * parameters.lens_mm / SENSOR_MM
    assert across == pytest.approx(parameters.figure_across, abs=0.02)
    assert up * 16 / 9 == pytest.approx(parameters.figure_up, abs=0.03)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_lamp_burns_behind_the_figure_and_no_car_stands_on_its_way(seed: int) -> None:
    parameters = draw_parameters(seed)
    way, row = walk(parameters), street_lamps(parameters)
    behind = row.lamps.position[row.burning][:, 1] - way.middle[1]
    assert ((behind > 0) & (behind < 6)).any()
    cars = park_cars(parameters)
    apart = np.hypot(cars[:, None, 0] - way.positions[:, 0], (cars[:, None, 1] - way.positions[:, 1]) * 0.6)
    assert not len(cars) or apart.min() > 1.4
    assert abs(camera_place(parameters)[0]) < parameters.half_street_metres - 0.5


def test_the_figure_stands_on_the_ground_and_steps() -> None:
    parameters = draw_parameters(4)
    figure, gait = build_figure(4, spacing=0.03), Gait(parameters)
    posed, way = gait.pose(figure), walk(parameters)
    assert np.allclose(figure.weights.sum(1), 1)
    snow = Ground(parameters).height(way.positions[:, 0], way.positions[:, 1])
    soles, crown = posed[..., 2].min(1), posed[..., 2].max(1)
    assert (np.abs(soles - snow) < 0.15).all()
    assert ((crown > 1.75) & (crown < 2.1)).all()
    assert np.abs(np.diff(posed, axis=0)).max() < 0.15  # nothing jumps between frames
    assert posed[0].mean(0)[1] - posed[-1].mean(0)[1] > 0.5  # it comes closer


def test_a_surface_net_of_a_ball_is_closed_and_round() -> None:
    axis = np.arange(-1.2, 1.2, 0.1, dtype=np.float32)
    x, y, z = np.meshgrid(axis, axis, axis, indexing="ij")
    vertices, faces = surface_nets(np.sqrt(x**2 + y**2 + z**2) - np.float32(1), np.full(3, -1.2), 0.1)
    assert np.allclose(np.linalg.norm(vertices, axis=1), 1, atol=0.02)
    edges = np.sort(np.stack([faces, np.roll(faces, -1, 1)], -1).reshape(-1, 2), axis=1)
    assert (np.unique(edges, axis=0, return_counts=True)[1] == 2).all()
    centre, corners = vertices[faces].mean(1), vertices[faces]
    outward = np.einsum("pi,pi->p", np.cross(corners[:, 2] - corners[:, 0], corners[:, 3] - corners[:, 1]), centre)
    assert (outward > 0).all() or (outward < 0).all()
