"""What the network sees of a blocking: eleven image channels and nine numbers a frame."""

from dataclasses import dataclass

import numpy as np
import torch

from generation.blocking import Blocking

IMAGE_CHANNELS = 11
"""In this order: flat 3, camera-space normal 3, log depth 1, opacity of the effect 1, light of the effect 3."""
FLAT, NORMAL_X, OPACITY, LIGHT = slice(0, 3), 3, slice(7, 8), slice(8, 11)
"""Where they stand, for whoever mirrors, regrades or lays the effect over the flat picture."""

CONDITION_SIZE = 9
"""Towards the sun 3, mean opacity of the effect 1, mean colour of the sky plate 3, share of sky 1, and 1 where
the effect lies over the picture (0 where it is a mask of what may change)."""

NEAREST_METRES, FARTHEST_METRES = 1.0, 1000.0
"""Between these, log depth runs from -1 to 1; sky lies at 1."""

SUN_X, SKY_COLOUR, SKY_SHARE, LIES_OVER = 0, slice(4, 7), 7, 8
"""Where they stand among the conditions, for whoever mirrors or regrades a frame or lays the effect over it."""


@dataclass(frozen=True)
class FrameArrays:
    """A blocking as tensors that are still small, so that a training set fits in memory.

    Attributes
    ----------
    flat, normal
        uint8 [F,3,H,W].
    log_depth
        float16 [F,1,H,W], -1 to 1.
    effect
        uint8 [F,4,H,W]: opacity, and light in red, green and blue.
    conditions
        float32 [F,9]. Taken over the whole frame: a crop must be told about the frame it was cut from.
    """

    flat: torch.Tensor
    normal: torch.Tensor
    log_depth: torch.Tensor
    effect: torch.Tensor
    conditions: torch.Tensor


def arrays_of(blocking: Blocking) -> FrameArrays:
    """Lay out a blocking's arrays as the network wants them."""
    span = np.log(FARTHEST_METRES / NEAREST_METRES)
    log_depth = np.log(np.clip(blocking.depth, NEAREST_METRES, FARTHEST_METRES) / NEAREST_METRES) / span * 2 - 1
    return FrameArrays(
        flat=_channels_first(blocking.flat),
        normal=_channels_first(blocking.normal),
        log_depth=torch.from_numpy(log_depth.astype(np.float16)[:, None]),
        effect=torch.cat(
            [torch.from_numpy(blocking.effect_opacity)[:, None], _channels_first(blocking.effect_light)], dim=1
        ),
        conditions=_conditions(blocking),
    )


def network_images(
    flat: torch.Tensor, normal: torch.Tensor, log_depth: torch.Tensor, effect: torch.Tensor
) -> torch.Tensor:
    """The channels, float32 [F,11,H,W]: all in -1 to 1, opacity in 0 to 1 so that 'no effect' is exactly 0.

    The normal of the sky, stored as 128, becomes 0.004 rather than 0: harmless, and the same in training and use.
    """
    opacity, light = effect[:, 0:1].float() / 255, effect[:, 1:4].float() / 127.5 - 1
    return torch.cat([flat.float() / 127.5 - 1, normal.float() / 127.5 - 1, log_depth.float(), opacity, light], dim=1)


def _channels_first(image: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> torch.Tensor:
    return torch.from_numpy(np.ascontiguousarray(image)).movedim(-1, 1).contiguous()


def _conditions(blocking: Blocking) -> torch.Tensor:
    is_sky = blocking.is_sky
    sky_pixels = is_sky.sum(axis=(1, 2))[:, None]
    sky_sum = (blocking.flat.astype(np.float32) * is_sky[..., None]).sum(axis=(1, 2))
    sky_colour = np.where(sky_pixels > 0, sky_sum / np.maximum(sky_pixels, 1) / 127.5 - 1, 0.0)
    effect = blocking.effect_opacity.mean(axis=(1, 2), dtype=np.float64)[:, None] / 255
    share = sky_pixels / (blocking.height * blocking.width)
    lies_over = ~blocking.effect_is_mask[:, None]
    return torch.from_numpy(
        np.concatenate([blocking.sun_direction, effect, sky_colour, share, lies_over], axis=1).astype(np.float32)
    )
