"""Motion of a picture sequence from one frame to the next, and what changes beyond it."""

import importlib
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from analytics.vocabulary.errors import MissingPart

Frame = npt.NDArray[np.uint8]
Picture = npt.NDArray[np.float32]

FEWEST_SEEN = 0.1
"""Share of the picture that must be seen in both frames; below it there was a cut, and nothing to compare."""


@dataclass(frozen=True)
class Motion:
    """Where each pixel of a frame stood in the frame before.

    Attributes
    ----------
    back
        float32 (height, width, 2): pixels to the right and down from where it stands to where it stood.
    is_seen
        bool (height, width): whether it was in the picture and not hidden then.
    """

    back: Picture
    is_seen: npt.NDArray[np.bool_]

    @cached_property
    def _places(self) -> Picture:
        height, width = self.is_seen.shape
        rows, columns = np.mgrid[0:height, 0:width]
        return np.asarray(np.stack([columns, rows], axis=-1) + self.back, np.float32)

    def carried(self, before: Picture) -> Picture:
        """The frame before, each pixel moved to where it stands now."""
        cv2 = _opencv()
        return np.asarray(
            cv2.remap(before, self._places, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float32
        )

    def change(self, before: Picture, now: Picture) -> float | None:
        """Mean absolute change along the motion, in the unit of the pictures; ``None`` where too little is seen."""
        if self.is_seen.mean() < FEWEST_SEEN:
            return None
        return float(np.abs(now - self.carried(before))[self.is_seen].mean())


def motion_between(before: Frame, now: Frame) -> Motion:
    """Dense motion from one uint8 (height, width, 3) frame to the next.

    Flow by dense inverse search (Kroeger et al. 2016), both ways. A pixel whose two flows do not lead back to where
    they began was hidden in one of the frames (Sundaram et al. 2010, equation 5).

    Raises
    ------
    MissingPart
        If OpenCV is not installed.
    """
    cv2 = _opencv()
    searcher = cv2.DISOpticalFlow_create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
    greys = [cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY) for frame in (before, now)]
    back = np.asarray(searcher.calc(greys[1], greys[0], None), np.float32)
    forth = np.asarray(searcher.calc(greys[0], greys[1], None), np.float32)
    height, width = greys[0].shape
    anywhere = Motion(back, np.ones((height, width), np.bool_))
    places = anywhere._places
    inside = (places >= 0).all(-1) & (places[..., 0] <= width - 1) & (places[..., 1] <= height - 1)
    returned = anywhere.carried(forth)
    lengths = (back**2).sum(-1) + (returned**2).sum(-1)
    return Motion(back, inside & (((back + returned) ** 2).sum(-1) < 0.01 * lengths + 0.5))


def _opencv() -> Any:
    try:
        return importlib.import_module("cv2")
    except ImportError as error:
        raise MissingPart(
            "quality", "opencv-python-headless", "is not installed", "run: pip install 'shotledger[picture]'"
        ) from error
