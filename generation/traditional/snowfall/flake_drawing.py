"""Draws flakes into a picture: ragged and tumbling where they are large and sharp, discs where the lens blurs them."""

import numpy as np
from numpy.typing import NDArray

from generation.traditional.snowfall.flakes import SeenFlakes

Floats = NDArray[np.float32]

#: Half widths of the square windows that flakes are drawn in, pixels; a flake takes the smallest it fits in.
_WINDOWS = (2, 4, 7, 12, 20, 34, 58, 100, 180, 320)
_PIXELS_AT_ONCE = 400_000
_PIXEL_EDGE = 1.0  # pixels over which the sharpest edge runs
_MOST_OPAQUE = 0.93
_HEAT = 0.7


def draw_flakes(flakes: SeenFlakes, distance: Floats) -> tuple[Floats, Floats]:
    """Premultiplied radiance (H, W, 3) and alpha (H, W) of the flakes in front of ``distance`` (H, W)."""
    height, width = distance.shape
    layers = np.zeros((4, height * width))
    radius = np.hypot(flakes.radius, flakes.blur)
    streak = np.linalg.norm(flakes.end - flakes.start, axis=1)
    needed = radius * 1.45 + streak / 2 + 1.2
    window = np.searchsorted(_WINDOWS, needed)
    for index, half in enumerate(_WINDOWS):
        chosen = np.flatnonzero(window == index)
        batch = max(1, _PIXELS_AT_ONCE // (2 * half + 1) ** 2)
        for first in range(0, len(chosen), batch):
            _draw_window(layers, flakes, chosen[first : first + batch], half, distance)
    # Order does not matter: what several flakes cover together is 1 - the product of what each lets through.
    through = np.exp(-layers[3]).reshape(height, width)
    colour = layers[:3].T.reshape(height, width, 3)
    alpha = 1 - through
    summed = np.maximum(layers[3].reshape(height, width), 1e-6)
    return np.asarray(colour * (alpha / summed)[..., None], np.float32), np.asarray(alpha, np.float32)


def _draw_window(
    layers: NDArray[np.float64], flakes: SeenFlakes, chosen: NDArray[np.int64], half: int, distance: Floats
) -> None:
    height, width = distance.shape
    start, end = flakes.start[chosen], flakes.end[chosen]
    middle = (start + end) / 2
    corner = np.floor(middle).astype(np.int64)
    offset = np.arange(-half, half + 1)
    columns, rows = corner[:, 0, None, None] + offset[None, None, :], corner[:, 1, None, None] + offset[None, :, None]
    columns, rows = np.broadcast_arrays(columns, rows)
    inside = (columns >= 0) & (columns < width) & (rows >= 0) & (rows < height)
    flat = np.where(inside, rows * width + columns, 0)
    visible = inside & (distance.ravel()[flat] > flakes.depth[chosen, None, None])
    if not visible.any():
        return
    x = (columns + 0.5 - start[:, 0, None, None]).astype(np.float32)
    y = (rows + 0.5 - start[:, 1, None, None]).astype(np.float32)
    run = (end - start)[:, :, None, None]
    squared = np.maximum((run * run).sum(1), 1e-6)
    unbound = (x * run[:, 0] + y * run[:, 1]) / squared
    along = np.clip(unbound, 0, 1)
    x, y = x - along * run[:, 0], y - along * run[:, 1]
    # For how much of the shutter's time the flake was over a pixel: a streak thins out towards both ends.
    length, reach = np.sqrt(squared), np.hypot(flakes.radius[chosen], flakes.blur[chosen])[:, None, None] + 0.5
    place = unbound * length
    stay = np.minimum(place + reach, length) - np.maximum(place - reach, 0)
    stay = np.clip(stay / np.minimum(length, 2 * reach), 0, 1)
    cover = _cover(x, y, flakes, chosen, np.sqrt(squared[:, 0, 0])) * stay * visible
    flat, cover = flat[visible], cover[visible].astype(np.float64)
    depth_of_cover = -np.log1p(-np.minimum(cover, _MOST_OPAQUE))
    of = np.broadcast_to(np.arange(len(chosen))[:, None, None], visible.shape)[visible]
    # The middle of a flake glows nearly white, as everything too bright for its colour does.
    heat = (_HEAT * cover**3) * flakes.colour[chosen].max(1)[of]
    for channel in range(3):
        own = flakes.colour[chosen, channel]
        whiter = 0.4 + 0.6 * own / np.maximum(flakes.colour[chosen].max(1), 1e-6)
        radiance = own[of] + heat * whiter[of]
        layers[channel] += np.bincount(flat, depth_of_cover * radiance, layers.shape[1])
    layers[3] += np.bincount(flat, depth_of_cover, layers.shape[1])


def _cover(x: Floats, y: Floats, flakes: SeenFlakes, chosen: NDArray[np.int64], streak: Floats) -> Floats:
    """How much of each pixel a flake covers while the shutter is open."""
    own, blur = flakes.radius[chosen, None, None], flakes.blur[chosen, None, None]
    # A pixel is the least that anything is spread over; light is kept by dimming.
    radius = np.sqrt(own * own + blur * blur + np.float32(0.30))
    away = np.sqrt(x * x + y * y)
    sharp = own * own / (radius * radius)
    if float(flakes.radius[chosen].max(initial=0)) > 1.6:
        away = away * _ragged(x, y, flakes.number[chosen], sharp, 1 / np.maximum(own, 1e-3))
    # A flake is a fluffy thing: dense in the middle, thin at its rim. Out of focus it becomes a disc with a bright rim.
    edge = np.maximum(_PIXEL_EDGE, own * 0.9) + 0.25 * blur
    cover = np.clip((radius + edge * 0.5 - away) / edge, 0, 1)
    cover = cover * cover * (3 - 2 * cover)
    cover *= 1 + (1 - sharp) * 0.45 * (np.clip(away / radius, 0, 1) ** 2 - 0.5)
    moved = streak[:, None, None]
    # What is far out of focus would vanish into the air; a little more of it than there is keeps the depth.
    dims = sharp**0.8 / (1 + 0.75 * moved / radius)
    return np.asarray(cover * np.minimum(1.0, dims * 1.25), np.float32)


def _ragged(x: Floats, y: Floats, number: NDArray[np.int64], sharp: Floats, scale: Floats) -> Floats:
    """Factor on the distance from a flake's middle: clumps of crystals have no two like."""
    draw = np.stack([np.modf(np.sin((number + 1) * k) * 43758.5453)[0] for k in (12.98, 78.23, 37.71, 93.99, 55.17)], 1)
    turned = np.arctan2(y, x) + (draw[:, 0] * 6.28)[:, None, None].astype(np.float32)
    shape = np.zeros_like(x)
    for wave, lobes in enumerate((2, 3, 5, 9)):
        amount = (0.20, 0.12, 0.09, 0.08)[wave]
        phase = (draw[:, wave + 1] * 6.28)[:, None, None].astype(np.float32)
        shape += np.float32(amount) * np.sin(lobes * turned + phase)
    # Holes and lumps, finer than the outline.
    lump = 0.14 * np.sin(x * scale * 2.9 + phase) * np.sin(y * scale * 3.3 - phase)
    return np.asarray(1 + (shape + lump) * np.minimum(1.0, sharp * 1.1), np.float32)
