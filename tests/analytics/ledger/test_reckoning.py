"""What each shot took: in whose arm it counts, what belongs to which workflow, and that no answer is outdated."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from invented_manifests import SHOT_ID, invented_manifest

from analytics.costing.rate_cards import default_rate_card_path, load_rate_card
from analytics.ledger.asking import ledger_summary
from analytics.ledger.backup import back_up
from analytics.ledger.checking import check_ledger
from analytics.ledger.fact_changes import NO_SHOT, change_number
from analytics.ledger.ledger import Ledger
from analytics.ledger.manifest import write_manifest
from analytics.ledger.opening import on_all_processors
from analytics.ledger.pricing import record_rate_card
from analytics.ledger.rebuilding import rebuild
from analytics.ledger.reckoning import reckon_shots, slate_shots
from analytics.ledger.recording import record_manifest

PRODUCTION = """INSERT INTO productions (production_id, title_id, name, currency, fps_numerator, fps_denominator, width,
    height, territory, origin)
    VALUES ('P1', 'T1', 'Salt Line 1', 'CAD', 24000, 1001, 4096, 2160, 'CA-QC', 'imported')"""
TITLE = "INSERT INTO titles (title_id, name, kind, origin) VALUES ('T1', 'The Salt Line', 'series', 'imported')"


def written(ledger: Ledger, *statements: str, shot_ids: tuple[str | None, ...] = (None,)) -> None:
    def action(connection: duckdb.DuckDBPyConnection) -> None:
        for statement in statements:
            connection.execute(statement)

    ledger.write(action, shot_ids=shot_ids)


def shot(shot_id: str, *, production_id: str = "P1", origin: str = "imported", **more: str) -> str:
    columns = {"shot_id": f"'{shot_id}'", "production_id": f"'{production_id}'", "code": f"'{shot_id}'"}
    columns |= {"cut_frames": "48", "origin": f"'{origin}'"} | more
    return f"INSERT INTO shots ({', '.join(columns)}) VALUES ({', '.join(columns.values())})"


def assigned(shot_id: str, number: int, workflow: str, started_on: str | None, outcome: str = "final") -> str:
    day = f"DATE '{started_on}'" if started_on else "NULL"
    return f"""INSERT INTO assignments (shot_id, assignment_number, workflow, started_on, outcome, origin)
        VALUES ('{shot_id}', {number}, '{workflow}', {day}, '{outcome}', 'imported')"""


def worked(
    shot_id: str,
    day: str,
    hours: float,
    workflow: str | None = None,
    vendor: str | None = None,
    origin: str = "imported",
) -> str:
    texts = ", ".join("NULL" if text is None else f"'{text}'" for text in (workflow, vendor))
    return f"""INSERT INTO work_entries
            (work_entry_id, shot_id, department, worked_on, people_hours, workflow, vendor, origin)
        SELECT 'W' || count(*), '{shot_id}', 'comp', DATE '{day}', {hours}, {texts}, '{origin}' FROM work_entries"""


def rendered(
    shot_id: str,
    workflow: str,
    started_at: str | None,
    wall_seconds: float,
    *,
    purpose: str = "shot",
    outcome: str = "ok",
    version_number: int | None = None,
    generated_seconds: float | None = None,
) -> str:
    at = f"TIMESTAMPTZ '{started_at}'" if started_at else "NULL"
    return f"""INSERT INTO renders (render_id, shot_id, workflow, started_at, wall_seconds, purpose, outcome,
            version_number, generated_seconds, origin)
        SELECT 'R' || count(*), '{shot_id}', '{workflow}', {at}, {wall_seconds}, '{purpose}', '{outcome}',
            {version_number or "NULL"}, {generated_seconds or "NULL"}, 'imported' FROM renders"""


def reviewed(shot_id: str, at: str, decision: str, version_number: int) -> str:
    return f"""INSERT INTO reviews (review_id, shot_id, reviewed_at, decision, version_number, origin)
        SELECT 'V' || count(*), '{shot_id}', TIMESTAMPTZ '{at}', '{decision}', {version_number}, 'imported'
        FROM reviews"""


def staged(render_id: str, name: str, number: int, wall_seconds: float) -> str:
    return f"""INSERT INTO stages (render_id, stage_number, name, wall_seconds, cpu_seconds, peak_memory_bytes, origin,
            render_started_at)
        SELECT render_id, {number}, '{name}', {wall_seconds}, 1, 1, 'imported', started_at
        FROM renders WHERE render_id = '{render_id}'"""


def took(ledger: Ledger, shot_id: str = "S1", **options: Any) -> dict[str, Any]:
    """A shot's row of the slate; what is unknown as ``None``, days as days."""
    frame = slate_shots(ledger, **options)
    ((_, row),) = frame[frame["shot_id"] == shot_id].iterrows()
    return {
        str(name): None if value is None or value != value else value.date() if hasattr(value, "date") else value
        for name, value in row.items()
    }


