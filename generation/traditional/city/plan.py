"""A building's measures and the choices that make one facade differ from the next."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

STOREY_METRES = 3.2
GROUND_STOREY_METRES = 4.2
WALL_METRES = 0.32
SLAB_METRES = 0.26


class Detail(IntEnum):
    """How much of a facade is built. Polygons that fill less than a pixel only cost time."""

    FAR = 0
    MIDDLE = 1
    NEAR = 2


@dataclass(frozen=True)
class Style:
    """The choices that make one facade differ from the next."""

    window_share: float
    sill_metres: float
    balconies: bool
    balcony_offset: int
    balcony_every: int
    air_conditioners: bool
    pilasters: int
    awning_share: float
    cornice_metres: float
    curtain_share: float

    def has_balcony(self, floor: int, floors: int, bay: int) -> bool:
        """Whether there is a balcony before a window; never on the ground floor or under the roof."""
        return self.balconies and 0 < floor < floors - 1 and (bay + self.balcony_offset) % self.balcony_every == 0


@dataclass(frozen=True)
class Plan:
    """A building's place and size in metres."""

    west: float
    south: float
    width: float
    depth: float
    floors: int
    bay: float = 3.3

    @property
    def east(self) -> float:
        """Easting (x) of the eastern wall."""
        return self.west + self.width

    @property
    def north(self) -> float:
        """Northing (y) of the northern wall."""
        return self.south + self.depth

    @property
    def levels(self) -> list[float]:
        """Height of every floor and of the roof."""
        return [0.0] + [GROUND_STOREY_METRES + STOREY_METRES * k for k in range(self.floors)]

    @property
    def roof(self) -> float:
        """Height of the roof slab's upper side."""
        return self.levels[-1]

    @property
    def top(self) -> float:
        """Height of the parapet."""
        return self.roof + 1.05

    @property
    def bays(self) -> tuple[int, int]:
        """Window axes along x and along y."""
        return max(2, round(self.width / self.bay)), max(2, round(self.depth / self.bay))


def draw_style(stream: np.random.Generator) -> Style:
    """A facade's choices at random."""
    return Style(
        window_share=float(stream.uniform(0.42, 0.60)),
        sill_metres=float(stream.uniform(0.55, 1.0)),
        balconies=bool(stream.random() < 0.7),
        balcony_offset=int(stream.integers(0, 2)),
        balcony_every=int(stream.integers(2, 4)),
        air_conditioners=bool(stream.random() < 0.5),
        pilasters=int(stream.integers(0, 3)),
        awning_share=float(stream.uniform(0.1, 0.7)),
        cornice_metres=float(stream.uniform(0.4, 0.95)),
        curtain_share=float(stream.uniform(0.3, 0.7)),
    )
