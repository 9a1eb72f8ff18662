"""Renders frames of a prepared scene: the finished look, the flat blocking pass and the plate."""

import dataclasses
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analytics.vocabulary.errors import InputRefused, RenderFailed
from analytics.vocabulary.frames import FrameSize
from generation.traditional.blender_process import OnEvent, run_child
from generation.traditional.shot_scene import CameraMove, Prepared, Rendered

#: A frame that takes longer than this has gone wrong; the time-out of a render is this times its frames.
FRAME_TIMEOUT_SECONDS = 900.0
#: What Blender may take to start and to build the scene.
START_TIMEOUT_SECONDS = 120.0

#: Of the flat pass. One leaves out windows and rails that are finer than a pixel; four cost more than they show.
BLOCKING_SAMPLES = 2

#: Layers every finished frame carries beside Combined; the composite needs the distance.
DRAFT_PASSES = ("depth", "mist")
FINAL_PASSES = ("depth", "mist", "normal", "object_mask", "motion_vectors")


@dataclass(frozen=True)
class CyclesQuality:
    """How carefully Cycles renders.

    Attributes
    ----------
    samples
        Samples a pixel, at most.
    adaptive_threshold
        Noise at which a pixel is done; 0 renders every sample.
    motion_blur
        Shutter in frames, 0.5 for 180 degrees; 0 for none.
    passes
        Any of depth, normal, mist, object_mask and motion_vectors. The last adds unblurred frames in
        ``folder/geometry``.
    threads
        0 for all processors.
    noise_seed
        Another number gives the same frames under another pattern of noise.
    """

    samples: int
    adaptive_threshold: float = 0.0
    motion_blur: float = 0.5
    denoise: bool = True
    passes: tuple[str, ...] = DRAFT_PASSES
    threads: int = 0
    noise_seed: int = 0

    def __post_init__(self) -> None:
        unknown = sorted(set(self.passes) - set(FINAL_PASSES))
        if unknown:
            raise InputRefused("passes", ", ".join(unknown), "no such pass", f"use any of: {', '.join(FINAL_PASSES)}")


def render_beauty(
    prepared: Prepared,
    frames: Iterable[int],
    size: FrameSize,
    quality: CyclesQuality,
    folder: Path,
    on_event: OnEvent,
) -> Rendered:
    """Finished geometry, textures, light and motion blur, scene-linear; no composited effects.

    ``folder`` receives ``####.exr`` and ``camera.npz``.

    Raises
    ------
    InputRefused
        Frames outside the shot.
    RenderFailed, MissingPart
        From the Blender child.
    """
    return _render("render", prepared, frames, size, dataclasses.asdict(quality), folder, on_event)


def render_plate(
    prepared: Prepared,
    frames: Iterable[int],
    size: FrameSize,
    quality: CyclesQuality,
    folder: Path,
    on_event: OnEvent,
) -> Rendered:
    """The plate of a scene that has one, as carefully as the finished look. Raises as `render_beauty`."""
    return _render("plate", prepared, frames, size, dataclasses.asdict(quality), folder, on_event)


def render_blocking(
    prepared: Prepared, frames: Iterable[int], size: FrameSize, folder: Path, on_event: OnEvent, threads: int = 0
) -> Rendered:
    """The flat pass: no textures and no bounces; Combined, Depth and Normal. Raises as `render_beauty`."""
    quality = {"threads": threads, "passes": (), "samples": BLOCKING_SAMPLES}
    return _render("blocking", prepared, frames, size, quality, folder, on_event)


def _render(
    verb: str,
    prepared: Prepared,
    frames: Iterable[int],
    size: FrameSize,
    quality: Mapping[str, Any],
    folder: Path,
    on_event: OnEvent,
) -> Rendered:
    numbers = _checked_frames(prepared, frames)
    folder.mkdir(parents=True, exist_ok=True)
    geometry = folder / "geometry" if "motion_vectors" in quality["passes"] else None
    job = {
        "verb": verb,
        "scene": prepared.scene,
        "parameters": dataclasses.asdict(prepared.parameters),
        "files": {name: str(path.resolve()) for name, path in prepared.files.items()},
        "camera_out": str((folder / "camera.npz").resolve()),
        "output": str(folder.resolve()),
        "geometry_output": str(geometry.resolve()) if geometry else "",
        "frames": numbers,
        "size": [size.width, size.height],
        "quality": {**quality, "passes": [name for name in quality["passes"] if name != "motion_vectors"]},
    }
    result = run_child(job, folder, on_event, START_TIMEOUT_SECONDS + FRAME_TIMEOUT_SECONDS * len(numbers))
    files = tuple(folder / f"{number:04d}.exr" for number in numbers)
    geometry_files = tuple(geometry / path.name for path in files) if geometry else ()
    absent = [path.name for path in (*files, *geometry_files) if not path.is_file() or path.stat().st_size == 0]
    if absent:
        free = shutil.disk_usage(folder).free
        raise RenderFailed(
            f"Blender child, verb {verb}", ", ".join(absent), f"frames were not written ({free // 2**20} MiB are free)",
            f"read {result.log}", result.log,
        )  # fmt: skip
    camera = CameraMove.read(folder / "camera.npz")
    return Rendered(tuple(numbers), files, camera, result.blender_version, result.device, geometry_files)


def _checked_frames(prepared: Prepared, frames: Iterable[int]) -> Sequence[int]:
    numbers = sorted(frames)
    if not numbers:
        raise InputRefused("frames", None, "there is nothing to render", "name at least one frame")
    first, last = prepared.parameters.first_frame, prepared.parameters.last_frame
    if numbers[0] < first or numbers[-1] > last:
        raise InputRefused("frames", f"{numbers[0]}-{numbers[-1]}", "outside the shot", f"stay within {first}-{last}")
    return numbers
