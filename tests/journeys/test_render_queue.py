"""Renders that a page orders: real ones, watched, stopped, and taken up again after their runner was killed."""

import json
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from analytics.ledger.asking import render_rows
from analytics.ledger.ledger import Ledger
from analytics.render_queue.job import JobStanding, JobState, RenderWish
from analytics.render_queue.own_command import lay_out_review
from analytics.render_queue.queue import cancel, order_render, resume, standings
from analytics.vocabulary.frames import FrameRange, FrameSize
from analytics.vocabulary.stage import StageName
from analytics.vocabulary.workflow import Workflow

GIVE_UP_SECONDS = 240.0
TINY, FOUR = FrameSize(64, 36), FrameRange(1020, 1023)


@pytest.fixture
def place(tmp_path: Path) -> tuple[Path, Path]:
    """A ledger, and the folder that its renders go to."""
    return Ledger.open(tmp_path / "shots.duckdb").path, tmp_path / "renders"


def wish(workflow: Workflow) -> RenderWish:
    model = "embedded" if workflow is Workflow.AI else None
    return RenderWish("building_collapse", workflow, "draft", model, TINY, FOUR)


def until(happened: Callable[[], bool]) -> None:
    give_up = time.monotonic() + GIVE_UP_SECONDS
    while not happened():
        assert time.monotonic() < give_up, "it never happened"
        time.sleep(0.05)


def newest(out: Path) -> JobStanding:
    return standings(out)[0]


def is_over(out: Path) -> bool:
    return newest(out).state.is_over


@pytest.mark.slow
def test_both_workflows_are_rendered_one_after_the_other_and_can_be_reviewed(place: tuple[Path, Path]) -> None:
    ledger, out = place
    for workflow in (Workflow.TRADITIONAL, Workflow.AI):
        order_render(wish(workflow), ledger, out, "Ann")
    seen: set[StageName | None] = set()

    def watched() -> bool:
        seen.update(each.progress.stage for each in standings(out) if each.progress is not None)
        return is_over(out)

    until(watched)
    assert [standing.state for standing in standings(out)] == [JobState.DONE, JobState.DONE]
    assert {StageName.RENDER, StageName.LOAD} <= seen
    rows = render_rows(Ledger.open(ledger))
    assert [row["render_id"] for row in rows] == [standing.render_id for standing in standings(out)]
    first, second = standings(out)[::-1]
    assert first.record.ended_at is not None
    assert second.record.started_at is not None
    assert first.record.ended_at <= second.record.started_at

    shot_id = "test_shots/building_collapse"
    review_id = lay_out_review(ledger, shot_id, out)
    assert lay_out_review(ledger, shot_id, out) == review_id, "it waits for its answer"
    folder = out / "building_collapse" / "reviews" / review_id
    assert sorted(path.name for path in folder.iterdir()) == ["A.mp4", "A.png", "B.mp4", "B.png"]


@pytest.mark.slow
def test_cancelling_keeps_what_was_measured(place: tuple[Path, Path]) -> None:
    ledger, out = place
    job = order_render(wish(Workflow.TRADITIONAL), ledger, out, "Ann")
    until(lambda: newest(out).render_id is not None)
    cancel(out, job.job_id)
    until(lambda: is_over(out))
    assert newest(out).state is JobState.CANCELLED
    (row,) = render_rows(Ledger.open(ledger))
    assert (row["outcome"], row["ended_at"] is None) == ("interrupted", False)
    until(lambda: not [each for each in psutil.process_iter(["cmdline"]) if str(out) in str(each.info["cmdline"])])


@pytest.mark.slow
def test_a_render_outlives_its_runner_and_is_taken_up_again(place: tuple[Path, Path]) -> None:
    ledger, out = place
    order_render(wish(Workflow.TRADITIONAL), ledger, out, "Ann")
    until(lambda: newest(out).render_id is not None)
    runner = psutil.Process(newest(out).record.process_id).parent()
    assert runner is not None
    assert "analytics.render_queue.runner" in runner.cmdline()
    os.kill(runner.pid, signal.SIGKILL)
    until(lambda: not runner.is_running())
    assert newest(out).state is JobState.RUNNING
    resume(out)
    until(lambda: is_over(out))
    assert newest(out).state is JobState.DONE
    manifest = json.loads(next(out.glob("building_collapse/*/manifest.json")).read_text())
    assert manifest["render"]["outcome"] == "ok"
