"""The flat look: each face's colour times the lamps' pools worked out in the shader, so that one sample has no noise.

Only the moon is a lamp, and it is sharp. What Cycles would sample at random is a sum of nodes here.
"""

from typing import Any

import bpy
import numpy as np

from .. import animation
from ..arrays import Array, Arrays
from ..materials import SURFACE_COUNT, Nodes
from .surfaces import GLOW, GROUND, LENS, SNOW, SNOW_COLOUR, WET_ASPHALT, WINDOW

#: Share of the sky's light that reaches a face in the street, and how dark wet walls are.
_SKY_SHARE, _WALL_SHARE = 1.1, 0.55


def surfaces(light: Arrays, lamps: Arrays, carried: Arrays, frames: Array, scene: Any) -> list[Any]:
    """The materials of every slot."""
    pools = _pool_group(lamps, carried, frames, scene)
    toxic = (light["toxic"] * light["snow_glow"]).tolist()
    wall = _lit("flat wall", light, pools, _WALL_SHARE, toxic, snowed=True)
    ground = _lit("flat ground", light, pools, 1.0, toxic, ground=True)
    snow, glow = _lit("flat snow", light, pools, 1.0, toxic), _glowing()
    slots = [wall] * SURFACE_COUNT + [wall] * (LENS + 1 - SURFACE_COUNT)
    slots[SNOW], slots[GROUND], slots[WINDOW], slots[GLOW] = snow, ground, glow, glow
    slots[LENS] = _glowing((0.25, 0.45, 0.28))
    return slots


def _pool_group(lamps: Arrays, carried: Arrays, frames: Array, scene: Any) -> Any:
    """A node group without inputs whose one output is the irradiance from all lamps."""
    tree = bpy.data.node_groups.new("pools", "ShaderNodeTree")
    tree.interface.new_socket("Irradiance", in_out="OUTPUT", socket_type="NodeSocketColor")
    nodes = Nodes.__new__(Nodes)
    nodes.tree = tree
    geometry = nodes.add("ShaderNodeNewGeometry")
    total: Any = (0.0, 0.0, 0.0)
    for row in range(len(lamps["position"])):
        away = _vector(nodes, "SUBTRACT", tuple(lamps["position"][row].tolist()), geometry.outputs["Position"])
        one = {name: values[row] for name, values in lamps.items()}
        total = _vector(nodes, "ADD", total, _pool(nodes, away, geometry.outputs["Normal"], one))
    if len(carried["intensity"]):
        held = bpy.data.objects.new("held", None)
        scene.collection.objects.link(held)
        animation.set_curves(held, {("location", axis): (frames, carried["path"][:, axis]) for axis in range(3)})
        place = nodes.add("ShaderNodeTexCoord", {"object": held}).outputs["Object"]
        away = _vector(nodes, "SCALE", place, -1.0)
        one = {name: carried[name][0] for name in ("intensity", "cone_cosine", "blend")}
        one["axis"] = carried["pointing"].mean(0)
        total = _vector(nodes, "ADD", total, _pool(nodes, away, geometry.outputs["Normal"], one))
    nodes.put(total, tree.nodes.new("NodeGroupOutput").inputs[0])
    return tree


def _pool(nodes: Nodes, away: Any, normal: Any, lamp: Arrays) -> Any:
    """Irradiance from one lamp that lies in the direction ``away``."""
    squared = _scalar(nodes, "DOT_PRODUCT", away, away)
    distance = nodes.math("SQRT", squared, 0.0)
    lambert = nodes.math("MAXIMUM", nodes.math("DIVIDE", _scalar(nodes, "DOT_PRODUCT", away, normal), distance), 0.0)
    falls = nodes.math("DIVIDE", lambert, nodes.math("ADD", squared, 0.02))
    if float(lamp["cone_cosine"]) > -1:
        axis = tuple((-np.asarray(lamp["axis"])).tolist())
        cosine = nodes.math("DIVIDE", _scalar(nodes, "DOT_PRODUCT", away, axis), distance)
        low = float(lamp["cone_cosine"])
        node = nodes.add(
            "ShaderNodeMapRange", {"interpolation_type": "SMOOTHSTEP"},
            Value=cosine, From_Min=low, From_Max=low + (1 - low) * float(lamp["blend"]), To_Min=0.0, To_Max=1.0,
        )  # fmt: skip
        falls = nodes.math("MULTIPLY", falls, node.outputs[0])
    return _vector(nodes, "SCALE", tuple(np.asarray(lamp["intensity"]).tolist()), falls)


def _vector(nodes: Nodes, operation: str, first: Any, second: Any) -> Any:
    node = nodes.add("ShaderNodeVectorMath", {"operation": operation})
    nodes.put(first, node.inputs[0])
    nodes.put(second, node.inputs["Scale"] if operation == "SCALE" else node.inputs[1])
    return node.outputs[0]


def _scalar(nodes: Nodes, operation: str, first: Any, second: Any) -> Any:
    node = nodes.add("ShaderNodeVectorMath", {"operation": operation})
    nodes.put(first, node.inputs[0])
    nodes.put(second, node.inputs[1])
    return node.outputs["Value"]


def _lit(
    name: str,
    light: Arrays,
    pools: Any,
    share: float,
    toxic: list[float],
    *,
    snowed: bool = False,
    ground: bool = False,
) -> Any:
    nodes = Nodes(name)
    colour = nodes.scaled(nodes.attribute("tint"), share)
    if snowed:
        up = nodes.add("ShaderNodeSeparateXYZ", Vector=nodes.add("ShaderNodeNewGeometry").outputs["Normal"]).outputs[2]
        colour = nodes.mix(nodes.map_range(up, 0.55, 0.75), colour, SNOW_COLOUR)
    if ground:
        bare = nodes.add("ShaderNodeAttribute", {"attribute_name": "bare"}).outputs["Fac"]
        colour = nodes.mix(nodes.map_range(bare, 0.4, 0.7), SNOW_COLOUR, WET_ASPHALT)
    group = nodes.add("ShaderNodeGroup", {"node_tree": pools})
    received = _vector(nodes, "SCALE", group.outputs[0], 1 / np.pi)
    received = _vector(nodes, "ADD", received, tuple((light["sky"] * _SKY_SHARE).tolist()))
    shown = nodes.mix(1.0, colour, received, "MULTIPLY")
    if not snowed:
        shown = _vector(nodes, "ADD", shown, tuple(0.6 * part for part in toxic))
    camera_only = nodes.add("ShaderNodeLightPath").outputs["Is Camera Ray"]
    emission = nodes.add("ShaderNodeEmission", Color=shown, Strength=camera_only)
    both = nodes.add("ShaderNodeAddShader")
    nodes.link(nodes.matt(colour), both.inputs[0])
    nodes.link(emission.outputs[0], both.inputs[1])
    material = nodes.finish(both.outputs[0])
    material.cycles.emission_sampling = "NONE"
    return material


def _glowing(colour: tuple[float, float, float] | None = None) -> Any:
    nodes = Nodes("flat glow")
    tint = nodes.attribute("tint") if colour is None else colour
    camera_only = nodes.add("ShaderNodeLightPath").outputs["Is Camera Ray"]
    material = nodes.finish(nodes.add("ShaderNodeEmission", Color=tint, Strength=camera_only).outputs[0])
    material.cycles.emission_sampling = "NONE"
    return material
