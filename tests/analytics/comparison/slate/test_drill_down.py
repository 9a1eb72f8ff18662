"""Below the slate: sequences add up to the ledger's own sums, a fallback stays in its arm, attempts are in order."""

import sys
from decimal import Decimal
from pathlib import Path

import pytest

from analytics.comparison.slate.drill_down import production_parts, shots_of_sequence
from analytics.costing.reckoned_costs import By, cost_by, reckon_costs
from analytics.ledger.ledger import Ledger
from analytics.vocabulary.errors import InputRefused

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "estimation" / "running"))
from running_ledgers import running_ledger


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    return running_ledger(tmp_path_factory.mktemp("parts"))


def test_sequences_hold_every_shot_once(ledger: Ledger) -> None:
    parts = production_parts(ledger, "P1")
    first, second = parts.sequences
    assert [each.name for each in parts.sequences] == ["SQ10", "SQ20"]
    assert (first.shot_count, first.final_count, first.open_count) == (2, 1, 1)
    assert (second.omitted_count, second.open_count) == (1, 1)
    assert parts.whole.shot_count == 4
    # S2 fell back and stays with AI, with the hours of both workflows.
    assert (first.ai.shot_count, first.fell_back_count) == (1, 1)
    assert first.ai.people_hours == pytest.approx(86)
    assert first.traditional.people_hours == pytest.approx(34)
    assert first.traditional.median_days == 16
    assert second.ai.cost is None
    assert second.ai.cost_per_shot is None


def test_costs_are_the_ledgers_own(ledger: Ledger) -> None:
    parts = production_parts(ledger, "P1")
    reckoning = reckon_costs(ledger)
    by_sequence = {row.label: row.cost for row in cost_by(ledger, reckoning, By.SEQUENCE)}
    for each in parts.sequences:
        known = [arm.cost for arm in (each.ai, each.traditional) if arm.cost is not None]
        told = by_sequence[each.name]
        assert told is not None
        assert sum(known) == pytest.approx(told, abs=Decimal("0.02"))
    assert parts.whole.missing_count == 0


def test_attempts_are_in_order_and_money_is_told_only_where_asked(ledger: Ledger) -> None:
    final, fell_back = shots_of_sequence(ledger, "P1", "SQ10")
    assert [(each.workflow, each.outcome) for each in fell_back.attempts] == [
        ("ai", "fell_back"), ("traditional", "open"),
    ]  # fmt: skip
    assert final.cost is not None
    assert final.cost == final.cost.quantize(Decimal("0.01"))
    without = shots_of_sequence(ledger, "P1", "SQ10", with_costs=False)
    assert [each.cost for each in without] == [None, None]
    assert [each.people_hours for each in without] == [final.people_hours, fell_back.people_hours]
    assert shots_of_sequence(ledger, "P1", None) == ()


def test_an_unknown_production_is_refused(ledger: Ledger) -> None:
    with pytest.raises(InputRefused, match="has no shots in this ledger"):
        production_parts(ledger, "P9")
