"""Tiling noise that gives the coarse dust its billows."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch

NOISE_CELLS = 48


def billow_noise(seed: int, cells: int = NOISE_CELLS) -> "torch.Tensor":
    """Make tiling value noise folded at its middle, so that it has round tops and sharp creases.

    Folding (|2n - 1|, Perlin's "turbulence") is what turns soft fog into cauliflower billows.

    Parameters
    ----------
    seed : int
        Same seed, same noise, bit for bit.
    cells : int
        Edge of the cube; it repeats without a seam.

    Returns
    -------
    torch.Tensor
        Shape (1, 1, cells, cells, cells), values 0 (crease) to 1 (top of a billow).
    """
    import torch
    import torch.nn.functional as functional

    generator = torch.Generator().manual_seed(seed)
    total = torch.zeros(1, 1, cells, cells, cells)
    amplitude = 1.0
    lattice = 6
    while lattice <= cells:
        values = torch.rand(1, 1, lattice, lattice, lattice, generator=generator)
        wrapped = functional.pad(values, (0, 1, 0, 1, 0, 1), mode="circular")
        fine = functional.interpolate(wrapped, size=(cells + 1,) * 3, mode="trilinear", align_corners=True)
        fine = fine[..., :cells, :cells, :cells]
        spread = (fine - fine.mean()) / fine.std()
        total += amplitude * (1.0 - (spread * 0.62).abs().clamp(0, 1))
        amplitude *= 0.55
        lattice *= 2
    total = (total - total.mean()) / total.std()
    return (total * 0.22 + 0.5).clamp(0, 1)
