"""The view that changes prices: type new ones, see what they would do to what is priced, bring them into force."""

from html import escape
from typing import Literal

import streamlit as st

from analytics.costing.new_cards import changed_rates
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.rate_card import RateCard
from dashboards.access.persons import person
from dashboards.access.roles import Role
from dashboards.answers import rates
from dashboards.answers.crew import Stopped
from dashboards.answers.rates import CardsHeld
from dashboards.answers.waiting import wait_for
from dashboards.app_pages.rates.charts import repriced_chart
from dashboards.app_pages.rates.draft import (
    Draft,
    draft_on,
    forget_draft,
    show_grid,
    show_terms,
    typed_card,
    typed_source,
)
from dashboards.app_pages.rates.picking import picked_lines
from dashboards.app_pages.rates.repricing import changes_table, preview_rows, preview_table, preview_words
from dashboards.look.cards import problem_box, section, show
from dashboards.look.downloads import csv_link, show_chart
from dashboards.look.words import count_words

NOTE, SAID = "rates_note", "rates_said"


def show_changing(held: CardsHeld) -> None:
    """Draw it."""
    said = st.session_state.pop(SAID, None)
    if said:
        show(f'<div class="ra-said" role="status">{escape(said)}</div>')
    show(
        section(
            "New prices, as a new dated card",
            "Type what changes. The card that is there stays as it is; the new one takes its place, each price from "
            "its day on. Nothing happens before you have seen what it would do.",
        )
    )
    picked = picked_lines(held, in_force_only=True)
    draft = draft_on(picked.rate_card_id)
    show_terms(draft, picked)
    show_grid(draft, picked)
    if not draft.prices:
        show('<p class="ra-hint">Nothing is changed yet: type a price in the column New price.</p>')
        return
    if not typed_source():
        show('<p class="ra-hint">On whose word are they? A price without a source is a rumour.</p>')
        return
    try:
        card = typed_card(draft)
    except InputRefused as refused:
        show(problem_box("These prices cannot be used yet", refused.problems))
        return
    changes = changed_rates(rates.card(draft.rate_card_id), card)
    show(section(f"{count_words(len(changes), 'price')} would change"), changes_table(changes))
    if draft.card != card:
        draft.work = None
    is_new = draft.work is None
    if st.button(
        "Preview the re-pricing", type="primary" if is_new else "secondary", key="rates_preview", disabled=not is_new
    ):
        draft.card, draft.work = card, rates.preview(card, draft.rate_card_id)
        st.rerun()
    _previewed(draft, card)


def _previewed(draft: Draft, card: RateCard) -> None:
    if draft.work is None:
        return
    try:
        found = wait_for(draft.work, "Everything is being priced by the new card, on a copy of the ledger.")
    except Stopped:
        draft.work = None
        st.rerun()
    show(section("What it would do", preview_words(found)))
    by_production = [row for row in found.by_production() if row.difference]
    if by_production:
        show_chart(
            repriced_chart(by_production),
            name="rates-preview",
            alt="By how much each production would be dearer or cheaper.",
            role=Role.PRODUCER,
        )
    show(preview_table(found), csv_link(preview_rows(found), name="rates-preview-rows", role=Role.PRODUCER))
    if person().may(Role.ADMIN):
        _bring_into_force(draft, card)
    else:
        show('<p class="ra-hint">An admin can bring these prices into force.</p>')


def _bring_into_force(draft: Draft, card: RateCard) -> None:
    words = f"As {card.name}. Costs and new bids are priced by it from then on; bids that were made are not."
    show(section("Bring it into force", words))
    with st.container(key="rates_apply", horizontal=True, vertical_alignment="bottom"):
        note = (
            st.text_input(
                "Why", key=NOTE, width=480, placeholder="Kept with the day, for whoever reads the books later"
            )
            or ""
        ).strip()
        emphasis: Literal["primary", "secondary"] = "primary" if note else "secondary"
        if st.button("Bring into force", key="rates_in_force", type=emphasis, disabled=not note):
            adopted = rates.bring_into_force(card, draft.rate_card_id, note)
            forget_draft()
            st.session_state[SAID] = f"In force: {', then '.join(adopted.card_ids)}. The pages are being priced by it."
            st.rerun()
