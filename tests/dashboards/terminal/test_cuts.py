"""``shotledger cut``: what a list says and what changed, on a screen and for machines."""

import csv
import io
import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from analytics.vocabulary.errors import InputRefused
from dashboards.terminal.cuts import cut_app

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "shot_lists"


def cut(*arguments: str) -> Result:
    app = typer.Typer()
    app.add_typer(cut_app, name="cut")
    return CliRunner().invoke(app, ["cut", *arguments], catch_exceptions=True)


def sample(name: str) -> str:
    return str(SAMPLES / name)


def test_a_list_is_shown_with_its_remarks() -> None:
    shown = cut("show", sample("breakdown.csv"))
    assert shown.exit_code == 0
    for words in (
        "3 shots in 2 sequences, 234 frames (9.8 s) at 24",
        "ROOF_010_020",
        "no AI",
        "To know about this list",
        "Cost USD",
    ):
        assert words in shown.stdout
    assert max(len(line) for line in shown.stdout.splitlines()) <= 100


def test_a_list_for_machines() -> None:
    read = json.loads(cut("show", sample("cut_v1.edl"), "--fps", "24", "--handles", "8", "--json").stdout)
    assert (read["format"], read["fps"], len(read["shots"])) == ("edl", "24", 6)
    assert read["shots"][1]["cut_place"]["source_out"] == "11:00:04:00"
    assert read["shots"][0]["work_frames"] == 64
    assert any("is sound" in remark for remark in read["remarks"])


def test_a_list_as_csv_holds_no_formula(tmp_path: Path) -> None:
    text = cut("show", sample("injection.csv"), "--csv").stdout
    codes = [row["code"] for row in csv.DictReader(io.StringIO(text))]
    assert codes == ['\'=HYPERLINK("http://example.invalid","ROOF_010")', "'+1", "'-2", "'\t=cmd"]
    (tmp_path / "again.csv").write_text(text, newline="")
    assert cut("show", str(tmp_path / "again.csv"), "--csv").stdout == text


def test_a_diff_is_shown() -> None:
    shown = cut("diff", sample("cut_v1.edl"), sample("cut_v2.edl"), "--fps", "24")
    assert shown.exit_code == 0
    told = " ".join(shown.stdout.split())
    for words in ("1 new, 1 omitted, 1 longer, 1 shorter, 1 retimed, 1 reordered, 1 renamed, 1 unchanged",
                  "26 frames added (1.1 s), 36 frames taken (1.5 s).", "1 shot to pull, 10 frames of handles given.",
                  "renamed, was ROOF_020_020"):  # fmt: skip
        assert words in told
    assert "ROOF_010_030" not in told
    assert "ROOF_010_030" in cut("diff", sample("cut_v1.edl"), sample("cut_v2.edl"), "--fps", "24", "--all").stdout


def test_a_diff_for_machines() -> None:
    arguments = ("diff", sample("cut_v1.edl"), sample("cut_v2.edl"), "--fps", "24", "--handles", "2")
    rows = {row["code"]: row for row in json.loads(cut(*arguments, "--json").stdout)}
    assert rows["ROOF_010_010"]["changes"] == ["longer", "reordered"]
    assert rows["ROOF_010_010"]["needs_pull"] is True
    assert rows["ROOF_020_030"]["new_frames"] is None
    table = list(csv.DictReader(io.StringIO(cut(*arguments, "--csv").stdout)))
    assert [row["code"] for row in table] == list(rows)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("show", sample("cut_v1.edl")), ("EDLs say no frame rate",)),
        (("show", sample("breakdown.csv"), "--fps", "x"), ("--fps", "'x'")),
        (("show", sample("breakdown.csv"), "--sheet", "Shots"), ("--sheet", "goes with workbooks")),
        (("show", sample("breakdown.csv"), "--handles", "-3"), ("--handles", "-3")),
        (("diff", sample("negative_durations.csv"), sample("duplicated_codes.csv")),
         ("negative_durations.csv, line 4", "duplicated_codes.csv, line 5")),
        (("diff", sample("breakdown.csv"), sample("kitsu_export.csv")), ("cannot be held against",)),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_with_all_of_it(arguments: tuple[str, ...], words: tuple[str, ...]) -> None:
    failed = cut(*arguments)
    assert isinstance(failed.exception, InputRefused)
    for word in words:
        assert word in str(failed.exception)
