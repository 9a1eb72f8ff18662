"""The main job, as a user types it: render a shot both ways, list, compare, re-price, rebuild."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from analytics.vocabulary.shipped import shipped_path


@pytest.mark.slow
def test_a_shot_goes_from_order_to_comparison(command_line) -> None:
    folders = command_line.ok("render", "building_collapse", "--workflow", "both", *command_line.TINY).split()
    assert len(folders) == 2
    for folder in folders:
        assert len(list(Path(folder, "frames").glob("*.png"))) == 4
        assert json.loads(Path(folder, "manifest.json").read_text())["render"]["outcome"] == "ok"
        assert not Path(folder, "work").exists()

    rows = json.loads(command_line.ok("renders", "--json"))
    assert [row["workflow"] for row in rows] == ["ai", "traditional"]
    for row in rows:
        assert row["outcome"] == "ok"
        assert sum(stage["wall_seconds"] for stage in row["stages"]) == pytest.approx(row["wall_seconds"], rel=0.02)
        began, ended = (datetime.fromisoformat(row[name]) for name in ("started_at", "ended_at"))
        # The calendar's clock saw nothing that the stages did not: no hidden work between or around them.
        # A simulation that an earlier render baked is counted again, although it took no time now.
        settings = json.loads(Path(row["folder"], "manifest.json").read_text())["render"]["settings"]
        baked = [settings.get(part, {}) for part in ("simulation", "effects")]
        carried = sum(each["wall_seconds"] for each in baked if each.get("baked_by_an_earlier_render"))
        assert row["wall_seconds"] - carried == pytest.approx((ended - began).total_seconds(), rel=0.05, abs=1.5)
        assert row["cpu_seconds"] > 0
        assert row["peak_memory_bytes"] < 6e9
    engines = {row["workflow"]: row["engine"] for row in rows}
    assert engines["traditional"].startswith("blender 4.")
    assert engines["ai"].startswith("diffusers 0.")
    stages = {row["workflow"]: {stage["name"] for stage in row["stages"]} for row in rows}
    assert {"load", "simulate", "render", "composite", "encode"} <= stages["traditional"]
    assert {"load", "simulate", "blocking", "denoise", "decode", "encode"} <= stages["ai"]

    screen = command_line.ok("compare", "building_collapse")
    assert "does not show" in screen
    for name in ("building_collapse_side_by_side.mp4", "building_collapse_contact_sheet.png"):
        assert (command_line.folder / "renders" / "building_collapse" / name).stat().st_size > 1_000

    priced = json.loads(command_line.ok("compare", "building_collapse", "--json", "--no-movie"))
    assert priced["quality_scores"]["measured_count"] == 1, "measured as soon as the twin was there"
    assert all(ratio["quality"].startswith("PSNR ") for ratio in priced["ratios"])
    assert "measured before" in command_line.ok("quality", "building_collapse")
    assert "PSNR" in command_line.ok("quality", "building_collapse", "--again")

    shown = command_line.ok("review", "building_collapse").split()
    assert [Path(path).name for path in shown] == ["A.mp4", "B.mp4", "A.png", "B.png"]
    answer = ("--answer", "B", "--note-a", "2", "--note-b", "4", "--reviewer", "AB")
    assert "B was building_collapse-" in command_line.ok("review", "building_collapse", *answer)
    results = json.loads(command_line.ok("review", "building_collapse", "--results", "--json"))
    assert results["answered_count"] == 1
    assert sorted(results["mean_notes"].values()) == [2, 4]

    dearer = command_line.folder / "dearer.toml"
    dearer.write_text(_doubled(shipped_path("rates", "default.toml").read_text()))
    repriced = json.loads(
        command_line.ok("compare", "building_collapse", "--json", "--no-movie", "--rates", str(dearer))
    )
    costs, dear_costs = list(_figures(priced, "cost")), list(_figures(repriced, "cost"))
    assert costs
    assert all(dear == pytest.approx(2 * cost) for cost, dear in zip(costs, dear_costs, strict=True))
    assert list(_figures(priced, "seconds")) == list(_figures(repriced, "seconds"))

    assert json.loads(command_line.ok("renders", "--json")) == rows
    command_line.ok("ledger", "check", "renders")
    command_line.ok("ledger", "rebuild", "renders")
    assert json.loads(command_line.ok("renders", "--json")) == rows
    assert json.loads(command_line.ok("review", "building_collapse", "--results", "--json")) == results
    command_line.ok("ledger", "backup", "copy.duckdb")
    assert (command_line.folder / "copy.duckdb").stat().st_size > 10_000


def _doubled(card: str) -> str:
    """The same card at twice every price."""
    from decimal import Decimal

    lines = []
    for line in card.splitlines():
        if line.startswith("price = "):
            line = f'price = "{2 * Decimal(line.split(chr(34))[1])}"'
        lines.append(line)
    return "\n".join(lines).replace('name = "default-2026"', 'name = "doubled"')


def _figures(tree: object, word: str) -> "list[float]":
    """Every number under a key that ends in ``word``, in reading order; ratios are left out."""
    found: list[float] = []
    if isinstance(tree, dict):
        for key, value in tree.items():
            if "ratio" in key:
                continue
            if key.split("_")[-1] == word and isinstance(value, int | float | str):
                try:
                    found.append(float(value))
                except ValueError:
                    continue
            else:
                found += _figures(value, word)
    elif isinstance(tree, list):
        for value in tree:
            found += _figures(value, word)
    return found
