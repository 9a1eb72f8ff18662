"""The commands that preview an import, list what came in and take it back."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

import shotledger

EXAMPLE = Path(__file__).resolve().parents[3] / "docs" / "history-bundle-example"


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    return shutil.copytree(EXAMPLE, tmp_path / "bundle")


@pytest.fixture
def run(tmp_path: Path):
    ledger = str(tmp_path / "studio.duckdb")

    def told(*arguments: str, code: int = 0) -> str:
        result = CliRunner().invoke(shotledger.app, [*arguments, "--ledger", ledger])
        assert result.exit_code == code, result.output
        return result.stdout

    return told


def test_from_preview_to_undo(run, bundle: Path, tmp_path: Path) -> None:
    assert "shots" in run("import", "history", str(bundle), "--preview")
    assert not (tmp_path / "studio.duckdb").exists()
    run("import", "history", str(bundle), "--by", "Ana")
    assert "importing them again changes nothing" in " ".join(
        run("import", "history", str(bundle), "--preview").split()
    )
    shots = bundle / "shots.csv"
    shots.write_text(shots.read_text().replace("2026-02-01,,open,S1", "2026-02-01,2026-04-02,final,S1"))
    screen = run("import", "history", str(bundle), "--preview")
    assert "shots, final_on: 1 changed, such as S2: empty → 2026-04-02" in screen
    assert "Nothing was written." in screen
    told = json.loads(run("import", "history", str(bundle), "--json"))
    assert told["tables"]["shots"] == {"new": 0, "known": 2, "changed": 1, "gone": 0}

    listed = json.loads(run("import", "list", "--json"))
    assert [(batch["imported_by"], batch["undone_at"]) for batch in listed] == [(None, None), ("Ana", None)]
    last, first = (batch["import_batch_id"] for batch in listed)
    assert "Ana" in run("import", "list")
    assert run("import", "list", "--csv").splitlines()[0].startswith("import_batch_id,")

    plan = json.loads(run("import", "undo", last, "--preview", "--json"))
    assert plan == [{"table": "shots", "removed_count": 0, "restored_count": 1}]
    assert json.loads(run("import", "undo", last, "--json")) == plan
    assert "shots" in run("import", "undo", first, "--by", "Bea")
    assert "taken back" in run("import", "list")


def test_an_empty_ledger_teaches(run, bundle: Path, tmp_path: Path) -> None:
    run("import", "history", str(bundle))
    first = json.loads(run("import", "list", "--json"))[0]["import_batch_id"]
    run("import", "undo", first)
    result = CliRunner().invoke(shotledger.app, ["import", "undo", first, "--ledger", str(tmp_path / "studio.duckdb")])
    assert result.exit_code != 0
    assert "taken back already" in str(result.exception)
