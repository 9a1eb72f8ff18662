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
        self.holds_frames = False

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
        from generation.workflows.blocked_scene import block_scene

        order, count = session.order, session.order.frames.count
        scene = block_scene(session, order.size)
        blocking, self.key_frames = scene.blocking, scene.key_frames

        # The model is loaded after Blender has left, so that the two never share the machine's memory.
        session.enter(StageName.LOAD)
        finisher = EmbeddedFinisher.load()
        finisher.warm_up(order.size.width, order.size.height)
        self.engine = finisher.engine
        self.settings = {**finisher.settings, **scene.settings, "grain": asdict(scene.grain)}

        session.enter(StageName.DENOISE, count)
        finished = finisher.denoise(blocking, lambda done: session.progress.frame(order.frames.first + done - 1))
        session.enter(StageName.DECODE, count)
        frames = finisher.decode(finished)
        session.enter(StageName.COMPOSITE, count)
        made = []
        for row, (number, frame) in enumerate(zip(order.frames, frames, strict=True)):
            if blocking.effect_is_mask[row]:
                # Nothing outside the mask was asked for: there the plate stays what it was.
                mask = blocking.effect_opacity[row, ..., None].astype(np.float32) / 255
                frame = np.rint(frame * mask + blocking.flat[row] * (1 - mask)).astype(np.uint8)
            made.append(burn_in(scene.grain.on_display(frame, number), scene.captions.get(number)))
            session.progress.frame(number)
        return np.stack(made)
