"""Renders one training clip: one seed's collapse, blocked and finished by the traditional renderer."""

import dataclasses
import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.frames import FrameSize
from generation.event_blocking import block_event
from generation.picture.display import to_display
from generation.traditional.collapse.parameters import CollapseParameters, draw_parameters
from generation.traditional.finishing import finish_frames, simulate_event_dust
from generation.traditional.scene import render_beauty, render_blocking, simulate_collapse
from generation.training.pairs import Clip

STANDING_SHARE = 0.15
"""The first frames, in which the building still stands: one of a clip's frames is drawn from them, the rest after."""


def render_clip(
    seed: int, frame_count: int, size: FrameSize, samples: int, work: Path, say: Callable[[str], None]
) -> Clip:
    """Render some frames of a seed's collapse both ways.

    Parameters
    ----------
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

    parameters = draw_parameters(seed)
    frames = choose_frames(parameters, frame_count)
    event = simulate_collapse(parameters, work / "event", heard)
    blocked = render_blocking(event, frames, size, work / "blocking", heard, threads=1)
    rendered = render_beauty(event, frames, size, samples, work / "beauty", heard, threads=1)
    say("dust")
    dust = simulate_event_dust(event, frames[-1])
    say("composite")
    target = np.stack([to_display(frame.linear) for frame in finish_frames(event, rendered, dust)])
    clip = Clip(seed, block_event(event, blocked), target, np.array(frames, np.int32), dataclasses.asdict(parameters))
    problems = clip.problems(f"clip {seed}")
    if problems:
        raise InputRefused.all_of(problems)
    return clip


def choose_frames(parameters: CollapseParameters, frame_count: int) -> list[int]:
    """One frame of the standing building, then one from each of as many equal stretches of the fall as are left.

    Raises
    ------
    InputRefused
        If more frames are wanted than the shot has room for.
    """
    standing = max(1, round(parameters.frame_count * STANDING_SHARE))
    falling = parameters.frame_count - standing
    if not 1 <= frame_count <= falling + 1:
        raise InputRefused("frames", frame_count, f"must be from 1 to {falling + 1}", "take fewer frames of a clip")
    random = np.random.default_rng([parameters.seed, frame_count])
    edges = np.linspace(standing, parameters.frame_count, frame_count).round().astype(int)
    offsets = [int(random.integers(standing))]
    offsets += [int(random.integers(low, high)) for low, high in itertools.pairwise(edges)]
    return [parameters.first_frame + offset for offset in offsets]
