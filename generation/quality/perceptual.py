"""LPIPS: a learned distance of two pictures, where the weights it needs lie on this disk. Nothing is ever fetched."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analytics.vocabulary.errors import InputRefused

if TYPE_CHECKING:
    import torch

BACKBONE_VARIABLE = "SHOTLEDGER_LPIPS_BACKBONE"
"""A file of AlexNet's weights as torchvision publishes them (``alexnet-owt-7be5be79.pth``)."""

HEADS_VARIABLE = "SHOTLEDGER_LPIPS_HEADS"
"""The linear heads (``weights/v0.1/alex.pth`` of the package ``lpips``), where that package is not installed."""

_LAYERS: Sequence[tuple[int, int, int, int]] = ((0, 11, 4, 2), (3, 5, 1, 2), (6, 3, 1, 1), (8, 3, 1, 1), (10, 3, 1, 1))
"""AlexNet's convolutions: place in torchvision's list, kernel, stride, padding. Pooling follows the first two."""


class NoLpips(Exception):
    """LPIPS cannot be measured here; its words say why."""


@dataclass(frozen=True)
class Lpips:
    """LPIPS 0.1 over AlexNet (Zhang et al. 2018): 0 for equal pictures, more for less alike ones."""

    backbone: "dict[str, torch.Tensor]"
    heads: "dict[str, torch.Tensor]"

    @classmethod
    def load(cls) -> "Lpips":
        """Load what was named, or what lies in torch's cache and the installed package ``lpips``.

        Raises
        ------
        NoLpips
            If a part is not on this disk.
        InputRefused
            If a file that was named is not there or holds something else.
        """
        backbone, heads = _named(BACKBONE_VARIABLE) or _cached_backbone(), _named(HEADS_VARIABLE) or _packaged_heads()
        if backbone is None:
            raise NoLpips(f"its backbone's weights are not on this disk ({BACKBONE_VARIABLE} can name them)")
        if heads is None:
            raise NoLpips(
                f"its heads are not on this disk (the package lpips has them; {HEADS_VARIABLE} can name them)"
            )
        loaded = cls(_weights(backbone), _weights(heads))
        for file, weights, wanted in (
            (backbone, loaded.backbone, [f"features.{place}.{part}" for place, *_ in _LAYERS for part in _PARTS]),
            (heads, loaded.heads, [_head(number) for number in range(len(_LAYERS))]),
        ):
            if missing := [name for name in wanted if name not in weights]:
                raise InputRefused(str(file), missing[0], "is missing from these weights", "name the right file")
        return loaded

    def distance(self, picture: "torch.Tensor", truth: "torch.Tensor") -> "torch.Tensor":
        """LPIPS of each picture [B]; float [B,3,H,W] in 0 to 1, at least 64 pixels a side to mean anything."""
        import torch

        total = picture.new_zeros(len(picture))
        with torch.inference_mode():
            for number, (one, other) in enumerate(zip(self._features(picture), self._features(truth), strict=True)):
                apart = (_unit(one) - _unit(other)) ** 2
                total += (apart * self.heads[_head(number)].view(1, -1, 1, 1)).sum(dim=1).mean(dim=(1, 2))
        return total

    def _features(self, picture: "torch.Tensor") -> "list[torch.Tensor]":
        from torch.nn import functional

        # The published network was trained behind this shift and scale of pictures in -1 to 1.
        shift, scale = picture.new_tensor([-0.030, -0.088, -0.188]), picture.new_tensor([0.458, 0.448, 0.450])
        flow, found = ((2 * picture - 1) - shift.view(1, 3, 1, 1)) / scale.view(1, 3, 1, 1), []
        for number, (place, _, stride, padding) in enumerate(_LAYERS):
            if number in (1, 2):
                flow = functional.max_pool2d(flow, 3, 2)
            weight, bias = (self.backbone[f"features.{place}.{part}"] for part in _PARTS)
            flow = functional.relu(functional.conv2d(flow, weight, bias, stride, padding))
            found.append(flow)
        return found


_PARTS = ("weight", "bias")


def _head(number: int) -> str:
    return f"lin{number}.model.1.weight"


def _unit(features: "torch.Tensor") -> "torch.Tensor":
    return features / (features.pow(2).sum(dim=1, keepdim=True).sqrt() + 1e-10)


def _named(variable: str) -> Path | None:
    named = os.environ.get(variable)
    if named and not Path(named).is_file():
        raise InputRefused(variable, named, "is no file", "name the file of the weights, or unset it")
    return Path(named) if named else None


def _cached_backbone() -> Path | None:
    import torch

    return next(iter(sorted(Path(torch.hub.get_dir(), "checkpoints").glob("alexnet-owt-*.pth"))), None)


def _packaged_heads() -> Path | None:
    found = find_spec("lpips")
    if found is None or found.origin is None:
        return None
    file = Path(found.origin).parent / "weights" / "v0.1" / "alex.pth"
    return file if file.is_file() else None


def _weights(file: Path) -> "dict[str, torch.Tensor]":
    import torch

    try:
        # Tensors only: a pickle that would run code is refused by torch itself.
        loaded: Any = torch.load(file, map_location="cpu", weights_only=True)
    except Exception as error:
        raise InputRefused(
            str(file), None, f"holds no weights ({error})", "name the file as it was published"
        ) from None
    if not isinstance(loaded, dict):
        raise InputRefused(str(file), None, "holds no weights by name", "name the file as it was published")
    return loaded
