"""A line producer's months through the command line: a cut comes in, is bid, sent, locked, recut and followed."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]

EDL = """TITLE: REEL 3
FCM: NON-DROP FRAME

001  A001     V     C        01:00:00:00 01:00:04:00 00:00:00:00 00:00:04:00
* FROM CLIP NAME: TW_010_010
002  A002     V     C        01:00:10:00 01:00:13:00 00:00:04:00 00:00:07:00
* FROM CLIP NAME: TW_010_020
003  A003     V     C        01:00:20:00 01:00:22:12 00:00:07:00 00:00:09:12
* FROM CLIP NAME: TW_020_010
"""
RECUT = EDL.replace(
    "01:00:20:00 01:00:22:12 00:00:07:00 00:00:09:12", "01:00:20:00 01:00:24:00 00:00:07:00 00:00:11:00"
)
LIST = "sequence,code,kind,complexity,cut_frames,handle_frames,description\n" + "".join(
    f"SQ{number // 5},SH{number:03},{kind},{complexity},{60 + 3 * number},8,{words}\n"
    for number, (kind, complexity, words) in enumerate(
        [("cleanup", "easy", "wires"), ("set_extension", "medium", "city"), ("creature", "hard", '=HYPERLINK("x")')] * 5
    )
)


def run(ledger: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(REPOSITORY / "shotledger.py"), "--ledger", str(ledger), *arguments],
        cwd=ledger.parent, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip


def told(ledger: Path, *arguments: str) -> str:
    done = run(ledger, *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A studio with a past of five productions, and two cuts of the next show beside its ledger."""
    folder = tmp_path_factory.mktemp("studio")
    ledger = folder / "studio.duckdb"
    told(ledger, "demo-catalog", "--shots", "500")
    (folder / "cut.edl").write_text(EDL)
    (folder / "recut.edl").write_text(RECUT)
    (folder / "shots.csv").write_text(LIST)
    return ledger


def test_what_machines_read_of_a_bid_is_what_the_bundle_lays_down(studio: Path) -> None:
    said: Any = json.loads(told(studio, "bid", "new", "shots.csv", "--production", "NEXT", "--fps", "24", "--json"))
    hours = said["people_hours"]
    assert hours["total"]["p10"] < hours["total"]["p50"] < hours["total"]["p90"]
    assert said["total"]["p10"] < said["total"]["p50"] < said["total"]["p90"]
    assert said["gross"] + said["incentive"] == pytest.approx(said["net"])
    assert said["currency"] == "CAD"
    assert [shot["code"] for shot in said["shots"]] == [f"SH{number:03}" for number in range(15)]
    for shot, its_hours in zip(said["shots"], hours["shots"], strict=True):
        assert shot["basis"] in ("template", "pooled", "learned")
        assert shot["p10"] < shot["p50"] < shot["p90"]
        assert its_hours["code"] == shot["code"]
    # Totals are simulated with what shots share: narrower than the sum of percentiles.
    assert hours["total"]["p10"] > sum(shot["p10"] for shot in hours["shots"])
    assert hours["total"]["p90"] < sum(shot["p90"] for shot in hours["shots"])


