"""What a finisher is trained by beyond plain differences: local structure and gradients. Float tensors [B,C,H,W]."""

import torch
from torch.nn import functional

from generation.quality.picture_measures import similarity_map


def boxed_similarity(output: torch.Tensor, truth: torch.Tensor) -> torch.Tensor:
    """SSIM over a 7x7 box, one number, for values in -1 to 1: cheap enough to train with."""
    return similarity_map(
        output, truth, lambda image: functional.avg_pool2d(image, 7, stride=1), (0.02**2, 0.06**2)
    ).mean()


def gradient_difference(output: torch.Tensor, truth: torch.Tensor) -> torch.Tensor:
    """L1 of the differences between neighbours at three scales, one number: keeps edges and texture honest."""
    total = output.new_zeros(())
    for _ in range(3):
        for axis in (-1, -2):
            total = total + (output.diff(dim=axis) - truth.diff(dim=axis)).abs().mean()
        output, truth = functional.avg_pool2d(output, 2), functional.avg_pool2d(truth, 2)
    return total / 3
