"""Recording: once however often, completed once, all or nothing."""

from dataclasses import replace
from datetime import timedelta, timezone

import pytest
from invented_manifests import SHOT_ID, invented_manifest

from analytics.ledger.asking import ledger_summary, render_rows, renders, stages_of_shot, work_entries_of_shot
from analytics.ledger.ledger import Ledger
from analytics.ledger.manifest import Manifest
from analytics.ledger.recorded import recorded_renders
from analytics.ledger.recording import begin_render, finish_render, record_manifest
from analytics.vocabulary.assignment import Assignment
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.render import Outcome, Render
from analytics.vocabulary.workflow import Workflow


def held(ledger: Ledger, manifest: Manifest) -> Render:
    with ledger.reading() as connection:
        return recorded_renders(connection, [manifest.render.render_id])[manifest.render.render_id]


def counts(ledger: Ledger) -> dict[str, int]:
    return {summary.table: summary.row_count for summary in ledger_summary(ledger) if summary.row_count}


ONE_RENDER = {
    "titles": 1,
    "productions": 1,
    "shots": 1,
    "assignments": 1,
    "hardware": 1,
    "renders": 1,
    "stages": 3,
    "work_entries": 2,
}


def test_what_is_recorded_comes_back_equal(ledger: Ledger) -> None:
    manifest = invented_manifest()
    record_manifest(ledger, manifest)
    assert held(ledger, manifest) == manifest.render
    assert counts(ledger) == ONE_RENDER


def test_recording_twice_is_recording_once(ledger: Ledger) -> None:
    for _ in range(2):
        begin_render(ledger, invented_manifest(finished=False))
        finish_render(ledger, invented_manifest())
        record_manifest(ledger, invented_manifest())
    assert counts(ledger) == ONE_RENDER


def test_a_begun_render_stands_as_interrupted_until_it_is_finished_once(ledger: Ledger) -> None:
    begun, done = invented_manifest(finished=False), invented_manifest()
    begin_render(ledger, begun)
    assert held(ledger, begun) == begun.render
    finish_render(ledger, done)
    assert held(ledger, done) == done.render
    begin_render(ledger, begun)
    assert held(ledger, done) == done.render


def test_a_finished_render_is_a_fact(ledger: Ledger) -> None:
    done = invented_manifest()
    record_manifest(ledger, done)
    other_end = replace(done, render=replace(done.render, outcome=Outcome.FAILED, wall_seconds=9.0))
    with pytest.raises(InputRefused, match=r"wall_seconds, outcome.*differs from what the ledger holds"):
        finish_render(ledger, other_end)
    assert held(ledger, done) == done.render


def test_an_instant_of_another_zone_is_the_same_fact(ledger: Ledger) -> None:
    done = invented_manifest()
    record_manifest(ledger, done)
    elsewhere = timezone(timedelta(hours=-3))
    moved = replace(done.render, started_at=done.render.started_at.astimezone(elsewhere))
    record_manifest(ledger, replace(done, render=moved))
    assert render_rows(ledger)[0]["started_at"] == done.render.started_at


def test_beginning_and_finishing_refuse_the_wrong_manifest(ledger: Ledger) -> None:
    with pytest.raises(InputRefused, match="of a render that ended"):
        begin_render(ledger, invented_manifest())
    with pytest.raises(InputRefused, match="is missing"):
        finish_render(ledger, invented_manifest(finished=False))
    assert counts(ledger) == {}


def test_a_render_id_that_an_import_took_is_refused(ledger: Ledger) -> None:
    ledger.write(
        lambda connection: connection.execute("""
        INSERT INTO renders (render_id, shot_id, workflow, wall_seconds, ended_at, outcome, origin)
        VALUES ('collapse-ai-0001', 's', 'ai', 3, now(), 'ok', 'imported')""")
    )
    with pytest.raises(InputRefused, match="differs from what the ledger holds"):
        record_manifest(ledger, invented_manifest())


