"""What moves in the fall: the pieces and the debris, each one mesh whose vertices are set anew for every frame.

One mesh instead of hundreds of objects, and a velocity per vertex instead of keys in between, keep Blender from
exporting the scene three times a frame for motion blur.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from .. import meshes
from ..arrays import Array, Arrays


class Hero:
    """The building that falls."""

    def __init__(
        self,
        scene: Any,
        pieces: Arrays,
        motion: Arrays,
        surfaces: Sequence[Any],
        parameters: Mapping[str, Any],
    ) -> None:
        self.first_frame, self.rate = parameters["first_frame"], parameters["frames_per_second"]
        self.location, self.matrices = motion["location"], _matrices(motion["rotation"])
        self.piece = pieces["vertex_piece"]
        rest = pieces["vertices"]
        self.arm = rest - pieces["centre"][self.piece]
        self.blurred = True
        built = meshes.mesh_object(
            scene, "hero", rest, pieces["corner_vertex"], pieces["polygon_size"],
            surfaces, pieces["polygon_surface"], pieces["polygon_tint"], rest,
        )  # fmt: skip
        built.pass_index = 1
        self.mesh = built.data
        self.velocity = meshes.velocity_attribute(self.mesh)

    def place(self, frame: int) -> None:
        """Set every vertex and, for motion blur, its velocity by central difference."""
        index = min(max(frame - self.first_frame, 0), len(self.location) - 1)
        self.mesh.vertices.foreach_set("co", self._at(index).ravel())
        if self.blurred:
            before, after = max(index - 1, 0), min(index + 1, len(self.location) - 1)
            speed = (self._at(after) - self._at(before)) * (self.rate / max(1, after - before))
            self.mesh.attributes["velocity"].data.foreach_set("vector", speed.ravel())
        self.mesh.update()

    def _at(self, index: int) -> Array:
        turned = np.einsum("vij,vj->vi", self.matrices[index][self.piece], self.arm)
        return np.ascontiguousarray(turned + self.location[index][self.piece], np.float32)


class DebrisCloud:
    """The chunks that are thrown about."""

    UNBORN = -500.0

    def __init__(self, scene: Any, debris: Arrays, surfaces: Sequence[Any], parameters: Mapping[str, Any]) -> None:
        self.first_frame, self.rate = parameters["first_frame"], parameters["frames_per_second"]
        self.position, self.speed = debris["position"], debris["velocity"]
        self.shape, self.axis, self.spin = debris["shape"], debris["axis"], debris["spin"]
        count = len(self.shape)
        corner_vertex = (meshes.BOX_FACES.ravel()[None] + 8 * np.arange(count)[:, None]).ravel()
        hidden = self.shape.reshape(-1, 3) + np.array([0, 0, self.UNBORN])
        built = meshes.mesh_object(
            scene, "debris", hidden, corner_vertex, np.full(6 * count, 4), surfaces,
            np.repeat(debris["surface"], 6), np.repeat(debris["tint"], 6, axis=0), self.shape.reshape(-1, 3),
        )  # fmt: skip
        built.pass_index = 2
        self.mesh = built.data
        meshes.velocity_attribute(self.mesh)

    def place(self, frame: int) -> None:
        """Turn, move and set the velocity of every chunk; those not yet born lie far below the ground."""
        if not len(self.shape):
            return
        index = min(max(frame - self.first_frame, 0), len(self.position) - 1)
        position, unborn = self.position[index], np.isnan(self.position[index][:, 0])
        angle = (self.spin * index / self.rate)[:, None, None]
        axis = np.broadcast_to(self.axis[:, None], self.shape.shape)
        along = axis * (axis * self.shape).sum(-1, keepdims=True)
        turned = self.shape * np.cos(angle) + np.cross(axis, self.shape) * np.sin(angle) + along * (1 - np.cos(angle))
        centre = np.where(unborn[:, None], [0.0, 0.0, self.UNBORN], position)
        self.mesh.vertices.foreach_set("co", (turned + centre[:, None]).astype(np.float32).ravel())
        speed = np.where(unborn[:, None], 0.0, self.speed[index])
        corner_speed = np.repeat(speed, 8, axis=0).astype(np.float32)
        self.mesh.attributes["velocity"].data.foreach_set("vector", corner_speed.ravel())
        self.mesh.update()


def _matrices(quaternion: Array) -> Array:
    """Rotation matrices [...,3,3] of unit quaternions [...,4] in the order w, x, y, z."""
    w, x, y, z = np.moveaxis(quaternion / np.linalg.norm(quaternion, axis=-1, keepdims=True), -1, 0)
    rows = [
        [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
        [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
        [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
    ]
    return np.stack([np.stack(row, -1) for row in rows], -2)
