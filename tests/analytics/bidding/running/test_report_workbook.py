"""The weekly workbook: formulas that add up to the values beside them, and names that are never formulas."""

import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from analytics.bidding.running.report_file import refuse_other_than_workbook, write_report_file
from analytics.bidding.running.reporting import running_report
from analytics.bidding.running.running_report import RunningReport
from analytics.vocabulary.errors import InputRefused

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "estimation" / "running"))
from running_ledgers import running_ledger


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> RunningReport:
    return running_report(running_ledger(tmp_path_factory.mktemp("workbook")), "P1", outcomes=200)


def worked_out(formula: str, sheet: Any) -> float:
    """A sum of a range, or of cells with signs: all that the workbook uses."""

    def value(cell: str) -> float:
        found = sheet[cell].value
        return worked_out(found, sheet) if isinstance(found, str) and found.startswith("=") else float(found or 0)

    if match := re.fullmatch(r"=SUM\(([A-Z])(\d+):\1(\d+)\)", formula):
        column, first, last = match.groups()
        return sum(value(f"{column}{row}") for row in range(int(first), int(last) + 1))
    terms = re.findall(r"([=+-])([A-Z]+\d+)", formula)
    assert "".join(sign + cell for sign, cell in terms) == formula
    return sum(-value(cell) if sign == "-" else value(cell) for sign, cell in terms)


def test_formulas_have_the_values_that_are_shown(report: RunningReport, tmp_path: Path) -> None:
    write_report_file(report, tmp_path / "week.xlsx")
    live, shown = (load_workbook(tmp_path / "week.xlsx", data_only=each) for each in (False, True))
    assert live.sheetnames == ["Cost report", "Departments", "Shots", "Weeks", "Hours", "Notes"]
    count = 0
    for name in live.sheetnames:
        for row in live[name].iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    count += 1
                    assert abs(worked_out(cell.value, live[name]) - shown[name][cell.coordinate].value) < 0.005
    assert count > 20
    money = report.money
    assert money is not None
    sheet = shown["Cost report"]
    total = next(row for row in sheet.iter_rows(values_only=True) if row[0] == "the work")
    assert [total[3], total[4], total[6], total[7]] == [
        float(each or 0) for each in (money.total.budget, money.total.actual, money.total.efc, money.total.variance)
    ]
    assert list(tmp_path.iterdir()) == [tmp_path / "week.xlsx"]


def test_names_from_outside_are_text(report: RunningReport, tmp_path: Path) -> None:
    evil = '=HYPERLINK("http://x","y")'
    money = report.money
    assert money is not None
    rows = (replace(money.sequences[0], name=evil), *money.sequences[1:])
    shots = (replace(money.exposures[0], name="+1"), *money.exposures[1:])
    changed = replace(report, production_name="@SUM(A1)", money=replace(money, sequences=rows, exposures=shots))
    write_report_file(changed, tmp_path / "week.xlsx")
    book = load_workbook(tmp_path / "week.xlsx")
    cells = [cell for name in book.sheetnames for row in book[name].iter_rows() for cell in row]
    for text in (evil, "+1"):
        found = [cell for cell in cells if cell.value == text]
        assert found
        assert {cell.data_type for cell in found} <= {"s", "inlineStr"}


def test_a_file_that_cannot_be_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="is no workbook"):
        refuse_other_than_workbook(tmp_path / "week.pdf")
    with pytest.raises(InputRefused, match="folder is not there"):
        refuse_other_than_workbook(tmp_path / "no" / "week.xlsx")
