"""The pieces of a fluid step on a grid: pressure, confinement of whirls, and trilinear look-ups.

Fields are torch tensors with axes (z, y, x); velocities are stacked x, y, z in front.
"""

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import torch


def project(velocity: "torch.Tensor", expansion: "torch.Tensor") -> "torch.Tensor":
    """Remove the divergence that is not expansion, in place: periodic sideways, mirrored in z for solid ground."""
    import torch

    along_x, along_y, along_z = velocity
    excess = -expansion.clone()
    excess[:, :, 1:] += along_x[:, :, 1:] - along_x[:, :, :-1]
    excess[:, 1:, :] += along_y[:, 1:, :] - along_y[:, :-1, :]
    excess[1:] += along_z[1:] - along_z[:-1]
    excess[0] += along_z[0]
    mirrored = torch.cat([excess, excess.flip(0)])
    inverse = _inverse_laplacian(tuple(mirrored.shape), str(velocity.device))
    pressure = torch.fft.irfftn(torch.fft.rfftn(mirrored) * inverse, s=mirrored.shape)[: excess.shape[0]]
    along_x[:, :, :-1] -= pressure[:, :, 1:] - pressure[:, :, :-1]
    along_y[:, :-1, :] -= pressure[:, 1:, :] - pressure[:, :-1, :]
    along_z[:-1] -= pressure[1:] - pressure[:-1]
    return velocity


@lru_cache(maxsize=32)
def _inverse_laplacian(shape: tuple[int, ...], device: str) -> "torch.Tensor":
    import torch

    waves = [np.fft.fftfreq(shape[0]), np.fft.fftfreq(shape[1]), np.fft.rfftfreq(shape[2])]
    rows = [2 * np.cos(2 * np.pi * wave) - 2 for wave in waves]
    laplacian = rows[0][:, None, None] + rows[1][None, :, None] + rows[2][None, None, :]
    laplacian[0, 0, 0] = np.inf  # the mean of the pressure is free
    return torch.from_numpy((1 / laplacian).astype(np.float32)).to(device)


def confinement(velocity: "torch.Tensor") -> "torch.Tensor":
    """Force that gives back the small whirls which the coarse grid smears out, in m/s per cell."""
    import torch

    def slope(field: "torch.Tensor", axis: int) -> "torch.Tensor":
        return (torch.roll(field, -1, axis) - torch.roll(field, 1, axis)) * 0.5

    along_x, along_y, along_z = velocity
    spin_x = slope(along_z, 1) - slope(along_y, 0)
    spin_y = slope(along_x, 0) - slope(along_z, 2)
    spin_z = slope(along_y, 2) - slope(along_x, 1)
    strength = (spin_x**2 + spin_y**2 + spin_z**2 + 1e-8).sqrt()
    toward_x, toward_y, toward_z = slope(strength, 2), slope(strength, 1), slope(strength, 0)
    length = (toward_x**2 + toward_y**2 + toward_z**2).sqrt() + 1e-4
    toward_x, toward_y, toward_z = toward_x / length, toward_y / length, toward_z / length
    return torch.stack(
        [
            toward_y * spin_z - toward_z * spin_y,
            toward_z * spin_x - toward_x * spin_z,
            toward_x * spin_y - toward_y * spin_x,
        ]
    )


def cell_indices(field: "torch.Tensor") -> "torch.Tensor":
    """Index x, y, z of every cell of a (z, y, x) field, float32 (3, z, y, x)."""
    import torch

    axes = [torch.arange(count, dtype=torch.float32, device=field.device) for count in field.shape]
    z, y, x = torch.meshgrid(*axes, indexing="ij")
    return torch.stack([x, y, z])


def sample_cells(field: "torch.Tensor", cells: "torch.Tensor") -> "torch.Tensor":
    """Trilinear values of ``field`` (channels, z, y, x) at fractional cell indices (x, y, z) in front."""
    import torch

    sizes = torch.tensor(field.shape[:0:-1], dtype=torch.float32, device=field.device)
    grid = (cells.permute(1, 2, 3, 0) * 2 + 1) / sizes - 1
    sampled: torch.Tensor = torch.nn.functional.grid_sample(
        field[None], grid[None], align_corners=False, padding_mode="border"
    )
    return sampled[0]
