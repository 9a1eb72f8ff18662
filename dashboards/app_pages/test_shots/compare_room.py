"""Compare: which shot at which quality, and both of its workflows side by side."""

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from analytics.comparison.figures import Clock, ShotComparison
from analytics.comparison.sentences import duration_words
from analytics.ledger.rendered_test_shots import RenderedShot
from analytics.vocabulary.origin import Origin
from dashboards.access.persons import person
from dashboards.access.roles import Role
from dashboards.answers.test_shots import comparison_of, rendered, renders_of
from dashboards.app_pages.test_shots.both_workflows import show_both
from dashboards.app_pages.test_shots.job_list import show_running
from dashboards.app_pages.test_shots.setups import setup_of
from dashboards.look import cards
from dashboards.look.player.movie_player import VIEWS
from dashboards.look.words import count_words, instant_words, listed, sentence, shot_words
from dashboards.serving.settings import settings

FIRST_COMMAND = "shotledger render building_collapse --workflow both"


def show_compare() -> None:
    """Ask, then arrange."""
    shots = rendered()
    show_running()
    if not shots:
        cards.show(_teach_first())
        return
    head = st.container()
    shot, view = _pickers(shots)
    comparison = comparison_of(shot)
    with head:
        cards.show(_head(comparison, shots[0].newest_at))
    show_both(comparison, view, renders_of(shot.shot_id), with_money=person().may(Role.PRODUCER))


def _teach_first() -> str:
    return cards.teach(
        "Nothing to compare yet",
        (
            f"The ledger {settings().ledger_path.name} holds no render of a test shot yet.",
            "Render one both ways: under Render above, or in a terminal. Each render runs under a stopwatch and lands "
            "in the ledger; then both movies, both clocks and both costs stand here side by side, by themselves.",
        ),
        FIRST_COMMAND,
        is_whole_page=True,
    )


def _pickers(shots: Sequence[RenderedShot]) -> tuple[RenderedShot, str]:
    """Shot, setup and view, kept in the address so that what is seen can be sent.

    The address holds the words of the widgets, so they are the codes that people type, not headings made of them.
    """
    ids_by_choice = _choices(shots)
    asked = st.query_params.get("shot")
    if asked is not None and asked not in ids_by_choice:
        known = listed(sorted(ids_by_choice)[:8])
        st.warning(f"This ledger holds no render of a shot called {asked}. It holds {known}.")
    with st.container(horizontal=True, vertical_alignment="bottom", key="pickers"):
        choice = st.selectbox("Shot", list(ids_by_choice), key="shot", bind="query-params", width=260)
        of_shot = [shot for shot in shots if shot.shot_id == ids_by_choice[choice]]
        by_setup = {setup_of(shot): shot for shot in sorted(of_shot, key=lambda shot: not shot.is_pair)}
        setup = st.selectbox("Rendered at", list(by_setup), key="setup", bind="query-params", width=300)
        view = st.segmented_control("View", VIEWS, default=VIEWS[0], required=True, key="view", bind="query-params")
    return by_setup[setup], view


def _choices(shots: Sequence[RenderedShot]) -> dict[str, str]:
    """Shot ids by what a person picks: the code, or the id where two shots share a code."""
    ids_by_code: dict[str, list[str]] = {}
    for shot in shots:
        ids = ids_by_code.setdefault(shot.shot_code, [])
        if shot.shot_id not in ids:
            ids.append(shot.shot_id)
    return {code if len(ids) == 1 else shot_id: shot_id for code, ids in ids_by_code.items() for shot_id in ids}


def _head(comparison: ShotComparison, newest_at: datetime | None) -> str:
    ai, traditional = comparison.sides
    name = shot_words(comparison.shot_code)
    if ai.machine_seconds and traditional.machine_seconds:
        headline = (
            f"{name} took {duration_words(ai.machine_seconds.median)} of machine time with AI "
            f"and {duration_words(traditional.machine_seconds.median)} traditionally."
        )
        rests_on = (
            f"{count_words(ai.ok_count, 'AI render')} and {count_words(traditional.ok_count, 'traditional render')}"
        )
        quality = sentence(f"{comparison.ratio(Clock.MACHINE).quality}.")
        detail = f"{rests_on} at {comparison.setup}; loading is left out. {quality} "
        detail += "One shot proves nothing about a slate: n = 1."
    else:
        missing = next(side for side in comparison.sides if side.machine_seconds is None)
        headline = f"{name} has no usable {missing.workflow.label} render yet."
        detail = f"At {comparison.setup} there is nothing to hold the other one against."
    if Origin.ASSUMED in comparison.ratio(Clock.PEOPLE).origins:
        detail += " People's hours, and so most of the cost, are assumed and not measured."
    banner = ""
    if any(Origin.SYNTHETIC in (*side.fact_origins, *side.people_origins) for side in comparison.sides):
        banner = cards.banner("Demonstration rows are among these figures. They show nothing about real work.")
    aside = f"ledger {settings().ledger_path.name}, newest render {instant_words(newest_at)}"
    return banner + cards.page_head("Test shots", aside, headline, [sentence(detail)])
