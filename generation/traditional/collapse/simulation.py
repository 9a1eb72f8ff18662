"""Fracture, rigid bodies and debris: the simulated event as files, and read back."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analytics.vocabulary.errors import RenderFailed
from generation.traditional.blender_process import OnEvent, run_child
from generation.traditional.city.boxes import FloatArray
from generation.traditional.collapse.car_crush import press_cars, write_crush
from generation.traditional.collapse.debris import Debris, throw_debris
from generation.traditional.collapse.event import (
    prepare_event,
    write_camera,
    write_debris,
    write_pieces,
    write_street,
)
from generation.traditional.collapse.fracture import Pieces
from generation.traditional.collapse.parameters import CollapseParameters

SIMULATION_TIMEOUT_SECONDS = 900.0

#: What the child reads, by name; `motion` is written by it.
FILES: Mapping[str, str] = {
    "pieces": "pieces.npz",
    "motion": "motion.npz",
    "debris": "debris.npz",
    "crush": "crush.npz",
    "street": "street.npz",
    "camera": "camera_path.npz",
}


@dataclass(frozen=True)
class Event:
    """One simulated collapse, shared by both workflows.

    Attributes
    ----------
    pieces, location, rotation
        The pieces at rest; float32 [F,N,3] metres and [F,N,4] unit quaternions (w, x, y, z) of their centres per frame.
    debris
        The secondary chunks.
    obstacles
        float64 [M,2,3] boxes that stand still near the building: (low, high) corners in metres.
    sun_direction
        float64 [3] unit vector towards the sun, world axes.
    """

    parameters: CollapseParameters
    pieces: Pieces
    location: NDArray[np.float32]
    rotation: NDArray[np.float32]
    debris: Debris
    obstacles: FloatArray
    sun_direction: FloatArray

    def frame_index(self, frame: int) -> int:
        """Row of a shot frame in the arrays."""
        return frame - self.parameters.first_frame


def simulate_collapse(parameters: CollapseParameters, folder: Path, on_event: OnEvent) -> str:
    """Write everything that `load_event` and the Blender child read into ``folder``; return Blender's version.

    Raises
    ------
    RenderFailed, MissingPart
        From the Blender child.
    """
    folder.mkdir(parents=True, exist_ok=True)
    on_event({"event": "stage", "stage": "simulate"})
    preparation = prepare_event(parameters)
    write_pieces(preparation, folder / FILES["pieces"])
    write_street(preparation.street, folder / FILES["street"])
    write_camera(preparation.camera, parameters, folder / FILES["camera"])
    job = {
        "verb": "simulate",
        "scene": "collapse",
        "parameters": dataclasses.asdict(parameters),
        "pieces": str((folder / FILES["pieces"]).resolve()),
        "motion": str((folder / FILES["motion"]).resolve()),
    }
    result = run_child(job, folder, on_event, SIMULATION_TIMEOUT_SECONDS)
    on_event({"event": "stage", "stage": "simulate"})
    with np.load(folder / FILES["motion"]) as motion:
        location, rotation = motion["location"], motion["rotation"]
    if not np.isfinite(location).all():
        raise RenderFailed(
            "rigid-body simulation",
            parameters.seed,
            "a piece flew to infinity",
            "use another seed",
            folder / "child.log",
        )
    write_debris(throw_debris(parameters, preparation.pieces, location, rotation), folder / FILES["debris"])
    cars = preparation.street.cars
    write_crush(press_cars(cars, preparation.pieces, location, rotation), folder / FILES["crush"])
    return result.blender_version


def load_event(parameters: CollapseParameters, folder: Path) -> Event:
    """Read what `simulate_collapse` of the same parameters wrote."""
    with np.load(folder / FILES["pieces"]) as stored:
        pieces = Pieces(**{field.name: stored[field.name] for field in dataclasses.fields(Pieces)})
        obstacles = stored["obstacles"]
    with np.load(folder / FILES["motion"]) as motion:
        location, rotation = motion["location"], motion["rotation"]
    with np.load(folder / FILES["debris"]) as stored:
        debris = Debris(**{field.name: stored[field.name] for field in dataclasses.fields(Debris)})
    return Event(parameters, pieces, location, rotation, debris, obstacles, np.array(parameters.sun_direction))
