"""The sheet Summary: what the bid comes to, how sure that is, what it is made of and what it rests on, on one page."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from analytics.bidding.documents.bid_words import (
    HOURS_PER_WEEK,
    KIND_WORDS,
    confidence_words,
    ground_words,
    headline,
    made_up_words,
    state_words,
)
from analytics.bidding.documents.cell_text import cell_text
from analytics.bidding.documents.contract_json import unpriced_words
from analytics.bidding.documents.sums_sheets import DEPARTMENT_COST_COLUMN
from analytics.bidding.documents.workbook_places import (
    DEPARTMENTS,
    FIRST_ROW,
    INCENTIVES,
    LINES,
    NO_PRICE,
    LineColumn,
    Places,
    ShotColumn,
    column_name,
    shown,
)
from analytics.bidding.documents.workbook_styles import (
    BARS,
    COUNT,
    DAYS,
    HOURS,
    INK,
    MONEY,
    MUTED,
    TENTH_SHARE,
    TO_FILL_IN,
    Styles,
    row_points,
)
from analytics.vocabulary.bid import Amounts, Hours, LineKind
from analytics.vocabulary.workflow import Workflow

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_LAST_COLUMN = 4
_WIDTH = 104
_WARNINGS_ON_ONE_PAGE = 8
_BASE_KINDS = [kind for kind in LineKind if kind not in (LineKind.CONTINGENCY, LineKind.MARGIN)]


@dataclass
class _Page:
    """The sheet with the row that is written next."""

    workbook: "Workbook"
    sheet: "Worksheet"
    styles: Styles
    places: Places
    row: int = 0

    def heading(self, *heads: str) -> None:
        """Of a part, over its columns."""
        self.sheet.set_row(self.row, 20)
        for column in range(_LAST_COLUMN + 1):
            words = heads[column] if column < len(heads) else ""
            style = self.styles.heading() if column == 0 else self.styles.style(
                bold=True, align="right", valign="vcenter", bottom=2, bottom_color=INK, font_color=MUTED
            )  # fmt: skip
            self.sheet.write_string(self.row, column, words, style)
        self.row += 1

    def sentence(self, words: str, **properties: object) -> None:
        """Across the page, wrapped."""
        self.sheet.set_row(self.row, row_points(words, _WIDTH))
        style = self.styles.style(text_wrap=True, **properties)
        self.sheet.merge_range(self.row, 0, self.row, _LAST_COLUMN, "", style)
        self.sheet.write_string(self.row, 0, cell_text(words), style)
        self.row += 1

    def label(self, words: str, *, total: bool = False) -> None:
        """At the left of a row, with the row's other cells empty."""
        style = self.styles.total() if total else self.styles.text()
        for column in range(1, _LAST_COLUMN + 1):
            self.sheet.write_blank(self.row, column, None, style)
        self.sheet.write_string(self.row, 0, words, style)

    def formula(self, column: int, formula: str, value: float | str, num_format: str, *, total: bool = False) -> None:
        """In this row."""
        style = self.styles.total(num_format) if total else self.styles.number(num_format)
        self.sheet.write_formula(self.row, column, formula, style, value)


