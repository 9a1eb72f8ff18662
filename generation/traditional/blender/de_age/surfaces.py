"""Materials of skin, eyes, hair and cloth."""

from typing import Any

import numpy as np

from ..arrays import Array
from ..materials import Nodes
from .parts import mark_changes

#: Skin from palest to darkest, scene-linear.
_SKIN = (
    (0.0, (0.60, 0.385, 0.295)),
    (0.3, (0.50, 0.305, 0.215)),
    (0.55, (0.36, 0.205, 0.135)),
    (0.8, (0.20, 0.105, 0.064)),
    (1.0, (0.105, 0.055, 0.034)),
)
#: Inner ring and outer field of the iris.
_IRISES = (
    ((0.12, 0.085, 0.045), (0.07, 0.12, 0.16)),
    ((0.085, 0.042, 0.014), (0.045, 0.022, 0.009)),
    ((0.15, 0.085, 0.02), (0.05, 0.085, 0.035)),
    ((0.10, 0.09, 0.06), (0.11, 0.14, 0.15)),
    ((0.15, 0.075, 0.02), (0.10, 0.045, 0.012)),
    ((0.08, 0.11, 0.13), (0.045, 0.08, 0.12)),
)
_HAIR = (
    (0.016, 0.011, 0.008),
    (0.045, 0.026, 0.014),
    (0.085, 0.048, 0.024),
    (0.15, 0.092, 0.046),
    (0.11, 0.036, 0.014),
    (0.065, 0.058, 0.052),
)
_CLOTH = (
    (0.030, 0.042, 0.060),
    (0.095, 0.028, 0.024),
    (0.045, 0.052, 0.034),
    (0.110, 0.080, 0.045),
    (0.022, 0.022, 0.024),
    (0.060, 0.066, 0.072),
    (0.070, 0.040, 0.022),
    (0.028, 0.055, 0.058),
)


def skin_colour(tone: float, age: float) -> Array:
    """Albedo at a tone; old skin is a little paler and yellower."""
    stops = [stop for stop, _ in _SKIN]
    colour = np.array([np.interp(tone, stops, [rgb[channel] for _, rgb in _SKIN]) for channel in range(3)])
    return np.asarray(colour * (1 - age * np.array([0.03, 0.05, 0.10])))


def hair_colour(index: int, grey: float) -> Array:
    """From its own colour to the white of age."""
    return np.asarray(np.array(_HAIR[index]) * (1 - grey) + np.array([0.46, 0.44, 0.41]) * grey)


def grey_of(age: float) -> float:
    """Share of the hair that has gone grey."""
    return float(np.clip(age * 1.25 - 0.25, 0, 0.92))


def cloth_colour(index: int) -> Array:
    """The garment's; the beanie takes the next one."""
    return np.array(_CLOTH[index % len(_CLOTH)])


def _tuple(colour: Array) -> tuple[float, float, float]:
    red, green, blue = np.asarray(colour, float).tolist()
    return red, green, blue


