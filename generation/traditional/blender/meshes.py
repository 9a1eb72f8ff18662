"""Meshes straight from arrays: thousands of polygons without a Python loop."""

from collections.abc import Sequence
from typing import Any

import bpy
import numpy as np

from .arrays import Array, Arrays

#: Corner indices of a box's faces: down, up, south, east, north, west.
BOX_FACES = np.array([[0, 3, 2, 1], [4, 5, 6, 7], [0, 1, 5, 4], [1, 2, 6, 5], [2, 3, 7, 6], [3, 0, 4, 7]])
BOX_TAKES_HIGH = np.array(
    [[0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0], [0, 0, 1], [1, 0, 1], [1, 1, 1], [0, 1, 1]], dtype=bool
)


def mesh_object(
    scene: Any,
    name: str,
    vertices: Array,
    corner_vertex: Array,
    polygon_size: Array,
    surfaces: Sequence[Any],
    polygon_surface: Array,
    polygon_tint: Array,
    rest: Array | None = None,
) -> Any:
    """A linked mesh object.

    ``vertices`` [V,3]; ``corner_vertex`` [C] vertex of each polygon corner; ``polygon_size`` [P] corners a polygon;
    ``polygon_surface`` [P] material slot; ``polygon_tint`` [P,3] linear colour read by the materials;
    ``rest`` [V,3] where textures are looked up (``vertices`` unless given).
    """
    mesh = bpy.data.meshes.new(name)
    mesh.vertices.add(len(vertices))
    mesh.vertices.foreach_set("co", np.ascontiguousarray(vertices, np.float32).ravel())
    mesh.loops.add(len(corner_vertex))
    mesh.loops.foreach_set("vertex_index", np.ascontiguousarray(corner_vertex, np.int32))
    mesh.polygons.add(len(polygon_size))
    start = (np.cumsum(polygon_size) - polygon_size).astype(np.int32)
    mesh.polygons.foreach_set("loop_start", start)
    for surface in surfaces:
        mesh.materials.append(surface)
    mesh.polygons.foreach_set("material_index", np.ascontiguousarray(polygon_surface, np.int32))
    mesh.update(calc_edges=True)
    # Since Blender 4.1 a mesh made from arrays is smooth unless told otherwise, and a smooth brick looks like a pillow.
    mesh.shade_flat()
    _attribute(mesh, "tint", "FACE", polygon_tint)
    _attribute(mesh, "rest", "POINT", vertices if rest is None else rest)
    placed = bpy.data.objects.new(name, mesh)
    scene.collection.objects.link(placed)
    return placed


def boxes_object(scene: Any, name: str, boxes: Arrays, surfaces: Sequence[Any], eyes: Array | None = None) -> Any:
    """One static mesh out of boxes; with ``eyes`` [F,3], faces that no eye can see are left out."""
    low, high = boxes["low"], boxes["high"]
    corners = np.where(BOX_TAKES_HIGH[None], high[:, None], low[:, None])
    shown = np.ones((len(low), 6), bool)
    if eyes is not None:
        nearest, farthest = eyes.min(0) - 0.05, eyes.max(0) + 0.05
        below, above = nearest[None] < low, farthest[None] > high
        shown = np.stack([below[:, 2], above[:, 2], below[:, 1], above[:, 0], above[:, 1], below[:, 0]], 1)
    box, face = np.nonzero(shown)
    corner_vertex = (BOX_FACES[face] + 8 * box[:, None]).ravel()
    return mesh_object(
        scene,
        name,
        corners.reshape(-1, 3),
        corner_vertex,
        np.full(len(box), 4),
        surfaces,
        boxes["surface"][box],
        boxes["tint"][box],
    )


def velocity_attribute(mesh: Any) -> Any:
    """The attribute that Cycles takes motion blur from, metres a second of picture time."""
    return mesh.attributes.new("velocity", "FLOAT_VECTOR", "POINT")


def _attribute(mesh: Any, name: str, domain: str, values: Array) -> None:
    attribute = mesh.attributes.new(name, "FLOAT_VECTOR", domain)
    attribute.data.foreach_set("vector", np.ascontiguousarray(values, np.float32).ravel())
