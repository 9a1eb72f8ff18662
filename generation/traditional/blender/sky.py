"""Sun and sky: Nishita's atmosphere with clouds drawn over it, greyer and softer the more it is overcast."""

import math
from collections.abc import Mapping
from typing import Any

import bpy
import numpy as np
from mathutils import Vector

from .materials import Nodes

SUN_ENERGY = 5.8
#: Nishita is given in physical units; this brings it to the sun lamp's scale.
SKY_SCALE = 0.195


def sun_direction(parameters: Mapping[str, Any]) -> Vector:
    """Unit vector towards the sun."""
    azimuth, elevation = (math.radians(parameters[f"sun_{name}_degrees"]) for name in ("azimuth", "elevation"))
    return Vector(
        (math.cos(azimuth) * math.cos(elevation), math.sin(azimuth) * math.cos(elevation), math.sin(elevation))
    )


def build(scene: Any, parameters: Mapping[str, Any], *, lights_the_scene: bool) -> None:
    """Add the sun lamp and the world. A world that does not light the scene is seen by the camera alone."""
    overcast = parameters["overcast"]
    _add_sun(scene, parameters, 0.0 if not lights_the_scene else math.radians(0.8 + 14 * overcast))
    world = bpy.data.worlds.new("sky")
    scene.world = world
    nodes = Nodes("sky", world)
    clear, clouded = _sky_colours(nodes, parameters)
    seen = nodes.add("ShaderNodeBackground", Color=clouded, Strength=1.0)
    # Surfaces are lit by the sky without its clouds: evaluating those for every light sample doubles the render.
    lighting = nodes.add("ShaderNodeBackground", Color=clear, Strength=1.0)
    either = nodes.add("ShaderNodeMixShader")
    nodes.link(nodes.add("ShaderNodeLightPath").outputs["Is Camera Ray"], either.inputs[0])
    nodes.link(lighting.outputs[0], either.inputs[1])
    nodes.link(seen.outputs[0], either.inputs[2])
    nodes.finish(either.outputs[0])
    if lights_the_scene:
        world.cycles.sampling_method, world.cycles.sample_map_resolution = "MANUAL", 256
    else:
        world.cycles.sampling_method = "NONE"
        for ray in ("diffuse", "glossy", "transmission", "scatter", "shadow"):
            if hasattr(world.cycles_visibility, ray):
                setattr(world.cycles_visibility, ray, False)


def _add_sun(scene: Any, parameters: Mapping[str, Any], angle: float) -> None:
    lamp = bpy.data.lights.new("sun", "SUN")
    lamp.energy = SUN_ENERGY * (1 - 0.82 * parameters["overcast"])
    lamp.angle = angle
    elevation = parameters["sun_elevation_degrees"]
    warm = np.interp(elevation, [5, 18, 32, 55], [0.0, 0.5, 0.85, 1.0])
    colour = (1 - warm) * np.array([1.0, 0.52, 0.24]) + warm * np.array([1.0, 0.90, 0.76])
    grey = 0.6 * parameters["overcast"]
    lamp.color = ((1 - grey) * colour + grey).tolist()
    placed = bpy.data.objects.new("sun", lamp)
    scene.collection.objects.link(placed)
    placed.rotation_mode = "QUATERNION"
    placed.rotation_quaternion = sun_direction(parameters).to_track_quat("Z", "Y")


def _sky_colours(nodes: Nodes, parameters: Mapping[str, Any]) -> tuple[Any, Any]:
    """Sockets of the sky that lights the scene and of the one with clouds that the camera sees."""
    overcast, cover = parameters["overcast"], parameters["cloud_cover"]
    sky = nodes.add(
        "ShaderNodeTexSky",
        {
            "sky_type": "NISHITA",
            "sun_disc": False,
            "sun_elevation": math.radians(parameters["sun_elevation_degrees"]),
            "sun_rotation": math.radians(90 - parameters["sun_azimuth_degrees"]),
            "dust_density": 1.2 + 2.5 * overcast,
            "air_density": 1.1,
        },
    )
    clear = nodes.mix(1.0, sky.outputs[0], (SKY_SCALE,) * 3, "MULTIPLY")
    stream = np.random.default_rng([parameters["seed"], 77])
    direction = nodes.add("ShaderNodeTexCoord").outputs["Generated"]
    stretched = nodes.add(
        "ShaderNodeMapping",
        Vector=direction,
        Scale=(1.6, 1.6, float(stream.uniform(4.0, 8.0))),
        Location=tuple(stream.uniform(0, 9, 3)),
    )
    noise = nodes.add(
        "ShaderNodeTexNoise",
        Vector=stretched.outputs[0],
        Scale=float(stream.uniform(1.2, 2.2)),
        Detail=5.0,
        Roughness=0.58,
    ).outputs["Fac"]
    low = 0.62 - 0.24 * cover
    cloud = nodes.map_range(noise, low, low + 0.22)
    bright = 1.0 - 0.35 * overcast
    white = (1.25 * bright, 1.17 * bright, 1.08 * bright)
    clouded = nodes.mix(nodes.math("MULTIPLY", cloud, 0.78), clear, white)
    # An overcast sky is a grey sheet with the clouds still faintly drawn on it.
    sheet = nodes.mix(cloud, (0.60, 0.64, 0.70), (0.94, 0.94, 0.94))
    grey = min(1.0, 1.05 * overcast)
    haze_lit = nodes.mix(0.35 * cover, clear, white)
    return nodes.mix(grey, haze_lit, (1.02, 1.05, 1.09)), nodes.mix(grey, clouded, sheet)
