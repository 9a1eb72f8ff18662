"""Running out of memory: told apart from other errors, cleared up after, and answered with what is left to try."""

import gc
from collections.abc import Sequence

from analytics.vocabulary.errors import RenderFailed
from analytics.vocabulary.frames import FrameSize
from generation.ai.diffusion.windows import Window

_SIGNS = (
    "out of memory",
    "can't allocate memory",
    "cannot allocate memory",
    "not enough memory",
    "alloc_failed",
    "invalid buffer size",
    "numel: integer multiplication overflow",
    "storage size calculation overflowed",
)
"""How torch's allocators and libraries word it where they raise no class of its own; the last two are sizes so large
that they were not even asked for."""


def is_out_of_memory(error: BaseException) -> bool:
    """Whether an error, or one that it was raised from, says that memory ran out on the GPU or the processor."""
    import torch

    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, MemoryError | torch.OutOfMemoryError):
            return True
        if isinstance(seen, RuntimeError) and any(sign in str(seen).lower() for sign in _SIGNS):
            return True
        seen = seen.__cause__
    return False


def free_memory() -> None:
    """Give back what dropped tensors held. Call it outside of the handler: the exception keeps its frames alive."""
    import torch

    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()


def out_of_memory(model: str, stage: str, size: FrameSize, window: Window, levers_left: Sequence[str]) -> RenderFailed:
    """The answer to a render that did not fit.

    Parameters
    ----------
    stage
        What was being done.
    size
        Of the model's frames.
    levers_left
        What can still be traded for memory, in the order to try.
    """
    first = f"try --lever {levers_left[0]}" if levers_left else "no memory lever is left: try"
    rest = f" (then also {', '.join(levers_left[1:])})" if levers_left[1:] else ""
    return RenderFailed(
        model,
        f"{window.frame_count} frames of {size}",
        f"ran out of memory in the stage {stage}; the attempt is recorded as failed",
        f"{first}{rest}{',' if levers_left else ''} a smaller --model-size, or fewer --frames",
    )
