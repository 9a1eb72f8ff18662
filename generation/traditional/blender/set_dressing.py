"""What stands still: the street's boxes in one mesh, the parked cars in another."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from . import meshes
from .arrays import Array, Arrays

CAR_PAINT, GLASS, RUBBER = 13, 4, 14

#: Outlines in metres, (along, up), front to the right: body, cabin, roof.
_BODY = ((-2.15, 0.32), (2.1, 0.32), (2.15, 0.62), (1.95, 0.80), (0.95, 0.92), (-1.95, 0.95), (-2.15, 0.80))
_CABIN = ((-1.85, 0.93), (1.0, 0.90), (0.35, 1.42), (-1.15, 1.45))
_ROOF = ((-1.22, 1.43), (0.28, 1.41), (0.2, 1.47), (-1.1, 1.5))


def build(scene: Any, street: Arrays, surfaces: Sequence[Any], eyes: Array, parameters: Mapping[str, Any]) -> None:
    """Add the set; faces turned away from every camera position are left out."""
    del parameters
    still = meshes.boxes_object(scene, "street", street, surfaces, eyes)
    still.cycles.use_motion_blur = False
    if len(street["cars"]):
        cars = _cars(scene, street["cars"], surfaces)
        cars.cycles.use_motion_blur = False


def _cars(scene: Any, cars: Array, surfaces: Sequence[Any]) -> Any:
    points, sizes, surface = _one_car()
    count = len(cars)
    cosine, sine = np.cos(cars[:, 2]), np.sin(cars[:, 2])
    turn = np.stack([np.stack([cosine, -sine], -1), np.stack([sine, cosine], -1)], -2)
    placed = np.repeat(points[None], count, 0)
    placed[..., :2] = np.einsum("cij,cvj->cvi", turn, placed[..., :2]) + cars[:, None, :2]
    tint = np.repeat(cars[:, 3:6], len(sizes), 0)
    every_surface = np.tile(surface, count)
    tint[every_surface == GLASS] = (0.02, 0.025, 0.03)
    tint[every_surface == RUBBER] = (0.015, 0.015, 0.015)
    vertices = placed.reshape(-1, 3)
    return meshes.mesh_object(
        scene, "cars", vertices, np.arange(len(vertices)), np.tile(sizes, count), surfaces, every_surface, tint
    )


def _one_car() -> tuple[Array, Array, Array]:
    """Corner points (no vertex shared), corners a polygon and surface a polygon of a car about 4.3 m long."""
    points: list[Array] = []
    sizes: list[int] = []
    surface: list[int] = []

    def extrude(outline: Array, right: float, left: float, kind: int, narrow: float = 1.0) -> None:
        shrink = np.where(outline[:, 1] > 1.2, narrow, 1.0)
        near = np.stack([outline[:, 0], right * shrink, outline[:, 1]], 1)
        far = np.stack([outline[:, 0], left * shrink, outline[:, 1]], 1)
        following = np.roll(np.arange(len(outline)), -1)
        for face in (near, far[::-1]):
            points.append(face)
            sizes.append(len(face))
            surface.append(kind)
        for one, two in enumerate(following):
            points.append(np.stack([near[one], far[one], far[two], near[two]]))
            sizes.append(4)
            surface.append(kind)

    extrude(np.array(_BODY), -0.85, 0.85, CAR_PAINT)
    extrude(np.array(_CABIN), -0.74, 0.74, GLASS, narrow=0.84)
    extrude(np.array(_ROOF), -0.62, 0.62, CAR_PAINT)
    angle = np.linspace(0, 2 * np.pi, 11)[:-1]
    for along in (-1.35, 1.35):
        for side in (-0.86, 0.66):
            wheel = np.stack([along + 0.33 * np.cos(angle), 0.33 + 0.33 * np.sin(angle)], 1)
            extrude(wheel, side, side + 0.2, RUBBER)
    return np.concatenate(points), np.array(sizes), np.array(surface)
