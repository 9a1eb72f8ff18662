"""The dust of one frame with its billows cut in and its own light: what the march looks up."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from generation.traditional.dust.detail_noise import NOISE_CELLS, billow_noise
from generation.traditional.dust.snapshots import DustSnapshot
from generation.traditional.dust.sources import Floats
from generation.traditional.dust.sun_shadow import SunMap

if TYPE_CHECKING:
    import torch

# Edge in metres of one tile of noise, and its share: billows of 4, 1.7 and 0.7 m.
_OCTAVES = ((25.0, 0.50), (10.3, 0.32), (4.3, 0.18))
# Only where cells are fine enough to hold it: billows of 0.3 m.
_FINEST_OCTAVE, _FINEST_CELL_METRES = (1.9, 0.30), 0.3
# Finer still than any grid could be: cut into the dust along the ray, where the frame is large enough to show it.
_WISPS = ((5.2, 0.55), (2.3, 0.45))
_SHADOW_TAPS = 10
_CARRIED_METRES = 1.2  # the furthest that moving air takes the billows along
_PACKED = 2.6  # density that the cores of the cloud approach


@dataclass(frozen=True)
class DustLook:
    """How dust takes light; scene-linear Rec.709 radiance against a sun-lit white of about 1.

    Attributes
    ----------
    albedo
        Colour of concrete and brick dust.
    sun, sky, ground
        Light that reaches the cloud from each.
    extinction
        Per metre, at a density of 1.
    erosion
        How deep the noise cuts billows into the cloud's skin, in units of density.
    """

    albedo: tuple[float, float, float] = (0.63, 0.555, 0.465)
    sun: tuple[float, float, float] = (2.15, 1.80, 1.36)
    sky: tuple[float, float, float] = (0.20, 0.25, 0.33)
    ground: tuple[float, float, float] = (0.13, 0.11, 0.085)
    extinction: float = 1.35
    erosion: float = 2.2


def daylight_look(sun_elevation_degrees: float, overcast: float = 0.0) -> DustLook:
    """Dust under the shot's sun and sky: warmer the lower the sun, greyer and flatter the more it is overcast.

    Parameters
    ----------
    sun_elevation_degrees : float
    overcast : float
        0 (clear) to 1 (no sun at all to speak of).
    """
    warm = float(np.interp(sun_elevation_degrees, [5, 18, 32, 55], [0.0, 0.5, 0.85, 1.0]))
    colour = (1 - warm) * np.array([1.0, 0.55, 0.28]) + warm * np.array([1.0, 0.90, 0.76])
    grey = 0.6 * overcast
    sun = 2.1 * (1 - 0.86 * overcast) * ((1 - grey) * colour + grey)
    sky = (1 - overcast) * np.array([0.21, 0.255, 0.33]) + overcast * np.array([0.52, 0.54, 0.57])
    ground = (1 - 0.6 * overcast) * np.array([0.13, 0.112, 0.09])
    return DustLook(sun=_triple(sun), sky=_triple(sky), ground=_triple(ground))


def _triple(values: Floats) -> tuple[float, float, float]:
    red, green, blue = (float(value) for value in values)
    return red, green, blue


class LitDust:
    """A grid of eroded density with, in every cell, optical depths towards sun and sky and the set's shadow."""

    def __init__(
        self,
        snapshot: DustSnapshot,
        cell_metres: float,
        noise: "torch.Tensor",
        sun_direction: Floats,
        look: DustLook,
        detail_cell_metres: float = 0.42,
        solid: npt.NDArray[np.float32] | None = None,
    ) -> None:
        """Cut billows into a snapshot and light it.

        Parameters
        ----------
        snapshot : DustSnapshot
        cell_metres : float
            Edge of the snapshot's cells.
        noise : torch.Tensor
            From `padded_noise`.
        sun_direction : (3,)
            Towards the sun, world.
        look : DustLook
        detail_cell_metres : float
            Edge of the cells that hold the billows; about two pixels is enough.
        solid : (n, 3), optional
            Points of the set that shade the dust.
        """
        import torch

        device = noise.device
        self.look, self.device = look, device
        self.fine = detail_cell_metres < _FINEST_CELL_METRES
        towards = np.asarray(sun_direction) / np.linalg.norm(sun_direction)
        self.sun = torch.tensor(towards, dtype=torch.float32, device=device)
        coarse = torch.from_numpy(np.concatenate([snapshot.density[None], snapshot.displacement]).astype(np.float32))
        coarse = coarse.to(device)
        low = np.array(snapshot.low, np.float64)
        coarse, low = _crop_to_dust(coarse, low, cell_metres)
        shape = tuple(max(2, round(count * cell_metres / detail_cell_metres)) for count in coarse.shape[1:])
        self.low = torch.tensor(low, dtype=torch.float32, device=device)
        self.extent = torch.tensor(coarse.shape[:0:-1], dtype=torch.float32, device=device) * cell_metres
        self.density = self._erode(coarse, shape, cell_metres, noise)[None, None]
        self.noise = noise
        self.light_grid = self._light(SunMap(solid, self.sun) if solid is not None else None)
        if self.fine:
            self.light_grid = torch.cat([self.light_grid, self._carried(coarse, cell_metres)], 1)
        self.optical_depths = self.light_grid[:, :2]

    def _erode(
        self, coarse: "torch.Tensor", shape: tuple[int, ...], cell_metres: float, noise: "torch.Tensor"
    ) -> "torch.Tensor":
        """Refine the grid, subtract creases from the skin of the cloud and keep its core."""
        import torch
        import torch.nn.functional as functional

        fine = functional.interpolate(coarse[None, :1], size=shape, mode="trilinear", align_corners=False)[0, 0]
        density = fine.reshape(-1)
        filled = (density > 0.004).nonzero()[:, 0]
        values = density[filled]
        depth, height, width = shape
        column, row, layer = filled.int() % width, filled.int() // width % height, filled.int() // (width * height)
        counts = torch.tensor([width, height, depth], dtype=torch.float32, device=self.device)
        share_of_box = (torch.stack([column, row, layer], 1).float() + 0.5) / counts
        # Only where there is dust: refining the displacement everywhere cost more than all the rest of the lighting.
        carried = (
            functional.grid_sample(
                coarse[None, 1:4], (share_of_box * 2 - 1)[None, None, None], align_corners=False, padding_mode="border"
            )[0, :, 0, 0].T
            * cell_metres
        )
        place = self.low + share_of_box * self.extent - _held(carried)
        billow = torch.zeros_like(values)
        for tile_metres, share in _OCTAVES:
            billow += share * sample_noise(noise, place / tile_metres)
        if self.fine:
            tile_metres, share = _FINEST_OCTAVE
            billow += share * (sample_noise(noise, place / tile_metres) - 0.5)
        # Cores are levelled first: where dust is packed, the same creases would only scratch a smooth ball.
        levelled = _PACKED * (1 - torch.exp(-values / _PACKED))
        crease = (0.80 - billow).clamp(min=0)
        cut = (levelled - self.look.erosion * crease * torch.exp(-levelled * 0.20)).clamp(min=0)
        eroded = cut * (0.25 + 3.0 * billow * billow)
        return torch.zeros_like(density).index_copy_(0, filled, eroded).reshape(depth, height, width)

    def _light(self, sun_map: SunMap | None) -> "torch.Tensor":
        """Optical depths towards the sun (a march of growing steps) and the sky, and the sun that the set lets by."""
        import torch
        import torch.nn.functional as functional

        halved = functional.avg_pool3d(self.density, 2, 2, ceil_mode=True)
        axes = [torch.linspace(0, 1, count, device=self.device) for count in halved.shape[2:]]
        z, y, x = torch.meshgrid(*axes, indexing="ij")
        base = torch.stack([x, y, z], -1) * 2 - 1
        cell = float(self.extent[2]) / halved.shape[2]
        step = max(cell, 0.6)
        toward_sun = self.sun / self.extent * (2 * step)
        depth = torch.zeros_like(halved)
        reach, stride = 0.5, 1.0
        for _ in range(_SHADOW_TAPS):
            depth += functional.grid_sample(
                halved, (base + toward_sun * reach)[None], align_corners=True, padding_mode="zeros"
            ) * (step * stride)
            reach += stride
            stride *= 1.35
        above = halved.flip(2).cumsum(2).flip(2) * (cell * 0.35)
        around = functional.avg_pool3d(halved, 5, 1, 2) * (cell * 5)
        sun_seen = torch.ones_like(depth)
        if sun_map is not None:
            place = self.low + (base + 1) * 0.5 * self.extent
            sun_seen = sun_map.lit(place)[None, None]
        return torch.cat([depth, (above + around) * 0.5, sun_seen], 1)

    def _carried(self, coarse: "torch.Tensor", cell_metres: float) -> "torch.Tensor":
        """How far the air has taken the billows, metres, on the cells of the light."""
        import torch.nn.functional as functional

        metres = functional.interpolate(
            coarse[None, 1:4] * cell_metres, size=self.light_grid.shape[2:], mode="trilinear", align_corners=False
        )
        return _held(metres)

    def wisps(self, place: "torch.Tensor", light: "torch.Tensor") -> tuple["torch.Tensor", "torch.Tensor"]:
        """Factors on density and light at world points (n, 3) with their ``light_grid`` values (channels, n)."""
        at = place - light[3:6].T
        billow = at.new_zeros(len(at))
        for tile_metres, share in _WISPS:
            billow += share * sample_noise(self.noise, at / tile_metres)
        return ((billow - 0.14) * 2.7).clamp(0.05, 2.0), (0.70 + 0.60 * billow).clamp(0.6, 1.25)

    def to_grid(self, place: "torch.Tensor") -> "torch.Tensor":
        """World metres to the -1..1 coordinates that torch samples a grid with."""
        return (place - self.low) / self.extent * 2 - 1

    def shadow_on(self, points: Floats) -> tuple[Floats, Floats]:
        """How much sun and how much sky reach points of the set through the dust.

        Parameters
        ----------
        points : (H, W, 3)
            World positions, metres.

        Returns
        -------
        tuple of two (H, W) float32 arrays, 0 (dark) to 1 (no dust in between)
        """
        import torch
        import torch.nn.functional as functional

        grid = self.to_grid(torch.from_numpy(np.asarray(points, np.float32)).to(self.device))
        # Points in front of the cloud, or under its rim, can still lie in its shadow: walk them towards the sun.
        sun_depth, sky_depth = functional.grid_sample(
            self.optical_depths, grid[None, None], align_corners=True, padding_mode="zeros"
        )[0, :, 0]
        outside = (grid.abs() > 1).any(-1)
        if bool(outside.any()):
            sun_depth = sun_depth.clone()
            sun_depth[outside] = self._depth_from_outside(grid[outside])
        sun = torch.exp(-sun_depth * self.look.extinction * 0.8)
        sky = torch.exp(-sky_depth * self.look.extinction * 0.45)
        return sun.cpu().numpy(), sky.cpu().numpy()

    def _depth_from_outside(self, grid: "torch.Tensor") -> "torch.Tensor":
        """Optical depth at the place where a ray to the sun enters the grid; 0 where it never does."""
        import torch
        import torch.nn.functional as functional

        direction = self.sun / self.extent * 2
        safe = torch.where(direction.abs() < 1e-6, torch.full_like(direction, 1e-6), direction)
        first, second = (-1 - grid) / safe, (1 - grid) / safe
        enters = torch.minimum(first, second).amax(1)
        leaves = torch.maximum(first, second).amin(1)
        met = (enters < leaves) & (leaves > 0)
        place = grid + direction * enters.clamp(min=0)[:, None]
        depth = functional.grid_sample(
            self.optical_depths[:, :1], place[None, None, None], align_corners=True, padding_mode="border"
        )[0, 0, 0, 0]
        return torch.where(met, depth, torch.zeros_like(depth))


