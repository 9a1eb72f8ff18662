"""Boxes: what every building, kerb and lamp is made of, and the surfaces they are covered with."""

from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
Point = tuple[float, float, float]
Colour = tuple[float, float, float]

#: Corner indices of the six faces, counter-clockwise seen from outside; corners as `box_corners` orders them.
#: Face order: down, up, south, east, north, west.
BOX_FACES = np.array([[0, 3, 2, 1], [4, 5, 6, 7], [0, 1, 5, 4], [1, 2, 6, 5], [2, 3, 7, 6], [3, 0, 4, 7]])


class Surface(IntEnum):
    """What a face is covered with; its index is the material slot on the Blender side."""

    PLASTER = 0
    BRICK = 1
    TRIM = 2
    CONCRETE = 3
    GLASS = 4
    INTERIOR = 5
    METAL = 6
    ROOF = 7
    WOOD = 8
    CLOTH = 9
    ASPHALT = 10
    PAVEMENT = 11
    ROAD_PAINT = 12
    CAR_PAINT = 13
    RUBBER = 14
    FOLIAGE = 15


@dataclass
class Boxes:
    """A growing list of axis-aligned boxes with a surface, a colour and whether fracture may cut them."""

    low: list[Point] = field(default_factory=list)
    high: list[Point] = field(default_factory=list)
    surface: list[int] = field(default_factory=list)
    tint: list[Colour] = field(default_factory=list)
    breakable: list[bool] = field(default_factory=list)

    def add(self, corner: Point, opposite: Point, surface: Surface, tint: Colour, breakable: bool = True) -> None:
        """Add the box between two opposite corners, given in any order."""
        self.low.append((min(corner[0], opposite[0]), min(corner[1], opposite[1]), min(corner[2], opposite[2])))
        self.high.append((max(corner[0], opposite[0]), max(corner[1], opposite[1]), max(corner[2], opposite[2])))
        self.surface.append(int(surface))
        self.tint.append(tint)
        self.breakable.append(breakable)

    def __len__(self) -> int:
        return len(self.low)

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Columns by name.

        ``low``, ``high`` float64 [N,3] metres, ``surface`` uint8 [N], ``tint`` float32 [N,3] linear and
        ``breakable`` bool [N].
        """
        return {
            "low": np.array(self.low, np.float64).reshape(-1, 3),
            "high": np.array(self.high, np.float64).reshape(-1, 3),
            "surface": np.array(self.surface, np.uint8),
            "tint": np.array(self.tint, np.float32).reshape(-1, 3),
            "breakable": np.array(self.breakable, bool),
        }


def box_corners(low: FloatArray, high: FloatArray) -> FloatArray:
    """The eight corners of N boxes, float64 [N,8,3], lower four first, counter-clockwise from above."""
    take_high = np.array(
        [[0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0], [0, 0, 1], [1, 0, 1], [1, 1, 1], [0, 1, 1]], dtype=bool
    )
    return np.where(take_high[None], high[:, None], low[:, None])
