"""The demonstration catalog goes through the importer, reads as a producer would expect, and holds its own truth."""

import json
from pathlib import Path

import numpy as np
import pytest

from analytics.demo_catalog.catalog import Catalog, catalog_parameters, make_catalog
from analytics.importers.history.importing import import_history
from analytics.ledger.checking import check_ledger
from analytics.ledger.ledger import Ledger
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.origin import Origin

SHOTS = 600


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    return make_catalog(tmp_path_factory.mktemp("catalog") / "bundle", shot_count=SHOTS, seed=11)


@pytest.fixture(scope="module")
def ledger(catalog: Catalog, tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    ledger = Ledger.open(tmp_path_factory.mktemp("ledger") / "demo.duckdb")
    imported = import_history(ledger, catalog.folder, Origin.SYNTHETIC)
    assert {each.table: each.new_count for each in imported.written} == dict(catalog.row_counts)
    return ledger


def _rows(ledger: Ledger, question: str) -> list[tuple]:
    with ledger.reading() as connection:
        return connection.execute(question).fetchall()


def _one(ledger: Ledger, question: str) -> tuple:
    (row,) = _rows(ledger, question)
    return row


def test_every_row_is_synthetic_and_the_ledger_in_order(ledger: Ledger, catalog: Catalog) -> None:
    for table in catalog.row_counts:
        if table not in ("rates",):
            assert _rows(ledger, f"SELECT DISTINCT origin FROM {table}") == [("synthetic",)]
    assert [finding for finding in check_ledger(ledger, None) if finding.severity == "problem"] == []
    assert catalog.row_counts["shots"] == SHOTS


def test_the_same_seed_writes_the_same_bytes(catalog: Catalog, ledger: Ledger, tmp_path: Path) -> None:
    again = make_catalog(tmp_path / "bundle", shot_count=SHOTS, seed=11)
    for file in sorted(catalog.folder.iterdir()):
        assert (again.folder / file.name).read_bytes() == file.read_bytes()
    assert again.truth == catalog.truth
    assert import_history(ledger, again.folder, Origin.SYNTHETIC).written == ()


def test_parquet_holds_the_same_rows(catalog: Catalog, ledger: Ledger, tmp_path: Path) -> None:
    parquet = make_catalog(tmp_path / "bundle", shot_count=SHOTS, seed=11, as_parquet=True)
    assert {file.suffix for file in parquet.folder.iterdir()} == {".parquet"}
    other = Ledger.open(tmp_path / "other.duckdb")
    import_history(other, parquet.folder, Origin.SYNTHETIC)
    for table in catalog.row_counts:
        question = f"SELECT CAST(row AS VARCHAR) FROM (SELECT * EXCLUDE import_batch_id FROM {table}) row ORDER BY 1"
        assert _rows(other, question) == _rows(ledger, question)


def test_another_seed_lies_beside_the_first(ledger: Ledger, catalog: Catalog, tmp_path: Path) -> None:
    ours = {shot for (shot,) in _rows(ledger, "SELECT shot_id FROM shots")}
    other = make_catalog(tmp_path / "bundle", shot_count=60, seed=12)
    text = (other.folder / "shots.csv").read_text(encoding="utf-8")
    assert not any(line.split(",")[0] in ours for line in text.splitlines()[1:])


def test_facts_lie_between_turnover_and_final(ledger: Ledger, catalog: Catalog) -> None:
    last = catalog.truth["facts_end_on"]
    for table, day in (
        ("work_entries", "worked_on"), ("renders", "started_at::DATE"), ("reviews", "reviewed_at::DATE"),
    ):  # fmt: skip
        assert _one(
            ledger,
            f"SELECT count(*) FROM {table} JOIN shots USING (shot_id) WHERE {day} < turnover_on OR {day} > final_on "
            f"OR {day} > DATE '{last}' OR turnover_on IS NULL",
        ) == (0,)
    assert _one(ledger, "SELECT count(*) FROM shots WHERE final_on IS NOT NULL AND dayofweek(final_on) IN (0, 6)") == (
        0,
    )
    assert _one(
        ledger,
        "SELECT count(*) FROM reviews JOIN renders USING (shot_id, version_number) WHERE reviewed_at < started_at",
    ) == (0,)


def test_final_shots_were_approved_and_only_they(ledger: Ledger) -> None:
    approved = "SELECT DISTINCT shot_id FROM reviews WHERE decision = 'approved'"
    assert _rows(ledger, f"SELECT shot_id FROM shots WHERE status = 'final' EXCEPT ({approved})") == []
    assert _rows(ledger, f"{approved} EXCEPT SELECT shot_id FROM shots WHERE status = 'final'") == []
    assert _one(ledger, "SELECT count(*) FROM shots WHERE (status = 'final') <> (final_on IS NOT NULL)") == (0,)


def test_days_are_days_that_people_work(ledger: Ledger) -> None:
    longest, shortest, weekend = _one(
        ledger,
        "SELECT max(people_hours), min(people_hours), avg((dayofweek(worked_on) IN (0, 6))::INT) FROM work_entries",
    )
    assert longest <= 11
    assert shortest >= 0.25
    assert weekend < 0.02


def test_work_of_a_shot_that_fell_back_is_split_at_that_day(ledger: Ledger) -> None:
    rows = _rows(
        ledger,
        "SELECT first.shot_id, first.ended_on, second.started_on, first.workflow, second.workflow "
        "FROM assignments first JOIN assignments second "
        "ON second.shot_id = first.shot_id AND second.assignment_number = 2 "
        "WHERE first.assignment_number = 1 AND first.outcome = 'fell_back'",
    )
    assert rows
    assert all(ended == began and (one, two) == ("ai", "traditional") for _, ended, began, one, two in rows)
    late = "SELECT count(*) FROM work_entries JOIN assignments USING (shot_id) WHERE outcome = 'fell_back' "
    assert _one(ledger, late + "AND department = 'ai' AND worked_on >= ended_on") == (0,)


def test_the_ledger_holds_the_outcomes_that_the_truth_is_made_of(ledger: Ledger, catalog: Catalog) -> None:
    """What averages say of the ledger's finished shots is what the truth says that they say."""
    told = catalog.truth["clocks"]
    finished = (
        "WITH arms AS (SELECT shot_id, arg_min(workflow, assignment_number) AS arm FROM assignments "
        "GROUP BY shot_id HAVING count(DISTINCT workflow) FILTER (outcome <> 'fell_back') = 1), "
        "finished AS (SELECT shots.*, coalesce(arm, 'traditional') AS arm FROM shots LEFT JOIN arms USING (shot_id) "
        "WHERE status = 'final' AND NOT enabled AND shot_id NOT IN (SELECT shot_id FROM assignments GROUP BY shot_id "
        "HAVING bool_and(outcome <> 'fell_back') AND count(*) > 1)) "
    )
    ratio = "exp(avg(ln(taken)) FILTER (arm = 'ai') - avg(ln(taken)) FILTER (arm = 'traditional'))"
    for clock, taken, tolerance in (
        ("people", "(SELECT sum(people_hours) FROM work_entries w WHERE w.shot_id = finished.shot_id)", 0.03),
        ("machine", "(SELECT sum(wall_seconds) FROM renders r WHERE r.shot_id = finished.shot_id)", 0.001),
        ("calendar", "date_diff('day', turnover_on, final_on)", 1e-9),
    ):
        found, ai, traditional = _one(
            ledger,
            finished + f"SELECT {ratio}, count(*) FILTER (arm = 'ai'), count(*) FILTER (arm = 'traditional') "
            f"FROM (SELECT arm, {taken} AS taken FROM finished)",
        )
        naive = told[clock]["naive"]
        assert (ai, traditional) == (naive["n_ai"], naive["n_traditional"])
        assert found == pytest.approx(naive["geometric_mean_ratio"], rel=tolerance)


def test_averages_flatter_ai_and_it_does_not_pay_everywhere(catalog: Catalog) -> None:
    people = catalog.truth["clocks"]["people"]
    assert people["naive"]["geometric_mean_ratio"] < 0.8 * people["all"]["geometric_mean_ratio"] < 0.8
    assert people["by_kind"]["weather"]["geometric_mean_ratio"] < 0.7 < people["by_kind"]["creature"]["ratio_of_totals"]
    assert json.loads(json.dumps(catalog.truth)) == catalog.truth


def test_the_usual_catalog_is_as_large_as_it_is_said_to_be() -> None:
    parameters = catalog_parameters()
    assert parameters.production_count == 18
    assert parameters.production_count * parameters.shots_per_production + parameters.twin_pair_count == 4000


@pytest.mark.parametrize("count", [0, 39, 2_000_001])
def test_a_number_of_shots_that_is_no_slate_is_refused(count: int, tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="lies outside"):
        make_catalog(tmp_path / "bundle", shot_count=count)
    assert not (tmp_path / "bundle").exists()


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputRefused, match="is not empty"):
        make_catalog(tmp_path, shot_count=60)
    assert [file.name for file in tmp_path.iterdir()] == ["notes.txt"]


def test_priced_by_the_ledger_shots_cost_what_the_truth_says(ledger: Ledger, catalog: Catalog) -> None:
    from analytics.costing.reckoned_costs import reckon_costs, shot_costs
    from analytics.ledger.reckoning import slate_shots

    reckoning = reckon_costs(ledger)
    assert reckoning.missing == ()
    shots = slate_shots(ledger).merge(shot_costs(ledger, reckoning), on="shot_id", suffixes=("", "_of_costs"))
    finished = shots[(shots["status"] == "final") & ~shots["enabled"] & ~shots["made_both_ways"]]
    logs = np.log(finished["cost_gross"].astype(float))
    ratio = np.exp(logs[finished["arm"] == "ai"].mean() - logs[finished["arm"] == "traditional"].mean())
    assert ratio == pytest.approx(catalog.truth["clocks"]["cost_gross"]["naive"]["geometric_mean_ratio"], rel=0.03)