def shot_ids(ledger: Ledger, **options: Any) -> list[str]:
    return list(slate_shots(ledger, **options)["shot_id"])


@pytest.fixture
def studio(ledger: Ledger) -> Ledger:
    """A title and its production, without shots."""
    written(ledger, TITLE, PRODUCTION)
    return ledger


@pytest.mark.parametrize(
    ("assignments", "expected"),
    [
        ([("ai", "2026-02-01", "final")], ("ai", False, False, "ai")),
        (
            [("ai", "2026-02-01", "fell_back"), ("traditional", "2026-02-10", "final")],
            ("ai", True, False, "traditional"),
        ),
        # Nobody wrote down that it fell back, but another workflow took it over.
        ([("ai", "2026-02-01", "open"), ("traditional", "2026-02-10", "open")], ("ai", True, False, "traditional")),
        ([("ai", "2026-02-01", "omitted"), ("traditional", "2026-02-01", "final")], ("ai", True, False, "traditional")),
        ([("ai", None, "open"), ("traditional", None, "final")], ("ai", True, False, "traditional")),
        ([("traditional", "2026-02-01", "open"), ("ai", "2026-02-10", "final")], ("traditional", True, False, "ai")),
        # Finished by both, or begun by both on one day: it is a pair in itself.
        ([("ai", "2026-02-01", "final"), ("traditional", "2026-02-10", "final")], ("ai", False, True, "traditional")),
        ([("ai", "2026-02-01", "final"), ("traditional", "2026-02-10", "open")], ("ai", False, True, "traditional")),
        ([("ai", "2026-02-01", "open"), ("traditional", "2026-02-01", "open")], ("ai", False, True, "traditional")),
        (
            [("ai", "2026-02-01", "final"), ("traditional", "2026-02-10", "omitted")],
            ("ai", False, False, "traditional"),
        ),
        ([("ai", "2026-02-01", "final"), ("hybrid", "2026-02-10", "final")], ("ai", False, False, "hybrid")),
        # Taken up again in the same workflow.
        ([("ai", "2026-02-01", "open"), ("ai", "2026-02-10", "open")], ("ai", False, False, "ai")),
    ],
)
def test_a_shot_counts_in_its_first_arm(
    studio: Ledger, assignments: list[tuple[str, str | None, str]], expected: tuple[str, bool, bool, str]
) -> None:
    given = [assigned("S1", number, *each) for number, each in enumerate(assignments, start=1)]
    written(studio, shot("S1"), *given)
    row = took(studio)
    assert (row["arm"], row["fell_back"], row["made_both_ways"], row["last_workflow"]) == expected
    assert row["arm_started_on"] == (date(2026, 2, 1) if assignments[0][1] else None)


