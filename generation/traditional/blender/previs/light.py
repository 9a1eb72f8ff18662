"""The light of a previs: one crisp sun and a clean gradient for a sky, softer and greyer the more it is overcast."""

import math
from collections.abc import Mapping
from typing import Any

import bpy
import numpy as np

from ..materials import Nodes
from ..sky import sun_direction

SUN_ENERGY = 4.6


def build(scene: Any, parameters: Mapping[str, Any], *, lights_the_scene: bool) -> None:
    """Add sun and sky. A sky that does not light the scene is seen by the camera alone."""
    overcast = parameters["overcast"]
    low_sun = float(np.interp(parameters["sun_elevation_degrees"], [10, 34], [1.0, 0.0])) * (1 - overcast)
    _add_sun(scene, parameters, low_sun, math.radians(0.9 + 16 * overcast**2) if lights_the_scene else 0.0)
    world = bpy.data.worlds.new("sky")
    scene.world = world
    nodes = Nodes("sky", world)
    height = nodes.add("ShaderNodeSeparateXYZ", Vector=nodes.add("ShaderNodeTexCoord").outputs["Generated"]).outputs[2]
    horizon = np.array([0.66, 0.74, 0.84]) + low_sun * np.array([0.16, 0.0, -0.20])
    zenith = np.array([0.235, 0.36, 0.58]) + low_sun * np.array([0.02, -0.03, -0.06])
    horizon = (1 - overcast) * horizon + overcast * np.array([0.74, 0.76, 0.79])
    zenith = (1 - overcast) * zenith + overcast * np.array([0.60, 0.63, 0.68])
    # Fast near the horizon and slow above it, as in a real sky.
    share = nodes.math("POWER", nodes.map_range(height, 0.0, 0.75), 0.62)
    gradient = nodes.mix(share, tuple(horizon.tolist()), tuple(zenith.tolist()))
    # Under clouds all of the light comes from the sky, and the camera is stopped up for it; the sky itself stays grey.
    seen = nodes.add("ShaderNodeLightPath").outputs["Is Camera Ray"]
    strength = nodes.map_range(seen, 0.0, 1.0, 1.35 + 1.75 * overcast, 1.0)
    nodes.finish(nodes.add("ShaderNodeBackground", Color=gradient, Strength=strength).outputs[0])
    # A smooth sky needs no sampling of its own: surfaces meet it as they scatter.
    world.cycles.sampling_method = "NONE"
    if not lights_the_scene:
        for ray in ("diffuse", "glossy", "transmission", "scatter", "shadow"):
            if hasattr(world.cycles_visibility, ray):
                setattr(world.cycles_visibility, ray, False)


def _add_sun(scene: Any, parameters: Mapping[str, Any], low_sun: float, angle: float) -> None:
    lamp = bpy.data.lights.new("sun", "SUN")
    overcast = parameters["overcast"]
    lamp.energy = SUN_ENERGY * (1 - 0.86 * overcast) * (1 - 0.2 * low_sun)
    lamp.angle = angle
    warm = np.array([1.0, 0.92, 0.80]) + low_sun * np.array([0.0, -0.20, -0.36])
    lamp.color = ((1 - 0.7 * overcast) * warm + 0.7 * overcast).tolist()
    placed = bpy.data.objects.new("sun", lamp)
    scene.collection.objects.link(placed)
    placed.rotation_mode = "QUATERNION"
    placed.rotation_quaternion = sun_direction(parameters).to_track_quat("Z", "Y")
