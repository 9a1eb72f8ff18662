"""The traditional workflow: fracture, rigid bodies, dust, Cycles, composite."""

import os
from collections.abc import Mapping
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from analytics.vocabulary.stage import StageName
from generation.order import RenderOrder
from generation.traditional.blender_process import interpreter
from generation.workflows.collapse_parameters import parameters_of
from generation.workflows.session import Session

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DRAFT_PASSES = ("depth", "mist")
FINAL_PASSES = ("depth", "mist", "normal", "object_mask")
FINAL_NOISE_THRESHOLD = 0.02
SHUTTER_FRAMES = 0.5
"""A 180-degree shutter."""


def blender_name() -> str:
    """``blender`` with the version of its wheel, or the program that a user names."""
    named = os.environ.get("SHOTLEDGER_BLENDER")
    if named:
        return f"blender ({os.path.basename(named)})"
    try:
        return f"blender {version('bpy')}"
    except PackageNotFoundError:
        return "blender"


class TraditionalWorkflow:
    """Renders with Blender in a child process and composites the dust outside it."""

    def __init__(self) -> None:
        self.engine = f"{blender_name()} cycles"
        self.model: str | None = None
        self.settings: Mapping[str, Any] = {}

    def check(self, order: RenderOrder) -> None:
        """See `FrameMaker.check`."""
        interpreter()
        parameters_of(order)

    def make_frames(self, session: Session) -> "NDArray[np.uint8]":
        """See `FrameMaker.make_frames`."""
        session.enter(StageName.LOAD)
        import numpy as np

        from generation.picture.display import to_display
        from generation.traditional.finishing import finish_frames, simulate_event_dust
        from generation.traditional.scene import render_beauty, simulate_collapse

        order, count = session.order, session.order.frames.count
        final = order.quality.name == "final"
        parameters = parameters_of(order)
        noise_threshold = FINAL_NOISE_THRESHOLD if final else 0.0
        self.settings = {
            "samples": order.quality.samples,
            "noise_threshold": noise_threshold,
            "shutter_frames": SHUTTER_FRAMES,
            "denoiser": "OpenImageDenoise",
            "parameters": asdict(parameters),
        }

        event = simulate_collapse(parameters, session.work / "event", session.listener(0))
        session.enter(StageName.SIMULATE)
        dust = simulate_event_dust(event, order.frames.last)
        rendered = render_beauty(
            event,
            order.frames,
            order.size,
            order.quality.samples,
            session.work / "beauty",
            session.listener(count),
            passes=FINAL_PASSES if final else DRAFT_PASSES,
            adaptive_threshold=noise_threshold,
            motion_blur=SHUTTER_FRAMES,
        )
        self.engine = f"blender {rendered.blender_version} cycles"

        session.enter(StageName.COMPOSITE, count)
        frames = []
        for number, finished in zip(order.frames, finish_frames(event, rendered, dust), strict=True):
            frames.append(to_display(finished.linear))
            session.progress.frame(number)
        return np.stack(frames)
