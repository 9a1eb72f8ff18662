"""Stable fluids on a coarse grid: carries dust from its sources, with torch as the array engine.

The method is Stam's "Stable Fluids" (SIGGRAPH 1999) with vorticity confinement (Fedkiw, Stam, Jensen 2001), a
MacCormack step for the density (Selle et al. 2008) and an FFT pressure solve. Only the box that holds dust is solved:
before the first impact that box is empty and a step is free.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from generation.traditional.dust.fluid_steps import cell_indices, confinement, project, sample_cells
from generation.traditional.dust.snapshots import NO_DUST, DustSnapshot, DustSnapshots
from generation.traditional.dust.sources import DustParameters, Emission, Floats, emissions
from generation.traditional.dust.sun_shadow import Box, collect_occluders
from generation.traditional.dust.threads import few_threads

if TYPE_CHECKING:
    import torch

FULL_CELL_METRES = 0.75
_REFERENCE_CELL = 0.75  # metres; emission strengths were tuned on cells of this size
_EDDY_METRES = 3.0
_AROUND_METRES = 26.0
_ABOVE_METRES = 8.0
_EMPTY = 0.006
_MARGIN_METRES = 3.0


def simulate_dust(
    hulls: Sequence[Floats],
    volumes: Floats,
    motion_loc: Floats,
    obstacles: Sequence[Box],
    parameters: DustParameters,
    cell_metres: float = FULL_CELL_METRES,
    device: str = "cpu",
    thread_count: int = 1,
) -> DustSnapshots:
    """Simulate the dust that moving pieces raise.

    Parameters
    ----------
    hulls : sequence of (k, 3)
        Hull points of each piece around its own centre, metres.
    volumes : (N,)
        Volume of each piece, cubic metres.
    motion_loc : (F, N, 3)
        Centre of each piece on each frame, metres; the ground is z = 0.
    obstacles : sequence of ((x, y, z) low, (x, y, z) high)
        Standing buildings that the dust flows around.
    parameters : DustParameters
    cell_metres : float
        Edge of a cell. The same seed on coarser cells gives the same cloud, softer.
    device : str
        A torch device. Results are the same bit for bit on one device, not across devices.

    Returns
    -------
    DustSnapshots
        One snapshot a frame of ``motion_loc``.
    """
    with few_threads(thread_count):
        standing = np.concatenate([hull + centre for hull, centre in zip(hulls, motion_loc[0], strict=True)])
        low, high = standing.min(0), standing.max(0)
        low[:2] -= _AROUND_METRES
        high[:2] += _AROUND_METRES
        low[2] = 0.0
        high[2] += _ABOVE_METRES
        solver = _Solver(low, high, cell_metres, parameters, obstacles, device)
        snapshots = [solver.step(emission) for emission in emissions(hulls, volumes, motion_loc, parameters)]
    occluders = collect_occluders(hulls, motion_loc, obstacles)
    return DustSnapshots(tuple(snapshots), cell_metres, parameters.seed, occluders)


class _Solver:
    """The whole domain's fields and one step of them. Axes of every field are (z, y, x)."""

    def __init__(
        self, low: Floats, high: Floats, cell: float, parameters: DustParameters, obstacles: Sequence[Box], device: str
    ) -> None:
        import torch

        self.device, self.cell, self.parameters = device, cell, parameters
        self.low = np.asarray(low, np.float64)
        self.counts = np.maximum(8, np.ceil((np.asarray(high) - self.low) / cell)).astype(int)  # x, y, z
        shape = tuple(self.counts[::-1])
        # One tensor for all that the air carries: velocity x, y, z (m/s), density, displacement x, y, z (cells).
        self.carried = torch.zeros(7, *shape, device=device)
        self.open_air = torch.ones(shape, device=device)
        centres = [self.low[axis] + (np.arange(self.counts[axis]) + 0.5) * cell for axis in range(3)]
        for box_low, box_high in obstacles:
            inside = [(centres[axis] > box_low[axis]) & (centres[axis] < box_high[axis]) for axis in range(3)]
            solid = inside[2][:, None, None] & inside[1][None, :, None] & inside[0][None, None, :]
            self.open_air[torch.from_numpy(solid).to(device)] = 0.0
        # Eddies live on a lattice in metres, not in cells, so that coarse and fine grids see the same gusts.
        self.random = torch.Generator().manual_seed(parameters.seed)
        self.eddy_counts = np.ceil(self.counts * cell / _EDDY_METRES).astype(int) + 1

    def step(self, emission: Emission) -> DustSnapshot:
        import torch

        gusts = torch.randn(3, *self.eddy_counts[::-1].tolist(), generator=self.random).to(self.device)
        box = self._active_box(emission)
        if box is None:
            return NO_DUST
        low_cell, high_cell = box
        window = tuple(slice(int(low_cell[axis]), int(high_cell[axis])) for axis in (2, 1, 0))
        fields = self.carried[(slice(None), *window)].clone()
        open_air = self.open_air[window]
        fields, expansion = self._emit(fields, emission, low_cell)
        fields = self._advance(fields, expansion, open_air, self._gust_in(gusts, low_cell, fields.shape[1:]))
        self.carried.zero_()
        self.carried[(slice(None), *window)] = fields
        corner = self.low + low_cell * self.cell
        return DustSnapshot(
            (float(corner[0]), float(corner[1]), float(corner[2])),
            fields[3].half().cpu().numpy(),
            fields[4:7].half().cpu().numpy(),
        )

    def _active_box(self, emission: Emission) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]] | None:
        """Cells to solve: dust and new puffs with a margin, rounded up to sizes that an FFT likes."""
        occupied = self.carried[3] > _EMPTY
        lows, highs = [], []
        if bool(occupied.any()):
            spans = []
            for axis in (2, 1, 0):
                others = tuple(other for other in range(3) if other != axis)
                filled = occupied.amax(dim=others).nonzero()[:, 0]
                spans.append((int(filled[0]), int(filled[-1]) + 1))
            lows.append([span[0] for span in spans])
            highs.append([span[1] for span in spans])
        if emission.count:
            cells = (emission.position - self.low) / self.cell
            lows.append(np.floor(cells.min(0)).astype(int).tolist())
            highs.append(np.ceil(cells.max(0)).astype(int).tolist())
        if not lows:
            return None
        margin = max(3, round(_MARGIN_METRES / self.cell))
        low = np.clip(np.min(lows, axis=0) - margin, 0, self.counts)
        high = np.clip(np.max(highs, axis=0) + margin, 0, self.counts)
        low[2] = 0  # the ground closes the pressure solve
        size = np.minimum(np.maximum(-(-(high - low) // 8) * 8, 8), self.counts)
        low = np.maximum(np.minimum(low, self.counts - size), 0)
        return low, low + size

    def _emit(
        self, fields: "torch.Tensor", emission: Emission, low_cell: npt.NDArray[np.int64]
    ) -> tuple["torch.Tensor", "torch.Tensor"]:
        """Splat the puffs, softened over a cell's neighbours, and pull the air along with them."""
        import torch

        shape = fields.shape[1:]
        splat = torch.zeros(6, shape.numel())
        if emission.count:
            ratio = _REFERENCE_CELL / self.cell
            place = (emission.position - self.low) / self.cell - low_cell - 0.5
            corner = np.floor(place).astype(int)
            part = place - corner
            sizes = np.array(shape[::-1])
            payload = np.stack(
                [
                    emission.amount * ratio**3,
                    emission.expansion * ratio**2,
                    np.full(emission.count, ratio**3),
                    *(emission.velocity.T * ratio**3),
                ]
            )
            for index in range(8):
                offset = np.array([index & 1, (index >> 1) & 1, index >> 2])
                cells = corner + offset
                weight = np.prod(np.where(offset, part, 1 - part), axis=1)
                within = ((cells >= 0) & (cells < sizes)).all(1)
                flat = (cells[within, 2] * sizes[1] + cells[within, 1]) * sizes[0] + cells[within, 0]
                values = torch.from_numpy((payload * weight)[:, within].astype(np.float32))
                splat.index_add_(1, torch.from_numpy(flat), values)
        softened = torch.nn.functional.avg_pool3d(splat.to(self.device).reshape(1, 6, *shape), 3, 1, 1)[0]
        density, expansion, weight_sum, momentum = softened[0], softened[1], softened[2:3], softened[3:6]
        fields[3] += density
        pull = (weight_sum * 2.2).clamp(0, 0.75)
        least = 1e-4 * (_REFERENCE_CELL / self.cell) ** 3
        fields[:3] = fields[:3] * (1 - pull) + pull * momentum / (weight_sum + least)
        return fields, expansion

    def _advance(
        self, fields: "torch.Tensor", expansion: "torch.Tensor", open_air: "torch.Tensor", gust: "torch.Tensor"
    ) -> "torch.Tensor":
        import torch

        step = self.parameters.step_seconds
        velocity, density, displacement = fields[:3], fields[3:4], fields[4:7]
        presence = density.clamp(0, 1)
        agitation = (velocity.norm(dim=0, keepdim=True) * 0.12).clamp(0.15, 2.2)
        velocity = velocity + gust * presence * agitation * (21.0 * step)
        # Warm, compressed air lifts thin dust; a laden base is heavier than air and hugs the ground.
        lift = 1.1 * presence - 0.7 * (density - 1.0).clamp(0, 3)
        velocity[2] += lift[0] * step
        velocity = velocity + confinement(velocity) * presence * (6.0 * _REFERENCE_CELL / self.cell * step)
        velocity = velocity * open_air
        # Twice where walls stand: the spectral solve does not see them, and each pass halves what leaks through.
        for _ in range(2 if bool((open_air == 0).any()) else 1):
            velocity = project(velocity, expansion) * open_air
        wind = torch.tensor(self.parameters.wind, device=self.device)[:, None, None, None]
        cells = (velocity + wind * presence) * (step / self.cell)
        here = cell_indices(velocity[0])
        moved = sample_cells(torch.cat([velocity, density, displacement]), here - cells)
        returned = sample_cells(moved[3:4], here + cells)
        crisp = moved[3:4] + 0.5 * (density - returned)
        crisp = torch.minimum(torch.maximum(crisp, moved[3:4] * 0.55), moved[3:4] * 1.6)
        return torch.cat(
            [
                moved[:3] * (1 - 0.35 * step),
                crisp * open_air * (1 - 0.10 * step),
                (moved[4:7] + cells) * (1 - 2.0 * step),
            ]
        )

    def _gust_in(self, gusts: "torch.Tensor", low_cell: npt.NDArray[np.int64], shape: "torch.Size") -> "torch.Tensor":
        """Interpolate the domain's gust lattice to the cells of the active box."""
        import torch

        axes = []
        for axis, count in zip((2, 1, 0), shape, strict=True):
            metres = (low_cell[axis] + torch.arange(count, device=self.device) + 0.5) * self.cell
            axes.append(metres / _EDDY_METRES / (int(self.eddy_counts[axis]) - 1) * 2 - 1)
        z, y, x = torch.meshgrid(*axes, indexing="ij")
        grid = torch.stack([x, y, z], dim=-1).float()[None]
        inside: torch.Tensor = torch.nn.functional.grid_sample(
            gusts[None], grid, align_corners=True, padding_mode="border"
        )
        return inside[0]
