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

_LARGEST_PIXELS = 60


@dataclass(frozen=True)
class FlakeGuide:
    """uint8: opacity of the flakes (H, W), and their colour as display sRGB (H, W, 3); 0 where none is."""

    opacity: Codes
    light: Codes


def flat_in_haze(
    parameters: SnowfallParameters, linear: Floats, distance: Floats, camera: Camera, lamps: Lamps, seconds: float
) -> Floats:
    """The flat pass under the shot's haze, scene-linear (H, W, 3)."""
    air = haze(parameters, camera, distance, lamps, seconds, samples=2)
    return np.asarray(linear * air.through[..., None] + air.added, np.float32)


def shown(linear: Floats) -> Codes:
    """A picture of the night through the shot's exposure, lens and vignette, as display sRGB (H, W, 3)."""
    return to_display(through_night_lens(night_grade(linear)))


def flake_guide(
    snowfall: Snowfall, distance: Floats, camera: Camera, lamps: Lamps, seconds: float, behind: Floats, flat: Codes
) -> FlakeGuide:
    """The same flakes at the same places as smooth streaks: no raggedness, no glow of theirs.

    A flake shines brighter than a display can show, and covers little of its pixel. So opacity and colour are worked
    out backwards: from what the picture ``behind`` (H, W, 3), scene-linear, shows with the flakes before it.
    """
    radiance, opacity = _capsules(snowfall, distance, camera, lamps, seconds)
    without = flat.astype(np.float32)
    change = shown(behind * (1 - opacity[..., None]) + radiance).astype(np.float32) - without
    room = np.where(change > 0, 255 - without, without)
    least = np.max(np.abs(change) / np.maximum(room, 1), -1)
    covers = np.rint(255 * np.clip(np.maximum(opacity, least), 0, 1)).astype(np.uint8)
    colour = without + change / np.maximum(covers[..., None] / 255, 1e-6)
    return FlakeGuide(covers, np.rint(np.clip(colour, 0, 255)).astype(np.uint8) * (covers[..., None] > 0))


def _capsules(
    snowfall: Snowfall, distance: Floats, camera: Camera, lamps: Lamps, seconds: float
) -> tuple[Floats, Floats]:
    """Premultiplied scene-linear radiance (H, W, 3) and opacity (H, W)."""
    height, width = distance.shape
    flakes = snowfall.seen(camera, seconds, (width, height), lamps)
    radius = np.minimum(np.hypot(flakes.radius, flakes.blur), _LARGEST_PIXELS)
    run = flakes.end - flakes.start
    length = np.linalg.norm(run, axis=1)
    # Light is spread over the capsule, and over a whole pixel where the flake is finer than that; it thins out as that
    # of the finished flakes does. A hard rim about a large flake would stay one in the finished picture.
    drawn = np.sqrt(radius**2 + 0.3)
    edge = np.maximum(1.0, 0.9 * flakes.radius) + 0.25 * flakes.blur
    share = np.minimum(1, 1.25 * (flakes.radius / drawn) ** 1.6 / (1 + 0.75 * length / drawn))
    middle = (flakes.start + flakes.end) / 2
    window = np.ceil(drawn + edge / 2 + length / 2 + 1).astype(int)
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
        streak, wide = np.maximum(length[chosen, None, None], 1e-3), drawn[chosen, None, None]
        place = (x * across + y * down) / streak
        along = np.clip(place / streak, 0, 1)
        away = np.hypot(x - along * across, y - along * down)
        soft = edge[chosen, None, None]
        cover = np.clip((wide + soft / 2 - away) / soft, 0, 1)
        cover = cover * cover * (3 - 2 * cover) * share[chosen, None, None]
        # For how much of the shutter's time it was there: a streak thins out towards both ends.
        stay = np.minimum(place + wide + 0.5, streak) - np.maximum(place - wide - 0.5, 0)
        cover *= np.clip(stay / np.minimum(streak, 2 * wide + 1), 0, 1)
        cover *= inside & (distance.ravel()[flat] > flakes.depth[chosen, None, None])
        seen = cover > 0
        places, of, cover = flat[seen], np.nonzero(seen)[0], cover[seen]
        # What several cover together is 1 - the product of what each lets through. The middle glows nearly white.
        depth = -np.log1p(-np.minimum(cover, 0.93))
        colour = flakes.colour[chosen]
        brightest = colour.max(1)
        layers[3] += np.bincount(places, depth, height * width)
        for channel in range(3):
            heat = 0.4 * brightest + 0.6 * colour[:, channel]
            lit = depth * (colour[of, channel] + 0.7 * cover**3 * heat[of])
            layers[channel] += np.bincount(places, lit, height * width)
    layers = layers.reshape(4, height, width)
    opacity = 1 - np.exp(-layers[3])
    radiance = layers[:3] * (opacity / np.maximum(layers[3], 1e-6))
    return np.moveaxis(radiance, 0, -1).astype(np.float32), opacity.astype(np.float32)
