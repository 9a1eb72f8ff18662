"""Simulated dust as arrays: one frame, and all frames of a shot."""

from dataclasses import dataclass, fields
from pathlib import Path

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


def save_dust(dust: DustSnapshots, path: Path) -> None:
    """Write simulated dust as an npz, frames one behind the other."""
    np.savez(
        path,
        low=np.array([frame.low for frame in dust.frames]),
        shape=np.array([frame.density.shape for frame in dust.frames], np.int64),
        density=np.concatenate([frame.density.ravel() for frame in dust.frames]),
        displacement=np.concatenate([frame.displacement.ravel() for frame in dust.frames]),
        cell_metres=np.float64(dust.cell_metres),
        seed=np.int64(dust.seed),
        **{f"occluders_{field.name}": getattr(dust.occluders, field.name) for field in fields(Occluders)},
    )


def load_dust(path: Path) -> DustSnapshots:
    """Read what `save_dust` wrote."""
    with np.load(path) as stored:
        ends = np.cumsum(stored["shape"].prod(1))
        density, displacement = stored["density"], stored["displacement"]
        frames = [
            DustSnapshot(
                (float(low[0]), float(low[1]), float(low[2])),
                density[end - cells.prod() : end].reshape(cells),
                displacement[3 * (end - cells.prod()) : 3 * end].reshape(3, *cells),
            )
            for low, cells, end in zip(stored["low"], stored["shape"], ends, strict=True)
        ]
        occluders = Occluders(**{field.name: stored[f"occluders_{field.name}"] for field in fields(Occluders)})
        return DustSnapshots(tuple(frames), float(stored["cell_metres"]), int(stored["seed"]), occluders)