@pytest.mark.parametrize(
    ("facts", "arm"),
    [
        ([], None),
        ([worked("S1", "2026-02-03", 1)], None),
        ([worked("S1", "2026-02-03", 1), worked("S1", "2026-02-04", 1, "ai")], "ai"),
        (
            [worked("S1", "2026-02-04", 1, "ai"), rendered("S1", "traditional", "2026-02-03 10:00:00+00", 1)],
            "traditional",
        ),
        # Hours know only their day: they come before a render of that day.
        (
            [rendered("S1", "traditional", "2026-02-03 00:00:01+00", 1), worked("S1", "2026-02-03", 1, "hybrid")],
            "hybrid",
        ),
        # A render without an instant comes last.
        ([rendered("S1", "traditional", None, 1), rendered("S1", "ai", "2026-02-03 10:00:00+00", 1)], "ai"),
        # What was rendered as a warm-up or benchmark is no work on the shot.
        ([rendered("S1", "traditional", "2026-02-03 10:00:00+00", 1, purpose="benchmark")], None),
    ],
)
def test_without_an_assignment_the_first_fact_that_names_a_workflow_decides(
    studio: Ledger, facts: list[str], arm: str | None
) -> None:
    written(studio, shot("S1"), *facts)
    row = took(studio)
    assert (row["arm"], row["last_workflow"], row["fell_back"], row["arm_started_on"]) == (arm, arm, False, None)


@pytest.mark.parametrize(
    ("outcome", "purpose", "made_both_ways"),
    [("ok", "shot", True), ("failed", "shot", False), ("ok", "training", False)],
)
def test_usable_renders_of_both_workflows_make_a_pair(
    studio: Ledger, outcome: str, purpose: str, made_both_ways: bool
) -> None:
    written(
        studio,
        shot("S1"),
        rendered("S1", "traditional", "2026-02-03 10:00:00+00", 1),
        rendered("S1", "ai", "2026-02-03 11:00:00+00", 1, outcome=outcome, purpose=purpose),
    )
    assert took(studio)["made_both_ways"] is made_both_ways


def test_work_belongs_to_the_workflow_in_force_on_its_day(studio: Ledger) -> None:
    written(
        studio,
        shot("S1"),
        assigned("S1", 1, "ai", "2026-02-05", "fell_back"),
        assigned("S1", 2, "traditional", "2026-02-10"),
        assigned("S1", 3, "hybrid", None, "open"),
        worked("S1", "2026-02-01", 1),  # before the first: the first
        worked("S1", "2026-02-09", 2),
        worked("S1", "2026-02-10", 4),  # the very day
        worked("S1", "2026-12-31", 8),
        worked("S1", "2026-12-31", 16, "ai"),  # says so itself
        "INSERT INTO charges (charge_id, production_id, shot_id, category, amount, currency, charged_on, origin)"
        "VALUES ('C1', 'P1', 'S1', 'api', 1, 'CAD', DATE '2026-02-09', 'imported'),"
        "('C2', 'P1', 'S1', 'api', 1, 'CAD', DATE '2026-02-11', 'imported'),"
        "('C3', 'P1', NULL, 'api', 1, 'CAD', DATE '2026-02-11', 'imported')",
    )
    row = took(studio)
    assert (row["people_hours"], row["people_hours_ai"], row["people_hours_traditional"]) == (31, 19, 12)
    with studio.reading() as connection:
        charges = connection.execute("SELECT charge_id, workflow_in_force FROM charges_in_force ORDER BY 1").fetchall()
    assert charges == [("C1", "ai"), ("C2", "traditional"), ("C3", None)]


def test_every_entry_is_told_once_whatever_the_assignments(studio: Ledger) -> None:
    written(
        studio,
        shot("S1"),
        assigned("S1", 1, "ai", "2026-02-05"),
        assigned("S1", 2, "traditional", "2026-02-05"),
        assigned("S1", 3, "hybrid", "2026-02-05"),
        *(worked("S1", f"2026-02-{day:02d}", 1) for day in range(1, 11)),
        worked("nowhere", "2026-02-01", 1),  # an orphan, which `ledger check` tells
    )
    with studio.reading() as connection:
        in_force = connection.execute(
            "SELECT workflow_in_force, count(*) FROM work_entries_in_force GROUP BY 1 ORDER BY 1"
        ).fetchall()
    assert in_force == [("ai", 4), ("hybrid", 6), (None, 1)]


