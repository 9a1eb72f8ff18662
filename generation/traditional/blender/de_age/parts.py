"""Smooth meshes, strands of hair and the changes layer: what the head's parts are made of."""

from collections.abc import Mapping
from typing import Any

import bpy
import numpy as np

from ..arrays import Array, Arrays
from ..materials import Nodes

CHANGES = "changes"


def smooth_mesh(scene: Any, name: str, vertices: Array, quads: Array, material: Any, paint: Mapping[str, Array]) -> Any:
    """A linked, smooth-shaded object; ``paint`` are attributes on vertices: [V] numbers or [V,3] vectors."""
    mesh = bpy.data.meshes.new(name)
    mesh.vertices.add(len(vertices))
    mesh.vertices.foreach_set("co", np.ascontiguousarray(vertices, np.float32).ravel())
    mesh.loops.add(quads.size)
    mesh.loops.foreach_set("vertex_index", np.ascontiguousarray(quads, np.int32).ravel())
    mesh.polygons.add(len(quads))
    mesh.polygons.foreach_set("loop_start", np.arange(len(quads), dtype=np.int32) * 4)
    mesh.materials.append(material)
    mesh.update(calc_edges=True)
    for key, values in paint.items():
        vector = values.ndim == 2
        attribute = mesh.attributes.new(key, "FLOAT_VECTOR" if vector else "FLOAT", "POINT")
        attribute.data.foreach_set("vector" if vector else "value", np.ascontiguousarray(values, np.float32).ravel())
    placed = bpy.data.objects.new(name, mesh)
    scene.collection.objects.link(placed)
    placed.pass_index = 1
    return placed


def strands(scene: Any, name: str, stored: Arrays, material: Any) -> Any:
    """Hair curves from ``<name>_points`` [S,P,3], ``_radius`` [S] and ``_shade`` [S]; they taper to a point."""
    points, radius, shade = (stored[f"{name}_{part}"] for part in ("points", "radius", "shade"))
    count, each = points.shape[:2]
    curves = bpy.data.hair_curves.new(name)
    curves.add_curves([each] * count)
    curves.position_data.foreach_set("vector", np.ascontiguousarray(points, np.float32).ravel())
    taper = np.linspace(1, 0.25, each)
    thick = curves.attributes.new("radius", "FLOAT", "POINT")
    thick.data.foreach_set("value", (radius[:, None] * taper).astype(np.float32).ravel())
    variation = curves.attributes.new("shade", "FLOAT", "CURVE")
    variation.data.foreach_set("value", np.ascontiguousarray(shade, np.float32))
    curves.materials.append(material)
    placed = bpy.data.objects.new(name, curves)
    scene.collection.objects.link(placed)
    placed.pass_index = 1
    return placed


def mark_changes(nodes: Nodes, value: Any = 1.0) -> None:
    """Write how much of this surface ages into the changes layer."""
    output = nodes.add("ShaderNodeOutputAOV")
    output.aov_name = CHANGES
    nodes.put(value, output.inputs["Value"])
