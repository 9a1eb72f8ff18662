"""Stills of a scene, through the same steps as a render of the shot, with what each step took."""

import resource
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from analytics.vocabulary.frames import FrameSize
from generation.blocking import Blocking
from generation.picture.display import to_display
from generation.picture.lettering import burn_in
from generation.traditional.frame_rendering import CyclesQuality, render_beauty, render_blocking, render_plate
from generation.traditional.shot_scene import ShotScene

Picture = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Taken:
    """What one step took: wall and processor seconds, children included."""

    wall_seconds: float
    cpu_seconds: float


@dataclass(frozen=True)
class Stills:
    """Display pictures uint8 (H, W, 3) by frame; ``plates`` is empty for a scene without one."""

    finished: Mapping[int, Picture]
    plates: Mapping[int, Picture]
    blocking: Blocking | None
    taken: Mapping[str, Taken]


def render_stills(
    scene: ShotScene,
    parameters: Any,
    frames: Sequence[int],
    size: FrameSize,
    quality: CyclesQuality,
    work: Path,
    *,
    beauty: bool = True,
    blocking: bool = False,
    say: Callable[[str, Taken], None] = lambda step, taken: None,
) -> Stills:
    """Render some frames of a scene.

    Parameters
    ----------
    work
        A folder for passes; its content may be deleted afterwards.
    beauty, blocking
        Which looks to render.
    say
        Told of each step when it is done.

    Raises
    ------
    RenderFailed, MissingPart, InputRefused
        From the scene and from the Blender child.
    """
    taken: dict[str, Taken] = {}

    def heard(event: dict[str, Any]) -> None:
        """Nobody: the steps are timed here."""

    @contextmanager
    def step(name: str) -> Iterator[None]:
        started, before = time.monotonic(), _cpu_seconds()
        yield
        taken[name] = Taken(time.monotonic() - started, _cpu_seconds() - before)
        say(name, taken[name])

    with step("prepare"):
        prepared = scene.prepare(parameters, work / "prepared", heard)
    plate, blocked, finished = None, None, {}
    if scene.has_plate:
        with step("plate"):
            plate = render_plate(prepared, frames, size, quality, work / "plate", heard)
    if blocking:
        with step("blocking"):
            flat = render_blocking(prepared, frames, size, work / "blocking", heard)
        with step("guide"):
            blocked = scene.block(prepared, flat, plate)
    if beauty:
        with step("render"):
            rendered = render_beauty(prepared, frames, size, quality, work / "beauty", heard)
        with step("effects"):
            scene.simulate_effects(prepared)
        captions = scene.captions(prepared)
        with step("composite"):
            for number, frame in zip(rendered.frames, scene.finish(prepared, rendered, plate), strict=True):
                finished[number] = burn_in(to_display(frame.linear), captions.get(number))
    plates: dict[int, Picture] = {}
    if plate is not None:
        through_lens = list(scene.finish(prepared, plate, plate))
        plates = {number: to_display(frame.linear) for number, frame in zip(plate.frames, through_lens, strict=True)}
    return Stills(finished, plates, blocked, taken)


def _cpu_seconds() -> float:
    uses = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(use.ru_utime + use.ru_stime for use in uses)
