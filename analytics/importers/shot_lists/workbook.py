"""Reads the worksheet of a workbook that lists shots: its values as text, what is merged, hidden or worked out."""

import io
import warnings
import zipfile
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from analytics.importers.shot_lists.columns import MEASURES
from analytics.importers.shot_lists.findings import Findings, counted, some
from analytics.importers.shot_lists.sheet import MOST_SHOTS, Sheet, SheetRow
from analytics.importers.shot_lists.table import HEADER_WITHIN_ROWS, header_of
from analytics.importers.shot_lists.worksheet_marks import WorksheetMarks, marks_of_worksheet
from analytics.vocabulary.errors import InputRefused

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

LARGEST_UNPACKED_BYTES = 1024**3
MOST_COLUMNS = 1_000


def workbook_sheet(name: str, content: bytes, wanted: str | None, findings: Findings) -> Sheet:
    """The worksheet that was asked for, or else the one whose header says most of what a shot needs.

    Raises
    ------
    InputRefused
        If the workbook is damaged or too large, or no worksheet fits.
    """
    workbook = _workbook(name, content)
    try:
        title = _chosen(name, workbook, wanted, findings)
        place = f"{name}, sheet {title}"
        worksheet: Any = workbook[title]
        rows = _rows(place, worksheet)
        marks = marks_of_worksheet(content, workbook.sheetnames.index(title))
    finally:
        workbook.close()
    if marks.hidden_rows & {row.number for row in rows}:
        findings.remark(
            place,
            counted(len(marks.hidden_rows), "hidden row"),
            "were read like the others",
            "delete them, or mark them omitted, if they are not to be bid",
        )
    sheet = Sheet(
        place,
        rows,
        lambda row, column, _: f"{place}, {column_letters(column)}{row}",
        formulas=marks.formulas,
        without_value=marks.without_value,
    )
    return _filled_down(sheet, marks, findings)


def column_letters(index: int) -> str:
    """Letters of a column, counted from 0: 0 is A, 27 is AB."""
    letters = ""
    while index >= 0:
        letters = chr(ord("A") + index % 26) + letters
        index = index // 26 - 1
    return letters


def _workbook(name: str, content: bytes) -> "Workbook":
    from openpyxl import load_workbook

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(each.file_size for each in archive.infolist()) > LARGEST_UNPACKED_BYTES:
            raise InputRefused(
                name, None, "unpacks to more than a shot list can be", "copy the list into a workbook of its own"
            )
    try:
        with warnings.catch_warnings():
            # It warns of drop-down lists and styles that it cannot keep; nothing is written back.
            warnings.simplefilter("ignore")
            return load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except Exception as bad:
        raise InputRefused(
            name,
            None,
            f"is damaged: {str(bad)[:200] or type(bad).__name__}",
            "open it in a spreadsheet and save it again",
        ) from None


def _chosen(name: str, workbook: "Workbook", wanted: str | None, findings: Findings) -> str:
    titles: list[str] = [sheet.title for sheet in workbook.worksheets]
    visible: list[str] = [sheet.title for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
    if wanted is not None:
        for title in titles:
            if title.casefold() == wanted.casefold():
                return title
        raise InputRefused("--sheet", wanted, f"is no worksheet of {name}", f"name one of {', '.join(visible)}")
    scores: dict[str, int] = {}
    for title in visible:
        worksheet: Any = workbook[title]
        beginning = [
            SheetRow(number, [_text(value) for value in row[:MOST_COLUMNS]])
            for number, row in enumerate(worksheet.iter_rows(max_row=2 * HEADER_WITHIN_ROWS, values_only=True), 1)
        ]
        header = header_of(Sheet(title, [row for row in beginning if any(row.cells)], lambda *_: ""))
        if header is not None:
            scores[title] = len({heading.said for heading in header[1]})
    if not scores:
        if len(visible) == 1:
            return visible[0]
        raise InputRefused(
            name,
            some(visible, 10),
            "has no visible worksheet with a column for the shot and one for its length",
            "name the columns code and cut_frames, or name the worksheet with --sheet",
        )
    chosen = max(scores, key=lambda title: scores[title])
    if len(scores) > 1:
        findings.remark(
            name,
            some(title for title in scores if title != chosen),
            f"could be shot lists too: {chosen} was read",
            "name another with --sheet",
        )
    if hidden := [title for title in titles if title not in visible]:
        findings.remark(name, some(hidden), "is hidden and was not read", "name it with --sheet to read it")
    return chosen


def _rows(place: str, worksheet: Any) -> list[SheetRow]:
    rows: list[SheetRow] = []
    if hasattr(worksheet, "reset_dimensions"):
        # The size that a file states of itself is often that of its formatting: a million empty rows.
        worksheet.reset_dimensions()
    for number, values in enumerate(worksheet.iter_rows(values_only=True), 1):
        if any(value not in (None, "") for value in values):
            rows.append(SheetRow(number, [_text(value) for value in values[:MOST_COLUMNS]]))
            if len(rows) > MOST_SHOTS + HEADER_WITHIN_ROWS:
                raise InputRefused(
                    f"{place}, row {number}",
                    None,
                    f"is beyond the {MOST_SHOTS:,} shots that a list may have",
                    "split the list by episode or sequence",
                )
    if not rows:
        raise InputRefused(place, None, "is empty", "name another worksheet with --sheet")
    return rows


def _text(value: object) -> str:
    """A cell as its reader would type it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return f"{value.total_seconds():g} s"
    return str(value)


def _filled_down(sheet: Sheet, marks: WorksheetMarks, findings: Findings) -> Sheet:
    """Cells merged over rows say the same of every row; one length over several rows says nothing of any."""
    header = header_of(sheet)
    if header is None or not marks.merged:
        return sheet
    first_row = sheet.rows[header[0]].number
    said = {heading.column: heading for heading in header[1]}
    by_number = {row.number: row for row in sheet.rows}
    filled: dict[tuple[int, int], str] = {}
    for top, left, bottom, _ in marks.merged:
        heading = said.get(left)
        if top <= first_row or bottom == top or heading is None or top not in by_number:
            continue
        text = by_number[top].cell(left)
        below = [number for number in range(top + 1, min(bottom, sheet.rows[-1].number) + 1) if number in by_number]
        if not text or not below:
            continue
        if heading.said in MEASURES:
            findings.refuse(
                f"{sheet.name}, {column_letters(left)}{top}:{column_letters(left)}{bottom}",
                text,
                f"is one length merged over {len(below) + 1} rows",
                "unmerge the cells and give each shot its own",
            )
            continue
        filled |= {(number, left): text for number in below}
        if heading.said not in ("sequence", "code"):
            findings.remark(
                f"{sheet.name}, {column_letters(left)}{top}:{column_letters(left)}{bottom}",
                text,
                "is merged over rows and was read for each of them",
                "unmerge the cells if that is wrong",
            )
    return replace(sheet, filled_down=filled)
