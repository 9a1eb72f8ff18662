"""A spreadsheet program opens the workbook, works every formula out anew, and follows what is edited."""

import subprocess
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from analytics.bidding.documents.workbook import write_workbook
from analytics.vocabulary.bid import Bid, LineKind
from generation.system_libraries import office_program
from tests.analytics.bidding.making_bids import RATES, cents, making_bid

OFFICE = office_program()

ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>"""


def recalculated(path: Path, folder: Path) -> Workbook:
    """The values that LibreOffice works out, whatever was stored."""
    assert OFFICE is not None, "LibreOffice is not here: python -m generation.system_libraries office"
    settings = folder / "profile" / "user"
    settings.mkdir(parents=True, exist_ok=True)
    (settings / "registrymodifications.xcu").write_text(ALWAYS_RECALCULATE)
    subprocess.run(
        [OFFICE, f"-env:UserInstallation=file://{folder / 'profile'}", "--headless", "--convert-to",
         "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "out"), str(path)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return load_workbook(folder / "out" / path.name, data_only=True)


def differing(stored: Workbook, found: Workbook) -> list[str]:
    wrong = []
    for sheet in stored:
        for row in sheet.iter_rows():
            for cell in row:
                was, now = cell.value, found[sheet.title][cell.coordinate].value
                if isinstance(was, int | float) and isinstance(now, int | float):
                    if abs(was - now) > 1e-9 * max(1.0, abs(was)):
                        wrong.append(f"{sheet.title}!{cell.coordinate}: {was} became {now}")
                elif isinstance(was, str) and was != now and (was or now):
                    wrong.append(f"{sheet.title}!{cell.coordinate}: {was!r} became {now!r}")
    return wrong


def cell_right_of(book: Workbook, sheet: str, name: str, offset: int = 1) -> Any:
    for row in book[sheet].iter_rows():
        if row[0].value == name:
            return row[offset]
    raise AssertionError(f"{sheet} has no row {name}")


def repriced(bid: Bid, department: str, price: Decimal, code: str, more_days: Decimal) -> Decimal:
    """The base that the edits ought to give."""
    supervised: dict[str | None, Decimal] = {}
    base = Decimal(0)
    for line in bid.lines:
        if line.kind is LineKind.PEOPLE:
            unit_price = price if line.department == department else line.unit_price
            days = line.quantity + (more_days if (line.shot_code, line.department) == (code, department) else 0)
            assert unit_price is not None
            amount = cents(days * unit_price)
            if line.department != "supervision":
                supervised[line.shot_code] = supervised.get(line.shot_code, Decimal(0)) + amount
            base += amount
    people = base
    for line in bid.lines:
        if line.kind is LineKind.SUPERVISION:
            base += cents(supervised[line.shot_code] * line.quantity)
        elif line.kind is LineKind.OVERHEAD:
            base += cents(people * line.quantity)
        elif line.kind in (LineKind.API, LineKind.MACHINE, LineKind.OTHER):
            base += line.amount or 0
    return base


def test_a_spreadsheet_works_out_what_is_stored_and_follows_edits(tmp_path: Path) -> None:
    bid = making_bid(40, change_orders=1)
    path = tmp_path / "bid.xlsx"
    write_workbook(bid, path)
    assert differing(load_workbook(path, data_only=True), recalculated(path, tmp_path)) == []

    edited = load_workbook(path)  # it stores no values, so that all that is shown is worked out
    shot = next(shot for shot in bid.shots if shot.ai_probability == 1)
    row = 5 + bid.shots.index(shot)
    heads = [cell.value for cell in edited["Shots"][4]]
    edited["Shots"].cell(row, heads.index("comp") + 1).value += 2.5
    cell_right_of(edited, "Rates", "labour:comp", 3).value = 800
    edited.save(tmp_path / "edited.xlsx")
    found = recalculated(tmp_path / "edited.xlsx", tmp_path)
    base = repriced(bid, "comp", Decimal(800), shot.code, Decimal("2.5"))
    assert cents(Decimal(str(cell_right_of(found, "Summary", "Base").value))) == base
    assert found["Shots"].cell(5 + len(bid.shots) + 1, heads.index("Cost, CAD") + 1).value == pytest.approx(float(base))
    assert bid.totals.base is not None
    assert bid.totals.contingency is not None
    contingency = base * bid.totals.contingency / bid.totals.base
    assert cell_right_of(found, "Summary", "Contingency").value == pytest.approx(float(contingency), abs=0.01)
    state = [cell.value for row in found["Summary"].iter_rows() for cell in row if "edited" in str(cell.value)]
    assert str(state[0]).startswith("edited, +")


def test_filling_in_a_missing_price_brings_the_total_back(tmp_path: Path) -> None:
    whole = making_bid(12, vendors=[None], incentive=False)
    bid = making_bid(12, vendors=[None], incentive=False, unpriced=["fx"])
    write_workbook(replace(bid, incentives=()), tmp_path / "bid.xlsx")
    stored = load_workbook(tmp_path / "bid.xlsx", data_only=True)
    assert differing(stored, recalculated(tmp_path / "bid.xlsx", tmp_path)) == []
    filled = load_workbook(tmp_path / "bid.xlsx")
    cell_right_of(filled, "Rates", "labour:fx", 3).value = float(RATES["fx"])
    cell_right_of(filled, "Rates", "Contingency", 3).value = 0
    cell_right_of(filled, "Rates", "Margin", 3).value = 0
    filled.save(tmp_path / "filled.xlsx")
    found = recalculated(tmp_path / "filled.xlsx", tmp_path)
    assert cell_right_of(found, "Summary", "Gross").value == pytest.approx(float(whole.totals.base or 0))
