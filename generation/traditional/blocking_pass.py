"""The rendered blocking frames as the arrays that `generation.blocking.Blocking` is made of."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generation.blocking import SKY_DEPTH_METRES
from generation.picture.display import to_display
from generation.picture.exr import read_exr, rgb_of
from generation.traditional.collapse.boxes import FloatArray
from generation.traditional.scene import Camera, Rendered


@dataclass(frozen=True)
class BlockingPass:
    """Arrays as in `Blocking`.

    ``flat`` and ``normal`` uint8 [F,H,W,3], ``depth`` float32 [F,H,W], ``sun_direction`` float32 [F,3].
    """

    flat: NDArray[np.uint8]
    normal: NDArray[np.uint8]
    depth: NDArray[np.float32]
    sun_direction: NDArray[np.float32]


def read_blocking_pass(rendered: Rendered, sun_direction: FloatArray, exposure_stops: float = 0.0) -> BlockingPass:
    """Read the EXR files of `scene.render_blocking`.

    Parameters
    ----------
    rendered
        What the render returned.
    sun_direction
        [3] unit vector towards the sun, world axes.
    exposure_stops
        Exposure of the flat colours under the shots' view transform.
    """
    flat, normal, depth = [], [], []
    for index, path in enumerate(rendered.files):
        channels = read_exr(path)
        flat.append(to_display(rgb_of(channels), exposure_stops))
        world = np.stack([channels[f"ViewLayer.Normal.{axis}"] for axis in "XYZ"], axis=-1)
        # Rows of the camera's axes dotted with the normal: world to camera is the transpose of the rotation.
        in_camera = world @ rendered.camera.matrix_world[index, :3, :3]
        away = np.minimum(channels["ViewLayer.Depth.Z"], np.float32(SKY_DEPTH_METRES))
        in_camera[away >= SKY_DEPTH_METRES / 10] = 0.0
        normal.append(np.clip(np.rint(in_camera * 127.5 + 127.5), 0, 255).astype(np.uint8))
        depth.append(away.astype(np.float32))
    return BlockingPass(
        np.stack(flat), np.stack(normal), np.stack(depth), sun_in_camera(rendered.camera, sun_direction)
    )


def sun_in_camera(camera: Camera, sun_direction: FloatArray) -> NDArray[np.float32]:
    """The direction to the sun on the camera's axes, float32 [F,3]."""
    towards: NDArray[np.float32] = np.einsum("fij,i->fj", camera.matrix_world[:, :3, :3], sun_direction).astype(
        np.float32
    )
    return towards
