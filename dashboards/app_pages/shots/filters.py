"""What the list of shots is narrowed by. All of it stands in the address, in the words of the page, to be sent."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from analytics.comparison.slate.kind_words import kind_words
from analytics.ledger.found_shots import ProductionToChoose, ShotSearch, SortedBy, Standing, Way
from analytics.vocabulary.shot import ShotKind
from dashboards.answers import shots

ALL_PRODUCTIONS, ALL_SEQUENCES = "All productions", "All sequences"
SORT, DOWN, PAGE = "sort", "order", "page"
FALLING = "down"
RISING_FIRST = {
    SortedBy.CODE, SortedBy.PRODUCTION, SortedBy.SEQUENCE, SortedBy.KIND, SortedBy.WAY, SortedBy.STATUS,
    SortedBy.TURNOVER_ON, SortedBy.DUE_ON,
}  # fmt: skip
"""Orders in which whoever clicks wants the first or earliest on top; of the others, the largest."""

KINDS = {kind_words(kind): kind for kind in ShotKind}
WAYS = {way.label: way for way in Way}
STANDINGS = {standing.label: standing for standing in Standing}


def chosen_search(with_money: bool) -> tuple[ShotSearch, ProductionToChoose | None]:
    """Draw the filters; what they ask for, and the one production they name, if one."""
    real, all_of_them = shots.productions(False), shots.productions(True)
    with st.container(horizontal=True, vertical_alignment="bottom", key="pickers"):
        # A ledger of demonstration shots alone lists them always; only beside real ones there is something to ask.
        with_synthetic = real != all_of_them and st.toggle(
            "With demonstration shots", key="demo", bind="query-params", on_change=_to_first_page
        )
        production = _production(all_of_them if with_synthetic else real)
        sequence = _sequence(production)
        words = st.text_input(
            "Search", key="text", bind="query-params", width=220, on_change=_to_first_page,
            placeholder="code or description",
        )  # fmt: skip
        kinds = st.multiselect(
            "Kind", list(KINDS), key="kind", bind="query-params", width=250, on_change=_to_first_page,
            placeholder="All kinds",
        )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="bottom", key="shot_pills"):
        standings = _pills("Status", STANDINGS, "status")
        ways = _pills("Made by", WAYS, "way")
    sorted_by, downwards = _order(with_money)
    search = ShotSearch(
        production_ids=(production.production_id,) if production else (),
        sequences=() if sequence == ALL_SEQUENCES else (sequence,),
        kinds=tuple(KINDS[label] for label in kinds),
        ways=tuple(WAYS[label] for label in ways),
        standings=tuple(STANDINGS[label] for label in standings),
        words=words or "",
        sorted_by=sorted_by,
        downwards=downwards,
        page=_page(),
        with_synthetic=with_synthetic,
    )
    return search, production


def ask_for_order(asked: str) -> None:
    """Sort by a column; by the same again: the other way round."""
    now, downwards = _order(True)
    chosen = SortedBy(asked)
    falls = not downwards if chosen is now else chosen not in RISING_FIRST
    st.query_params[SORT] = chosen.value
    if falls:
        st.query_params[DOWN] = FALLING
    else:
        st.query_params.pop(DOWN, None)
    _to_first_page()


def is_narrowed(search: ShotSearch) -> bool:
    """Whether anything but the order was asked for."""
    asked = (search.production_ids, search.sequences, search.kinds, search.ways, search.standings, search.words.strip())
    return any(asked)


def page_picker(page_count: int) -> None:
    """The pages of the list."""
    if page_count > 1:
        st.pagination(page_count, key=PAGE, bind="query-params")


def _production(productions: Sequence[ProductionToChoose]) -> ProductionToChoose | None:
    names = [production.name for production in productions]
    labels = {
        production.name if names.count(production.name) == 1 else f"{production.name} ({production.production_id})":
        production for production in productions
    }  # fmt: skip
    ids = {production.production_id: label for label, production in labels.items()}
    if (asked := st.query_params.get("production")) in ids and asked not in labels:
        st.query_params["production"] = ids[asked]  # other pages name it by its id; the address takes its name
        st.rerun()
    label = _pick("Production", [ALL_PRODUCTIONS, *labels], "production", 260, _to_all_sequences)
    return labels.get(label)


def _sequence(production: ProductionToChoose | None) -> str:
    """Only within a production: sequences of several have the same names."""
    if production is None:
        return ALL_SEQUENCES
    return _pick("Sequence", [ALL_SEQUENCES, *production.sequences], "sequence", 180, _to_first_page)


def _pick(label: str, options: Sequence[str], key: str, width: int, on_change: Callable[[], None]) -> str:
    chosen: str = st.selectbox(label, options, key=key, bind="query-params", width=width, on_change=on_change)
    return chosen or options[0]


def _pills(label: str, options: Any, key: str) -> list[str]:
    chosen: list[str] = st.pills(
        label, list(options), selection_mode="multi", key=key, bind="query-params", on_change=_to_first_page
    )
    return chosen


def _order(with_money: bool) -> tuple[SortedBy, bool]:
    asked = st.query_params.get(SORT, SortedBy.CODE.value)
    sorted_by = SortedBy(asked) if asked in set(SortedBy) else SortedBy.CODE
    if sorted_by is SortedBy.COST and not with_money:
        sorted_by = SortedBy.CODE  # an order by money would tell it
    return sorted_by, st.query_params.get(DOWN) == FALLING


def _page() -> int:
    asked = str(st.session_state.get(PAGE) or st.query_params.get(PAGE, "1"))
    return max(1, int(asked)) if asked.isdigit() else 1


def _to_first_page() -> None:
    st.session_state[PAGE] = 1


def _to_all_sequences() -> None:
    st.session_state["sequence"] = ALL_SEQUENCES
    _to_first_page()
