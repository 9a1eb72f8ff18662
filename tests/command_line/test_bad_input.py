"""Whatever is wrong is answered with the place, the value and the mend, exit code 1, and nothing half-written."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]


def shotledger(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(REPOSITORY / "shotledger.py"), *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**os.environ, **environment},
    )


def refused(folder: Path, *arguments: str, words: tuple[str, ...], **environment: str) -> None:
    """The command fails with one sentence that has these words, and leaves the folder as it was."""
    before = sorted(path.name for path in folder.iterdir())
    done = shotledger(folder, *arguments, **environment)
    assert done.returncode == 1, done
    assert done.stderr.startswith("shotledger: ")
    assert "Traceback" not in done.stderr + done.stdout
    for word in words:
        assert word in done.stderr
    assert sorted(path.name for path in folder.iterdir() if path.name != "renders") == before
    assert not list(folder.glob("renders/*"))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("render", "building_colapse"), ("building_colapse", "building_collapse")),
        (("render", "missing.toml"), ("missing.toml", "no such file")),
        (("render", "building_collapse", "--frames", "1-24"), ("--frames", "1-24", "1001-1048")),
        (("render", "building_collapse", "--frames", "x"), ("--frames", "'x'", "1001-1048")),
        (("render", "building_collapse", "--size", "1x1"), ("size", "1x1", "even")),
        (("render", "building_collapse", "--quality", "best"), ("--quality", "best", "draft")),
        (("render", "building_collapse", "--seed", "-3"), ("--seed", "-3")),
        (("render", "building_collapse", "--out", "/proc/nothing"), ("--out", "/proc/nothing")),
        (("renders",), ("--ledger", "shotledger.duckdb")),
        (("compare", "building_collapse"), ("--ledger",)),
        (("ledger", "check"), ("--ledger",)),
        (("models", "wan9"), ("wan9", "wan2.1-vace-1.3b")),
        (("models", "--card", "voodoo"), ("voodoo", "rtx-4090")),
    ],
)
def test_impossible_orders_are_refused(tmp_path: Path, arguments: tuple[str, ...], words: tuple[str, ...]) -> None:
    refused(tmp_path, *arguments, words=words)


def test_a_file_that_is_no_ledger_is_left_alone(tmp_path: Path) -> None:
    notes = tmp_path / "notes.duckdb"
    notes.write_text("call the vendor")
    refused(tmp_path, "renders", "--ledger", "notes.duckdb", words=("notes.duckdb",))
    refused(
        tmp_path,
        "render",
        "building_collapse",
        "--workflow",
        "traditional",
        "--ledger",
        "notes.duckdb",
        words=("notes.duckdb",),
    )
    assert notes.read_text() == "call the vendor"


def test_a_blender_that_is_not_there_is_named(tmp_path: Path) -> None:
    refused(
        tmp_path,
        "render",
        "building_collapse",
        words=("SHOTLEDGER_BLENDER", "/no/blender"),
        SHOTLEDGER_BLENDER="/no/blender",
    )


def test_weights_that_are_not_there_are_named_before_anything_is_rendered(tmp_path: Path) -> None:
    data = tmp_path / "shipped"
    for name in ("shots", "templates", "rates"):
        (data / name).mkdir(parents=True)
        for file in (REPOSITORY / "data" / name).glob("*.toml"):
            (data / name / file.name).write_bytes(file.read_bytes())
    refused(tmp_path, "render", "building_collapse", words=("embedded",), SHOTLEDGER_DATA=str(data))


def test_a_rate_card_with_problems_is_refused_whole(tmp_path: Path) -> None:
    from analytics.ledger.ledger import Ledger

    Ledger.open(tmp_path / "l.duckdb")
    (tmp_path / "card.toml").write_text(
        'name = "x"\ncurrency = "USD"\n[[rate]]\nresource = "labour"\nunit = "fortnight"\nprice = 3.5\n'
    )
    refused(
        tmp_path,
        "compare",
        "building_collapse",
        "--ledger",
        "l.duckdb",
        "--rates",
        "card.toml",
        words=("card.toml", "fortnight", "price"),
    )


def test_parameters_out_of_range_are_refused_with_the_allowed_range(tmp_path: Path) -> None:
    shot = (REPOSITORY / "data" / "shots" / "building_collapse.toml").read_text()
    (tmp_path / "own.toml").write_text(
        shot.replace("[parameters]", "[parameters]\nfloors = 0\npieces = 5000\ngravity = -9.81")
    )
    refused(tmp_path, "render", "own.toml", "--workflow", "traditional", words=("floors", "pieces", "gravity", "1200"))
