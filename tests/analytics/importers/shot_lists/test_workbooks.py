"""Worksheets: values, dates, merged cells, formulas, hidden rows, several sheets, and very long ones."""

import datetime
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from openpyxl import Workbook

from analytics.importers.shot_lists.reading import read_shot_list
from analytics.importers.shot_lists.sheet import MOST_SHOTS
from analytics.importers.shot_lists.workbook import column_letters
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.listed_shot import ShotList
from analytics.vocabulary.shot import Complexity
from tests.analytics.importers.shot_lists.sample_lists import remarks

HEADER = ["Sequence", "Shot", "Frames", "Complexity", "Due date", "Handles", "Description", "Cost"]


def workbook(path: Path, fill: Callable[[Any, Any], None], sheet: str | None = None) -> ShotList:
    """A workbook as a spreadsheet saves it: formulas with the values they had."""
    with xlsxwriter.Workbook(str(path)) as book:
        fill(book, book.add_worksheet("Breakdown"))
    return read_shot_list(path, sheet=sheet)


def problems_of(path: Path, fill: Callable[[Any, Any], None]) -> list[str]:
    with pytest.raises(InputRefused) as refused:
        workbook(path, fill)
    return [str(problem) for problem in refused.value.problems]


def test_merged_sequences_dates_and_formulas(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.merge_range("A1:H1", "THE LONG ROOF – breakdown v3")
        sheet.write_row("A3", HEADER)
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for row in range(5):
            sheet.write_row(3 + row, 1, [f"ROOF_{row + 1}0", 48 + row, "SMCHS"[row]])
            sheet.write_datetime(3 + row, 4, datetime.datetime(2026, 4, 3 + row), day)
            sheet.write_row(3 + row, 5, [8, "plain", 1000])
        sheet.merge_range("A4:A6", "010")
        sheet.merge_range("A7:A8", "020")
        sheet.merge_range("G5:G6", "same work")
        sheet.write_formula("C5", "=C4*2", None, 96)
        sheet.set_row(5, None, None, {"hidden": True})

    read = workbook(tmp_path / "b.xlsx", fill)
    assert [(shot.code, shot.sequence, shot.cut_frames) for shot in read.shots] == [
        ("ROOF_10", "010", 48), ("ROOF_20", "010", 96), ("ROOF_30", "010", 50), ("ROOF_40", "020", 51),
        ("ROOF_50", "020", 52),
    ]  # fmt: skip
    assert read.shots[3].complexity is Complexity.HERO
    assert read.shots[0].due_on == datetime.date(2026, 4, 3)
    assert [shot.description for shot in read.shots] == ["plain", "same work", "same work", "plain", "plain"]
    assert read.shots[1].place == "b.xlsx, sheet Breakdown, B5"
    told = remarks(read)
    for words in ("is merged over rows: 3 shots", "G5:G6", "'C5': holds formulas", "1 hidden row", "Cost"):
        assert words in told


def test_a_length_merged_over_rows_says_nothing(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row("A1", ["Shot", "Frames"])
        sheet.write_column("A2", ["A_010", "A_020", "A_030"])
        sheet.merge_range("B2:B3", 48)
        sheet.write("B4", 50)

    (problem, *_) = problems_of(tmp_path / "b.xlsx", fill)
    assert "B2:B3 = '48': is one length merged over 2 rows" in problem


def test_a_code_merged_over_rows_is_told_as_one_that_stands_twice(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row("A1", ["Shot", "Frames"])
        sheet.merge_range("A2:A3", "A_010")
        sheet.write_column("B2", [48, 50])

    assert "A3 = 'A_010': stands at b.xlsx, sheet Breakdown, A2 too" in problems_of(tmp_path / "b.xlsx", fill)[0]


def test_formulas_without_a_value_and_errors_are_refused_by_cell(tmp_path: Path) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["Shot", "Frames", "Cost"])
    sheet.append(["A_010", "=40+8", "=1/0"])
    sheet.append(["A_020", "#REF!", 10])
    book.save(tmp_path / "b.xlsx")
    with pytest.raises(InputRefused) as refused:
        read_shot_list(tmp_path / "b.xlsx")
    assert [str(problem).split(":")[0] for problem in refused.value.problems] == [
        "b.xlsx, sheet Sheet, B2", "b.xlsx, sheet Sheet, B3 = '#REF!'",
    ]  # fmt: skip


def test_a_formula_that_makes_a_link_is_its_text(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row("A1", ["Shot", "Frames"])
        sheet.write_formula("A2", '=HYPERLINK("http://example.invalid","A_010")', None, "A_010")
        sheet.write_string("A3", '=HYPERLINK("http://example.invalid","A_020")')
        sheet.write_column("B2", [48, 50])

    read = workbook(tmp_path / "b.xlsx", fill)
    assert [shot.code for shot in read.shots] == ["A_010", '=HYPERLINK("http://example.invalid","A_020")']
    assert "'A2': holds formulas" in remarks(read)
    assert "'A3': starts like a formula" in remarks(read)


def test_the_sheet_that_fits_is_read_and_others_are_named(tmp_path: Path) -> None:
    path = tmp_path / "b.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("Cover").write("A1", "A show")
        for name, frames in (("Shots", 48), ("Old shots", 50), ("Secret", 52)):
            sheet = book.add_worksheet(name)
            sheet.write_row("A1", ["Shot", "Frames", "Complexity"] if name == "Shots" else ["Shot", "Frames"])
            sheet.write_row("A2", ["A_010", frames, "hard"][: 3 if name == "Shots" else 2])
        sheet.hide()
    assert read_shot_list(path).shots[0].cut_frames == 48
    assert "'Old shots': could be shot lists too" in remarks(read_shot_list(path))
    assert "'Secret': is hidden" in remarks(read_shot_list(path))
    assert read_shot_list(path, sheet="old shots").shots[0].cut_frames == 50
    with pytest.raises(InputRefused, match="Name one of Cover, Shots"):
        read_shot_list(path, sheet="Shot list")
    with pytest.raises(InputRefused, match="has no header row"):
        read_shot_list(path, sheet="Cover")


def test_numbers_kept_as_text_and_lengths_kept_as_times(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row("A1", ["Shot", "Frames", "AI allowed"])
        sheet.write_row("A2", ["A_010"])
        sheet.write_string("B2", " 48 ")
        sheet.write_boolean("C2", False)
        sheet.write_row("A3", [20, 48.0])

    read = workbook(tmp_path / "b.xlsx", fill)
    assert [(shot.code, shot.cut_frames, shot.ai_allowed) for shot in read.shots] == [
        ("A_010", 48, False),
        ("20", 48, None),
    ]


def long_workbook(path: Path, rows: Iterable[str]) -> Path:
    """A workbook whose first sheet holds these rows of XML under a header: faster than writing cell by cell."""
    small = path.with_suffix(".small.xlsx")
    with xlsxwriter.Workbook(str(small)) as book:
        book.add_worksheet().write_row("A1", ["Shot", "Frames"])
    with zipfile.ZipFile(small) as before, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.namelist():
            content = before.read(part)
            if part == "xl/worksheets/sheet1.xml":
                content = content.replace(b"</sheetData>", "".join(rows).encode() + b"</sheetData>")
            after.writestr(part, content)
    return path


def shot_row(row: int) -> str:
    code = f'<c r="A{row}" t="inlineStr"><is><t>A_{row:06d}</t></is></c>'
    return f'<row r="{row}">{code}<c r="B{row}"><v>48</v></c></row>'


def test_a_hundred_thousand_rows_are_refused_and_as_many_empty_ones_are_nothing(tmp_path: Path) -> None:
    long = long_workbook(tmp_path / "long.xlsx", map(shot_row, range(2, 100_002)))
    with pytest.raises(InputRefused, match=f"{MOST_SHOTS:,} shots that a list may have"):
        read_shot_list(long)
    empty = (f'<row r="{row}"><c r="A{row}"/></row>' for row in range(302, 100_002))
    blank = long_workbook(tmp_path / "blank.xlsx", [*map(shot_row, range(2, 302)), *empty])
    assert len(read_shot_list(blank).shots) == 300


def test_columns_are_named_as_spreadsheets_name_them() -> None:
    assert [column_letters(index) for index in (0, 25, 26, 27, 701, 702)] == ["A", "Z", "AA", "AB", "ZZ", "AAA"]
