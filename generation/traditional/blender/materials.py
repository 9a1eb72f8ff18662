"""Surfaces: one material a slot for all buildings; each face brings its own colour in the attribute ``tint``.

Textures are looked up at ``rest``, where the vertex stood before the fall, so that stains travel with the pieces.
"""

from collections.abc import Mapping
from typing import Any

import bpy

SURFACE_COUNT = 16

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

    def matt(self, colour: Any, normal: Any = None) -> Any:
        """A surface without gloss: a third of the cost of a principled one, and at this roughness hardly different."""
        node = self.add("ShaderNodeBsdfDiffuse", Color=colour, Roughness=0.0)
        if normal is not None:
            self.link(normal, node.inputs["Normal"])
        return node.outputs[0]

    def finish(self, surface: Any) -> Any:
        """Connect the output; returns the material or world."""
        kind = "ShaderNodeOutputWorld" if self.is_world else "ShaderNodeOutputMaterial"
        self.link(surface, self.tree.nodes.new(kind).inputs["Surface"])
        return self.owner


def build_surfaces(fine: bool = False) -> list[Any]:
    """The materials in the order of `Surface`.

    ``fine`` adds what is narrower than a pixel of a draft: mortar joints in relief, streaks under ledges, cracks,
    paving slabs, broken concrete.
    """
    return [
        _weathered("plaster", dirt=0.45, scale=0.6, relief=0.25 if fine else 0.0, streaks=fine),
        _brick(fine),
        _weathered("trim", dirt=0.5, scale=0.6, relief=0.2 if fine else 0.0, streaks=fine),
        _weathered("concrete", dirt=0.45, scale=1.2, relief=1.0 if fine else 0.0),
        _glass() if fine else _plain("glass", roughness=0.08, specular=0.9),
        _weathered("interior", dirt=0.25, scale=0.6, relief=0.15 if fine else 0.0),
        _plain("metal", roughness=0.45, specular=0.5, metallic=0.6),
        _weathered("roof", dirt=0.4, scale=0.6, relief=0.4 if fine else 0.0),
        _weathered("wood", dirt=0.3, scale=0.6, relief=0.1 if fine else 0.0),
        _plain("cloth", roughness=0.95, specular=0.1),
        _asphalt() if fine else _weathered("asphalt", dirt=0.6, scale=0.35),
        _pavement() if fine else _weathered("pavement", dirt=0.5, scale=0.5),
        _weathered("road paint", dirt=0.8, scale=1.2, relief=0.3 if fine else 0.0),
        _plain("car paint", roughness=0.25, specular=0.5, metallic=0.3),
        _plain("rubber", roughness=0.9, specular=0.2),
        _foliage(),
    ]


def _plain(name: str, roughness: float, specular: float, metallic: float = 0.0) -> Any:
    nodes = Nodes(name)
    return nodes.finish(nodes.principled(nodes.attribute("tint"), roughness, specular, metallic))


def _noise(nodes: Nodes, place: Any, scale: float, detail: float, roughness: float = 0.6) -> Any:
    return nodes.add("ShaderNodeTexNoise", Vector=place, Scale=scale, Detail=detail, Roughness=roughness).outputs["Fac"]


def _relief(nodes: Nodes, height: Any, metres: float) -> Any:
    """A normal socket: ``height`` (0 to 1) raised by ``metres``."""
    return nodes.add("ShaderNodeBump", Strength=1.0, Distance=metres, Height=height).outputs[0]


def _weathered(name: str, dirt: float, scale: float, relief: float = 0.0, streaks: bool = False) -> Any:
    """Slow stains and a fine grain; ``relief`` makes it rough to the light, ``streaks`` is what rain washed down."""
    nodes = Nodes(name)
    tint, place = nodes.attribute("tint"), nodes.attribute("rest")
    stain, grain = _noise(nodes, place, scale, 3.0, 0.65), _noise(nodes, place, scale * 14, 1.0, 0.5)
    stained = nodes.mix(nodes.math("MULTIPLY", nodes.map_range(stain, 0.35, 0.7), dirt), tint, nodes.scaled(tint, 0.48))
    if streaks:
        drawn_out = nodes.add("ShaderNodeMapping", Vector=place, Scale=(3.2, 3.2, 0.22)).outputs[0]
        washed = nodes.map_range(_noise(nodes, drawn_out, 1.0, 2.5), 0.52, 0.78, 0.0, 0.6)
        stained = nodes.mix(washed, stained, nodes.scaled(tint, 0.38))
    colour = nodes.scaled(stained, nodes.map_range(grain, 0.3, 0.7, 0.88, 1.08))
    if relief == 0.0:
        return nodes.finish(nodes.matt(colour))
    rough = _noise(nodes, place, 7.0, 4.5, 0.7)
    colour = nodes.scaled(colour, nodes.map_range(rough, 0.3, 0.65, 1 - 0.35 * relief, 1 + 0.12 * relief))
    return nodes.finish(nodes.matt(colour, _relief(nodes, rough, 0.12 * relief)))


