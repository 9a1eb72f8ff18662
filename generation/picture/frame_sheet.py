"""A sheet of one render: a few of its frames side by side, each with its number or with what it shows."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt

from generation.picture.lettering import BRIGHT, GROUND, typeface

SHOWN_FRAMES = 6
COLUMNS = 3
CELL_WIDTH = 480
_GAP, _MARGIN, _CAPTION = 8, 20, 26


def write_frame_sheet(
    path: Path, frames: Mapping[int, npt.NDArray[np.uint8]], words: Mapping[int, str] | None = None
) -> None:
    """Draw frames in rows of three and write them as PNG.

    Parameters
    ----------
    path : Path
        The PNG to write.
    frames : mapping of frame number to uint8 (height, width, 3)
        At least one.
    words : mapping of frame number to str, optional
        Which frames to show and what to write under each; without it, six evenly spaced ones with their numbers.
    """
    from PIL import Image, ImageDraw

    numbers = sorted(frames)
    shown = {number: said for number, said in (words or {}).items() if number in frames}
    if not shown:
        places = np.unique(np.linspace(0, len(numbers) - 1, min(SHOWN_FRAMES, len(numbers))).round().astype(int))
        shown = {numbers[place]: f"frame {numbers[place]}" for place in places}
    height, width = frames[numbers[0]].shape[:2]
    cell_height = round(height * CELL_WIDTH / width)
    columns = min(COLUMNS, len(shown))
    rows = -(-len(shown) // columns)
    sheet = Image.new(
        "RGB",
        (
            2 * _MARGIN + columns * (CELL_WIDTH + _GAP) - _GAP,
            2 * _MARGIN + rows * (cell_height + _CAPTION + _GAP) - _GAP,
        ),
        GROUND,
    )
    draw = ImageDraw.Draw(sheet)
    for place, (number, said) in enumerate(shown.items()):
        left = _MARGIN + place % columns * (CELL_WIDTH + _GAP)
        top = _MARGIN + place // columns * (cell_height + _CAPTION + _GAP)
        picture = Image.fromarray(np.ascontiguousarray(frames[number]))
        sheet.paste(picture.resize((CELL_WIDTH, cell_height), Image.Resampling.LANCZOS), (left, top))
        draw.text((left, top + cell_height + 5), said, fill=BRIGHT, font=typeface(15))
    sheet.save(path, compress_level=6)