def test_what_a_shot_took(studio: Ledger) -> None:
    written(
        studio,
        shot(
            "S1",
            sequence="'SQ10'",
            kind="'creature'",
            complexity="'hero'",
            handle_frames="8",
            height="858",
            turnover_on="DATE '2026-02-01'",
            final_on="DATE '2026-03-01'",
            twin_of="'S0'",
            enabled="true",
        ),
        assigned("S1", 1, "ai", "2026-02-02"),
        worked("S1", "2026-02-03", 6, vendor="Alba"),
        worked("S1", "2026-02-04", 5),
        worked("S1", "2026-02-05", 2, vendor="Alba", origin="assumed"),
        rendered("S1", "ai", "2026-01-31 23:30:00-05", 100, version_number=3, generated_seconds=4.5),
        rendered("S1", "ai", "2026-02-06 10:00:00+00", 50, outcome="failed", generated_seconds=4.5),
        rendered("S1", "traditional", None, 7),
        rendered("S1", "ai", "2025-01-01 10:00:00+00", 1000, purpose="warm_up"),
        staged("R0", "load", 1, 20),
        staged("R0", "plate", 2, 10),
        staged("R0", "denoise", 3, 70),
        reviewed("S1", "2026-02-20 12:00:00+00", "retake", 4),
        reviewed("S1", "2026-02-27 12:00:00+00", "approved", 5),
        reviewed("S1", "2026-02-28 23:00:00-05", "approved", 5),
    )
    row = took(studio)
    assert row == {
        "shot_id": "S1",
        "production_id": "P1",
        "title_id": "T1",
        "title_kind": "series",
        "production_name": "Salt Line 1",
        "sequence": "SQ10",
        "code": "S1",
        "kind": "creature",
        "complexity": "hero",
        "cut_frames": 48,
        "handle_frames": 8,
        "cut_seconds": 48 * 1001 / 24000,
        "width": 4096,
        "height": 858,
        "camera_move": None,
        "main_vendor": "Alba",
        "territory": "CA-QC",
        "turnover_on": date(2026, 2, 1),
        "due_on": None,
        "final_on": date(2026, 3, 1),
        "status": "final",
        "twin_of": "S0",
        "enabled": True,
        "arm": "ai",
        "arm_started_on": date(2026, 2, 2),
        "last_workflow": "ai",
        "fell_back": False,
        "made_both_ways": False,
        "first_fact_on": date(2026, 2, 1),  # the render at half past eleven at night, in UTC
        "last_fact_on": date(2026, 3, 1),
        "calendar_days": 28,
        "open_days": None,
        "people_hours": 13,
        "people_hours_ai": 13,
        "people_hours_traditional": None,
        "machine_seconds": 127,
        "machine_seconds_ai": 120,
        "machine_seconds_traditional": 7,
        "generated_seconds": 9,
        "versions": 5,
        "retake_count": 1,
        "approved_count": 2,
        "first_approved_on": date(2026, 2, 27),
        "weakest_origin": "assumed",
        "is_synthetic": False,
    }


def test_what_is_unknown_is_not_nought(studio: Ledger) -> None:
    written(studio, shot("S1"), reviewed("S1", "2026-02-20 12:00:00+00", "retake", 1))
    row = took(studio)
    unknown = (
        "people_hours",
        "machine_seconds",
        "generated_seconds",
        "calendar_days",
        "open_days",
        "arm",
        "main_vendor",
    )
    assert {name: row[name] for name in unknown} == dict.fromkeys(unknown)
    assert (row["retake_count"], row["approved_count"], row["status"]) == (1, 0, "open")


