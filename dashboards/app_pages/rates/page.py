"""Arranges the page of rates: what everything is priced by, and three views: prices, changing them, incentives."""

import streamlit as st

from dashboards.answers import rates
from dashboards.app_pages.rates import words
from dashboards.app_pages.rates.changing import show_changing
from dashboards.app_pages.rates.incentives import show_incentives
from dashboards.app_pages.rates.prices import show_prices
from dashboards.look.cards import banner, show

VIEW = "show"
PRICES, CHANGING, INCENTIVES = "Prices", "Change prices", "Incentives"


def show_rates() -> None:
    """Draw the page."""
    held = rates.cards()
    first = rates.card(held.in_force.card_ids[0])
    if words.is_made_up(first):
        show(banner("The prices in force are made up for a demonstration."))
    show(words.rates_head(held, first))
    with st.container(key="rates_views"):
        view = st.segmented_control(
            "Show",
            [PRICES, CHANGING, INCENTIVES],
            key=VIEW,
            bind="query-params",
            default=PRICES,
            required=True,
            label_visibility="collapsed",
        )
    match view:
        case "Change prices":
            show_changing(held)
        case "Incentives":
            show_incentives()
        case _:
            show_prices(held)
