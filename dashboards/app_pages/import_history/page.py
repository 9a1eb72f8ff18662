"""The page Import, from top to bottom."""

import streamlit as st

from analytics.importers.history.contract import TABLES
from analytics.importers.history.template import TEMPLATE_NAME, empty_bundle
from analytics.ledger.staging.batches import ImportBatch, ImportsInWords
from dashboards.access.persons import person
from dashboards.access.roles import Role
from dashboards.answers.asking import NoLedger
from dashboards.answers.health import shots_by_origin
from dashboards.answers.imports import imports
from dashboards.app_pages.import_history.bringing_in import show_upload
from dashboards.app_pages.import_history.past_imports import UNDO, show_past_imports, show_undo
from dashboards.app_pages.import_history.sections import bundle_card
from dashboards.look.cards import banner, page_head, section, show, teach
from dashboards.look.downloads import download_link


def show_import() -> None:
    """Draw the page."""
    try:
        batches: tuple[ImportBatch, ...] = imports()
        synthetic, real = shots_by_origin()
    except NoLedger:  # the first import makes it
        batches, synthetic, real = (), 0, 0
    if synthetic:
        words = (
            "This ledger holds a made-up slate beside real rows; figures leave the made-up ones out."
            if real
            else "This ledger holds a made-up slate. Once real rows are in it, figures leave the made-up ones out."
        )
        show(banner(words))
    may = (
        "You may write what you have checked."
        if person().may(Role.ADMIN)
        else "You may check files and see what they would change; an admin writes them."
    )
    details = (
        "Every file is checked before anything is written: all of a bundle comes in, or nothing. What an import "
        f"replaced is kept, so that it can be taken back. {may}",
    )
    show(page_head("Import", "", str(ImportsInWords.of(batches)), details))
    undo = st.query_params.get(UNDO)
    if undo:
        show_undo(undo)
        return
    left, right = st.columns([1.1, 1], gap="large")
    with left:
        show(
            section(
                "Bring a history in",
                "A zip of the tables, or the tables themselves. Larger ones: shotledger import history DIR",
            )
        )
        uploads = st.file_uploader(
            "History bundle",
            type=["zip", "csv", "parquet"],
            accept_multiple_files=True,
            key=f"import_files_{st.session_state.get('import_round', 0)}",
            label_visibility="collapsed",
        )
    with right:
        link = download_link(
            "Empty tables to fill in", name=TEMPLATE_NAME, media_type="application/zip", make=empty_bundle,
            role=Role.PRODUCER,
        )  # fmt: skip
        show(bundle_card(TABLES, link))
    show_upload([(upload.name, upload.getvalue()) for upload in uploads])
    show(section("Imports", "Last first. Taking one back is refused, with the reason, where later facts build on it."))
    if batches:
        show_past_imports(batches)
    else:
        empty = [
            "Nothing came in yet. Upload a bundle above, or import a folder of any size from the terminal. "
            "A made-up slate of 4,000 shots shows what the pages do with one."
        ]
        show(teach("No imports yet", empty, "shotledger import history DIR\nshotledger demo-catalog"))
