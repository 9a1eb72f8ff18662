"""What the AI workflow gets beside geometry: the flat pass in the shot's haze, and a cheap proxy of its flakes."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generation.picture.display import to_display
from generation.traditional.camera import Camera
from generation.traditional.snowfall.composite import haze, night_grade, through_night_lens
from generation.traditional.snowfall.flakes import Snowfall
from generation.traditional.snowfall.lamps import Lamps
from generation.traditional.snowfall.parameters import SnowfallParameters

Floats = NDArray[np.float32]
Codes = NDArray[np.uint8]

_LUMINANCE = np.array([0.2126, 0.7152, 0.0722])  # Rec. ITU-R BT.709
_BRIGHTEST = 2.0  # scene-linear luminance that the guide writes as 255
_LARGEST_PIXELS = 24


@dataclass(frozen=True)
class FlakeGuide:
    """uint8 (H, W): opacity of the flakes, and the square root of their luminance; 0 where none is."""

    opacity: Codes
    light: Codes


def flat_in_haze(
    parameters: SnowfallParameters, linear: Floats, distance: Floats, camera: Camera, lamps: Lamps, seconds: float
) -> Codes:
    """The flat pass under the shot's haze, exposure and vignette, as display sRGB (H, W, 3)."""
    air = haze(parameters, camera, distance, lamps, seconds, samples=2)
    picture = linear * air.through[..., None] + air.added
    return to_display(through_night_lens(night_grade(picture)))


def flake_guide(snowfall: Snowfall, distance: Floats, camera: Camera, lamps: Lamps, seconds: float) -> FlakeGuide:
    """The same flakes at the same places as soft round discs: no streaks, no raggedness, no lens."""
    height, width = distance.shape
    flakes = snowfall.seen(camera, seconds, (width, height), lamps, blurred=False)
    opacity, light = np.zeros(height * width), np.zeros(height * width)
    radius = np.minimum(np.sqrt(flakes.radius**2 + 0.3), _LARGEST_PIXELS)
    luminance = flakes.colour @ _LUMINANCE
    window = np.ceil(radius + 1).astype(int)
    for half in np.unique(window):
        chosen = np.flatnonzero(window == half)
        corner = np.floor(flakes.start[chosen]).astype(np.int64)
        offset = np.arange(-half, half + 1)
        columns, rows = np.broadcast_arrays(
            corner[:, 0, None, None] + offset[None, None, :], corner[:, 1, None, None] + offset[None, :, None]
        )
        inside = (columns >= 0) & (columns < width) & (rows >= 0) & (rows < height)
        flat = np.where(inside, rows * width + columns, 0)
        away = np.hypot(
            columns + 0.5 - flakes.start[chosen, 0, None, None], rows + 0.5 - flakes.start[chosen, 1, None, None]
        )
        disc = np.clip(radius[chosen, None, None] + 0.5 - away, 0, 1)
        disc *= np.minimum(1, flakes.radius[chosen] ** 2 / radius[chosen] ** 2)[:, None, None]
        disc *= inside & (distance.ravel()[flat] > flakes.depth[chosen, None, None])
        opacity += np.bincount(flat.ravel(), disc.ravel(), height * width)
        light += np.bincount(flat.ravel(), (disc * luminance[chosen, None, None]).ravel(), height * width)
    shown = np.where(opacity > 2 / 255, np.sqrt(np.clip(light / np.maximum(opacity, 1e-6) / _BRIGHTEST, 0, 1)), 0)
    codes = [
        np.rint(np.clip(values, 0, 1) * 255).astype(np.uint8).reshape(height, width) for values in (opacity, shown)
    ]
    return FlakeGuide(*codes)
