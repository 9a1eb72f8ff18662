"""The page of test shots: its three rooms, and which of them the address names."""

import streamlit as st

from dashboards.answers.asking import NoLedger
from dashboards.app_pages.test_shots.compare_room import show_compare
from dashboards.app_pages.test_shots.render_room import show_render
from dashboards.app_pages.test_shots.review_room import show_review
from dashboards.look import cards

COMPARE, RENDER, REVIEW = "Compare", "Render", "Review blind"
ROOMS = {COMPARE: show_compare, RENDER: show_render, REVIEW: show_review}


def show_test_shots() -> None:
    """Draw the room that the address names. The pictures of a blind review stand in a room without any other."""
    room = st.segmented_control(
        "What to do",
        list(ROOMS),
        default=COMPARE,
        required=True,
        key="do",
        bind="query-params",
        label_visibility="collapsed",
    )
    try:
        ROOMS[room]()
    except NoLedger as error:
        # The first render makes the ledger, and it can be started in the next room.
        cards.show(
            cards.teach(
                "Nothing to compare yet",
                (
                    str(error.problems[0]),
                    "Render a test shot both ways: under Render above, or in a terminal. Each render runs under a "
                    "stopwatch and lands in the ledger; then both movies, both clocks and both costs stand here.",
                ),
                "shotledger render building_collapse --workflow both",
                is_whole_page=True,
            )
        )
