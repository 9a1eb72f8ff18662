"""The weekly cost report as a workbook: rows with live sums, shots, the burn-up as a chart, and the words beneath."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analytics.bidding.documents.cell_text import cell_text
from analytics.bidding.documents.workbook_styles import COUNT, DAY, MONEY, WHOLE_SHARE, Styles, row_points, set_page
from analytics.bidding.running.report_words import headline, notes, standing_words, unit_words
from analytics.bidding.running.running_report import RunningReport, UnitReport
from analytics.estimation.running.cost_report import CostRow

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_COST_HEADS = (
    "Shots", "Final", "Locked budget", "Actual to date", "ETC", "EFC", "Variance", "EFC, 1 in 10 below",
    "EFC, 1 in 10 above", "EFC last report", "Moved",
)  # fmt: skip
_SHOT_HEADS = (
    "Sequence", "Standing", "Budget", "Actual to date", "EFC", "Variance", "EFC, 1 in 10 below", "EFC, middle",
    "EFC, 1 in 10 above", "Chance over", "To be expected over",
)  # fmt: skip
_FIRST_ROW = 4


def write_report(report: RunningReport, path: Path) -> None:
    """Write the report as ``.xlsx``; every formula has its value beside it, for programs that only show.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    from xlsxwriter import Workbook

    with Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        workbook.set_properties(
            {"title": f"{report.production_name}: cost report of {report.on}", "author": "Shotledger"}
        )
        book = _Book(workbook, Styles(workbook), report)
        unit = report.main
        book.cost_sheet("Cost report", unit, "Sequence", unit.sequences, unit.sequences_before, unit.beside)
        book.cost_sheet("Departments", unit, "Department", unit.departments, {}, ())
        book.shot_sheet(unit)
        book.week_sheet(unit)
        if report.money is not None:
            book.cost_sheet(
                "Hours", report.hours, "Sequence", report.hours.sequences, report.hours.sequences_before, ()
            )
        book.note_sheet(unit)


