"""The sheet Rates: every price and every share once, each with whose word it is; change one and the bid follows."""

from typing import TYPE_CHECKING

from analytics.bidding.documents.bid_words import KIND_WORDS
from analytics.bidding.documents.cell_text import cell_text
from analytics.bidding.documents.line_plan import PlannedLine, Rate
from analytics.bidding.documents.workbook_places import (
    FIRST_ROW,
    HEAD_ROW,
    RATE_PRICE_COLUMN,
    Places,
    column_name,
)
from analytics.bidding.documents.workbook_styles import COUNT, MONEY, SHARE, Styles, row_points
from analytics.vocabulary.bid import LineKind

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_WIDTHS = (30, 20, 13, 14, 60, 11)


def write_rates(sheet: "Worksheet", styles: Styles, places: Places) -> None:
    """Write prices, then shares, with the count of those that are missing."""
    bid, plan = places.bid, places.plan
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.set_row(0, 24)
    sheet.write_string(0, 0, "Rates", styles.title())
    sheet.write_string(
        1, 0, f"Prices in {bid.currency}. Change one here and the whole workbook follows.", styles.subtitle()
    )
    sheet.write_string(1, 2, "To fill in", styles.style(align="right"))
    sheet.write_formula(
        1, RATE_PRICE_COLUMN, _missing_formula(places), styles.style(num_format=COUNT), plan.missing_count
    )
    _heads(sheet, styles, HEAD_ROW, ("Resource", "Only for", "Unit", f"Price, {bid.currency}", "Source", "Origin"))
    for row, rate in enumerate(plan.rates, FIRST_ROW):
        texts = (rate.resource, _only_for(places, rate), rate.unit.replace("_", "-"), rate.source, rate.origin)
        _texts(sheet, styles, row, texts)
        if rate.price is None:
            sheet.write_blank(row, RATE_PRICE_COLUMN, None, styles.to_fill_in(MONEY))
        else:
            sheet.write_number(row, RATE_PRICE_COLUMN, float(rate.price), styles.typed_in(_price_format(rate)))
    _heads(sheet, styles, places.share_head_row, ("Share", "Resource", "", "Share", "Source", "Origin"))
    for row, share in enumerate(plan.shares, places.share_head_row + 1):
        _texts(
            sheet,
            styles,
            row,
            (KIND_WORDS[share.kind], share.resource, _of_what(share.kind), share.source, share.origin),
        )
        if share.share is None:
            sheet.write_blank(row, RATE_PRICE_COLUMN, None, styles.to_fill_in(SHARE))
        else:
            sheet.write_number(row, RATE_PRICE_COLUMN, float(share.share), styles.typed_in(SHARE))
    sheet.freeze_panes(FIRST_ROW, 0)
    sheet.print_area(0, 0, places.last_share_row, len(_WIDTHS) - 1)


def _missing_formula(places: Places) -> str:
    name, last = column_name(RATE_PRICE_COLUMN), FIRST_ROW + len(places.plan.rates)
    prices = f"{len(places.plan.rates)}-COUNT({name}{FIRST_ROW + 1}:{name}{last})" if places.plan.rates else "0"
    shares = f"{name}{places.share_head_row + 2}:{name}{places.last_share_row + 1}"
    return f"={prices}+{len(places.plan.shares)}-COUNT({shares})"


def _heads(sheet: "Worksheet", styles: Styles, row: int, heads: tuple[str, ...]) -> None:
    for column, head in enumerate(heads):
        sheet.write_string(row, column, head, styles.column_head(right=column == RATE_PRICE_COLUMN))


def _texts(sheet: "Worksheet", styles: Styles, row: int, texts: tuple[str, ...]) -> None:
    columns = [column for column in range(len(_WIDTHS)) if column != RATE_PRICE_COLUMN]
    for column, words in zip(columns, texts, strict=True):
        sheet.write_string(row, column, cell_text(words), styles.text(text_wrap=True))
    fitting = (row_points(words, _WIDTHS[column]) for column, words in zip(columns, texts, strict=True))
    sheet.set_row(row, max(fitting))


def _price_format(rate: Rate) -> str:
    """With the decimals that the price has, and never fewer than cents."""
    assert rate.price is not None
    exponent = rate.price.normalize().as_tuple().exponent
    decimals = max(2, -exponent if isinstance(exponent, int) else 2)
    return f"#,##0.{'0' * decimals}"


def _only_for(places: Places, rate: Rate) -> str:
    """Whose price it is, where the same resource has several."""
    alike = [each for each in places.plan.lines if each.rate and each.rate.resource == rate.resource]
    told = []
    for about in (_vendor, _territory, _workflow, lambda each: _complexity(places, each)):
        own = dict.fromkeys(about(each) for each in alike if each.rate == rate)
        if set(own) < {about(each) for each in alike}:
            told += [", ".join(own)]
    return "; ".join(told)


def _vendor(planned: PlannedLine) -> str:
    return planned.line.vendor or "no vendor"


def _territory(planned: PlannedLine) -> str:
    return planned.line.territory or "anywhere"


def _workflow(planned: PlannedLine) -> str:
    return planned.line.workflow.label if planned.line.workflow else "any workflow"


def _complexity(places: Places, planned: PlannedLine) -> str:
    number = planned.shot_number
    return places.bid.shots[number - 1].complexity.value if number else "the whole bid"


def _of_what(kind: LineKind) -> str:
    return "of the base" if kind is LineKind.CONTINGENCY else "of all above" if kind is LineKind.MARGIN else ""
