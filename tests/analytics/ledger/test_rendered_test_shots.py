"""What the ledger says of test shots: what was rendered, what it took, what can be reviewed."""

from dataclasses import replace
from datetime import UTC, datetime

from invented_manifests import invented_manifest

from analytics.ledger.blind_reviews import answer, lay_out
from analytics.ledger.ledger import Ledger
from analytics.ledger.recording import record_manifest
from analytics.ledger.rendered_test_shots import EarlierRenders, earlier_renders, rendered_test_shots, shots_to_review
from analytics.vocabulary.blind_review import BlindReview, Preference
from analytics.vocabulary.frames import FrameRange, FrameSize
from analytics.vocabulary.render import Outcome
from analytics.vocabulary.workflow import Workflow

SIZE, FRAMES = FrameSize(256, 144), FrameRange(1001, 1048)


def record(ledger: Ledger, name: str, workflow: Workflow = Workflow.AI, **changes: object) -> str:
    """Record one invented render; ``minutes`` after the first."""
    minutes = int(str(changes.pop("minutes", 0)))
    manifest = invented_manifest(name, minutes=minutes)
    render = replace(manifest.render, render_id=f"collapse-{workflow}-{name}", workflow=workflow, **changes)  # type: ignore[arg-type]
    record_manifest(ledger, replace(manifest, render=render))
    return render.render_id


def test_counts_by_setup_and_the_newest_first(ledger: Ledger) -> None:
    assert rendered_test_shots(ledger) == ()
    record(ledger, "1", quality="final")
    record(ledger, "2", Workflow.TRADITIONAL, minutes=5)
    record(ledger, "3", minutes=6)
    record(ledger, "4", minutes=7, outcome=Outcome.FAILED)
    record(ledger, "5", minutes=3, size=FrameSize(64, 36))
    draft, small, final = rendered_test_shots(ledger)
    assert (draft.quality, draft.size, draft.frames) == ("draft", SIZE, FRAMES)
    assert (draft.ai_count, draft.traditional_count, draft.unusable_count, draft.is_pair) == (1, 1, 1, True)
    assert draft.movie == "/renders/collapse-ai-3/collapse_ai.mp4"
    assert (small.size, small.ai_count, small.is_pair) == (FrameSize(64, 36), 1, False)
    assert (final.quality, final.ai_count, final.traditional_count) == ("final", 1, 0)
    assert rendered_test_shots(ledger, "another production") == ()


def test_earlier_renders_are_those_of_the_same_setup_on_one_machine(ledger: Ledger) -> None:
    def asked(quality: str = "draft", frames: FrameRange = FRAMES) -> EarlierRenders | None:
        return earlier_renders(ledger, "collapse", Workflow.AI, "collapse-small", quality, SIZE, frames)

    assert asked() is None
    for minutes, seconds in enumerate((4.0, 6.0, 20.0)):
        record(ledger, str(minutes), minutes=minutes, wall_seconds=seconds)
    record(ledger, "failed", outcome=Outcome.FAILED, wall_seconds=1.0)
    assert asked() == EarlierRenders(True, SIZE, FRAMES, 3, 6.0, 4.0, 20.0, "Invented G1")
    assert asked(quality="final") is None
    assert asked(frames=FrameRange(1001, 1024)) == EarlierRenders(False, SIZE, FRAMES, 3, 6.0, 4.0, 20.0, "Invented G1")

    manifest = invented_manifest("elsewhere", minutes=60)
    elsewhere = replace(manifest.hardware, hardware_id="fedc", gpu_model="Invented G2")
    render = replace(manifest.render, hardware_id="fedc", wall_seconds=2.0)
    record_manifest(ledger, replace(manifest, hardware=elsewhere, render=render))
    assert asked() == EarlierRenders(True, SIZE, FRAMES, 1, 2.0, 2.0, 2.0, "Invented G2")


def test_a_shot_can_be_reviewed_once_both_workflows_made_the_same_frames(ledger: Ledger) -> None:
    record(ledger, "1")
    record(ledger, "2", Workflow.TRADITIONAL, size=FrameSize(64, 36))
    assert shots_to_review(ledger) == ()
    record(ledger, "3", Workflow.TRADITIONAL)
    (shot,) = shots_to_review(ledger)
    assert (shot.shot_code, shot.pair_count, shot.answered_count, shot.last_answered_at) == ("collapse", 1, 0, None)


def test_answers_and_reviewers_are_counted(ledger: Ledger, tmp_path) -> None:
    made_by_ai, other = record(ledger, "1"), record(ledger, "2", Workflow.TRADITIONAL)
    now = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    for number, reviewer in enumerate(["AB", " ab", "CD"]):
        folder = tmp_path / str(number)
        folder.mkdir()
        review = BlindReview(f"review-{number}", "test_shots/collapse", made_by_ai, other, str(folder), now)
        lay_out(ledger, review)
        answer(
            ledger,
            replace(review, answered_at=now, preferred=Preference.A, a_note=4, b_note=3, reviewer=reviewer),
        )
    waiting = BlindReview("waiting", "test_shots/collapse", made_by_ai, other, str(tmp_path), now)
    lay_out(ledger, waiting)
    (shot,) = shots_to_review(ledger)
    assert (shot.answered_count, shot.reviewer_count, shot.last_answered_at) == (3, 2, now)
