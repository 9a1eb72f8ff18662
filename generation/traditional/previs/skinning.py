"""Skinned things on their way to Blender: vertices bound to bones, and where the bones are at every step."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generation.traditional.previs.skeleton import FloatArray


@dataclass(frozen=True)
class Skinned:
    """One moving mesh.

    Attributes
    ----------
    vertices
        [V,3] metres at rest.
    corner_vertex, polygon_size
        [C] and [P]: vertices of each polygon, and how many it has.
    bones, weights
        [V,2]: the bones a vertex follows, and how much; the weights of a vertex sum to 1.
    matrices
        [A,B,3,4] from rest to world, one for each action step.
    tint, surface
        [P,3] linear colour and [P] material of a polygon.
    """

    vertices: FloatArray
    corner_vertex: NDArray[np.int64]
    polygon_size: NDArray[np.int64]
    bones: NDArray[np.int64]
    weights: FloatArray
    matrices: FloatArray
    tint: FloatArray
    surface: NDArray[np.int64]

    def columns(self, name: str) -> dict[str, NDArray[np.generic]]:
        """Its arrays, each under ``name/...``."""
        return {
            f"{name}/vertices": self.vertices.astype(np.float32),
            f"{name}/corner_vertex": self.corner_vertex.astype(np.int32),
            f"{name}/polygon_size": self.polygon_size.astype(np.int32),
            f"{name}/bones": self.bones.astype(np.int32),
            f"{name}/weights": self.weights.astype(np.float32),
            f"{name}/matrices": self.matrices.astype(np.float32),
            f"{name}/tint": self.tint.astype(np.float32),
            f"{name}/surface": self.surface.astype(np.int32),
        }


def bone_matrices(rest_start: FloatArray, rest_axes: FloatArray, start: FloatArray, axes: FloatArray) -> FloatArray:
    """Matrices [...,3,4] that carry a bone from its rest to its place; axes are rotations [...,3,3]."""
    turn = axes @ np.swapaxes(rest_axes, -1, -2)
    shift = start - np.einsum("...ij,...j->...i", turn, np.broadcast_to(rest_start, start.shape))
    return np.concatenate([turn, shift[..., None]], -1)


def axes_of(along: FloatArray, reference: FloatArray) -> FloatArray:
    """Rotations [...,3,3]: columns are the side, the front and the direction ``along``; ``reference`` lies in front."""
    along = along / np.linalg.norm(along, axis=-1, keepdims=True)
    side = np.cross(reference, along)
    side = side / np.maximum(np.linalg.norm(side, axis=-1, keepdims=True), 1e-9)
    return np.stack([side, np.cross(along, side), along], -1)


def turned(axis: str, radians: FloatArray | float | Sequence[float]) -> FloatArray:
    """Rotations [...,3,3] about one of the axes x, y and z."""
    angle = np.asarray(radians, np.float64)
    cosine, sine, zero, one = np.cos(angle), np.sin(angle), np.zeros_like(angle), np.ones_like(angle)
    rows = {
        "x": [[one, zero, zero], [zero, cosine, -sine], [zero, sine, cosine]],
        "y": [[cosine, zero, sine], [zero, one, zero], [-sine, zero, cosine]],
        "z": [[cosine, -sine, zero], [sine, cosine, zero], [zero, zero, one]],
    }[axis]
    return np.stack([np.stack(row, -1) for row in rows], -2)
