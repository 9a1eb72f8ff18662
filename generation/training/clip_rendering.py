"""Renders one training clip: one seed's shot, blocked and finished by the traditional renderer."""

import dataclasses
import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.frames import FrameSize
from generation.picture.display import to_display
from generation.traditional.frame_rendering import CyclesQuality, render_beauty, render_blocking, render_plate
from generation.traditional.scenes import find_scene
from generation.training.pairs import Clip

OPENING_SHARE = 0.15
"""The first frames, in which a building still stands: one of a clip's frames is drawn from them, the rest after."""


def render_clip(
    scene_name: str,
    seed: int,
    frame_count: int,
    size: FrameSize,
    samples: int,
    work: Path,
    say: Callable[[str], None],
) -> Clip:
    """Render some frames of a seed's shot both ways.

    Parameters
    ----------
    scene_name
        Which scene; see `generation.traditional.scenes`.
    seed
        Gives every parameter of the shot, and which frames are taken.
    frame_count
        Frames of the clip.
    size, samples
        Of the traditional render.
    work
        A folder for passes; its content may be deleted afterwards.
    say
        Told the name of each step as it begins.

    Raises
    ------
    RenderFailed
        If Blender fails.
    InputRefused
        If the pair fails the checks of `Clip.problems`.
    """

    def heard(event: dict[str, Any]) -> None:
        if event.get("event") == "stage":
            say(str(event["stage"]))

    scene = find_scene(scene_name)
    parameters: Any = scene.draw_parameters(seed, {})
    frames = choose_frames(parameters, frame_count)
    quality = CyclesQuality(samples, threads=1)
    prepared = scene.prepare(parameters, work / "prepared", heard)
    plate = render_plate(prepared, frames, size, quality, work / "plate", heard) if scene.has_plate else None
    blocked = render_blocking(prepared, frames, size, work / "blocking", heard, threads=1)
    rendered = render_beauty(prepared, frames, size, quality, work / "beauty", heard)
    say("effects")
    scene.simulate_effects(prepared)
    say("composite")
    target = np.stack([to_display(frame.linear) for frame in scene.finish(prepared, rendered, plate)])
    blocking = scene.block(prepared, blocked, plate)
    clip = Clip(scene_name, seed, blocking, target, np.array(frames, np.int32), dataclasses.asdict(parameters))
    problems = clip.problems(f"clip {scene_name} {seed}")
    if problems:
        raise InputRefused.all_of(problems)
    return clip


def choose_frames(parameters: Any, frame_count: int) -> list[int]:
    """One frame of the shot's beginning, then one from each of as many equal stretches of the rest as are left.

    Raises
    ------
    InputRefused
        If more frames are wanted than the shot has room for.
    """
    opening = max(1, round(parameters.frame_count * OPENING_SHARE))
    rest = parameters.frame_count - opening
    if not 1 <= frame_count <= rest + 1:
        raise InputRefused("frames", frame_count, f"must be from 1 to {rest + 1}", "take fewer frames of a clip")
    random = np.random.default_rng([parameters.seed, frame_count])
    edges = np.linspace(opening, parameters.frame_count, frame_count).round().astype(int)
    offsets = [int(random.integers(opening))]
    offsets += [int(random.integers(low, high)) for low, high in itertools.pairwise(edges)]
    return [parameters.first_frame + offset for offset in offsets]
