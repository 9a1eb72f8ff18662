"""Colours of buildings and cars, linear Rec.709 reflectance."""

from dataclasses import dataclass

import numpy as np

from generation.traditional.city.boxes import Colour, Surface


@dataclass(frozen=True)
class Palette:
    """The colours one building is painted in."""

    wall: Colour
    trim: Colour
    wall_surface: Surface
    shop: Colour
    interior: Colour
    interior_accent: Colour

    @property
    def concrete(self) -> Colour:
        """Broken edges and slabs are the same grey-brown in every building."""
        return (0.36, 0.34, 0.31)


METAL: Colour = (0.05, 0.05, 0.05)
RUST: Colour = (0.11, 0.055, 0.035)
GLASS: Colour = (0.03, 0.04, 0.05)
ROOF: Colour = (0.12, 0.115, 0.11)
CLOTH: Colour = (0.45, 0.42, 0.36)

_WALLS_AND_TRIMS: tuple[tuple[Colour, Colour], ...] = (
    ((0.42, 0.24, 0.15), (0.62, 0.56, 0.47)),  # terracotta
    ((0.55, 0.43, 0.28), (0.60, 0.55, 0.48)),  # sandstone
    ((0.34, 0.12, 0.08), (0.55, 0.50, 0.43)),  # ox blood
    ((0.46, 0.46, 0.42), (0.66, 0.63, 0.56)),  # grey plaster
    ((0.50, 0.33, 0.24), (0.58, 0.52, 0.44)),  # rose
    ((0.28, 0.33, 0.34), (0.62, 0.60, 0.55)),  # slate blue
    ((0.62, 0.58, 0.50), (0.42, 0.38, 0.33)),  # cream, dark trim
    ((0.60, 0.44, 0.16), (0.64, 0.60, 0.52)),  # ochre
    ((0.30, 0.34, 0.24), (0.60, 0.58, 0.50)),  # olive
    ((0.22, 0.19, 0.18), (0.50, 0.46, 0.40)),  # soot
    ((0.66, 0.64, 0.61), (0.70, 0.68, 0.64)),  # white
    ((0.44, 0.20, 0.16), (0.40, 0.34, 0.30)),  # brick red
)
_SHOPS: tuple[Colour, ...] = ((0.09, 0.05, 0.035), (0.03, 0.07, 0.06), (0.12, 0.02, 0.02), (0.04, 0.05, 0.09))
_INTERIORS: tuple[Colour, ...] = ((0.52, 0.48, 0.36), (0.30, 0.40, 0.42), (0.55, 0.42, 0.38), (0.48, 0.50, 0.44))

CAR_PAINTS: tuple[Colour, ...] = (
    (0.35, 0.02, 0.02),
    (0.50, 0.50, 0.52),
    (0.03, 0.05, 0.10),
    (0.55, 0.40, 0.08),
    (0.02, 0.02, 0.02),
    (0.10, 0.22, 0.20),
    (0.62, 0.62, 0.60),
)


def palette(number: int, stream: np.random.Generator, brick_share: float) -> Palette:
    """Palette ``number`` (0..11), brick with probability ``brick_share``, its walls a little lighter or darker."""
    wall, trim = _WALLS_AND_TRIMS[number % len(_WALLS_AND_TRIMS)]
    shade = float(stream.uniform(0.86, 1.1))
    first, second = stream.choice(len(_INTERIORS), 2, replace=False)
    return Palette(
        wall=(wall[0] * shade, wall[1] * shade, wall[2] * shade),
        trim=trim,
        wall_surface=Surface.BRICK if stream.random() < brick_share else Surface.PLASTER,
        shop=_SHOPS[int(stream.integers(len(_SHOPS)))],
        interior=_INTERIORS[int(first)],
        interior_accent=_INTERIORS[int(second)],
    )
