"""A studio renders a shot with a model of its own, as it would type it: blocked, rendered, listed, repeated."""

import json
import signal
import time
from pathlib import Path

import pytest

from tests.generation.ai.tiny_checkpoints import save_tiny_checkpoint

MODEL = "wan2.1-vace-1.3b"
FEW = ("--size", "64x36", "--frames", "1020-1023", "--steps", "2", "--model-size", "64x32")


@pytest.mark.slow
def test_a_blocked_shot_is_rendered_by_a_model_and_repeated_from_its_manifest(command_line, tmp_path: Path) -> None:
    weights = tmp_path / "vace"
    save_tiny_checkpoint(MODEL, weights)
    order = ("render", "building_collapse", "--workflow", "ai", "--model", MODEL, "--weights", str(weights))
    done = command_line.run(*order, *FEW)
    assert done.returncode == 0, done.stderr
    folder = Path(done.stdout.strip())
    assert len(list((folder / "frames").glob("*.png"))) == 4
    told = done.stderr.splitlines()
    stages = [line.rsplit(": ", 1)[1] for line in told if line.startswith("building_collapse") and "step" not in line]
    for name in ("load", "simulate", "blocking", "condition", "denoise", "decode", "conform", "encode"):
        assert name in stages
    # The libraries' own words and bars stay out of the terminal.
    assert all(line.startswith(("building_collapse AI", "next:")) for line in told), done.stderr

    (row,) = json.loads(command_line.ok("renders", "--json"))
    assert (row["model"], row["outcome"], row["purpose"]) == (MODEL, "ok", "shot")
    settings = row["settings"]
    assert settings["shown"] == ["depth of the blocking"]
    assert settings["windows"] == [{"first": 0, "frame_count": 5, "seed": row["seed"]}]
    assert settings["scheduler"]["class"] == "UniPCMultistepScheduler"

    # The weights were moved and the shot is rendered from another folder: the manifest knows what they were.
    moved = tmp_path / "elsewhere"
    weights.rename(moved)
    again = command_line.run("repeat", str(folder), "--weights", str(moved), "--out", "again")
    assert again.returncode == 0, again.stdout + again.stderr
    assert "4 of 4 frames are equal" in again.stdout
    assert "changed:" not in again.stdout
    save_tiny_checkpoint("wan2.1-t2v-1.3b", tmp_path / "other")
    refused = command_line.run("repeat", str(folder), "--weights", str(tmp_path / "other"), "--out", "again")
    assert refused.returncode == 1
    assert "WanVACEPipeline" in refused.stderr
    command_line.ok("ledger", "check", "renders")


def test_ctrl_c_between_steps_ends_in_a_sentence_and_keeps_what_was_measured(command_line, tmp_path: Path) -> None:
    name = "wan2.1-t2v-1.3b"
    save_tiny_checkpoint(name, tmp_path / "wan")
    running = command_line.start(
        *("render", "building_collapse", "--workflow", "ai", "--model", name, "--weights", str(tmp_path / "wan")),
        *("--size", "64x36", "--frames", "1001-1004", "--steps", "1000", "--model-size", "832x480"),
    )
    deadline = time.monotonic() + 120
    while not list(command_line.folder.glob("renders/*/*/manifest.json")):
        assert time.monotonic() < deadline, "the render never began"
        time.sleep(0.05)
    time.sleep(25)  # loading the libraries takes most of it on a busy machine; a thousand steps take far longer
    command_line.end(running, signal.SIGINT)
    assert running.returncode == 130
    (row,) = json.loads(command_line.ok("renders", "--json"))
    assert (row["outcome"], row["ended_at"] is None) == ("interrupted", False)
    assert row["wall_seconds"] > 1
    assert row["settings"]["num_inference_steps"] == 1000


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--workflow", "traditional", "--model", "sdxl"), "--model: the traditional workflow has no model"),
        (("--workflow", "ai", "--steps", "3"), "--steps: the embedded model has nothing to choose"),
        (("--workflow", "both", "--model", "sdxl9"), "there is no model of that name"),
        (("--workflow", "ai", "--model", "sdxl", "--weights", "nowhere"), "nowhere"),
        (("--workflow", "ai", "--model", "sdxl", "--model-size", "100x100"), "multiples of"),
    ],
)
def test_an_impossible_model_is_refused_in_a_sentence(command_line, options: tuple[str, ...], words: str) -> None:
    done = command_line.run("render", "building_collapse", *options)
    assert done.returncode == 1
    assert words in done.stderr, done.stderr
    assert "Traceback" not in done.stderr
    assert not list(command_line.folder.glob("renders/building_collapse"))
