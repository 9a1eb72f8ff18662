"""The lit march through the dust: camera rays to colour and opacity, cut off by what stands in the way."""

from typing import TYPE_CHECKING

import numpy as np

from generation.traditional.camera import Camera, FloatArray
from generation.traditional.dust.lighting import DustLook, LitDust, padded_noise
from generation.traditional.dust.snapshots import DustSnapshots
from generation.traditional.dust.sources import Floats
from generation.traditional.dust.threads import few_threads

if TYPE_CHECKING:
    import torch

DETAIL_CELL_METRES = 0.42
STEP_METRES = 0.5
_OPAQUE = 0.012  # a ray with less light left than this is done
_FORWARD = 0.45  # Henyey-Greenstein anisotropy of mineral dust, softened by many scatterings


class DustMarcher:
    """Marches the frames of one shot; holds the noise that all of them share."""

    def __init__(
        self,
        dust: DustSnapshots,
        sun_direction: Floats,
        look: DustLook | None = None,
        detail_cell_metres: float = DETAIL_CELL_METRES,
        step_metres: float = STEP_METRES,
        device: str = "cpu",
        thread_count: int = 1,
    ) -> None:
        """Prepare a shot.

        Parameters
        ----------
        dust : DustSnapshots
        sun_direction : (3,)
            Towards the sun, world.
        look : DustLook, optional
        detail_cell_metres : float
            Size of the cells that hold the billows.
        step_metres : float
            Length of a step along a ray.
        device : str
            A torch device.
        thread_count : int
            CPU threads of torch.
        """
        self.dust, self.sun_direction, self.look = dust, sun_direction, look or DustLook()
        self.detail_cell_metres, self.step_metres = detail_cell_metres, step_metres
        self.device, self.thread_count = device, thread_count
        with few_threads(thread_count):
            self.noise = padded_noise(dust.seed, device)

    def light(self, frame_index: int) -> LitDust | None:
        """The lit dust of a frame (0 is the first), or None where there is none."""
        snapshot = self.dust.frames[frame_index]
        if snapshot.empty or float(snapshot.density.max()) < 0.01:
            return None
        with few_threads(self.thread_count):
            return LitDust(
                snapshot,
                self.dust.cell_metres,
                self.noise,
                self.sun_direction,
                self.look,
                self.detail_cell_metres,
                self.dust.occluders.at(frame_index),
            )

    def march(self, lit: LitDust | None, camera: Camera, distance: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Colour and opacity of the dust in front of the set.

        Parameters
        ----------
        lit : LitDust or None
            From `light`.
        camera : Camera
        distance : (H, W)
            Metres along each pixel's ray to the set; large for the sky.

        Returns
        -------
        (H, W, 3) and (H, W) float32
            Premultiplied scene-linear colour, and alpha.
        """
        height, width = distance.shape
        if lit is None:
            return np.zeros((height, width, 3), np.float32), np.zeros((height, width), np.float32)
        with few_threads(self.thread_count):
            return _march(lit, camera, distance, self.step_metres)


def march(
    dust: DustSnapshots,
    frame_index: int,
    camera: Camera,
    distance: FloatArray,
    sun_direction: Floats,
    look: DustLook | None = None,
) -> tuple[FloatArray, FloatArray]:
    """March one frame: premultiplied rgb (H, W, 3) and alpha (H, W). For a whole shot keep one `DustMarcher`."""
    marcher = DustMarcher(dust, sun_direction, look)
    return marcher.march(marcher.light(frame_index), camera, distance)


def _march(lit: LitDust, camera: Camera, distance: FloatArray, step: float) -> tuple[FloatArray, FloatArray]:
    import torch
    import torch.nn.functional as functional

    height, width = distance.shape
    device, look = lit.device, lit.look
    directions = torch.from_numpy(camera.rays(width, height).reshape(-1, 3)).to(device)
    stop = torch.from_numpy(np.ascontiguousarray(distance, np.float32).reshape(-1)).to(device)
    origin = torch.from_numpy(camera.origin).to(device)
    enters, leaves = _box_span(origin, directions, lit.low, lit.low + lit.extent, stop)
    enters, leaves = _narrow_to_dust(lit, camera, (height, width), enters, leaves)
    ray = (leaves > enters).nonzero()[:, 0]
    colour = torch.zeros(height * width, 3, device=device)
    remaining = torch.ones(height * width, device=device)
    cosine = directions @ lit.sun
    phase = 0.70 + 0.28 * (1 - _FORWARD**2) / (1 + _FORWARD**2 - 2 * _FORWARD * cosine) ** 1.5
    colours = (look.albedo, look.sun, look.sky, look.ground)
    albedo, sun, sky, ground = (torch.tensor(value, device=device) for value in colours)
    # All rays step on the same shells and each segment takes the mean of its two ends (trapezium rule), the last one
    # ending on the set itself. Jittered midpoints, the usual way, print a dither wherever dust lies thinly on a wall.
    begins = torch.floor(enters / step) * step
    before = torch.zeros(height * width, device=device)
    while len(ray):
        ends = torch.minimum(begins[ray] + step, leaves[ray])
        grid = lit.to_grid(origin + directions[ray] * ends[:, None])[None, None, None]
        found = functional.grid_sample(lit.density, grid, align_corners=False, padding_mode="zeros")[0, 0, 0, 0]
        density, length = (found + before[ray]) * 0.5, ends - begins[ray]
        before[ray] = found
        inside = (density > 0.004).nonzero()[:, 0]
        if len(inside):
            here, thick = ray[inside], density[inside]
            depths = functional.grid_sample(
                lit.light_grid, grid[..., inside, :], align_corners=True, padding_mode="border"
            )[0, :, 0, 0]
            # Two octaves of scattering (after Wrenninge 2015): direct light dies quickly, scattered light slowly.
            direct = torch.exp(-depths[0] * (0.80 * look.extinction))
            scattered = torch.exp(-depths[0] * (0.13 * look.extinction))
            sunlit = 0.84 * direct + 0.16 * scattered
            sunlit = sunlit * (0.06 + 0.94 * depths[2])  # what stands between sun and dust
            skylit = 0.15 + 0.85 * torch.exp(-depths[1] * (0.40 * look.extinction))
            low_down = (1 - (grid[0, 0, 0, inside, 2] + 1) * (0.5 * float(lit.extent[2]) / 14.0)).clamp(0, 1)
            light = (
                sun * (sunlit * phase[here])[:, None] + sky * skylit[:, None] + ground * (low_down * skylit)[:, None]
            ) * albedo
            if lit.fine:
                torn, shade = lit.wisps(origin + directions[here] * ends[inside, None], depths)
                thick, light = thick * torn, light * shade[:, None]
            opacity = 1 - torch.exp(-thick * length[inside] * look.extinction)
            colour[here] += (remaining[here] * opacity)[:, None] * light
            remaining[here] *= 1 - opacity
        begins[ray] += step
        ray = ray[(begins[ray] < leaves[ray]) & (remaining[ray] > _OPAQUE)]
    alpha = 1 - remaining
    return colour.reshape(height, width, 3).cpu().numpy(), alpha.reshape(height, width).cpu().numpy()


def _narrow_to_dust(
    lit: LitDust, camera: Camera, shape: tuple[int, int], enters: "torch.Tensor", leaves: "torch.Tensor"
) -> tuple["torch.Tensor", "torch.Tensor"]:
    """Shorten each ray to where there is dust, found with a sixteenth of the rays and few, wide steps."""
    import torch
    import torch.nn.functional as functional

    height, width = shape
    rows, columns = -(-height // 4), -(-width // 4)
    # A cell counts as dusty when dust is within two wide steps of it, so that thin wisps are not stepped over.
    dusty = functional.max_pool3d(functional.max_pool3d(lit.density, 4, 4, ceil_mode=True), 3, 1, 1)
    directions = torch.from_numpy(camera.rays(columns, rows).reshape(-1, 3)).to(lit.device)
    origin = torch.from_numpy(camera.origin).to(lit.device)
    far = torch.full((rows * columns,), 1e5, device=lit.device)
    first, last = _box_span(origin, directions, lit.low, lit.low + lit.extent, far)
    longest = float((last - first).clamp(min=0).max())
    wide = max(1.2, 3.5 * float(lit.extent[2]) / lit.density.shape[2])
    offsets = torch.arange(max(1, int(longest / wide) + 1), device=lit.device) * wide
    distance = first[:, None] + offsets
    place = origin + directions[:, None] * distance[..., None]
    found = functional.grid_sample(dusty, lit.to_grid(place)[None, None], mode="nearest", align_corners=False)[0, 0, 0]
    found = (found > 0.004) & (distance < last[:, None])
    begins = torch.where(found, distance - wide, 1e5).amin(1).reshape(1, 1, rows, columns)
    ends = torch.where(found, distance + wide, -1e5).amax(1).reshape(1, 1, rows, columns)
    begins = -functional.max_pool2d(-begins, 3, 1, 1)
    ends = functional.max_pool2d(ends, 3, 1, 1)
    begins = functional.interpolate(begins, scale_factor=4, mode="nearest")[0, 0, :height, :width].reshape(-1)
    ends = functional.interpolate(ends, scale_factor=4, mode="nearest")[0, 0, :height, :width].reshape(-1)
    return torch.maximum(enters, begins), torch.minimum(leaves, ends)


def _box_span(
    origin: "torch.Tensor", directions: "torch.Tensor", low: "torch.Tensor", high: "torch.Tensor", stop: "torch.Tensor"
) -> tuple["torch.Tensor", "torch.Tensor"]:
    """Distances at which rays enter and leave a box, cut off at ``stop``."""
    import torch

    inverse = 1 / torch.where(directions.abs() < 1e-6, torch.full_like(directions, 1e-6), directions)
    first, second = (low - origin) * inverse, (high - origin) * inverse
    enters = torch.minimum(first, second).amax(1).clamp(min=0.5)
    leaves = torch.minimum(torch.maximum(first, second).amin(1), stop)
    return enters, leaves
