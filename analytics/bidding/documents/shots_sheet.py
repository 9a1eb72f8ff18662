"""The sheet Shots: a row a shot with its days by department, which are typed in, and what they come to."""

from typing import TYPE_CHECKING

from analytics.bidding.documents.bid_words import count
from analytics.bidding.documents.cell_text import cell_text
from analytics.bidding.documents.line_plan import WHOLE_BID
from analytics.bidding.documents.workbook_places import (
    FIRST_ROW,
    HEAD_ROW,
    NO_PRICE,
    LineColumn,
    Places,
    ShotColumn,
    column_name,
    shown,
)
from analytics.bidding.documents.workbook_styles import (
    COUNT,
    DAY,
    DAYS,
    HOURS,
    MONEY,
    SHOT_NUMBER,
    WHOLE_SHARE,
    Styles,
    row_points,
)
from analytics.vocabulary.bid import Basis, BidShot

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

NO_SEQUENCE = "–"
_FIRST_YEAR = 1900
"""That a workbook has days of."""

_LEFT = (("#", 4), ("Sequence", 10), ("Shot", 17), ("Description", 26), ("Kind", 12), ("Complexity", 10),
         ("Workflow", 11), ("AI chance", 7), ("Cut frames", 7), ("Handles", 7.5), ("Work frames", 7))  # fmt: skip
_RIGHT = (("Hours, 1 in 10 below", 9), ("Hours, middle", 8), ("Hours, 9 in 10 below", 9), ("Vendor", 14), ("Due", 11),
          ("Rests on", 11), ("Flags", 26), ("What drives it", 60))  # fmt: skip
_DEPARTMENT_WIDTH = 9.5
_BASIS_WORDS = {Basis.TEMPLATE: "template", Basis.POOLED: "both", Basis.LEARNED: "history"}


def write_shots(sheet: "Worksheet", styles: Styles, places: Places) -> None:
    """Write all shots, what is of no single one, and their sums."""
    bid = places.bid
    heads = [*_LEFT, *((name, _DEPARTMENT_WIDTH) for name in places.plan.departments),
             ("Days", 9), (f"Cost, {bid.currency}", 14), *_RIGHT]  # fmt: skip
    sheet.set_row(0, 24)
    sheet.write_string(0, 0, "Shots", styles.title())
    sheet.write_string(
        1,
        0,
        f"{count(len(bid.shots), 'shot')}. Departments in person-days of {bid.hours_per_person_day.normalize():f} "
        "hours; cost with supervision, without contingency and margin. Change a day and the workbook follows.",
        styles.subtitle(),
    )
    sheet.set_row(HEAD_ROW, 38)
    numeric = range(ShotColumn.AI, places.cost_column + 4)
    for column, (head, width) in enumerate(heads):
        sheet.set_column(column, column, width)
        sheet.write_string(HEAD_ROW, column, cell_text(head), styles.column_head(right=column in numeric))
    for number, shot in enumerate(bid.shots, 1):
        _write_shot(sheet, styles, places, number, shot)
    if places.has_whole_bid_row:
        _write_whole_bid(sheet, styles, places, len(heads))
    _write_totals(sheet, styles, places, len(heads))
    _hide_what_no_shot_has(sheet, places)
    _refuse_days_without_a_line(sheet, places)
    last = places.last_shot_row
    sheet.autofilter(HEAD_ROW, 0, last, len(heads) - 1)
    sheet.freeze_panes(FIRST_ROW, ShotColumn.DESCRIPTION)
    sheet.repeat_rows(HEAD_ROW)
    sheet.print_area(0, 0, last + 1, len(heads) - 2)
    sheet.ignore_errors({"number_stored_as_text": f"A1:{column_name(len(heads) - 1)}{last + 1}"})


