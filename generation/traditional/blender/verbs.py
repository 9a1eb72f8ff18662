"""The three jobs of the child: simulate, render and blocking."""

from collections.abc import Callable, Mapping
from typing import Any

import bpy
import numpy as np

from . import animation, blocking, camera, cycles_settings, materials, passes, rigid_bodies, set_dressing, sky
from .protocol import Report

Job = Mapping[str, Any]


def simulate(job: Job, report: Report) -> None:
    """Run the rigid bodies of ``job["pieces"]`` and write their motion to ``job["motion"]``."""
    pieces = dict(np.load(job["pieces"]))
    report("version", blender=bpy.app.version_string)
    bodies = rigid_bodies.build(pieces, job["parameters"])
    report("stage", stage="simulate")
    location, rotation = rigid_bodies.run(bodies, job["parameters"], report)
    np.savez(job["motion"], location=location, rotation=rotation)


def render(job: Job, report: Report) -> None:
    """Render the finished geometry with Cycles, one multilayer EXR a frame."""
    scene = _empty_scene(job, report)
    parameters, quality = job["parameters"], job["quality"]
    surfaces = materials.build_surfaces()
    camera_object = camera.install(scene, job["camera"], parameters)
    set_dressing.build(scene, dict(np.load(job["street"])), surfaces, camera.positions(job["camera"]), parameters)
    hero = animation.Hero(scene, dict(np.load(job["pieces"])), dict(np.load(job["motion"])), surfaces, parameters)
    debris = animation.DebrisCloud(scene, dict(np.load(job["debris"])), surfaces, parameters)
    sky.build(scene, parameters, lights_the_scene=True)
    cycles_settings.apply(scene, quality, job["size"], parameters["seed"])
    passes.request(scene, quality.get("passes", []))
    report("stage", stage="render")
    animation.render_frames(scene, [hero, debris], job["output"], job["frames"], report)
    if job["geometry_output"]:
        # Cycles gives no motion vectors beside motion blur, and blurred normals are of no use to a compositor.
        cycles_settings.apply_flat(scene, job["size"], int(quality.get("threads", 0)))
        passes.request(scene, passes.GEOMETRY)
        animation.render_frames(scene, [hero, debris], job["geometry_output"], job["frames"], _nobody)
    camera.write(scene, camera_object, job["frames"], job["camera_out"])


def render_blocking(job: Job, report: Report) -> None:
    """Render the flat pass: one sample, hard sun, no textures, no debris."""
    scene = _empty_scene(job, report)
    parameters = job["parameters"]
    surfaces = blocking.flat_surfaces(parameters)
    camera_object = camera.install(scene, job["camera"], parameters)
    set_dressing.build(scene, dict(np.load(job["street"])), surfaces, camera.positions(job["camera"]), parameters)
    hero = animation.Hero(scene, dict(np.load(job["pieces"])), dict(np.load(job["motion"])), surfaces, parameters)
    hero.blurred = False
    sky.build(scene, parameters, lights_the_scene=False)
    blocking.apply_settings(scene, job["size"], job["quality"])
    passes.request(scene, ["depth", "normal"])
    report("stage", stage="blocking")
    animation.render_frames(scene, [hero], job["output"], job["frames"], report)
    camera.write(scene, camera_object, job["frames"], job["camera_out"])


def _nobody(event: str, **fields: object) -> None:
    """Hear of frames that nobody counts."""


def _empty_scene(job: Job, report: Report) -> bpy.types.Scene:
    bpy.ops.wm.read_factory_settings(use_empty=True)
    report("version", blender=bpy.app.version_string)
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    scene.frame_start, scene.frame_end = min(job["frames"]), max(job["frames"])
    return scene


VERBS: Mapping[str, Callable[[Job, Report], None]] = {
    "simulate": simulate,
    "render": render,
    "blocking": render_blocking,
}
