"""The page Methods and data health, from top to bottom."""

import streamlit as st

from dashboards.answers.health import about_the_ledger, health, how_numbers_are_made, shots_by_origin
from dashboards.answers.waiting import as_of, ready
from dashboards.app_pages.methods.health_parts import show_health
from dashboards.app_pages.methods.sections import ledger_parts, method_list
from dashboards.look.cards import banner, page_head, show

HEALTH, METHODS, LEDGER = "Data health", "How numbers are made", "The ledger"


def show_methods() -> None:
    """Draw the page."""
    synthetic, real = shots_by_origin()
    if synthetic:
        words = (
            "Rows of a made-up slate are left out here, because the ledger holds real ones too."
            if real
            else "Everything in this ledger is made up: it shows what the page does, and nothing of a studio."
        )
        show(banner(words))
    view = st.segmented_control(
        "What to look at", (HEALTH, METHODS, LEDGER), default=HEALTH, key="view", bind="query-params",
        label_visibility="collapsed", required=True,
    )  # fmt: skip
    if view == METHODS:
        made = how_numbers_are_made()
        details = ("In words, with the settings that hold in this ledger now, and what each number cannot tell.",)
        show(page_head("Methods", "", "How each number on these pages is made.", details), method_list(made))
    elif view == LEDGER:
        show(ledger_parts(about_the_ledger()))
    else:
        kept = health(False)
        show_health(ready(kept, "The whole ledger is being looked through for gaps."), as_of(kept))
