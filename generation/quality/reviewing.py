"""A blind review from laying out to telling which was which."""

import secrets
from datetime import UTC, datetime
from pathlib import Path

from analytics.ledger.blind_reviews import answer, blind_reviews, lay_out, pairs_to_review
from analytics.ledger.ledger import Ledger
from analytics.vocabulary.blind_review import BlindReview, Preference
from analytics.vocabulary.errors import InputRefused
from generation.quality.blind_pictures import write_blind_pictures
from generation.quality.scoring import frames_of


def open_review(ledger: Ledger, shot_id: str, out: Path, render_id: str | None = None) -> BlindReview:
    """The review of a shot's newest pair that waits for an answer, laid out anew where there is none.

    Parameters
    ----------
    out
        Folder of the shot's renders; reviews go into ``reviews`` under it.
    render_id
        The AI render to show; the newest one that has a traditional counterpart where not given.

    Raises
    ------
    InputRefused
        If there are no two renders to show, or the folder cannot be written.
    """
    pairs = pairs_to_review(ledger, shot_id, render_id)
    if not pairs:
        raise InputRefused(
            "review",
            render_id or shot_id,
            "has no AI and traditional render of the same size, frames and rate to be shown beside each other",
            f"render them: shotledger render {shot_id.rpartition('/')[2]} --workflow both",
        )
    pair = pairs[0]
    shown = {side.render_id for side in pair.sides}
    for waiting in reversed(blind_reviews(ledger, shot_id)):
        is_of_them = {waiting.a_render_id, waiting.b_render_id} == shown
        if is_of_them and waiting.answered_at is None and all(path.is_file() for path in pictures_of(waiting)):
            return waiting
    # Not drawn from a seed: an order that could be worked out is no hidden order.
    a, b = pair.sides if secrets.randbits(1) else reversed(pair.sides)
    review_id = f"{shot_id.rpartition('/')[2]}-review-{secrets.token_hex(4)}"
    folder = (out / "reviews" / review_id).resolve()
    write_blind_pictures({"A": frames_of(a.folder), "B": frames_of(b.folder)}, folder, pair.fps.exact)
    review = BlindReview(review_id, shot_id, a.render_id, b.render_id, str(folder), datetime.now(UTC))
    lay_out(ledger, review)
    return review


def pictures_of(review: BlindReview) -> list[Path]:
    """What the reviewer looks at."""
    return [Path(review.folder, name) for name in ("A.mp4", "B.mp4", "A.png", "B.png")]


def answer_review(
    ledger: Ledger,
    review: BlindReview,
    preferred: Preference,
    notes: tuple[int, int],
    reviewer: str,
    comment: str | None = None,
) -> BlindReview:
    """Record an answer; what comes back may be shown with its order.

    Raises
    ------
    InputRefused
        If a note is not from 1 to 5, or nobody is named.
    LedgerError
        If it cannot be written.
    """
    answered = review.answered(preferred, notes, reviewer, comment, datetime.now(UTC))
    answer(ledger, answered)
    return answered
