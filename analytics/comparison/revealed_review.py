"""Which picture of a blind review was whose, told once it is answered."""

from dataclasses import dataclass

from analytics.ledger.asking import render_rows
from analytics.ledger.ledger import Ledger
from analytics.vocabulary.blind_review import BlindReview, Preference
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.workflow import Workflow


@dataclass(frozen=True)
class RevealedReview:
    """An answered review with the workflows behind its letters.

    Attributes
    ----------
    preferred
        The workflow whose picture was preferred; ``None`` where neither was.
    """

    review: BlindReview
    a: Workflow
    b: Workflow
    preferred: Workflow | None


def reveal(ledger: Ledger, review: BlindReview) -> RevealedReview:
    """Tell which workflow was shown under which letter.

    Raises
    ------
    InputRefused
        If nobody has answered yet: whoever asks may be the reviewer.
    """
    if review.answered_at is None or review.preferred is None:
        raise InputRefused(
            "review", review.blind_review_id, "is not answered yet", "answer it first; then the order is told"
        )
    a, b = (
        Workflow(render_rows(ledger, render_id=render_id, with_synthetic=True)[0]["workflow"])
        for render_id in (review.a_render_id, review.b_render_id)
    )
    return RevealedReview(review, a, b, {Preference.A: a, Preference.B: b}.get(review.preferred))