@pytest.mark.parametrize(
    ("columns", "status", "calendar_days", "open_days"),
    [
        ({"turnover_on": "DATE '2026-02-01'"}, "open", None, 59),
        ({}, "open", None, 57),  # from the start in its arm
        ({"turnover_on": "DATE '2026-05-01'"}, "open", None, 0),
        ({"turnover_on": "DATE '2026-02-01'", "final_on": "DATE '2026-02-01'"}, "final", 1, None),
        ({"final_on": "DATE '2026-02-13'"}, "final", 10, None),
        ({"turnover_on": "DATE '2026-02-01'", "status": "'final'"}, "final", None, None),
        (
            {"turnover_on": "DATE '2026-02-01'", "final_on": "DATE '2026-02-09'", "status": "'omitted'"},
            "omitted",
            None,
            None,
        ),
        ({"turnover_on": "DATE '2026-02-01'", "final_on": "DATE '2026-02-09'", "status": "'open'"}, "open", None, 59),
    ],
)
def test_calendar_days_are_known_of_final_shots_and_open_days_of_open_ones(
    studio: Ledger, columns: dict[str, str], status: str, calendar_days: int | None, open_days: int | None
) -> None:
    written(
        studio,
        shot("S1", **columns),
        assigned("S1", 1, "ai", "2026-02-03"),
        shot("S2"),
        worked("S2", "2026-04-01", 1),
        shot("elsewhere", production_id="P2"),
        worked("elsewhere", "2030-01-01", 1),
    )
    row = took(studio)
    assert (row["status"], row["calendar_days"], row["open_days"]) == (status, calendar_days, open_days)


def test_the_studio_itself_is_no_vendor(studio: Ledger) -> None:
    written(studio, shot("S1"), worked("S1", "2026-02-03", 6, vendor="Alba"), worked("S1", "2026-02-04", 7))
    assert took(studio)["main_vendor"] is None


def test_demonstration_shots_stand_aside_for_real_ones(studio: Ledger) -> None:
    written(studio, shot("D1", origin="synthetic"), shot("D2", origin="synthetic"))
    assert shot_ids(studio) == ["D1", "D2"]
    # One demonstration fact makes a shot a demonstration.
    written(studio, shot("S1"), shot("D3"), worked("D3", "2026-02-03", 6, origin="synthetic"))
    assert shot_ids(studio) == ["S1"]
    assert shot_ids(studio, with_synthetic=True) == ["D1", "D2", "D3", "S1"]
    assert took(studio, "D3", with_synthetic=True)["is_synthetic"] is True


def test_some_productions_can_be_asked_for(studio: Ledger) -> None:
    written(studio, shot("S1"), shot("S2", production_id="P2"), shot("S3", production_id="P3"))
    assert shot_ids(studio, production_ids=["P3", "P1", "nowhere"]) == ["S1", "S3"]
    assert shot_ids(studio, production_ids=[]) == []
    assert slate_shots(studio, production_ids=[]).dtypes["turnover_on"] == "datetime64[us]"


def state(ledger: Ledger) -> int:
    with ledger.reading() as connection:
        return change_number(connection)


def test_nothing_is_written_while_the_facts_are_the_same(studio: Ledger) -> None:
    written(studio, shot("S1"))
    reckon_shots(studio)
    before, number = studio.path.read_bytes(), state(studio)
    reckon_shots(studio)
    slate_shots(studio)
    assert studio.path.read_bytes() == before
    assert state(studio) == number


def test_every_change_of_facts_is_seen(studio: Ledger) -> None:
    written(studio, shot("S1"))
    assert took(studio)["people_hours"] is None
    written(studio, worked("S1", "2026-02-03", 6))
    assert took(studio)["people_hours"] == 6
    written(studio, "UPDATE work_entries SET people_hours = 7")
    assert took(studio)["people_hours"] == 7
    written(studio, "DELETE FROM work_entries")
    assert took(studio)["people_hours"] is None
    with pytest.raises(RuntimeError):
        studio.write(_failing)
    assert took(studio)["people_hours"] is None


