"""A claim of the reader's own, such as a vendor's offer, held against the same shots as the published ones."""

import streamlit as st

from analytics.comparison.claims.own_claim import ABOUT_WORDS, FIGURE_WORDS, own_claim
from analytics.vocabulary.claim import Claim


def ask_own_claim() -> Claim:
    """What was said, kept in the address."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="own_claim"):
        number = st.number_input(
            "Number", min_value=1.0, value=30.0, step=5.0, format="%g", key="number", bind="query-params", width=130
        )
        figure = st.segmented_control(
            "Says", list(FIGURE_WORDS), default=next(iter(FIGURE_WORDS)), required=True, key="says", bind="query-params"
        )
        about = st.segmented_control(
            "Of what", list(ABOUT_WORDS), default=next(iter(ABOUT_WORDS)), required=True, key="of", bind="query-params"
        )
    return own_claim(number, figure, about)