def _write_shot(sheet: "Worksheet", styles: Styles, places: Places, number: int, shot: BidShot) -> None:
    row, text, wrapped = FIRST_ROW + number - 1, styles.text(), styles.text(text_wrap=True)
    sheet.set_row(row, max(row_points(shot.description, 26), row_points("; ".join(shot.flags), 26)))
    sheet.write_number(row, ShotColumn.NUMBER, number, styles.number(SHOT_NUMBER))
    for column, words, style in (
        (ShotColumn.SEQUENCE, shot.sequence or NO_SEQUENCE, text),
        (ShotColumn.CODE, shot.code, styles.text(bold=True)),
        (ShotColumn.DESCRIPTION, shot.description, wrapped),
        (ShotColumn.KIND, shot.kind.value.replace("_", " "), text),
        (ShotColumn.COMPLEXITY, shot.complexity.value, text),
        (ShotColumn.WORKFLOW, shot.workflow.label, text),
    ):
        sheet.write_string(row, column, cell_text(words), style)
    sheet.write_number(row, ShotColumn.AI, shot.ai_probability, styles.number(WHOLE_SHARE))
    sheet.write_number(row, ShotColumn.CUT, shot.cut_frames, styles.number(COUNT))
    sheet.write_number(row, ShotColumn.HANDLES, shot.handle_frames, styles.number(COUNT))
    cut, handles = column_name(ShotColumn.CUT), column_name(ShotColumn.HANDLES)
    work_frames = shot.cut_frames + 2 * shot.handle_frames
    sheet.write_formula(
        row, ShotColumn.WORK, f"={cut}{row + 1}+2*{handles}{row + 1}", styles.number(COUNT), work_frames
    )
    _write_days(sheet, styles, places, row, number)
    _write_cost(sheet, styles, places, row, number)
    hours, after_cost = shot.people_hours, places.cost_column + 1
    for offset, value in enumerate((hours.p10, hours.p50, hours.p90)):
        sheet.write_number(row, after_cost + offset, value, styles.number(HOURS))
    sheet.write_string(row, after_cost + 3, cell_text(shot.vendor or ""), text)
    if shot.due_on and shot.due_on.year >= _FIRST_YEAR:
        sheet.write_datetime(row, after_cost + 4, shot.due_on, styles.text(num_format=DAY, align="left"))
    else:
        sheet.write_blank(row, after_cost + 4, None, text)
    sheet.write_string(row, after_cost + 5, _BASIS_WORDS[shot.basis], text)
    sheet.write_string(row, after_cost + 6, cell_text("; ".join(shot.flags)), wrapped)
    reasons = "; ".join((*((shot.why_workflow,) if shot.why_workflow else ()), *shot.drivers))
    sheet.write_string(row, after_cost + 7, cell_text(reasons), text)


def _write_days(sheet: "Worksheet", styles: Styles, places: Places, row: int, number: int) -> None:
    for department in places.plan.departments:
        days, column = places.plan.days.get((number, department)), places.day_column(department)
        if days is None:
            # No line takes these days: a number typed in here would be priced nowhere, so the cell asks for none.
            sheet.write_blank(row, column, None, styles.text())
        else:
            sheet.write_number(row, column, float(days), styles.typed_in(DAYS))
    first, last = column_name(ShotColumn.FIRST_DEPARTMENT), column_name(places.days_column - 1)
    total = sum((places.plan.days.get((number, each), 0) for each in places.plan.departments), 0)
    formula = f"=SUM({first}{row + 1}:{last}{row + 1})" if places.plan.departments else "=0"
    sheet.write_formula(row, places.days_column, formula, styles.number(DAYS, bold=True), float(total))


def _hide_what_no_shot_has(sheet: "Worksheet", places: Places) -> None:
    """Columns that would be empty take width from those that are printed."""
    shots, after_cost = places.bid.shots, places.cost_column + 1
    for column, is_used in (
        (ShotColumn.DESCRIPTION, any(shot.description for shot in shots)),
        (after_cost + 3, any(shot.vendor for shot in shots)),
        (after_cost + 4, any(shot.due_on for shot in shots)),
        (after_cost + 6, any(shot.flags for shot in shots)),
    ):
        if not is_used:
            sheet.set_column(column, column, None, None, {"hidden": True})


