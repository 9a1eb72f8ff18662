"""The materials of the snowfall: the building kit's surfaces and those that only a snowy night has."""

from enum import IntEnum

from generation.traditional.city.boxes import Surface


class SnowSurface(IntEnum):
    """Material slots after those of `Surface`."""

    SNOW = len(Surface)
    GROUND = len(Surface) + 1
    WINDOW = len(Surface) + 2  # lit from inside: its tint is its radiance
    GLOW = len(Surface) + 3  # bulbs, neon: radiance too
    COAT = len(Surface) + 4
    LENS = len(Surface) + 5  # the mask's goggles