def test_a_cut_becomes_a_locked_budget_and_a_recut_a_change_order(studio: Path) -> None:
    told(studio, "bid", "new", "cut.edl", "--fps", "24", "--production", "REEL", "--margin", "0.1",
         "-o", "bid.xlsx", "-o", "bid.csv", "-o", "bid.otio", "-o", "bid.json")  # fmt: skip
    early = run(studio, "bid", "award", "REEL-bid-1")
    assert early.returncode == 1
    assert "shotledger bid send REEL-bid-1" in early.stderr
    told(studio, "bid", "send", "REEL-bid-1", "--note", "to the studio")
    sent = json.loads(told(studio, "bid", "show", "REEL-bid-1", "--json"))
    told(studio, "bid", "award", "REEL-bid-1")
    told(studio, "bid", "lock", "REEL-bid-1")
    assert json.loads(told(studio, "bid", "show", "REEL-bid-1", "--json"))["gross"] == sent["gross"]
    assert json.loads((studio.parent / "bid.json").read_text())["gross"] == sent["gross"]
    lines = list(csv.DictReader(io.StringIO((studio.parent / "bid.csv").read_text(encoding="utf-8-sig"))))
    assert sum(float(line["amount"]) for line in lines) == pytest.approx(sent["gross"], abs=0.005)

    diff = json.loads(told(studio, "cut", "diff", "cut.edl", "recut.edl", "--fps", "24", "--bid", "REEL", "--json"))
    longer = {row["code"]: row for row in diff}["TW_020_010"]
    assert longer["frame_change"] == 36
    assert longer["needs_pull"] is True
    assert float(longer["cost_change"]) > 0
    dry = told(studio, "bid", "change", "REEL", "recut.edl", "--reason", "turnover 2", "--dry-run")
    assert "Nothing is recorded" in dry
    assert len(json.loads(told(studio, "bid", "list", "--production", "REEL", "--json"))) == 1
    told(studio, "bid", "change", "REEL", "recut.edl", "--reason", "turnover 2")
    listed = json.loads(told(studio, "bid", "list", "--production", "REEL", "--json"))
    assert [row["version_number"] for row in listed] == [2, 1]
    assert "turnover 2" in told(studio, "bid", "compare", "REEL-bid-1")
    events = [event["event"] for event in json.loads(told(studio, "bid", "show", "REEL-bid-1", "--history"))]
    assert events == ["made", "sent", "awarded", "locked", "changed"]


def test_what_came_in_as_a_formula_goes_out_as_text(studio: Path) -> None:
    from openpyxl import load_workbook

    told(studio, "bid", "new", "shots.csv", "--fps", "24", "--production", "SAFE", "-o", "safe.xlsx", "-o", "safe.csv")
    cells = [
        cell for sheet in load_workbook(studio.parent / "safe.xlsx") for row in sheet.iter_rows() for cell in row
        if isinstance(cell.value, str) and "HYPERLINK" in cell.value
    ]  # fmt: skip
    assert cells
    assert all(cell.data_type == "s" for cell in cells)
    assert "\n=HYPERLINK" not in (studio.parent / "safe.csv").read_text(encoding="utf-8-sig").replace(",", "\n")


def test_the_back_test_is_kept_and_quoted_by_the_next_bid(studio: Path) -> None:
    found = json.loads(told(studio, "bid", "backtest", "--outcomes", "400", "--json"))
    assert found["summary"]["productions"] == len(found["productions"]) >= 2
    assert set(found["summary"]["baseline_errors"]) == {
        "mean by complexity", "template", "last show scaled", "boosted trees",
    }  # fmt: skip
    bid = told(studio, "bid", "new", "shots.csv", "--fps", "24", "--production", "QUOTED")
    assert f"of {found['summary']['productions']} past productions" in " ".join(bid.split())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("bid", "new", "cut.edl", "--production", "X"), "--fps 24"),
        (("bid", "new", "nowhere.csv", "--production", "X"), "nowhere.csv"),
        (("bid", "new", "shots.csv", "--production", "X", "--confidence", "80"), "between 0 and 1"),
        (("bid", "new", "shots.csv", "--production", "X", "--confidence", "most"), "is no decimal"),
        (("bid", "new", "shots.csv", "--production", "X", "-o", "bid.pdf"), ".xlsx"),
        (("bid", "new", "shots.csv", "--production", "X", "--on", "soon"), "is no date"),
        (("bid", "new", "shots.csv", "--production", "X", "--template", "nowhere.toml"), "nowhere.toml"),
        (("bid", "show", "nothing"), "nothing"),
        (("bid", "efc", "nothing"), "nothing"),
        (("bid", "compare", "nothing"), "nothing"),
        (("cut", "diff", "cut.edl", "shots.csv"), "--fps 24"),
    ],
)
def test_bad_questions_get_a_sentence(studio: Path, arguments: tuple[str, ...], said: str) -> None:
    done = run(studio, *arguments)
    assert done.returncode == 1
    assert done.stderr.startswith("shotledger: ")
    assert "Traceback" not in done.stderr
    assert said in done.stderr