def _refuse_days_without_a_line(sheet: "Worksheet", places: Places) -> None:
    """Days typed in where the bid has no line for them would be counted and priced nowhere."""
    if not places.plan.departments:
        return
    first = column_name(ShotColumn.FIRST_DEPARTMENT)
    numbers, departments = places.lines(LineColumn.NUMBER), places.lines(LineColumn.DEPARTMENT)
    has_line = f"({numbers}=$A{FIRST_ROW + 1})*({departments}={first}${HEAD_ROW + 1})"
    sheet.data_validation(
        FIRST_ROW,
        ShotColumn.FIRST_DEPARTMENT,
        places.last_shot_row,
        places.days_column - 1,
        {
            "validate": "custom",
            "value": f"=AND(ISNUMBER({first}{FIRST_ROW + 1}),SUMPRODUCT({has_line})>0)",
            "error_title": "Not priced",
            "error_message": "This shot has no line in this department, so the days would cost nothing. Days can be "
            "changed where there is a number; for others, make a new version of the bid.",
        },
    )


def _write_cost(sheet: "Worksheet", styles: Styles, places: Places, row: int, number: int) -> None:
    numbers, amounts = places.lines(LineColumn.NUMBER), places.lines(LineColumn.AMOUNT)
    total = f"SUMIFS({amounts},{numbers},$A{row + 1})"
    if places.plan.missing_count:
        total = f'IF(COUNTIFS({numbers},$A{row + 1},{amounts},"{NO_PRICE}")>0,"{NO_PRICE}",{total})'
    amount = shown(places.amount_of(number))
    sheet.write_formula(row, places.cost_column, f"={total}", styles.number(MONEY, bold=True), amount)


def _write_whole_bid(sheet: "Worksheet", styles: Styles, places: Places, column_count: int) -> None:
    row = places.last_shot_row
    for column in range(column_count):
        sheet.write_blank(row, column, None, styles.text())
    sheet.write_number(row, ShotColumn.NUMBER, WHOLE_BID, styles.number(SHOT_NUMBER))
    sheet.write_string(row, ShotColumn.CODE, "The whole bid", styles.text(bold=True))
    sheet.write_string(row, ShotColumn.DESCRIPTION, "What is of no single shot", styles.text(text_wrap=True))
    _write_days(sheet, styles, places, row, WHOLE_BID)
    _write_cost(sheet, styles, places, row, WHOLE_BID)


def _write_totals(sheet: "Worksheet", styles: Styles, places: Places, column_count: int) -> None:
    bid, row = places.bid, places.last_shot_row + 1
    for column in range(column_count):
        sheet.write_blank(row, column, None, styles.total())
    sheet.write_string(row, ShotColumn.CODE, "Total", styles.total())

    def total(column: int, num_format: str, value: float | str, guard: bool = False) -> None:
        name = column_name(column)
        formula = f"SUM({name}{FIRST_ROW + 1}:{name}{places.last_shot_row + 1})"
        formula = places.priced(formula) if guard else f"={formula}"
        sheet.write_formula(row, column, formula, styles.total(num_format), value)

    total(ShotColumn.CUT, COUNT, sum(shot.cut_frames for shot in bid.shots))
    total(ShotColumn.WORK, COUNT, sum(shot.cut_frames + 2 * shot.handle_frames for shot in bid.shots))
    for department in places.plan.departments:
        days = sum((each for (_, name), each in places.plan.days.items() if name == department), 0)
        total(places.day_column(department), DAYS, float(days))
    total(places.days_column, DAYS, float(sum(places.plan.days.values(), 0)))
    total(places.cost_column, MONEY, shown(places.base_amount), guard=True)
