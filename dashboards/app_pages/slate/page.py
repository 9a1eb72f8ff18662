"""The slate as a whole: head, cards, verdicts, charts, budgets, trend, quality. `production_page` lies below it."""

from html import escape

import streamlit as st

from analytics.bidding.slate_budgets import SlateBudgets
from analytics.comparison.figures import Clock
from analytics.comparison.slate.clock_comparison import ClockComparison
from analytics.comparison.slate.clock_figures import clock_figures
from analytics.comparison.slate.slate_headline import MEASURES, kind_verdicts, slate_headline
from analytics.comparison.slate.slate_overview import SlateOverview
from analytics.comparison.slate.slate_sentences import beside_every_ratio, counted, remarks
from dashboards.answers import slate as ask
from dashboards.answers.kept import Kept
from dashboards.answers.waiting import PageWaits, as_of, ready
from dashboards.app_pages.slate import head, sections
from dashboards.app_pages.slate.budget_table import budget_rows, budget_table, ratio_words
from dashboards.app_pages.slate.production_page import show_production
from dashboards.app_pages.slate.verdicts import verdict_mark
from dashboards.look.cards import banner, section, show, teach
from dashboards.look.downloads import csv_link, print_button

CLOCKS = {
    "Cost": Clock.COST_GROSS,
    "Cost after incentives": Clock.COST_NET,
    "People-hours": Clock.PEOPLE,
    "Calendar days": Clock.CALENDAR,
    "Machine time": Clock.MACHINE,
}
"""What a reader may compare by. The words stand in the address too, so that they are an interface."""

CARDS = (Clock.COST_GROSS, Clock.PEOPLE, Clock.CALENDAR)
IMPORT = "shotledger import history ./bundle\nshotledger demo-catalog"
TOO_FEW = (
    "A comparison needs at least eight AI shots and eight traditional ones, of the same productions and kinds, with "
    "their hours and costs. Import a studio's history, or a made-up slate to see what this page says then.",
    "Two renders of one test shot are compared under Everyone, Test shots.",
)
"""What stands in place of the charts of a ledger that holds little."""


def show_slate() -> None:
    """Draw the slate, or the production that the address names."""
    overview = ask.overview()
    found = ready(overview, "The slate is being compared by every clock: cost, people, days, machines.")
    production_id = st.query_params.get("production")
    if production_id:
        show_production(found, production_id, st.query_params.get("sequence"), clock_picker)
        return
    if found.comparison.is_synthetic:
        show(banner("Every production, shot and price on this page is invented, to show what a real ledger would say."))
    top = st.container()
    by_clock = {clock.clock: clock for clock in found.comparison.clocks}
    clock = by_clock[clock_picker(found)]
    with top:
        words = slate_headline(clock, found.saving, incentives_are_assumed=bool(found.incentives.assumed))
        quality = sections.quality_line(found)
        show(head.slate_head(_where(found, clock), as_of(overview), words, quality))
    saving = head.saving_card(
        found.saving, by_clock[Clock.COST_GROSS].results[0].origins, incentive_is_assumed=bool(found.incentives.assumed)
    )
    ratios = [head.ratio_card(clock_figures(by_clock[each]), found.comparison.currency) for each in CARDS]
    show(f'<div class="sl-fit"><div class="sl-cards four">{"".join(ratios)}{saving}</div></div>')
    kept = ask.budgets()
    if kept.value is not None:
        show(head.exposure_band(kept.value))
    if all(clock_figures(each).result.ratio is None for each in by_clock.values()):
        show(teach("Too few shots to compare yet", TOO_FEW, IMPORT))
        _budgets(kept, found, by_clock[Clock.COST_GROSS])
        _ground(found, clock)
        return
    _verdicts(clock)
    sections.charts_section(clock)
    _budgets(kept, found, by_clock[Clock.COST_GROSS])
    grid = st.grid(2, min_column_width=470, gap=("small", "large"))
    with grid.cell():
        sections.trend_section(clock)
    with grid.cell():
        sections.quality_section(found, clock)
    _ground(found, clock)
    with st.container(key="slate_print"):
        print_button()


def clock_picker(found: SlateOverview) -> Clock:
    """What is compared, kept in the address."""
    told = {each.clock for each in found.comparison.clocks}
    words = [each for each, clock in CLOCKS.items() if clock in told]
    chosen = st.segmented_control(
        "Compare by", words, default=words[0], required=True, key="clock", bind="query-params"
    )
    return CLOCKS[chosen or words[0]]


def _where(found: SlateOverview, clock: ClockComparison) -> str:
    productions = f"{found.production_count:,} production{'' if found.production_count == 1 else 's'}"
    drawn = f", {len(found.drawn):,} drawn by lot" if found.drawn else ""
    result = clock_figures(clock).result
    compared = f", {result.n_ai + result.n_traditional:,} of them compared" if result.ratio is not None else ""
    return f"Slate, {productions}{drawn}, {found.shot_count:,} shots{compared}"


def _verdicts(clock: ClockComparison) -> None:
    is_money = clock.clock in (Clock.COST_GROSS, Clock.COST_NET)
    where = "Where AI pays and where it does not" if is_money else "Where AI takes less and where it takes more"
    show(section(f"{where}, by {MEASURES[clock.clock]}"))
    show(head.verdict_boxes(kind_verdicts(clock), is_money=is_money))


def _budgets(kept: Kept[SlateBudgets], found: SlateOverview, cost: ClockComparison) -> None:
    show(
        section(
            "Productions",
            "Variance is Locked Budget less EFC: minus is over budget, and more than 2% over is marked. Running "
            "productions stand first; the range under their EFC holds eight outcomes of ten.",
        )
    )
    try:
        budgets = ready(kept, "Budgets and forecasts of all productions are being worked out.")
    except PageWaits:
        return
    age = as_of(kept)
    if age:
        show(f'<p class="slate-key">{escape(age[:1].upper() + age[1:])}</p>')
    groups = {each.group: each for each in cost.productions.groups} if cost.productions else {}
    totals = clock_figures(cost).result
    whole = ""
    if totals.ratio is not None and totals.low is not None and totals.high is not None:
        whole = ratio_words(totals.ratio, totals.low, totals.high, verdict_mark(totals.verdict))
    show(budget_table(budgets, groups, whole, "not drawn" if found.drawn else "too few shots"))
    show(csv_link(lambda: budget_rows(budgets, groups), name="slate-productions"))
    notes = [
        *budgets.notes, *found.incentives.assumed,
        "Projected is what is contracted and what is expected beyond it; without a locked bid it is the EFC.",
        "Incentives are worked out on what is spent, and scaled to the EFC; what is to come is taken to be bought from "
        "vendors as what is spent was.",
    ]  # fmt: skip
    show(f'<ul class="slate-notes">{"".join(f"<li>{escape(note)}</li>" for note in notes)}</ul>')


def _ground(found: SlateOverview, clock: ClockComparison) -> None:
    """What a reader has to know before using any of it."""
    # Retakes of all shots, adjusted for nothing, would contradict the head, which has quality like for like.
    beside = (each for each in beside_every_ratio(found.comparison) if each != found.comparison.parity.words)
    said = [
        *remarks(clock, found.comparison.currency), *beside, *found.notes,
        *(f"Not compared: {counted(count, 'shot')} {why}." for why, count in clock.left_out.items()),
    ]  # fmt: skip
    show(section("What this rests on"))
    show(f'<ul class="slate-notes">{"".join(f"<li>{escape(each)}</li>" for each in said)}</ul>')
