"""What the page Import asks and does: uploads laid out, previewed, written; imports listed and taken back."""

import hashlib
import shutil
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from analytics.importers.history.importing import import_history, preview_history
from analytics.importers.history.unpacking import lay_out_upload
from analytics.ledger.ledger import Ledger
from analytics.ledger.staging.batches import ImportBatch, imports_of
from analytics.ledger.staging.importing import Imported
from analytics.ledger.staging.previewing import ImportPreview
from analytics.ledger.staging.undoing import Undone, UndoPlan, undo_import, undo_plan
from dashboards.access.persons import require
from dashboards.access.roles import Role
from dashboards.answers.asking import NoLedger, answer, copies, foreground, newest
from dashboards.answers.crew import Work
from dashboards.serving.settings import settings

UPLOADS_KEPT_SECONDS = 24 * 3600

Upload = tuple[str, bytes]


@answer(Role.PRODUCER)
def imports(ledger: Ledger) -> tuple[ImportBatch, ...]:
    """Every import, the last first."""
    return imports_of(ledger)


@answer(Role.PRODUCER)
def plan_of_undo(ledger: Ledger, import_batch_id: str) -> UndoPlan:
    """What taking an import back would do."""
    return undo_plan(ledger, import_batch_id)


def laid_out(uploads: Sequence[Upload]) -> Path:
    """The folder in which uploaded files lie as a bundle; the same files lie in the same folder.

    Raises
    ------
    InputRefused
        If they hold no tables, or hold one twice.
    """
    require(Role.PRODUCER)
    root = settings().cache_folder / "uploads"
    _clear_old(root)
    read = hashlib.sha256()
    for name, content in uploads:
        read.update(f"{name}\0{len(content)}\0".encode())
        read.update(content)
    folder = root / read.hexdigest()[:20]
    if not folder.exists():
        unfinished = root / f"{folder.name}.{time.monotonic_ns()}"
        unfinished.mkdir(parents=True, mode=0o700)
        try:
            lay_out_upload(uploads, unfinished)
            with suppress(OSError):  # another reader laid out the very same files meanwhile
                unfinished.rename(folder)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    return folder


def _clear_old(root: Path) -> None:
    for folder in root.glob("*"):
        if time.time() - folder.stat().st_mtime > UPLOADS_KEPT_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)
            with suppress(OSError):  # a ledger that a preview was made against, where there was none yet
                folder.unlink()


def state_now() -> object:
    """Of the ledger that a preview is held against; ``None`` where there is none yet."""
    with suppress(NoLedger):
        return newest().state
    return None


def begin_preview(folder: Path) -> Work[ImportPreview]:
    """Have the files of a folder checked and held against the ledger, beside the pages."""
    require(Role.PRODUCER)
    try:
        path = str(newest().ledger.path)
    except NoLedger:  # the first import makes it
        path = str(folder.with_name(f"{folder.name}.duckdb"))
    return foreground().begin(previewed, path, str(folder))


def previewed(ledger_path: str, folder: str, said: Callable[[str], None]) -> ImportPreview:
    """In the worker: what an import would change."""
    said("Every line of every file is read and checked.")
    return preview_history(Ledger.open(ledger_path), Path(folder))


def begin_import(folder: Path, source: str) -> Work[Imported]:
    """Have the files of a folder written into the ledger itself; for an admin."""
    by = require(Role.ADMIN)
    return foreground().begin(written, str(settings().ledger_path), str(folder), source, by.name)


def written(ledger_path: str, folder: str, source: str, by: str, said: Callable[[str], None]) -> Imported:
    """In the worker: all of it is written, or nothing."""
    said("All of it is written, or nothing.")
    return import_history(Ledger.open(ledger_path), Path(folder), source=source, by=by)


def begin_undo(import_batch_id: str) -> Work[tuple[Undone, ...]]:
    """Have an import taken back; for an admin."""
    by = require(Role.ADMIN)
    return foreground().begin(taken_back, str(settings().ledger_path), import_batch_id, by.name)


def taken_back(ledger_path: str, import_batch_id: str, by: str, said: Callable[[str], None]) -> tuple[Undone, ...]:
    """In the worker: rows go, and rows come back."""
    said("Its rows go, and those that it replaced come back.")
    return undo_import(Ledger.open(ledger_path, create=False), import_batch_id, by=by)


def look_again() -> None:
    """Bring the pages' copy up to date after a write that they asked for."""
    copies().refresh()
