"""The sheets Departments and Sequences: the same shots and lines, summed the two ways that a producer asks for."""

from decimal import Decimal
from typing import TYPE_CHECKING

from analytics.bidding.documents.bid_words import HOURS_PER_WEEK, KIND_WORDS
from analytics.bidding.documents.cell_text import cell_text
from analytics.bidding.documents.line_plan import DAY_KINDS
from analytics.bidding.documents.shots_sheet import NO_SEQUENCE
from analytics.bidding.documents.workbook_places import (
    FIRST_ROW,
    HEAD_ROW,
    LineColumn,
    Places,
    ShotColumn,
    column_name,
    shown,
    sum_or_none,
)
from analytics.bidding.documents.workbook_styles import COUNT, DAYS, HOURS, MONEY, TENTH_SHARE, Styles

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

DEPARTMENT_COST_COLUMN = 7


def write_departments(sheet: "Worksheet", styles: Styles, places: Places) -> None:
    """Days, hours with their range and cost of each department, people's time only."""
    bid, plan = places.bid, places.plan
    heads = (("Department", 20), ("Person-days", 13), ("Artist-weeks", 13), ("Hours, 1 in 10 below", 12),
             ("Hours, middle", 12), ("Hours, 9 in 10 below", 12), (f"Mean day, {bid.currency}", 13),
             (f"Cost, {bid.currency}", 16), ("Share", 9))  # fmt: skip
    _begin(
        sheet,
        styles,
        "Departments",
        "People's time over all shots. Days and cost follow the other sheets; the range of hours is this version's.",
        heads,
        1,
    )
    ranges = {each.department: each.people_hours for each in bid.departments}
    for row, department in enumerate(plan.departments, FIRST_ROW):
        days = sum((each for (_, name), each in plan.days.items() if name == department), Decimal(0))
        amount, own = places.people_amount(department), row + 1
        sheet.write_string(row, 0, cell_text(department), styles.text(bold=True))
        column = places.shots(places.day_column(department))
        sheet.write_formula(row, 1, f"=SUM({column})", styles.number(DAYS), float(days))
        hours_per_day = float(bid.hours_per_person_day)
        weeks = f"=B{own}*{hours_per_day:g}/{HOURS_PER_WEEK}"
        sheet.write_formula(row, 2, weeks, styles.number(HOURS), float(days) * hours_per_day / HOURS_PER_WEEK)
        hours = ranges.get(department)
        for offset, value in enumerate((hours.p10, hours.p50, hours.p90) if hours else ()):
            sheet.write_number(row, 3 + offset, value, styles.number(HOURS))
        if hours is None:
            for offset in range(3):
                sheet.write_blank(row, 3 + offset, None, styles.text())
        mean = f'=IFERROR(H{own}/B{own},"")'
        sheet.write_formula(
            row, 6, mean, styles.number(MONEY), float(amount / days) if amount is not None and days else ""
        )
        sheet.write_formula(row, 7, _people_formula(places, own), styles.number(MONEY), shown(amount))
        _share(sheet, styles, places, row, FIRST_ROW + len(plan.departments), amount)
    _department_totals(sheet, styles, places)


def _people_formula(places: Places, own: int) -> str:
    """Day lines of a department, without what only goes by them; no sum where one of them has no price."""
    same = (
        f'({places.lines(LineColumn.DEPARTMENT)}=$A{own})*({places.lines(LineColumn.UNIT)}="person-day")*('
        + "+".join(f'({places.lines(LineColumn.KIND)}="{KIND_WORDS[kind]}")' for kind in DAY_KINDS)
        + ")"
    )
    total = f"SUMPRODUCT({same},{places.lines(LineColumn.AMOUNT)})"
    if not places.plan.missing_count:
        return f"={total}"
    return f'=IF(SUMPRODUCT({same},--ISTEXT({places.lines(LineColumn.AMOUNT)}))>0,"no price",{total})'


def _share(
    sheet: "Worksheet", styles: Styles, places: Places, row: int, total_row: int, amount: Decimal | None
) -> None:
    whole = sum_or_none([places.people_amount(each) for each in places.plan.departments])
    formula = f'=IFERROR(H{row + 1}/H${total_row + 1},"")'
    value = float(amount / whole) if amount is not None and whole else ""
    sheet.write_formula(row, 8, formula, styles.number(TENTH_SHARE), value)


def _department_totals(sheet: "Worksheet", styles: Styles, places: Places) -> None:
    plan, bid = places.plan, places.bid
    row, last = FIRST_ROW + len(plan.departments), FIRST_ROW + len(plan.departments)
    days = sum(plan.days.values(), Decimal(0))
    weeks = float(days * bid.hours_per_person_day / HOURS_PER_WEEK)
    for column in range(9):
        sheet.write_blank(row, column, None, styles.total())
    sheet.write_string(row, 0, "All departments", styles.total())
    if not plan.departments:
        return
    sheet.write_formula(row, 1, f"=SUM(B{FIRST_ROW + 1}:B{last})", styles.total(DAYS), float(days))
    sheet.write_formula(row, 2, f"=SUM(C{FIRST_ROW + 1}:C{last})", styles.total(HOURS), weeks)
    hours = bid.people_hours
    for offset, value in enumerate((hours.p10, hours.p50, hours.p90)):
        # Simulated as a whole: percentiles of departments do not add up to those of all.
        sheet.write_number(row, 3 + offset, value, styles.total(HOURS))
    amount = sum_or_none([places.people_amount(each) for each in plan.departments])
    total = places.priced(f"SUM(H{FIRST_ROW + 1}:H{last})")
    sheet.write_formula(row, 7, total, styles.total(MONEY), shown(None if plan.missing_count else amount))
    sheet.print_area(0, 0, row, 8)


