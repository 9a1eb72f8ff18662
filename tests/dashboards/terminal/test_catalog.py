"""``shotledger demo-catalog`` fills a ledger and says where the truth lies."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from analytics.vocabulary.errors import InputRefused
from dashboards.terminal.catalog import demo_catalog

app = typer.Typer()
app.command("demo-catalog")(demo_catalog)


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return tmp_path / "demo.duckdb"


def test_it_says_what_was_made_and_where_the_truth_lies(ledger: Path) -> None:
    result = CliRunner().invoke(app, ["--shots", "80", "--ledger", str(ledger)])
    assert result.exit_code == 0, result.output
    assert "80 shots" in result.output
    assert "every row synthetic" in result.output
    truth = json.loads((ledger.parent / "truth.json").read_text(encoding="utf-8"))
    ratio = truth["clocks"]["people"]["all"]["geometric_mean_ratio"]
    (people,) = [line for line in result.output.splitlines() if line.strip().startswith("people's hours")]
    assert f"{ratio:.2f}" in people.split()
    assert sorted(file.name for file in ledger.parent.iterdir()) == ["demo.duckdb", "truth.json"]


def test_json_names_what_was_written_and_the_bundle_is_kept(ledger: Path) -> None:
    bundle = ledger.parent / "bundle"
    arguments = ["--shots", "80", "--ledger", str(ledger), "--json"]
    result = CliRunner().invoke(app, [*arguments, "--bundle", str(bundle), "--parquet"])
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert told["tables"]["shots"] == {"new": 80, "known": 0}
    assert (bundle / "work_entries.parquet").is_file()
    again = json.loads(CliRunner().invoke(app, [*arguments, "--parquet"]).stdout)
    assert again["tables"] == {}
    assert again["import_batch_id"] == told["import_batch_id"]


def test_a_number_of_shots_that_is_refused_leaves_nothing_behind(ledger: Path) -> None:
    result = CliRunner().invoke(app, ["--shots", "3", "--ledger", str(ledger)])
    assert isinstance(result.exception, InputRefused)
    assert list(ledger.parent.iterdir()) == []
