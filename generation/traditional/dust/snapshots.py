"""Simulated dust as arrays: one frame, and all frames of a shot."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from generation.traditional.dust.sun_shadow import Occluders

HalfArray = npt.NDArray[np.float16]


@dataclass(frozen=True)
class DustSnapshot:
    """Dust of one frame inside its own tight box.

    Attributes
    ----------
    low
        World position of the box's lowest corner, metres.
    density
        (z, y, x) float16, optical density per metre at an extinction of 1; never negative.
    displacement
        (3, z, y, x) float16, cells that the air has carried the detail noise along x, y, z.
    """

    low: tuple[float, float, float]
    density: HalfArray
    displacement: HalfArray

    @property
    def empty(self) -> bool:
        """Whether there is no dust on this frame."""
        return self.density.size == 0


@dataclass(frozen=True)
class DustSnapshots:
    """The simulated dust of a shot: one snapshot a frame, the size of its cells, the noise's seed, what shades it."""

    frames: tuple[DustSnapshot, ...]
    cell_metres: float
    seed: int
    occluders: Occluders


NO_DUST = DustSnapshot((0.0, 0.0, 0.0), np.zeros((0, 0, 0), np.float16), np.zeros((3, 0, 0, 0), np.float16))
