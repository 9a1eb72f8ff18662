"""Parked cars under a blanket of snow: lofted bodies, since a boxy car gives a night street away."""

import math

import numpy as np

from generation.traditional.city.boxes import Colour, FloatArray, Surface
from generation.traditional.city.palettes import CAR_PAINTS
from generation.traditional.city.random_streams import random_stream
from generation.traditional.snowfall.framing import camera_place, walk
from generation.traditional.snowfall.ground import Ground
from generation.traditional.snowfall.mesh_parts import MeshParts, grid_faces
from generation.traditional.snowfall.parameters import SnowfallParameters
from generation.traditional.snowfall.street import SNOW_TINT
from generation.traditional.snowfall.surfaces import SnowSurface

_DARK: Colour = (0.012, 0.012, 0.013)
_PANE: Colour = (0.012, 0.016, 0.018)

# Along a car of 4.2 m, front at +: metres, then half width, underside and upper side of the body.
_BODY = np.array([
    [2.10, 0.42, 0.40, 0.56], [2.06, 0.70, 0.26, 0.68], [1.85, 0.80, 0.22, 0.76], [1.2, 0.84, 0.22, 0.86],
    [0.75, 0.85, 0.22, 0.92], [0.0, 0.86, 0.22, 0.93], [-1.0, 0.86, 0.22, 0.95], [-1.6, 0.84, 0.24, 0.95],
    [-1.95, 0.78, 0.28, 0.90], [-2.08, 0.66, 0.34, 0.78], [-2.10, 0.40, 0.45, 0.62],
])  # fmt: skip
# Cabin: metres along, half width at the belt, half width of the roof, height of the roof line.
_CABIN = np.array([
    [0.95, 0.70, 0.70, 0.90], [0.62, 0.72, 0.66, 1.10], [0.25, 0.73, 0.60, 1.36], [0.05, 0.73, 0.58, 1.43],
    [-0.5, 0.73, 0.58, 1.47], [-1.1, 0.73, 0.57, 1.44], [-1.3, 0.72, 0.57, 1.38], [-1.65, 0.70, 0.62, 1.10],
    [-1.85, 0.68, 0.66, 0.93],
])  # fmt: skip


def park_cars(parameters: SnowfallParameters) -> FloatArray:
    """Rows (x, y, heading in radians, red, green, blue, height of its length); none stands before the figure."""
    stream = random_stream(parameters.seed, "cars")
    eye, way = camera_place(parameters), walk(parameters)
    row = parameters.half_road_metres - 1.05
    slots = [(side, y) for side in (-1, 1) for y in np.arange(-2.0, 60.0, 5.9)]
    # Near ones first: a car in the foreground is worth more than one in the haze.
    order = np.argsort([y + stream.uniform(0, 26) for _, y in slots])
    cars: list[list[float]] = []
    for index in order:
        side, y = slots[index]
        x, y = side * row + stream.uniform(-0.12, 0.12), y + stream.uniform(-0.7, 0.7)
        heading = math.pi / 2 * (1 if side > 0 else -1) + stream.uniform(-0.05, 0.05)
        paint = CAR_PAINTS[int(stream.integers(len(CAR_PAINTS)))]
        if len(cars) < parameters.car_count and not _blocks(x, y, eye, way.positions):
            cars.append([x, y, heading, *paint, stream.uniform(0.94, 1.1)])
    return np.array(cars, np.float64).reshape(-1, 7)


