"""The sheet Lines: every line of the bid with its account, worked out from days on Shots and prices on Rates."""

from typing import TYPE_CHECKING

from analytics.bidding.documents.bid_words import KIND_WORDS
from analytics.bidding.documents.cell_text import cell_text
from analytics.bidding.documents.line_plan import (
    CONTINGENT,
    DIRECT,
    SUPERVISING,
    WHOLE_BID,
    Base,
    PlannedLine,
    Scope,
    department_of,
)
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
from analytics.bidding.documents.workbook_styles import DAYS, MONEY, PRICE, SHARE, SHOT_NUMBER, WHOLE_SHARE, Styles

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

UNIT_WORDS = {"person_day": "person-day", "lump": "", "share": "of the price"}
_WIDTHS = (5, 18, 12, 12, 11, 30, 16, 9, 8, 10, 11, 14, 14, 9, 18, 34, 10)
_RIGHT = (LineColumn.DAY_SHARE, LineColumn.QUANTITY, LineColumn.PRICE, LineColumn.AMOUNT)


def write_lines(sheet: "Worksheet", styles: Styles, places: Places) -> None:
    """Write all lines; what follows from other cells is locked, because sorting it would run sums in a circle."""
    currency = places.bid.currency
    heads = (
        "#", "Shot", "Kind", "Department", "Workflow", "Description", "Vendor", "Territory", "Share of days",
        "Quantity", "Unit", f"Unit price, {currency}", f"Amount, {currency}", "Account", "Resource",
        "Source of the price", "Origin",
    )  # fmt: skip
    sheet.write_string(0, 0, "Lines", styles.title())
    sheet.write_string(
        1,
        0,
        "Every line with its account. Worked out from the days on Shots and the prices on Rates: change them there.",
        styles.subtitle(),
    )
    sheet.set_row(0, 24)
    sheet.set_row(HEAD_ROW, 26)
    for column, head in enumerate(heads):
        sheet.set_column(column, column, _WIDTHS[column])
        sheet.write_string(HEAD_ROW, column, head, styles.column_head(right=column in _RIGHT))
    for position, planned in enumerate(places.plan.lines):
        _write_line(sheet, styles, places, FIRST_ROW + position, planned)
    last = FIRST_ROW + max(1, len(places.plan.lines)) - 1
    sheet.autofilter(HEAD_ROW, 0, last, len(heads) - 1)
    sheet.freeze_panes(FIRST_ROW, 2)
    sheet.repeat_rows(HEAD_ROW)
    sheet.print_area(0, 0, last, len(heads) - 1)
    sheet.ignore_errors({"formula_differs": f"A1:Q{last + 1}", "number_stored_as_text": f"A1:Q{last + 1}"})
    sheet.protect("", {"autofilter": True, "format_columns": True, "format_rows": True})


def _write_line(sheet: "Worksheet", styles: Styles, places: Places, row: int, planned: PlannedLine) -> None:
    line, text = planned.line, styles.text()
    sheet.write_number(row, LineColumn.NUMBER, planned.shot_number, styles.number(SHOT_NUMBER))
    for column, words in (
        (LineColumn.SHOT, line.shot_code or ""),
        (LineColumn.KIND, KIND_WORDS[line.kind]),
        (LineColumn.DEPARTMENT, department_of(line) if planned.is_days else line.department or ""),
        (LineColumn.WORKFLOW, line.workflow.label if line.workflow else ""),
        (LineColumn.DESCRIPTION, line.description),
        (LineColumn.VENDOR, line.vendor or ""),
        (LineColumn.TERRITORY, line.territory or ""),
        (LineColumn.UNIT, _unit_words(planned)),
        (LineColumn.ACCOUNT, line.account_code),
        (LineColumn.RESOURCE, line.resource),
        (LineColumn.SOURCE, line.rate_source),
        (LineColumn.ORIGIN, str(line.origin)),
    ):
        sheet.write_string(row, column, cell_text(words), text)
    if planned.day_share is None:
        sheet.write_blank(row, LineColumn.DAY_SHARE, None, text)
    else:
        sheet.write_number(row, LineColumn.DAY_SHARE, planned.day_share, styles.typed_in(WHOLE_SHARE))
    _write_quantity(sheet, styles, places, row, planned)
    _write_price(sheet, styles, places, row, planned)
    _write_amount(sheet, styles, row, planned)


def _unit_words(planned: PlannedLine) -> str:
    return "share" if planned.level > DIRECT else UNIT_WORDS.get(planned.line.unit, planned.line.unit)


def _write_quantity(sheet: "Worksheet", styles: Styles, places: Places, row: int, planned: PlannedLine) -> None:
    line = planned.line
    if planned.day_share is not None:
        goes_by = places.day_column(department_of(line)) if planned.is_days or line.department else places.days_column
        cell = f"INDEX({places.shots(goes_by)},MATCH($A{row + 1},{places.shots(ShotColumn.NUMBER)},0))"
        formula = f"=ROUND({cell}*{column_name(LineColumn.DAY_SHARE)}{row + 1},4)"
        sheet.write_formula(row, LineColumn.QUANTITY, formula, styles.number(DAYS), float(line.quantity))
    elif planned.share is not None:
        share = planned.share.share
        cell = places.share(planned.share)
        formula = f'=IF(ISNUMBER({cell}),{cell},"{NO_PRICE}")'
        sheet.write_formula(row, LineColumn.QUANTITY, formula, styles.number(SHARE), shown(share))
    else:
        sheet.write_number(row, LineColumn.QUANTITY, float(line.quantity), styles.typed_in(DAYS))


