"""Pickers of the page of rates: which card, what it prices, where, and for whom. Their words stand in the address."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from analytics.costing.held_cards import RateLine
from dashboards.answers import rates
from dashboards.answers.rates import CardsHeld
from dashboards.app_pages.rates.words import EVERYBODY, EVERYWHERE, KINDS, card_words, kinds_on, place_in

CARD, KIND, WHERE, WHO, FIND = "card", "prices", "where", "who", "find"
ALL = "All"


@dataclass(frozen=True)
class Picked:
    """The lines of a card that the reader asked for.

    Attributes
    ----------
    on
        The day they are asked for.
    """

    rate_card_id: str
    on: date
    lines: tuple[RateLine, ...]
    whole_count: int


def picked_lines(held: CardsHeld, *, in_force_only: bool) -> Picked:
    """Draw the pickers and take what they say."""
    order = held.in_force.card_ids
    found = [card for card in held.cards if card.rate_count and (card.rate_card_id in order or not in_force_only)]
    named = {card_words(card): card for card in sorted(found, key=lambda card: place_in(order, card.rate_card_id))}
    if len(named) < len(found):
        named = {card.rate_card_id: card for card in named.values()}
    with st.container(key="pickers", horizontal=True, vertical_alignment="bottom"):
        card_id = named[_choice("Card", list(named), CARD, 250)].rate_card_id
        on = date.today()
        lines = rates.lines(card_id, on)
        kinds = {KINDS.get(kind, kind): kind for kind in kinds_on(lines)}
        kind = _choice("What", [ALL, *kinds], KIND, 170)
        chosen = [line for line in lines if kind == ALL or line.resource.split(":")[0] == kinds[kind]]
        where = _choice("Where", _words([line.territory or EVERYWHERE for line in chosen]), WHERE, 140)
        chosen = [line for line in chosen if where == ALL or (line.territory or EVERYWHERE) == where]
        who = _choice("Who", _words([line.vendor or EVERYBODY for line in chosen]), WHO, 210)
        chosen = [line for line in chosen if who == ALL or (line.vendor or EVERYBODY) == who]
        text = st.text_input("Find", key=FIND, bind="query-params", width=170, placeholder="comp, h100, ...")
    shown = [line for line in chosen if (text or "").casefold() in line.resource]
    return Picked(card_id, on, tuple(shown), len(lines))


def _choice(label: str, options: Sequence[str], key: str, width: int) -> str:
    if st.session_state.get(key, options[0]) not in options:
        del st.session_state[key]
    return str(st.selectbox(label, options, key=key, bind="query-params", width=width))


def _words(values: Sequence[str]) -> list[str]:
    return [ALL, *sorted(set(values))]
