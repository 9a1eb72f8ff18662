"""The previs inside Blender: clay set, figures and car, clean light, and a camera that jumps from option to option."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from .. import blocking, camera, meshes
from ..built import Built
from . import light, surfaces
from .skinned import Skinned

#: What the object mask calls them: the set is 0.
_MASK = {"hero": 1, "other": 2, "car": 3}


def build(scene: Any, job: Mapping[str, Any], look: str) -> Built:
    """The same geometry in both looks; the flat one has flat colours and no blur."""
    parameters, files, finished = job["parameters"], job["files"], look == "finished"
    clay = surfaces.clay_surfaces() if finished else blocking.flat_surfaces(parameters)
    placed = camera.install(scene, files["camera_keys"], parameters)
    eyes = camera.positions(files["camera"])
    street = meshes.boxes_object(scene, "street", dict(np.load(files["street"])), clay, eyes)
    street.cycles.use_motion_blur = False
    _props(scene, dict(np.load(files["props"])), clay)
    moving = dict(np.load(files["moving"]))
    things = [Skinned(scene, name, moving, clay, parameters, blurred=finished) for name in _MASK]
    for thing in things:
        thing.placed.pass_index = _MASK[thing.placed.name]
    light.build(scene, parameters, lights_the_scene=finished)
    return Built(placed, things, _tune)


def _props(scene: Any, props: Mapping[str, Any], clay: Any) -> None:
    if not len(props["polygon_size"]):
        return
    still = meshes.mesh_object(
        scene, "props", props["vertices"], props["corner_vertex"], props["polygon_size"], clay, props["surface"],
        props["tint"],
    )  # fmt: skip
    surfaces.round_off(still.data)
    still.cycles.use_motion_blur = False


def _tune(scene: Any) -> None:
    """Clay in open air: light that has bounced twice is all there is to see."""
    cycles = scene.cycles
    cycles.max_bounces, cycles.diffuse_bounces, cycles.glossy_bounces = 2, 2, 1
    cycles.transmission_bounces = 0
    # Below 24 frames a second an animatic is shot on twos: the shutter stays as short as at 24.
    render = scene.render
    render.motion_blur_shutter *= min(1.0, render.fps / render.fps_base / 24.0)
