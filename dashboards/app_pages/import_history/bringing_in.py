"""From uploaded files to a preview, and from there into the ledger."""

from pathlib import Path

import streamlit as st

from analytics.ledger.staging.previewing import ImportPreview
from analytics.vocabulary.errors import InputRefused, ShotledgerError
from dashboards.access.persons import person
from dashboards.access.roles import Role
from dashboards.answers.imports import Upload, begin_import, begin_preview, laid_out, look_again, state_now
from dashboards.answers.waiting import wait_for
from dashboards.app_pages.import_history.sections import (
    change_rows,
    changed_table,
    count_cards,
    done_words,
    nothing_words,
    preview_table,
    problem_rows,
    problem_table,
)
from dashboards.look.cards import section, show
from dashboards.look.downloads import csv_link

CHECKED, WRITING, DONE, ROUND = "import_checked", "import_writing", "import_done", "import_round"


def show_upload(uploads: list[Upload]) -> None:
    """Check what was uploaded, show what it would change, and write it when an admin says so."""
    if DONE in st.session_state:
        show(done_words(st.session_state[DONE]))
    if WRITING in st.session_state:
        _finish_writing()
        return
    if not uploads:
        st.session_state.pop(CHECKED, None)
        return
    st.session_state.pop(DONE, None)
    try:
        folder = laid_out(uploads)
        preview = _previewed(folder)
    except InputRefused as refused:
        _show_problems(refused, uploads)
        return
    _show_preview(preview, folder, _named(uploads))


def _previewed(folder: Path) -> ImportPreview:
    """Checked once for each upload and each state of the ledger."""
    asked = (str(folder), state_now())
    known = st.session_state.get(CHECKED)
    if known is None or known[0] != asked:
        st.session_state[CHECKED] = known = (asked, begin_preview(folder))
    preview: ImportPreview = wait_for(known[1], "The files are being checked and held against the ledger.")
    return preview


def _show_problems(refused: InputRefused, uploads: list[Upload]) -> None:
    rows = problem_rows(refused.problems)
    show(problem_table(rows, len(uploads)), csv_link(rows, name="import-problems", role=Role.PRODUCER))


def _show_preview(preview: ImportPreview, folder: Path, source: str) -> None:
    show(section("What it would change", "Nothing is written yet."))
    if preview.changes_nothing:
        show(nothing_words(preview))
        return
    rows = change_rows(preview)
    show(
        count_cards(preview.total),
        preview_table(preview),
        changed_table(preview),
        csv_link(rows, name="import-preview", role=Role.PRODUCER),
    )
    if not person().may(Role.ADMIN):
        st.caption("An admin can write this into the ledger.")
        return
    if st.button("Write it into the ledger", type="primary", key="import_write"):
        st.session_state[WRITING] = begin_import(folder, source)
        st.rerun()


def _finish_writing() -> None:
    try:
        imported = wait_for(st.session_state[WRITING], "The history is being written into the ledger.")
    except ShotledgerError:
        del st.session_state[WRITING]
        st.session_state.pop(CHECKED, None)
        raise
    del st.session_state[WRITING]
    st.session_state[DONE] = imported
    # Another key is another uploader: the files that came in are not offered a second time.
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
    st.session_state.pop(CHECKED, None)
    look_again()
    st.rerun()


def _named(uploads: list[Upload]) -> str:
    names = [name for name, _ in uploads]
    return f"uploaded: {', '.join(names[:3])}{f' and {len(names) - 3} more' if len(names) > 3 else ''}"