def skin(parameters: Any, age: float) -> Any:
    """Random-walk subsurface skin with redness, lips, stubble, freckles, age spots and pores."""
    nodes = Nodes("skin")
    base = skin_colour(parameters["skin_tone"], age)
    place = nodes.attribute("rest")

    def mask(name: str) -> Any:
        return nodes.add("ShaderNodeAttribute", {"attribute_name": name}).outputs["Fac"]

    def noise(scale: float, detail: float, roughness: float = 0.55, where: Any = place) -> Any:
        return nodes.add("ShaderNodeTexNoise", Vector=where, Scale=scale, Detail=detail, Roughness=roughness).outputs[
            "Fac"
        ]

    def tinted(share: Any, colour: Any, factor: tuple[float, float, float]) -> Any:
        return nodes.mix(share, colour, nodes.mix(1.0, colour, factor, "MULTIPLY"))

    dark = parameters["skin_tone"]
    mottle, fine = noise(0.75, 4.0, 0.6), noise(6.0, 3.0, 0.6)
    colour = nodes.mix(
        nodes.map_range(mottle, 0.36, 0.66),
        _tuple(base * [1.05, 1.07, 1.08]),
        _tuple(base * [1.0, 0.83 - 0.05 * age, 0.78 - 0.06 * age]),
    )
    colour = tinted(
        nodes.math("MULTIPLY", nodes.map_range(fine, 0.45, 0.75), 0.5 + 0.4 * age), colour, (0.90, 0.80, 0.76)
    )
    red = nodes.math("MULTIPLY", mask("redness"), nodes.map_range(mottle, 0.25, 0.6, 0.55, 1.1))
    colour = tinted(nodes.math("MULTIPLY", red, 0.8 - 0.35 * dark), colour, (1.06, 0.66, 0.62))
    colour = tinted(nodes.math("MULTIPLY", mask("eye_shade"), 0.55 + 0.4 * age), colour, (0.80, 0.66, 0.68))
    colour = tinted(mask("creased"), colour, (0.78, 0.58, 0.54))
    if parameters["freckles"] > 0.02 and dark < 0.6:
        dots = nodes.add("ShaderNodeTexVoronoi", Vector=place, Scale=4.2, Randomness=1.0).outputs["Distance"]
        where = nodes.math("MULTIPLY", nodes.map_range(dots, 0.22, 0.10), nodes.map_range(noise(1.6, 2.0), 0.48, 0.62))
        colour = tinted(nodes.math("MULTIPLY", where, parameters["freckles"] * 0.75), colour, (0.66, 0.48, 0.38))
    if age > 0.25:
        colour = tinted(nodes.math("MULTIPLY", mask("spots"), 0.8 * min(1.0, age * 1.1)), colour, (0.60, 0.44, 0.36))
        veins = nodes.map_range(noise(3.4, 5.0, 0.7), 0.54, 0.66)
        colour = tinted(
            nodes.math("MULTIPLY", nodes.math("MULTIPLY", veins, mask("redness")), 0.55 * age),
            colour,
            (0.95, 0.48, 0.46),
        )
    follicle = nodes.add("ShaderNodeTexVoronoi", Vector=place, Scale=17.0).outputs["Distance"]
    dotted = nodes.map_range(follicle, 0.45, 0.12, 0.30, 1.0)
    shade = nodes.math("MULTIPLY", mask("beard"), dotted)
    grey = max(0.0, age * 1.25 - 0.35)
    stubble = (0.62, 0.58, 0.58) if grey < 0.5 else (0.92, 0.94, 0.96)
    colour = tinted(nodes.math("MULTIPLY", shade, 0.25 + 0.75 * min(1.0, parameters["beard"] * 1.6)), colour, stubble)
    lip = (
        skin_colour(dark, 0.0) * np.array([0.86, 0.50, 0.49]) * (1 - 0.1 * dark) + np.array([0.02, 0.012, 0.012]) * age
    )
    colour = nodes.mix(nodes.math("MULTIPLY", mask("lips"), 0.85 - 0.3 * age), colour, _tuple(lip))
    colour = nodes.mix(
        nodes.math("MULTIPLY", mask("margin"), 0.75), colour, _tuple(base * [0.95, 0.58, 0.54] + [0.03, 0.0, 0.0])
    )
    hair = hair_colour(parameters["hair_colour"], 0.12)
    colour = nodes.mix(nodes.math("MULTIPLY", mask("scalp"), 0.72), colour, _tuple(hair * 0.7 + base * 0.18))

    brow = hair_colour(parameters["hair_colour"], grey_of(age))
    colour = nodes.mix(nodes.math("MULTIPLY", mask("brow"), 0.5 - 0.4 * age), colour, _tuple(brow * 0.7 + base * 0.25))

    pores = nodes.add("ShaderNodeTexVoronoi", Vector=place, Scale=11.0).outputs["Distance"]
    stretched = nodes.add("ShaderNodeMapping", Vector=place, Scale=(1.0, 1.0, 2.6)).outputs[0]
    lines = noise(3.2, 4.0, 0.65, stretched)
    height = nodes.math("ADD", nodes.math("MULTIPLY", pores, 0.30), nodes.math("MULTIPLY", fine, 0.7))
    height = nodes.math("ADD", height, nodes.math("MULTIPLY", lines, 0.25 + 1.5 * age))
    # Lips have their own lines, up and down.
    across = nodes.add("ShaderNodeMapping", Vector=place, Scale=(9.0, 1.5, 1.2)).outputs[0]
    height = nodes.math(
        "ADD", height, nodes.math("MULTIPLY", nodes.math("MULTIPLY", noise(1.0, 3.0, 0.6, across), mask("lips")), 1.4)
    )
    bump = nodes.add("ShaderNodeBump", Strength=0.42 + 0.2 * age, Distance=0.0011, Height=height).outputs[0]

    rough = nodes.map_range(noise(2.3, 4.0, 0.7), 0.3, 0.7, 0.36, 0.55)
    rough = nodes.math("SUBTRACT", rough, nodes.math("MULTIPLY", mask("redness"), 0.05))
    rough = nodes.math("SUBTRACT", rough, nodes.math("MULTIPLY", mask("lips"), 0.12 - 0.1 * age))
    rough = nodes.math("SUBTRACT", rough, nodes.math("MULTIPLY", mask("margin"), 0.28))
    node = nodes.add("ShaderNodeBsdfPrincipled", Base_Color=colour, Roughness=rough, Normal=bump)
    node.inputs["Specular IOR Level"].default_value = 0.42
    node.inputs["Subsurface Weight"].default_value = 1.0
    node.inputs["Subsurface Radius"].default_value = (1.0, 0.36, 0.20)
    node.inputs["Subsurface Scale"].default_value = 0.0036
    mark_changes(nodes)
    return nodes.finish(node.outputs[0])


