"""The collapse inside Blender: street, falling pieces, debris, sun and sky; and its rigid bodies."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from .. import blocking, camera, materials, set_dressing, sky, trees
from ..built import Built
from ..protocol import Report
from . import rigid_bodies
from .crushed_cars import CarsUnderRubble
from .falling import DebrisCloud, Hero

#: From this width on leaves, cracks and dents are as wide as a pixel.
FINE_WIDTH = 640


def simulate(job: Mapping[str, Any], report: Report) -> None:
    """Run the rigid bodies of ``job["pieces"]`` and write their motion to ``job["motion"]``."""
    pieces = dict(np.load(job["pieces"]))
    bodies = rigid_bodies.build(pieces, job["parameters"])
    report("stage", stage="simulate")
    location, rotation = rigid_bodies.run(bodies, job["parameters"], report)
    np.savez(job["motion"], location=location, rotation=rotation)


def build(scene: Any, job: Mapping[str, Any], look: str) -> Built:
    """The set as it stands; the flat look has no debris."""
    parameters, files, finished = job["parameters"], job["files"], look == "finished"
    fine = finished and job["size"][0] >= FINE_WIDTH
    surfaces = materials.build_surfaces(fine) if finished else blocking.flat_surfaces(parameters)
    placed = camera.install(scene, files["camera"], parameters)
    street = dict(np.load(files["street"]))
    eyes = camera.positions(files["camera"])
    set_dressing.build(scene, street, surfaces, eyes)
    trees.build(scene, street["trees"], surfaces, parameters["seed"], eyes[0], fine=fine)
    cars = CarsUnderRubble(scene, street["cars"], dict(np.load(files["crush"])), surfaces, parameters["first_frame"])
    hero = Hero(scene, dict(np.load(files["pieces"])), dict(np.load(files["motion"])), surfaces, parameters)
    sky.build(scene, parameters, lights_the_scene=finished)
    if not finished:
        hero.blurred = False
        return Built(placed, (hero, cars))
    debris = DebrisCloud(scene, dict(np.load(files["debris"])), surfaces, parameters)
    return Built(placed, (hero, debris, cars), _tame_glints)


def _tame_glints(scene: Any) -> None:
    """Panes mirror the sky but not the sun: a few samples of its image are white blotches in the denoised picture."""
    scene.objects["sun"].visible_glossy = False
    scene.cycles.sample_clamp_direct = 6.0
