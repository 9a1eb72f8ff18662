"""The sheets that are read, not reckoned with: assumptions and exclusions, incentives, changes."""

from decimal import Decimal
from typing import TYPE_CHECKING

from analytics.bidding.documents.cell_text import cell_text
from analytics.bidding.documents.workbook_places import FIRST_ROW, HEAD_ROW, Places
from analytics.bidding.documents.workbook_styles import COUNT, DAY, MONEY, Styles, row_points

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet


def write_assumptions(sheet: "Worksheet", styles: Styles, places: Places) -> None:
    """What the bid takes for granted, what it leaves out, and what to know before it is sent."""
    bid = places.bid
    _title(sheet, styles, "Assumptions", "What this bid takes for granted and what it leaves out.")
    sheet.set_column(0, 0, 4)
    sheet.set_column(1, 1, 104)
    row = 3
    for heading, sentences in (
        ("Taken for granted", bid.assumptions),
        ("Not in this bid", bid.exclusions),
        ("To know", bid.warnings),
    ):
        if not sentences:
            continue
        sheet.set_row(row, 20)
        sheet.write_string(row, 0, heading, styles.heading())
        sheet.write_blank(row, 1, None, styles.heading())
        row += 1
        for number, words in enumerate(sentences, 1):
            sheet.set_row(row, row_points(words, 104))
            sheet.write_number(row, 0, number, styles.number(COUNT))
            sheet.write_string(row, 1, cell_text(words), styles.text(text_wrap=True))
            row += 1
        row += 1
    sheet.print_area(0, 0, row, 1)


def write_incentives(sheet: "Worksheet", styles: Styles, places: Places) -> None:
    """What each rule of each programme gives, as a negative amount."""
    bid = places.bid
    _title(
        sheet,
        styles,
        "Incentives",
        "As worked out for this version: programmes' rules are no formulas here, so an edit does not change them. "
        "No tax advice.",
    )
    heads = (("Programme", 30), ("Rule", 26), (f"Amount, {bid.currency}", 17), ("How", 70))
    _heads(sheet, styles, heads, {2})
    row = FIRST_ROW
    for each in bid.incentives:
        sheet.set_row(row, row_points(each.words, 70))
        sheet.write_string(row, 0, cell_text(each.programme), styles.text(bold=True, text_wrap=True))
        sheet.write_string(row, 1, cell_text(each.rule), styles.text(text_wrap=True))
        sheet.write_number(row, 2, float(each.amount), styles.number(MONEY))
        sheet.write_string(row, 3, cell_text(each.words), styles.text(text_wrap=True))
        row += 1
    total = sum((each.amount for each in bid.incentives), Decimal(0))
    for column in (1, 3):
        sheet.write_blank(row, column, None, styles.total())
    sheet.write_string(row, 0, "Total", styles.total())
    sheet.write_formula(row, 2, f"=SUM(C{FIRST_ROW + 1}:C{row})", styles.total(MONEY), float(total))
    sheet.print_area(0, 0, row, 3)


def write_changes(sheet: "Worksheet", styles: Styles, places: Places) -> None:
    """Change orders after award, each with what it adds or takes away."""
    bid = places.bid
    _title(sheet, styles, "Changes", "After award. They are in the figures of this version.")
    heads = (("No.", 6), ("Day", 13), ("Reason", 44), ("Shots", 44), (f"Gross, {bid.currency}", 16),
             (f"Net, {bid.currency}", 16))  # fmt: skip
    _heads(sheet, styles, heads, {0, 4, 5})
    row = FIRST_ROW
    for order in bid.change_orders:
        shots = "; ".join(
            f"{word}: {', '.join(codes)}"
            for word, codes in (("new", order.added), ("omitted", order.omitted), ("changed", order.changed))
            if codes
        )
        sheet.set_row(row, max(row_points(shots, 44), row_points(order.reason, 44)))
        sheet.write_number(row, 0, order.number, styles.number(COUNT))
        sheet.write_datetime(row, 1, order.made_on, styles.text(num_format=DAY, align="left"))
        sheet.write_string(row, 2, cell_text(order.reason), styles.text(text_wrap=True))
        sheet.write_string(row, 3, cell_text(shots), styles.text(text_wrap=True))
        sheet.write_number(row, 4, float(order.gross), styles.number(MONEY))
        sheet.write_number(row, 5, float(order.net), styles.number(MONEY))
        row += 1
    for column in range(4):
        sheet.write_blank(row, column, None, styles.total())
    sheet.write_string(row, 2, "Total", styles.total())
    for column, amounts in (
        (4, [each.gross for each in bid.change_orders]),
        (5, [each.net for each in bid.change_orders]),
    ):
        name = "EF"[column - 4]
        formula = f"=SUM({name}{FIRST_ROW + 1}:{name}{row})"
        sheet.write_formula(row, column, formula, styles.total(MONEY), float(sum(amounts, Decimal(0))))
    sheet.print_area(0, 0, row, 5)


def _title(sheet: "Worksheet", styles: Styles, title: str, subtitle: str) -> None:
    sheet.set_row(0, 24)
    sheet.write_string(0, 0, title, styles.title())
    sheet.write_string(1, 0, subtitle, styles.subtitle())


def _heads(sheet: "Worksheet", styles: Styles, heads: tuple[tuple[str, int], ...], right: set[int]) -> None:
    sheet.set_row(HEAD_ROW, 20)
    for column, (head, width) in enumerate(heads):
        sheet.set_column(column, column, width)
        sheet.write_string(HEAD_ROW, column, head, styles.column_head(right=column in right))
    sheet.freeze_panes(FIRST_ROW, 0)
    sheet.repeat_rows(HEAD_ROW)
