"""The rendered blocking frames as the arrays that `generation.blocking.Blocking` is made of."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generation.blocking import SKY_DEPTH_METRES
from generation.picture.exr import read_exr, rgb_of
from generation.traditional.shot_scene import Rendered


@dataclass(frozen=True)
class BlockingPass:
    """``linear`` float32 [F,H,W,3] flat colours; the rest as in `Blocking`.

    ``normal`` uint8 [F,H,W,3], ``depth`` float32 [F,H,W], ``key_direction`` float32 [F,3] on the camera's axes.
    """

    linear: NDArray[np.float32]
    normal: NDArray[np.uint8]
    depth: NDArray[np.float32]
    key_direction: NDArray[np.float32]


def read_blocking_pass(rendered: Rendered, key_direction: NDArray[Any]) -> BlockingPass:
    """Read the EXR files of `frame_rendering.render_blocking`.

    Parameters
    ----------
    rendered
        What the render returned.
    key_direction
        [3] or [F,3] unit vector towards the key light, world axes.
    """
    linear, normal, depth = [], [], []
    for index, path in enumerate(rendered.files):
        channels = read_exr(path)
        linear.append(rgb_of(channels))
        world = np.stack([channels[f"ViewLayer.Normal.{axis}"] for axis in "XYZ"], axis=-1)
        # Rows of the camera's axes dotted with the normal: world to camera is the transpose of the rotation.
        in_camera = world @ rendered.camera.matrix_world[index, :3, :3]
        away = np.minimum(channels["ViewLayer.Depth.Z"], np.float32(SKY_DEPTH_METRES))
        in_camera[away >= SKY_DEPTH_METRES / 10] = 0.0
        normal.append(np.clip(np.rint(in_camera * 127.5 + 127.5), 0, 255).astype(np.uint8))
        depth.append(away.astype(np.float32))
    return BlockingPass(
        np.stack(linear), np.stack(normal), np.stack(depth), rendered.camera.in_camera(np.asarray(key_direction))
    )
