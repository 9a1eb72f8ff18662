"""`shotledger rates` as people and machines read it."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from analytics.vocabulary.errors import InputRefused
from dashboards.terminal.rates import rates_app

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "analytics" / "estimation" / "running"))
from running_ledgers import running_ledger

NEW = """
name = "spring"
currency = "CAD"
[[rate]]
resource = "labour"
unit = "hour"
price = "140"
valid_from = 2026-02-15
source = "side letter"
"""


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return running_ledger(tmp_path).path


@pytest.fixture
def new(tmp_path: Path) -> str:
    (tmp_path / "new.toml").write_text(NEW, encoding="utf-8")
    return str(tmp_path / "new.toml")


def run(ledger: Path, *arguments: str) -> str:
    result = CliRunner().invoke(rates_app, [*arguments, "--ledger", str(ledger)])
    if result.exception is not None:
        raise result.exception
    assert max((len(line) for line in result.stdout.splitlines()), default=0) <= 100 or "--json" in arguments
    return result.stdout


def as_json(ledger: Path, *arguments: str) -> Any:
    return json.loads(run(ledger, *arguments, "--json"))


def test_cards_and_prices_are_listed_with_the_day_asked_for(ledger: Path) -> None:
    assert "Priced by the studio's imported rates" in run(ledger, "list")
    cards = as_json(ledger, "list")
    assert [card["place_in_force"] for card in cards if card["rate_card_id"] == "history"] == [1]
    shown = run(ledger, "show", "--on", "2026-03-01", "--find", "FX")
    assert "130.00 CAD" in shown
    assert "100.00 CAD" not in shown
    (row,) = as_json(ledger, "show", "history", "--on", "2025-12-31", "--find", "labour:fx")
    assert (row["price"], row["later_count"]) == (None, 1)


def test_a_preview_changes_nothing_and_adding_does(ledger: Path, new: str) -> None:
    shown = run(ledger, "add", new, "--note", "spring", "--preview")
    assert "140.00 CAD (+40.0 %)" in shown
    assert "+160.00" in shown
    told = as_json(ledger, "add", new, "--note", "spring", "--preview")
    assert sum(float(row["difference"]) for row in told["rows"]) == 160
    assert "spring" not in run(ledger, "list")
    assert "In force since now" in run(ledger, "add", new, "--note", "spring deal")
    listed = run(ledger, "list")
    assert "(spring deal)" in listed
    first = next(card for card in as_json(ledger, "list") if card["place_in_force"] == 1)
    assert first["name"] == "spring"
    assert first["rate_count"] == 3
    assert "imported rates" in run(ledger, "use", "history", "--note", "withdrawn")


def test_a_whole_card_takes_the_place_of_another(ledger: Path, new: str) -> None:
    run(ledger, "add", new, "--note", "spring", "--whole")
    assert next(card for card in as_json(ledger, "list") if card["place_in_force"] == 1)["rate_count"] == 1


def test_what_cannot_be_used_is_refused_in_words(ledger: Path, new: str) -> None:
    with pytest.raises(InputRefused, match="is no date"):
        run(ledger, "show", "--on", "soon")
    with pytest.raises(InputRefused, match="is no card of this ledger"):
        run(ledger, "show", "histroy")
    run(ledger, "add", new, "--note", "once")
    with pytest.raises(InputRefused, match="is what it costs"):
        run(ledger, "add", new, "--note", "twice")
