"""Surfaces: one material a slot for all buildings; each face brings its own colour in the attribute ``tint``.

Textures are looked up at ``rest``, where the vertex stood before the fall, so that stains travel with the pieces.
"""

from collections.abc import Mapping
from typing import Any

import bpy

SURFACE_COUNT = 15

Colour = tuple[float, float, float]


class Nodes:
    """A small builder of node trees: inputs by name or number, values or sockets."""

    def __init__(self, name: str, world: Any = None) -> None:
        self.owner = world or bpy.data.materials.new(name)
        self.owner.use_nodes = True
        self.tree = self.owner.node_tree
        self.tree.nodes.clear()
        self.is_world = world is not None

    def link(self, source: Any, target: Any) -> None:
        """Connect two sockets."""
        self.tree.links.new(source, target)

    def put(self, value: Any, target: Any) -> None:
        """Set an input to a value or connect a socket to it."""
        if isinstance(value, bpy.types.NodeSocket):
            self.link(value, target)
        elif isinstance(value, tuple) and target.type == "RGBA" and len(value) == 3:
            target.default_value = (*value, 1.0)
        else:
            target.default_value = value

    def add(self, kind: str, properties: Mapping[str, Any] | None = None, **inputs: Any) -> Any:
        """A node; inputs are named as in Blender with underscores for spaces."""
        node = self.tree.nodes.new(kind)
        for name, value in (properties or {}).items():
            setattr(node, name, value)
        for name, value in inputs.items():
            self.put(value, node.inputs[name.replace("_", " ")])
        return node

    def attribute(self, name: str) -> Any:
        """The vector socket of a mesh attribute."""
        return self.add("ShaderNodeAttribute", {"attribute_name": name}).outputs["Vector"]

    def math(self, operation: str, first: Any, second: Any) -> Any:
        """First and second combined by a math node."""
        node = self.add("ShaderNodeMath", {"operation": operation})
        self.put(first, node.inputs[0])
        self.put(second, node.inputs[1])
        return node.outputs[0]

    def mix(self, share: Any, first: Any, second: Any, blend: str = "MIX") -> Any:
        """Two colours mixed."""
        node = self.add("ShaderNodeMix", {"data_type": "RGBA", "blend_type": blend})
        for value, socket in ((share, node.inputs[0]), (first, node.inputs[6]), (second, node.inputs[7])):
            self.put(value, socket)
        return node.outputs[2]

    def scaled(self, colour: Any, factor: Any) -> Any:
        """A colour times a number."""
        node = self.add("ShaderNodeVectorMath", {"operation": "SCALE"})
        self.put(colour, node.inputs[0])
        self.put(factor, node.inputs["Scale"])
        return node.outputs[0]

    def map_range(self, value: Any, low: float, high: float, to_low: float = 0.0, to_high: float = 1.0) -> Any:
        """``value`` from one range to another, clamped."""
        return self.add(
            "ShaderNodeMapRange",
            {"clamp": True},
            Value=value,
            From_Min=low,
            From_Max=high,
            To_Min=to_low,
            To_Max=to_high,
        ).outputs[0]

    def principled(self, colour: Any, roughness: float, specular: float, metallic: float = 0.0) -> Any:
        """A finished principled surface."""
        node = self.add("ShaderNodeBsdfPrincipled", Base_Color=colour, Roughness=roughness, Metallic=metallic)
        node.inputs["Specular IOR Level"].default_value = specular
        return node.outputs[0]

    def matt(self, colour: Any) -> Any:
        """A surface without gloss: a third of the cost of a principled one, and at this roughness hardly different."""
        return self.add("ShaderNodeBsdfDiffuse", Color=colour, Roughness=0.0).outputs[0]

    def finish(self, surface: Any) -> Any:
        """Connect the output; returns the material or world."""
        kind = "ShaderNodeOutputWorld" if self.is_world else "ShaderNodeOutputMaterial"
        self.link(surface, self.tree.nodes.new(kind).inputs["Surface"])
        return self.owner


def build_surfaces() -> list[Any]:
    """The materials in the order of `Surface`."""
    return [
        _weathered("plaster", dirt=0.45, roughness=0.9, scale=0.6),
        _brick(),
        _weathered("trim", dirt=0.5, roughness=0.85, scale=0.6),
        _weathered("concrete", dirt=0.45, roughness=0.95, scale=1.2),
        _plain("glass", roughness=0.08, specular=0.9),
        _weathered("interior", dirt=0.25, roughness=0.9, scale=0.6),
        _plain("metal", roughness=0.45, specular=0.5, metallic=0.6),
        _weathered("roof", dirt=0.4, roughness=0.95, scale=0.6),
        _weathered("wood", dirt=0.3, roughness=0.5, scale=0.6),
        _plain("cloth", roughness=0.95, specular=0.1),
        _weathered("asphalt", dirt=0.6, roughness=0.9, scale=0.35),
        _weathered("pavement", dirt=0.5, roughness=0.9, scale=0.5),
        _weathered("road paint", dirt=0.8, roughness=0.8, scale=1.2),
        _plain("car paint", roughness=0.25, specular=0.5, metallic=0.3),
        _plain("rubber", roughness=0.9, specular=0.2),
    ]


def _plain(name: str, roughness: float, specular: float, metallic: float = 0.0) -> Any:
    nodes = Nodes(name)
    return nodes.finish(nodes.principled(nodes.attribute("tint"), roughness, specular, metallic))


def _weathered(name: str, dirt: float, roughness: float, scale: float) -> Any:
    """Slow stains and a fine grain."""
    nodes = Nodes(name)
    tint, place = nodes.attribute("tint"), nodes.attribute("rest")
    stain = nodes.add("ShaderNodeTexNoise", Vector=place, Scale=scale, Detail=3.0, Roughness=0.65).outputs["Fac"]
    grain = nodes.add("ShaderNodeTexNoise", Vector=place, Scale=scale * 14, Detail=1.0).outputs["Fac"]
    stained = nodes.mix(nodes.math("MULTIPLY", nodes.map_range(stain, 0.35, 0.7), dirt), tint, nodes.scaled(tint, 0.48))
    colour = nodes.scaled(stained, nodes.map_range(grain, 0.3, 0.7, 0.88, 1.08))
    return nodes.finish(nodes.matt(colour))


def _brick() -> Any:
    nodes = Nodes("brick")
    tint, place = nodes.attribute("tint"), nodes.attribute("rest")
    parts = nodes.add("ShaderNodeSeparateXYZ", Vector=place).outputs
    # Walls face along x or y, so their sum runs along any of them.
    flat = nodes.add("ShaderNodeCombineXYZ", X=nodes.math("ADD", parts[0], parts[1]), Y=parts[2], Z=0.0).outputs[0]
    brick = nodes.add(
        "ShaderNodeTexBrick",
        Vector=flat,
        Color1=(1.14, 1.14, 1.14),
        Color2=(0.76, 0.76, 0.76),
        Mortar=(1.25, 1.25, 1.2),
        Scale=1.0,
        Mortar_Size=0.012,
        Brick_Width=0.30,
        Row_Height=0.10,
    )
    stain = nodes.add("ShaderNodeTexNoise", Vector=place, Scale=0.55, Detail=3.0, Roughness=0.65).outputs["Fac"]
    laid = nodes.mix(1.0, tint, brick.outputs[0], "MULTIPLY")
    colour = nodes.mix(nodes.map_range(stain, 0.4, 0.75, 0.0, 0.5), laid, nodes.scaled(tint, 0.35))
    return nodes.finish(nodes.matt(colour))