def _failing(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(worked("S1", "2026-02-03", 6))
    raise RuntimeError


def test_a_render_recorded_is_a_change_of_its_shot_and_seen(ledger: Ledger) -> None:
    record_manifest(ledger, invented_manifest("0001"))
    row = took(ledger, SHOT_ID)
    assert (row["machine_seconds_ai"], row["people_hours_ai"], row["weakest_origin"]) == (4.25, 9.5, "assumed")
    record_manifest(ledger, invented_manifest("0002", minutes=5))
    assert took(ledger, SHOT_ID)["machine_seconds_ai"] == 8.5
    with ledger.reading() as connection:
        last = connection.execute("SELECT shot_id FROM fact_changes ORDER BY change_number DESC LIMIT 1").fetchone()
    assert last == (SHOT_ID,)


def test_one_changed_shot_is_reckoned_alone_and_gives_what_reckoning_all_gives(studio: Ledger) -> None:
    """In a ledger of so many shots that it is worth it."""
    written(
        studio,
        "INSERT INTO shots (shot_id, production_id, sequence, code, cut_frames, turnover_on, origin)"
        "SELECT 'S' || n, 'P1', 'SQ' || n % 7, 'C' || n, 24, DATE '2026-01-01', 'imported' "
        "FROM range(5000) AS every (n)",
        "INSERT INTO work_entries (work_entry_id, shot_id, workflow, department, worked_on, people_hours, origin)"
        "SELECT 'E' || n, 'S' || n % 5000, 'ai', 'fx', DATE '2026-02-01', 1.5, 'imported' "
        "FROM range(9000) AS every (n)",
    )
    assert took(studio, "S7")["people_hours"] == 3
    # That S8 was changed is kept from the ledger: it stays as it was reckoned, which shows that S7 was done alone.
    studio.write(
        lambda connection: connection.execute("UPDATE work_entries SET people_hours = 9 WHERE shot_id = 'S8'"),
        facts=False,
    )
    changes = [
        worked("S7", "2026-03-01", 4),
        reviewed("S7", "2026-03-02 12:00:00+00", "retake", 2),
        assigned("S7", 1, "hybrid", None),
    ]
    written(studio, *changes, shot_ids=("S7",))
    frame = slate_shots(studio)
    assert len(frame) == 5000
    assert took(studio, "S7")["people_hours"] == 7
    assert took(studio, "S7")["arm"] == "hybrid"
    assert took(studio, "S8")["people_hours"] == 3
    # A change of no shot's work leaves everything as it is, and one of several shots is reckoned for all.
    written(studio, shot_ids=NO_SHOT)
    assert took(studio, "S8")["people_hours"] == 3
    written(studio, shot_ids=("S7", "S9"))
    assert took(studio, "S8")["people_hours"] == 18
    written(studio, shot_ids=("S7",))
    alone = slate_shots(studio)
    written(studio)
    assert alone.equals(slate_shots(studio))


def changed_shot_ids(ledger: Ledger) -> list[str] | None:
    """Shots that changed since the only reckoning."""
    with ledger.reading() as connection:
        ((name,),) = connection.execute("SELECT name FROM reckonings").fetchall()
    (found,) = ledger.ask_rows("reckoning_state", name=name)
    return found["changed_shot_ids"]  # type: ignore[no-any-return]


def test_who_missed_forgotten_changes_reckons_everything(studio: Ledger) -> None:
    written(studio, *(shot(f"S{number}") for number in range(3)))
    reckon_shots(studio)
    written(studio, worked("S1", "2026-02-03", 6), shot_ids=("S1",))
    written(studio, shot_ids=NO_SHOT)
    assert changed_shot_ids(studio) == ["S1"]
    # As if a thousand changes had come and somebody else's reckoning had forgotten the first of them.
    studio.write(
        lambda connection: connection.execute("DELETE FROM fact_changes WHERE shot_id IS NULL OR shot_id = 'S1'"),
        facts=False,
    )
    assert changed_shot_ids(studio) is None
    assert took(studio, "S1")["people_hours"] == 6


def test_what_another_version_reckoned_is_reckoned_again(studio: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    written(studio, shot("S1"), worked("S1", "2026-02-03", 6))
    assert took(studio)["people_hours"] == 6
    with monkeypatch.context() as another_version:
        another_version.setattr("analytics.ledger.reckoning._SHOTS", "shots of another version")
        reckon_shots(studio)
        wrong = "UPDATE reckoned_shots SET people_hours = 999"
        studio.write(lambda connection: connection.execute(wrong), facts=False)
        assert took(studio)["people_hours"] == 999
    assert took(studio)["people_hours"] == 6


def test_a_rate_card_changes_no_fact(ledger: Ledger) -> None:
    record_manifest(ledger, invented_manifest("0001"))
    number = state(ledger)
    record_rate_card(ledger, load_rate_card(default_rate_card_path()))
    assert state(ledger) == number


def test_what_lasts_is_said_before_it_begins(studio: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    written(studio, shot("S1"), worked("S1", "2026-02-03", 6))
    reckon_shots(studio, said.append)
    assert said == []
    monkeypatch.setattr("analytics.ledger.reckoning._ENTRIES_OF_A_MOMENT", 0)
    written(studio)
    reckon_shots(studio, said.append)
    assert said == ["The facts changed: adding up 1 work entries and renders of 1 shots, once."]
    reckon_shots(studio, said.append)
    assert len(said) == 1
    assert len(slate_shots(studio)) == 1


def test_threads_are_for_large_questions_only(studio: Ledger) -> None:
    threads = "SELECT current_setting('threads')"
    with studio.reading() as connection:
        with on_all_processors(connection):
            assert connection.execute(threads).fetchone() == (os.cpu_count(),)
        assert connection.execute(threads).fetchone() == (1,)


def test_backups_and_rebuilds_reckon_anew(ledger: Ledger, tmp_path: Path) -> None:
    manifest = invented_manifest("0001")
    write_manifest(manifest, tmp_path / "out" / "0001")
    record_manifest(ledger, manifest)
    before = took(ledger, SHOT_ID)
    number = state(ledger)
    summary = ledger_summary(ledger)
    # A wrong sum must not be carried over as if it were a fact.
    ledger.write(lambda connection: connection.execute("UPDATE reckoned_shots SET people_hours = 999"), facts=False)
    copy = Ledger.open(back_up(ledger, tmp_path / "copy.duckdb"))
    assert state(copy) == number
    assert ledger_summary(copy) == summary
    assert took(copy, SHOT_ID) == before
    rebuild(ledger.path, [tmp_path / "out"])
    assert state(ledger) > number
    with ledger.reading() as connection:
        assert connection.execute("SELECT count(*) FROM reckoned_shots").fetchall() == [(0,)]
    assert took(ledger, SHOT_ID) == before
    assert ledger_summary(ledger) == summary
    assert check_ledger(ledger) == []


_AS_NOBODY = """
import os, sys
from pathlib import Path
from analytics.ledger.ledger import Ledger
from analytics.ledger.reckoning import slate_shots
from analytics.vocabulary.errors import LedgerError
slate_shots(Ledger.open(Path(sys.argv[2])))  # loads everything while it may still be read
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
try:
    print(len(slate_shots(Ledger.open(Path(sys.argv[1])))))
except LedgerError as error:
    print(error)
"""


@pytest.fixture
def closed_folder() -> Iterator[Path]:
    """A folder that everybody may look into, unlike pytest's own."""
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


def test_a_ledger_that_may_only_be_read_is_answered_from_while_it_holds(studio: Ledger, closed_folder: Path) -> None:
    written(studio, shot("S1"))
    reckon_shots(studio)
    reckoned = closed_folder / "reckoned.duckdb"
    reckoned.write_bytes(studio.path.read_bytes())
    written(studio, shot("S2"))
    outdated = closed_folder / "outdated.duckdb"
    outdated.write_bytes(studio.path.read_bytes())
    for path in (reckoned, outdated):
        path.chmod(0o444)
    closed_folder.chmod(0o555)
    told = [
        subprocess.run(
            [sys.executable, "-c", _AS_NOBODY, str(path), str(studio.path)],
            capture_output=True,
            text=True,
            check=True,
            env=os.environ | {"PYTHONPATH": str(Path.cwd())},
        ).stdout
        for path in (reckoned, outdated)
    ]
    assert told[0] == "1\n"
    assert "outdated.duckdb': cannot be written here (permission denied)" in told[1]
