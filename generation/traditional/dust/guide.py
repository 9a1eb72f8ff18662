"""The cheap dust guide of the AI workflow: the same dust on a coarser grid, longer steps, half the resolution.

It emits at the same places with the same seed as the full dust, so that it shows the network where dust is and how
bright it is, at a small part of the cost.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from generation.traditional.camera import Camera, FloatArray
from generation.traditional.dust.lighting import DustLook
from generation.traditional.dust.ray_march import DustMarcher
from generation.traditional.dust.set_shadow import dust_shadow
from generation.traditional.dust.solver import simulate_dust
from generation.traditional.dust.sources import DustParameters, Floats
from generation.traditional.dust.sun_shadow import Box

GUIDE_CELL_METRES = 1.0
GUIDE_DETAIL_METRES = 0.6
GUIDE_STEP_METRES = 1.2
"""Dust is chaotic: on cells of 2 m the cloud is another one (docs/decisions/0007 says what each size shows)."""

_THINNEST = 2 / 255  # opacity below which dust has no colour worth telling


@dataclass(frozen=True)
class DustGuide:
    """The dust of some frames, float32, row 0 on top.

    Attributes
    ----------
    opacity
        (F, H, W) alpha, 0 to 1.
    light
        (F, H, W, 3) scene-linear colour of the dust itself, not premultiplied; 0 where none is.
    shadow
        (F, H, W) what it leaves of the set's light, 0 to 1.
    """

    opacity: FloatArray
    light: FloatArray
    shadow: FloatArray


def dust_guide(
    hulls: Sequence[Floats],
    volumes: Floats,
    motion_loc: Floats,
    obstacles: Sequence[Box],
    parameters: DustParameters,
    cameras: Sequence[Camera],
    planar_depth: npt.NDArray[np.float32],
    sun_direction: Floats,
    look: DustLook | None = None,
    frame_indices: Sequence[int] | None = None,
) -> DustGuide:
    """Make the guide of a shot.

    Parameters
    ----------
    hulls, volumes, motion_loc, obstacles, parameters
        As for `simulate_dust`.
    cameras : sequence of Camera
        One for each wanted frame.
    planar_depth : (F, H, W)
        Blocking depth of each wanted frame, metres along the view axis.
    sun_direction : (3,)
        Towards the sun, world.
    look : DustLook, optional
    frame_indices : sequence of int, optional
        Which frames of ``motion_loc`` are wanted (0 is the first); all of them by default.

    Returns
    -------
    DustGuide
        At the size of ``planar_depth``.
    """
    wanted = range(len(motion_loc)) if frame_indices is None else frame_indices
    until = max(wanted) + 1
    dust = simulate_dust(hulls, volumes, motion_loc[:until], obstacles, parameters, GUIDE_CELL_METRES)
    marcher = DustMarcher(
        dust, sun_direction, look, detail_cell_metres=GUIDE_DETAIL_METRES, step_metres=GUIDE_STEP_METRES
    )
    height, width = planar_depth.shape[1:]
    opacity, light = np.zeros(planar_depth.shape, np.float32), np.zeros((*planar_depth.shape, 3), np.float32)
    shadow = np.ones_like(opacity)
    for place, (frame, camera) in enumerate(zip(wanted, cameras, strict=True)):
        lit = marcher.light(frame)
        if lit is None:
            continue
        # Every second pixel of the depth, not its mean: a mean of wall and sky is a place where nothing stands.
        halved = np.ascontiguousarray(camera.ray_distance(planar_depth[place])[::2, ::2])
        colour, alpha = marcher.march(lit, camera, halved)
        # Colour is enlarged while it is premultiplied, so that a rim of thin dust keeps the colour of dust.
        doubled = _doubled(np.concatenate([colour, alpha[..., None]], -1), height, width)
        opacity[place] = np.clip(doubled[..., 3], 0, 1)
        light[place] = doubled[..., :3] / np.maximum(doubled[..., 3:], 1e-3) * (doubled[..., 3:] > _THINNEST)
        shadow[place] = _doubled(dust_shadow(lit, camera, halved)[..., None], height, width)[..., 0]
    return DustGuide(opacity, light, shadow)


def _doubled(values: FloatArray, height: int, width: int) -> FloatArray:
    """Bilinear upsampling by two, (h, w, C) to (height, width, C)."""
    import torch
    import torch.nn.functional as functional

    stack = torch.from_numpy(np.ascontiguousarray(values, np.float32)).movedim(-1, 0)[None]
    large = functional.interpolate(stack, (height, width), mode="bilinear", align_corners=False)
    return np.ascontiguousarray(large[0].movedim(0, -1).numpy())
