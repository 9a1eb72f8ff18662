"""Shadow of the solid set on the dust: a depth map seen from the sun, made of points on pieces and buildings."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from generation.traditional.dust.sources import Floats

if TYPE_CHECKING:
    import torch

Box = tuple[Sequence[float], Sequence[float]]

_TEXEL_METRES = 1.0
_POINTS_A_PIECE = 16
_SOFT_METRES = 1.2  # depth over which a shadow sets in: pieces are known by a few points only


@dataclass(frozen=True)
class Occluders:
    """Points that stand for what can shade the dust.

    Attributes
    ----------
    offsets, piece
        (P, 3) metres around the centre of the piece that each belongs to, and its number (P,).
    motion_loc
        (F, N, 3) centres of the pieces. Their turning is left out: a piece shades about the same whichever way it lies.
    standing
        (M, 3) points on the walls and roofs of the buildings that stay.
    """

    offsets: npt.NDArray[np.float32]
    piece: npt.NDArray[np.int64]
    motion_loc: Floats
    standing: npt.NDArray[np.float32]

    def at(self, frame_index: int) -> npt.NDArray[np.float32]:
        """All points on a frame (0 is the first), shape (P + M, 3)."""
        moved = self.motion_loc[frame_index][self.piece] + self.offsets
        return np.asarray(np.concatenate([moved, self.standing]), np.float32)


def collect_occluders(hulls: Sequence[Floats], motion_loc: Floats, obstacles: Sequence[Box]) -> Occluders:
    """Pick points: some corners of every piece drawn halfway to its centre too, and a grid on every standing box."""
    offsets, piece = [], []
    for number, hull in enumerate(hulls):
        corners = np.asarray(hull, np.float32)[:: max(1, len(hull) // _POINTS_A_PIECE)]
        own = np.concatenate([corners, corners * 0.5, np.zeros((1, 3), np.float32)])
        offsets.append(own)
        piece.append(np.full(len(own), number))
    standing = [_box_points(np.asarray(low, np.float32), np.asarray(high, np.float32)) for low, high in obstacles]
    return Occluders(
        np.concatenate(offsets),
        np.concatenate(piece),
        np.asarray(motion_loc),
        np.concatenate(standing) if standing else np.zeros((0, 3), np.float32),
    )


class SunMap:
    """Depth map towards the sun: for each texel, how far towards the sun the nearest solid stands."""

    def __init__(self, points: npt.NDArray[np.float32], sun: "torch.Tensor") -> None:
        import torch
        import torch.nn.functional as functional

        self.sun = sun
        off_axis = torch.tensor([0.0, 0.0, 1.0] if abs(float(sun[2])) < 0.9 else [1.0, 0.0, 0.0], device=sun.device)
        across = torch.linalg.cross(off_axis, sun)
        across = across / across.norm()
        self.axes = torch.stack([across, torch.linalg.cross(sun, across)], 1)
        solid = torch.from_numpy(points).to(sun.device)
        flat = solid @ self.axes
        self.low = flat.amin(0) - 2 * _TEXEL_METRES
        texel = ((flat - self.low) / _TEXEL_METRES).long()
        width, height = (texel.amax(0) + 3).tolist()
        depths = torch.full((height * width,), -1e4, device=sun.device)
        depths.scatter_reduce_(0, texel[:, 1] * width + texel[:, 0], solid @ sun, "amax")
        # Fill the gaps between points, then take the lower of both ways so that edges don't grow by a texel.
        grown = functional.max_pool2d(depths.reshape(1, 1, height, width), 3, 1, 1)
        self.depths = -functional.max_pool2d(-grown, 3, 1, 1)
        self.size = torch.tensor([width, height], dtype=torch.float32, device=sun.device)

    def lit(self, place: "torch.Tensor") -> "torch.Tensor":
        """Share of the sun, 0 to 1, that reaches points of shape (..., 3) past the solid set."""
        import torch
        import torch.nn.functional as functional

        grid = ((place @ self.axes - self.low) / _TEXEL_METRES) / self.size * 2 - 1
        grid = grid.reshape(1, 1, -1, 2)
        towards = (place @ self.sun).reshape(-1)
        shaded = torch.zeros_like(towards)
        # Four taps of half a texel soften the shadow's edge.
        for shift in ((-0.5, -0.5), (0.5, -0.5), (-0.5, 0.5), (0.5, 0.5)):
            moved = grid + torch.tensor(shift, device=place.device) / self.size * 2
            nearest = functional.grid_sample(self.depths, moved, mode="nearest", align_corners=False)[0, 0, 0]
            inside = (moved.abs() < 1).all(-1)[0, 0]
            shaded += ((nearest - towards) / _SOFT_METRES - 0.6).clamp(0, 1) * inside
        return (1 - shaded / 4).reshape(place.shape[:-1])


def _box_points(low: npt.NDArray[np.float32], high: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Points a metre apart on the walls and the roof of a box."""
    axes = [np.linspace(low[axis], high[axis], max(2, int(high[axis] - low[axis]) + 2)) for axis in range(3)]
    points = [np.stack(np.meshgrid(axes[0], axes[1], high[2:3], indexing="ij"), -1).reshape(-1, 3)]
    for axis, other in ((0, 1), (1, 0)):
        for side in (low[axis], high[axis]):
            wall = np.stack(np.meshgrid(np.array([side]), axes[other], axes[2], indexing="ij"), -1).reshape(-1, 3)
            points.append(wall if axis == 0 else wall[:, [1, 0, 2]])
    return np.asarray(np.concatenate(points), np.float32)
