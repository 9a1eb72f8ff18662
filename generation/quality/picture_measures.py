"""How near a picture comes to the truth: PSNR, SSIM, edge energy. Float tensors [B,C,H,W]."""

from collections.abc import Callable

import torch
from torch.nn import functional


def mean_squared_error(output: torch.Tensor, truth: torch.Tensor, where: torch.Tensor | None = None) -> torch.Tensor:
    """Mean squared error of each picture [B], over the pixels of ``where`` [B,1,H,W] if it is given."""
    squared = (output - truth).pow(2).mean(dim=1, keepdim=True)
    if where is None:
        return squared.mean(dim=(1, 2, 3))
    mask = where.float()
    return (squared * mask).sum(dim=(1, 2, 3)) / mask.sum(dim=(1, 2, 3)).clamp(min=1)


def peak_signal_to_noise(output: torch.Tensor, truth: torch.Tensor, where: torch.Tensor | None = None) -> torch.Tensor:
    """PSNR of each picture in dB [B], for values in 0 to 1. A perfect picture gives 100, not infinity."""
    return -10 * torch.log10(mean_squared_error(output, truth, where).clamp(min=1e-10))


def structural_similarity(output: torch.Tensor, truth: torch.Tensor) -> torch.Tensor:
    """SSIM of each picture [B], values in 0 to 1: 11x11 Gaussian window of 1.5 pixels (Wang et al. 2004)."""
    return similarity_map(output, truth, _gaussian_blur, (0.01**2, 0.03**2)).mean(dim=(1, 2, 3))


def edge_energy(image: torch.Tensor) -> torch.Tensor:
    """Mean step between neighbours [B]. Against the truth's: 1 is as sharp, below is blurred, above is noisy."""
    return image.diff(dim=-1).abs().mean(dim=(1, 2, 3)) + image.diff(dim=-2).abs().mean(dim=(1, 2, 3))


def similarity_map(
    output: torch.Tensor,
    truth: torch.Tensor,
    blur: Callable[[torch.Tensor], torch.Tensor],
    constants: tuple[float, float],
) -> torch.Tensor:
    """The map of local similarities; the constants belong to the range of values (0.01 and 0.03 of it, squared)."""
    mean_output, mean_truth = blur(output), blur(truth)
    spread_output = blur(output * output) - mean_output**2
    spread_truth = blur(truth * truth) - mean_truth**2
    common = blur(output * truth) - mean_output * mean_truth
    light, contrast = constants
    return ((2 * mean_output * mean_truth + light) * (2 * common + contrast)) / (
        (mean_output**2 + mean_truth**2 + light) * (spread_output + spread_truth + contrast)
    )


def _gaussian_blur(image: torch.Tensor) -> torch.Tensor:
    offsets = torch.arange(-5.0, 6.0, device=image.device)
    kernel = torch.exp(-offsets.pow(2) / (2 * 1.5**2))
    kernel = kernel / kernel.sum()
    channels = image.shape[1]
    across = functional.conv2d(image, kernel.view(1, 1, 1, -1).repeat(channels, 1, 1, 1), groups=channels)
    return functional.conv2d(across, kernel.view(1, 1, -1, 1).repeat(channels, 1, 1, 1), groups=channels)
