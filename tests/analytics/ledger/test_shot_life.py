"""What happened to one shot: its workflows, departments, versions, reviews, twins and movies, each where it belongs."""

from datetime import UTC, date, datetime

import duckdb
import pytest

from analytics.ledger.ledger import Ledger
from analytics.ledger.shot_life import ShotLife, movies_of, shot_life
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.frames import FrameRange, FrameSize
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.workflow import Workflow

FACTS = """
INSERT INTO productions (production_id, name, currency, fps_numerator, fps_denominator, origin)
    VALUES ('P', 'One', 'USD', 24, 1, 'imported');
INSERT INTO shots (shot_id, production_id, code, cut_frames, twin_of, origin)
    VALUES ('S', 'P', 's010', 48, NULL, 'imported'), ('S_alt', 'P', 's010_alt', 48, 'S', 'imported'),
           ('other', 'P', 's020', 48, NULL, 'imported');
INSERT INTO assignments (shot_id, assignment_number, workflow, started_on, ended_on, outcome, origin)
    VALUES ('S', 1, 'ai', DATE '2026-03-01', DATE '2026-03-10', 'fell_back', 'imported'),
           ('S', 2, 'traditional', DATE '2026-03-10', NULL, 'open', 'imported');
INSERT INTO work_entries (work_entry_id, shot_id, department, vendor, worked_on, people_hours, workflow, origin)
    VALUES ('w1', 'S', 'comp', NULL, DATE '2026-03-02', 4.0, NULL, 'imported'),
           ('w2', 'S', 'comp', 'North', DATE '2026-03-05', 2.5, NULL, 'assumed'),
           ('w3', 'S', 'comp', 'North', DATE '2026-03-05', 1.0, NULL, 'imported'),
           ('w4', 'S', 'comp', 'North', DATE '2026-03-12', 8.0, NULL, 'imported'),
           ('w5', 'S', 'roto', NULL, DATE '2026-03-12', 3.0, 'ai', 'imported'),
           ('w6', 'other', 'comp', NULL, DATE '2026-03-02', 99.0, NULL, 'imported');
INSERT INTO renders (render_id, shot_id, workflow, purpose, engine, model, version_number, started_at, ended_at,
    wall_seconds, generated_seconds, outcome, folder, movie, first_frame, last_frame, width, height, origin)
    VALUES ('r1', 'S', 'ai', 'shot', 'diffusers', 'film', 1, '2026-03-03 10:00:00+00',
                '2026-03-03 11:00:00+00', 100, 8, 'failed',
                NULL, NULL, NULL, NULL, NULL, NULL, 'measured'),
           ('r2', 'S', 'ai', 'shot', 'diffusers', 'film', 1, '2026-03-03 12:00:00+00',
                '2026-03-03 13:00:00+00', 60, 4, 'ok',
                '/r/r2', 'a.mp4', 1001, 1048, 256, 144, 'measured'),
           ('r3', 'S', 'ai', 'shot', 'diffusers', NULL, NULL, '2026-03-04 12:00:00+00',
                '2026-03-04 13:00:00+00', 30, NULL, 'ok',
                '/r/r3', 'b.mp4', 1001, 1048, 256, 144, 'measured'),
           ('r4', 'S', 'ai', 'warm_up', 'diffusers', NULL, 9, '2026-03-05 12:00:00+00',
                '2026-03-05 13:00:00+00', 7, NULL, 'ok',
                '/r/r4', 'c.mp4', NULL, NULL, NULL, NULL, 'measured'),
           ('r5', 'S_alt', 'traditional', 'shot', 'blender', NULL, NULL, '2026-03-05 12:00:00+00',
                '2026-03-05 13:00:00+00', 7,
                NULL, 'ok', '/r/r5', 'd.mp4', NULL, NULL, 301, 1, 'measured');
INSERT INTO stages (render_id, stage_number, name, wall_seconds, cpu_seconds, peak_memory_bytes, origin,
    render_started_at)
    VALUES ('r2', 1, 'load', 20, 1, 1, 'measured', '2026-03-03 12:00:00+00'),
           ('r2', 2, 'denoise', 30, 1, 1, 'measured', '2026-03-03 12:00:00+00'),
           ('r2', 3, 'encode', 10, 1, 1, 'measured', '2026-03-03 12:00:00+00');
INSERT INTO reviews (review_id, shot_id, version_number, workflow, reviewed_at, decision, origin)
    VALUES ('v1', 'S', 1, NULL, '2026-03-04 09:00:00+00', 'retake', 'imported'),
           ('v2', 'S', 1, NULL, '2026-03-04 23:30:00+00', 'retake', 'imported'),
           ('v3', 'S', 2, NULL, '2026-03-12 09:00:00+00', 'approved', 'imported');
"""


