"""The shot's camera as numbers, and the rays through its pixels."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Camera:
    """A pinhole camera in Blender's convention: it looks along its own -z with y up.

    Attributes
    ----------
    matrix_world
        4x4, camera to world, metres.
    lens_mm
        Focal length.
    sensor_mm
        Width of the sensor; pictures are wider than high.
    """

    matrix_world: npt.NDArray[np.floating[Any]]
    lens_mm: float
    sensor_mm: float

    @property
    def origin(self) -> FloatArray:
        """Where the camera stands, world metres."""
        return np.asarray(np.asarray(self.matrix_world)[:3, 3], np.float32)

    def rays(self, width: int, height: int) -> FloatArray:
        """Unit world directions through the pixel centres, shape (height, width, 3), row 0 on top."""
        focal = self.lens_mm / self.sensor_mm
        across = ((np.arange(width) + 0.5) / width - 0.5) / focal
        up = -((np.arange(height) + 0.5) / height - 0.5) * (height / width) / focal
        grid_across, grid_up = np.meshgrid(across, up)
        own = np.stack([grid_across, grid_up, -np.ones_like(grid_across)], axis=-1)
        world = own @ np.asarray(self.matrix_world, np.float64)[:3, :3].T
        return np.asarray(world / np.linalg.norm(world, axis=-1, keepdims=True), np.float32)

    def ray_distance(self, planar_depth: FloatArray) -> FloatArray:
        """Turn planar depth (along the view axis) into distance along each pixel's ray."""
        height, width = planar_depth.shape
        axis = -np.asarray(self.matrix_world, np.float64)[:3, 2]
        cosine = self.rays(width, height) @ np.asarray(axis / np.linalg.norm(axis), np.float32)
        return np.asarray(np.minimum(planar_depth, 1e6) / cosine, np.float32)