def _write_price(sheet: "Worksheet", styles: Styles, places: Places, row: int, planned: PlannedLine) -> None:
    line, column = planned.line, LineColumn.PRICE
    if planned.rate is not None:
        cell = places.rate(planned.rate)
        formula = f'=IF(ISNUMBER({cell}),{cell},"{NO_PRICE}")'
        sheet.write_formula(row, column, formula, styles.number(PRICE), shown(line.unit_price))
    elif planned.scope is not None:
        base = _base_amount(places, planned)
        sheet.write_formula(row, column, _base_formula(places, row, planned), styles.number(MONEY), base)
    elif planned.share is not None and line.base_amount is not None:
        sheet.write_number(row, column, float(line.base_amount), styles.typed_in(MONEY))
    elif line.unit_price is not None:
        sheet.write_number(row, column, float(line.unit_price), styles.typed_in(PRICE))
    else:
        sheet.write_blank(row, column, None, styles.to_fill_in(MONEY))


def _base_amount(places: Places, planned: PlannedLine) -> float | str:
    if planned.level < CONTINGENT:
        return shown(planned.line.base_amount)
    below = [each.line.amount for each in places.plan.lines if each.level < planned.level]
    return NO_PRICE if None in below else float(sum(amount for amount in below if amount is not None))


def _base_formula(places: Places, row: int, planned: PlannedLine) -> str:
    """The sum of those lines above that the share is taken of."""
    scope, count = planned.scope, places.plan.count_below(planned.level)
    assert scope is not None
    amounts = places.lines(LineColumn.AMOUNT, count)
    if count == 0:
        return "=0"
    if scope == Scope(Base()):
        return places.priced(f"SUM({amounts})")
    kinds = [KIND_WORDS[kind] for kind in scope.base.kinds]
    numbers, own = places.lines(LineColumn.NUMBER, count), f"$A{row + 1}"
    if not set(scope.same) & {"department", "vendor", "territory"}:
        conditions = "".join(
            f",{places.lines(column, count)},${column_name(column)}{row + 1}"
            for column in (_COLUMN_OF[field] for field in scope.same)
        )
        if not scope.base.supervising:
            departments = places.lines(LineColumn.DEPARTMENT, count)
            conditions += "".join(f',{departments},"<>{each}"' for each in SUPERVISING)
        of_kinds = [f',{places.lines(LineColumn.KIND, count)},"{kind}"' for kind in kinds] or [""]
        total = "+".join(f"SUMIFS({amounts}{conditions}{of_kind})" for of_kind in of_kinds)
    else:
        # Names of vendors and departments are a studio's own: SUMIFS would take a ">" or "*" in them for a command.
        same = [
            f"({places.lines(column, count)}=${column_name(column)}{row + 1})"
            for column in (_COLUMN_OF[field] for field in scope.same)
        ]
        if not scope.base.supervising:
            same += [f'({places.lines(LineColumn.DEPARTMENT, count)}<>"{each}")' for each in SUPERVISING]
        if kinds:
            column = places.lines(LineColumn.KIND, count)
            same.append("(" + "+".join(f'({column}="{kind}")' for kind in kinds) + ")")
        total = f"SUMPRODUCT({'*'.join(same)}{'*1' if len(same) == 1 else ''},{amounts})"
    if planned.shot_number == WHOLE_BID or not places.plan.missing_count:
        return places.priced(total) if planned.shot_number == WHOLE_BID else f"={total}"
    return f'=IF(COUNTIFS({numbers},{own},{amounts},"{NO_PRICE}")>0,"{NO_PRICE}",{total})'


_COLUMN_OF = {
    "shot_code": LineColumn.NUMBER,
    "workflow": LineColumn.WORKFLOW,
    "department": LineColumn.DEPARTMENT,
    "vendor": LineColumn.VENDOR,
    "territory": LineColumn.TERRITORY,
}


def _write_amount(sheet: "Worksheet", styles: Styles, row: int, planned: PlannedLine) -> None:
    amount = planned.line.amount
    if not planned.follows and amount is not None:
        sheet.write_number(row, LineColumn.AMOUNT, float(amount), styles.typed_in(MONEY))
        return
    quantity, price = (f"{column_name(column)}{row + 1}" for column in (LineColumn.QUANTITY, LineColumn.PRICE))
    rounded = f"ROUND({quantity}*{price},2)"
    if planned.half_to_even:
        # Half a cent goes to the even cent in a bid, as banks have it; a sheet's ROUND takes it away from zero.
        rounded += f"-0.01*(MOD(ROUND({quantity}*{price}*1000,3),20)=5)"
    formula = f'=IF(AND(ISNUMBER({quantity}),ISNUMBER({price})),{rounded},"{NO_PRICE}")'
    sheet.write_formula(row, LineColumn.AMOUNT, formula, styles.number(MONEY), shown(amount))
