"""Jobs on disk, worked off by a process of its own. What is ordered here fails at once, so that no picture is made."""

import os
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from analytics.ledger.ledger import Ledger
from analytics.render_queue.job import JobRecord, JobState, RenderWish
from analytics.render_queue.job_files import (
    RUNNER_LOCK,
    STATE_NAME,
    held_lock,
    job_folders,
    queue_folder,
    write_plain,
)
from analytics.render_queue.queue import KEPT_JOBS, MOST_WAITING, cancel, order_render, resume, standings
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.workflow import Workflow

NOWHERE = RenderWish("nowhere", Workflow.TRADITIONAL, "draft")
GIVE_UP_SECONDS = 60.0


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return Ledger.open(tmp_path / "shots.duckdb").path


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "renders"


@pytest.fixture
def busy(out: Path):
    """Another process works the queue off, so that whatever is ordered waits."""
    queue_folder(out).mkdir(parents=True)
    with held_lock(queue_folder(out) / RUNNER_LOCK, wait=False) as is_ours:
        assert is_ours
        yield


def until(happened: Callable[[], bool]) -> None:
    give_up = time.monotonic() + GIVE_UP_SECONDS
    while not happened():
        assert time.monotonic() < give_up, "it never happened"
        time.sleep(0.05)


def all_over(out: Path) -> bool:
    return all(standing.state.is_over for standing in standings(out))


def test_a_job_that_fails_says_why_in_the_words_of_the_command_line(ledger: Path, out: Path) -> None:
    order_render(NOWHERE, ledger, out, "Ann")
    until(lambda: all_over(out))
    (standing,) = standings(out)
    assert standing.state is JobState.FAILED
    assert "there is no test shot of that name" in (standing.record.words or "")
    assert standing.job.ordered_by == "Ann"
    assert standing.elapsed_seconds() is not None
    assert standing.log.read_text().startswith("shotledger: ")


def test_jobs_begin_in_the_order_they_came_and_one_ends_before_the_next_begins(ledger: Path, out: Path) -> None:
    ordered = [order_render(NOWHERE, ledger, out, "Ann").job_id for _ in range(3)]
    until(lambda: all_over(out))
    told = standings(out)[::-1]
    assert [standing.job.job_id for standing in told] == ordered
    for before, after in pairwise(told):
        assert before.record.ended_at is not None
        assert after.record.started_at is not None
        assert before.record.ended_at <= after.record.started_at


@pytest.mark.usefixtures("busy")
def test_a_waiting_job_is_cancelled_at_once_and_only_once(ledger: Path, out: Path) -> None:
    first, second = (order_render(NOWHERE, ledger, out, "Ann") for _ in range(2))
    assert [standing.place_in_queue for standing in standings(out)] == [2, 1]
    cancel(out, first.job_id)
    assert [(standing.state, standing.place_in_queue) for standing in standings(out)] == [
        (JobState.WAITING, 1),
        (JobState.CANCELLED, None),
    ]
    with pytest.raises(InputRefused, match="is cancelled already"):
        cancel(out, first.job_id)
    with pytest.raises(InputRefused, match="is not in the queue"):
        cancel(out, f"../../{second.job_id}x")


def test_what_a_killed_process_left_behind_is_lost_and_the_rest_goes_on(ledger: Path, out: Path) -> None:
    queue_folder(out).mkdir(parents=True)
    with held_lock(queue_folder(out) / RUNNER_LOCK, wait=False):
        order_render(NOWHERE, ledger, out, "Ann")
        order_render(NOWHERE, ledger, out, "Ann")
        running = JobRecord(JobState.RUNNING, None, None, os.getpid(), 1.0)  # of that number, but another process
        write_plain(job_folders(queue_folder(out))[0] / STATE_NAME, running)
    resume(out)
    until(lambda: all_over(out))
    assert [standing.state for standing in standings(out)] == [JobState.FAILED, JobState.LOST]


@pytest.mark.usefixtures("busy")
def test_a_queue_has_an_end_and_forgets_what_is_long_over(ledger: Path, out: Path) -> None:
    for _ in range(MOST_WAITING):
        order_render(NOWHERE, ledger, out, "Ann")
    with pytest.raises(InputRefused, match="wait already"):
        order_render(NOWHERE, ledger, out, "Ann")
    for _ in range(2):
        for standing in standings(out):
            if not standing.state.is_over:
                cancel(out, standing.job.job_id)
        for _ in range(MOST_WAITING):
            order_render(NOWHERE, ledger, out, "Ann")
    over = [standing for standing in standings(out) if standing.state.is_over]
    assert len(over) == KEPT_JOBS


def test_a_folder_that_cannot_be_written_is_said(ledger: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputRefused, match="cannot be written"):
        order_render(NOWHERE, ledger, tmp_path / "file" / "renders", "Ann")


def test_half_written_files_are_left_alone(ledger: Path, out: Path) -> None:
    folder = queue_folder(out) / "20260101T000000000000-abcd"
    folder.mkdir(parents=True)
    (folder / "job.json").write_text('{"job_id": ')
    assert standings(out) == []