def _blocks(x: float, y: float, eye: FloatArray, way: FloatArray) -> bool:
    """Whether a car would hold the camera, stand on the walk or hide the figure."""
    if abs(x - eye[0]) < 1.7 and abs(y - eye[1]) < 3.2:
        return True
    if (np.hypot(x - way[:, 0], (y - way[:, 1]) * 0.6) < 1.5).any():
        return True
    middle = way[len(way) // 2]
    for reach in (-2.0, 0.0, 2.0):
        share = (y + reach) / middle[1]
        line = eye[0] + share * (middle[0] - eye[0])
        if 0 < share < 1 and abs(x - line) < 1.3 and eye[2] * (1 - share) + 0.4 * share < 1.6:
            return True
    return False


def add_cars(parts: MeshParts, parameters: SnowfallParameters, cars: FloatArray) -> None:
    """Build them where they stand."""
    ground = Ground(parameters)
    for x, y, heading, red, green, blue, scale in cars:
        one = MeshParts()
        _add_car(one, (red, green, blue), parameters.snow_depth_metres)
        turn = np.array([[math.cos(heading), -math.sin(heading)], [math.sin(heading), math.cos(heading)]])
        rise = float(ground.height(np.array([x]), np.array([y]))[0]) * 0.4
        for vertices, faces, surface, tint, smooth in zip(
            one.vertices, one.faces, one.surfaces, one.tints, one.smooth, strict=True
        ):
            placed = vertices * scale
            placed[:, :2] = placed[:, :2] @ turn.T + [x, y]
            placed[:, 2] += rise
            parts.add(placed, faces - faces.min(), surface, tint, smooth)


def _add_car(parts: MeshParts, paint: Colour, snow: float) -> None:
    around = np.linspace(0, 2 * np.pi, 20, endpoint=False)
    # Superellipse sections: flat flanks with rounded edges.
    bend = 2 / 3.6
    side = np.sign(np.cos(around)) * np.abs(np.cos(around)) ** bend
    rise = np.sign(np.sin(around)) * np.abs(np.sin(around)) ** bend
    body = np.array([
        np.stack([np.full(20, at), half * side, (low + top) / 2 + (top - low) / 2 * rise], 1)
        for at, half, low, top in _BODY
    ])  # fmt: skip
    parts.add(body.reshape(-1, 3), grid_faces(len(_BODY), 20, around=True), Surface.CAR_PAINT, paint)
    across = np.linspace(-1, 1, 9)
    cabin = []
    for at, belt, roof, top in _CABIN:
        lift = 1 - np.abs(across) ** 5.0
        width = belt + (roof - belt) * lift**0.6
        cabin.append(
            np.stack(
                [
                    np.full(9, at),
                    np.sign(across) * width * np.minimum(1, np.abs(across) * 1.08),
                    0.86 + (top - 0.86) * lift,
                ],
                1,
            )
        )
    cabin_grid = np.array(cabin)
    faces = grid_faces(len(_CABIN), 9)
    parts.add(cabin_grid.reshape(-1, 3), faces, Surface.GLASS, _PANE)
    shell = cabin_grid[2:7].copy()
    shell[..., 2] += 0.012
    parts.add(shell[:, 1:8].reshape(-1, 3), grid_faces(5, 7), Surface.CAR_PAINT, paint)
    for at in (-0.42,):
        pillar = np.array([[at + d, s * 0.735, z] for s in (-1, 1) for d in (-0.05, 0.05) for z in (0.86, 1.42)])
        pillar[:, 1] *= np.where(pillar[:, 2] > 1.2, 0.86, 1.01)
        parts.add(pillar, np.array([[0, 1, 3, 2], [4, 5, 7, 6]]), Surface.CAR_PAINT, paint, False)
    for at in (1.32, -1.30):
        for left in (-1, 1):
            profile = [(0.0, 0.0), (0.0, 0.24), (0.02, 0.31), (0.18, 0.31), (0.20, 0.20), (0.20, 0.0)]
            points = [(at, left * (0.68 + along), 0.31) for along, _ in profile]
            parts.tube(points, [radius for _, radius in profile], Surface.RUBBER, _DARK, 14)
    for left in (-1, 1):
        lamp = np.array([[2.075, left * 0.56 + d, z] for d in (-0.12, 0.12) for z in (0.56, 0.68)])
        parts.add(lamp, np.array([[0, 1, 3, 2]]), Surface.GLASS, (0.10, 0.10, 0.09), False)
        tail = np.array([[-2.085, left * 0.58 + d, z] for d in (-0.10, 0.10) for z in (0.66, 0.80)])
        parts.add(tail, np.array([[0, 1, 3, 2]]), Surface.GLASS, (0.12, 0.006, 0.004), False)
    if snow > 0.005:
        _add_blankets(parts, snow)


def _add_blankets(parts: MeshParts, snow: float) -> None:
    """Pillows of snow on roof, bonnet and boot, and a band on the windscreen's foot."""
    thick = 0.02 + 0.8 * snow
    for front, back, half, heights in (
        (0.16, -1.36, 0.60, ([-1.36, -1.1, -0.5, 0.05, 0.16], [1.37, 1.44, 1.47, 1.43, 1.40])),
        (1.98, 0.74, 0.78, ([0.74, 1.2, 1.98], [0.93, 0.86, 0.72])),
        (-1.72, -2.05, 0.72, ([-2.05, -1.72], [0.86, 0.95])),
    ):
        rows, columns = 9, 9
        u, v = np.meshgrid(np.linspace(-1, 1, rows), np.linspace(-1, 1, columns), indexing="ij")
        x = (front + back) / 2 + (front - back) / 2 * u
        dome = ((1 - np.abs(u) ** 4) * (1 - np.abs(v) ** 4)) ** 0.5
        wave = 1 + 0.10 * np.sin(3 * u + 5 * v)
        z = np.interp(x, *heights) - 0.03 - 0.03 * v**4 + thick * dome * wave
        grid = np.stack([x, half * v * (1 - 0.06 * np.abs(u) ** 6), z], -1)
        parts.add(grid.reshape(-1, 3), grid_faces(rows, columns), SnowSurface.SNOW, SNOW_TINT)