@dataclass(frozen=True)
class _Book:
    workbook: "Workbook"
    styles: Styles
    report: RunningReport

    def _sheet(self, name: str, unit: UnitReport, heads: Sequence[str], widths: Sequence[float]) -> "Worksheet":
        sheet, styles, report = self.workbook.add_worksheet(name), self.styles, self.report
        sheet.hide_gridlines(2)
        sheet.write_string(0, 0, cell_text(f"{report.production_name}: {name.lower()}"), styles.title())
        sheet.write_string(
            1, 0, cell_text(f"As of {report.on}, in {unit_words(unit)}. {headline(report, unit)}"), styles.subtitle()
        )
        for column, (head, width) in enumerate(zip(heads, widths, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(_FIRST_ROW - 1, column, head, styles.column_head(right=column > 0))
        sheet.set_row(0, 24)
        sheet.set_row(_FIRST_ROW - 1, 28)
        sheet.freeze_panes(_FIRST_ROW, 1)
        sheet.repeat_rows(_FIRST_ROW - 1)
        set_page(sheet, unit.unit, f"{report.production_name}, {report.on}", landscape=True)
        return sheet

    def cost_sheet(
        self, name: str, unit: UnitReport, of: str, rows: Sequence[CostRow], before: Any, beside: Sequence[CostRow]
    ) -> None:
        """Rows, their sum, and beneath it what no shot has: contingency, margin, change orders."""
        sheet = self._sheet(name, unit, (of, *_COST_HEADS), (26, 7, 7, *[14] * 9))
        last = _FIRST_ROW + len(rows) - 1
        for number, row in enumerate(rows):
            self._cost_row(sheet, _FIRST_ROW + number, row, before.get(row.name))
        at = last + 1
        total = self.styles.total
        sheet.write_string(at, 0, unit.total.name, total())
        for column in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11):
            letter = "ABCDEFGHIJKL"[column]
            value = self._column(unit.total, unit.efc_before, column)
            number = total(COUNT if column < 3 else MONEY)
            formula = {6: f"=E{at + 1}+F{at + 1}", 7: f"=D{at + 1}-G{at + 1}", 11: f"=G{at + 1}-K{at + 1}"}.get(column)
            if formula is None and value == sum(self._column(row, before.get(row.name), column) or 0 for row in rows):
                formula = f"=SUM({letter}{_FIRST_ROW + 1}:{letter}{last + 1})"
            if formula is None or value is None:
                # The range of a sum is no sum of ranges, and what nobody budgeted apart has no parts to add up.
                self._put(sheet, at, column, value, number)
            else:
                sheet.write_formula(at, column, formula, number, float(value))
        for number, row in enumerate(beside, 1):
            self._cost_row(sheet, at + number, row, None)
        if beside:
            whole = at + len(beside) + 1
            sheet.write_string(whole, 0, "all", total())
            for column in range(1, 12):
                value = self._column(unit.whole, None, column)
                if column in (3, 4, 5, 6, 7) and value is not None:
                    letter = "ABCDEFGHIJKL"[column]
                    formula = f"=SUM({letter}{at + 1}:{letter}{whole})"
                    sheet.write_formula(whole, column, formula, total(MONEY), float(value))
                else:
                    self._put(sheet, whole, column, value if column in (8, 9) else None, total(MONEY))

    def _cost_row(self, sheet: "Worksheet", at: int, row: CostRow, before: Decimal | None) -> None:
        styles, line = self.styles, at + 1
        sheet.write_string(at, 0, cell_text(row.name), styles.text())
        for column in range(1, 12):
            value = self._column(row, before, column)
            formula = {6: f"=E{line}+F{line}", 7: f"=D{line}-G{line}", 11: f"=G{line}-K{line}"}.get(column)
            number = styles.number(COUNT if column < 3 else MONEY)
            if formula and value is not None:
                sheet.write_formula(at, column, formula, number, float(value))
            else:
                self._put(sheet, at, column, value, number)

    @staticmethod
    def _column(row: CostRow, before: Decimal | None, column: int) -> Decimal | int | None:
        moved = None if before is None else row.efc - before
        return (
            None, row.shot_count, row.final_count, row.budget, row.actual, row.etc, row.efc, row.variance, row.efc_p10,
            row.efc_p90, before, moved,
        )[column]  # fmt: skip

    def shot_sheet(self, unit: UnitReport) -> None:
        """Every shot, what is to be expected above its budget largest first."""
        sheet = self._sheet("Shots", unit, ("Shot", *_SHOT_HEADS), (26, 14, 11, *[13] * 7, 9, 13))
        styles = self.styles
        for number, shot in enumerate(unit.exposures):
            at = _FIRST_ROW + number
            for column, text in enumerate((shot.name, shot.sequence or "", shot.standing.value)):
                sheet.write_string(at, column, cell_text(text), styles.text())
            amounts = (
                shot.budget, shot.actual, shot.efc, shot.variance, shot.efc_p10, shot.efc_p50, shot.efc_p90,
            )  # fmt: skip
            for column, amount in enumerate(amounts, 3):
                self._put(sheet, at, column, amount, styles.number(MONEY))
            sheet.write_number(at, 10, shot.chance_over, styles.number(WHOLE_SHARE))
            self._put(sheet, at, 11, shot.overrun, styles.number(MONEY))
        sheet.autofilter(_FIRST_ROW - 1, 0, _FIRST_ROW + max(len(unit.exposures) - 1, 0), 11)

    def week_sheet(self, unit: UnitReport) -> None:
        """The burn-up by week, with its chart."""
        heads = (
            "Week of",
            "Planned",
            "Actual",
            "Foretold, 1 in 10 below",
            "Foretold, middle",
            "Foretold, 1 in 10 above",
        )
        sheet = self._sheet("Weeks", unit, heads, (14, *[15] * 5))
        styles = self.styles
        for number, week in enumerate(unit.burn_up):
            at = _FIRST_ROW + number
            sheet.write_datetime(at, 0, week.week_on, styles.text(num_format=DAY))
            for column, amount in enumerate((week.planned, week.actual, week.p10, week.p50, week.p90), 1):
                self._put(sheet, at, column, amount, styles.number(MONEY))
        chart: Any = self.workbook.add_chart({"type": "line"})
        last = _FIRST_ROW + len(unit.burn_up) - 1
        dashes = ("solid", "solid", "square_dot", "dash", "square_dot")
        for column, (head, dash) in enumerate(zip(heads[1:], dashes, strict=True), 1):
            chart.add_series(
                {
                    "name": head,
                    "categories": ["Weeks", _FIRST_ROW, 0, last, 0],
                    "values": ["Weeks", _FIRST_ROW, column, last, column],
                    "line": {"width": 2.25 if column == 2 else 1.25, "dash_type": dash,
                             "color": ("#9AA5B1", "#1F2933", "#5B9BD5", "#5B9BD5", "#5B9BD5")[column - 1]},
                }
            )  # fmt: skip
        chart.set_title({"name": "What was planned, spent and is foretold", "name_font": {"size": 11}})
        chart.set_y_axis({"num_format": "#,##0", "name": unit_words(unit), "major_gridlines": {"visible": True}})
        chart.set_x_axis({"num_format": "d mmm", "interval_unit": max(1, len(unit.burn_up) // 12)})
        chart.set_legend({"position": "bottom"})
        chart.set_size({"width": 760, "height": 380})
        sheet.insert_chart(_FIRST_ROW - 1, 7, chart)

    def note_sheet(self, unit: UnitReport) -> None:
        """What the figures rest on, earned value and what moved."""
        sheet = self._sheet("Notes", unit, ("What it rests on",), (120,))
        earned = unit.earned
        told = [
            standing_words(self.report),
            *notes(self.report, unit),
            f"Earned value: BAC {earned.bac:,}, PV {'–' if earned.pv is None else f'{earned.pv:,}'}, EV {earned.ev:,}, "
            f"AC {earned.ac:,}, CPI {_index(earned.cpi)}, SPI {_index(earned.spi)}, TCPI {_index(earned.tcpi())}.",
            *earned.gaps(),
            *(f"{each.name}: EFC {each.change:+,} ({each.why})" for each in unit.moved[:20]),
        ]
        for number, sentence in enumerate(told):
            sheet.write_string(_FIRST_ROW + number, 0, cell_text(sentence), self.styles.text(text_wrap=True))
            sheet.set_row(_FIRST_ROW + number, row_points(sentence, 120))

    @staticmethod
    def _put(sheet: "Worksheet", at: int, column: int, value: Decimal | int | None, style: Any) -> None:
        if value is None:
            sheet.write_blank(at, column, None, style)
        else:
            sheet.write_number(at, column, float(value), style)


def _index(value: Decimal | None) -> str:
    return "–" if value is None else f"{value:.2f}"
