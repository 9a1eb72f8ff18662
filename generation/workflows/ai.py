"""The AI workflow with the embedded model: the same scene, a cheap blocking, a network that finishes the frames."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from analytics.vocabulary.shipped import shipped_path
from analytics.vocabulary.stage import StageName
from generation.ai.model_folder import check_model_folder
from generation.order import RenderOrder
from generation.traditional.blender_process import interpreter
from generation.workflows.scene_parameters import scene_of
from generation.workflows.session import Session

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MODEL_NAME = "embedded"


class AiWorkflow:
    """Blocks the shot with Blender's cheapest pass and finishes it with a diffusers pipeline."""

    def __init__(self) -> None:
        self.engine = "diffusers"
        self.model: str | None = MODEL_NAME
        self.settings: Mapping[str, Any] = {}
        self.key_frames: Mapping[int, str] = {}

    def check(self, order: RenderOrder) -> None:
        """See `FrameMaker.check`."""
        interpreter()
        check_model_folder(shipped_path("models", MODEL_NAME))
        scene_of(order)

    def make_frames(self, session: Session) -> "NDArray[np.uint8]":
        """See `FrameMaker.make_frames`."""
        session.enter(StageName.LOAD)
        import numpy as np

        from generation.ai.embedded import EmbeddedFinisher
        from generation.picture.lettering import burn_in
        from generation.traditional.frame_rendering import CyclesQuality, render_blocking, render_plate
        from generation.workflows.baking import prepare_scene

        order, count = session.order, session.order.frames.count
        scene, parameters = scene_of(order)
        simulated = prepare_scene(session, scene, parameters, with_effects=False)
        prepared, work, listener = simulated.prepared, session.work, session.listener(count)
        plate = None
        if scene.has_plate:
            quality = CyclesQuality(order.quality.samples)
            plate = render_plate(prepared, order.frames, order.size, quality, work / "plate", listener)
        rendered = render_blocking(prepared, order.frames, order.size, work / "blocking", listener)
        session.enter(StageName.BLOCKING, count)
        blocking = scene.block(prepared, rendered, plate)

        # The model is loaded after Blender has left, so that the two never share the machine's memory.
        session.enter(StageName.LOAD)
        finisher = EmbeddedFinisher.load()
        finisher.warm_up(order.size.width, order.size.height)
        self.engine = finisher.engine
        self.settings = {
            **finisher.settings,
            **simulated.settings,
            "blocking": f"blender {rendered.blender_version} cycles, 1 sample",
            "parameters": asdict(parameters),
        }

        session.enter(StageName.DENOISE, count)
        finished = finisher.denoise(blocking, lambda done: session.progress.frame(order.frames.first + done - 1))
        session.enter(StageName.DECODE, count)
        frames = finisher.decode(finished)
        if plate is not None:
            # Nothing outside the mask was asked for: there the plate stays what it was.
            session.enter(StageName.COMPOSITE, count)
            mask = blocking.effect_opacity[..., None].astype(np.float32) / 255
            frames = np.rint(frames * mask + blocking.flat * (1 - mask)).astype(np.uint8)
        captions = scene.captions(prepared)
        self.key_frames = scene.key_frames(prepared)
        return np.stack([burn_in(frame, captions.get(order.frames.first + row)) for row, frame in enumerate(frames)])
