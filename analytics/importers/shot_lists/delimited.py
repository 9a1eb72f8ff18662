"""CSV and tab-separated files: the bytes as text, and the text as rows, whatever program wrote them."""

import codecs
import csv
import io

from analytics.importers.shot_lists.columns import says_what_a_shot_needs, understood_row
from analytics.importers.shot_lists.findings import Findings
from analytics.importers.shot_lists.sheet import MOST_SHOTS, Sheet, SheetRow
from analytics.vocabulary.errors import InputRefused

DELIMITERS = ",;\t|"
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HEADER_WITHIN_ROWS = 50


def as_text(name: str, content: bytes, findings: Findings) -> str:
    """The text of a file: UTF-8, UTF-16 or UTF-32 with a mark, UTF-16 without one, or Windows-1252.

    Raises
    ------
    InputRefused
        If it is none of them, with the line where reading stopped.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _decoded(name, content, encoding)
    if content[:2000].count(0) * 4 > len(content[:2000]):
        even, odd = content[:2000:2].count(0), content[1:2000:2].count(0)
        return _decoded(name, content, "utf-16-le" if odd > even else "utf-16-be")
    if b"\0" in content:
        line = content[: content.index(b"\0")].count(b"\n") + 1
        raise InputRefused(
            f"{name}, line {line}", None, "holds bytes that are no text", "export the list again as CSV in UTF-8"
        )
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as bad:
        line = content[: bad.start].count(b"\n") + 1
    text = _decoded(name, content, "cp1252")
    findings.remark(
        f"{name}, line {line}",
        text.splitlines()[line - 1][:80],
        "is not UTF-8: the file was read as Windows-1252",
        "look at names with accents; export as UTF-8 if they are wrong",
    )
    return text


def delimited_sheet(name: str, text: str) -> Sheet:
    """The rows of a text file; the delimiter is the one whose header can be understood best.

    Raises
    ------
    InputRefused
        If the file is empty, longer than a shot list can be, or a quote is never closed.
    """
    if not text.strip():
        raise InputRefused(name, None, "is empty", "export the list again")
    # The beginning tells the delimiter; a title above the header may hold any of them.
    beginning = "\n".join(text.splitlines()[: 2 * _HEADER_WITHIN_ROWS])

    def understanding(delimiter: str) -> tuple[bool, int, int]:
        rows = list(csv.reader(io.StringIO(beginning), delimiter=delimiter))
        headings = [understood_row(row) for row in rows[:_HEADER_WITHIN_ROWS]]
        return max(
            (says_what_a_shot_needs(row), len({heading.said for heading in row} - {None}), len(row)) for row in headings
        )

    try:
        delimiter = max(DELIMITERS, key=understanding)
        return Sheet(
            name, _rows(name, text, delimiter), lambda line, _, heading: _place(name, line, heading), is_delimited=True
        )
    except csv.Error as bad:
        raise InputRefused(name, None, f"is no table: {bad}", "export the list again as CSV in UTF-8") from None


def _rows(name: str, text: str, delimiter: str) -> list[SheetRow]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[SheetRow] = []
    begins = 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            rows.append(SheetRow(begins, cells))
            if len(rows) > MOST_SHOTS + _HEADER_WITHIN_ROWS:
                raise InputRefused(
                    f"{name}, line {begins}",
                    None,
                    f"is beyond the {MOST_SHOTS:,} shots that a list may have",
                    "split the list by episode or sequence",
                )
        begins = reader.line_num + 1
    return rows


def _place(name: str, line: int, heading: str) -> str:
    return f"{name}, line {line}, {heading}" if heading else f"{name}, line {line}"


def _decoded(name: str, content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as bad:
        line = content[: bad.start].count(b"\n") + 1
        raise InputRefused(
            f"{name}, line {line}",
            content[bad.start : bad.start + 1].hex(" "),
            f"cannot be read as text ({encoding})",
            "export the list again as CSV in UTF-8",
        ) from None
