"""Shots out of a table: its header is found, its columns are understood, every row becomes a shot or a problem."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import TypeVar

from analytics.importers.shot_lists.columns import MEASURES, Heading, says_what_a_shot_needs, understood_row
from analytics.importers.shot_lists.dates import day_of
from analytics.importers.shot_lists.findings import Findings, has_control_characters, some
from analytics.importers.shot_lists.naming import sequence_of
from analytics.importers.shot_lists.plain_cells import starts_like_a_formula
from analytics.importers.shot_lists.sheet import MOST_SHOTS, Sheet, SheetRow
from analytics.importers.shot_lists.sizes import pixels_of, resolution_of
from analytics.importers.shot_lists.table_codes import codes_of, sequences_of
from analytics.importers.shot_lists.table_columns import Column, Table
from analytics.importers.shot_lists.table_lengths import RowLength, row_lengths
from analytics.importers.shot_lists.table_rate import rate_of_table
from analytics.importers.shot_lists.table_words import RowWords, understood_words
from analytics.importers.shot_lists.words import is_omitted
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.frame_rate import FrameRate
from analytics.vocabulary.listed_shot import ListedShot

HEADER_WITHIN_ROWS = 50
_ERROR_CELL = re.compile(r"#(?:REF!|N/A|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!)", re.IGNORECASE)
_TOTAL = re.compile(r"(?:grand |sub ?-?)?totals?:?|sum:?", re.IGNORECASE)
_TITLE_ROW = re.compile(r"(?:seq|sequence|scene|episode|reel|act|notes?)\b.*|\S+(?:\s+\S+){2,}", re.IGNORECASE)

_NUMERIC = {"money", "handles", "speed", *MEASURES}
_READ = TypeVar("_READ")


def header_of(sheet: Sheet) -> tuple[int, list[Heading]] | None:
    """Which row is the header: among the first, the one that says most of what a shot needs."""
    best: tuple[int, int, list[Heading]] | None = None
    for index, row in enumerate(sheet.rows[:HEADER_WITHIN_ROWS]):
        headings = understood_row(row.cells)
        score = len({heading.said for heading in headings} - {None})
        if says_what_a_shot_needs(headings) and (best is None or score > best[0]):
            best = (score, index, headings)
    return None if best is None else best[1:]


def shots_of_table(
    sheet: Sheet, findings: Findings, fps: FrameRate | None, default_handle_frames: int | None
) -> tuple[FrameRate, list[ListedShot]]:
    """The shots of a table, in its order, and the frame rate they are counted at.

    Raises
    ------
    InputRefused
        If no row can be its header, or there are too many; problems of single rows go to ``findings``.
    """
    header = header_of(sheet)
    if header is None:
        raise _without_header(sheet)
    index, headings = header
    table = _shots_only(Table(sheet, headings, sheet.rows[index + 1 :]), findings)
    if len(table.rows) > MOST_SHOTS:
        raise InputRefused(
            sheet.name,
            f"{len(table.rows):,} rows",
            f"are more than the {MOST_SHOTS:,} shots that a list may have",
            "split the list by episode or sequence",
        )
    _refuse_cells_that_say_nothing(table, findings)
    read_at = rate_of_table(table, findings, fps)
    lengths = row_lengths(table, findings, read_at, default_handle_frames)
    words = understood_words(table, findings)
    sequences = sequences_of(table, findings)
    codes = codes_of(table, sequences, findings)
    _tell_same_headings(table, findings)
    attributes = _attributes(table, findings)
    shots = [
        _shot(table, row, codes[row.number], lengths.get(row.number), words[row.number],
              sequences.get(row.number), attributes[row.number], findings)
        for row in table.rows
    ]  # fmt: skip
    if derived := sum(1 for shot in shots if shot and shot.sequence and table.column("sequence") is None):
        findings.remark(
            sheet.name,
            None,
            f"has no column for sequences: those of {derived:,} shots were taken from their codes",
            "give a column named sequence if that is wrong",
        )
    return read_at, [shot for shot in shots if shot is not None]


def _without_header(sheet: Sheet) -> InputRefused:
    rows = sheet.rows[:HEADER_WITHIN_ROWS] or [SheetRow(1, [])]
    fullest = max(rows, key=lambda row: sum(bool(cell.strip()) for cell in row.cells))
    return InputRefused(
        sheet.name,
        some([cell.strip() for cell in fullest.cells if cell.strip()], 12),
        "has no header row with a column for the shot (code, shot, VFX ID, name) and one for its length "
        "(frames, duration, or cut in and cut out)",
        "name the columns in the first row, as code and cut_frames",
    )


def _shots_only(table: Table, findings: Findings) -> Table:
    """The table without rows that are empty, titles, sums or omitted shots; what was left out is told."""
    (code,), status = table.all_of("code"), table.column("status")
    names = [heading.text.strip().casefold() for heading in table.headings]
    shots: list[SheetRow] = []
    titles, omitted = [], []
    for row in table.rows:
        filled = [cell.strip() for cell in row.cells if cell.strip()]
        # A header that is printed again on every page is no shot.
        if not filled or [cell.strip().casefold() for cell in row.cells[: len(names)]] == names:
            continue
        is_title = len(filled) == 1 and len(names) > 3 and _TITLE_ROW.fullmatch(filled[0]) is not None
        if is_title or _TOTAL.fullmatch(filled[0]):
            titles.append(filled[0][:40])
        elif status is not None and is_omitted(status.text(row)):
            omitted.append(code.text(row) or code.place(row))
        else:
            shots.append(row)
    if titles:
        findings.remark(
            table.sheet.name,
            some(titles),
            "was taken for a title or a sum, not for a shot",
            "fill in the rest of the row if it is a shot",
        )
    if omitted:
        findings.remark(table.sheet.name, some(omitted), "is omitted and was left out", "clear the status to bid it")
    if not shots:
        findings.refuse(table.sheet.name, None, "lists no shot under its header", "add a row for every shot")
    return table.with_rows(shots)


def _refuse_cells_that_say_nothing(table: Table, findings: Findings) -> None:
    """Errors of a spreadsheet, formulas never worked out and control characters; formulas with a value are told."""
    sheet, worked_out, risky = table.sheet, [], []
    for column in table.columns:
        said = column.heading.said
        for row in table.rows:
            text, where = column.text(row), (row.number, column.heading.column)
            if said not in (None, "money"):
                if _ERROR_CELL.fullmatch(text):
                    findings.refuse(column.place(row), text, "is an error of the spreadsheet", "mend the formula")
                elif where in sheet.without_value:
                    findings.refuse(
                        column.place(row),
                        None,
                        "holds a formula that was never worked out",
                        "open the file in a spreadsheet and save it, or write the value",
                    )
            if where in sheet.formulas:
                worked_out.append(column.place(row).removeprefix(f"{sheet.name}, "))
            if has_control_characters(text):
                findings.refuse(column.place(row), text, "holds control characters", "write plain text")
            if said not in _NUMERIC and starts_like_a_formula(text):
                risky.append(column.place(row).removeprefix(f"{sheet.name}, "))
    if sheet.is_delimited:
        width = len(table.headings)
        for row in table.rows:
            if any(cell.strip() for cell in row.cells[width:]):
                findings.refuse(
                    sheet.cell_place(row.number, 0, ""),
                    row.cells[width],
                    f"stands beyond the {width} columns of the header: a text before it holds the delimiter",
                    "put such text into double quotes",
                )
    if worked_out:
        findings.remark(
            sheet.name,
            some(worked_out),
            "holds formulas: the values they were saved with were read",
            "save the file in a spreadsheet first if a program changed it",
        )
    if risky:
        findings.remark(
            sheet.name,
            some(risky),
            "starts like a formula and is kept as plain text",
            "documents write such text so that no spreadsheet runs it",
        )


def _tell_same_headings(table: Table, findings: Findings) -> None:
    """Two columns of one name: which of them was meant nobody can tell."""
    names = Counter(column.name.casefold() for column in table.columns if column.heading.text.strip())
    for name in (name for name, count in names.items() if count > 1):
        findings.remark(
            f"{table.sheet.name}, {name}", None,
            f"stands over {names[name]} columns: the first is read where it is known, else the last",
            "give each column a heading of its own",
        )  # fmt: skip


def _attributes(table: Table, findings: Findings) -> dict[int, dict[str, str]]:
    """Columns that say nothing known, by their headings; columns of money are left out, a bid works money out."""
    width = max((len(row.cells) for row in table.rows), default=0)
    others = [*table.all_of(None)] + [
        Column(Heading(index, "", None), table.sheet) for index in range(len(table.headings), width)
    ]
    counts = Counter(column.name for column in others)
    names = [
        (column, f"{column.name} ({column.heading.column + 1})" if counts[column.name] > 1 else column.name)
        for column in others
    ]
    kept = {row.number: {name: text for column, name in names if (text := column.text(row))} for row in table.rows}
    if used := [name for _, name in names if any(name in attributes for attributes in kept.values())]:
        findings.remark(
            table.sheet.name,
            some(used, 8),
            "is no column that a bid reads: kept beside the shots",
            "see docs/shot-lists.md for the headings that are understood",
        )
    if money := [column.name for column in table.all_of("money")]:
        findings.remark(
            table.sheet.name, some(money), "is money and was not read", "prices come from the rate card of the bid"
        )
    return kept


def _shot(
    table: Table, row: SheetRow, code: str, length: RowLength | None, words: RowWords,
    sequence: str | None, attributes: Mapping[str, str], findings: Findings,
) -> ListedShot | None:  # fmt: skip
    def text(said: str) -> str:
        column = table.column(said)
        return column.text(row) if column else ""

    def read(said: str, reading: Callable[[str], _READ]) -> _READ | None:
        column = table.column(said)
        if column is None or not (written := column.text(row)):
            return None
        try:
            return reading(written)
        except InputRefused as bad:
            findings.refused(bad, column.place(row))
            return None

    width, height, extra = read("width", pixels_of), read("height", pixels_of), dict(attributes)
    if (column := table.column("resolution")) and (written := column.text(row)):
        size = resolution_of(written)
        if size is None:
            extra[column.name] = written
        else:
            width, height = width or size[0], height or size[1]
    turnover_on, due_on = read("turnover_on", day_of), read("due_on", day_of)
    if turnover_on and due_on and due_on < turnover_on and (column := table.column("due_on")):
        findings.refuse(
            column.place(row), text("due_on"), f"is before the turnover on {turnover_on}", "mend one of the two days"
        )
    if episode := text("episode"):
        extra["episode"] = episode
    if length is None:
        return None
    return ListedShot(
        place=table.all_of("code")[0].place(row),
        code=code,
        cut_frames=length.cut_frames,
        handle_frames=length.handle_frames,
        sequence=sequence or (sequence_of(code) if table.column("sequence") is None else None),
        kind=words.kind,
        complexity=words.complexity,
        description=text("description"),
        width=width,
        height=height,
        camera_move=text("camera_move") or None,
        vendor=text("vendor") or None,
        territory=text("territory") or None,
        workflow=words.workflow,
        ai_allowed=words.ai_allowed,
        turnover_on=turnover_on,
        due_on=due_on,
        notes=tuple(note for column in table.all_of("notes") if (note := column.text(row))),
        cut_place=length.cut_place,
        attributes={**extra, **words.attributes},
    )