def write_summary(workbook: "Workbook", sheet: "Worksheet", styles: Styles, places: Places) -> None:
    """Write the page; the gross, its parts and the workflows follow what is edited on the other sheets."""
    bid = places.bid
    page = _Page(workbook, sheet, styles, places)
    sheet.set_column(0, 0, 36)
    sheet.set_column(1, _LAST_COLUMN, 17)
    sheet.set_row(0, 28)
    sheet.write_string(0, 0, cell_text(bid.name), styles.style(font_size=18, bold=True, valign="vcenter"))
    sheet.write_string(1, 0, cell_text(f"{bid.production_name}: {state_words(bid)}"), styles.subtitle())
    sheet.write_string(2, 0, cell_text(f"Bid {bid.bid_id}. All amounts in {bid.currency}."), styles.subtitle())
    page.row = 4
    words = headline(bid)
    sheet.set_row(4, 15.5 * (1 + len(words) // 84) + 4)
    style = styles.style(font_size=12, bold=True, text_wrap=True, valign="vcenter")
    sheet.merge_range(4, 0, 4, _LAST_COLUMN, "", style)
    sheet.write_string(4, 0, words, style)
    if made_up_words(bid):
        sheet.write_string(3, 0, made_up_words(bid), styles.style(bold=True, bg_color=TO_FILL_IN))
    page.row = 6
    _what_it_comes_to(page)
    page.row += 1
    _how_it_is_made_up(page)
    page.row += 1
    _how_sure_it_is(page)
    page.row += 1
    _by_workflow(page)
    page.row += 1
    _chart(page)
    for heading, sentences in (
        ("What it rests on", ground_words(bid)),
        ("To know", (*bid.warnings, *unpriced_words(bid))),
        ("How to use this workbook", _HOW_TO_USE),
    ):
        if sentences:
            page.heading(heading)
            for each in sentences:
                page.sentence(each)
            page.row += 1
    sheet.print_area(0, 0, page.row - 1, _LAST_COLUMN)
    if len(bid.warnings) <= _WARNINGS_ON_ONE_PAGE:
        sheet.fit_to_pages(1, 1)


_HOW_TO_USE = (
    "Shaded figures are typed in: days on Shots, prices and shares on Rates. Change one and all sums follow; what "
    "stands on white is worked out. Ranges, incentives and all sentences are those of this version and do not follow.",
)


def _what_it_comes_to(page: _Page) -> None:
    """Vendors and others, gross, incentive and net: the split in which a studio reads costs."""
    places, totals = page.places, page.places.bid.totals
    page.heading("What it comes to", "Gross", "Tax incentive", "Net")
    total_row = page.row + 2
    gross = f"B{total_row + 1}"
    amounts, vendors = places.lines(LineColumn.AMOUNT), places.lines(LineColumn.VENDOR)
    bought = f'SUMPRODUCT(({vendors}<>"")*1,{amounts})'
    priced = totals.gross is not None
    vendor_incentive = totals.vendor_incentive
    if totals.incentive == 0 or totals.vendor == 0:
        vendor_incentive = Decimal("0.00")
    elif totals.non_vendor == 0:
        vendor_incentive = totals.incentive
    others = None if vendor_incentive is None or totals.incentive is None else totals.incentive - vendor_incentive
    of_vendors = f"IF(SUM({amounts})=0,0,ROUND({gross}*{bought}/SUM({amounts}),2))"
    for words, formula, part, incentive in (
        ("Vendors", of_vendors, totals.vendor, vendor_incentive),
        ("Not vendors", f"{gross}-B{page.row + 1}", totals.non_vendor, others),
    ):
        page.label(words)
        page.formula(1, places.priced(formula), shown(part), MONEY)
        if incentive is None:
            # A part's incentive that nobody told apart is not nothing: the cell says so, and there is no net.
            for column in (2, 3):
                page.sheet.write_string(page.row, column, "not told apart" if priced else "", page.styles.number(""))
        else:
            page.sheet.write_number(page.row, 2, float(incentive), page.styles.number(MONEY))
            net_of_part = None if part is None else part + incentive
            page.formula(3, places.priced(f"B{page.row + 1}+C{page.row + 1}"), shown(net_of_part), MONEY)
        page.row += 1
    page.label("Total", total=True)
    lines = places.lines(LineColumn.AMOUNT, len(places.plan.lines))
    page.formula(1, places.priced(f"SUM({lines})"), shown(totals.gross), MONEY, total=True)
    _total_incentive(page)
    net = places.priced(f'IF(ISNUMBER(C{page.row + 1}),B{page.row + 1}+C{page.row + 1},"{NO_PRICE}")')
    page.formula(3, net, shown(totals.net), MONEY, total=True)
    for name, letter in (("bid_gross", "B"), ("bid_incentive", "C"), ("bid_net", "D")):
        page.workbook.define_name(name, f"=Summary!${letter}${page.row + 1}")
    page.row += 1
    if totals.gross is not None:
        _against_the_version(page, totals.gross)


def _total_incentive(page: _Page) -> None:
    bid = page.places.bid
    incentive = bid.totals.incentive
    if incentive is not None and bid.incentives and incentive == sum(each.amount for each in bid.incentives):
        cell = f"={INCENTIVES}!$C${FIRST_ROW + len(bid.incentives) + 1}"
        page.formula(2, cell, float(incentive), MONEY, total=True)
    elif incentive is not None:
        page.sheet.write_number(page.row, 2, float(incentive), page.styles.total(MONEY))
    else:
        page.sheet.write_string(page.row, 2, "not known", page.styles.total(MONEY))


def _against_the_version(page: _Page, gross: Decimal) -> None:
    """Whether somebody has edited the workbook since: what was sent and what is on the screen must not be mistaken."""
    bid = page.places.bid
    style = page.styles.style(font_color=MUTED)
    words = f"Gross of version {bid.version_number} as written: {gross:,.2f} {bid.currency}. This workbook:"
    page.sheet.write_string(page.row, 0, words, style)
    cell = f"B{page.row}"
    formula = (
        f'=IF(NOT(ISNUMBER({cell})),"a price is missing",IF(ABS({cell}-{gross})<0.005,"unchanged",'
        f'"edited, "&TEXT({cell}-{gross},"+#,##0.00;-#,##0.00")))'
    )
    page.sheet.write_formula(page.row, 3, formula, page.styles.style(bold=True, align="right"), "unchanged")
    page.row += 1


def _how_it_is_made_up(page: _Page) -> None:
    places, bid = page.places, page.places.bid
    lines = [each.line for each in places.plan.lines]
    page.heading("How the gross is made up", bid.currency, "Share of gross")
    gross_row = page.row + sum(any(line.kind is kind for line in lines) for kind in LineKind) + 1
    gross_cell = f"B${gross_row + 1}"

    def row(words: str, formula: str, amount: Decimal | None, *, total: bool = False) -> None:
        page.label(words, total=total)
        page.formula(1, formula, shown(amount), MONEY, total=total)
        own = f"B{page.row + 1}"
        share = float(amount / bid.totals.gross) if amount is not None and bid.totals.gross else ""
        page.formula(2, f'=IFERROR({own}/{gross_cell},"")', share, TENTH_SHARE, total=total)
        page.row += 1

    kinds = places.lines(LineColumn.KIND)
    for kind in _BASE_KINDS:
        own = [line.amount for line in lines if line.kind is kind]
        if own:
            amount = None if None in own else sum((each for each in own if each is not None), Decimal(0))
            total = f'SUMIFS({places.lines(LineColumn.AMOUNT)},{kinds},"{KIND_WORDS[kind]}")'
            if places.plan.missing_count:
                numbers = places.lines(LineColumn.AMOUNT)
                total = f'IF(COUNTIFS({kinds},"{KIND_WORDS[kind]}",{numbers},"{NO_PRICE}")>0,"{NO_PRICE}",{total})'
            row(KIND_WORDS[kind], f"={total}", amount)
    row("Base", places.priced(f"SUM({places.lines(LineColumn.AMOUNT)})"), places.base_amount, total=True)
    page.workbook.define_name("bid_base", f"=Summary!$B${page.row}")
    for closing in (LineKind.CONTINGENCY, LineKind.MARGIN):
        own_lines = [each for each in places.plan.lines if each.line.kind is closing]
        known = [each.line.amount for each in own_lines]
        amount = None if None in known else sum((each for each in known if each is not None), Decimal(0))
        cell = f"${column_name(LineColumn.AMOUNT)}$"
        first = FIRST_ROW + 1 + places.plan.lines.index(own_lines[0])
        formula = f"SUM({LINES}!{cell}{first}:{cell}{first + len(own_lines) - 1})"
        row(KIND_WORDS[closing], places.priced(formula), amount)
    parts = f"B{page.row - 2}+B{page.row - 1}+B{page.row}"
    row("Gross", places.priced(parts), bid.totals.gross, total=True)
    words = confidence_words(bid)
    if words:
        page.sheet.write_string(page.row, 0, words, page.styles.style(font_color=MUTED))
        page.row += 1


def _how_sure_it_is(page: _Page) -> None:
    bid = page.places.bid
    page.heading("How sure it is", "1 in 10 below", "Middle", "9 in 10 below", "Mean")

    def row(words: str, values: Hours | Amounts, num_format: str, scale: float | None = None) -> None:
        page.label(words)
        for column, value in enumerate((values.p10, values.p50, values.p90, values.mean), 1):
            number = float(value) if scale is None else float(value) / scale
            page.sheet.write_number(page.row, column, number, page.styles.number(num_format))
        page.row += 1

    if bid.totals.cost is not None:
        row(f"Base, {bid.currency}", bid.totals.cost, MONEY)
    row("People-hours", bid.people_hours, HOURS)
    row(f"Artist-weeks of {HOURS_PER_WEEK} hours", bid.people_hours, HOURS, HOURS_PER_WEEK)
    words = "Simulated with what shots of a production share; ranges of single shots do not add up to these."
    page.sheet.write_string(page.row, 0, words, page.styles.style(font_color=MUTED))
    page.row += 1


def _by_workflow(page: _Page) -> None:
    places, bid = page.places, page.places.bid
    page.heading("By workflow", "Shots", "Cut frames", "Person-days", f"Cost, {bid.currency}")
    column, amounts = places.shots(ShotColumn.WORKFLOW), places.shots(places.cost_column)
    for workflow in Workflow:
        numbers = [number for number, shot in enumerate(bid.shots, 1) if shot.workflow is workflow]
        if not numbers:
            continue
        undecided = any(0 < bid.shots[number - 1].ai_probability < 1 for number in numbers)
        lower = workflow.label if workflow is Workflow.AI else workflow.label.lower()
        page.label(f"Mostly {lower}" if undecided else workflow.label)
        name = f'"{workflow.label}"'
        page.formula(1, f"=COUNTIF({column},{name})", len(numbers), COUNT)
        frames = sum(bid.shots[number - 1].cut_frames for number in numbers)
        page.formula(2, f"=SUMIFS({places.shots(ShotColumn.CUT)},{column},{name})", frames, COUNT)
        chosen = set(numbers)
        days = sum((each for (number, _), each in places.plan.days.items() if number in chosen), Decimal(0))
        page.formula(3, f"=SUMIFS({places.shots(places.days_column)},{column},{name})", float(days), DAYS)
        known = [places.amount_of(number) for number in numbers]
        amount = None if None in known else sum((each for each in known if each is not None), Decimal(0))
        total = f"SUMIFS({amounts},{column},{name})"
        if places.plan.missing_count:
            total = f'IF(COUNTIFS({column},{name},{amounts},"{NO_PRICE}")>0,"{NO_PRICE}",{total})'
        page.formula(4, f"={total}", shown(amount), MONEY)
        page.row += 1


def _chart(page: _Page) -> None:
    """Where the people's money goes; nothing is drawn where no department has a price."""
    places = page.places
    departments = places.plan.departments
    if not any(places.people_amount(each) for each in departments):
        return
    chart = page.workbook.add_chart({"type": "bar"})
    last = FIRST_ROW + len(departments) - 1
    font = {"name": "Arial", "size": 8, "color": INK}
    chart.add_series(
        {
            "name": "Cost",
            "categories": [DEPARTMENTS, FIRST_ROW, 0, last, 0],
            "values": [DEPARTMENTS, FIRST_ROW, DEPARTMENT_COST_COLUMN, last, DEPARTMENT_COST_COLUMN],
            "fill": {"color": BARS},
            "gap": 45,
            "data_labels": {"value": True, "num_format": "#,##0", "font": font},
        }
    )
    title = f"Which department costs how much? ({places.bid.currency}, people only)"
    chart.set_title(
        {"name": title, "name_font": {"name": "Arial", "size": 10, "bold": True, "color": INK}, "overlay": False}
    )
    chart.set_legend({"none": True})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    chart.set_y_axis({"reverse": True, "num_font": font, "line": {"color": MUTED}, "major_tick_mark": "none"})
    chart.set_chartarea({"border": {"none": True}})
    height_pixels = 60 + 19 * len(departments)
    chart.set_size({"width": 740, "height": height_pixels})
    page.sheet.insert_chart(page.row, 0, chart, {"object_position": 2, "description": title})
    page.row += height_pixels // 20 + 2
