"""Draws batches of crops from clips that stay in memory, with mirroring and regrading."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from analytics.vocabulary.errors import InputRefused
from generation.ai.finisher.channels import (
    FLAT,
    LIGHT,
    NORMAL_X,
    SKY_COLOUR,
    SKY_SHARE,
    SUN_X,
    arrays_of,
    network_images,
)
from generation.training.pairs import Clip

MIRROR_SHARE = 0.5
EXPOSURE_SPREAD, COLOUR_SPREAD = 0.12, 0.04
"""Standard deviation of the logarithm of the gains on all channels together and on each one."""
DUST_WEIGHT = 6.0
"""A frame is drawn ``1 + DUST_WEIGHT * mean dust opacity`` times as often as a clear one, at most `MOST_WEIGHT`. Dust
is where the first model failed, and most frames of a collapse show little of it."""
MOST_WEIGHT = 3.0


@dataclass(frozen=True)
class Batch:
    """``images`` float32 [B,11,h,w], ``conditions`` float32 [B,9], ``target`` float32 [B,3,h,w] in -1 to 1."""

    images: torch.Tensor
    conditions: torch.Tensor
    target: torch.Tensor

    def to(self, device: str) -> "Batch":
        """The same batch on another device."""
        return Batch(self.images.to(device), self.conditions.to(device), self.target.to(device))


class CropSource:
    """All frames of some clips, drawn from by a random generator that the caller keeps.

    Parameters
    ----------
    clips
        Of one frame size.
    crop_pixels
        Side of a crop; a frame that is lower or narrower is refused.
    device
        Where the frames are kept and the crops are cut. A GPU holds a few thousand frames easily, and would wait for
        a processor that cut them.

    Raises
    ------
    InputRefused
        If the frames are smaller than a crop.
    """

    def __init__(self, clips: Sequence[Clip], crop_pixels: int, device: str = "cpu") -> None:
        height, width = clips[0].target.shape[1:3]
        if crop_pixels > min(height, width) or crop_pixels < 16:
            raise InputRefused(
                "crop",
                crop_pixels,
                f"must be from 16 to the smaller side of the frames, {min(height, width)} pixels",
                "give a smaller --crop",
            )
        parts = [arrays_of(clip.blocking) for clip in clips]
        self._device = device
        self._flat = torch.cat([part.flat for part in parts]).to(device)
        self._normal = torch.cat([part.normal for part in parts]).to(device)
        self._log_depth = torch.cat([part.log_depth for part in parts]).to(device)
        self._effect = torch.cat([part.effect for part in parts]).to(device)
        self._conditions = torch.cat([part.conditions for part in parts]).to(device)
        targets = [torch.from_numpy(clip.target).movedim(-1, 1).contiguous() for clip in clips]
        self._target = torch.cat(targets).to(device)
        self._crop = crop_pixels
        opacity = np.concatenate([clip.blocking.effect_opacity.mean(axis=(1, 2)) / 255 for clip in clips])
        weight = np.minimum(1 + DUST_WEIGHT * opacity, MOST_WEIGHT)
        self._odds = weight / weight.sum()

    @property
    def frame_count(self) -> int:
        """Number of frames that are drawn from."""
        return len(self._target)

    def draw(self, random: np.random.Generator, count: int) -> Batch:
        """Draw crops; everything random comes from ``random``, so its state is the whole data order."""
        height, width = self._target.shape[-2:]
        frames = random.choice(self.frame_count, size=count, p=self._odds)
        tops = random.integers(height - self._crop + 1, size=count)
        lefts = random.integers(width - self._crop + 1, size=count)
        windows = [
            (int(frame), slice(top, top + self._crop), slice(left, left + self._crop))
            for frame, top, left in zip(frames, tops.tolist(), lefts.tolist(), strict=True)
        ]

        def cut(stack: torch.Tensor) -> torch.Tensor:
            return torch.stack([stack[frame, :, rows, columns] for frame, rows, columns in windows])

        images = network_images(cut(self._flat), cut(self._normal), cut(self._log_depth), cut(self._effect))
        conditions = self._conditions[torch.from_numpy(frames).to(self._device)]
        batch = Batch(images, conditions, cut(self._target).float() / 127.5 - 1)
        gains = _gains(random, count).to(self._device)
        return regraded(mirrored(batch, random.random(count) < MIRROR_SHARE), gains)


def mirrored(batch: Batch, which: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Batch:
    """Flip some crops left to right. Camera-space x changes its sign with the picture: of normals and of the sun."""
    chosen = torch.from_numpy(which).to(batch.images.device)
    images, target = batch.images.clone(), batch.target.clone()
    images[chosen] = images[chosen].flip(-1)
    images[chosen, NORMAL_X] *= -1
    target[chosen] = target[chosen].flip(-1)
    conditions = batch.conditions.clone()
    conditions[chosen, SUN_X] *= -1
    return Batch(images, conditions, target)


def regraded(batch: Batch, gains: torch.Tensor) -> Batch:
    """Multiply display values by ``gains`` [B,3], in blocking, light of the effect, sky condition and target alike.

    Palettes and exposures of a shot to come are not those of the training clips; a regrade that both sides share
    teaches the network to follow the blocking's colours instead of remembering the truth's.
    """
    images, conditions = batch.images.clone(), batch.conditions.clone()
    each = gains[..., None, None]
    images[:, FLAT], images[:, LIGHT] = _scaled(images[:, FLAT], each), _scaled(images[:, LIGHT], each)
    has_sky = conditions[:, SKY_SHARE, None] > 0
    conditions[:, SKY_COLOUR] = torch.where(
        has_sky, _scaled(conditions[:, SKY_COLOUR], gains), conditions[:, SKY_COLOUR]
    )
    return Batch(images, conditions, _scaled(batch.target, each))


def _scaled(values: torch.Tensor, gain: torch.Tensor) -> torch.Tensor:
    return ((values + 1) * gain - 1).clamp(-1, 1)


def _gains(random: np.random.Generator, count: int) -> torch.Tensor:
    logarithm = random.normal(0, EXPOSURE_SPREAD, (count, 1)) + random.normal(0, COLOUR_SPREAD, (count, 3))
    return torch.from_numpy(np.exp(logarithm).astype(np.float32))
