"""The jobs of the child: simulate, render, plate and blocking, for whichever scene the job names."""

import importlib
from collections.abc import Callable, Mapping
from typing import Any

import bpy

from . import animation, camera, cycles_settings, passes
from .built import Built
from .protocol import Report

Job = Mapping[str, Any]


def simulate(job: Job, report: Report) -> None:
    """Run the scene's own simulation."""
    report("version", blender=bpy.app.version_string)
    _scene_module(job).simulate(job, report)


def render(job: Job, report: Report) -> None:
    """Render the finished geometry with Cycles, one multilayer EXR a frame."""
    _render_finely(job, report, "finished", "render")


def render_plate(job: Job, report: Report) -> None:
    """Render the plate as finely as the finished look."""
    _render_finely(job, report, "plate", "plate")


def render_blocking(job: Job, report: Report) -> None:
    """Render the flat pass: few samples, no bounces."""
    scene, built = _built(job, report, "flat")
    quality = job["quality"]
    cycles_settings.apply_flat(scene, job["size"], int(quality.get("threads", 0)), int(quality["samples"]))
    passes.request(scene, ["depth", "normal"])
    _frames(job, report, scene, built, "blocking")


def _render_finely(job: Job, report: Report, look: str, stage: str) -> None:
    scene, built = _built(job, report, look)
    quality = job["quality"]
    cycles_settings.apply(scene, quality, job["size"], job["parameters"]["seed"])
    report("device", name=cycles_settings.use_best_device(scene))
    if built.tune:
        built.tune(scene)
    passes.request(scene, quality.get("passes", []))
    _frames(job, report, scene, built, stage)
    if job["geometry_output"]:
        # Cycles gives no motion vectors beside motion blur, and blurred normals are of no use to a compositor.
        cycles_settings.apply_flat(scene, job["size"], int(quality.get("threads", 0)))
        passes.request(scene, passes.GEOMETRY)
        animation.render_frames(scene, built.moving, job["geometry_output"], job["frames"], _nobody)


def _built(job: Job, report: Report, look: str) -> tuple[Any, Built]:
    bpy.ops.wm.read_factory_settings(use_empty=True)
    report("version", blender=bpy.app.version_string)
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    scene.frame_start, scene.frame_end = min(job["frames"]), max(job["frames"])
    return scene, _scene_module(job).build(scene, job, look)


def _frames(job: Job, report: Report, scene: Any, built: Built, stage: str) -> None:
    report("stage", stage=stage)
    animation.render_frames(scene, built.moving, job["output"], job["frames"], report)
    camera.write(scene, built.camera, job["frames"], job["camera_out"])


def _scene_module(job: Job) -> Any:
    return importlib.import_module(f"blender.{job['scene']}.scene")


def _nobody(event: str, **fields: object) -> None:
    """Hear of frames that nobody counts."""


VERBS: Mapping[str, Callable[[Job, Report], None]] = {
    "simulate": simulate,
    "render": render,
    "plate": render_plate,
    "blocking": render_blocking,
}