def write_sequences(sheet: "Worksheet", styles: Styles, places: Places) -> None:
    """Shots, frames, days and cost of each sequence, and what is of no single shot."""
    bid = places.bid
    heads = (("Sequence", 22), ("Shots", 9), ("Cut frames", 12), ("By AI", 9), ("Person-days", 14),
             (f"Cost, {bid.currency}", 17), ("Share", 10))  # fmt: skip
    _begin(sheet, styles, "Sequences", "Cost with supervision, without contingency and margin.", heads, 1)
    names = list(dict.fromkeys(shot.sequence or NO_SEQUENCE for shot in bid.shots))
    total_row = FIRST_ROW + len(names) + places.has_whole_bid_row
    sequences = places.shots(ShotColumn.SEQUENCE)
    for row, name in enumerate(names, FIRST_ROW):
        own = row + 1
        of_this = [(number, shot) for number, shot in enumerate(bid.shots, 1) if (shot.sequence or NO_SEQUENCE) == name]
        numbers = {number for number, _ in of_this}
        same = f"({sequences}=$A{own})*1"
        sheet.write_string(row, 0, cell_text(name), styles.text(bold=True))
        sheet.write_formula(row, 1, f"=SUMPRODUCT({same})", styles.number(COUNT), len(of_this))
        cut_frames = sum(shot.cut_frames for _, shot in of_this)
        sheet.write_formula(
            row, 2, f"=SUMPRODUCT({same},{places.shots(ShotColumn.CUT)})", styles.number(COUNT), cut_frames
        )
        by_ai = sum(shot.ai_probability for _, shot in of_this)
        sheet.write_formula(row, 3, f"=SUMPRODUCT({same},{places.shots(ShotColumn.AI)})", styles.number("0.0"), by_ai)
        days = sum((each for (number, _), each in places.plan.days.items() if number in numbers), Decimal(0))
        sheet.write_formula(
            row, 4, f"=SUMPRODUCT({same},{places.shots(places.days_column)})", styles.number(DAYS), float(days)
        )
        amount = sum_or_none([places.amount_of(number) for number, _ in of_this])
        cost = places.shots(places.cost_column)
        formula = f"SUMPRODUCT({same},{cost})"
        if places.plan.missing_count:
            formula = f'IF(SUMPRODUCT({same},--ISTEXT({cost}))>0,"no price",{formula})'
        sheet.write_formula(row, 5, f"={formula}", styles.number(MONEY), shown(amount))
        _sequence_share(sheet, styles, places, row, total_row, amount)
    if places.has_whole_bid_row:
        _whole_bid(sheet, styles, places, total_row)
    _sequence_totals(sheet, styles, places, total_row)


def _whole_bid(sheet: "Worksheet", styles: Styles, places: Places, total_row: int) -> None:
    row, shots_row = total_row - 1, places.last_shot_row + 1
    days = sum((each for (number, _), each in places.plan.days.items() if number == 0), Decimal(0))
    for column in range(7):
        sheet.write_blank(row, column, None, styles.text())
    sheet.write_string(row, 0, "The whole bid", styles.text(bold=True))
    sheet.write_formula(
        row, 4, f"=Shots!{column_name(places.days_column)}{shots_row}", styles.number(DAYS), float(days)
    )
    amount = places.amount_of(0)
    formula = f"=Shots!{column_name(places.cost_column)}{shots_row}"
    sheet.write_formula(row, 5, formula, styles.number(MONEY), shown(amount))
    _sequence_share(sheet, styles, places, row, total_row, amount)


def _sequence_share(
    sheet: "Worksheet", styles: Styles, places: Places, row: int, total_row: int, amount: Decimal | None
) -> None:
    whole = places.base_amount
    formula = f'=IFERROR(F{row + 1}/F${total_row + 1},"")'
    value = float(amount / whole) if amount is not None and whole else ""
    sheet.write_formula(row, 6, formula, styles.number(TENTH_SHARE), value)


def _sequence_totals(sheet: "Worksheet", styles: Styles, places: Places, row: int) -> None:
    bid = places.bid
    for column in range(7):
        sheet.write_blank(row, column, None, styles.total())
    sheet.write_string(row, 0, "Total", styles.total())
    values = (
        (1, COUNT, len(bid.shots)),
        (2, COUNT, sum(shot.cut_frames for shot in bid.shots)),
        (3, "0.0", sum(shot.ai_probability for shot in bid.shots)),
        (4, DAYS, float(sum(places.plan.days.values(), Decimal(0)))),
    )
    for column, num_format, value in values:
        name = column_name(column)
        sheet.write_formula(row, column, f"=SUM({name}{FIRST_ROW + 1}:{name}{row})", styles.total(num_format), value)
    total = places.priced(f"SUM(F{FIRST_ROW + 1}:F{row})")
    sheet.write_formula(row, 5, total, styles.total(MONEY), shown(places.base_amount))
    sheet.print_area(0, 0, row, 6)


def _begin(
    sheet: "Worksheet", styles: Styles, title: str, subtitle: str, heads: tuple[tuple[str, int], ...], first_number: int
) -> None:
    sheet.set_row(0, 24)
    sheet.write_string(0, 0, title, styles.title())
    sheet.write_string(1, 0, subtitle, styles.subtitle())
    sheet.set_row(HEAD_ROW, 26)
    for column, (head, width) in enumerate(heads):
        sheet.set_column(column, column, width)
        sheet.write_string(HEAD_ROW, column, head, styles.column_head(right=column >= first_number))
    sheet.freeze_panes(FIRST_ROW, 1)
    sheet.repeat_rows(HEAD_ROW)
