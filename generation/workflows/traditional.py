"""The traditional workflow: simulation, Cycles and the composite of whichever scene a shot names."""

import os
from collections.abc import Mapping
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from analytics.vocabulary.stage import StageName
from generation.order import RenderOrder
from generation.traditional.blender_process import interpreter
from generation.workflows.scene_parameters import scene_of
from generation.workflows.session import Session

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

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
    """Renders with Blender in a child process and composites outside it."""

    def __init__(self) -> None:
        self.engine = f"{blender_name()} cycles"
        self.model: str | None = None
        self.settings: Mapping[str, Any] = {}
        self.key_frames: Mapping[int, str] = {}
        self.holds_frames = False

    def check(self, order: RenderOrder) -> None:
        """See `FrameMaker.check`."""
        interpreter()
        scene_of(order)

    def make_frames(self, session: Session) -> "NDArray[np.uint8]":
        """See `FrameMaker.make_frames`."""
        session.enter(StageName.LOAD)
        import numpy as np

        from generation.picture.display import to_display
        from generation.picture.lettering import burn_in
        from generation.traditional.deliverable import write_deliverable
        from generation.traditional.frame_rendering import (
            DRAFT_PASSES,
            FINAL_PASSES,
            CyclesQuality,
            render_beauty,
            render_plate,
        )
        from generation.workflows.baking import prepare_scene

        order, count = session.order, session.order.frames.count
        final = order.quality.name == "final"
        scene, parameters = scene_of(order)
        passes, noise_threshold = (FINAL_PASSES, FINAL_NOISE_THRESHOLD) if final else (DRAFT_PASSES, 0.0)
        quality = CyclesQuality(order.quality.samples, noise_threshold, SHUTTER_FRAMES, passes=passes)
        self.settings = {**asdict(quality), "denoiser": "OpenImageDenoise", "parameters": asdict(parameters)}

        simulated = prepare_scene(session, scene, parameters, with_effects=True)
        self.settings = {**self.settings, **simulated.settings}
        prepared, work, listener = simulated.prepared, session.work, session.listener(count)
        plate = (
            render_plate(prepared, order.frames, order.size, quality, work / "plate", listener)
            if scene.has_plate
            else None
        )
        rendered = render_beauty(prepared, order.frames, order.size, quality, work / "beauty", listener)
        self.engine = f"blender {rendered.blender_version} cycles"
        self.settings = {**self.settings, "cycles_device": rendered.device}

        session.enter(StageName.COMPOSITE, count)
        captions = scene.captions(prepared)
        frames = []
        for index, finished in enumerate(scene.finish(prepared, rendered, plate)):
            number = rendered.frames[index]
            if final:
                write_deliverable(session.folder / "exr", order.shot.code, rendered, index, finished.linear)
            frames.append(burn_in(to_display(finished.linear), captions.get(number)))
            session.progress.frame(number)
        self.key_frames = scene.key_frames(prepared)
        return np.stack(frames)
