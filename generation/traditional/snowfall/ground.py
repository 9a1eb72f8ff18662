"""The ground under snow: road with tyre tracks, kerbs, drifts against the houses, footprints behind the figure."""

import numpy as np
from numpy.typing import NDArray

from generation.traditional.city.boxes import FloatArray
from generation.traditional.city.random_streams import random_stream
from generation.traditional.snowfall.framing import walk
from generation.traditional.snowfall.mesh_parts import grid_faces
from generation.traditional.snowfall.parameters import SnowfallParameters

KERB_METRES = 0.14
SOUTH_METRES, NORTH_METRES = -9.0, 118.0


class Ground:
    """Height and bareness of the ground as functions of the place."""

    def __init__(self, parameters: SnowfallParameters) -> None:
        self.parameters = parameters
        stream = random_stream(parameters.seed, "ground")
        self._waves = [
            (*(stream.normal(size=2) / metres), stream.uniform(0, 6.28), weight)
            for metres, weight in ((0.9, 0.10), (1.3, 0.14), (2.2, 0.2), (3.5, 0.24), (5.0, 0.3))
            for _ in range(3)
        ]
        half = parameters.half_road_metres
        lanes = (-0.5, 0.5) if half > 3.6 else (0.0,)
        self._ruts = [
            (
                lane * half + wheel + float(stream.normal(0, 0.08)),
                stream.uniform(0.02, 0.05),
                stream.uniform(0, 6.28),
                stream.uniform(0.55, 1.0),
            )
            for lane in lanes
            for wheel in (-0.74, 0.74)
        ]

    def _noise(self, x: FloatArray, y: FloatArray) -> FloatArray:
        waves = [weight * np.sin(kx * x + ky * y + phase) for kx, ky, phase, weight in self._waves]
        return np.asarray(np.sum(waves, 0), np.float64)

    def tracks(self, x: FloatArray, y: FloatArray) -> FloatArray:
        """How much tyres have cleared, 0 to 1."""
        cleared = np.zeros(np.broadcast(x, y).shape)
        for middle, waver, phase, depth in self._ruts:
            wander = middle + 0.22 * np.sin(y * waver + phase)
            cleared = np.maximum(cleared, depth * np.exp(-(((x - wander) / 0.17) ** 4)))
        return cleared

    def height(self, x: FloatArray, y: FloatArray) -> FloatArray:
        """Height of the snow's surface, metres."""
        snow, half = self.parameters.snow_depth_metres, self.parameters.half_road_metres
        out = np.abs(x)
        pavement = 1 / (1 + np.exp(-(out - half) * 9))
        drift = 1.7 * np.exp(-(((out - self.parameters.half_street_metres) / 0.55) ** 2))
        bank = 1.2 * np.exp(-(((out - half + 0.12) / 0.34) ** 2))
        lying = snow * (0.55 + 0.28 * self._noise(x, y) + drift + bank + 0.35 * pavement)
        edge = 0.35 * np.exp(-(((self._to_rut(x, y) - 0.27) / 0.09) ** 2)) * snow
        return np.asarray(KERB_METRES * pavement + (lying + edge) * (1 - 0.92 * self.tracks(x, y)), np.float64)

    def _to_rut(self, x: FloatArray, y: FloatArray) -> FloatArray:
        nearest = np.full(np.broadcast(x, y).shape, 9.0)
        for middle, waver, phase, _ in self._ruts:
            nearest = np.minimum(nearest, np.abs(x - middle - 0.22 * np.sin(y * waver + phase)))
        return nearest


def ground_mesh(parameters: SnowfallParameters, coarse: bool = False) -> dict[str, NDArray[np.generic]]:
    """``vertices`` float32 [V,3], ``faces`` int32 [P,4] and ``bare`` float32 [V], how much asphalt shows through."""
    ground, half = Ground(parameters), parameters.half_street_metres
    fine = 0.26 if coarse else 0.085
    across = np.concatenate([[-40.0, -half - 6], np.arange(-half - 0.2, half + 0.2 + fine, fine), [half + 6, 40.0]])
    # Rows get longer with distance, as the picture needs them.
    rows, y = [SOUTH_METRES], SOUTH_METRES
    while y < NORTH_METRES:
        y += max(0.3 if coarse else 0.09, 0.016 * abs(y) * (2.0 if coarse else 1.0))
        rows.append(y)
    grid_x, grid_y = np.meshgrid(across, np.array(rows))
    height = ground.height(grid_x, grid_y)
    bare = ground.tracks(grid_x, grid_y)
    prints = np.zeros_like(height) if coarse else _footprints(parameters, grid_x, grid_y)
    height -= prints * (0.35 * parameters.snow_depth_metres + 0.02)
    vertices = np.stack([grid_x, grid_y, height], -1).reshape(-1, 3)
    return {
        "vertices": vertices.astype(np.float32),
        "faces": grid_faces(len(rows), len(across)).astype(np.int32),
        "bare": np.clip(bare + 0.35 * prints, 0, 1).astype(np.float32).ravel(),
    }


def _footprints(parameters: SnowfallParameters, x: FloatArray, y: FloatArray) -> FloatArray:
    """Depth 0 to 1 of the prints that the figure has left on its way."""
    way = walk(parameters)
    towards = np.array([np.sin(way.heading), -np.cos(way.heading)])
    aside = np.array([-towards[1], towards[0]])
    depth = np.zeros_like(x)
    start = way.positions[0, :2]
    for step in range(60):
        place = start - towards * 0.62 * step + aside * (0.11 if step % 2 else -0.11)
        if abs(place[0]) > parameters.half_street_metres - 0.3:
            break
        columns = np.flatnonzero(np.abs(x[0] - place[0]) < 0.4)
        rows = np.flatnonzero(np.abs(y[:, 0] - place[1]) < 0.5)
        if not len(rows) or not len(columns):
            continue
        window = np.ix_(rows, columns)
        along = (x[window] - place[0]) * towards[0] + (y[window] - place[1]) * towards[1]
        across = (x[window] - place[0]) * aside[0] + (y[window] - place[1]) * aside[1]
        depth[window] = np.maximum(depth[window], np.exp(-((along / 0.17) ** 4) - (across / 0.085) ** 4))
    return depth
