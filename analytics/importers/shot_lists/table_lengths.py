"""How long every shot of a table is: its columns of lengths held against each other, handles, and the frame rate."""

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from analytics.importers.shot_lists.columns import Unit
from analytics.importers.shot_lists.cut_events import source_frames
from analytics.importers.shot_lists.findings import Findings
from analytics.importers.shot_lists.lengths import is_timecode
from analytics.importers.shot_lists.sheet import SheetRow
from analytics.importers.shot_lists.table_columns import Table
from analytics.importers.shot_lists.table_measures import frames_between, handles_in, length_in, speed_in
from analytics.importers.shot_lists.table_rate import WITHOUT_RATE
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.frame_rate import FrameRate
from analytics.vocabulary.listed_shot import CutPlace
from analytics.vocabulary.timecode import Timecode

_SHORT_FOR_FRAMES = 12
"""Shots whose middle length is no longer than this are likelier seconds than frames."""
_BARE_NUMBER = re.compile(r"[\d.,]+")
_WHOLE_NUMBER = re.compile(r"\d+(?:\.0+)?|\d{1,3}(?:,\d{3})+")
_PAIRS = (("in", "out"), ("record_in", "record_out"), ("source_in", "source_out"))


@dataclass(frozen=True)
class RowLength:
    """What a row says of its shot's length."""

    cut_frames: int
    handle_frames: int
    cut_place: CutPlace | None


def row_lengths(
    table: Table, findings: Findings, fps: FrameRate, default_handle_frames: int | None
) -> Mapping[int, RowLength]:
    """The length of every row that says one, by row number."""
    unclear = _lengths_without_unit(table, findings)
    # A cell that was refused for what it is says no length either: that is told once.
    measures, refused = table.measures, {problem.place for problem in findings.problems}
    said = {row.number: _said(table, row, findings, fps, default_handle_frames, unclear) for row in table.rows}
    usual = _usual_differences(said.values(), table, findings)
    lengths: dict[int, RowLength] = {}
    record_at = 0
    for row in table.rows:
        row_said = said[row.number]
        if row_said.cut_frames is None:
            if not row_said.is_refused and refused.isdisjoint(column.place(row) for column in measures):
                findings.refuse(_length_place(table, row), None, "says no length", "give the frames on screen")
            continue
        for source, frames in row_said.others.items() if fps is not WITHOUT_RATE else ():
            odd = frames - row_said.cut_frames
            if odd not in (0, usual.get(source, 0), 2 * row_said.handle_frames):
                findings.refuse(
                    row_said.places[source],
                    f"{frames} frames",
                    f"is not the {row_said.cut_frames} frames that {row_said.first} says",
                    "mend one of the two",
                )
        lengths[row.number] = RowLength(
            row_said.cut_frames, row_said.handle_frames, _cut_place(table, row, row_said, fps, record_at, findings)
        )
        record_at += row_said.cut_frames
    if default_handle_frames is None and not any(length.handle_frames for length in lengths.values()):
        findings.remark(
            table.sheet.name,
            None,
            "says no handles: shots are worked on without any",
            "give them, as --handles 8, or in a column named handles",
        )
    if any(length.cut_place for length in lengths.values()) and table.column("record_in") is None:
        findings.remark(
            table.sheet.name,
            None,
            "says no places in the cut: shots are taken to follow each other",
            "give record_in and record_out if the order matters",
        )
    return lengths


@dataclass
class _Said:
    """All that one row says of its length: ``others`` by the name of their column, in frames."""

    cut_frames: int | None
    first: str
    others: dict[str, int]
    places: dict[str, str]
    handle_frames: int
    speed: Fraction
    is_refused: bool


