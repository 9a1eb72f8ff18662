"""Long shots: overlapping windows of a model's clip length, where each begins, and how they are joined."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analytics.vocabulary.errors import InputRefused
from generation.ai.model_presets import ModelPreset

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_WINDOWS = 64

WORDS_ALONE = "cross-faded: this model cannot be shown what came before"
LAST_FRAME = "begins with the last frame of the window before"
KEPT_FRAMES = "is shown the last frames of the window before and keeps them, then cross-faded"
SINGLE_PICTURES = "single pictures"


@dataclass(frozen=True)
class Window:
    """One call of the model: its first frame among the model's frames of the shot, its length, its seed."""

    first: int
    frame_count: int
    seed: int


@dataclass(frozen=True)
class WindowPlan:
    """All calls of the model for a shot.

    Attributes
    ----------
    overlap
        Frames that two neighbouring windows share.
    joined
        How a window goes on from the one before, one of this file's sentences.
    """

    windows: tuple[Window, ...]
    overlap: int
    joined: str

    @property
    def frame_count(self) -> int:
        """Frames of all windows joined; at least as many as were asked for."""
        last = self.windows[-1]
        return last.first + last.frame_count


def plan_windows(preset: ModelPreset, frame_count: int, seed: int, *, led: bool) -> WindowPlan:
    """Lay windows over the frames that a shot needs.

    All windows are of one length, the shortest that covers the shot with the fewest windows: a short last window would
    be the one that looks different.

    Parameters
    ----------
    frame_count
        Frames that the shot needs of the model.
    seed
        The shot's seed. Windows that are led by frames, or go on from frames, all have it; where nothing but words
        leads the model, each window has the next seed, because the same one would make the same clip again.
    led
        Whether the model is shown a frame for each of its own.

    Raises
    ------
    InputRefused
        If it would take more than `MOST_WINDOWS` windows of a clip.
    """
    if preset.makes_pictures:
        same_noise = led or "depth" in preset.takes
        pictures = tuple(Window(index, 1, seed if same_noise else _seed(seed, index)) for index in range(frame_count))
        return WindowPlan(pictures, 0, SINGLE_PICTURES)
    native = preset.frame_count
    if "plate with mask" in preset.takes:
        joined, overlap = KEPT_FRAMES, preset.window_overlap_frames
    elif "first frame" in preset.takes:
        joined, overlap = LAST_FRAME, 1
    else:
        joined, overlap = WORDS_ALONE, preset.window_overlap_frames
    step = preset.frame_step
    overlap = _on_grid(overlap, step)  # so that it ends where a latent frame of the model ends
    frame_count = max(frame_count, 2)  # a model of motion is never asked for a single picture
    if frame_count <= native:
        return WindowPlan((Window(0, min(_on_grid(frame_count, step), native), seed),), overlap, joined)
    overlap = min(overlap, native - step)
    count = math.ceil((frame_count - overlap) / (native - overlap))
    if count > MOST_WINDOWS:
        raise InputRefused(
            "--frames",
            frame_count,
            f"{preset.name} makes {native} frames at a time, and this would take {count} windows",
            "render a part of the shot",
        )
    length = min(_on_grid(math.ceil((frame_count + (count - 1) * overlap) / count), step), native)
    own_noise = joined == WORDS_ALONE
    return WindowPlan(
        tuple(
            Window(index * (length - overlap), length, _seed(seed, index) if own_noise else seed)
            for index in range(count)
        ),
        overlap,
        joined,
    )


def join(made: "NDArray[np.uint8] | None", clip: "NDArray[np.uint8]", overlap: int) -> "NDArray[np.uint8]":
    """Put a window's frames behind those made so far, [F,H,W,3]; the frames that both have are cross-faded."""
    import numpy as np

    if made is None:
        return clip
    if not overlap:
        return np.concatenate([made, clip])
    share = (np.arange(1, overlap + 1, dtype=np.float32) / (overlap + 1))[:, None, None, None]
    faded = made[-overlap:] * (1 - share) + clip[:overlap] * share
    return np.concatenate([made[:-overlap], np.rint(faded).astype(np.uint8), clip[overlap:]])


def _on_grid(count: int, step: int) -> int:
    """The next number of frames of the form k * step + 1."""
    return math.ceil((count - 1) / step) * step + 1


def _seed(seed: int, index: int) -> int:
    return (seed + index) % 2**31
