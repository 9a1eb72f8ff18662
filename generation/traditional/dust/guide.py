"""The cheap dust guide of the AI workflow: the same dust on a coarse grid, few steps, half the resolution.

It emits at the same places with the same seed as the full dust, so that it shows the network where dust is and how
bright it is, at a small part of the cost.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from generation.traditional.camera import Camera, FloatArray
from generation.traditional.dust.lighting import DustLook
from generation.traditional.dust.ray_march import DustMarcher
from generation.traditional.dust.solver import simulate_dust
from generation.traditional.dust.sources import DustParameters, Floats
from generation.traditional.dust.sun_shadow import Box

GUIDE_CELL_METRES = 2.0
GUIDE_DETAIL_METRES = 1.0
GUIDE_STEP_METRES = 1.6

# Coarse cells spread a young puff so thinly that the full billows would carve all of it away.
_EROSION_SHARE = 0.65

_LUMINANCE = np.array([0.2126, 0.7152, 0.0722], np.float32)  # Rec. ITU-R BT.709
_BRIGHTEST = 1.2  # scene-linear luminance that the guide writes as 255

Codes = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class DustGuide:
    """Opacity and brightness of the dust: uint8, each (F, H, W), row 0 on top.

    Attributes
    ----------
    opacity
        Alpha, 0 to 255.
    light
        Luminance of the dust itself (not premultiplied), square root of 0..1.2 mapped to 0..255; 0 where none is.
    """

    opacity: Codes
    light: Codes


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
    look = look or DustLook()
    soft_look = replace(look, erosion=look.erosion * _EROSION_SHARE)
    marcher = DustMarcher(
        dust, sun_direction, soft_look, detail_cell_metres=GUIDE_DETAIL_METRES, step_metres=GUIDE_STEP_METRES
    )
    height, width = planar_depth.shape[1:]
    opacity = np.zeros((len(wanted), height, width), np.uint8)
    light = np.zeros_like(opacity)
    for place, (frame, camera) in enumerate(zip(wanted, cameras, strict=True)):
        lit = marcher.light(frame)
        if lit is None:
            continue
        # Every second pixel of the depth, not its mean: a mean of wall and sky is a place where nothing stands.
        halved = np.ascontiguousarray(camera.ray_distance(planar_depth[place])[::2, ::2])
        colour, alpha = marcher.march(lit, camera, halved)
        opacity[place] = _doubled(alpha, height, width)
        shown = (colour @ _LUMINANCE) / np.maximum(alpha, 1e-3)
        codes = np.sqrt(np.clip(shown / _BRIGHTEST, 0, 1)) * (alpha > 2 / 255)
        light[place] = _doubled(codes, height, width) * (opacity[place] > 0)
    return DustGuide(opacity, light)


def _doubled(values: FloatArray, height: int, width: int) -> Codes:
    """Bilinear upsampling by two of 0..1 values, as 8-bit codes."""
    from PIL import Image

    picture = Image.fromarray(np.asarray(np.clip(values, 0, 1) * 255 + 0.5, np.uint8))
    return np.asarray(picture.resize((width, height), Image.Resampling.BILINEAR), np.uint8)
