"""Key, fill, rims and the painted background."""

import math
from collections.abc import Mapping
from typing import Any

import bpy
import numpy as np
from mathutils import Vector

from ..arrays import Array, Arrays
from ..materials import Nodes

_AIM = Vector((0.0, -0.055, -0.03))
_WARM, _COOL = np.array([1.0, 0.80, 0.60]), np.array([0.78, 0.90, 1.0])


def portrait_lamps(scene: Any, parameters: Mapping[str, Any]) -> None:
    """A large soft key, a weak fill from the other side and two rims from behind."""
    turn, rise = math.radians(parameters["key_azimuth_degrees"]), math.radians(parameters["key_elevation_degrees"])
    side = 1.0 if turn > 0 else -1.0
    # The key is set for the face: dark skin gets more light, as a cinematographer's meter would ask.
    light = 1.0 + 0.9 * parameters["skin_tone"] ** 1.5
    key = _mixed(parameters["key_warmth"])
    fill = _mixed(-0.8 * parameters["key_warmth"])
    place = Vector((math.sin(turn) * math.cos(rise), -math.cos(turn) * math.cos(rise), math.sin(rise)))
    _area(scene, "key", _AIM + place * 1.15, 25.0 * light, key, (0.55, 0.75))
    _area(scene, "fill", Vector((-side * 1.1, -1.2, 0.05)), 40.0 * light * parameters["fill_ratio"], fill, (1.6, 1.6))
    _area(scene, "rim", Vector((-side * 0.75, 0.95, 0.42)), 17.0 * parameters["rim"], fill * 0.6 + 0.4, (0.35, 0.9))
    _area(scene, "kicker", Vector((side * 0.95, 0.75, 0.25)), 6.0 * parameters["rim"], key, (0.3, 0.9))


def key_sun(scene: Any, parameters: Mapping[str, Any]) -> None:
    """The key as one hard sun, for the flat pass."""
    turn, rise = math.radians(parameters["key_azimuth_degrees"]), math.radians(parameters["key_elevation_degrees"])
    place = Vector((math.sin(turn) * math.cos(rise), -math.cos(turn) * math.cos(rise), math.sin(rise)))
    lamp = bpy.data.lights.new("sun", "SUN")
    lamp.energy, lamp.angle = 2.6, 0.0
    placed = bpy.data.objects.new("sun", lamp)
    placed.rotation_mode = "QUATERNION"
    placed.rotation_quaternion = place.to_track_quat("Z", "Y")
    scene.collection.objects.link(placed)


def world(scene: Any, strength: float) -> None:
    """A dim room all around."""
    built = bpy.data.worlds.new("world")
    scene.world = built
    nodes = Nodes("world", built)
    nodes.finish(nodes.add("ShaderNodeBackground", Color=(0.55, 0.65, 0.8), Strength=strength).outputs[0])


def backdrop(scene: Any, shared: Arrays, eye: Array, lens_mm: float, sensor_mm: float) -> None:
    """The painted background on a card opposite the camera's place ``eye``; it never lights anything."""
    picture = shared["background"]
    height, width = picture.shape[:2]
    image = bpy.data.images.new("background", width, height, float_buffer=True, is_data=True)
    pixels = np.ones((height, width, 4), np.float32)
    pixels[..., :3] = picture[::-1]
    image.pixels.foreach_set(pixels.ravel())
    image.pack()
    nodes = Nodes("background")
    place = nodes.add("ShaderNodeUVMap").outputs[0]
    colour = nodes.add("ShaderNodeTexImage", {"image": image, "extension": "EXTEND"}, Vector=place).outputs[0]
    seen = nodes.add("ShaderNodeLightPath").outputs["Is Camera Ray"]
    material = nodes.finish(nodes.add("ShaderNodeEmission", Color=colour, Strength=seen).outputs[0])
    material.cycles.emission_sampling = "NONE"
    away = float(shared["background_metres"])
    reach = away - float(eye[1])
    half = reach * sensor_mm / lens_mm / 2 * float(shared["background_oversize"])
    tall = half * height / width
    mesh = bpy.data.meshes.new("background")
    x = float(eye[0])
    mesh.from_pydata(
        [(x + right * half, away, up * tall - 0.03) for right, up in ((-1, -1), (1, -1), (1, 1), (-1, 1))],
        [], [(0, 1, 2, 3)],
    )  # fmt: skip
    layer = mesh.uv_layers.new(name="uv")
    layer.data.foreach_set("uv", [0, 0, 1, 0, 1, 1, 0, 1])
    mesh.materials.append(material)
    scene.collection.objects.link(bpy.data.objects.new("background", mesh))


def _mixed(warmth: float) -> Array:
    neutral = np.array([1.0, 0.93, 0.86])
    return np.asarray(neutral + (_WARM - neutral) * max(warmth, 0) + (_COOL - neutral) * max(-warmth, 0))


def _area(scene: Any, name: str, place: Vector, watts: float, colour: Array, size: tuple[float, float]) -> None:
    lamp = bpy.data.lights.new(name, "AREA")
    lamp.energy, lamp.color, lamp.shape = watts, colour.tolist(), "RECTANGLE"
    lamp.size, lamp.size_y = size
    placed = bpy.data.objects.new(name, lamp)
    placed.location = place
    placed.rotation_mode = "QUATERNION"
    placed.rotation_quaternion = (_AIM - place).to_track_quat("-Z", "Y")
    scene.collection.objects.link(placed)