def test_later_assignments_are_numbered_after_the_first(ledger: Ledger) -> None:
    manifest = invented_manifest()
    record_manifest(ledger, manifest)
    first = manifest.assignments[0]
    fallen = Assignment(SHOT_ID, Workflow.TRADITIONAL, first.started_on + timedelta(days=3), None, "final")
    later = invented_manifest("0002")
    record_manifest(ledger, replace(later, assignments=(first, fallen)))
    with ledger.reading() as connection:
        rows = connection.execute("SELECT assignment_number, workflow FROM assignments ORDER BY 1").fetchall()
    assert rows == [(1, "ai"), (2, "traditional")]


def test_renders_carry_their_stages_and_totals(ledger: Ledger) -> None:
    record_manifest(ledger, invented_manifest("0001"))
    record_manifest(ledger, invented_manifest("0002", minutes=1))
    begin_render(ledger, invented_manifest("0003", finished=False, minutes=2))
    rows = render_rows(ledger, "collapse")
    assert [row["render_id"] for row in rows] == ["collapse-ai-0003", "collapse-ai-0002", "collapse-ai-0001"]
    assert rows[0]["stages"] == []
    assert rows[0]["ended_at"] is None
    assert [stage["name"] for stage in rows[1]["stages"]] == ["load", "denoise", "encode"]
    assert sum(stage["wall_seconds"] for stage in rows[1]["stages"]) == rows[1]["wall_seconds"]
    totals = ("cpu_seconds", "gpu_seconds", "energy_joules", "energy_origin", "peak_memory_bytes", "peak_vram_bytes")
    assert [rows[1][total] for total in totals] == [8.75, 4.0, 313.5, "assumed", 2**30, 2**31]
    with ledger.reading() as connection:
        view = connection.execute(
            f"SELECT {', '.join(totals)} FROM render_totals ORDER BY render_id LIMIT 1"
        ).fetchall()
    assert view == [tuple(rows[1][total] for total in totals)]
    frame = renders(ledger, "collapse")
    assert list(frame["render_id"]) == [row["render_id"] for row in rows]
    assert str(frame["started_at"].dtype) == "datetime64[us, UTC]"
    assert list(stages_of_shot(ledger, SHOT_ID)["name"]) == ["load", "denoise", "encode"] * 2
    assert work_entries_of_shot(ledger, SHOT_ID)["people_hours"].sum() == 9.5


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ({"shot_code": "nowhere"}, []),
        ({"shot_id": SHOT_ID, "row_limit": 1}, ["0002"]),
        ({"render_id": "collapse-ai-0001"}, ["0001"]),
        ({"workflow": Workflow.TRADITIONAL}, []),
        ({"workflow": Workflow.AI, "quality": "draft"}, ["0002", "0001"]),
        ({"outcome": Outcome.FAILED}, ["0002"]),
        ({"row_limit": 0}, []),
    ],
)
def test_renders_are_chosen(ledger: Ledger, wanted: dict[str, object], names: list[str]) -> None:
    record_manifest(ledger, invented_manifest("0001"))
    record_manifest(ledger, invented_manifest("0002", minutes=1, outcome=Outcome.FAILED))
    assert [row["render_id"] for row in render_rows(ledger, **wanted)] == [f"collapse-ai-{name}" for name in names]  # type: ignore[arg-type]


def test_demonstration_rows_step_aside_for_real_ones(ledger: Ledger) -> None:
    invented = invented_manifest("demo")
    record_manifest(ledger, replace(invented, render=replace(invented.render, origin=Origin.SYNTHETIC)))
    assert len(render_rows(ledger)) == 1
    record_manifest(ledger, invented_manifest("real"))
    assert [row["render_id"] for row in render_rows(ledger)] == ["collapse-ai-real"]
    assert len(render_rows(ledger, with_synthetic=True)) == 2
