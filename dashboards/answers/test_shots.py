"""What the page of test shots asks the ledger."""

from typing import Any

from analytics.comparison.figures import ShotComparison
from analytics.comparison.revealed_review import RevealedReview, reveal
from analytics.comparison.review_results import ReviewResults, review_results
from analytics.comparison.shot_comparison import compare_shot
from analytics.comparison.without_money import without_money
from analytics.costing.rate_cards import default_rate_card_path, load_rate_card
from analytics.ledger import blind_reviews as reviews
from analytics.ledger import rendered_test_shots as test_shots
from analytics.ledger.asking import render_rows
from analytics.ledger.ledger import Ledger
from analytics.vocabulary.blind_review import BlindReview
from analytics.vocabulary.frames import FrameRange, FrameSize
from analytics.vocabulary.workflow import Workflow
from dashboards.access.persons import person
from dashboards.access.roles import Role
from dashboards.answers.asking import act, answer


@answer(Role.VIEWER)
def rendered(ledger: Ledger) -> tuple[test_shots.RenderedShot, ...]:
    """Test shots that were rendered, by quality, the newest first."""
    return test_shots.rendered_test_shots(ledger)


@answer(Role.VIEWER)
def to_review(ledger: Ledger) -> tuple[test_shots.ShotToReview, ...]:
    """Test shots that somebody can review blind, those with the fewest answers first."""
    return test_shots.shots_to_review(ledger)


@answer(Role.VIEWER)
def took_before(
    ledger: Ledger,
    shot_code: str,
    workflow: Workflow,
    model: str | None,
    quality: str,
    size: FrameSize,
    frames: FrameRange,
) -> test_shots.EarlierRenders | None:
    """What renders of the same setup took, or of the nearest there is."""
    return test_shots.earlier_renders(ledger, shot_code, workflow, model, quality, size, frames)


@answer(Role.VIEWER)
def renders_of(ledger: Ledger, shot_id: str) -> list[dict[str, Any]]:
    """Every render of one shot, newest first, warm-ups and failures included."""
    return render_rows(ledger, shot_id=shot_id)


def comparison_of(shot: test_shots.RenderedShot) -> ShotComparison:
    """Both workflows of a shot side by side; with costs for whoever may see those of single shots."""
    asked = _priced if person().may(Role.PRODUCER) else _unpriced
    return asked(shot.shot_id, shot.quality, shot.size, shot.frames)


@answer(Role.PRODUCER)
def _priced(ledger: Ledger, shot_id: str, quality: str, size: FrameSize, frames: FrameRange) -> ShotComparison:
    return compare_shot(ledger, shot_id, load_rate_card(default_rate_card_path()), quality, size, frames)


@answer(Role.VIEWER)
def _unpriced(ledger: Ledger, shot_id: str, quality: str, size: FrameSize, frames: FrameRange) -> ShotComparison:
    return without_money(compare_shot(ledger, shot_id, load_rate_card(default_rate_card_path()), quality, size, frames))


@answer(Role.VIEWER)
def preferred_so_far(ledger: Ledger, shot_id: str) -> ReviewResults | None:
    """What blind reviewers of a shot preferred, over all of its renders; ``None`` where nobody has answered."""
    made_by_ai = [row["render_id"] for row in render_rows(ledger, shot_id=shot_id, workflow=Workflow.AI)]
    return review_results(ledger, shot_id, made_by_ai)


@answer(Role.VIEWER)
def shown_frames(ledger: Ledger, render_id: str) -> tuple[FrameSize, FrameRange]:
    """Size and frames of a render; both sides of a review share them."""
    (row,) = render_rows(ledger, render_id=render_id, with_synthetic=True)
    return FrameSize(row["width"], row["height"]), FrameRange(row["first_frame"], row["last_frame"])


def review_laid_out(shot_id: str, blind_review_id: str) -> BlindReview | None:
    """A review that was laid out, straight from the ledger. Its letters must not be told before the answer."""

    def ask(ledger: Ledger) -> BlindReview | None:
        found = (each for each in reviews.blind_reviews(ledger, shot_id) if each.blind_review_id == blind_review_id)
        return next(found, None)

    return act(Role.VIEWER, ask)


def record_answer(answered: BlindReview) -> RevealedReview:
    """Record an answer, and only then tell which letter was which.

    Raises
    ------
    InputRefused
        If the answer is not whole, or somebody was quicker.
    """

    def record(ledger: Ledger) -> RevealedReview:
        reviews.answer(ledger, answered)
        return reveal(ledger, answered)

    return act(Role.VIEWER, record)