def eye(parameters: Any, age: float) -> Any:
    """Sclera with veins, iris with fibres and a dark rim, pupil; over all a wet cornea."""
    nodes = Nodes("eye")
    place = nodes.attribute("rest")
    x, _, z = nodes.add("ShaderNodeSeparateXYZ", Vector=place).outputs
    off_axis = nodes.math("SQRT", nodes.math("ADD", nodes.math("MULTIPLY", x, x), nodes.math("MULTIPLY", z, z)), 0.0)
    angle = nodes.math("ARCTAN2", z, x)
    inner, outer = _IRISES[parameters["eye_colour"]]
    spoke = nodes.add(
        "ShaderNodeCombineXYZ",
        X=nodes.math("COSINE", angle, 0.0),
        Y=nodes.math("SINE", angle, 0.0),
        Z=nodes.math("MULTIPLY", off_axis, 0.28),
    ).outputs[0]
    fibres = nodes.add("ShaderNodeTexNoise", Vector=spoke, Scale=13.0, Detail=4.0, Roughness=0.7).outputs["Fac"]
    ragged = nodes.math("ADD", off_axis, nodes.math("MULTIPLY", nodes.math("SUBTRACT", fibres, 0.5), 0.16))
    iris = nodes.mix(nodes.map_range(ragged, 0.24, 0.38), inner, outer)
    iris = nodes.scaled(iris, nodes.map_range(fibres, 0.3, 0.72, 0.35, 2.1))
    iris = nodes.mix(nodes.map_range(off_axis, 0.47, 0.60), iris, (0.010, 0.010, 0.012))
    iris = nodes.mix(nodes.map_range(off_axis, 0.225, 0.195), iris, (0.001, 0.001, 0.001))
    white = nodes.mix(nodes.map_range(off_axis, 0.7, 1.15), (0.52, 0.47, 0.435), (0.44, 0.26, 0.22))
    veins = nodes.add(
        "ShaderNodeTexNoise", {"noise_dimensions": "3D"}, Vector=place, Scale=3.2, Detail=6.0, Roughness=0.75
    ).outputs["Fac"]
    thread = nodes.map_range(nodes.math("ABSOLUTE", nodes.math("SUBTRACT", veins, 0.5), 0.0), 0.03, 0.0)
    white = nodes.mix(
        nodes.math("MULTIPLY", thread, nodes.map_range(off_axis, 0.65, 1.1, 0.08, 0.55)), white, (0.42, 0.12, 0.09)
    )
    white = nodes.mix(0.35 * age, white, (0.50, 0.40, 0.30))
    # Exposed for dark skin, a sclera that is not held back burns out.
    white = nodes.scaled(white, 1 - 0.5 * parameters["skin_tone"])
    colour = nodes.mix(nodes.map_range(off_axis, 0.56, 0.645), iris, white)
    node = nodes.add("ShaderNodeBsdfPrincipled", Base_Color=colour, Roughness=0.42)
    node.inputs["Specular IOR Level"].default_value = 0.15
    node.inputs["Coat Weight"].default_value = 1.0
    node.inputs["Coat Roughness"].default_value = 0.035
    node.inputs["Coat IOR"].default_value = 1.38
    # The iris is a bowl: it is brightest on the side away from the light, which a painted ball never is.
    bowl = nodes.add(
        "ShaderNodeCombineXYZ", X=nodes.math("MULTIPLY", x, -0.95), Y=-1.0, Z=nodes.math("MULTIPLY", z, -0.95)
    ).outputs[0]
    world = nodes.add(
        "ShaderNodeVectorTransform",
        {"vector_type": "NORMAL", "convert_from": "OBJECT", "convert_to": "WORLD"},
        Vector=bowl,
    ).outputs[0]
    geometry = nodes.add("ShaderNodeNewGeometry").outputs["Normal"]
    nodes.link(nodes.mix(nodes.map_range(off_axis, 0.62, 0.56), geometry, world), node.inputs["Normal"])
    mark_changes(nodes)
    return nodes.finish(node.outputs[0])


