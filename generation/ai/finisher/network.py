"""The finisher network: blocking channels in, finished frame out.

The path of this module, ``generation.ai.finisher.network``, is written into every saved model folder. Moving the class
breaks the folders that exist, so it stays here.
"""

import itertools
from collections.abc import Sequence

import torch
from diffusers.configuration_utils import ConfigMixin, register_to_config
from diffusers.models.modeling_utils import ModelMixin
from torch import nn
from torch.nn import functional

from generation.ai.finisher.channels import CONDITION_SIZE, FLAT, IMAGE_CHANNELS, LIES_OVER, LIGHT, OPACITY


class ConditionedBlock(nn.Module):
    """Residual block of two convolutions, steered by the frame's conditions (FiLM, Perez et al. 2018).

    It has no normalisation: statistics over a 128-pixel crop differ from those over a whole frame, and a norm would
    make the model behave differently in training and in use. The last convolution starts at zero instead.
    """

    def __init__(self, channels: int, embedding_size: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(channels, channels, 3, padding=1)
        self.second = nn.Conv2d(channels, channels, 3, padding=1)
        self.modulation = nn.Linear(embedding_size, 2 * channels)
        nn.init.zeros_(self.second.weight)
        nn.init.zeros_(self.second.bias)  # type: ignore[arg-type]

    def forward(self, features: torch.Tensor, embedding: torch.Tensor) -> torch.Tensor:
        """``features`` [B,C,H,W] and ``embedding`` [B,E] to [B,C,H,W]."""
        scale, shift = self.modulation(embedding)[..., None, None].chunk(2, dim=1)
        inner = self.first(functional.silu(features)) * (1 + scale) + shift
        out: torch.Tensor = features + self.second(functional.silu(inner))
        return out


class Level(nn.Module):
    """The blocks of one resolution."""

    def __init__(self, width: int, count: int, embedding_size: int) -> None:
        super().__init__()
        self.blocks = nn.ModuleList(ConditionedBlock(width, embedding_size) for _ in range(count))

    def forward(self, features: torch.Tensor, embedding: torch.Tensor) -> torch.Tensor:
        """``features`` [B,C,H,W] and ``embedding`` [B,E] to [B,C,H,W]."""
        for block in self.blocks:
            features = block(features, embedding)
        return features


class FinisherUNet(ModelMixin, ConfigMixin):  # type: ignore[misc]
    """Predicts the finished frame as a residual over the blocking with its effect guide laid over it.

    Most of the work happens at half resolution and below (pixel unshuffle): at 256x144 that is what two CPU cores can
    afford. Deep levels are wide because width is nearly free there.

    Parameters
    ----------
    in_channels, condition_size
        What `channels` delivers; written into the folder, so that weights made for other inputs are recognised.
    patch
        Side of the pixel block that the stem folds into channels.
    channels, blocks
        Width and number of blocks of each level, finest first. The decoder mirrors the encoder without its last level.
    embedding_size
        Width of the vector that steers the blocks.
    """

    @register_to_config  # type: ignore[untyped-decorator]
    def __init__(
        self,
        in_channels: int = IMAGE_CHANNELS,
        condition_size: int = CONDITION_SIZE,
        patch: int = 2,
        channels: Sequence[int] = (32, 64, 112, 176),
        blocks: Sequence[int] = (2, 2, 2, 3),
        embedding_size: int = 128,
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.condition = nn.Sequential(
            nn.Linear(condition_size, embedding_size), nn.SiLU(), nn.Linear(embedding_size, embedding_size), nn.SiLU()
        )
        self.stem = nn.Conv2d(in_channels * patch**2, channels[0], 3, padding=1)
        self.encoder = nn.ModuleList(
            Level(width, count, embedding_size) for width, count in zip(channels, blocks, strict=True)
        )
        steps = list(itertools.pairwise(channels))
        self.shrink = nn.ModuleList(nn.Conv2d(fine, coarse, 2, stride=2) for fine, coarse in steps)
        self.grow = nn.ModuleList(nn.ConvTranspose2d(coarse, fine, 2, stride=2) for fine, coarse in steps)
        self.decoder = nn.ModuleList(
            Level(width, count, embedding_size) for width, count in zip(channels[:-1], blocks[:-1], strict=True)
        )
        self.head = nn.Conv2d(channels[0], 3 * patch**2, 3, padding=1)
        nn.init.zeros_(self.head.weight)
        nn.init.zeros_(self.head.bias)  # type: ignore[arg-type]

    @property
    def size_multiple(self) -> int:
        """Width and height are padded up to a multiple of this inside `forward`."""
        return int(self.config["patch"]) << len(self.shrink)

    def forward(self, images: torch.Tensor, conditions: torch.Tensor) -> torch.Tensor:
        """Finish frames of any size.

        Parameters
        ----------
        images
            float32 [B,11,H,W] from `network_images`.
        conditions
            float32 [B,9] from `arrays_of`.

        Returns
        -------
        torch.Tensor
            float32 [B,3,H,W], display sRGB in -1 to 1 (not clipped).
        """
        height, width = images.shape[-2:]
        dtype = self.stem.weight.dtype
        over = self.size_multiple
        padded = functional.pad(images, (0, -width % over, 0, -height % over), mode="replicate").to(dtype)
        embedding = self.condition(conditions.to(dtype))
        features = self.stem(
            functional.pixel_unshuffle(padded, int(self.config["patch"])).contiguous(memory_format=torch.channels_last)
        )
        skipped = []
        for depth, level in enumerate(self.encoder):
            features = level(features, embedding)
            if depth < len(self.shrink):
                skipped.append(features)
                features = self.shrink[depth](features)
        for depth in reversed(range(len(self.grow))):
            features = self.grow[depth](features) + skipped[depth]
            features = self.decoder[depth](features, embedding)
        residual = functional.pixel_shuffle(self.head(functional.silu(features)), int(self.config["patch"]))
        # The sum is taken in float32: bfloat16 has 8 bits of mantissa, and the sky plate must come through unchanged.
        images, conditions = images.float(), conditions.float()
        change = residual[..., :height, :width].float() * _may_change(images, conditions)
        return _with_guide(images, conditions) + change


def _with_guide(images: torch.Tensor, conditions: torch.Tensor) -> torch.Tensor:
    """The flat colour with the guide over it: a first guess whose error is small even in thick dust."""
    flat, cover = images[:, FLAT], images[:, OPACITY] * conditions[:, LIES_OVER, None, None, None]
    return flat + cover * (images[:, LIGHT] - flat)


def _may_change(images: torch.Tensor, conditions: torch.Tensor) -> torch.Tensor:
    """What of each pixel is the network's to change: all of it, or the mask of what may change in a plate."""
    lies_over = conditions[:, LIES_OVER, None, None, None]
    return lies_over + (1 - lies_over) * images[:, OPACITY]
