"""A contact sheet: the same moments of a shot, one row a workflow, traditional above AI, the plate above both."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.workflow import Workflow
from generation.picture.lettering import BRIGHT, FAINT, GROUND, WORKFLOW_COLOURS, typeface

Frame = npt.NDArray[np.uint8]

_ORDER = (Workflow.TRADITIONAL, Workflow.HYBRID, Workflow.AI)
_GAP = 6
_MARGIN = 24


def write_contact_sheet(
    path: Path,
    rows: Mapping[Workflow, Sequence[Frame]],
    frame_numbers: Sequence[int],
    title: str,
    captions: Mapping[Workflow, str] | None = None,
    columns: int = 6,
    cell_width: int = 256,
    plate: Sequence[Frame] | None = None,
) -> None:
    """Draw evenly spaced frames of each workflow and write them as PNG.

    Parameters
    ----------
    path : Path
        The PNG to write.
    rows : mapping of Workflow to frames
        uint8 (height, width, 3); every row has one frame for each of ``frame_numbers``.
    frame_numbers : sequence of int
        Number of each frame, such as 1001.
    title : str
        Stands above the sheet.
    captions : mapping of Workflow to str, optional
        Written beside the workflow's name, such as its machine time.
    columns : int
        Frames in a row, fewer where the shot is shorter.
    cell_width : int
        Width of a frame on the sheet, pixels.
    plate : sequence of frames, optional
        What both began from, one for each of ``frame_numbers``; the first row.

    Raises
    ------
    InputRefused
        When there is nothing to draw or a row has another number of frames.
    """
    from PIL import Image, ImageDraw

    workflows = [workflow for workflow in _ORDER if workflow in rows]
    if not workflows or not frame_numbers:
        raise InputRefused("contact sheet", str(path), "there are no frames to draw", "render the shot first")
    drawn = [(workflow.label, WORKFLOW_COLOURS[workflow], rows[workflow]) for workflow in workflows]
    words = [(captions or {}).get(workflow) for workflow in workflows]
    if plate is not None:
        drawn, words = [("Plate", FAINT, plate), *drawn], ["what both began from", *words]
    for name, _, frames in drawn:
        if len(frames) != len(frame_numbers):
            raise InputRefused(
                f"contact sheet, {name} row",
                len(frames),
                f"{len(frame_numbers)} frame numbers were given",
                "give one frame for each number",
            )
    picks = np.unique(np.linspace(0, len(frame_numbers) - 1, min(columns, len(frame_numbers))).round().astype(int))
    height, width = rows[workflows[0]][0].shape[:2]
    cell_height = round(height * cell_width / width)
    row_height = 30 + cell_height
    sheet_width = 2 * _MARGIN + len(picks) * cell_width + (len(picks) - 1) * _GAP
    sheet_height = 2 * _MARGIN + 34 + len(drawn) * row_height + (len(drawn) - 1) * 12 + 20
    sheet = Image.new("RGB", (sheet_width, sheet_height), GROUND)
    draw = ImageDraw.Draw(sheet)
    draw.text((_MARGIN, _MARGIN), title, fill=BRIGHT, font=typeface(20))
    top = _MARGIN + 34
    for (name, colour, frames), caption in zip(drawn, words, strict=True):
        draw.rectangle((_MARGIN, top + 5, _MARGIN + 3, top + 20), fill=colour)
        draw.text((_MARGIN + 11, top + 4), name, fill=colour, font=typeface(15))
        if caption:
            after = _MARGIN + 11 + draw.textlength(name, font=typeface(15)) + 12
            draw.text((after, top + 5), caption, fill=FAINT, font=typeface(14))
        for column, pick in enumerate(picks):
            picture = Image.fromarray(np.ascontiguousarray(frames[int(pick)]))
            if picture.size != (cell_width, cell_height):
                picture = picture.resize((cell_width, cell_height), Image.Resampling.LANCZOS)
            sheet.paste(picture, (_MARGIN + column * (cell_width + _GAP), top + 28))
        top += row_height + 12
    for column, pick in enumerate(picks):
        left = _MARGIN + column * (cell_width + _GAP)
        draw.text((left, top - 8), str(frame_numbers[int(pick)]), fill=FAINT, font=typeface(14))
    sheet.save(path, compress_level=6)
