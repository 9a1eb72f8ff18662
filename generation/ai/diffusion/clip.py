"""Makes the frames that a shot needs of a model: window after window, each shown what it is to be led by."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from analytics.vocabulary.frames import FrameSize
from generation.ai.checkpoints.loading import LoadedModel
from generation.ai.diffusion.calling import CallListener, call_arguments, run
from generation.ai.diffusion.shown import Shown
from generation.ai.diffusion.timing import ClipTiming
from generation.ai.diffusion.windows import KEPT_FRAMES, LAST_FRAME, Window, WindowPlan, join

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class ClipOrder:
    """What a model is asked for.

    Attributes
    ----------
    size
        Of the model's frames.
    words
        Prompt and negative prompt, each ``None`` where the model takes none.
    """

    plan: WindowPlan
    timing: ClipTiming
    size: FrameSize
    steps: int
    words: tuple[str | None, str | None]


def make_clip(
    loaded: LoadedModel, order: ClipOrder, shown: Shown, listener_of: Callable[[int], CallListener]
) -> "NDArray[np.uint8]":
    """Run a model over every window and join what it makes.

    Parameters
    ----------
    shown
        Pictures for each frame of the shot.
    listener_of
        Gives who listens to the window of that index.

    Returns
    -------
    numpy.ndarray
        uint8 [F,H,W,3] at the model's size; at least the frames that the timing asks for.

    Raises
    ------
    RenderFailed
        If the model gives unusable frames.
    """
    made: NDArray[np.uint8] | None = None
    for index, window in enumerate(order.plan.windows):
        seen = shown_in_window(window, order, shown, made)
        pipeline = loaded.pipeline
        if seen.first_frame is not None and loaded.preset.first_frame_pipeline_class:
            pipeline = loaded.first_frame_pipeline()
        arguments = call_arguments(loaded.preset, pipeline, window, order.size, order.steps, order.words, seen)
        clip = run(pipeline, arguments, window.frame_count, listener_of(index))
        made = join(made, clip, order.plan.overlap)
    assert made is not None, "a plan has at least one window"
    return made


def shown_in_window(window: Window, order: ClipOrder, shown: Shown, made: "NDArray[np.uint8] | None") -> Shown:
    """The pictures of one window; where its length was rounded up past the shot's end, the last frame is held."""
    shot_frames = order.timing.shot_frames()
    last = len(order.timing.positions) - 1
    rows = [shot_frames.get(window.first + index, last) for index in range(window.frame_count)]
    seen = Shown(
        None if shown.control is None else shown.control[rows],
        None if shown.mask is None else shown.mask[rows],
        None if shown.picture is None else shown.picture[rows],
        shown.first_frame,
    )
    if made is None or not order.plan.overlap:
        return seen
    if order.plan.joined == LAST_FRAME:
        return replace(seen, first_frame=made[-1])
    if order.plan.joined == KEPT_FRAMES and seen.control is not None:
        overlap = order.plan.overlap
        mask = np.full(seen.control.shape[:3], 255, np.uint8) if seen.mask is None else seen.mask.copy()
        mask[:overlap] = 0
        return replace(seen, control=np.concatenate([made[-overlap:], seen.control[overlap:]]), mask=mask)
    return seen
