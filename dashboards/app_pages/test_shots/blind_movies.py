"""The two movies of a blind review in one player, without anything that tells them apart but A and B."""

from pathlib import Path

from analytics.comparison.revealed_review import RevealedReview
from analytics.vocabulary.blind_review import BlindReview
from analytics.vocabulary.workflow import Workflow
from dashboards.answers.test_shots import shown_frames
from dashboards.look.player.movie_player import PlayerSide, show_movies
from dashboards.serving.files import offer


def show_blind(review: BlindReview, view: str) -> None:
    """Mount the player over what was laid out."""
    a, b = (_side(Path(review.folder), letter) for letter in ("A", "B"))
    size, frames = shown_frames(review.a_render_id)
    show_movies(a, b, size, frames, view, "", key=f"blind_{review.blind_review_id}", marks=False)


def show_named(told: RevealedReview, view: str) -> None:
    """The same pictures once more, each with the workflow that made it."""
    letters = {told.a: "A", told.b: "B"}
    if set(letters) != {Workflow.AI, Workflow.TRADITIONAL}:
        return  # a hybrid has no side of its own in the player
    review = told.review
    ai, traditional = (
        _side(Path(review.folder), letters[workflow], f"{workflow.label}, which was {letters[workflow]}")
        for workflow in (Workflow.AI, Workflow.TRADITIONAL)
    )
    size, frames = shown_frames(review.a_render_id)
    show_movies(ai, traditional, size, frames, view, "", key=f"named_{review.blind_review_id}")


def _side(folder: Path, letter: str, name: str | None = None) -> PlayerSide:
    path = folder / f"{letter}.mp4"
    if not path.is_file():
        gone = f"The movie is no longer at {path}. Leave this review and begin another."
        return PlayerSide(name or letter, None, gone, None, "", ())
    url = offer(path.name, "video/mp4", path, slot=f"blind {path}", shown=True)
    return PlayerSide(name or letter, url, None, None, "", ())
