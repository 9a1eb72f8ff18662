"""A bid as the workbook that a producer sends: live formulas, each with its value beside it for previewers."""

from pathlib import Path
from typing import TYPE_CHECKING

from analytics.bidding.documents.bid_words import state_words
from analytics.bidding.documents.line_plan import plan_lines
from analytics.bidding.documents.lines_sheet import write_lines
from analytics.bidding.documents.rates_sheet import write_rates
from analytics.bidding.documents.shots_sheet import write_shots
from analytics.bidding.documents.summary_sheet import write_summary
from analytics.bidding.documents.sums_sheets import write_departments, write_sequences
from analytics.bidding.documents.words_sheets import write_assumptions, write_changes, write_incentives
from analytics.bidding.documents.workbook_places import (
    ASSUMPTIONS,
    CHANGES,
    DEPARTMENTS,
    INCENTIVES,
    LINES,
    RATES,
    SEQUENCES,
    SHOTS,
    SUMMARY,
    Places,
)
from analytics.bidding.documents.workbook_styles import Styles, set_page
from analytics.vocabulary.bid import Bid

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet


def write_workbook(bid: Bid, path: Path) -> None:
    """Write the workbook; an existing file is overwritten.

    Days on Shots, prices and shares on Rates are typed in; all else follows from them by formulas, and comes to
    ``bid.totals`` to the cent. Sheets without anything to say (incentives, changes) are left out.
    """
    from xlsxwriter import Workbook

    workbook = Workbook(str(path))
    workbook.set_properties(
        {
            "title": f"Bid {bid.bid_id}, version {bid.version_number}",
            "subject": bid.name[:255],
            "author": "Shotledger",
            "company": "",
            "comments": f"{state_words(bid)}; shot list {bid.shot_list_name}, sha256 {bid.shot_list_sha256}"[:255],
            "created": bid.created_at.replace(tzinfo=None),
        }
    )
    styles, places = Styles(workbook), Places(bid, plan_lines(bid))
    names = [SUMMARY, SHOTS, SEQUENCES, DEPARTMENTS, LINES, RATES, ASSUMPTIONS]
    names += [INCENTIVES] if bid.incentives else []
    names += [CHANGES] if bid.change_orders else []
    sheets = {name: workbook.add_worksheet(name, _plain_formulas()) for name in names}
    footer = f"{bid.name}: {state_words(bid)}"
    for name, sheet in sheets.items():
        wide = name in (SHOTS, LINES)
        set_page(sheet, bid.currency, footer, landscape=wide or name in (INCENTIVES, CHANGES, RATES), large=wide)
    write_shots(sheets[SHOTS], styles, places)
    write_sequences(sheets[SEQUENCES], styles, places)
    write_departments(sheets[DEPARTMENTS], styles, places)
    write_lines(sheets[LINES], styles, places)
    write_rates(sheets[RATES], styles, places)
    write_assumptions(sheets[ASSUMPTIONS], styles, places)
    if bid.incentives:
        write_incentives(sheets[INCENTIVES], styles, places)
    if bid.change_orders:
        write_changes(sheets[CHANGES], styles, places)
    write_summary(workbook, sheets[SUMMARY], styles, places)
    sheets[SUMMARY].activate()
    workbook.close()


def _plain_formulas() -> "type[Worksheet]":
    """A worksheet that takes formulas as they are.

    XlsxWriter looks in each for some thirty functions newer than Excel 2007, which was half of the time of writing a
    bid of 300 shots; none of them is used here.
    """
    from xlsxwriter.worksheet import Worksheet

    class PlainFormulas(Worksheet):  # type: ignore[misc]
        def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
            return formula.removeprefix("=")

    return PlainFormulas
