"""A mesh that follows bones: its vertices are set anew for every frame, with a velocity for motion blur."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from .. import meshes
from ..arrays import Array
from . import surfaces as clay


class Skinned:
    """One figure, or the car, out of the columns ``name/...`` of `moving.npz`."""

    def __init__(
        self,
        scene: Any,
        name: str,
        moving: Mapping[str, Array],
        surfaces: Sequence[Any],
        parameters: Mapping[str, Any],
        *,
        blurred: bool,
    ) -> None:
        own = {key.split("/")[1]: value for key, value in moving.items() if key.startswith(f"{name}/")}
        self.steps, self.blurred = moving["step"], blurred
        self.first_frame, self.rate = parameters["first_frame"], parameters["frames_per_second"]
        self.rest, self.matrices = own["vertices"], own["matrices"]
        self.bones, self.weights = own["bones"], own["weights"]
        self.placed = meshes.mesh_object(
            scene, name, self.rest, own["corner_vertex"], own["polygon_size"], surfaces, own["surface"], own["tint"]
        )
        self.mesh = self.placed.data
        clay.round_off(self.mesh)
        meshes.velocity_attribute(self.mesh)

    def place(self, frame: int) -> None:
        """Set the vertices, and their velocity by central difference over the steps before and after."""
        index = min(max(frame - self.first_frame, 0), len(self.steps) - 1)
        step = int(self.steps[index])
        self.mesh.vertices.foreach_set("co", self._at(step).ravel())
        if self.blurred:
            speed = (self._at(step + 1) - self._at(step - 1)) * (self.rate / 2)
            self.mesh.attributes["velocity"].data.foreach_set("vector", speed.ravel())
        self.mesh.update()

    def _at(self, step: int) -> Array:
        total = np.zeros_like(self.rest)
        for column in (0, 1):
            matrix = self.matrices[step][self.bones[:, column]]
            turned = np.einsum("vij,vj->vi", matrix[:, :, :3], self.rest) + matrix[:, :, 3]
            total += self.weights[:, column, None] * turned
        return np.ascontiguousarray(total, np.float32)
