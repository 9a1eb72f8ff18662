"""What somebody has typed of a new card so far, and the grid and fields to type it in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import streamlit as st

from analytics.costing.held_cards import RateLine
from analytics.costing.new_cards import RateChange, new_card, scaled_price
from analytics.costing.repricing_preview import RepricingPreview
from analytics.vocabulary.rate_card import RateCard
from dashboards.answers import rates
from dashboards.answers.crew import Work
from dashboards.app_pages.rates.picking import Picked
from dashboards.app_pages.rates.words import day_words, place_words, price_words, resource_words, unit_words

DRAFT, EDITOR, ROUND = "rates_draft", "rates_editor", "rates_editor_round"
FROM, SOURCE, PERCENT = "rates_from", "rates_source", "rates_percent"
NEW_PRICE = "New price"
ROW_PIXELS, GRID_PIXELS = 36, 430

Subject = tuple[str, str | None, str | None]
"""Resource, territory and vendor: what a price is of."""


@dataclass
class Draft:
    """What was typed so far on one card, and what was worked out from it.

    Attributes
    ----------
    prices
        New prices as typed.
    card, work
        The card that the last preview is of, and the preview.
    """

    rate_card_id: str
    prices: dict[Subject, str] = field(default_factory=dict)
    card: RateCard | None = None
    work: Work[RepricingPreview] | None = None


def draft_on(rate_card_id: str) -> Draft:
    """The draft of this session; another card begins another one."""
    draft = st.session_state.get(DRAFT)
    if not isinstance(draft, Draft) or draft.rate_card_id != rate_card_id:
        draft = st.session_state[DRAFT] = Draft(rate_card_id)
    return draft


def forget_draft() -> None:
    """Begin anew; the grid is filled anew too."""
    st.session_state[DRAFT] = None
    _fill_anew()


def typed_card(draft: Draft) -> RateCard:
    """The new card that the draft makes.

    Raises
    ------
    InputRefused
        If anything that was typed cannot be used; every problem at once.
    """
    lines = {_subject(line): line for line in rates.lines(draft.rate_card_id, date.today())}
    day, source = st.session_state[FROM], typed_source()
    changes = [
        RateChange(
            line.resource, line.latest.unit, price, line.latest.currency, day, source, line.territory, line.vendor
        )
        for subject, price in draft.prices.items()
        if (line := lines.get(subject)) is not None
    ]  # fmt: skip
    return new_card(rates.card(draft.rate_card_id), changes)


def typed_source() -> str:
    """On whose word the new prices are; empty until somebody says."""
    return (st.session_state.get(SOURCE) or "").strip()


def show_terms(draft: Draft, picked: Picked) -> None:
    """From which day, on whose word, and a change of all that is shown by some percent."""
    with st.container(key="rates_terms", horizontal=True, vertical_alignment="bottom"):
        st.date_input("From", value=date.today(), key=FROM, width=150)
        st.text_input("On whose word", key=SOURCE, width=340, placeholder="Union agreement of 3 March 2026")
        st.number_input("All shown, percent", key=PERCENT, value=0.0, step=0.5, format="%.2f", width=160)
        percent = Decimal(f"{st.session_state[PERCENT]:.2f}")
        if st.button(f"Change the {len(picked.lines):,} shown", key="rates_scale", disabled=not percent):
            for line in picked.lines:
                if line.now is not None:
                    draft.prices[_subject(line)] = scaled_price(line.now, percent)
            _fill_anew()
            st.rerun()
        if st.button("Start again", key="rates_reset", disabled=not draft.prices):
            forget_draft()
            st.rerun()


def show_grid(draft: Draft, picked: Picked) -> None:
    """The grid to type in. Its input stays the same while one types: otherwise it would lose what was typed."""
    lines = picked.lines
    asked = (
        st.session_state.setdefault(ROUND, 0), picked.rate_card_id, tuple(_subject(line) for line in lines),
    )  # fmt: skip
    filled = st.session_state.get(f"{EDITOR}_input")
    if filled is None or filled[0] != asked:
        filled = st.session_state[f"{EDITOR}_input"] = (asked, [_row(draft, line) for line in lines])
    key = f"{EDITOR}_{abs(hash(asked))}"

    def keep() -> None:
        for place, cells in st.session_state[key]["edited_rows"].items():
            if NEW_PRICE in cells:
                subject, typed = _subject(lines[int(place)]), (cells[NEW_PRICE] or "").strip()
                if typed:
                    draft.prices[subject] = typed
                else:
                    draft.prices.pop(subject, None)

    column = st.column_config
    widths = {"What": 240, "Where, who": 230, "Price today": 110, "For": 130, "Since": 120}
    st.data_editor(
        filled[1],
        key=key,
        on_change=keep,
        hide_index=True,
        height=min(ROW_PIXELS * (1 + max(len(lines), 1)) + 2, GRID_PIXELS),
        row_height=ROW_PIXELS,
        alt="Prices of the card, with a column to type new ones",
        disabled=list(widths),
        column_config={
            **{name: column.TextColumn(name, width=width, pinned=name == "What") for name, width in widths.items()},
            NEW_PRICE: column.TextColumn(
                NEW_PRICE, width=130, help="Digits and a point, as in 112.50; empty: no change"
            ),
        },
    )


def _row(draft: Draft, line: RateLine) -> Mapping[str, str]:
    rate = line.now or line.latest
    return {
        "What": resource_words(line.resource), "Where, who": place_words(line), "Price today": price_words(line.now),
        "For": unit_words(rate), "Since": day_words(rate.valid_from), NEW_PRICE: draft.prices.get(_subject(line), ""),
    }  # fmt: skip


def _subject(line: RateLine) -> Subject:
    return line.resource, line.territory, line.vendor


def _fill_anew() -> None:
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
