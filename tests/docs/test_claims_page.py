"""The page on claims names every shipped claim as it is, and its example is a file that can be used."""

import re
from pathlib import Path

from analytics.comparison.claims.auditing import SURE
from analytics.comparison.claims.claim_files import FIELDS, load_claim, load_claims, shipped_claims_folder
from analytics.comparison.claims.claim_words import figure_words
from analytics.comparison.claims.more_shots import MOST_TIMES
from analytics.vocabulary.claim import BaselineKind, FigureKind, MetricKind
from dashboards.terminal.claims import claim_app

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "claims.md").read_text(encoding="utf-8")


def test_every_claim_is_on_the_page_with_what_it_says() -> None:
    rows = re.findall(r"^\| `([^`]+)` \| ([^|]+) \|", PAGE, re.MULTILINE)
    claims = load_claims(shipped_claims_folder())
    assert rows == [(claim.name, figure_words(claim)) for claim in claims]


def test_the_example_is_a_claim_that_can_be_used_and_shows_every_field(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    path = tmp_path / "example.toml"
    path.write_text(example, encoding="utf-8")
    claim = load_claim(path)
    assert claim.figure is not None
    assert claim.figure.ratios == (0.7, 0.5)
    for word in (*FIELDS, *FigureKind, *MetricKind, *BaselineKind):
        assert re.search(rf"\b{word}\b", example), word


def test_the_rules_of_the_page_are_those_of_the_code() -> None:
    assert f"from {100 * SURE:.0f} % on" in PAGE
    assert f"Beyond {MOST_TIMES:.0f} times" in PAGE


def test_every_command_is_on_the_page() -> None:
    for command in claim_app.registered_commands:
        assert f"shotledger claim {command.name}" in PAGE