def wet_flesh(parameters: Any) -> Any:
    """The inner corner of the eye."""
    nodes = Nodes("flesh")
    base = skin_colour(parameters["skin_tone"] * 0.5, 0)
    mark_changes(nodes)
    return nodes.finish(nodes.principled(_tuple(base * [0.85, 0.42, 0.38]), 0.22, 0.5))


def hair(name: str, colour: Array, gloss: float, ages: bool) -> Any:
    """A hair's sheen without the cost of a true hair shader; ``ages`` puts it into the changes layer."""
    nodes = Nodes(name)
    shade = nodes.add("ShaderNodeAttribute", {"attribute_name": "shade"}).outputs["Fac"]
    tint = nodes.mix(shade, _tuple(colour * 0.55), _tuple(colour * 1.5))
    node = nodes.add("ShaderNodeBsdfPrincipled", Base_Color=tint, Roughness=0.42)
    node.inputs["Specular IOR Level"].default_value = gloss
    if ages:
        mark_changes(nodes)
    return nodes.finish(node.outputs[0])


def lash(colour: Array) -> Any:
    """Lashes: dark, matt."""
    nodes = Nodes("lash")
    mark_changes(nodes)
    return nodes.finish(nodes.matt(_tuple(colour)))


def knit(name: str, colour: Array, rows: float) -> Any:
    """Wool: rows of stitches, and a bright fuzz at grazing angles."""
    nodes = Nodes(name)
    u, v, _ = nodes.add("ShaderNodeSeparateXYZ", Vector=nodes.attribute("cloth")).outputs
    wave = nodes.math("SINE", nodes.math("MULTIPLY", u, rows * 3.14), 0.0)
    zigzag = nodes.math(
        "SINE",
        nodes.math(
            "ADD", nodes.math("MULTIPLY", v, rows * 5.0), nodes.math("MULTIPLY", nodes.math("ABSOLUTE", wave, 0.0), 2.2)
        ),
        0.0,
    )
    place = nodes.attribute("cloth")
    fuzz = nodes.add("ShaderNodeTexNoise", Vector=place, Scale=5.0, Detail=4.0, Roughness=0.75).outputs["Fac"]
    height = nodes.math("ADD", nodes.math("MULTIPLY", zigzag, 0.6), fuzz)
    bump = nodes.add("ShaderNodeBump", Strength=0.55, Distance=0.0016, Height=height).outputs[0]
    tint = nodes.mix(nodes.map_range(fuzz, 0.35, 0.7), _tuple(colour * 0.62), _tuple(colour * 1.35))
    node = nodes.add("ShaderNodeBsdfPrincipled", Base_Color=tint, Roughness=0.9, Normal=bump)
    node.inputs["Specular IOR Level"].default_value = 0.12
    node.inputs["Sheen Weight"].default_value = 0.35
    node.inputs["Sheen Roughness"].default_value = 0.4
    return nodes.finish(node.outputs[0])


def woven(name: str, colour: Array) -> Any:
    """Heavy coat cloth."""
    nodes = Nodes(name)
    place = nodes.attribute("cloth")
    weave = nodes.add("ShaderNodeTexNoise", Vector=place, Scale=9.0, Detail=3.0, Roughness=0.7).outputs["Fac"]
    bump = nodes.add("ShaderNodeBump", Strength=0.35, Distance=0.001, Height=weave).outputs[0]
    tint = nodes.mix(nodes.map_range(weave, 0.35, 0.7), _tuple(colour * 0.7), _tuple(colour * 1.25))
    node = nodes.add("ShaderNodeBsdfPrincipled", Base_Color=tint, Roughness=0.8, Normal=bump)
    node.inputs["Specular IOR Level"].default_value = 0.2
    node.inputs["Sheen Weight"].default_value = 0.25
    return nodes.finish(node.outputs[0])


def flat(name: str, colour: Array, ages: bool, ambient: float = 0.12) -> Any:
    """The flat pass: diffuse under one hard sun, and a glow that only the camera sees."""
    nodes = Nodes(name)
    diffuse = nodes.add("ShaderNodeBsdfDiffuse", Color=_tuple(colour))
    seen = nodes.math("MULTIPLY", nodes.add("ShaderNodeLightPath").outputs["Is Camera Ray"], ambient)
    glow = nodes.add("ShaderNodeEmission", Color=_tuple(colour), Strength=seen)
    both = nodes.add("ShaderNodeAddShader")
    nodes.link(diffuse.outputs[0], both.inputs[0])
    nodes.link(glow.outputs[0], both.inputs[1])
    if ages:
        mark_changes(nodes)
    material = nodes.finish(both.outputs[0])
    material.cycles.emission_sampling = "NONE"
    return material
