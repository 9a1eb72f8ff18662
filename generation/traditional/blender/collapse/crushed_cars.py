"""The parked cars; those that pieces land on are pressed flat under them."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from .. import meshes
from ..arrays import Array, Arrays
from ..cars import HIGHEST_METRES, car_shape

#: Up to here a car is chassis and wheels, and hardly gives way.
_CHASSIS_METRES = 0.5
_SINKS_METRES = 0.10


class CarsUnderRubble:
    """One still mesh of the cars that are left alone, and one of those that are hit, set anew as they give way."""

    def __init__(self, scene: Any, cars: Array, crush: Arrays, surfaces: Sequence[Any], first_frame: int) -> None:
        """``cars`` [C,6] (x, y, heading, colour); ``crush``: ``stations`` [S] metres along, ``roof`` [F,C,S] metres."""
        self.first_frame, self.stations = first_frame, crush["stations"]
        hit = (crush["roof"] < HIGHEST_METRES - 0.02).any((0, 2))
        self.cars, self.roof = cars[hit], crush["roof"][:, hit]
        self.last: Array | None = None
        self.mesh = None
        if (~hit).any():
            _build(scene, "cars", cars[~hit], surfaces).cycles.use_motion_blur = False
        if hit.any():
            built = _build(scene, "cars under rubble", self.cars, surfaces)
            built.cycles.use_motion_blur = False
            self.mesh = built.data

    def place(self, frame: int) -> None:
        """Press every car that is hit down to the rubble above it."""
        if self.mesh is None:
            return
        roof = self.roof[min(max(frame - self.first_frame, 0), len(self.roof) - 1)]
        if self.last is not None and np.array_equal(roof, self.last):
            return
        self.last = roof
        points = [_placed(_pressed(self.stations, own), car) for own, car in zip(roof, self.cars, strict=True)]
        self.mesh.vertices.foreach_set("co", np.concatenate(points).astype(np.float32).ravel())
        self.mesh.update()


def _pressed(stations: Array, roof: Array) -> Array:
    """The car's vertices under a roof of given height at every station."""
    points = car_shape().vertices.copy()
    highest = np.interp(points[:, 0], stations, roof)
    share = np.clip((highest - _CHASSIS_METRES) / (HIGHEST_METRES - _CHASSIS_METRES), 0, 1)
    above = np.maximum(points[:, 2] - _CHASSIS_METRES, 0)
    # What is pressed down bulges sideways, and in folds.
    bulge = (1 - share) * np.clip(above / 0.4, 0, 1)
    points[:, 1] *= 1 + 0.16 * bulge * (1 + 0.5 * np.sin(9 * points[:, 0]))
    points[:, 2] += np.where(above > 0, above * (share - 1), 0) - _SINKS_METRES * (1 - share) * (points[:, 2] > 0.3)
    return points


def _placed(points: Array, car: Array) -> Array:
    cosine, sine = np.cos(car[2]), np.sin(car[2])
    placed = points.copy()
    placed[:, 0], placed[:, 1] = (
        points[:, 0] * cosine - points[:, 1] * sine,
        points[:, 0] * sine + points[:, 1] * cosine,
    )
    placed[:, :2] += car[:2]
    return placed


def _build(scene: Any, name: str, cars: Array, surfaces: Sequence[Any]) -> Any:
    shape, count = car_shape(), len(cars)
    vertices = np.concatenate([_placed(shape.vertices, car) for car in cars])
    corners = (shape.corners[None] + len(shape.vertices) * np.arange(count)[:, None]).ravel()
    tint = np.where(np.isnan(shape.tint)[None], cars[:, None, 3:6], shape.tint[None]).reshape(-1, 3)
    surface = np.tile(shape.surface, count)
    return meshes.mesh_object(scene, name, vertices, corners, np.tile(shape.sizes, count), surfaces, surface, tint)
