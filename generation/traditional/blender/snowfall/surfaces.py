"""The finished surfaces of a snowy night; snow lies on whatever looks upwards, broken up by noise."""

from typing import Any

from ..arrays import Arrays
from ..materials import SURFACE_COUNT, Nodes

#: Slots after those of the building kit, in the order of `SnowSurface`.
SNOW, GROUND, WINDOW, GLOW, COAT, LENS = range(SURFACE_COUNT, SURFACE_COUNT + 6)
SNOW_COLOUR = (0.74, 0.80, 0.80)
WET_ASPHALT = (0.016, 0.017, 0.018)


def finished(light: Arrays) -> list[Any]:
    """The materials of every slot."""
    toxic = tuple((light["toxic"] * light["snow_glow"]).tolist())
    kit = [
        _wall("plaster", 0.55, 0.6), _wall("brick", 0.5, 0.55), _wall("trim", 0.6, 0.6), _wall("concrete", 0.55, 1.2),
        _glossy("glass", 0.12, 0.5, 0.55), _wall("interior", 0.4, 0.6), _glossy("metal", 0.42, 0.5, 0.9),
        _wall("roof", 0.7, 0.6),
        _wall("wood", 0.8, 0.8), _wall("cloth", 0.6, 1.5), _wall("asphalt", 0.6, 0.4), _wall("pavement", 0.6, 0.4),
        _wall("road paint", 0.6, 0.4), _glossy("car paint", 0.22, 0.5, 0.8), _glossy("rubber", 0.7, 0.2, 0.3),
    ]  # fmt: skip
    kit += [kit[0]] * (SURFACE_COUNT - len(kit))  # what no snowfall has
    return [*kit, _snow(toxic), _ground(toxic), _window(), _glow(), _glossy("coat", 0.42, 0.4, 0.75), _lens()]


def snow_share(nodes: Nodes, place: Any, amount: float, low: float = 0.5) -> Any:
    """Where snow lies: on faces that look up, with a ragged edge."""
    up = nodes.add("ShaderNodeSeparateXYZ", Vector=nodes.add("ShaderNodeNewGeometry").outputs["Normal"]).outputs[2]
    ragged = nodes.add("ShaderNodeTexNoise", Vector=place, Scale=2.3, Detail=2.0, Roughness=0.6).outputs["Fac"]
    tilt = nodes.math("ADD", up, nodes.math("MULTIPLY", nodes.math("SUBTRACT", ragged, 0.5), 0.7))
    return nodes.map_range(tilt, low, low + 0.22, 0.0, amount)


def _wall(name: str, dim: float, scale: float) -> Any:
    """Stained and wet, as walls are in such weather."""
    nodes = Nodes(name)
    tint, place = nodes.attribute("tint"), nodes.attribute("rest")
    stain = nodes.add("ShaderNodeTexNoise", Vector=place, Scale=scale, Detail=2.0, Roughness=0.65).outputs["Fac"]
    wall = nodes.scaled(tint, nodes.map_range(stain, 0.3, 0.7, dim, dim * 0.45))
    colour = nodes.mix(snow_share(nodes, place, 0.95), wall, SNOW_COLOUR)
    return nodes.finish(nodes.matt(colour))


def _glossy(name: str, roughness: float, specular: float, snowed: float) -> Any:
    nodes = Nodes(name)
    tint, place = nodes.attribute("tint"), nodes.attribute("rest")
    snow = snow_share(nodes, place, snowed, 0.6)
    shader = nodes.add(
        "ShaderNodeBsdfPrincipled",
        Base_Color=nodes.mix(snow, tint, SNOW_COLOUR),
        Roughness=nodes.map_range(snow, 0.0, 1.0, roughness, 0.9),
    )
    shader.inputs["Specular IOR Level"].default_value = specular
    return nodes.finish(shader.outputs[0])


def _with_glow(nodes: Nodes, shader: Any, colour: Any, strength: Any) -> Any:
    """Add a faint light of the surface's own; far too weak to be worth sampling as a lamp."""
    emission = nodes.add("ShaderNodeEmission", Color=colour, Strength=strength)
    both = nodes.add("ShaderNodeAddShader")
    nodes.link(shader, both.inputs[0])
    nodes.link(emission.outputs[0], both.inputs[1])
    material = nodes.finish(both.outputs[0])
    material.cycles.emission_sampling = "NONE"
    return material


