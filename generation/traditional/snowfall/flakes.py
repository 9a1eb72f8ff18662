"""The flakes: where each is at any instant in closed form, how it looks to the camera, and how it is lit."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generation.traditional.camera import Camera
from generation.traditional.city.boxes import FloatArray
from generation.traditional.city.random_streams import random_stream
from generation.traditional.snowfall.airlight import transmittance
from generation.traditional.snowfall.lamps import Lamps
from generation.traditional.snowfall.light import sky_radiance, toxic_colour
from generation.traditional.snowfall.parameters import SnowfallParameters

#: The box of flakes repeats; it lies about the camera, metres (x, y, z).
BOX_METRES = np.array([26.0, 34.0, 13.0])
_NEAREST_METRES = 0.45
SHUTTER = 0.5  # of a frame
_ALBEDO = 0.5  # less than snow's: too much of the lamps' colour and the flakes would look harmless
#: The shot is thought of on a large format: its circles of confusion are this much wider than those of 36 mm.
_FORMAT = 2.0
#: Flakes close before the lens, more than would be there: they carry the depth of the picture.
_NEAR_SHARE, _NEAR_METRES = 0.022, np.array([5.0, 4.6, 4.0])

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class SeenFlakes:
    """N flakes in the picture, far ones first.

    Attributes
    ----------
    start, end
        float32 [N,2] pixels (column, row) at the opening and the closing of the shutter.
    radius, blur
        float32 [N] pixels: the flake's own, and that of the circle of confusion.
    depth
        float32 [N] metres along the ray.
    colour
        float32 [N,3] radiance at the lens, haze included.
    number
        int64 [N] which flake: its shape and tumbling hang on it.
    """

    start: Floats
    end: Floats
    radius: Floats
    blur: Floats
    depth: Floats
    colour: Floats
    number: NDArray[np.int64]


class Snowfall:
    """All flakes of a shot."""

    def __init__(self, parameters: SnowfallParameters, middle: FloatArray) -> None:
        """Draw them; ``middle`` is where the camera stands at mid-shot."""
        stream = random_stream(parameters.seed, "flakes")
        count = parameters.flake_count
        self.parameters, self.count = parameters, count
        self.box = np.where(np.arange(count)[:, None] < _NEAR_SHARE * count, _NEAR_METRES, BOX_METRES)
        self.low = np.asarray(middle) - self.box * [0.5, 0, 0.5] - [0, 0.2, 0]
        self.low[:, 2] = np.where(self.box[:, 2] < BOX_METRES[2], np.maximum(self.low[:, 2], -0.1), -0.1)
        self.place = stream.random((count, 3)) * self.box
        self.size = parameters.flake_size_metres * stream.lognormal(-0.08, 0.42, count)
        # Large flakes fall a little faster, and what falls fast is carried less by the wind.
        self.fall = parameters.fall_metres_per_second * stream.uniform(0.75, 1.25, count)
        self.carried = stream.uniform(0.75, 1.25, count)
        self.rate = stream.uniform(1.2, 3.6, (count, 2))
        self.phase = stream.uniform(0, 2 * math.pi, (count, 4))
        self.sway = parameters.flutter * stream.uniform(0.05, 0.20, count)
        self.glow = stream.lognormal(-0.15, 0.5, count)

    def at(self, seconds: float) -> FloatArray:
        """World positions [N,3]."""
        wind = self.parameters.wind_metres_per_second
        gust = wind * (seconds + 0.3 / 1.1 * math.sin(1.1 * seconds + 0.7))
        moved = np.empty((self.count, 3))
        # A slow swirl that neighbours share (the gradient-free part of a sum of waves), and each flake's own flutter.
        x, y, z = self.place.T
        swirl = 0.22 * abs(wind) + 0.10
        moved[:, 0] = gust * self.carried + swirl * np.sin(0.55 * z + 0.35 * y + 0.9 * seconds)
        moved[:, 0] += self.sway * np.sin(self.rate[:, 0] * seconds + self.phase[:, 0])
        moved[:, 1] = -0.25 * seconds + swirl * np.sin(0.45 * x + 0.5 * z + 0.7 * seconds)
        moved[:, 1] += self.sway * np.sin(self.rate[:, 1] * seconds + self.phase[:, 1])
        moved[:, 2] = -self.fall * seconds + 0.3 * self.sway * np.sin(2 * self.rate[:, 0] * seconds + self.phase[:, 2])
        wrapped: FloatArray = self.low + np.mod(self.place + moved, self.box)
        return wrapped

    def seen(
        self, camera: Camera, seconds: float, size: tuple[int, int], lamps: Lamps, *, blurred: bool = True
    ) -> SeenFlakes:
        """What the camera has of them in a picture of ``size`` (width, height); ``blurred`` with lens and shutter."""
        parameters = self.parameters
        half_shutter = 0.5 * SHUTTER / parameters.frames_per_second if blurred else 0.0
        before, after = self.at(seconds - half_shutter), self.at(seconds + half_shutter)
        start, depth = _project(before, camera, size)
        end, depth_after = _project(after, camera, size)
        focal_pixels = camera.lens_mm / camera.sensor_mm * size[0]
        radius = self.size * focal_pixels / np.maximum(depth, 0.1)
        blur = np.zeros_like(radius)
        if blurred:
            aperture = _FORMAT * camera.lens_mm / 1000 / parameters.f_stop
            blur = (
                0.5
                * aperture
                * focal_pixels
                * np.abs(1 / np.maximum(depth, 0.1) - 1 / parameters.figure_distance_metres)
            )
        reach = radius + blur + 2
        inside = (
            (np.minimum(start, end) < np.array(size) + reach[:, None]) & (np.maximum(start, end) > -reach[:, None])
        ).all(1)
        # One that leaves the box on one side while the shutter is open comes back on the other: no streak for it.
        whole = np.abs(after - before).max(1) < 2.0
        kept = np.flatnonzero((depth > _NEAREST_METRES) & (depth_after > _NEAREST_METRES) & inside & whole)
        kept = kept[np.argsort(-depth[kept], kind="stable")]
        middle = (before[kept] + after[kept]) / 2
        away = np.linalg.norm(middle - camera.origin, axis=1)
        colour = (
            self._colour(kept, middle, lamps)
            * transmittance(away.astype(np.float32), parameters.haze_per_metre)[:, None]
        )
        return SeenFlakes(
            start[kept].astype(np.float32),
            end[kept].astype(np.float32),
            radius[kept].astype(np.float32),
            blur[kept].astype(np.float32),
            away.astype(np.float32),
            colour.astype(np.float32),
            kept,
        )

    def _colour(self, kept: NDArray[np.int64], places: FloatArray, lamps: Lamps) -> FloatArray:
        """Their own glow and what lamps and sky add."""
        own = toxic_colour(self.parameters) * (0.8 * self.parameters.flake_glow * self.glow[kept])[:, None]
        lit = lamps.light_at(places) * (_ALBEDO / math.pi) + sky_radiance(self.parameters)
        return np.asarray(own + np.minimum(lit, 2.2))


def _project(points: FloatArray, camera: Camera, size: tuple[int, int]) -> tuple[FloatArray, FloatArray]:
    """Pixels [N,2] (column, row) and depth along the camera's axis [N]."""
    matrix = np.asarray(camera.matrix_world, np.float64)
    local = (points - matrix[:3, 3]) @ matrix[:3, :3]
    depth = -local[:, 2]
    scale = camera.lens_mm / camera.sensor_mm * size[0] / np.maximum(depth, 1e-3)
    return np.stack([size[0] / 2 + local[:, 0] * scale, size[1] / 2 - local[:, 1] * scale], 1), depth
