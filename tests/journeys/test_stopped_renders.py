"""A render that is stopped, politely or not, leaves a clean ledger and loses nothing that was measured."""

import json
import random
import signal
import time

import pytest

MOMENTS = 10


def _wait_until_begun(command_line, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not list(command_line.folder.glob("renders/*/*/manifest.json")):
        assert time.monotonic() < deadline, "the render never began"
        time.sleep(0.05)


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_a_polite_stop_keeps_what_was_measured(command_line, stop: signal.Signals) -> None:
    running = command_line.start("render", "building_collapse", "--workflow", "traditional", *command_line.TINY)
    _wait_until_begun(command_line)
    time.sleep(3.0)
    command_line.end(running, stop)
    assert running.returncode == 130
    (row,) = json.loads(command_line.ok("renders", "--json"))
    assert (row["outcome"], row["ended_at"] is None) == ("interrupted", False)
    assert row["wall_seconds"] > 1
    (manifest,) = command_line.folder.glob("renders/*/*/manifest.json")
    assert json.loads(manifest.read_text())["render"]["outcome"] == "interrupted"
    command_line.ok("ledger", "check", "renders")


@pytest.mark.slow
def test_kill_9_at_random_moments_leaves_a_ledger_that_checks_clean(command_line) -> None:
    chance = random.Random(20261122)
    for moment in range(MOMENTS):
        workflow = "traditional" if moment % 2 else "ai"
        running = command_line.start("render", "building_collapse", "--workflow", workflow, *command_line.TINY)
        time.sleep(chance.uniform(0.2, 12.0))
        command_line.end(running, signal.SIGKILL)
    command_line.ok(
        "render", "building_collapse", "--workflow", "traditional", "--size", "64x36", "--frames", "1020-1021"
    )

    command_line.ok("ledger", "check", "renders")
    rows = json.loads(command_line.ok("renders", "--json"))
    assert len(rows) >= len(list(command_line.folder.glob("renders/*/*/manifest.json")))
    assert any(row["outcome"] == "interrupted" and row["ended_at"] is None for row in rows)
    command_line.ok("ledger", "rebuild", "renders")
    assert json.loads(command_line.ok("renders", "--json")) == rows
