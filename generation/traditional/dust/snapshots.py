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


#: Thinner dust than this is not seen, and neither is where it came from.
_THINNEST = 0.002


def save_dust(dust: DustSnapshots, path: Path) -> None:
    """Write simulated dust as an npz: of every frame only the cells that hold dust, and those next to them.

    The displacement is rounded to 8 bits, a hundredth of a cell or two: it only says where the billows' noise is
    looked up.
    """
    kept = [_cells_of_dust(frame.density) for frame in dust.frames]
    displacement = [frame.displacement[:, cells] for frame, cells in zip(dust.frames, kept, strict=True)]
    longest = max((float(np.abs(values).max(initial=0)) for values in displacement), default=0.0)
    scale = max(longest, 1e-6) / 127
    np.savez(
        path,
        low=np.array([frame.low for frame in dust.frames]),
        shape=np.array([frame.density.shape for frame in dust.frames], np.int64),
        kept=np.packbits(np.concatenate([cells.ravel() for cells in kept])),
        density=np.concatenate([frame.density[cells] for frame, cells in zip(dust.frames, kept, strict=True)]),
        displacement=np.rint(np.concatenate(displacement, axis=1) / np.float32(scale)).astype(np.int8),
        displacement_scale=np.float32(scale),
        cell_metres=np.float64(dust.cell_metres),
        seed=np.int64(dust.seed),
        **{f"occluders_{field.name}": getattr(dust.occluders, field.name) for field in fields(Occluders)},
    )


def load_dust(path: Path) -> DustSnapshots:
    """Read what `save_dust` wrote."""
    with np.load(path) as stored:
        shapes, scale = stored["shape"], stored["displacement_scale"]
        cell_ends = np.cumsum(shapes.prod(1))
        kept = np.unpackbits(stored["kept"], count=int(cell_ends[-1])).astype(bool)
        density, displacement = stored["density"], stored["displacement"]
        frames, done = [], 0
        for low, shape, end in zip(stored["low"], shapes, cell_ends, strict=True):
            cells = kept[end - shape.prod() : end].reshape(shape)
            rows = slice(done, done + int(cells.sum()))
            done = rows.stop
            own_density, own_displacement = np.zeros(shape, np.float16), np.zeros((3, *shape), np.float16)
            own_density[cells] = density[rows]
            own_displacement[:, cells] = displacement[:, rows] * scale
            frames.append(DustSnapshot((float(low[0]), float(low[1]), float(low[2])), own_density, own_displacement))
        occluders = Occluders(**{field.name: stored[f"occluders_{field.name}"] for field in fields(Occluders)})
        return DustSnapshots(tuple(frames), float(stored["cell_metres"]), int(stored["seed"]), occluders)


def _cells_of_dust(density: HalfArray) -> npt.NDArray[np.bool_]:
    """Cells with dust and their neighbours, which trilinear look-ups at its rim also read."""
    from scipy.ndimage import maximum_filter

    return np.asarray(maximum_filter(density > _THINNEST, 3, mode="constant")) if density.size else density > 0