def _held(carried: "torch.Tensor") -> "torch.Tensor":
    """Displacements (axis 1: x, y, z) of a metre or so at most.

    Where the air spreads a lot, noise that went all the way with it is combed into straight hair.
    """
    held: torch.Tensor = carried / (1 + (carried * carried).sum(1, keepdim=True).sqrt() / _CARRIED_METRES)
    return held


def padded_noise(seed: int, device: str = "cpu") -> "torch.Tensor":
    """Noise of a shot with one cell of itself around, so that trilinear sampling has no seam."""
    import torch.nn.functional as functional

    return functional.pad(billow_noise(seed), (1, 1, 1, 1, 1, 1), mode="circular").to(device)


def sample_noise(noise: "torch.Tensor", tiles: "torch.Tensor") -> "torch.Tensor":
    """Noise at points (n, 3) given in tiles."""
    import torch.nn.functional as functional

    inside = (tiles % 1) * NOISE_CELLS
    grid = (inside * 2 + 2) / (NOISE_CELLS + 2) - 1
    return functional.grid_sample(noise, grid[None, None, None], align_corners=False, padding_mode="border")[0, 0, 0, 0]


def _crop_to_dust(coarse: "torch.Tensor", low: Floats, cell_metres: float) -> tuple["torch.Tensor", Floats]:
    filled = (coarse[0] > 0.004).nonzero()
    if len(filled) == 0:
        return coarse[:, :2, :2, :2], low
    first = (filled.amin(0) - 1).clamp(min=0).tolist()
    last = (filled.amax(0) + 2).tolist()
    cropped = coarse[:, first[0] : last[0], first[1] : last[1], first[2] : last[2]]
    return cropped.contiguous(), low + np.array(first[::-1]) * cell_metres
