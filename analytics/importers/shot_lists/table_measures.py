"""What the cells of one row say of a shot's length: frames, handles, from where to where, how fast."""

from fractions import Fraction

from analytics.importers.shot_lists.findings import Findings
from analytics.importers.shot_lists.lengths import (
    handles_in_frames,
    is_timecode,
    length_in_frames,
    speed_of,
    whole_number,
)
from analytics.importers.shot_lists.sheet import SheetRow
from analytics.importers.shot_lists.table_columns import Column, Table
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.frame_rate import FrameRate
from analytics.vocabulary.timecode import Timecode


def length_in(column: Column, row: SheetRow, fps: FrameRate, findings: Findings) -> int | None:
    """Frames of a column of lengths; ``None`` where the cell is empty or refused."""
    if not (text := column.text(row)):
        return None
    try:
        return length_in_frames(text, column.heading.unit, fps)
    except InputRefused as bad:
        findings.refused(bad, column.place(row))
        return None


def handles_in(table: Table, row: SheetRow, findings: Findings) -> int | None:
    """Handle frames at each end; of unequal ones half of both, so that the work stays as long."""
    column = table.column("handles")
    if column is not None and (text := column.text(row)):
        try:
            before, after = handles_in_frames(text)
        except InputRefused as bad:
            findings.refused(bad, column.place(row))
            return None
        return -(-(before + after) // 2)
    ends = [table.column(said) for said in ("head_in", "in", "out", "tail_out")]
    numbers = [_frame_number(column, row) for column in ends if column is not None]
    if len(numbers) == 4 and None not in numbers:
        head_in, cut_in, cut_out, tail_out = (number for number in numbers if number is not None)
        if head_in <= cut_in and cut_out <= tail_out:
            return -(-((cut_in - head_in) + (tail_out - cut_out)) // 2)
        assert ends[0] is not None
        findings.refuse(
            ends[0].place(row),
            ends[0].text(row),
            "head and tail do not lie around cut in and cut out",
            "mend one of the four",
        )
    return None


def _frame_number(column: Column, row: SheetRow) -> int | None:
    try:
        return whole_number(column.text(row))
    except InputRefused:
        return None


def frames_between(
    first: Column, last: Column, row: SheetRow, fps: FrameRate, findings: Findings, *, counts_last: bool
) -> int | None:
    """Frames from one column to another: of frame numbers the last is on screen too, of timecodes it is not."""
    texts = first.text(row), last.text(row)
    if not any(texts):
        return None
    if not all(texts):
        blank, filled = (first, last) if not texts[0] else (last, first)
        findings.refuse(blank.place(row), None, f"is empty while {filled.name} is not", "fill in both, or none")
        return None
    numbers: list[int] = []
    for column, text in zip((first, last), texts, strict=True):
        try:
            numbers.append(
                Timecode.parse(text.rjust(11, "0"), fps).frame_number if is_timecode(text) else whole_number(text)
            )
        except InputRefused as bad:
            findings.refused(bad, column.place(row))
            return None
    if is_timecode(texts[0]) != is_timecode(texts[1]):
        findings.refuse(last.place(row), texts[1], f"and {texts[0]} are not counted alike", "write both as timecode")
        return None
    frames = numbers[1] - numbers[0] + (counts_last and not is_timecode(texts[0]))
    if frames <= 0:
        findings.refuse(
            last.place(row),
            texts[1],
            f"does not lie behind {texts[0]}: the length would be {frames} frames",
            "mend one of the two",
        )
        return None
    return frames


def speed_in(table: Table, row: SheetRow, findings: Findings) -> Fraction:
    """Source frames for each frame of the cut; 1 where the table says nothing."""
    column = table.column("speed")
    if column is None or not (text := column.text(row)):
        return Fraction(1)
    try:
        return speed_of(text)
    except InputRefused as bad:
        findings.refused(bad, column.place(row))
        return Fraction(1)
