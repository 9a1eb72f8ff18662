"""Each gap in a studio's data is found once, counted right, and nothing is found where nothing is wrong."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from analytics.health.checks import CHECKS, CheckResult, run_checks
from analytics.health.data_health import data_health
from analytics.health.ledger_file import ledger_file
from analytics.health.methods import methods
from analytics.importers.history.importing import import_history
from analytics.ledger.ledger import Ledger
from analytics.ledger.reckoning import reckon_shots
from analytics.ledger.schema import shipped_migrations
from analytics.vocabulary.origin import Origin

TABLES = {
    "productions": "production_id,name,currency,fps\nP1,Show,USD,24\n",
    "shots": "shot_id,production_id,code,kind,cut_frames,turnover_on,final_on,status",
    "work_entries": "work_entry_id,shot_id,workflow,department,worked_on,people_hours",
    "assignments": "shot_id,workflow,started_on,ended_on,outcome",
    "reviews": "review_id,shot_id,reviewed_at,decision",
    "charges": "charge_id,production_id,category,amount,currency,charged_on",
}
SOUND = {
    "shots": ["S1,P1,a010,crowd,48,2026-01-05,2026-02-02,final", "S2,P1,a020,crowd,48,2026-01-05,,open"],
    "work_entries": [f"W{day},S1,ai,comp,2026-01-{day:02},8" for day in range(6, 31, 6)]
    + ["W40,S2,traditional,comp,2026-01-20,8"],
}


def bring_in(ledger: Ledger, folder: Path, rows: Mapping[str, list[str]], origin: Origin = Origin.IMPORTED) -> str:
    folder.mkdir()
    (folder / "productions.csv").write_text(TABLES["productions"], encoding="utf-8")
    for table, lines in rows.items():
        (folder / f"{table}.csv").write_text("\n".join([TABLES[table], *lines]) + "\n", encoding="utf-8")
    return import_history(ledger, folder, origin).import_batch_id


@pytest.fixture(scope="module")
def empty_ledger(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("empty") / "studio.duckdb"
    Ledger.open(path)
    return path.read_bytes()


@pytest.fixture
def ledger(tmp_path: Path, empty_ledger: bytes) -> Ledger:
    path = tmp_path / "studio.duckdb"
    path.write_bytes(empty_ledger)
    return Ledger.open(path)


def found_in(ledger: Ledger) -> dict[str, CheckResult]:
    reckon_shots(ledger)
    found = (result for result in run_checks(ledger) if not result.is_in_order)
    return {result.check.question.removeprefix("health_"): result for result in found}


def test_a_sound_history_has_no_gaps(ledger: Ledger, tmp_path: Path) -> None:
    bring_in(ledger, tmp_path / "sound", SOUND)
    health = data_health(ledger)
    assert health.found == ()
    assert len(health.checks) == len(CHECKS)
    assert health.faults == ()
    assert "all 11 checks are in order" in health.headline
    assert (health.has_real, health.has_synthetic) == (True, False)


@pytest.mark.parametrize(
    ("more", "check", "found", "of", "amount"),
    [
        ({"shots": ["S3,P1,a030,crowd,48,2026-01-05,2026-02-02,final"]}, "finals_without_hours", 1, 2, 1),
        (
            {"shots": ["S3,P1,a030,crowd,48,,2026-02-02,final"], "work_entries": ["W50,S3,ai,comp,2026-01-21,8"]},
            "finals_without_days", 1, 2, 1,
        ),
        (
            {"shots": ["S3,P1,a030,crowd,48,2026-01-05,,open"], "work_entries": ["W50,S3,,comp,2026-01-21,8"]},
            "shots_without_workflow", 1, 3, 1,
        ),
        ({"work_entries": ["W50,S1,ai,comp,2026-02-09,8", "W51,S1,ai,comp,2026-02-10,4"]}, "hours_after_final",
         1, 7, 4),
        ({"work_entries": ["W50,S2,ai,comp,2025-12-22,8", "W51,S2,ai,comp,2025-12-20,3"]}, "hours_before_turnover",
         1, 8, 3),
        ({"work_entries": ["W50,S2,ai,comp,2026-01-21,24", "W51,S2,ai,comp,2026-01-22,25"]}, "long_entries", 1, 8, 25),
        ({"work_entries": ["W50,S2,ai,comp,2026-02-20,8"]}, "silent_weeks", 1, 1, 20),
        (
            {"reviews": ["V1,S2,2026-01-21T10:00:00Z,approved"], "charges": ["C1,P1,other,5,USD,2026-03-01"],
             "work_entries": ["W50,S2,ai,comp,2026-02-06,8", "W51,S2,ai,comp,2026-02-18,8"]},
            "approved_but_open", 0, 1, 0,
        ),
        (
            {"reviews": ["V1,S2,2026-01-21T10:00:00Z,approved"],
             "work_entries": ["W50,S2,ai,comp,2026-02-06,8", "W51,S2,ai,comp,2026-02-19,8"]},
            "approved_but_open", 1, 1, 29,
        ),
        (
            {"assignments": ["S1,ai,2026-01-05,2026-01-20,fell_back", "S1,traditional,2026-01-15,,final",
                             "S2,ai,2026-01-05,2026-01-20,fell_back", "S2,traditional,2026-01-20,,open"]},
            "overlapping_assignments", 1, 2, 5,
        ),
    ],
)  # fmt: skip
def test_each_gap_is_found_and_counted(
    ledger: Ledger, tmp_path: Path, more: dict[str, list[str]], check: str, found: int, of: int, amount: float
) -> None:
    rows = {table: [*SOUND.get(table, []), *more.get(table, [])] for table in {*SOUND, *more}}
    bring_in(ledger, tmp_path / "gaps", rows)
    results = found_in(ledger)
    if not found:
        assert check not in results
        return
    result = results[check]
    assert (result.found_count, result.of_count, result.amount) == (found, of, amount)
    assert result.examples
    assert result.examples[0].label.startswith("Show")


def test_hours_that_come_in_late_or_twice_are_told_apart(ledger: Ledger, tmp_path: Path) -> None:
    bring_in(ledger, tmp_path / "first", SOUND)
    assert found_in(ledger) == {}
    # The same state with one entry more, of a day that the first import had gone past: late, and nothing else is.
    later = {**SOUND, "work_entries": [*SOUND["work_entries"], "W99,S2,traditional,comp,2026-01-10,5"]}
    bring_in(ledger, tmp_path / "later", later)
    late = found_in(ledger)["late_entries"]
    assert (late.found_count, late.of_count, late.amount) == (1, 7, 5)
    assert "up to 20 days late" in late.examples[0].detail
    # Another system tells the hours of a day again under its own id.
    twice = {"shots": SOUND["shots"], "work_entries": ["K1,S1,ai,comp,2026-01-06,8", "K2,S1,ai,roto,2026-01-31,8"]}
    bring_in(ledger, tmp_path / "twice", twice)
    doubled = found_in(ledger)["doubled_entries"]
    assert (doubled.found_count, doubled.amount) == (1, 8)


def test_made_up_rows_are_left_out_beside_real_ones(ledger: Ledger, tmp_path: Path) -> None:
    made_up = {"shots": ["D1,P1,d010,crowd,48,2026-01-05,2026-02-02,final"]}
    bring_in(ledger, tmp_path / "demo", made_up, Origin.SYNTHETIC)
    assert found_in(ledger)["finals_without_hours"].found_count == 1
    assert data_health(ledger).headline.startswith("Every figure here is made up")
    bring_in(ledger, tmp_path / "real", SOUND)
    health = data_health(ledger)
    assert health.found == ()
    assert (health.has_real, health.has_synthetic) == (True, True)
    beside = {result.check.question: result for result in data_health(ledger, with_synthetic=True).found}
    assert beside.keys() == {"health_finals_without_hours", "health_shots_without_workflow"}
    assert beside["health_finals_without_hours"].of_count == 2


def test_kinds_and_missing_prices_are_told(ledger: Ledger, tmp_path: Path) -> None:
    shots = [f"S{number},P1,b{number:03},crowd,48,2026-01-05,2026-02-02,final" for number in range(12)]
    arms = [f"W{number},S{number},{'ai' if number < 6 else 'traditional'},comp,2026-01-10,8" for number in range(12)]
    bring_in(ledger, tmp_path / "kinds", {"shots": shots, "work_entries": [*arms, "X,S0,ai,falconry,2026-01-10,2"]})
    health = data_health(ledger)
    (crowd,) = health.kinds
    assert (crowd.ai_count, crowd.traditional_count, crowd.ai_share, crowd.verdict) == (6, 6, 0.5, "can be compared")
    assert [(price.missing, price.fact_count) for price in health.missing] == []
    whole = health.costs[0]
    assert whole.label == "all"
    assert sum(whole.shares.values()) == pytest.approx(1)
    assert whole.sure_share == 0  # the card that ships is assumed, so no cost is surer than that


def test_an_empty_ledger_is_told_as_one(ledger: Ledger) -> None:
    health = data_health(ledger)
    assert health.headline == "There is nothing to look through yet."
    assert (health.costs, health.kinds, health.missing, health.faults) == ((), (), (), ())


def test_methods_and_the_file_say_what_holds_now(ledger: Ledger, tmp_path: Path) -> None:
    bring_in(ledger, tmp_path / "sound", SOUND)
    told = {method.name: dict(method.settings) for method in methods(ledger)}
    assert told["cost"]["Currency of reports"] == "USD"
    assert told["bid"]["Shots this studio has finished"] == "1 in 1 production"
    for method in methods(ledger):
        assert (Path(__file__).resolve().parents[3] / "docs" / method.document).is_file()
    file = ledger_file(ledger)
    assert [step.number for step in file.migrations] == [migration.number for migration in shipped_migrations()]
    assert file.duckdb_version == "1.5.5"