def _said(
    table: Table,
    row: SheetRow,
    findings: Findings,
    fps: FrameRate,
    default_handle_frames: int | None,
    unclear: set[str],
) -> _Said:
    before = len(findings.problems)
    places: dict[str, str] = {}
    found: dict[str, int] = {}
    handles = handles_in(table, row, findings)
    handle_frames = handles if handles is not None else default_handle_frames or 0
    for column in table.all_of("length"):
        if column.name not in unclear and (frames := length_in(column, row, fps, findings)) is not None:
            found[column.name], places[column.name] = frames, column.place(row)
    speed = speed_in(table, row, findings)
    for start, end in _PAIRS:
        if start == "source_in" and speed != 1:
            # What a retimed shot reads of its source is not its length.
            continue
        first, last = table.column(start), table.column(end)
        if first and last and (frames := frames_between(first, last, row, fps, findings, counts_last=start == "in")):
            name = f"{first.name} to {last.name}"
            found[name], places[name] = frames, last.place(row)
    for column in table.all_of("work_length"):
        if (frames := length_in(column, row, fps, findings)) is not None:
            if handles is None and default_handle_frames is None and not found:
                findings.refuse(
                    column.place(row),
                    column.text(row),
                    "counts the handles, and the list does not say how long they are",
                    "give them in a column named handles, or as --handles 8",
                )
            elif frames - 2 * handle_frames <= 0:
                findings.refuse(
                    column.place(row),
                    column.text(row),
                    f"leaves nothing without {handle_frames} handle frames at each end",
                    "mend the length or the handles",
                )
            else:
                found[column.name], places[column.name] = frames - 2 * handle_frames, column.place(row)
    # What most columns say is right; of as many for each, the column most meant for it.
    counts = Counter(found.values())
    first_name = max(found, key=lambda name: counts[found[name]], default="")
    cut_frames = found.pop(first_name) if found else None
    return _Said(
        cut_frames, first_name, found, places, handle_frames, speed, bool(unclear) or len(findings.problems) > before
    )


def _usual_differences(rows: Collection["_Said"], table: Table, findings: Findings) -> dict[str, int]:
    """By column, the one frame by which every row of it differs: some tools count the last frame, some do not."""
    differences: dict[str, set[int]] = {}
    for row_said in rows:
        for source, frames in row_said.others.items():
            if row_said.cut_frames is not None:
                differences.setdefault(source, set()).add(frames - row_said.cut_frames)
    usual = {}
    for source, all_differences in differences.items():
        if len(rows) > 1 and len(all_differences) == 1 and abs(odd := next(iter(all_differences))) == 1:
            usual[source] = odd
            findings.remark(
                table.sheet.name,
                source,
                f"is {'longer' if odd > 0 else 'shorter'} by one frame in every row: "
                "it counts the last frame otherwise",
                "see that the frames on screen are right",
            )
    return usual


def _lengths_without_unit(table: Table, findings: Findings) -> set[str]:
    """A column named duration with 3.5 or with 4, 2, 6 in it may be seconds: asked, not guessed."""
    unclear: set[str] = set()
    for column in table.all_of("length"):
        if column.heading.unit is not Unit.UNSAID or column.heading.text.casefold().startswith("cut"):
            continue
        bare = [text for row in table.rows if _BARE_NUMBER.fullmatch(text := column.text(row))]
        fractions = [text for text in bare if not _WHOLE_NUMBER.fullmatch(text)]
        whole = [int(text) for text in bare if text.isdigit()]
        if fractions or (len(whole) >= 3 and median(whole) <= _SHORT_FOR_FRAMES):
            findings.refuse(
                f"{table.sheet.name}, {column.name}",
                (fractions or bare)[0],
                "may be seconds or frames",
                "name the column cut_frames, or duration (s)",
            )
            unclear.add(column.name)
        elif whole:
            findings.remark(
                table.sheet.name,
                column.name,
                "says no unit: its numbers were read as frames",
                "name it cut_frames, or duration (s)",
            )
    return unclear


def _cut_place(
    table: Table, row: SheetRow, said: _Said, fps: FrameRate, record_at: int, findings: Findings
) -> CutPlace | None:
    """Where a shot's frames lie in their source, where the table says so by timecode."""
    texts = [column.text(row) if (column := table.column(name)) else "" for pair in _PAIRS[1:] for name in pair]
    if not all(map(is_timecode, texts[2:])) or said.cut_frames is None:
        return None
    try:
        source_in, source_out = (Timecode.parse(text.rjust(11, "0"), fps) for text in texts[2:])
        listed = source_out - source_in
        # A shot at another speed may by chance use as many frames as its handles would add.
        if listed == said.cut_frames + 2 * said.handle_frames and listed != source_frames(said.cut_frames, said.speed):
            source_in, source_out = source_in + said.handle_frames, source_out + -said.handle_frames
        if all(map(is_timecode, texts[:2])):
            record_in, record_out = (Timecode.parse(text.rjust(11, "0"), fps) for text in texts[:2])
        else:
            record_in = Timecode(record_at, fps, source_in.drop_frame)
            record_out = record_in + said.cut_frames
    except (InputRefused, ValueError):
        # Their own column has told what is wrong with them.
        return None
    reel = table.column("reel")
    return CutPlace(reel.text(row) if reel else "", source_in, source_out, record_in, record_out, said.speed)


def _length_place(table: Table, row: SheetRow) -> str:
    return table.measures[0].place(row)
