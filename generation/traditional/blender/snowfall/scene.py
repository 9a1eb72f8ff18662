"""Builds the snowfall: street, ground, cars, lamps and the walking figure; haze and flakes come in the composite."""

from collections.abc import Mapping
from typing import Any

import bpy
import numpy as np
from mathutils import Vector

from .. import animation, camera, meshes
from ..arrays import Array, Arrays
from ..built import Built
from ..materials import Nodes
from . import flat, surfaces

MOON_DISC_RADIANS = 0.02
DRAFT_SAMPLES = 16


def build(scene: Any, job: Mapping[str, Any], look: str) -> Built:
    """The scene in its ``finished`` or ``flat`` look."""
    files, parameters = job["files"], job["parameters"]
    light = dict(np.load(files["light"]))
    lamps, carried = dict(np.load(files["lamps"])), dict(np.load(files["carried"]))
    finished = look == "finished"
    placed = camera.install(scene, files["camera"], parameters)
    frames = np.arange(parameters["first_frame"], parameters["first_frame"] + parameters["frame_count"])
    slots = surfaces.finished(light) if finished else flat.surfaces(light, lamps, carried, frames, scene)
    eyes = camera.positions(files["camera"])
    boxes = dict(np.load(files["boxes" if finished else "boxes_flat"]))
    street = meshes.boxes_object(scene, "street", boxes, slots, eyes)
    parts = _parts_object(scene, "parts", dict(np.load(files["parts"])), slots)
    ground = _ground(scene, dict(np.load(files["ground" if finished else "ground_flat"])), slots)
    for still in (street, parts, ground):
        still.cycles.use_motion_blur = False
    walker = Walker(scene, dict(np.load(files["figure"])), slots, parameters, blurred=finished)
    _add_moon(scene, light, MOON_DISC_RADIANS if finished else 0.0)
    _add_sky(scene, light, finished)
    if finished:
        _add_lamps(scene, lamps)
        _add_carried(scene, carried, frames)
        placed.data.dof.use_dof = True
        placed.data.dof.focus_distance = parameters["figure_distance_metres"]
        placed.data.dof.aperture_fstop = parameters["f_stop"]
    _add_carried_body(scene, carried, frames, slots)
    return Built(placed, [walker], tune=_tune)


def _tune(scene: Any) -> None:
    # A dozen lamps: without a light tree each sample picks one blindly, mostly one that is far away.
    scene.cycles.use_light_tree = True
    scene.cycles.max_bounces = scene.cycles.diffuse_bounces = scene.cycles.glossy_bounces = 1
    scene.cycles.sample_clamp_indirect = 2.0
    scene.cycles.sample_clamp_direct = 12.0
    # At draft size nothing in the set moves by a pixel while the shutter is open (what streaks are the flakes, and
    # those are drawn later); each frame would be handed to Cycles three times for it.
    if scene.cycles.samples < DRAFT_SAMPLES:
        scene.render.use_motion_blur = False


class Walker:
    """The figure: every vertex given for every frame."""

    def __init__(
        self, scene: Any, figure: Arrays, slots: list[Any], parameters: Mapping[str, Any], blurred: bool
    ) -> None:
        self.first_frame, self.rate = parameters["first_frame"], parameters["frames_per_second"]
        self.positions, self.blurred = figure["positions"], blurred
        built = _parts_object(scene, "figure", figure, slots)
        built.pass_index = 1
        self.mesh = built.data
        meshes.velocity_attribute(self.mesh)

    def place(self, frame: int) -> None:
        """Set vertices and their velocity by central difference."""
        last = len(self.positions) - 1
        index = min(max(frame - self.first_frame, 0), last)
        self.mesh.vertices.foreach_set("co", self.positions[index].ravel())
        if self.blurred:
            before, after = max(index - 1, 0), min(index + 1, last)
            speed = (self.positions[after] - self.positions[before]) * (self.rate / max(1, after - before))
            self.mesh.attributes["velocity"].data.foreach_set("vector", np.ascontiguousarray(speed, np.float32).ravel())
        self.mesh.update()


def _parts_object(scene: Any, name: str, columns: Arrays, slots: list[Any]) -> Any:
    built = meshes.mesh_object(
        scene, name, columns["vertices"], columns["corner_vertex"], columns["polygon_size"], slots,
        columns["polygon_surface"], columns["polygon_tint"], columns["vertices"],
    )  # fmt: skip
    built.data.polygons.foreach_set("use_smooth", columns["polygon_smooth"])
    return built


def _ground(scene: Any, columns: Arrays, slots: list[Any]) -> Any:
    faces = columns["faces"]
    count = len(faces)
    built = meshes.mesh_object(
        scene, "ground", columns["vertices"], faces.ravel(), np.full(count, 4), slots,
        np.full(count, surfaces.GROUND), np.tile(np.array(surfaces.SNOW_COLOUR, np.float32), (count, 1)),
    )  # fmt: skip
    built.data.polygons.foreach_set("use_smooth", np.ones(count, bool))
    bare = built.data.attributes.new("bare", "FLOAT", "POINT")
    bare.data.foreach_set("value", np.ascontiguousarray(columns["bare"], np.float32))
    return built


