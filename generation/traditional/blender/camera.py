"""The camera: placed by curves from the prepared path, written out as Blender really had it."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import bpy
import numpy as np
from mathutils import Matrix

from .animation import set_curves
from .arrays import Array


def positions(path: str) -> Array:
    """Where the camera stands over the shot, [F,3]."""
    return np.asarray(np.load(path)["matrix_world"][:, :3, 3])


def install(scene: Any, path: str, parameters: Mapping[str, Any]) -> Any:
    """Add the camera of ``path`` (frames, matrix_world, lens_mm, sensor_mm) and make it the scene's.

    ``lens_mm`` is one number, or one for each frame: a shot that cuts between cameras is one camera that jumps.
    """
    stored = np.load(path)
    lens = bpy.data.cameras.new("camera")
    lens.sensor_width = float(stored["sensor_mm"])
    lens_mm = np.atleast_1d(stored["lens_mm"]).astype(float)
    lens.lens = float(lens_mm[0])
    if len(lens_mm) > 1 and np.ptp(lens_mm) > 0:
        set_curves(lens, {("lens", 0): (stored["frames"], lens_mm)})
    lens.clip_start, lens.clip_end = 0.1, 800.0
    placed = bpy.data.objects.new("camera", lens)
    scene.collection.objects.link(placed)
    placed.rotation_mode = "QUATERNION"
    turns = [Matrix(matrix[:3, :3].tolist()).to_quaternion() for matrix in stored["matrix_world"]]
    for one, two in pairwise(turns):
        if one.dot(two) < 0:
            two.negate()
    rotation, location = np.array(turns), stored["matrix_world"][:, :3, 3]
    curves = {("location", axis): (stored["frames"], location[:, axis]) for axis in range(3)}
    curves |= {("rotation_quaternion", axis): (stored["frames"], rotation[:, axis]) for axis in range(4)}
    set_curves(placed, curves)
    scene.camera = placed
    scene.render.fps = round(parameters["frames_per_second"])
    scene.render.fps_base = scene.render.fps / parameters["frames_per_second"]
    return placed


def write(scene: Any, camera: Any, frames: Sequence[int], path: str) -> None:
    """Write frames [F], matrix_world [F,4,4], lens_mm [F] and sensor_mm as the render used them."""
    matrices, lens_mm = [], []
    for frame in frames:
        scene.frame_set(frame)
        matrices.append(np.array(camera.matrix_world))
        lens_mm.append(camera.data.lens)
    np.savez(
        path,
        frames=np.array(frames),
        matrix_world=np.array(matrices),
        lens_mm=np.array(lens_mm),
        sensor_mm=camera.data.sensor_width,
    )
