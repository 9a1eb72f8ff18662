"""Below the slate: one production by sequence, and one sequence by shot. Each shot leads to its own page."""

from collections.abc import Callable
from decimal import Decimal
from html import escape

import streamlit as st

from analytics.bidding.slate_budgets import ProductionBudget
from analytics.comparison.figures import Clock
from analytics.comparison.slate.drill_down import ProductionParts
from analytics.comparison.slate.pooling import GroupRatio
from analytics.comparison.slate.results import Verdict
from analytics.comparison.slate.slate_headline import (
    MEASURES,
    SlateHeadline,
    group_certainty,
    money_words,
    production_headline,
)
from analytics.comparison.slate.slate_overview import SlateOverview
from dashboards.access.persons import person
from dashboards.access.roles import Role
from dashboards.answers import slate as ask
from dashboards.answers.waiting import PageWaits, ready
from dashboards.app_pages.slate import drill_tables, head
from dashboards.app_pages.slate.table_parts import address
from dashboards.app_pages.slate.verdicts import group_words, interval_words, verdict_mark
from dashboards.look.cards import banner, section, show
from dashboards.look.downloads import csv_link

NOT_COMPARED = (
    "What the shots of each workflow took, side by side. This compares nothing: easy shots go to AI more often. A shot "
    "counts in the workflow it began in, whoever finished it."
)


def show_production(
    found: SlateOverview, production_id: str, sequence: str | None, pick_clock: Callable[[SlateOverview], Clock]
) -> None:
    """Draw a production, or one of its sequences where the address names one; ``""`` is for shots in none."""
    parts = ask.production(production_id)
    if found.comparison.is_synthetic:
        show(banner("Every production, shot and price on this page is invented, to show what a real ledger would say."))
    show(_crumbs(parts, sequence))
    if sequence is not None:
        _sequence(parts, sequence or None)
        return
    top = st.container()
    clock = pick_clock(found)
    groups = _groups(found, parts.name)
    claim = production_headline(groups.get(clock), clock, parts.name)
    if found.drawn and production_id not in found.drawn:
        claim = f"{parts.name} is not among the productions that were drawn by lot to be compared."
    words = SlateHeadline(claim, group_certainty(groups.get(clock), found.comparison.confidence), "", "")
    days = f"{parts.first_on:%d %b %Y} to {parts.last_on:%d %b %Y}" if parts.first_on and parts.last_on else ""
    with top:
        show(head.slate_head(" · ".join(each for each in (parts.name, parts.territory or "", days) if each), "", words))
    _clocks(groups)
    _budget(production_id)
    show(section("Sequences", NOT_COMPARED))
    show(drill_tables.sequence_table(parts))
    show(csv_link(lambda: drill_tables.sequence_rows(parts), name=f"sequences-{production_id}"))


def _groups(found: SlateOverview, name: str) -> dict[Clock, GroupRatio]:
    return {
        clock.clock: group
        for clock in found.comparison.clocks
        for group in (clock.productions.groups if clock.productions else ())
        if group.group == name
    }


def _clocks(groups: dict[Clock, GroupRatio]) -> None:
    """Every clock of this production on a card of its own."""
    cards = ""
    for clock in (Clock.COST_GROSS, Clock.PEOPLE, Clock.CALENDAR, Clock.MACHINE):
        group = groups.get(clock)
        if group is None:
            continue
        title = MEASURES[clock]
        known = group.verdict in (Verdict.AI_NEEDS_LESS, Verdict.AI_NEEDS_MORE)
        big = f"{group_words(group)}{' with AI' if known else ''}"
        cards += (
            f'<article class="sl-card" data-card="{clock}">'
            f"<h2>{escape(title[:1].upper() + title[1:])}, a typical shot</h2>"
            f'<p class="big">{verdict_mark(group.verdict)} {escape(big[:1].upper() + big[1:])}</p>'
            f'<p class="facts">{escape(interval_words(group.ratio, group.low, group.high))}<br>'
            f"n = {group.n_ai:,} AI, {group.n_traditional:,} traditional</p></article>"
        )
    show(f'<div class="sl-fit"><div class="sl-cards four">{cards}</div></div>')


def _budget(production_id: str) -> None:
    try:
        budgets = ready(ask.budgets(), "Budgets and forecasts of all productions are being worked out.")
    except PageWaits:
        return
    row = next((each for each in budgets.rows if each.production_id == production_id), None)
    if row is not None:
        show(_budget_line(row, budgets.currency))


def _budget_line(row: ProductionBudget, currency: str) -> str:
    def said(label: str, amount: Decimal | None, css: str = "") -> str:
        words = "not known" if amount is None else money_words(amount, currency)
        return f'<p data-figure="{escape(label)}"><span>{label}</span><b class="{css}">{escape(words)}</b></p>'

    over = row.variance is not None and row.variance < 0
    return (
        f'<div class="slate-figures">{said("Locked Budget", row.locked)}{said("Spent", row.actual)}'
        f"{said('EFC', row.efc)}"
        f"{said('Variance', row.variance, 'alarm' if over else '')}{said('Incentive', row.incentive)}"
        f"{said('Net', row.net)}</div>"
    )


def _sequence(parts: ProductionParts, sequence: str | None) -> None:
    may_see_costs = person().may(Role.PRODUCER)
    asked = ask.shots_with_costs if may_see_costs else ask.shots
    shots = asked(parts.production_id, sequence)
    name = sequence or "In no sequence"
    known = next((each for each in parts.sequences if each.name == sequence), None)
    claim = f"{name} has no shots."
    if known is not None:
        claim = (
            f"{name}: {known.final_count:,} of {known.shot_count:,} shots are final; {known.ai.shot_count:,} were "
            "begun by AI."
        )
    words = SlateHeadline(claim, "", "", "")
    show(head.slate_head(parts.name, "" if may_see_costs else "What single shots cost is for producers", words))
    show(section("Shots", "Attempts are in order of time; a shot that fell back carries what both workflows took."))
    show(drill_tables.shot_table(shots, parts.currency, with_costs=may_see_costs))
    role = Role.PRODUCER if may_see_costs else Role.VIEWER
    rows = drill_tables.shot_rows(shots, with_costs=may_see_costs)
    show(csv_link(rows, name=f"shots-{parts.production_id}-{name.replace(' ', '-')}", role=role))


def _crumbs(parts: ProductionParts, sequence: str | None) -> str:
    trail = '<a href="/">Slate</a><span>/</span>'
    if sequence is None:
        trail += escape(parts.name)
    else:
        link = address(production=parts.production_id)
        trail += f'<a href="{link}">{escape(parts.name)}</a><span>/</span>{escape(sequence or "In no sequence")}'
    return f'<nav class="slate-crumbs" aria-label="Where this is">{trail}</nav>'
