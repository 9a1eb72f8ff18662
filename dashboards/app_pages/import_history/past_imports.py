"""The imports there were, and the way back from each."""

from collections.abc import Sequence

import streamlit as st

from analytics.ledger.staging.batches import ImportBatch
from analytics.vocabulary.errors import ShotledgerError
from dashboards.access.persons import person
from dashboards.access.roles import Role
from dashboards.answers.imports import begin_undo, look_again, plan_of_undo
from dashboards.answers.waiting import wait_for
from dashboards.app_pages.import_history.sections import batch_rows, batch_table, obstacle_box, undo_table, undo_words
from dashboards.look.cards import section, show
from dashboards.look.downloads import csv_link

UNDO = "undo"
"""In the address: the import that somebody wants to take back."""
UNDOING = "import_undoing"
SHOWN = 20


def show_past_imports(batches: Sequence[ImportBatch]) -> None:
    """The last of them, with a link to take each back."""
    everything = len(batches) <= SHOWN or st.toggle(f"Show all {len(batches):,}", key="import_all")
    show(
        batch_table(batches if everything else batches[:SHOWN]),
        csv_link(batch_rows(batches), name="imports", role=Role.PRODUCER),
    )


def show_undo(import_batch_id: str) -> None:
    """What taking one back would do, and the button that does it."""
    if UNDOING in st.session_state:
        _finish(import_batch_id)
        return
    plan = plan_of_undo(import_batch_id)
    show(section("Take this import back?", undo_words(plan.batch)))
    if plan.obstacles:
        show(obstacle_box(plan))
    else:
        show(undo_table(plan))
    for note in plan.notes:
        st.caption(note)
    with st.container(horizontal=True):
        if not plan.obstacles and person().may(Role.ADMIN):
            if st.button("Take it back", type="primary", key="import_undo"):
                st.session_state[UNDOING] = begin_undo(import_batch_id)
                st.rerun()
        elif not plan.obstacles:
            st.caption("An admin can take it back.")
        if st.button("Back to the imports" if plan.obstacles else "Keep it", key="import_keep"):
            _close()


def _finish(import_batch_id: str) -> None:
    try:
        wait_for(st.session_state[UNDOING], "The import is being taken back.")
    except ShotledgerError:
        del st.session_state[UNDOING]
        raise
    del st.session_state[UNDOING]
    look_again()
    _close()


def _close() -> None:
    del st.query_params[UNDO]
    st.rerun()
