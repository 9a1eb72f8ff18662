"""A parked car: a lofted body and cabin with panes, wheels, lamps and bumpers; in metres, front towards +x."""

from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from .arrays import Array

CAR_PAINT, GLASS, RUBBER, TRIM, METAL = 13, 4, 14, 2, 6
HIGHEST_METRES = 1.47

# Stations along the body: metres along, half width at the sill, half width at the waist, underside, waist, bonnet line.
_BODY = np.array([
    [-2.12, 0.62, 0.66, 0.36, 0.62, 0.74], [-2.02, 0.76, 0.79, 0.27, 0.66, 0.90], [-1.60, 0.83, 0.86, 0.23, 0.68, 0.96],
    [-0.90, 0.84, 0.87, 0.22, 0.68, 0.95], [0.00, 0.84, 0.87, 0.22, 0.68, 0.93], [0.80, 0.84, 0.87, 0.22, 0.67, 0.92],
    [1.30, 0.83, 0.86, 0.22, 0.66, 0.86], [1.80, 0.79, 0.82, 0.24, 0.62, 0.77], [2.04, 0.70, 0.73, 0.28, 0.58, 0.68],
    [2.13, 0.55, 0.58, 0.36, 0.54, 0.58],
])  # fmt: skip
# Cabin: metres along, half width at the belt, half width of the roof, height of the belt, height of the roof line.
_CABIN = np.array([
    [-1.78, 0.70, 0.66, 0.93, 0.96], [-1.45, 0.74, 0.62, 0.93, 1.22], [-1.12, 0.76, 0.58, 0.93, 1.42],
    [-0.62, 0.77, 0.58, 0.93, HIGHEST_METRES], [-0.54, 0.77, 0.58, 0.93, HIGHEST_METRES],
    [0.02, 0.77, 0.58, 0.92, 1.44], [0.10, 0.77, 0.58, 0.92, 1.43], [0.38, 0.75, 0.60, 0.92, 1.31],
    [0.70, 0.72, 0.64, 0.92, 1.10], [1.02, 0.68, 0.66, 0.90, 0.92],
])  # fmt: skip
_WINDSCREEN_FROM, _REAR_UNTIL, _PILLAR = 0.05, -1.15, (-0.64, -0.52)


class CarShape(NamedTuple):
    """Vertices [V,3], polygon corners [C], corners a polygon [P], surface [P] and own tint [P,3] (NaN: paint)."""

    vertices: Array
    corners: Array
    sizes: Array
    surface: Array
    tint: Array


@lru_cache(maxsize=1)
def car_shape() -> CarShape:
    """One car, 4.3 m long."""
    shape = _Growing()
    _add_body(shape)
    _add_cabin(shape)
    for along in (-1.32, 1.36):
        for side in (-1, 1):
            _add_wheel(shape, along, side)
    for side in (-1, 1):
        shape.box((2.02, side * 0.50, 0.56), (0.13, 0.26, 0.12), TRIM, (0.75, 0.75, 0.70))
        shape.box((-2.05, side * 0.58, 0.72), (0.12, 0.22, 0.15), TRIM, (0.35, 0.015, 0.01))
        shape.box((0.62, side * 0.90, 0.97), (0.14, 0.16, 0.11), RUBBER, (0.02, 0.02, 0.02))
    shape.box((2.12, 0, 0.40), (0.12, 1.35, 0.14), RUBBER, (0.03, 0.03, 0.03))
    shape.box((-2.12, 0, 0.44), (0.12, 1.40, 0.16), RUBBER, (0.03, 0.03, 0.03))
    shape.box((2.17, 0, 0.42), (0.05, 0.46, 0.09), TRIM, (0.6, 0.6, 0.58))
    return shape.finished()


