"""Haze and flakes: what the composite adds."""

import math

import numpy as np
import pytest

from generation.traditional.camera import Camera
from generation.traditional.snowfall.airlight import lamp_airlight
from generation.traditional.snowfall.flake_drawing import draw_flakes
from generation.traditional.snowfall.flakes import SeenFlakes, Snowfall
from generation.traditional.snowfall.framing import camera_matrices, camera_place
from generation.traditional.snowfall.guide import flake_guide, shown
from generation.traditional.snowfall.lamps import EVERYWHERE_COSINE, Lamps, no_lamps, one_lamp
from generation.traditional.snowfall.parameters import draw_parameters

NORTH = np.array([[1.0, 0, 0, 0], [0, 0, -1, 0], [0, 1, 0, 0], [0, 0, 0, 1]])


def _lamp(cone_cosine: float = EVERYWHERE_COSINE) -> Lamps:
    return one_lamp(np.array([1.0, 8.0, 2.0]), np.array([0, 0, -1.0]), 100.0, np.ones(3), cone_cosine, 0.7, 0.05)


def test_airlight_is_the_integral_along_the_ray() -> None:
    """Against brute force: ten thousand steps along one ray."""
    camera, haze, distance = Camera(NORTH, 35.0, 36.0), 0.03, 20.0
    rays = camera.rays(3, 3)
    lamp = _lamp(math.cos(math.radians(60)))
    found = lamp_airlight(camera, rays, np.full((3, 3), distance, np.float32), lamp, haze, samples=48)[1, 1, 0]
    along = (np.arange(10_000) + 0.5) * distance / 10_000
    away = along[:, None] * np.asarray(rays[1, 1], float) - lamp.position[0]
    reach = np.linalg.norm(away, axis=1)
    cosine = -away[:, 2] / reach
    share = np.clip((cosine - 0.5) / (0.5 * 0.7), 0, 1)
    towards_lens = -(away @ np.asarray(rays[1, 1], float)) / reach
    g = 0.42
    phase = (1 - g * g) / (1 + g * g - 2 * g * towards_lens) ** 1.5
    parts = share**2 * (3 - 2 * share) * phase * np.exp(-haze * (along + reach)) / reach**2
    brute = parts.sum() * distance / 10_000 * haze / (4 * math.pi) * 100 / (4 * math.pi)
    assert found / 1.4 == pytest.approx(brute, rel=0.02)


def test_there_is_no_light_without_lamps_and_less_before_a_near_wall() -> None:
    camera = Camera(NORTH, 35.0, 36.0)
    rays = camera.rays(8, 8)
    far, near = (np.full((8, 8), metres, np.float32) for metres in (30.0, 3.0))
    assert not lamp_airlight(camera, rays, far, no_lamps(), 0.03).any()
    assert (lamp_airlight(camera, rays, near, _lamp(), 0.03) < lamp_airlight(camera, rays, far, _lamp(), 0.03)).all()


def _one_flake(radius: float, blur: float = 0.0, streak: float = 0.0) -> SeenFlakes:
    start, end = (np.array([[32.0 + shift, 32.0]], np.float32) for shift in (-streak / 2, streak / 2))
    values = (np.array([value], np.float32) for value in (radius, blur, 5.0))
    return SeenFlakes(start, end, *values, np.ones((1, 3), np.float32), np.array([7]))


def test_blur_and_motion_spread_a_flake_and_make_it_fainter() -> None:
    behind = np.full((64, 64), 10.0, np.float32)
    _, sharp = draw_flakes(_one_flake(4.0), behind)
    for flake in (_one_flake(4.0, blur=10.0), _one_flake(4.0, streak=20.0)):
        _, spread = draw_flakes(flake, behind)
        assert spread.max() < 0.6 * sharp.max()
        assert (spread > 0.01).sum() > 1.5 * (sharp > 0.01).sum()


def test_a_flake_behind_something_is_not_seen() -> None:
    _, alpha = draw_flakes(_one_flake(4.0), np.full((64, 64), 4.0, np.float32))
    assert not alpha.any()


def test_flakes_move_steadily_and_the_guide_shows_them_where_they_are() -> None:
    parameters = draw_parameters(3)
    snowfall = Snowfall(parameters, camera_place(parameters))
    moved = snowfall.at(1.0 + 1 / 24) - snowfall.at(1.0)
    steady = np.abs(moved).max(1) < 2  # the others came back on the other side of the box
    assert steady.mean() > 0.97
    assert np.abs(moved[steady] * 24).max() < 8
    assert moved[steady][:, 2].mean() < 0
    camera = Camera(camera_matrices(parameters)[0], parameters.lens_mm, 36.0)
    distance = np.full((72, 128), 30.0, np.float32)
    _, alpha = draw_flakes(snowfall.seen(camera, 0.0, (128, 72), no_lamps()), distance)
    behind = np.full((72, 128, 3), 0.01, np.float32)
    guide = flake_guide(snowfall, distance, camera, no_lamps(), 0.0, behind, shown(behind))
    assert guide.opacity.any()
    assert ((guide.light.max(-1) > 0) == (guide.opacity > 0)).mean() > 0.99
    assert np.corrcoef(alpha.ravel(), guide.opacity.ravel())[0, 1] > 0.4
