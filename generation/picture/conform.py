"""Brings frames to another size, shape and rate: a model's to the shot's, and the shot's pictures to the model's."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from analytics.vocabulary.frames import FrameSize

Frames = npt.NDArray[np.uint8]

NEARLY_EVEN = Fraction(1, 1000)
"""A position so close to a frame is that frame: rates such as 23.976 are never exactly even."""


@dataclass(frozen=True)
class PictureArea:
    """The part of a model's frame that shows the shot: the largest of the shot's shape, in the middle.

    Attributes
    ----------
    model_size
        The whole frame.
    left, top, width, height
        The part, in pixels of the model's frame.
    """

    model_size: FrameSize
    left: int
    top: int
    width: int
    height: int

    @classmethod
    def of(cls, model_size: FrameSize, shot_size: FrameSize) -> "PictureArea":
        """The part of ``model_size`` that has the shape of ``shot_size``, with even sides."""
        scale = min(model_size.width / shot_size.width, model_size.height / shot_size.height)
        width = min(2 * max(1, round(shot_size.width * scale / 2)), model_size.width)
        height = min(2 * max(1, round(shot_size.height * scale / 2)), model_size.height)
        return cls(model_size, (model_size.width - width) // 2, (model_size.height - height) // 2, width, height)

    @property
    def share(self) -> float:
        """How much of the model's frame is used."""
        return self.width * self.height / self.model_size.pixel_count

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, right and bottom, as Pillow takes them."""
        return (self.left, self.top, self.left + self.width, self.top + self.height)

    def __str__(self) -> str:
        return f"{self.width}x{self.height}+{self.left}+{self.top}"


def fit_into(frames: Frames, area: PictureArea) -> Frames:
    """Scale the shot's pictures into the picture area; around it their edge goes on, so that no black bar is shown.

    Parameters
    ----------
    frames
        uint8 [F,H,W,3] or [F,H,W].

    Returns
    -------
    numpy.ndarray
        uint8 of the model's frame size.
    """
    scaled = np.stack([_scaled(frame, (area.width, area.height)) for frame in frames])
    right = area.model_size.width - area.width - area.left
    bottom = area.model_size.height - area.height - area.top
    around = ((0, 0), (area.top, bottom), (area.left, right), (0, 0))[: scaled.ndim]
    return np.pad(scaled, around, mode="edge")


def conform(frames: Frames, area: PictureArea, size: FrameSize, positions: Sequence[Fraction]) -> Iterator[Frames]:
    """Crop, retime and scale a model's frames to those of a shot, one after the other.

    Parameters
    ----------
    frames
        uint8 [F,H,W,3] of the model's size.
    area
        What is kept of each frame.
    size
        Size of the shot's frames.
    positions
        Where each frame of the shot lies among ``frames``: 2.25 is a quarter of the way from the third to the fourth,
        and shows both, weighted, as an editing system's frame blending does.

    Yields
    ------
    numpy.ndarray
        uint8 [H,W,3].
    """
    last = len(frames) - 1
    for position in positions:
        before = min(int(position), last)
        share = position - before
        if share < NEARLY_EVEN or before == last:
            picture = frames[before]
        elif share > 1 - NEARLY_EVEN:
            picture = frames[before + 1]
        else:
            weight = np.float32(float(share))
            picture = np.rint(frames[before] * (1 - weight) + frames[before + 1] * weight).astype(np.uint8)
        yield _scaled(picture, (size.width, size.height), area.box)


def _scaled(picture: Frames, size: tuple[int, int], box: tuple[int, int, int, int] | None = None) -> Frames:
    """Lanczos with the filter widened when a picture shrinks, so that nothing flickers that is finer than a pixel."""
    from PIL import Image

    whole = Image.fromarray(np.ascontiguousarray(picture))
    return np.asarray(whole.resize(size, Image.Resampling.LANCZOS, box=box), np.uint8)