class _Growing:
    """Vertices and quads as they are added."""

    def __init__(self) -> None:
        self.vertices: list[Array] = []
        self.corners: list[int] = []
        self.sizes: list[int] = []
        self.surface: list[int] = []
        self.tint: list[tuple[float, float, float]] = []
        self.count = 0

    def points(self, vertices: Array) -> int:
        """Add vertices; the number of the first."""
        first = self.count
        self.vertices.append(np.asarray(vertices, float))
        self.count += len(vertices)
        return first

    def face(self, corners: list[int], surface: int, tint: tuple[float, float, float] | None = None) -> None:
        """Add a polygon; without a tint it takes the car's paint."""
        self.corners += corners
        self.sizes.append(len(corners))
        self.surface.append(surface)
        self.tint.append(tint or (np.nan, np.nan, np.nan))

    def box(
        self,
        centre: tuple[float, float, float],
        size: tuple[float, float, float],
        surface: int,
        tint: tuple[float, float, float],
    ) -> None:
        """Add a box."""
        signs = np.array([[x, y, z] for z in (-1, 1) for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1))])
        first = self.points(np.array(centre) + signs * np.array(size) / 2)
        for face in ((0, 3, 2, 1), (4, 5, 6, 7), (0, 1, 5, 4), (1, 2, 6, 5), (2, 3, 7, 6), (3, 0, 4, 7)):
            self.face([first + corner for corner in face], surface, tint)

    def finished(self) -> CarShape:
        """As arrays."""
        return CarShape(
            np.concatenate(self.vertices), np.array(self.corners), np.array(self.sizes), np.array(self.surface),
            np.array(self.tint),
        )  # fmt: skip


def _add_body(shape: _Growing) -> None:
    """Rings of eight points: sill, waist and bonnet line on both sides, with a crowned top."""
    rings = []
    for along, sill, waist, under, middle, top in _BODY:
        half = [(sill, under), (waist, middle), (waist * 0.93, top - 0.03), (waist * 0.6, top)]
        ring = [(along, -y, z) for y, z in half] + [(along, y, z) for y, z in reversed(half)]
        rings.append(shape.points(np.array(ring)))
    for one, two in pairwise(rings):
        for k in range(8):
            following = (k + 1) % 8
            dark = k == 7  # the underside
            shape.face(
                [one + k, one + following, two + following, two + k][::-1],
                RUBBER if dark else CAR_PAINT, (0.02, 0.02, 0.02) if dark else None,
            )  # fmt: skip
    shape.face([rings[0] + k for k in range(8)][::-1], CAR_PAINT)
    shape.face([rings[-1] + k for k in range(8)], CAR_PAINT)


def _add_cabin(shape: _Growing) -> None:
    """Rings of six points: belt, roof edge and roof on both sides; panes but for the pillars and the roof."""
    rings = []
    for along, belt, roof, low, high in _CABIN:
        half = [(belt, low), (roof, low + (high - low) * 0.86), (roof * 0.8, high)]
        ring = [(along, -y, z) for y, z in half] + [(along, y, z) for y, z in reversed(half)]
        rings.append((along, shape.points(np.array(ring))))
    pane = (0.018, 0.022, 0.026)
    for (start, one), (end, two) in pairwise(rings):
        for k in range(5):
            side, roof = k in (0, 4), k == 2
            sloped = start >= _WINDSCREEN_FROM or end <= _REAR_UNTIL + 0.05
            pillar = side and (_PILLAR[0] - 0.01 <= start and end <= _PILLAR[1] + 0.01)
            glass = (side and not pillar) or (roof and sloped)
            shape.face(
                [one + k, one + k + 1, two + k + 1, two + k][::-1],
                GLASS if glass else CAR_PAINT,
                pane if glass else None,
            )


def _add_wheel(shape: _Growing, along: float, side: int) -> None:
    angle = np.linspace(0, 2 * np.pi, 15)[:-1]
    rim = np.stack([along + 0.32 * np.cos(angle), np.zeros(14), 0.32 + 0.32 * np.sin(angle)], 1)
    outer, inner = rim + [0, side * 0.885, 0], rim + [0, side * 0.66, 0]
    hub = (rim - [along, 0, 0.32]) * 0.62 + [along, side * 0.89, 0.32]
    first, second, third = shape.points(outer), shape.points(inner), shape.points(hub)
    for k in range(14):
        following = (k + 1) % 14
        shape.face([first + k, first + following, second + following, second + k], RUBBER, (0.015, 0.015, 0.015))
    shape.face([first + k for k in range(14)], RUBBER, (0.015, 0.015, 0.015))
    shape.face([third + k for k in range(14)], METAL, (0.35, 0.35, 0.36))
