"""The cost report: its figures are those of the ledger's own report, in money and hours, on any day, and as XLSX."""

import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from analytics.bidding.running.report_words import amount
from analytics.bidding.running.reportable import ReportableProduction, reportable_productions
from analytics.bidding.running.reporting import running_report
from analytics.bidding.running.running_report import RunningReport, UnitReport
from analytics.estimation.running.standing import Standing
from analytics.ledger.ledger import Ledger
from analytics.ledger.reckoning import reckon_shots

if TYPE_CHECKING:
    from playwright.sync_api import Page

WAIT = 180_000


@pytest.fixture(scope="module")
def ledger(catalog: Path, tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """A copy to ask, because asking reckons in it."""
    path = tmp_path_factory.mktemp("report") / "copy.duckdb"
    shutil.copy(catalog, path)
    ledger = Ledger.open(path)
    reckon_shots(ledger)
    return ledger


@pytest.fixture(scope="module")
def production(ledger: Ledger) -> ReportableProduction:
    """A running one with few shots, which is quickly foretold."""
    running = [each for each in reportable_productions(ledger) if each.open_count]
    return min(running, key=lambda each: each.shot_count)


@pytest.fixture(scope="module")
def report(ledger: Ledger, production: ReportableProduction) -> RunningReport:
    return running_report(ledger, production.production_id)


def shown(page: "Page", table: str, row: str) -> int:
    cell = page.locator(f'[data-table="{table}"] tr[data-row="{row}"] [data-figure="efc"]')
    return int(cell.inner_text().replace(",", "").replace("−", "-"))


def holds(page: "Page", report: RunningReport, unit: UnitReport) -> None:
    """The figures of the page are those of the report."""
    assert amount(unit.total.efc, unit) in page.locator("h1").inner_text()
    for name, rows in (("cost-report-sequences", unit.sequences), ("cost-report-departments", unit.departments)):
        for row in (*rows, unit.total):
            assert shown(page, name, row.name) == round(row.efc)
    assert amount(unit.total.actual, unit) in page.locator('[data-card="spent"]').inner_text()
    final = f"{report.standing[Standing.FINAL]:,} of {sum(report.standing.values()):,} final"
    assert final in page.locator('[data-card="shots"]').inner_text()
    for each in unit.moved[:8]:
        row = page.locator(f'[data-table="cost-report-moved"] tr[data-shot="{each.name}"]')
        assert f"{each.change:+,.0f}".replace("-", "−") in row.inner_text()


def test_the_report_of_the_last_day_in_money_and_in_hours(
    open_page: "Callable[..., Page]",
    catalog_address: str,
    production: ReportableProduction,
    report: RunningReport,
    well_made: "Callable[[Page], None]",
) -> None:
    page = open_page(f"{catalog_address}/cost-report?production={production.production_id}")
    page.locator(f'[data-report="{production.production_id}"]').wait_for(timeout=WAIT)
    page.locator('[data-table="cost-report-departments"]').wait_for(timeout=WAIT)
    assert page.locator("header[data-on]").get_attribute("data-on") == str(report.on)
    holds(page, report, report.main)
    well_made(page)
    page.get_by_role("radio", name="People-hours").click()
    page.get_by_text(f"{production.name} will take").wait_for(timeout=WAIT)
    page.wait_for_function("document.querySelector('[data-table=cost-report-departments]').ariaLabel.includes('hours')")
    holds(page, report, report.hours)

    address = page.get_by_role("link", name="Download the report as XLSX").get_attribute("href")
    assert address is not None
    book = load_workbook(BytesIO(page.request.get(f"{catalog_address}{address}").body()))
    assert {"Cost report", "Departments", "Shots", "Weeks", "Notes"} <= set(book.sheetnames)


def test_a_week_that_a_link_names_is_shown_at_820_pixels_in_the_dark(
    open_page: "Callable[..., Page]",
    catalog_address: str,
    production: ReportableProduction,
    well_made: "Callable[[Page], None]",
) -> None:
    day = production.report_days[2]
    link = f"{catalog_address}/cost-report?production={production.name.replace(' ', '+')}&week={day}&unit=People-hours"
    page = open_page(link, width=820, scheme="dark")
    page.locator(f'[data-report="{production.production_id}"][data-on="{day}"]').wait_for(timeout=WAIT)
    page.locator('[data-table="cost-report-departments"]').wait_for(timeout=WAIT)
    assert "hours" in page.locator("h1").inner_text()
    well_made(page)
