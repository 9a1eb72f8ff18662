"""Type, colours and small drawing shared by the contact sheet and the side-by-side movie."""

from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from analytics.vocabulary.workflow import Workflow

GROUND = (21, 22, 24)
BAND = (31, 33, 36)
FAINT = (128, 132, 138)
BRIGHT = (232, 233, 235)
TRACK = (52, 55, 60)

# The lighter of each pair of house colours: these stand on dark ground.
WORKFLOW_COLOURS = {
    Workflow.TRADITIONAL: (224, 154, 51),
    Workflow.AI: (156, 194, 255),
    Workflow.HYBRID: (184, 178, 166),
}


@lru_cache(maxsize=8)
def typeface(size_pixels: int) -> Any:
    """Pillow's own embedded typeface: the same letters on every machine, whatever fonts it has."""
    from PIL import ImageFont

    return ImageFont.load_default(size=size_pixels)


def burn_in(frame: npt.NDArray[np.uint8], words: str | None) -> npt.NDArray[np.uint8]:
    """A slate line in the lower left corner of a display frame (H, W, 3); without words the frame itself."""
    if not words:
        return frame
    from PIL import Image, ImageDraw

    height, width = frame.shape[:2]
    picture = Image.fromarray(np.ascontiguousarray(frame))
    draw = ImageDraw.Draw(picture, "RGBA")
    size = max(9, round(height * 0.045))
    while size > 7 and draw.textlength(words, font=typeface(size)) > 0.94 * width:
        size -= 1
    band = round(size * 1.7)
    draw.rectangle((0, height - band, width, height), fill=(*GROUND, 168))
    draw.text((round(0.02 * width), height - band / 2), words, fill=BRIGHT, font=typeface(size), anchor="lm")
    return np.asarray(picture)


def clock_words(seconds: float) -> str:
    """Machine time as a person reads it: ``8.4 s``, ``12 min 05 s``, ``3 h 02 min``.

    >>> clock_words(8.44), clock_words(725.2), clock_words(10_930.0)
    ('8.4 s', '12 min 05 s', '3 h 02 min')
    """
    if seconds < 99.95:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02d} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02d} min"
