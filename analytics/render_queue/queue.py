"""Orders renders, cancels them and tells how they stand. The work itself is done by `runner`, in another process."""

import os
import secrets
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

from analytics.render_queue.job import JobStanding, JobState, RenderJob, RenderWish
from analytics.render_queue.job_files import (
    CANCEL_NAME,
    JOB_NAME,
    RUNNER_LOCK,
    cancel_is_wanted,
    forget_job,
    held_lock,
    job_folders,
    queue_folder,
    read_job,
    read_progress,
    read_record,
    write_plain,
)
from analytics.vocabulary.errors import InputRefused

MOST_WAITING = 40
"""Somebody who leans on the button shall not fill a weekend."""
KEPT_JOBS = 60
"""Jobs that are over; of older ones only the render stays, which is in the ledger."""


def order_render(wish: RenderWish, ledger: Path, out: Path, ordered_by: str) -> RenderJob:
    """Put a render at the end of the queue and see to it that the queue is worked off.

    Parameters
    ----------
    ledger
        The ledger that the render is recorded in.
    out
        The folder of its frames; the queue lies in it.

    Raises
    ------
    InputRefused
        If too many wait already, or the folder cannot be written.
    """
    queue = queue_folder(out)
    try:
        queue.mkdir(parents=True, exist_ok=True)
        _forget_old(queue)
        waiting = sum(standing.state is JobState.WAITING for standing in standings(out))
        if waiting >= MOST_WAITING:
            raise InputRefused(
                "queue", f"{waiting} renders", "wait already, which is the most", "cancel some, or wait for them"
            )
        now = datetime.now(UTC)
        job = RenderJob(
            f"{now:%Y%m%dT%H%M%S%f}-{secrets.token_hex(2)}", wish, str(ledger.absolute()), str(out.absolute()),
            ordered_by, now,
        )  # fmt: skip
        folder = queue / job.job_id
        folder.mkdir()
        write_plain(folder / JOB_NAME, job)
    except OSError as error:
        raise InputRefused(
            "folder of renders", str(out), f"cannot be written ({error.strerror or error})",
            "start the pages on a ledger in a folder that you may write to",
        ) from None  # fmt: skip
    resume(out)
    return job


def cancel(out: Path, job_id: str) -> None:
    """Ask for a job to be stopped: one that waits is gone at once, one that runs writes down what it measured first.

    Raises
    ------
    InputRefused
        If there is no such job, or it is over.
    """
    folder = queue_folder(out) / Path(job_id).name
    if read_job(folder) is None:
        raise InputRefused("job", job_id, "is not in the queue", "look at the queue again: it may be over")
    state = read_record(folder).state
    if state.is_over:
        raise InputRefused("job", job_id, f"is {state} already", "look at the queue again")
    (folder / CANCEL_NAME).touch()
    resume(out)


def standings(out: Path) -> list[JobStanding]:
    """Every job of a folder of renders, the newest ordered first. Reads small files only."""
    found, waiting = [], 0
    for folder in job_folders(queue_folder(out)):
        job, record = read_job(folder), read_record(folder)
        if job is None:
            continue
        waits = record.state is JobState.WAITING
        waiting += waits
        found.append(
            JobStanding(
                job,
                record,
                None if waits else read_progress(folder),
                waiting if waits else None,
                record.state is JobState.RUNNING and cancel_is_wanted(folder),
            )
        )
    return found[::-1]


def resume(out: Path) -> None:
    """Start the process that works the queue off, if there is work and nobody does it: after a restart, for example."""
    queue = queue_folder(out)
    if all(standing.state.is_over for standing in standings(out)):
        return
    with held_lock(queue / RUNNER_LOCK, wait=False) as is_free:
        if not is_free:
            return  # it looks for new jobs after it has let go of the lock
    root = Path(__file__).resolve().parents[2]
    paths = [str(root), *filter(None, [os.environ.get("PYTHONPATH")])]
    with (queue / "runner.log").open("ab") as log:
        runner = subprocess.Popen(
            [sys.executable, "-m", "analytics.render_queue.runner", str(queue.absolute())],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,  # it outlives the pages, and a Ctrl-C at their terminal
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        )
    threading.Thread(target=runner.wait, daemon=True).start()  # or it would stay in the process table after its end


def _forget_old(queue: Path) -> None:
    over = [folder for folder in job_folders(queue) if read_record(folder).state.is_over]
    for folder in over[:-KEPT_JOBS]:
        forget_job(folder)
