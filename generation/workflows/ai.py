"""The AI workflow with the embedded model: the same event, a cheap blocking, a network that finishes the frames."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from analytics.vocabulary.shipped import shipped_path
from analytics.vocabulary.stage import StageName
from generation.ai.model_folder import check_model_folder
from generation.order import RenderOrder
from generation.traditional.blender_process import interpreter
from generation.workflows.collapse_parameters import parameters_of
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

    def check(self, order: RenderOrder) -> None:
        """See `FrameMaker.check`."""
        interpreter()
        check_model_folder(shipped_path("models", MODEL_NAME))
        parameters_of(order)

    def make_frames(self, session: Session) -> "NDArray[np.uint8]":
        """See `FrameMaker.make_frames`."""
        session.enter(StageName.LOAD)
        from generation.ai.embedded import EmbeddedFinisher
        from generation.event_blocking import block_event
        from generation.traditional.scene import render_blocking, simulate_collapse

        order, count = session.order, session.order.frames.count
        parameters = parameters_of(order)
        event = simulate_collapse(parameters, session.work / "event", session.listener(0))
        rendered = render_blocking(event, order.frames, order.size, session.work / "blocking", session.listener(count))
        session.enter(StageName.BLOCKING, count)
        blocking = block_event(event, rendered)

        # The model is loaded after Blender has left, so that the two never share the machine's memory.
        session.enter(StageName.LOAD)
        finisher = EmbeddedFinisher.load()
        finisher.warm_up(order.size.width, order.size.height)
        self.engine = finisher.engine
        self.settings = {
            **finisher.settings,
            "blocking": f"blender {rendered.blender_version} cycles, 1 sample",
            "parameters": asdict(parameters),
        }

        session.enter(StageName.DENOISE, count)
        finished = finisher.denoise(blocking, lambda done: session.progress.frame(order.frames.first + done - 1))
        session.enter(StageName.DECODE, count)
        return finisher.decode(finished)
