from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from analytics.bidding.documents.workbook import write_workbook
from analytics.vocabulary.bid import Bid, LineKind
from tests.analytics.bidding.making_bids import making_bid

HOSTILE = (
    '=HYPERLINK("http://example.org","click")',
    "+1+1",
    "@SUM(A1:A9)",
    "-2",
    "\t=1",
    "\r=1",
    "*",
    ">0",
    "010",
    "10",
    "a\x07b",
)


def opened(bid: Bid, folder: Path) -> tuple[Workbook, Workbook]:
    """As a previewer shows it, and its formulas."""
    path = folder / "bid.xlsx"
    write_workbook(bid, path)
    return load_workbook(path, data_only=True), load_workbook(path)


def column(book: Workbook, sheet: str, head: str) -> Sequence[Any]:
    rows = list(book[sheet].iter_rows(min_row=4, values_only=True))
    position = [str(each) for each in rows[0]].index(head)
    return [row[position] for row in rows[1:]]


def row_named(book: Workbook, sheet: str, name: str) -> tuple[Any, ...]:
    rows = [row for row in book[sheet].iter_rows(values_only=True) if row[0] == name]
    assert rows, f"{sheet} has no row {name}"
    return rows[-1]


def formulas(book: Workbook) -> dict[str, str]:
    return {
        f"{sheet.title}!{cell.coordinate}": str(cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def test_a_previewer_that_works_nothing_out_shows_the_bids_own_figures(tmp_path: Path) -> None:
    bid = making_bid(30)
    seen, _ = opened(bid, tmp_path)
    totals = bid.totals
    assert row_named(seen, "Summary", "Total")[1:4] == tuple(map(float, (totals.gross, totals.incentive, totals.net)))  # type: ignore[arg-type]
    assert row_named(seen, "Summary", "Vendors")[1] == float(totals.vendor or 0)
    assert row_named(seen, "Summary", "Base")[1] == float(totals.base or 0)
    assert row_named(seen, "Summary", "Contingency")[1] == float(totals.contingency or 0)
    assert row_named(seen, "Summary", "Margin")[1] == float(totals.margin or 0)
    costs = column(seen, "Shots", "Cost, CAD")
    assert costs[-1] == float(totals.base or 0)
    assert sum(Decimal(str(cost)) for cost in costs[:-1]) == totals.base
    assert column(seen, "Sequences", "Cost, CAD")[-1] == float(totals.base or 0)
    people = sum(line.amount or 0 for line in bid.lines if line.kind is LineKind.PEOPLE)
    assert column(seen, "Departments", "Cost, CAD")[-1] == float(people)
    amounts = column(seen, "Lines", "Amount, CAD")
    assert sum(Decimal(str(amount)) for amount in amounts) == totals.gross


def test_sheets_keep_their_names_and_those_without_anything_to_say_are_left_out(tmp_path: Path) -> None:
    seen, _ = opened(making_bid(3, change_orders=2), tmp_path)
    always = ["Summary", "Shots", "Sequences", "Departments", "Lines", "Rates", "Assumptions"]
    assert seen.sheetnames == [*always, "Incentives", "Changes"]
    seen, _ = opened(making_bid(3, incentive=False), tmp_path)
    assert seen.sheetnames == always
    assert seen.defined_names.keys() == {"bid_gross", "bid_incentive", "bid_net", "bid_base"}


def test_days_and_prices_are_typed_in_and_all_else_follows(tmp_path: Path) -> None:
    _, live = opened(making_bid(4), tmp_path)
    found = formulas(live)
    assert len([place for place in found if place.startswith("Lines!")]) >= 3 * 4
    for place, formula in found.items():
        assert "#REF" not in formula, place
        assert "_xlfn" not in formula, place
    typed_in = [cell.value for row in live["Shots"]["L5:S8"] for cell in row if cell.value is not None]
    assert typed_in
    assert all(isinstance(value, float | int) for value in typed_in)
    assert all(isinstance(cell.value, float | int) for (cell,) in live["Rates"]["D5:D9"])
    guard = live["Shots"].data_validations.dataValidation[0]
    assert (guard.type, str(guard.sqref)) == ("custom", "L5:U9")
    assert live["Lines"].protection.sheet


def test_names_that_would_be_formulas_or_patterns_stay_text_and_sums_stay_right(tmp_path: Path) -> None:
    bid = making_bid(len(HOSTILE), codes=HOSTILE, vendors=("=1+1", ">0", "*"))
    seen, live = opened(bid, tmp_path)
    texts = [row[2].value for row in live["Shots"].iter_rows(min_row=5, max_row=4 + len(HOSTILE))]
    assert [str(text) for text in texts[:3]] == list(HOSTILE[:3])
    assert all(row[2].data_type != "f" for row in live["Shots"].iter_rows(min_row=5))
    assert all("HYPERLINK" not in formula and "@SUM" not in formula for formula in formulas(live).values())
    by_shot: dict[str, Decimal] = dict.fromkeys(HOSTILE, Decimal(0))
    for line in bid.lines:
        if line.shot_code:
            by_shot[line.shot_code] += line.amount or 0
    costs = column(seen, "Shots", "Cost, CAD")[: len(HOSTILE)]
    assert [Decimal(str(cost)) for cost in costs] == list(by_shot.values())


def test_a_missing_price_is_a_cell_to_fill_in_and_never_a_sum_without_it(tmp_path: Path) -> None:
    seen, _ = opened(making_bid(12, unpriced=["fx"]), tmp_path)
    rates = {row[0]: row[3] for row in seen["Rates"].iter_rows(values_only=True)}
    assert rates["labour:fx"] is None
    assert rates["labour:comp"] == 688.75
    assert row_named(seen, "Summary", "Gross")[1] == "no price"
    assert row_named(seen, "Summary", "Total")[1] == "no price"
    assert row_named(seen, "Departments", "fx")[7] == "no price"
    assert isinstance(row_named(seen, "Departments", "comp")[7], float)
    sentences = [row[0] for row in seen["Summary"].iter_rows(values_only=True) if isinstance(row[0], str)]
    assert any("labour:fx" in sentence for sentence in sentences)


@pytest.mark.parametrize("sheet", ["Shots", "Lines"])
def test_long_sheets_can_be_read_and_printed(tmp_path: Path, sheet: str) -> None:
    _, live = opened(making_bid(60), tmp_path)
    page = live[sheet]
    assert page.freeze_panes == {"Shots": "D5", "Lines": "C5"}[sheet]
    assert page.auto_filter.ref
    assert page.print_title_rows == "$4:$4"
    assert page.page_setup.orientation == "landscape"
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.page_setup.fitToHeight == 0
    assert "version 3" in (page.oddFooter.left.text or "")


def test_a_bid_of_one_shot_without_a_sequence_or_vendor_is_written(tmp_path: Path) -> None:
    bid = making_bid(1, vendors=[None])
    bid = replace(bid, shots=(replace(bid.shots[0], sequence=None, due_on=None),), name="1 & B <3" * 60)
    seen, live = opened(bid, tmp_path)
    footer = live["Shots"].oddFooter
    assert (footer.left.text or "").strip().startswith("1 && B")
    assert "page" in (footer.right.text or "")
    assert column(seen, "Sequences", "Sequence")[0] == "–"
    assert row_named(seen, "Summary", "Vendors")[1:4] == (0, 0, 0)