@pytest.fixture
def life(ledger: Ledger) -> ShotLife:
    def action(connection: duckdb.DuckDBPyConnection) -> None:
        for statement in FACTS.split(";\n"):
            if statement.strip():
                connection.execute(statement)

    ledger.write(action)
    return shot_life(ledger, "S")


def test_hours_belong_to_the_workflow_in_force_on_their_day(life: ShotLife) -> None:
    spans = {(span.workflow, span.department): span for span in life.departments}
    assert set(spans) == {
        (Workflow.AI, "comp"), (Workflow.TRADITIONAL, "comp"), (Workflow.AI, "roto"),
    }  # fmt: skip
    first = spans[Workflow.AI, "comp"]
    assert (first.first_on, first.last_on, first.day_count, first.people_hours, first.entry_count) == (
        date(2026, 3, 2), date(2026, 3, 5), 2, 7.5, 3,
    )  # fmt: skip
    assert first.vendors == ("North",)
    assert first.origins == (Origin.ASSUMED, Origin.IMPORTED)
    assert life.hours_by(Workflow.AI) == 10.5
    assert life.hours_by(Workflow.TRADITIONAL) == 8.0
    assert life.hours_by(Workflow.HYBRID) is None


def test_renders_and_reviews_meet_in_their_version(life: ShotLife) -> None:
    versions = {(version.workflow, version.number): version for version in life.versions}
    assert set(versions) == {(Workflow.AI, 1), (Workflow.AI, None), (Workflow.TRADITIONAL, 2)}
    numbered = versions[Workflow.AI, 1]
    assert (numbered.render_count, numbered.failed_count, numbered.machine_seconds) == (2, 1, 140.0), "loading is apart"
    assert numbered.generated_seconds == 12.0
    assert numbered.makers == ("film",)
    assert [(each.decision, each.reviewed_at) for each in numbered.decisions] == [
        ("retake", datetime(2026, 3, 4, 9, tzinfo=UTC)),
        ("retake", datetime(2026, 3, 4, 23, 30, tzinfo=UTC)),
    ]
    assert numbered.origins == (Origin.IMPORTED, Origin.MEASURED)
    alone = versions[Workflow.AI, None]
    assert (alone.render_id, alone.makers, alone.decisions) == ("r3", ("diffusers",), ())
    only_reviewed = versions[Workflow.TRADITIONAL, 2]
    assert (only_reviewed.render_count, only_reviewed.machine_seconds, only_reviewed.first_on) == (
        0, None, date(2026, 3, 12),
    )  # fmt: skip


def test_a_shot_knows_its_twin_and_both_show_their_newest_movies(life: ShotLife, ledger: Ledger) -> None:
    assert [twin.shot_id for twin in life.twins] == ["S_alt"]
    assert [twin.shot_id for twin in shot_life(ledger, "S_alt").twins] == ["S"]
    assert shot_life(ledger, "other").twins == ()
    by_workflow = {movie.workflow: movie for movie in life.movies}
    newest = by_workflow[Workflow.AI]
    assert (newest.render_id, newest.frames, newest.size) == ("r3", FrameRange(1001, 1048), FrameSize(256, 144))
    odd = by_workflow[Workflow.TRADITIONAL]
    assert (odd.shot_id, odd.frames, odd.size) == ("S_alt", None, None), "an odd size is no reason to hide a movie"
    assert movies_of(ledger, ("other",)) == ()


def test_loading_is_no_part_of_what_a_movies_clock_counts_to(ledger: Ledger, life: ShotLife) -> None:
    ledger.write(lambda connection: connection.execute("DELETE FROM renders WHERE render_id = 'r3'"))
    (movie,) = movies_of(ledger, ("S",))
    assert (movie.render_id, movie.machine_seconds) == ("r2", 40.0)
    assert movie.stage_seconds == (("denoise", 30.0), ("encode", 10.0))


def test_assignments_stand_in_their_order(life: ShotLife) -> None:
    assert [(each.number, each.workflow, each.outcome) for each in life.given] == [
        (1, Workflow.AI, "fell_back"), (2, Workflow.TRADITIONAL, "open"),
    ]  # fmt: skip


def test_a_shot_that_is_not_there_is_refused_in_words(ledger: Ledger) -> None:
    with pytest.raises(InputRefused, match="is not in this ledger"):
        shot_life(ledger, "nowhere")
