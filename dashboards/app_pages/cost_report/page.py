"""Arranges the cost report: pick a production, a day and a unit; read the headline, the burn-up and the rows."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from analytics.bidding.running.report_file import report_file_name, report_workbook_bytes
from analytics.bidding.running.report_words import notes, standing_words
from analytics.bidding.running.reportable import ReportableProduction
from analytics.bidding.running.running_report import RunningReport, UnitReport
from dashboards.access.roles import Role
from dashboards.answers import cost_reports
from dashboards.answers.waiting import as_of, ready
from dashboards.app_pages.cost_report import charts, head, tables
from dashboards.app_pages.cost_report.summary_cards import cards_of
from dashboards.look.cards import banner, limits, section, show, teach
from dashboards.look.downloads import csv_link, download_link, show_chart

PRODUCTION, WEEK, UNIT = "production", "week", "unit"
IN_MONEY, IN_HOURS = "Money", "People-hours"
LATEST = "latest"
EXPOSED_SHOWN = 12


def show_cost_report() -> None:
    """Draw the page."""
    found = [each for each in cost_reports.productions() if each.report_days]
    if not found:
        show(
            teach(
                "No production to report on yet",
                [
                    "A cost report holds what a production's shots have taken, and will take, against its locked "
                    "budget.",
                    "Import a production with its shots and hours first; a locked bid or a locked budget amount is "
                    "what it is held against.",
                ],
                "shotledger import history DIR",
                is_whole_page=True,
            )
        )
        return
    # The head comes first on the page and last to be known.
    top = st.container()
    with st.container(key="pickers", horizontal=True, vertical_alignment="bottom"):
        chosen, day, in_hours = _picked(found)
        aside = st.container(width="content")
    if not chosen.has_budget:
        show(
            teach(
                f"{chosen.name} has no locked budget",
                [
                    f"{chosen.shot_count:,} shots of it are in the ledger, and nothing says what they were to cost.",
                    "Lock a bid of it on the page Bid, or import productions.csv with locked_budget_amount.",
                ],
                "shotledger bid lock BID",
            )
        )
        return
    kept = cost_reports.report(chosen.production_id, None if day == LATEST else _day(chosen, day))
    report = ready(kept, f"{chosen.name} is being added up, and what is left of it foretold. This takes half a minute.")
    unit = report.hours if in_hours else report.main
    with top:
        if chosen.is_synthetic:
            show(banner("Every shot, hour and price of this production is made up."))
        show(head.report_head(report, unit, as_of(kept)))
    with aside:
        _take_away(report)
    show(cards_of(report, unit))
    _week_by_week(report, unit)
    _what_moved(report, unit)
    _rows(report, unit)
    _exposed(unit)
    show(
        limits([standing_words(report), *notes(report, unit)]).replace("What this does not show", "What this rests on")
    )


def _picked(found: Sequence[ReportableProduction]) -> tuple[ReportableProduction, str, bool]:
    """The pickers, and what they say; the address may name a production by its id."""
    by_name = _named_apart(found)
    ids = {each.production_id: name for name, each in by_name.items()}
    named = st.query_params.get(PRODUCTION)
    if named in ids and named not in by_name:
        st.query_params[PRODUCTION] = ids[named]  # other pages name it by its id; the address takes its name
        st.rerun()
    name = st.selectbox("Production", list(by_name), key=PRODUCTION, bind="query-params", width=340)
    chosen = by_name[name]
    days = [LATEST, *(str(day) for day in chosen.report_days[1:])]
    if st.session_state.get(WEEK, LATEST) not in days:
        del st.session_state[WEEK]
    day = st.selectbox("As of", days, key=WEEK, bind="query-params", width=170)
    in_what = st.segmented_control(
        "In", [IN_MONEY, IN_HOURS], key=UNIT, bind="query-params", default=IN_MONEY, required=True
    )
    return chosen, day, in_what == IN_HOURS


def _named_apart(found: Sequence[ReportableProduction]) -> dict[str, ReportableProduction]:
    names = [each.name for each in found]
    return {each.name if names.count(each.name) == 1 else f"{each.name} ({each.production_id})": each for each in found}


def _day(chosen: ReportableProduction, written: str) -> date:
    return next(day for day in chosen.report_days if str(day) == written)


def _take_away(report: RunningReport) -> None:
    workbook = download_link(
        "Download the report as XLSX",
        name=report_file_name(report),
        media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        make=lambda: report_workbook_bytes(report),
        role=Role.PRODUCER,
        key="workbook",
        is_main=True,
    )
    show(f'<div class="cr-take">{workbook}</div>')


def _week_by_week(report: RunningReport, unit: UnitReport) -> None:
    show(section("Planned, spent and foretold", head.burn_up_words(report, unit)))
    show_chart(
        charts.burn_up_chart(report, unit),
        name="cost-report-burn-up",
        alt=head.burn_up_words(report, unit),
        role=Role.PRODUCER,
    )
    show(csv_link(tables.week_rows(unit), name="cost-report-weeks", role=Role.PRODUCER))


def _what_moved(report: RunningReport, unit: UnitReport) -> None:
    if unit.efc_before is None:
        return
    show(section(f"What changed since {head.day_words(report.since)}", head.moved_words(report, unit)))
    if not unit.moves:
        return
    with st.container(key="cr_moved", horizontal=True, gap="large"):
        with st.container(width=620, key="cr_bridge"):
            show_chart(
                charts.bridge_chart(report, unit),
                name="cost-report-what-moved",
                alt=head.moved_words(report, unit),
                role=Role.PRODUCER,
            )
        with st.container(width="stretch", key="cr_moves"):
            show(tables.moved_table(report, unit))
            show(csv_link(tables.moved_rows(unit), name="cost-report-moved-shots", role=Role.PRODUCER))


def _rows(report: RunningReport, unit: UnitReport) -> None:
    show(section("By sequence", head.rows_words(report)), tables.sequence_table(report, unit))
    show(csv_link(tables.sequence_rows(unit), name="cost-report-sequences", role=Role.PRODUCER))
    show(section("By department", head.department_words(unit)), tables.department_table(unit))
    show(csv_link(tables.department_rows(unit), name="cost-report-departments", role=Role.PRODUCER))


def _exposed(unit: UnitReport) -> None:
    exposed = unit.exposed
    words = head.exposure_words(unit, exposed, EXPOSED_SHOWN)
    show(section("Exposure: unfinished shots likeliest to go over", words))
    if exposed:
        show_chart(
            charts.exposure_chart(unit, exposed[:EXPOSED_SHOWN]),
            name="cost-report-exposure",
            alt=words,
            role=Role.PRODUCER,
        )
        show(csv_link(tables.exposure_rows(unit), name="cost-report-exposure-shots", role=Role.PRODUCER))
