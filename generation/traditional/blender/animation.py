"""Motion: curves for objects, and the loop that renders frames while it places what moves by itself."""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any, Protocol

import bpy
import numpy as np

from .arrays import Array
from .protocol import Report

Curve = tuple[Sequence[float] | Array, Sequence[float] | Array]


class Moving(Protocol):
    """Something that can be put where it is at a shot frame."""

    def place(self, frame: int) -> None:
        """Set the vertices for one shot frame."""


def set_curves(block: Any, curves: Mapping[tuple[str, int], Curve]) -> None:
    """Give a datablock linear curves: (property path, index) to (frames, values)."""
    action = bpy.data.actions.new("curves")
    for (path, index), (frames, values) in curves.items():
        curve = action.fcurves.new(path, index=index)
        curve.keyframe_points.add(len(frames))
        curve.keyframe_points.foreach_set("co", np.stack([frames, values], 1).astype(np.float32).ravel())
        curve.keyframe_points.foreach_set("interpolation", np.ones(len(frames), np.int32))  # 1 is LINEAR
        curve.update()
    # Assigned only now: an empty action leaves the slot unset, and its curves would be ignored without a word.
    animated = block.animation_data_create()
    animated.action = action
    if animated.action_slot is None and len(action.slots):
        animated.action_slot = action.slots[0]


def render_frames(scene: Any, moving: Sequence[Moving], output: str, frames: Sequence[int], report: Report) -> None:
    """Render frames to ``output/####.exr``, placing what moves before each and reporting each when written.

    Runs of consecutive frames go through Blender's own animation loop, which keeps what does not move in memory.
    """
    scene.render.filepath = output + "/####"
    placed: list[int] = []

    def before(scene: Any, *_: Any) -> None:
        # Also called for the instants in between that motion blur looks at; those need nothing new.
        if scene.frame_subframe == 0.0 and placed[-1:] != [scene.frame_current]:
            placed.append(scene.frame_current)
            for thing in moving:
                thing.place(scene.frame_current)

    def after(scene: Any, *_: Any) -> None:
        report("frame", frame=scene.frame_current)

    handlers: list[tuple[list[Any], Callable[..., None]]] = [
        (bpy.app.handlers.frame_change_pre, before),
        (bpy.app.handlers.render_write, after),
    ]
    for registered, handler in handlers:
        registered.append(handler)
    try:
        for first, last in runs_of(frames):
            scene.frame_start, scene.frame_end = first, last
            bpy.ops.render.render(animation=True)
    finally:
        for registered, handler in handlers:
            registered.remove(handler)


def runs_of(frames: Sequence[int]) -> list[tuple[int, int]]:
    """Consecutive runs (first, last) in sorted order."""
    ordered = sorted(set(frames))
    breaks = [index + 1 for index, (one, two) in enumerate(pairwise(ordered)) if two != one + 1]
    starts, ends = [0, *breaks], [*breaks, len(ordered)]
    return [(ordered[start], ordered[end - 1]) for start, end in zip(starts, ends, strict=True)]
