"""One call of a diffusers pipeline: its arguments by the names it knows, told step by step, frames out as bytes."""

import inspect
from collections.abc import Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from analytics.vocabulary.errors import RenderFailed
from analytics.vocabulary.frames import FrameSize
from generation.ai.checkpoints.quiet import quiet_libraries
from generation.ai.diffusion.shown import Shown
from generation.ai.diffusion.windows import Window
from generation.ai.model_presets import ModelPreset

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray


_DRAW_WHERE_THEY_RUN = ("LTXImageToVideoPipeline",)
"""Pipelines of diffusers 0.42.1 that draw noise on the card and stop where the generator is not there too."""


class CallListener(Protocol):
    """Told what a running pipeline does."""

    def condition(self) -> None:
        """Words and pictures are being encoded."""

    def denoise(self) -> None:
        """The first denoising step begins."""

    def step(self, done: int, count: int) -> None:
        """A denoising step is done."""

    def decode(self) -> None:
        """The last step is done; what is left is to decode."""


def call_arguments(
    preset: ModelPreset,
    pipeline: Any,
    window: Window,
    size: FrameSize,
    steps: int,
    words: tuple[str | None, str | None],
    shown: Shown,
) -> dict[str, Any]:
    """Arguments of a pipeline's call for one window.

    Parameters
    ----------
    words
        Prompt and negative prompt.
    shown
        Pictures of this window: as many as it has frames, and its own first frame.
    """
    import torch
    from PIL import Image

    known = inspect.signature(pipeline.__call__).parameters
    arguments: dict[str, Any] = {
        "prompt": words[0],
        "negative_prompt": words[1],
        "height": size.height,
        "width": size.width,
        "num_inference_steps": steps,
        "frame_rate": preset.frames_per_second,
        "fps": None if preset.frames_per_second is None else round(preset.frames_per_second),
        preset.guidance_argument: preset.guidance,
        "output_type": "np",
        "generator": torch.Generator(_noise_device(pipeline)).manual_seed(window.seed),
        **preset.call,
    }
    if not preset.makes_pictures:
        arguments["num_frames"] = window.frame_count
    if "blocking video" in preset.takes and shown.control is not None:
        white = Image.new("L", (size.width, size.height), 255)
        arguments["video"] = [Image.fromarray(picture) for picture in shown.control]
        arguments["mask"] = (
            [white] * window.frame_count if shown.mask is None else [Image.fromarray(mask) for mask in shown.mask]
        )
    elif shown.control is not None:
        arguments["image"] = Image.fromarray(shown.control[0])
    elif shown.picture is not None:
        arguments["image"] = Image.fromarray(shown.picture[0])
    elif shown.first_frame is not None:
        arguments["image"] = Image.fromarray(shown.first_frame)
    return {name: value for name, value in arguments.items() if name in known and value is not None}


def _noise_device(pipeline: Any) -> str:
    """The processor, so that the same seed gives the same noise on every device, wherever diffusers allows it."""
    draws_on_the_card = type(pipeline).__name__ in _DRAW_WHERE_THEY_RUN
    return str(pipeline._execution_device.type) if draws_on_the_card else "cpu"


def run(pipeline: Any, arguments: Mapping[str, Any], frame_count: int, listener: CallListener) -> "NDArray[np.uint8]":
    """Call a pipeline and give its frames, uint8 [F,H,W,3].

    Raises
    ------
    RenderFailed
        If it gives another number of frames than it was asked for, or pixels that are not numbers.
    """
    import numpy as np

    steps = _Steps(listener)
    listener.condition()
    with quiet_libraries(), _at_first_step(pipeline, listener):
        made = pipeline(**arguments, callback_on_step_end=steps.ended)
    pictures = made.images if hasattr(made, "images") else made.frames[0]
    frames = np.asarray(pictures, np.float32)
    place = type(pipeline).__name__
    if len(frames) != frame_count:
        raise RenderFailed(
            place,
            f"{len(frames)} frames",
            f"was asked for {frame_count}",
            "mend frame_step in the model's preset: a clip has k * frame_step + 1 frames",
        )
    if not np.isfinite(frames).all():
        raise RenderFailed(
            place,
            "NaN or infinite",
            "gave pixels that are not numbers, so its precision is too coarse for it or its weights are damaged",
            "check the weights, or run the model on a machine that multiplies in bfloat16",
        )
    codes: NDArray[np.uint8] = np.rint(np.clip(frames, 0, 1) * 255).astype(np.uint8)
    return codes


@contextmanager
def _at_first_step(pipeline: Any, listener: CallListener) -> "Iterator[None]":
    """Tell when a network of the denoising loop is called for the first time: what came before was encoding."""
    handles: list[Any] = []

    def entered(module: Any, arguments: Any) -> None:
        leave()
        _wait()
        listener.denoise()

    def leave() -> None:
        while handles:
            handles.pop().remove()

    for name in ("controlnet", "transformer", "unet"):
        if getattr(pipeline, name, None) is not None:
            handles.append(getattr(pipeline, name).register_forward_pre_hook(entered))
    try:
        yield
    finally:
        leave()


class _Steps:
    """Tells of each step when the card has done it, which is later than when the processor has asked for it.

    The processor goes on to the next step before it waits for this one: a card that waits to be told what to do next
    is paid for as well.
    """

    def __init__(self, listener: CallListener) -> None:
        self._listener = listener
        self._asked: Any = None

    def ended(self, pipe: Any, step: int, timestep: Any, kept: dict[str, Any]) -> dict[str, Any]:
        """Note that the processor is through with a step, and tell of the one before it."""
        import torch

        count = int(pipe.num_timesteps)
        if self._asked is not None:
            self._asked.synchronize()
            self._listener.step(step, count)
        self._asked = None
        if step + 1 < count and torch.cuda.is_available():
            self._asked = torch.cuda.Event()  # type: ignore[no-untyped-call]
            self._asked.record()
            return {}
        _wait()
        self._listener.step(step + 1, count)
        if step + 1 >= count:
            self._listener.decode()
        return {}


def _wait() -> None:
    """Wait until the GPU has done what it was told: before that a stage that seems over still runs."""
    import torch

    if torch.cuda.is_available():
        torch.cuda.synchronize()
