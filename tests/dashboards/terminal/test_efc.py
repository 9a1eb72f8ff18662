"""`shotledger bid efc` as people and machines read it."""

import csv
import io
import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from analytics.vocabulary.errors import InputRefused
from dashboards.terminal.efc import efc

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "analytics" / "estimation" / "running"))
from running_ledgers import running_ledger


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return running_ledger(tmp_path_factory.mktemp("efc")).path


def run(ledger: Path, *arguments: str) -> str:
    app = typer.Typer(pretty_exceptions_enable=False)
    app.command()(efc)
    result = CliRunner().invoke(app, ["P1", *arguments, "--ledger", str(ledger)])
    if result.exception is not None:
        raise result.exception
    return result.stdout


@pytest.fixture(scope="module")
def told(ledger: Path) -> Any:
    return json.loads(run(ledger, "--json"))


def test_people_read_the_headline_the_report_and_what_it_rests_on(ledger: Path) -> None:
    shown = run(ledger)
    for words in (
        "Salt Line 1, as of 2026-03-05", "in 8 of 10 cases", "Cost report by sequence, CAD", "variance", "CPI",
        "this forecast", "Exposure", "Since 2026-02-26", "A positive variance is under budget", "Retakes add",
        "No purchase orders are known",
    ):  # fmt: skip
        assert words in shown
    for line in shown.splitlines():
        assert len(line) <= 100


@pytest.mark.parametrize("by", ["department", "week"])
def test_csv_has_the_rows_of_json(ledger: Path, told: Any, by: str) -> None:
    rows = list(csv.DictReader(io.StringIO(run(ledger, "--by", by, "--csv"))))
    name = {"department": "departments", "week": "burn_up"}[by]
    assert [list(row.values()) for row in rows] == [
        ["" if value is None else str(value) for value in row.values()] for row in told["money"][name]
    ]


def test_rows_add_up_to_the_total_to_the_cent(told: Any) -> None:
    for unit in (told["money"], told["people_hours"]):
        for rows in (unit["sequences"], unit["departments"]):
            for column in ("actual", "etc", "efc"):
                assert sum(Decimal(row[column]) for row in rows) == Decimal(unit["total"][column])
        assert unit["total"]["committed"] is None
        assert 0 <= unit["chance_within_budget"] <= 1
        earned = unit["earned_value"]
        assert Decimal(earned["cv"]) == Decimal(earned["ev"]) - Decimal(earned["ac"])


def test_hours_can_be_asked_for_and_the_rule_is_said(ledger: Path) -> None:
    shown = run(ledger, "--hours", "--rule", "50/50", "--by", "department")
    assert "people's hours" in shown
    assert "half its budget when work on it begins" in shown
    assert "CAD" not in shown.split("Earned value")[0].split("people's hours")[1]


def test_a_day_that_is_none_and_a_production_that_is_none_are_refused(ledger: Path) -> None:
    with pytest.raises(InputRefused, match="is no date"):
        run(ledger, "--as-of", "2026-13-01")
    with pytest.raises(InputRefused, match="is not before"):
        run(ledger, "--since", "2026-04-01")
