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

_LARGEST_PIXELS = 24


@dataclass(frozen=True)
class FlakeGuide:
    """uint8: opacity of the flakes (H, W), and their colour as display sRGB (H, W, 3); 0 where none is."""

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
    """The same flakes at the same places as smooth capsules of even light: no raggedness, no glow, no lens."""
    height, width = distance.shape
    flakes = snowfall.seen(camera, seconds, (width, height), lamps)
    radius = np.minimum(np.hypot(flakes.radius, flakes.blur), _LARGEST_PIXELS)
    run = flakes.end - flakes.start
    length = np.linalg.norm(run, axis=1)
    # Light is spread over the capsule, and over a whole pixel where the flake is finer than that.
    drawn = np.sqrt(radius**2 + 0.3)
    share = np.minimum(1, (flakes.radius / drawn) ** 2 * 2 * drawn / (2 * drawn + length))
    middle = (flakes.start + flakes.end) / 2
    window = np.ceil(drawn + length / 2 + 1).astype(int)
    layers = np.zeros((4, height * width))
    for half in np.unique(window):
        chosen = np.flatnonzero(window == half)
        corner = np.floor(middle[chosen]).astype(np.int64)
        offset = np.arange(-half, half + 1)
        columns, rows = np.broadcast_arrays(
            corner[:, 0, None, None] + offset[None, None, :], corner[:, 1, None, None] + offset[None, :, None]
        )
        inside = (columns >= 0) & (columns < width) & (rows >= 0) & (rows < height)
        flat = np.where(inside, rows * width + columns, 0)
        x = columns + 0.5 - flakes.start[chosen, 0, None, None]
        y = rows + 0.5 - flakes.start[chosen, 1, None, None]
        across, down = run[chosen, 0, None, None], run[chosen, 1, None, None]
        along = np.clip((x * across + y * down) / np.maximum(length[chosen, None, None] ** 2, 1e-6), 0, 1)
        away = np.hypot(x - along * across, y - along * down)
        cover = np.clip(drawn[chosen, None, None] + 0.5 - away, 0, 1) * share[chosen, None, None]
        cover *= inside & (distance.ravel()[flat] > flakes.depth[chosen, None, None])
        layers[3] += np.bincount(flat.ravel(), cover.ravel(), height * width)
        for channel in range(3):
            lit = cover * flakes.colour[chosen, channel, None, None]
            layers[channel] += np.bincount(flat.ravel(), lit.ravel(), height * width)
    layers = layers.reshape(4, height, width)
    colour = np.moveaxis(layers[:3] / np.maximum(layers[3], 1e-6), 0, -1).astype(np.float32)
    opacity = np.rint(np.clip(layers[3], 0, 1) * 255).astype(np.uint8)
    return FlakeGuide(opacity, to_display(night_grade(colour)) * (opacity[..., None] > 1))
