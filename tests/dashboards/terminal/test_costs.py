"""`shotledger cost` and `reprice` as people and machines read them."""

import csv
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from analytics.importers.history.importing import import_history
from analytics.ledger.ledger import Ledger
from analytics.vocabulary.errors import InputRefused
from dashboards.terminal.costs import cost, reprice

EXAMPLE = Path(__file__).resolve().parents[3] / "docs" / "history-bundle-example"
DEAR = """
name = "dear"
currency = "EUR"
[[rate]]
resource = "labour"
unit = "hour"
price = "500"
valid_from = 2020-01-01
source = "invented for a test"
"""


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "studio.duckdb"
    import_history(Ledger.open(path), EXAMPLE)
    return path


def run(ledger: Path, *arguments: str) -> str:
    app = typer.Typer(pretty_exceptions_enable=False)
    app.command()(cost)
    app.command()(reprice)
    result = CliRunner().invoke(app, [*arguments, "--ledger", str(ledger)])
    if result.exception is not None:
        raise result.exception
    return result.stdout


def as_json(ledger: Path, *arguments: str) -> Any:
    return json.loads(run(ledger, *arguments, "--json"))


@pytest.mark.parametrize("by", ["production", "sequence", "department", "workflow", "arm", "kind", "month"])
def test_rows_add_up_to_the_total_and_the_parts_to_the_whole(ledger: Path, by: str) -> None:
    told = as_json(ledger, "cost", "--by", by)
    rows = told["rows"]
    assert abs(sum(Decimal(row["gross"]) for row in rows if row["gross"]) - Decimal(told["total"]["gross"])) < Decimal(
        "0.05"
    )
    for row in (*rows, told["total"]):
        if row["gross"] is not None:
            parts = Decimal(row["people"]) + Decimal(row["machine"]) + Decimal(row["other"])
            assert abs(parts - Decimal(row["gross"])) <= Decimal("0.02")
    assert told["total"]["gross"] == as_json(ledger, "cost", "--by", "kind")["total"]["gross"]


def test_people_see_cost_how_sure_it_is_and_what_has_no_price(ledger: Path) -> None:
    shown = run(ledger, "cost", "--by", "department")
    assert "Gross, in" in shown
    assert "known from" in shown
    for line in shown.splitlines():
        assert len(line) <= 100
    missing = as_json(ledger, "cost")["missing"]
    assert ("no price is known" in shown) == bool(missing)


def test_csv_holds_the_rows_that_json_holds(ledger: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run(ledger, "cost", "--by", "kind", "--csv"))))
    assert [row["gross"] for row in rows] == [
        row["gross"] or "" for row in as_json(ledger, "cost", "--by", "kind")["rows"]
    ]


def test_every_line_of_a_shot_names_fact_rate_and_source(ledger: Path) -> None:
    lines = as_json(ledger, "cost", "--lines", "S1")
    assert lines
    for line in lines:
        assert line["fact_origin"] == "imported"
        assert line["missing"] or line["cost"] is not None
        assert (line["source"] is None) == (line["resource"] is None)
    total = sum(Decimal(line["cost"]) for line in lines if line["cost"])
    (shot,) = [row for row in as_json(ledger, "cost", "--by", "shot")["rows"] if row["shot_id"] == "S1"]
    assert abs(total - Decimal(shot["gross"])) < Decimal("0.01")
    assert "gross" in run(ledger, "cost", "--lines", "S1")


def test_another_card_gives_before_after_and_difference(ledger: Path, tmp_path: Path) -> None:
    file = tmp_path / "dear.toml"
    file.write_text(DEAR, encoding="utf-8")
    told = as_json(ledger, "reprice", "--rates", str(file), "--rates", "default", "--by", "kind")
    for row in told["rows"]:
        if row["difference"] is not None:
            assert abs(Decimal(row["after"]) - Decimal(row["before"]) - Decimal(row["difference"])) <= Decimal("0.01")
    assert told["after"]["rate_cards"][0].startswith("dear-")
    assert "difference" in run(ledger, "reprice", "--rates", str(file), "--by", "kind")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--production", "P1x"), "is no production of this ledger"),
        (("--rates", "cheap"), "is no rate card and no file"),
        (("--currency", "EURO"), "is no currency of ISO 4217"),
        (("--lines", "S99"), "S99"),
    ],
)
def test_what_cannot_be_used_is_refused_with_what_to_do(ledger: Path, arguments: tuple[str, ...], words: str) -> None:
    with pytest.raises(InputRefused, match=words):
        run(ledger, "cost", *arguments)