def _snow(toxic: tuple[float, ...]) -> Any:
    nodes = Nodes("snow")
    return _with_glow(nodes, nodes.matt(SNOW_COLOUR), toxic, 0.6)


def _ground(toxic: tuple[float, ...]) -> Any:
    """Snow with lumps, grey slush at the edges of the tracks, wet asphalt in them."""
    nodes = Nodes("ground")
    place = nodes.attribute("rest")
    bare = nodes.add("ShaderNodeAttribute", {"attribute_name": "bare"}).outputs["Fac"]
    rough = nodes.add("ShaderNodeTexNoise", Vector=place, Scale=2.6, Detail=3.0, Roughness=0.68).outputs["Fac"]
    slow = nodes.add("ShaderNodeTexNoise", Vector=place, Scale=0.45, Detail=2.0).outputs["Fac"]
    ragged = nodes.math("ADD", bare, nodes.math("MULTIPLY", nodes.math("SUBTRACT", rough, 0.5), 1.3))
    wet = nodes.map_range(ragged, 0.42, 0.66)
    slush = nodes.map_range(ragged, 0.1, 0.5)
    snow = nodes.mix(nodes.map_range(slow, 0.35, 0.7), (0.62, 0.68, 0.68), (0.80, 0.86, 0.87))
    colour = nodes.mix(wet, nodes.mix(slush, snow, (0.24, 0.26, 0.26)), WET_ASPHALT)
    bump = nodes.add("ShaderNodeBump", Strength=0.55, Distance=0.07, Height=rough)
    shader = nodes.add(
        "ShaderNodeBsdfPrincipled", Base_Color=colour, Normal=bump.outputs[0],
        Roughness=nodes.map_range(wet, 0.0, 1.0, 0.8, 0.16),
    )  # fmt: skip
    shader.inputs["Specular IOR Level"].default_value = 0.45
    dark = nodes.math("MULTIPLY", nodes.math("SUBTRACT", 1.0, wet), nodes.map_range(slow, 0.3, 0.75, 0.25, 1.4))
    return _with_glow(nodes, shader.outputs[0], toxic, dark)


def _window() -> Any:
    """A lit room behind a curtain: folds, and darker towards the sill."""
    nodes = Nodes("window")
    parts = nodes.add("ShaderNodeSeparateXYZ", Vector=nodes.attribute("rest")).outputs
    along = nodes.add(
        "ShaderNodeCombineXYZ", X=nodes.math("ADD", parts[0], parts[1]), Y=nodes.math("MULTIPLY", parts[2], 0.25), Z=0.0
    )
    folds = nodes.add("ShaderNodeTexNoise", Vector=along.outputs[0], Scale=3.2, Detail=2.0).outputs["Fac"]
    strength = nodes.map_range(folds, 0.3, 0.72, 0.25, 1.35)
    material = nodes.finish(
        nodes.add("ShaderNodeEmission", Color=nodes.attribute("tint"), Strength=strength).outputs[0]
    )
    material.cycles.emission_sampling = "NONE"
    return material


def _glow() -> Any:
    nodes = Nodes("glow")
    material = nodes.finish(nodes.add("ShaderNodeEmission", Color=nodes.attribute("tint"), Strength=1.0).outputs[0])
    # The lamps themselves light the scene; their glass is only seen.
    material.cycles.emission_sampling = "NONE"
    return material


def _lens() -> Any:
    """Goggles: black glass that mirrors the glow in front of it."""
    nodes = Nodes("lens")
    glass = nodes.principled((0.012, 0.014, 0.013), 0.05, 1.0)
    up = nodes.add("ShaderNodeSeparateXYZ", Vector=nodes.add("ShaderNodeNewGeometry").outputs["Normal"]).outputs[2]
    glint = nodes.map_range(up, 0.12, 0.42, 0.05, 3.2)
    return _with_glow(nodes, glass, (0.55, 1.0, 0.62), glint)