def _brick(fine: bool) -> Any:
    nodes = Nodes("brick")
    tint, place = nodes.attribute("tint"), nodes.attribute("rest")
    brick = _courses(nodes, place, mortar_metres=0.012, length_metres=0.30, height_metres=0.10)
    stain = _noise(nodes, place, 0.55, 3.0, 0.65)
    laid = nodes.mix(1.0, tint, brick.outputs[0], "MULTIPLY")
    colour = nodes.mix(nodes.map_range(stain, 0.4, 0.75, 0.0, 0.5), laid, nodes.scaled(tint, 0.35))
    if not fine:
        return nodes.finish(nodes.matt(colour))
    rough = _noise(nodes, place, 18.0, 4.0, 0.65)
    colour = nodes.scaled(colour, nodes.map_range(rough, 0.3, 0.7, 0.78, 1.15))
    height = nodes.math("SUBTRACT", nodes.math("MULTIPLY", rough, 0.35), brick.outputs["Fac"])
    return nodes.finish(nodes.matt(colour, _relief(nodes, height, 0.02)))


def _courses(nodes: Nodes, place: Any, mortar_metres: float, length_metres: float, height_metres: float) -> Any:
    """A brick texture on walls: they face along x or y, so the sum of both runs along any of them."""
    parts = nodes.add("ShaderNodeSeparateXYZ", Vector=place).outputs
    flat = nodes.add("ShaderNodeCombineXYZ", X=nodes.math("ADD", parts[0], parts[1]), Y=parts[2], Z=0.0).outputs[0]
    return nodes.add(
        "ShaderNodeTexBrick",
        Vector=flat,
        Color1=(1.14, 1.14, 1.14),
        Color2=(0.76, 0.76, 0.76),
        Mortar=(1.25, 1.25, 1.2),
        Scale=1.0,
        Mortar_Size=mortar_metres,
        Brick_Width=length_metres,
        Row_Height=height_metres,
    )


def _glass() -> Any:
    """Old panes: never quite flat, dusty at the rims."""
    nodes = Nodes("glass")
    tint, place = nodes.attribute("tint"), nodes.attribute("rest")
    wave = _relief(nodes, _noise(nodes, place, 0.9, 1.0), 0.015)
    dust = nodes.map_range(_noise(nodes, place, 2.5, 4.0), 0.45, 0.8, 0.0, 0.30)
    clean = nodes.add("ShaderNodeBsdfPrincipled", Base_Color=tint, Roughness=0.05, Normal=wave)
    clean.inputs["Specular IOR Level"].default_value = 0.9
    both = nodes.add("ShaderNodeMixShader", Fac=dust)
    nodes.link(clean.outputs[0], both.inputs[1])
    nodes.link(nodes.matt((0.30, 0.28, 0.25)), both.inputs[2])
    return nodes.finish(both.outputs[0])


def _asphalt() -> Any:
    """Chippings, tar-filled cracks and patches of another year."""
    nodes = Nodes("asphalt")
    tint, place = nodes.attribute("tint"), nodes.attribute("rest")
    chippings, wear = _noise(nodes, place, 38.0, 3.0, 0.7), _noise(nodes, place, 0.22, 4.0)
    bent = nodes.mix(0.16, place, nodes.add("ShaderNodeTexNoise", Vector=place, Scale=0.9, Detail=3.0).outputs["Color"])
    edge = nodes.add("ShaderNodeTexVoronoi", {"feature": "DISTANCE_TO_EDGE"}, Vector=bent, Scale=0.22).outputs[0]
    worn = nodes.scaled(tint, nodes.map_range(wear, 0.3, 0.7, 0.62, 1.35))
    cracked = nodes.mix(nodes.map_range(edge, 0.002, 0.010, 0.75, 0.0), worn, nodes.scaled(tint, 0.25))
    colour = nodes.scaled(cracked, nodes.map_range(chippings, 0.3, 0.7, 0.72, 1.30))
    return nodes.finish(nodes.matt(colour, _relief(nodes, chippings, 0.012)))


def _pavement() -> Any:
    """Slabs of half a metre, one a little darker than the next."""
    nodes = Nodes("pavement")
    tint, place = nodes.attribute("tint"), nodes.attribute("rest")
    slabs = nodes.add(
        "ShaderNodeTexBrick", Vector=place, Color1=(1.12, 1.12, 1.12), Color2=(0.82, 0.82, 0.82),
        Mortar=(0.35, 0.35, 0.35), Scale=1.0, Mortar_Size=0.012, Brick_Width=0.75, Row_Height=0.5,
    )  # fmt: skip
    rough, stain = _noise(nodes, place, 14.0, 3.0, 0.7), _noise(nodes, place, 0.5, 4.0)
    laid = nodes.mix(1.0, tint, slabs.outputs[0], "MULTIPLY")
    stained = nodes.scaled(laid, nodes.map_range(stain, 0.35, 0.7, 0.70, 1.12))
    colour = nodes.scaled(stained, nodes.map_range(rough, 0.3, 0.7, 0.85, 1.10))
    height = nodes.math("SUBTRACT", nodes.math("MULTIPLY", rough, 0.4), slabs.outputs["Fac"])
    return nodes.finish(nodes.matt(colour, _relief(nodes, height, 0.012)))


def _foliage() -> Any:
    """Leaves let half of the sun through, so that a crown glows against the light."""
    nodes = Nodes("foliage")
    tint = nodes.attribute("tint")
    both = nodes.add("ShaderNodeMixShader", Fac=0.45)
    nodes.link(nodes.matt(tint), both.inputs[1])
    nodes.link(nodes.add("ShaderNodeBsdfTranslucent", Color=nodes.scaled(tint, 1.3)).outputs[0], both.inputs[2])
    return nodes.finish(both.outputs[0])
