"""Several processes at one ledger: nothing is lost, nothing is there twice, and a killed one leaves it clean."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import invented_manifests
import pytest

from analytics.ledger.asking import render_rows
from analytics.ledger.checking import check_ledger
from analytics.ledger.ledger import Ledger

WORKER = Path(invented_manifests.__file__)
WRITERS, RENDERS_EACH = 4, 200


def start(ledger: Ledger, prefix: str, count: int, **options: int) -> "subprocess.Popen[str]":
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(Path.cwd()), str(WORKER.parent)])}
    return subprocess.Popen(
        [sys.executable, str(WORKER), str(ledger.path), prefix, str(count)], env=environment, text=True, **options
    )


@pytest.mark.slow
def test_four_writers_and_a_reader_lose_nothing(ledger: Ledger) -> None:
    writers = [start(ledger, f"w{number}", RENDERS_EACH) for number in range(WRITERS)]
    patient = Ledger(ledger.path, wait_seconds=120)
    seen = [0]
    while any(writer.poll() is None for writer in writers):
        with patient.reading() as connection:
            row = connection.execute(
                "SELECT count(*), count(DISTINCT render_id), (SELECT count(*) FROM stages) FROM renders"
            ).fetchone()
        assert row is not None
        assert row[1:] == (row[0], 3 * row[0]), "a reader sees whole renders only, each once"
        seen.append(row[0])
        time.sleep(0.2)
    assert [writer.returncode for writer in writers] == [0] * WRITERS
    assert seen == sorted(seen)
    assert len(set(seen)) > 3, "the reader came between the writers"
    expected = {f"collapse-ai-w{number}-{render:05d}" for number in range(WRITERS) for render in range(RENDERS_EACH)}
    rows = render_rows(ledger)
    assert len(rows) == len(expected) == 800
    assert {row["render_id"] for row in rows} == expected
    assert check_ledger(ledger) == []


@pytest.mark.parametrize("delay_seconds", [0.0, 0.013, 0.029, 0.041])
def test_a_writer_killed_in_the_middle_leaves_a_clean_ledger(ledger: Ledger, delay_seconds: float) -> None:
    with start(ledger, "victim", 0, stdout=subprocess.PIPE) as victim:
        assert victim.stdout is not None
        for _ in range(2):
            last_told = victim.stdout.readline().strip()
        time.sleep(delay_seconds)
        victim.send_signal(signal.SIGKILL)
        last_told = (victim.stdout.read().split() or [last_told])[-1]
    assert [finding for finding in check_ledger(ledger) if finding.severity == "problem"] == []
    finished = [row["render_id"] for row in render_rows(ledger) if row["outcome"] == "ok"]
    assert f"collapse-ai-{last_told}" in finished, "what was reported as recorded is there"
