"""The shot `building_collapse` from parameters to frames: three steps for the caller to put under a stopwatch."""

import dataclasses
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.vocabulary.errors import InputRefused, RenderFailed
from analytics.vocabulary.frames import FrameRange, FrameSize
from generation.traditional.blender_process import OnEvent, run_child
from generation.traditional.collapse.boxes import FloatArray
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
#: A frame that takes longer than this has gone wrong; the time-out of a render is this times its frames.
FRAME_TIMEOUT_SECONDS = 900.0

#: Layers every finished frame carries beside Combined; the dust needs the distance.
DRAFT_PASSES = ("depth", "mist")
PASSES = ("depth", "normal", "mist", "object_mask", "motion_vectors")


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
    folder
        Where its files lie: pieces.npz, motion.npz, debris.npz, street.npz, massing.npz, camera_path.npz.
    """

    parameters: CollapseParameters
    pieces: Pieces
    location: NDArray[np.float32]
    rotation: NDArray[np.float32]
    debris: Debris
    obstacles: FloatArray
    sun_direction: FloatArray
    folder: Path
    blender_version: str

    def frame_index(self, frame: int) -> int:
        """Row of a shot frame in the arrays."""
        return frame - self.parameters.first_frame


@dataclass(frozen=True)
class Rendered:
    """EXR files in the order of ``frames`` and the camera they were seen through.

    ``geometry_files`` are there if motion vectors were asked for: depth, normal (world axes), object mask (1 building,
    2 debris, 0 set) and motion vectors (pixels, to the frame before and after) at one centred sample, without blur.
    """

    frames: tuple[int, ...]
    files: tuple[Path, ...]
    camera: "Camera"
    blender_version: str
    geometry_files: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Camera:
    """float64 [F,4,4] camera to world (looks along -z, y up), lens and sensor width in mm."""

    frames: NDArray[np.int64]
    matrix_world: FloatArray
    lens_mm: float
    sensor_mm: float


def simulate_collapse(parameters: CollapseParameters, folder: Path, on_event: OnEvent) -> Event:
    """Fracture, rigid bodies and debris.

    Raises
    ------
    RenderFailed, MissingPart
        From the Blender child.
    """
    folder.mkdir(parents=True, exist_ok=True)
    on_event({"event": "stage", "stage": "simulate"})
    preparation = prepare_event(parameters)
    write_pieces(preparation, folder / "pieces.npz")
    write_street(preparation.street, folder / "street.npz")
    write_street(preparation.massing, folder / "massing.npz")
    write_camera(preparation.camera, parameters, folder / "camera_path.npz")
    job = {
        "verb": "simulate",
        "parameters": dataclasses.asdict(parameters),
        "pieces": str((folder / "pieces.npz").resolve()),
        "motion": str((folder / "motion.npz").resolve()),
    }
    result = run_child(job, folder, on_event, SIMULATION_TIMEOUT_SECONDS)
    with np.load(folder / "motion.npz") as motion:
        location, rotation = motion["location"], motion["rotation"]
    if not np.isfinite(location).all():
        raise RenderFailed(
            "rigid-body simulation",
            parameters.seed,
            "a piece flew to infinity",
            "use another seed",
            folder / "child.log",
        )
    debris = throw_debris(parameters, preparation.pieces, location, rotation)
    write_debris(debris, folder / "debris.npz")
    return Event(
        parameters,
        preparation.pieces,
        location,
        rotation,
        debris,
        preparation.street.obstacles,
        np.array(parameters.sun_direction),
        folder,
        result.blender_version,
    )


def render_beauty(
    event: Event,
    frames: FrameRange | Sequence[int],
    size: FrameSize,
    samples: int,
    folder: Path,
    on_event: OnEvent,
    *,
    adaptive_threshold: float = 0.0,
    motion_blur: float = 0.5,
    denoise: bool = True,
    passes: Sequence[str] = DRAFT_PASSES,
    threads: int = 0,
) -> Rendered:
    """Finished geometry, textures, light and motion blur; no dust, scene-linear.

    ``folder`` receives ``####.exr`` and ``camera.npz``. ``passes`` are any of depth, normal, mist, object_mask and
    motion_vectors; the last one adds unblurred frames in ``folder/geometry`` (see `Rendered`).

    Raises
    ------
    InputRefused
        A pass that is not known.
    RenderFailed, MissingPart
        From the Blender child.
    """
    unknown = sorted(set(passes) - set(PASSES))
    if unknown:
        raise InputRefused("passes", ", ".join(unknown), "no such pass", f"use any of: {', '.join(PASSES)}")
    quality = {
        "samples": samples,
        "adaptive_threshold": adaptive_threshold,
        "motion_blur": motion_blur,
        "denoise": denoise,
        "passes": [name for name in passes if name != "motion_vectors"],
        "threads": threads,
    }
    geometry = folder / "geometry" if "motion_vectors" in passes else None
    return _render("render", event, frames, size, folder, quality, "street.npz", on_event, geometry)


def render_blocking(
    event: Event,
    frames: FrameRange | Sequence[int],
    size: FrameSize,
    folder: Path,
    on_event: OnEvent,
    *,
    threads: int = 0,
) -> Rendered:
    """The flat pass: hard sun, no textures, no debris, massing instead of facades; Combined, Depth and Normal."""
    return _render("blocking", event, frames, size, folder, {"threads": threads}, "massing.npz", on_event)


def _render(
    verb: str,
    event: Event,
    frames: FrameRange | Sequence[int],
    size: FrameSize,
    folder: Path,
    quality: Mapping[str, Any],
    street: str,
    on_event: OnEvent,
    geometry: Path | None = None,
) -> Rendered:
    numbers = sorted(frames)
    if not numbers:
        raise InputRefused("frames", None, "there is nothing to render", "name at least one frame")
    first, last = event.parameters.first_frame, event.parameters.last_frame
    if numbers[0] < first or numbers[-1] > last:
        raise InputRefused("frames", f"{numbers[0]}-{numbers[-1]}", "outside the shot", f"stay within {first}-{last}")
    folder.mkdir(parents=True, exist_ok=True)
    job = {
        "verb": verb,
        "parameters": dataclasses.asdict(event.parameters),
        "pieces": str((event.folder / "pieces.npz").resolve()),
        "motion": str((event.folder / "motion.npz").resolve()),
        "debris": str((event.folder / "debris.npz").resolve()),
        "street": str((event.folder / street).resolve()),
        "camera": str((event.folder / "camera_path.npz").resolve()),
        "camera_out": str((folder / "camera.npz").resolve()),
        "output": str(folder.resolve()),
        "geometry_output": str(geometry.resolve()) if geometry else "",
        "frames": numbers,
        "size": [size.width, size.height],
        "quality": dict(quality),
    }
    result = run_child(job, folder, on_event, 120.0 + FRAME_TIMEOUT_SECONDS * len(numbers))
    files = tuple(folder / f"{number:04d}.exr" for number in numbers)
    geometry_files = tuple(geometry / path.name for path in files) if geometry else ()
    absent = [path.name for path in (*files, *geometry_files) if not path.is_file() or path.stat().st_size == 0]
    if absent:
        free = shutil.disk_usage(folder).free
        raise RenderFailed(
            f"Blender child, verb {verb}", ", ".join(absent), f"frames were not written ({free // 2**20} MiB are free)",
            f"read {result.log}", result.log,
        )  # fmt: skip
    return Rendered(tuple(numbers), files, read_camera(folder / "camera.npz"), result.blender_version, geometry_files)


def read_camera(path: Path) -> Camera:
    """A ``camera.npz``."""
    with np.load(path) as stored:
        return Camera(stored["frames"], stored["matrix_world"], float(stored["lens_mm"]), float(stored["sensor_mm"]))
