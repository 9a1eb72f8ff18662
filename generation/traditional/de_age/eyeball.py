"""The eyeball with its clear bulge, looking along -y from the origin, and the pink corner of the eye. Centimetres."""

import numpy as np
from numpy.typing import NDArray

from generation.traditional.de_age.distance_fields import Floats
from generation.traditional.de_age.proportions import EYE_RADIUS

IRIS_RADIUS = 0.59
_RINGS, _SPOKES = 56, 72


def eyeball() -> tuple[Floats, NDArray[np.int32]]:
    """Vertices [V,3] and quads [Q,4]: a sphere, with a cornea of smaller radius standing 1.3 mm proud of it."""
    angle = np.concatenate([np.linspace(0, 0.75, 40), np.linspace(0.78, 2.2, _RINGS - 40)])
    around = np.linspace(0, 2 * np.pi, _SPOKES, endpoint=False)
    share = np.clip(angle / 0.62, 0, 1)
    radius = EYE_RADIUS - 0.01 + 0.11 * (1 - share**2) ** 1.5
    off_axis, ahead = radius * np.sin(angle), -radius * np.cos(angle)
    vertices = np.stack(
        [
            off_axis[:, None] * np.cos(around),
            np.broadcast_to(ahead[:, None], (_RINGS, _SPOKES)),
            off_axis[:, None] * np.sin(around),
        ],
        -1,
    )
    return vertices.reshape(-1, 3).astype(np.float32), ring_quads(_RINGS, _SPOKES)


def ring_quads(rings: int, spokes: int, closed: bool = True) -> NDArray[np.int32]:
    """The quads of a grid of vertices [rings, spokes] that closes on itself, or not."""
    index = np.arange(rings * spokes).reshape(rings, spokes)
    there = np.roll(index, -1, axis=1)
    quads = np.stack([index[:-1], there[:-1], there[1:], index[1:]], -1)
    return np.asarray((quads if closed else quads[:, :-1]).reshape(-1, 4), np.int32)


def corner_flesh(
    centre: tuple[float, float, float], radii: tuple[float, float, float]
) -> tuple[Floats, NDArray[np.int32]]:
    """A small ellipsoid."""
    up, around = np.linspace(0.02, np.pi - 0.02, 12), np.linspace(0, 2 * np.pi, 16, endpoint=False)
    unit = np.stack(
        [
            np.sin(up)[:, None] * np.cos(around),
            np.sin(up)[:, None] * np.sin(around),
            np.repeat(np.cos(up)[:, None], 16, 1),
        ],
        -1,
    )
    return (unit * np.array(radii) + np.array(centre)).reshape(-1, 3).astype(np.float32), ring_quads(12, 16)
