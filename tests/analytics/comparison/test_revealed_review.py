"""The order behind A and B is told after the answer, and not before."""

import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "ledger"))  # where invented_manifests lies

from invented_manifests import invented_manifest

from analytics.comparison.revealed_review import reveal
from analytics.ledger.ledger import Ledger
from analytics.ledger.recording import record_manifest
from analytics.vocabulary.blind_review import BlindReview, Preference
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.workflow import Workflow

AI, TRADITIONAL = Workflow.AI, Workflow.TRADITIONAL
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    ledger = Ledger.open(tmp_path / "shots.duckdb")
    for workflow in (AI, TRADITIONAL):
        manifest = invented_manifest(workflow.value)
        render = replace(manifest.render, render_id=workflow.value, workflow=workflow)
        record_manifest(ledger, replace(manifest, render=render))
    return ledger


@pytest.mark.parametrize(
    ("a", "b", "answer", "preferred"),
    [
        (AI, TRADITIONAL, Preference.A, AI),
        (TRADITIONAL, AI, Preference.A, TRADITIONAL),
        (TRADITIONAL, AI, Preference.B, AI),
        (AI, TRADITIONAL, Preference.NEITHER, None),
    ],
)
def test_the_letters_are_told(ledger: Ledger, a: Workflow, b: Workflow, answer: Preference, preferred) -> None:
    laid_out = BlindReview("review", "test_shots/collapse", a.value, b.value, "/reviews/review", NOW)
    with pytest.raises(InputRefused, match="not answered yet"):
        reveal(ledger, laid_out)
    told = reveal(ledger, replace(laid_out, answered_at=NOW, preferred=answer, a_note=3, b_note=4, reviewer="AB"))
    assert (told.a, told.b, told.preferred) == (a, b, preferred)