def _add_moon(scene: Any, light: Arrays, angle: float) -> None:
    irradiance = light["moon_irradiance"]
    if irradiance.max() <= 0:
        return
    lamp = bpy.data.lights.new("moon", "SUN")
    lamp.energy, lamp.angle = float(irradiance.max()), angle
    lamp.color = (irradiance / irradiance.max()).tolist()
    moon = bpy.data.objects.new("moon", lamp)
    scene.collection.objects.link(moon)
    moon.rotation_mode = "QUATERNION"
    moon.rotation_quaternion = Vector(light["moon_direction"].tolist()).to_track_quat("Z", "Y")


def _add_sky(scene: Any, light: Arrays, finished: bool) -> None:
    world = bpy.data.worlds.new("sky")
    scene.world = world
    nodes = Nodes("sky", world)
    sky = nodes.add("ShaderNodeBackground", Color=tuple(light["sky"].tolist()), Strength=1.0)
    nodes.finish(sky.outputs[0])
    world.cycles.sampling_method = "NONE"
    if not finished:
        for ray in ("diffuse", "glossy", "transmission", "scatter", "shadow"):
            if hasattr(world.cycles_visibility, ray):
                setattr(world.cycles_visibility, ray, False)


def _add_lamps(scene: Any, lamps: Arrays) -> None:
    for row in range(len(lamps["position"])):
        lamp = _lamp(f"lamp {row}", {name: values[row] for name, values in lamps.items()})
        placed = bpy.data.objects.new(lamp.name, lamp)
        scene.collection.objects.link(placed)
        placed.location = lamps["position"][row].tolist()
        placed.rotation_mode = "QUATERNION"
        placed.rotation_quaternion = _shining_along(lamps["axis"][row])


def _add_carried(scene: Any, carried: Arrays, frames: Array) -> None:
    if not len(carried["intensity"]):
        return
    lamp = _lamp("carried", {name: carried[name][0] for name in ("intensity", "cone_cosine", "blend", "size_metres")})
    placed = bpy.data.objects.new("carried", lamp)
    scene.collection.objects.link(placed)
    placed.rotation_mode = "QUATERNION"
    turns = np.array([_shining_along(axis) for axis in carried["pointing"]])
    curves = {("location", axis): (frames, carried["path"][:, axis]) for axis in range(3)}
    curves |= {("rotation_quaternion", axis): (frames, turns[:, axis]) for axis in range(4)}
    animation.set_curves(placed, curves)


def _add_carried_body(scene: Any, carried: Arrays, frames: Array, slots: list[Any]) -> None:
    """The lantern's glass or the torch's head, which shines; no lamp is hidden by it."""
    if not len(carried["intensity"]):
        return
    angle = np.linspace(0, 2 * np.pi, 12, endpoint=False)
    radii, heights = ([0.0, 0.045, 0.055, 0.045, 0.0], [-0.07, -0.06, 0.0, 0.06, 0.07])
    ring = np.stack([np.cos(angle), np.sin(angle)], 1)
    points = np.concatenate(
        [np.concatenate([ring * r, np.full((12, 1), h)], 1) for r, h in zip(radii, heights, strict=True)]
    )
    number = np.arange(60).reshape(5, 12)
    beside = np.roll(number, -1, 1)
    faces = np.stack([number[:-1], beside[:-1], beside[1:], number[1:]], -1).reshape(-1, 4)
    colour = carried["intensity"][0] / carried["intensity"][0].max() * 9.0
    body = meshes.mesh_object(
        scene, "carried body", points, faces.ravel(), np.full(48, 4), slots,
        np.full(48, surfaces.GLOW), np.tile(colour, (48, 1)),
    )  # fmt: skip
    body.visible_shadow = False
    animation.set_curves(body, {("location", axis): (frames, carried["path"][:, axis]) for axis in range(3)})


def _lamp(name: str, row: Mapping[str, Any]) -> Any:
    everywhere = float(row["cone_cosine"]) < -1
    lamp = bpy.data.lights.new(name, "POINT" if everywhere else "SPOT")
    intensity = row["intensity"]
    lamp.energy = float(intensity.max()) * 4 * np.pi
    lamp.color = (intensity / max(float(intensity.max()), 1e-9)).tolist()
    lamp.shadow_soft_size = float(row["size_metres"])
    if not everywhere:
        lamp.spot_size, lamp.spot_blend = 2 * float(np.arccos(row["cone_cosine"])), float(row["blend"])
    return lamp


def _shining_along(axis: Array) -> Any:
    return Vector((-axis).tolist()).to_track_quat("Z", "Y")
