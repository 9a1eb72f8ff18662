"""The files of the queue: a folder for each job, written whole or not at all, read by whoever watches.

::

    renders/queue/runner.lock            held by the process that works the queue off
    renders/queue/<job_id>/job.json      what was ordered; never changed
                          /state.json    how far it came; written by that process alone
                          /progress.json where the render stands; written by the render
                          /cancel        somebody wants it stopped
                          /log.txt       the render's own words
"""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from analytics.ledger.plain_form import Reading, read_json, to_plain
from analytics.render_queue.job import QUEUE_FOLDER, JobRecord, JobState, RenderJob
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.render_progress import RenderProgress

JOB_NAME, STATE_NAME, PROGRESS_NAME, CANCEL_NAME = "job.json", "state.json", "progress.json", "cancel"
RUNNER_LOCK = "runner.lock"


def queue_folder(out: Path) -> Path:
    """Where the queue of a folder of renders lies."""
    return out / QUEUE_FOLDER


def job_folders(queue: Path) -> list[Path]:
    """Folders of all jobs, the first ordered first."""
    return sorted(path.parent for path in queue.glob(f"*/{JOB_NAME}"))


def write_plain(path: Path, value: Any) -> None:
    """Write a dataclass as JSON, beside and then renamed."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    unfinished.write_text(json.dumps(to_plain(value), indent=1), encoding="utf-8")
    unfinished.replace(path)


def read_job(folder: Path) -> RenderJob | None:
    """What was ordered; ``None`` where the file was taken away or is of another version."""
    job: RenderJob | None = _read(folder / JOB_NAME, RenderJob)
    return job


def read_record(folder: Path) -> JobRecord:
    """How far the job came. One that waits has no file yet; one that was cancelled before it began never gets one."""
    record: JobRecord | None = _read(folder / STATE_NAME, JobRecord)
    if record is not None:
        return record
    return JobRecord(JobState.CANCELLED if cancel_is_wanted(folder) else JobState.WAITING)


def read_progress(folder: Path) -> RenderProgress | None:
    """Where the render stands; ``None`` until it says so."""
    progress: RenderProgress | None = _read(folder / PROGRESS_NAME, RenderProgress)
    return progress


def cancel_is_wanted(folder: Path) -> bool:
    """Whether somebody wants the job stopped."""
    return (folder / CANCEL_NAME).exists()


def forget_job(folder: Path) -> None:
    """Remove a job's folder; the render that it made stays."""
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def held_lock(path: Path, *, wait: bool) -> Iterator[bool]:
    """Hold a lock between processes in this block; it goes with the process, however that ends.

    Yields
    ------
    bool
        Whether it is held: always, if waited for.
    """
    import fcntl

    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(descriptor)


def _read(path: Path, kind: type) -> Any:
    """A dataclass from its JSON, or ``None``: these files come and go while somebody looks."""
    try:
        plain = read_json(path, "order the render again")
    except InputRefused:
        return None
    reading = Reading(str(path))
    value = reading.dataclass(kind, plain, "")
    return None if reading.problems else value
