"""A movie with both workflows next to each other and two clocks running under them."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np
import numpy.typing as npt

from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.workflow import Workflow
from generation.picture.lettering import (
    BAND,
    BRIGHT,
    FAINT,
    GROUND,
    TRACK,
    WORKFLOW_COLOURS,
    clock_words,
    typeface,
)
from generation.picture.video import encode_video

Frame = npt.NDArray[np.uint8]

_PANEL_WIDTH = 640
_GAP = 4
_CAPTION_HEIGHT = 56
_LEFT, _RIGHT = Workflow.TRADITIONAL, Workflow.AI


def write_side_by_side(
    path: Path,
    frames: Mapping[Workflow, Sequence[Frame]],
    total_wall_seconds: Mapping[Workflow, float],
    first_frame: int,
    frames_per_second: Fraction,
    crf: int = 18,
) -> int:
    """Encode traditional left and AI right, with the machine time that each had used up by each frame.

    The clocks count machine time only: at frame k of n a workflow's clock shows k/n of its total. The bar under it is
    as long as its clock compared with the slower workflow's total, so the eye sees the ratio.

    Parameters
    ----------
    path : Path
        The MP4 to write.
    frames : mapping of Workflow to frames
        uint8 (height, width, 3) for ``traditional`` and ``ai``, equally many and of one size.
    total_wall_seconds : mapping of Workflow to float
        Machine seconds of the whole render.
    first_frame : int
        Number of the first frame, such as 1001.
    frames_per_second : Fraction
    crf : int
        x264 constant rate factor.

    Returns
    -------
    int
        Number of frames written.

    Raises
    ------
    InputRefused
        When a workflow is missing or the two differ in length or size.
    """
    for workflow in (_LEFT, _RIGHT):
        if not frames.get(workflow) or workflow not in total_wall_seconds:
            raise InputRefused("side by side", str(workflow), "there are no frames of it", "render the shot both ways")
    left, right = frames[_LEFT], frames[_RIGHT]
    if len(left) != len(right) or left[0].shape != right[0].shape:
        raise InputRefused(
            "side by side",
            f"{len(left)} of {left[0].shape} and {len(right)} of {right[0].shape}",
            "both workflows must have the same frames",
            "render the same range and size both ways",
        )
    pictures = _pictures(left, right, total_wall_seconds, first_frame)
    return encode_video(pictures, path, frames_per_second, crf=crf)


def _pictures(
    left: Sequence[Frame], right: Sequence[Frame], totals: Mapping[Workflow, float], first_frame: int
) -> Iterator[Frame]:
    from PIL import Image, ImageDraw

    height, width = left[0].shape[:2]
    panel = max(_PANEL_WIDTH, width)
    panel_height = round(height * panel / width / 2) * 2
    size = (2 * panel + _GAP, panel_height + _CAPTION_HEIGHT)
    slowest = max(max(totals.values()), 1e-9)
    for index, pair in enumerate(zip(left, right, strict=True)):
        canvas = Image.new("RGB", size, GROUND)
        draw = ImageDraw.Draw(canvas)
        draw.rectangle((0, panel_height, size[0], size[1]), fill=BAND)
        for side, (workflow, frame) in enumerate(zip((_LEFT, _RIGHT), pair, strict=True)):
            start = side * (panel + _GAP)
            picture = Image.fromarray(np.ascontiguousarray(frame))
            canvas.paste(picture.resize((panel, panel_height), Image.Resampling.LANCZOS), (start, 0))
            elapsed = totals[workflow] * (index + 1) / len(left)
            colour = WORKFLOW_COLOURS[workflow]
            draw.rectangle((start, panel_height, start + panel - 1, panel_height + 3), fill=TRACK)
            reach = round(panel * elapsed / slowest)
            if reach:
                draw.rectangle((start, panel_height, start + reach - 1, panel_height + 3), fill=colour)
            draw.text((start + 18, panel_height + 19), workflow.label, fill=colour, font=typeface(21))
            clock = clock_words(elapsed)
            right_edge = start + panel - 18
            draw.text((right_edge, panel_height + 19), clock, fill=BRIGHT, font=typeface(21), anchor="ra")
            before = right_edge - draw.textlength(clock, font=typeface(21)) - 10
            draw.text((before, panel_height + 24), "machine time", fill=FAINT, font=typeface(15), anchor="ra")
        label = str(first_frame + index)
        draw.text((18 + 150, panel_height + 24), f"frame {label}", fill=FAINT, font=typeface(15))
        yield np.asarray(canvas, np.uint8)
