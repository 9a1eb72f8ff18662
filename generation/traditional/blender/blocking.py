"""The flat pass: every face its own colour under a hard sun, plus a constant share of it as if lit from all around."""

from collections.abc import Mapping
from typing import Any

from .materials import SURFACE_COUNT, Nodes

#: What a face shows without any sun, as a share of its colour.
AMBIENT_CLEAR, AMBIENT_OVERCAST = 0.26, 0.55


def flat_surfaces(parameters: Mapping[str, Any]) -> list[Any]:
    """One material in every slot: diffuse plus a little emission, both in the face's colour."""
    nodes = Nodes("flat")
    tint = nodes.attribute("tint")
    diffuse = nodes.add("ShaderNodeBsdfDiffuse", Color=tint)
    strength = AMBIENT_CLEAR + (AMBIENT_OVERCAST - AMBIENT_CLEAR) * parameters["overcast"]
    # Only the camera may see it: a ray that leaves one wall and meets another would bring its glow back as noise.
    camera_only = nodes.math("MULTIPLY", nodes.add("ShaderNodeLightPath").outputs["Is Camera Ray"], strength)
    ambient = nodes.add("ShaderNodeEmission", Color=tint, Strength=camera_only)
    both = nodes.add("ShaderNodeAddShader")
    nodes.link(diffuse.outputs[0], both.inputs[0])
    nodes.link(ambient.outputs[0], both.inputs[1])
    material = nodes.finish(both.outputs[0])
    # As a lamp it would be sampled at random, and the pass would have noise.
    material.cycles.emission_sampling = "NONE"
    return [material] * SURFACE_COUNT
