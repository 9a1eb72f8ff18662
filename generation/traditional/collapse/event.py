"""The event: which pieces there are, when each is let go and what holds it, and the files the Blender child reads."""

import dataclasses
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generation.traditional.city.architecture import add_building
from generation.traditional.city.boxes import Boxes, Surface
from generation.traditional.city.palettes import palette
from generation.traditional.city.plan import GROUND_STOREY_METRES, STOREY_METRES, draw_style
from generation.traditional.city.random_streams import random_stream
from generation.traditional.collapse.car_crush import car_boxes
from generation.traditional.collapse.debris import Debris
from generation.traditional.collapse.fracture import Pieces, fracture
from generation.traditional.collapse.framing import CameraPath, camera_path, hero_plan
from generation.traditional.collapse.parameters import CollapseParameters
from generation.traditional.collapse.sites import scatter_sites
from generation.traditional.collapse.street import Street, lay_street

#: Tonnes per cubic metre; tonnes keep the solver's impulses between 1 and 100.
DENSITY = 2.2


@dataclass(frozen=True)
class Release:
    """When and how pieces are let go.

    Attributes
    ----------
    frame
        int32 [N] first frame (counted from 1) on which a piece moves by itself.
    crushed
        bool [N] pieces of the undermined storeys: they collide as small cores, so that they stop carrying load.
    joints, joint_strength
        int32 [J,2] glued pairs, float32 [J] breaking impulse.
    charge_place, charge_radius
        float32 [3], metres: where the blast pushes outwards.
    """

    frame: NDArray[np.int32]
    crushed: NDArray[np.bool_]
    joints: NDArray[np.int32]
    joint_strength: NDArray[np.float32]
    charge_place: NDArray[np.float32]
    charge_radius: float


@dataclass(frozen=True)
class Preparation:
    """Everything that is known before the simulation runs."""

    parameters: CollapseParameters
    pieces: Pieces
    release: Release
    street: Street
    camera: CameraPath


def prepare_event(parameters: CollapseParameters) -> Preparation:
    """Build the building, break it, lay the street and place the camera. Depends on ``parameters`` alone."""
    plan = hero_plan(parameters)
    stream = random_stream(parameters.seed, "hero")
    colours = palette(parameters.palette, stream, parameters.brick_share)
    boxes = Boxes()
    # Walls towards a neighbour have no windows; the open corner and the back do.
    sides = "SN" + {-1: "W", 0: "", 1: "E"}[parameters.corner]
    add_building(boxes, stream, plan, draw_style(stream), colours, sides=sides, interior=True)
    sites = scatter_sites(random_stream(parameters.seed, "sites"), plan, parameters.pieces)
    pieces = fracture(boxes.arrays(), sites, int(Surface.CONCRETE), np.array(colours.concrete))
    camera = camera_path(parameters)
    return Preparation(
        parameters,
        pieces,
        plan_release(parameters, pieces),
        lay_street(parameters, camera),
        camera,
    )


def plan_release(parameters: CollapseParameters, pieces: Pieces) -> Release:
    """Undermine one side and let the rest go in a wave that sweeps away from it."""
    plan, stream = hero_plan(parameters), random_stream(parameters.seed, "release")
    centre = pieces.centre.astype(np.float64)
    across = (centre[:, 0] - plan.west) / plan.width
    inward = (centre[:, 1] - plan.south) / plan.depth
    away = {
        "west": 0.8 * across + 0.2 * inward,
        "east": 0.8 * (1 - across) + 0.2 * inward,
        "front": 0.15 * across + 0.85 * inward,
        "centre": 0.85 * np.abs(2 * across - 1) + 0.15 * inward,
    }[parameters.undermined].clip(0, 1)
    crushed = (centre[:, 2] < GROUND_STOREY_METRES + STOREY_METRES * (1.6 - 2.0 * away)) & (away < 0.78)
    start = 1 + parameters.collapse_start_seconds * parameters.frames_per_second
    wave = parameters.release_seconds * parameters.frames_per_second * np.maximum(0, away - 0.30) ** 1.1
    frame = np.where(crushed, start, start + wave + stream.uniform(0, 1.2, len(pieces)))
    joints = pieces.joints[~crushed[pieces.joints].any(1)]
    # Lower joints are weaker: they carry more in a building that has lost a corner.
    height = centre[joints, 2].mean(1) / plan.top
    strength = parameters.glue_strength * stream.uniform(0.35, 1.3, len(joints)) * (1.1 - 0.5 * height) * DENSITY
    share = {"west": 0.28, "east": 0.72}.get(parameters.undermined, 0.5)
    depth = plan.depth * (0.3 if parameters.undermined == "front" else 0.5)
    place = [plan.west + plan.width * share, plan.south + depth, GROUND_STOREY_METRES * 0.35]
    return Release(
        frame.astype(np.int32),
        crushed,
        joints,
        strength.astype(np.float32),
        np.array(place, np.float32),
        plan.width * 0.42,
    )


def write_pieces(preparation: Preparation, path: Path) -> None:
    """Pieces, their release and what they can fall against, for the child and for whoever draws dust."""
    release = preparation.release
    np.savez(
        path,
        **{field.name: getattr(preparation.pieces, field.name) for field in dataclasses.fields(Pieces)},
        release_frame=release.frame,
        crushed=release.crushed,
        glued=release.joints,
        glue_strength=release.joint_strength,
        charge_place=release.charge_place,
        charge_radius=np.float64(release.charge_radius),
        obstacles=preparation.street.obstacles,
        cars=car_boxes(preparation.street.cars, preparation.parameters.width_metres / 2 + 14.0),
    )


def write_street(street: Street, path: Path) -> None:
    """The set's boxes and cars."""
    boxes = {name: column for name, column in street.boxes.items() if name != "breakable"}
    np.savez(path, cars=street.cars, trees=street.trees, **boxes)


def write_camera(camera: CameraPath, parameters: CollapseParameters, path: Path) -> None:
    """Camera matrices per shot frame, as ``camera.npz`` of a render has them."""
    frames = np.arange(parameters.first_frame, parameters.last_frame + 1)
    np.savez(path, frames=frames, matrix_world=camera.matrix_world, lens_mm=camera.lens_mm, sensor_mm=camera.sensor_mm)


def write_debris(debris: Debris, path: Path) -> None:
    """The debris' fields under their own names."""
    np.savez(path, **{field.name: getattr(debris, field.name) for field in dataclasses.fields(Debris)})
