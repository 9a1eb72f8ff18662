"""What if: ask once, then read off whatever the sliders say."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import streamlit as st

from analytics.comparison.slate.kind_words import kind_words
from analytics.estimation.what_if.best_shares import BestShare, best_shares
from analytics.estimation.what_if.change_ranges import ChangeRange, change_ranges
from analytics.estimation.what_if.chosen_shares import WhatIf, what_if
from analytics.estimation.what_if.share_curves import ShareCurves
from analytics.vocabulary.errors import InputRefused
from dashboards.answers.waiting import as_of, ready
from dashboards.answers.what_if import curves as asked_curves
from dashboards.app_pages.what_if.charts import change_by_kind
from dashboards.app_pages.what_if.result_cards import result_cards
from dashboards.app_pages.what_if.sliders import preset_buttons, shares_chosen, show_sliders
from dashboards.app_pages.what_if.wording import SCOPE_NAMES, details, headline, range_words
from dashboards.look import cards
from dashboards.look.downloads import csv_link, show_chart

WAITING = "What shots of each kind take by either workflow is being learned from the past ones."
EMPTY = (
    "A what-if rests on finished shots of both workflows: what each kind took by AI and traditionally. Import the past "
    "of a production, or look at the made-up catalog first.",
)


def show_what_if() -> None:
    """Draw the page."""
    kept = asked_curves()
    try:
        found = ready(kept, WAITING)
    except InputRefused as refused:
        cards.show(
            cards.teach(
                "Nothing to learn from yet",
                (str(refused.problems[0]), *EMPTY),
                "shotledger import history DIR",
                is_whole_page=True,
            )
        )
        return
    head = st.container()
    with st.container(horizontal=True, vertical_alignment="bottom", key="pickers"):
        names = [SCOPE_NAMES[scope] for scope in found]
        name = st.segmented_control(
            "Which shots", names, default=names[0], required=True, key="shots", bind="query-params"
        )
        curves = next(found[scope] for scope in found if SCOPE_NAMES[scope] == name)
        usual = round(curves.hours_per_week)
        pace = st.number_input(
            "People-hours a week",
            min_value=1,
            value=usual,
            step=100,
            key=f"pace_{curves.scope.value}",
            bind="query-params",
            width=170,
            help=f"What all the work is divided by. In the past {usual:,} were booked a week.",
        )
    best = best_shares(curves)
    preset_buttons(curves, best)
    answer = what_if(curves, shares_chosen(curves), hours_per_week=float(pace))
    advised = what_if(curves, {each.kind: each.share for each in best}, hours_per_week=float(pace))
    with head:
        warning = cards.banner("The past that this rests on is invented.") if curves.is_synthetic else ""
        cards.show(
            warning + cards.page_head("What if", as_of(kept), headline(curves, answer), details(answer, advised))
        )
    cards.show(result_cards(curves, answer, advised, float(pace)))
    ranges = change_ranges(curves)
    cards.show(
        cards.section(
            "Move the share of AI, kind by kind",
            "Each curve: how the cost of the kind changes along the share, with the band of 8 in 10 outcomes; on one "
            "scale. Dashed: as so far. Dot: chosen. Thin and dotted: AI was hardly ever tried there. "
            "More takes the easy and short shots first; less gives the hard and long ones back.",
        )
    )
    show_sliders(curves, best, ranges, answer.kinds)
    cards.show(csv_link(lambda: _curve_rows(ranges), name="what-if-curves"))
    _by_kind(curves, answer if answer.is_moved else advised, best, is_moved=answer.is_moved)
    cards.show(cards.limits(tuple(_limits(curves, answer))))


def _by_kind(curves: ShareCurves, answer: WhatIf, best: Sequence[BestShare], *, is_moved: bool) -> None:
    title = "What each kind adds to the difference" if is_moved else "What the best that is known would change"
    which = "at the shares chosen" if is_moved else "at the best share that is known of each kind"
    said = f"Change in cost {which}, in {curves.currency}, with 8 of 10 outcomes. Left of the line is less."
    cards.show(cards.section(title, said))
    told = "; ".join(f"{kind_words(each.kind)} {range_words(each.change, curves.currency)}" for each in answer.kinds)
    show_chart(change_by_kind(answer.kinds, curves.currency), name="what-if-by-kind", alt=f"Change by kind: {told}")
    cards.show(csv_link(lambda: _rows(answer, best), name="what-if"))


def _limits(curves: ShareCurves, answer: WhatIf) -> Iterator[str]:
    yield (
        f"It rests on {curves.n_past_shots:,} finished shots ({curves.n_past_ai:,} by AI) of {curves.n_productions} "
        "productions. What nobody recorded of them, such as who was free, is in no curve."
    )
    yield "Shots that AI was hardly tried on are guessed from others; that is why no advice goes there."
    yield "Time is people-hours over a pace: who can do what, and what waits for what, is not looked at."
    yield "Whether the pictures are as good is not in it: that stands on the slate, in retakes and reviews."
    for why, count in curves.left_out.items():
        yield f"{count:,} shots are not asked about, {why}."
    if curves.really_cost is not None:
        so_far = answer.so_far.gross
        yield (
            f"As a check: as they were made, these shots cost {curves.really_cost:,} {curves.currency} so far, "
            f"{curves.still_open:,} of them still open; simulated they cost {so_far.p10:,} to {so_far.p90:,} when done."
        )
    yield from curves.plan_notes
    if answer.is_net:
        yield "What incentives leave of a cost is taken from the past; thresholds are not asked anew."


def _rows(answer: WhatIf, best: Sequence[BestShare]) -> list[Mapping[str, Any]]:
    return [
        {
            "kind": each.kind,
            "shots": each.n_shots,
            "ai_percent": each.share,
            "ai_percent_so_far": each.so_far,
            "ai_percent_best": advice.share,
            "advice": advice.advice.value,
            "cost": each.cost,
            "cost_so_far": each.cost_so_far,
            "change_p10": each.change.p10,
            "change_p50": each.change.p50,
            "change_p90": each.change.p90,
            "people_hours_change_p50": round(each.change_in_hours.p50),
            "saves_chance": each.saves_chance,
            "past_ai_shots": each.n_past_ai,
            "currency": answer.currency,
            "why": advice.why,
        }
        for each, advice in zip(answer.kinds, best, strict=True)
    ]


def _curve_rows(ranges: Sequence[ChangeRange]) -> list[Mapping[str, Any]]:
    return [
        {
            "kind": along.kind,
            "ai_percent": point.share,
            "change_p10": point.low,
            "change_p50": point.middle,
            "change_p90": point.high,
            "is_tried": point.is_tried,
        }
        for along in ranges
        for point in along.points
    ]
