"""What stands between the camera and the building that falls, seen from above."""

import math

import numpy as np

from generation.traditional.city.boxes import FloatArray
from generation.traditional.city.plan import Plan
from generation.traditional.collapse.framing import CameraPath, hero_plan
from generation.traditional.collapse.parameters import CollapseParameters


def in_the_way(plot: Plan, parameters: CollapseParameters, camera: CameraPath) -> bool:
    """Whether a plot hides the hero from the camera or would hold the camera."""
    hero = hero_plan(parameters)
    if plot.south > hero.south - 1.0:
        across = (plot.west - 3 < camera.positions[:, 0]) & (camera.positions[:, 0] < plot.east + 3)
        along = (plot.south - 3 < camera.positions[:, 1]) & (camera.positions[:, 1] < plot.north + 3)
        if (across & along).any():
            return True
        beside = plot.west > hero.east - 1 or plot.east < hero.west + 1
        if not beside:
            return False
    eye = camera.positions[:, :2].mean(0)
    xs, ys = np.linspace(plot.west, plot.east, 7), np.linspace(plot.south, plot.north, 7)
    ground = np.stack(np.meshgrid(xs, ys), -1).reshape(-1, 2)
    if np.linalg.norm(ground - eye, axis=1).min() < 5.0:
        return True
    # Inside the fan from the eye to the hero's outline, and nearer than the hero?
    # Down the street the houses of the hero's own row may hide its side, but never its facade.
    grazing = abs(parameters.camera_azimuth_degrees) > 48 and plot.south > hero.south - 1.0
    faces = (hero.south,) if grazing else (hero.south, hero.north)
    corners = np.array([[x, y] for x in (hero.west, hero.east) for y in faces])
    middle = np.array([0.0, 0.0 if grazing else hero.depth / 2]) - eye
    hero_angles = angles(corners - eye, middle)
    seen_at, distance = angles(ground - eye, middle), np.linalg.norm(ground - eye, axis=1)
    room = math.radians(0.5 if grazing else 2.5)
    within = (seen_at > hero_angles.min() - room) & (seen_at < hero_angles.max() + room)
    return bool((within & (distance < np.linalg.norm(corners - eye, axis=1).min() + 1.0)).any())


def angles(vectors: FloatArray, reference: FloatArray) -> FloatArray:
    """Signed angle of each [N,2] vector to the reference, radians."""
    cross = reference[0] * vectors[:, 1] - reference[1] * vectors[:, 0]
    return np.arctan2(cross, vectors @ reference)


def crosses_the_view(
    x: float, y: float, parameters: CollapseParameters, camera: CameraPath, radius: float = 0.0, nearest: float = 11.0
) -> bool:
    """Whether a post or a tree of this ``radius`` would stand close before the lens or in front of the hero."""
    hero = hero_plan(parameters)
    eye = camera.positions[:, :2].mean(0)
    away = float(np.hypot(x - eye[0], y - eye[1]))
    if away < nearest:
        return True
    middle = np.array([0.0, hero.depth / 2]) - eye
    corners = np.array(
        [[corner_x, corner_y] for corner_x in (hero.west, hero.east) for corner_y in (hero.south, hero.north)]
    )
    span = angles(corners - eye, middle)
    angle = float(angles(np.array([[x, y]]) - eye, middle)[0])
    room = 0.04 + radius / away
    # A thin post may stand in front of the far building, a tree may not.
    near_enough = away < (26.0 if radius == 0 else float(np.linalg.norm(corners - eye, axis=1).max()))
    return near_enough and span.min() - room < angle < span.max() + room
