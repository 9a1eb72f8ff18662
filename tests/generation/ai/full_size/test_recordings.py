"""The shipped recordings can be read, say what ran where, agree with their presets, and add up."""

import json
import statistics
from pathlib import Path
from typing import Any

import pytest

from analytics.vocabulary.shipped import shipped_path
from generation.ai.full_size.measure import BELIEVABLE_UTILISATION
from generation.ai.model_presets import find_preset, preset_names

RECORDINGS = sorted(shipped_path("recordings").glob("*.json"))
UNITS = (
    "_seconds",
    "_bytes",
    "_watts",
    "_joules",
    "_steps",
    "_count",
    "_per_second",
    "_per_call",
    "_per_step",
    "_per_run",
)
WITHOUT_UNIT = {"width", "height", "guidance", "cudnn", "utilisation_of_rated", "utilisation_of_matmul"}
COUNTER_SECONDS = 0.1
"""The energy counter of a card moves so seldom."""
UNITS_THEMSELVES = {"seconds", "joules", "flops"}


def read(path: Path) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return record


def numbers(table: dict[str, Any], parent: str = "") -> list[str]:
    """Names under which a record holds numbers; those of a list or a part take the name above them."""
    found = []
    for name, value in table.items():
        if isinstance(value, dict):
            found += numbers(value, name)
        elif isinstance(value, int | float | list) and not isinstance(value, bool):
            found.append(parent if parent.endswith("_count") else name)
    return found


def test_every_preset_was_recorded() -> None:
    assert {read(path)["model"] for path in RECORDINGS} == set(preset_names())


@pytest.mark.parametrize("path", RECORDINGS, ids=lambda path: path.stem)
def test_recording_agrees_with_its_preset(path: Path) -> None:
    record = read(path)
    preset = find_preset(record["model"])
    fields = ("title", "pipeline_class", "precision", "width", "height", "frame_count", "frames_per_second", "guidance")
    assert {name: record[name] for name in fields} == {name: getattr(preset, name) for name in fields}
    assert record["native_steps"] == preset.steps
    assert path.name.startswith(preset.name)
    assert record["parameter_count"] == preset.parameters
    assert record["denoiser_flops_per_call"] * record["denoiser_calls_per_step"] == preset.clip_flops["denoise_step"]
    if not record["compiled"]:
        stages = record["stages"]
        encoded = sum(stage["flops"] for name, stage in stages.items() if name.startswith("encode"))
        assert (encoded, stages["decode"]["flops"]) == (preset.clip_flops["encode"], preset.clip_flops["decode"])
        weights_bytes = 2 * sum(preset.parameters.values())
        decode = preset.working_bytes["decode_tiled" if stages["decode"]["tiled"] else "decode"]
        for stage, working in (("denoise_step", preset.working_bytes["denoise"]), ("decode", decode)):
            assert stages[stage]["peak_vram_bytes"] == pytest.approx(weights_bytes + working, rel=0.02)


@pytest.mark.parametrize("path", RECORDINGS, ids=lambda path: path.stem)
def test_recording_says_what_ran_where(path: Path) -> None:
    record = read(path)
    assert (record["complete"], record["purpose"], record["weights"]) == (True, "benchmark", "random")
    assert all(record["hardware"][name] for name in ("device", "memory_bytes", "power_limit_watts", "driver", "cuda"))
    assert record["versions"].keys() >= {"python", "torch", "diffusers", "transformers"}
    assert record["measured_at_utc"].endswith("+00:00")
    known = WITHOUT_UNIT | UNITS_THEMSELVES
    assert [name for name in numbers(record) if name not in known and not name.endswith(UNITS)] == []


@pytest.mark.parametrize("path", RECORDINGS, ids=lambda path: path.stem)
def test_recording_adds_up(path: Path) -> None:
    record = read(path)
    stages = dict(record["stages"])
    assert record["peak_vram_bytes"] == max(stage["peak_vram_bytes"] for stage in stages.values())
    assert record["peak_vram_bytes"] < record["hardware"]["memory_bytes"]
    step = stages.pop("denoise_step")
    steps = record["native_steps"]
    assert len(step["seconds"]) == record["measured_steps"]
    assert record["seconds_per_step"] == statistics.median(step["seconds"])
    others_seconds = sum(statistics.median(stage["seconds"]) for stage in stages.values())
    others_joules = sum(stage["joules"] / len(stage["seconds"]) for stage in stages.values())
    assert record["native_seconds"] == pytest.approx(steps * record["seconds_per_step"] + others_seconds)
    assert record["native_joules"] == pytest.approx(steps * step["joules"] / len(step["seconds"]) + others_joules)
    assert step["joules"] / (sum(step["seconds"]) + COUNTER_SECONDS) < 1.05 * record["hardware"]["power_limit_watts"]
    flops_per_second = (
        record["denoiser_flops_per_call"] * record["denoiser_calls_per_step"] / record["seconds_per_step"]
    )
    assert record["utilisation_of_rated"] == pytest.approx(flops_per_second / record["rated_flops_per_second"])
    least, most = BELIEVABLE_UTILISATION
    assert least <= record["utilisation_of_rated"] <= most or "Explained" in record["remark"]


@pytest.mark.parametrize("path", RECORDINGS, ids=lambda path: path.stem)
def test_readme_states_the_figures_of_the_recording(path: Path) -> None:
    record = read(path)
    lines = (path.parent / "README.md").read_text(encoding="utf-8").splitlines()
    (row,) = (line for line in lines if f"]({path.name})" in line)
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert cells[1:4] == [
        f"{record['width']}x{record['height']}",
        str(record["frame_count"]),
        f"{record['measured_steps']} of {record['native_steps']}",
    ]
    assert cells[4] == f"{record['seconds_per_step']:.3f}"
    assert cells[5].split()[0] == f"{record['native_seconds']:.1f}"
    assert cells[6] == f"{record['native_joules'] / 1e3:.1f}"
    assert cells[7] == f"{record['peak_vram_bytes'] / 1e9:.1f}"
    assert cells[8] == f"{record['utilisation_of_rated'] * 100:.1f} / {record['utilisation_of_matmul'] * 100:.1f}"
