"""A made-up slate through the command line: made, compared, priced, held against a claim; bad questions refused."""

import json
import math
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def slate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    ledger = tmp_path_factory.mktemp("slate") / "slate.duckdb"
    done = shotledger(ledger, "demo-catalog", "--shots", "1200", "--json")
    assert done.returncode == 0, done.stderr
    return ledger


def shotledger(ledger: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(REPOSITORY / "shotledger.py"), "--ledger", str(ledger), *arguments],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip


def test_the_ratios_are_near_the_truth_that_was_written_beside_them(slate: Path) -> None:
    done = shotledger(slate, "compare", "--clock", "people", "--json")
    assert done.returncode == 0, done.stderr
    results = {(row["method"], row["estimand"], row["population"]): row for row in json.loads(done.stdout)}
    truth = json.loads((slate.parent / "truth.json").read_text())["clocks"]["people"]
    adjusted = results["adjusted", "geometric_mean_ratio", "ai"]
    naive = results["naive", "geometric_mean_ratio", "ai"]
    true = truth["ai"]["expected_geometric_mean_ratio"]
    # Twice the interval: one slate may miss it once in twenty times, and this is one seed.
    assert abs(math.log(adjusted["ratio"] / true)) < 2 * math.log(adjusted["high"] / adjusted["ratio"])
    assert abs(math.log(naive["ratio"] / true)) > abs(math.log(adjusted["ratio"] / true))
    assert adjusted["verdict"] == "ai_needs_less"
    assert adjusted["n_productions"] >= 5
    assert {row["origins"]["synthetic"] for row in results.values() if row["ratio"]} == {1.0}


def test_the_screen_says_that_the_shots_are_invented_and_costs_what_the_ledger_says(slate: Path) -> None:
    screen = shotledger(slate, "compare", "--clock", "people", "--clock", "cost_gross", "--clock", "cost_net")
    assert screen.returncode == 0, screen.stderr
    assert "these shots are invented" in screen.stdout
    assert "No shot has a cost net of incentives" in " ".join(screen.stdout.split())
    total = json.loads(shotledger(slate, "cost", "--by", "arm", "--json").stdout)
    assert total["rows"]
    assert max(len(line) for line in screen.stdout.splitlines()) <= 100


def test_a_public_claim_is_held_against_it(slate: Path) -> None:
    done = shotledger(slate, "claim", "audit", "el-eternauta", "--json")
    assert done.returncode == 0, done.stderr
    audit = json.loads(done.stdout)
    assert {clock["clock"]: clock["verdict"] for clock in audit["clocks"]}["people"] == "contradicted"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("compare", "--production", "Nowhere"), "is no production of this ledger"),
        (("compare", "--adjust-for", "mood"), "is no feature of these shots"),
        (("compare", "--adjust-for", "people_hours"), "is no feature of these shots"),
        (("compare", "--incentive", "nowhere"), "--incentive"),
        (("compare", "--rates", "no_such_card"), "is no rate card and no file"),
        (("compare", "--currency", "Euro"), "currency"),
        (("claim", "audit", "no-such-claim"), "no-such-claim"),
    ],
)
def test_what_cannot_be_used_is_refused_in_a_sentence(slate: Path, arguments: tuple[str, ...], said: str) -> None:
    done = shotledger(slate, *arguments)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
