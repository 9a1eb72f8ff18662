"""Claims in the terminal: nothing cut off, no verdict on what was never claimed, no ledger needed to list them."""

import csv
import io
import json
import re
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console, RenderableType
from typer.testing import CliRunner

from analytics.comparison.claims.audit_sentences import headline, what_this_audit_does_not_show
from analytics.comparison.claims.auditing import ClaimAudit, audit_claim
from analytics.comparison.claims.claim_files import find_claim, load_claims, shipped_claims_folder
from analytics.comparison.claims.claim_words import what_the_claim_does_not_show
from analytics.comparison.figures import Clock
from analytics.comparison.slate.results import SLATE_CLOCKS, Estimand, Method, Population, RatioResult
from analytics.vocabulary.origin import Origin
from dashboards.terminal.claim_screens import audit_screen, claim_screen, claims_table
from dashboards.terminal.claims import claim_app


def printed(renderable: RenderableType, width: int = 100) -> str:
    console = Console(file=io.StringIO(), width=width)
    console.print(renderable)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def unwrapped(screen: str) -> str:
    return re.sub(r"[│\s]+", " ", screen)


def result(clock: Clock, ratio: float, method: Method = Method.ADJUSTED) -> RatioResult:
    return RatioResult(
        Estimand.GEOMETRIC_MEAN_RATIO, Population.AI, clock, method, ratio, ratio * 0.8, ratio * 1.25, 0.95,
        0.11, 400.0, 1212, 2824, 40 if method is Method.PAIRED else 0, 12, {Origin.SYNTHETIC: 1.0},
        ("The shots of one sequence hang together.",),
    )  # fmt: skip


@pytest.fixture
def results() -> list[RatioResult]:
    """Every clock, and pairs of one that say less than the adjusted shots."""
    adjusted = [result(clock, ratio) for clock, ratio in zip(SLATE_CLOCKS, np.geomspace(0.05, 0.9, 5), strict=True)]
    return [*adjusted, result(Clock.PEOPLE, 0.11, Method.PAIRED)]


@pytest.fixture
def audit(results: list[RatioResult]) -> ClaimAudit:
    return audit_claim(find_claim("el-eternauta"), results)


@pytest.mark.parametrize("width", [80, 100, 160])
@pytest.mark.parametrize("name", ["el-eternauta", "bain-2023", "metr-2025", "house-of-david-s1"])
def test_nothing_is_cut_off_at_any_width(results: list[RatioResult], name: str, width: int) -> None:
    audit = audit_claim(find_claim(name), results)
    screen = printed(audit_screen(audit), width)
    assert all(len(line) <= min(width, 100) for line in screen.splitlines())
    assert "…" not in screen
    for sentence in (
        headline(audit),
        *what_this_audit_does_not_show(audit),
        *what_the_claim_does_not_show(audit.claim),
    ):
        assert unwrapped(sentence) in unwrapped(screen)


def test_every_verdict_stands_beside_its_ratio_chance_and_shots(audit: ClaimAudit) -> None:
    screen = printed(audit_screen(audit))
    (row,) = [line for line in screen.splitlines() if line.startswith("calendar days ")]
    for shown in ("contradicted", "0.21 (0.17–0.27)", "under 0.1 %", "1,212 AI, 2,824 trad."):
        assert shown in row
    assert "  by pairs       (undecided)" in screen
    assert screen.index("are invented (synthetic)") < screen.index("“10 times faster”")


def test_clocks_that_the_claim_does_not_speak_of_have_no_verdict(audit: ClaimAudit) -> None:
    rows = [line for line in printed(audit_screen(audit)).splitlines() if re.match(r"(gross|net) cost", line)]
    assert len(rows) == 2
    for row in rows:
        assert "not claimed" in row
        assert "%" not in row
        assert not re.search("supported|contradicted|undecided", row)


def test_every_claim_is_listed_and_shown_in_full() -> None:
    claims = load_claims(shipped_claims_folder())
    listing = printed(claims_table(claims))
    assert "…" not in listing
    for claim in claims:
        assert claim.name in listing
        screen = unwrapped(printed(claim_screen(claim)))
        assert all(unwrapped(words) in screen for words in (claim.title, claim.words, *claim.sources, *claim.caveats))


def test_the_commands_list_show_and_audit_for_machines() -> None:
    runner = CliRunner()
    listed = json.loads(runner.invoke(claim_app, ["list", "--json"]).stdout)
    assert listed[0]["name"] == "el-eternauta"
    rows = list(csv.DictReader(io.StringIO(runner.invoke(claim_app, ["list", "--csv"]).stdout)))
    assert [row["name"] for row in rows] == [claim["name"] for claim in listed]
    assert json.loads(runner.invoke(claim_app, ["show", "el-eternauta", "--json"]).stdout) == listed[0]
    assert "10 times faster" in runner.invoke(claim_app, ["show", "el-eternauta"]).stdout


def test_a_claim_without_a_number_is_audited_without_a_ledger(tmp_path: Path) -> None:
    missing = str(tmp_path / "missing.duckdb")
    audited = CliRunner().invoke(claim_app, ["audit", "life-after-people", "--ledger", missing])
    assert audited.exit_code == 0
    assert "It cannot be held against shots" in audited.stdout
    assert not list(tmp_path.iterdir())
