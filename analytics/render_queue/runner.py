"""Works a queue off, first ordered first: ``python -m analytics.render_queue.runner FOLDER``. Ends with the queue.

One render runs at a time on a machine, whatever the number of queues: two at once would each be measured too slow.
"""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import psutil

from analytics.render_queue.job import LOG_NAME, JobRecord, JobState, RenderJob
from analytics.render_queue.job_files import (
    PROGRESS_NAME,
    RUNNER_LOCK,
    STATE_NAME,
    cancel_is_wanted,
    held_lock,
    job_folders,
    read_job,
    read_progress,
    read_record,
    write_plain,
)
from analytics.render_queue.own_command import shotledger_command
from analytics.vocabulary.render import Outcome

LOOK_EVERY_SECONDS = 0.2
STOP_WITHIN_SECONDS = 60.0
"""How long a render has to write down what it measured before it is killed."""
SAME_START_SECONDS = 2.0
"""The start of a process is reckoned from that of the machine, and moves when its clock is set."""
WORDS_KEPT = 1200
OUR_WORDS = "shotledger: "


def work_off(queue: Path) -> None:
    """Carry out every job that waits, and those that come meanwhile; return at once if another process does."""
    while True:
        with held_lock(queue / RUNNER_LOCK, wait=False) as is_ours:
            if not is_ours:
                return
            _pick_up_left_behind(queue)
            while _next_waiting(queue) is not None:
                with held_lock(machine_lock(), wait=True):
                    folder = _next_waiting(queue)  # asked again: it may have been cancelled while the machine was busy
                    if folder is not None:
                        _carry_out(folder)
        # A job that came between the last look and the end of the lock saw it held and started nobody.
        if _next_waiting(queue) is None:
            return


def machine_lock() -> Path:
    """The lock that every queue of this user on this machine takes for a render."""
    return Path(tempfile.gettempdir(), f"shotledger-render-{os.getuid()}.lock")


def _next_waiting(queue: Path) -> Path | None:
    for folder in job_folders(queue):
        if read_record(folder).state is JobState.WAITING and read_job(folder) is not None:
            return folder
    return None


def _pick_up_left_behind(queue: Path) -> None:
    """Jobs of a runner that was killed: their render may still go on, or be gone."""
    for folder in job_folders(queue):
        record = read_record(folder)
        if record.state is JobState.RUNNING:
            process = _still_running(record)
            if process is not None:
                _watch(folder, process)
            _end(folder, record, None)


def _still_running(record: JobRecord) -> psutil.Process | None:
    with contextlib.suppress(psutil.Error):
        process = psutil.Process(record.process_id)
        is_the_same = abs(process.create_time() - (record.process_started or 0.0)) < SAME_START_SECONDS
        return process if is_the_same and _is_alive(process) else None
    return None


def _is_alive(process: psutil.Process) -> bool:
    with contextlib.suppress(psutil.Error):
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    return False


def _carry_out(folder: Path) -> None:
    job = read_job(folder)
    assert job is not None
    record = JobRecord(JobState.RUNNING, datetime.now(UTC))
    try:
        with (folder / LOG_NAME).open("ab") as log:
            child = psutil.Popen(
                _command(job, folder),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=job.out,
                start_new_session=True,
            )
    except OSError as error:
        words = f"the render could not be started ({error.strerror or error})"
        write_plain(folder / STATE_NAME, replace(record, state=JobState.FAILED, words=words))
        return
    record = replace(record, process_id=child.pid, process_started=child.create_time())
    write_plain(folder / STATE_NAME, record)
    try:
        _watch(folder, child)
    finally:
        # Also when this process is told to end: nobody would be left to stop the render.
        if child.poll() is None:
            _stop(child)
        _end(folder, record, child.wait())


def _command(job: RenderJob, folder: Path) -> list[str]:
    return [
        *shotledger_command(), "--ledger", job.ledger, "render", *job.wish.arguments,
        "--out", job.out, "--progress-file", str(folder / PROGRESS_NAME),
    ]  # fmt: skip


def _watch(folder: Path, process: psutil.Process) -> None:
    """Until the process is gone; stop it when somebody asks for that."""
    while _is_alive(process):
        if cancel_is_wanted(folder):
            return _stop(process)
        time.sleep(LOOK_EVERY_SECONDS)


def _stop(process: psutil.Process) -> None:
    """Politely, then not: whatever the render started goes with it."""
    with contextlib.suppress(psutil.Error):
        process.terminate()
        started_by_it = process.children(recursive=True)
        try:
            process.wait(STOP_WITHIN_SECONDS)
        except psutil.TimeoutExpired:
            for each in (process, *started_by_it):
                with contextlib.suppress(psutil.Error):
                    each.kill()


def _end(folder: Path, record: JobRecord, exit_status: int | None) -> None:
    """Write down how it ended.

    Parameters
    ----------
    exit_status
        ``None`` where the render was not our child: then its last progress says how it ended.
    """
    progress = read_progress(folder)
    outcome = None if progress is None else progress.outcome
    words = _last_words(folder)
    if exit_status == 0 or (exit_status is None and outcome is Outcome.OK):
        state, words = JobState.DONE, None
    elif cancel_is_wanted(folder) or outcome is Outcome.INTERRUPTED:
        state = JobState.CANCELLED
    elif exit_status is None and outcome is None:
        state, words = JobState.LOST, "its process ended without a word, as when a machine is switched off"
    else:
        state = JobState.FAILED
        if words is None:
            words = (
                f"killed by {signal.Signals(-exit_status).name}; the machine may have run out of memory"
                if exit_status is not None and exit_status < 0
                else f"ended with status {exit_status}"
            )
    write_plain(folder / STATE_NAME, replace(record, state=state, ended_at=datetime.now(UTC), words=words))


def _last_words(folder: Path) -> str | None:
    """What the command line said was wrong."""
    try:
        lines = (folder / LOG_NAME).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    said = [line.removeprefix(OUR_WORDS) for line in lines if line.startswith(OUR_WORDS)]
    return "\n".join(said)[:WORDS_KEPT] or None


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with contextlib.suppress(KeyboardInterrupt):
        work_off(Path(sys.argv[1]))
