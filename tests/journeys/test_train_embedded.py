"""What `make train-embedded` does, on a budget of minutes: clips rendered both ways, a small network, scores, a card.

The figures here are those of a few clips and a few hundred steps; what the shipped model reaches is in its card.
"""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LEAST_GAIN_DB = 0.8
NETWORK = ["--steps", "220", "--channels", "16,32,64", "--blocks", "1,2,2", "--crop", "64", "--batch", "8"]


def module(name: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", f"generation.training.{name}", *arguments]


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clips")
    budget = ["--scene", "snowfall", "--clips", "5", "--held-out", "2", "--frames", "4", "--size", "160x90"]
    subprocess.run(module("make_pairs", str(folder), *budget, "--processes", "2"), cwd=ROOT, check=True)
    return folder


def test_a_small_budget_gives_a_model_that_beats_its_blocking(clips: Path, tmp_path: Path) -> None:
    run, scores = tmp_path / "run", tmp_path / "scores"
    training = module("train", str(clips), "--out", str(run), *NETWORK, "--learning-rate", "0.002")
    begun = subprocess.Popen(training, cwd=ROOT)
    log = run / "loss.jsonl"
    while begun.poll() is None and not (log.is_file() and log.read_text().count("\n") >= 2):
        time.sleep(0.2)
    begun.send_signal(signal.SIGINT)
    assert begun.wait(60) == 0
    stopped_at = json.loads(log.read_text().splitlines()[-1])["step"]
    assert 20 <= stopped_at < 220
    subprocess.run(training, cwd=ROOT, check=True)
    told = json.loads((run / "model" / "training.json").read_text())
    assert told["finished"]
    assert told["steps"] == 220
    (fact,) = told["training_runs"]
    assert len((run / "sittings.jsonl").read_text().splitlines()) == 2
    assert fact["cpu_seconds"] > 0
    assert fact["energy_joules"] > 0
    (footage,) = fact["footage"]
    assert footage["clip_count"] == 5
    assert footage["frame_count"] == 20
    assert footage["cpu_seconds"] > 5
    assert list(run.glob("sheet_*.png"))

    evaluation = module("evaluate", str(clips), "--model", str(run / "model"), "--out", str(scores), "--card")
    subprocess.run(evaluation, cwd=ROOT, check=True)
    found = json.loads((scores / "scores.json").read_text())
    assert found["clip_count"] == 2
    assert found["gain"]["mean"] > LEAST_GAIN_DB
    assert (scores / "sheet.png").stat().st_size > 10_000
    assert "Scores on held-out clips" in (run / "model" / "README.md").read_text()
