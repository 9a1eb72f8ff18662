"""What people preferred who were not told which picture was made by AI, with an interval and its n."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from statistics import mean

from analytics.ledger.blind_reviews import blind_reviews
from analytics.ledger.ledger import Ledger
from analytics.vocabulary.blind_review import BlindReview, Preference
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.workflow import Workflow

NORMAL_QUANTILE = 1.959963985
"""Of 97.5 %: what a two-sided interval of 95 % reaches to."""


@dataclass(frozen=True)
class ReviewResults:
    """Answered blind reviews of a shot.

    Attributes
    ----------
    ai_count, traditional_count, neither_count
        By what was preferred.
    share, share_low, share_high
        Of the reviews that preferred one, how many preferred AI, with a Wilson interval of 95 %; ``None`` where all
        said neither.
    notes
        Mean note of each workflow, 1 to 5.
    reviewer_count
        Different names. Reviews by one person are not independent of each other.
    """

    ai_count: int
    traditional_count: int
    neither_count: int
    share: float | None
    share_low: float | None
    share_high: float | None
    notes: dict[Workflow, float]
    reviewer_count: int
    origins: tuple[Origin, ...]
    comments: tuple[str, ...]

    @property
    def answered_count(self) -> int:
        """All answers."""
        return self.ai_count + self.traditional_count + self.neither_count


def review_results(
    ledger: Ledger, shot_id: str, ai_render_ids: Collection[str], only_of: Collection[str] | None = None
) -> ReviewResults | None:
    """Sum up the answers on a shot; ``None`` where nobody has answered.

    Parameters
    ----------
    ai_render_ids
        The shot's AI renders: which side of a review each of its letters was.
    only_of
        Only reviews of which both renders are among these.
    """
    answered = [
        review
        for review in blind_reviews(ledger, shot_id)
        if review.answered_at is not None
        and (only_of is None or {review.a_render_id, review.b_render_id} <= set(only_of))
    ]
    return results_of(answered, ai_render_ids) if answered else None


def results_of(answered: Sequence[BlindReview], ai_render_ids: Collection[str]) -> ReviewResults:
    """Sum up answered reviews."""
    preferred = [review.preferred_render_id for review in answered]
    neither = sum(review.preferred is Preference.NEITHER for review in answered)
    ai = sum(render_id in ai_render_ids for render_id in preferred if render_id is not None)
    decided = len(answered) - neither
    low, high = wilson_interval(ai, decided) if decided else (None, None)
    notes: dict[Workflow, list[int]] = {Workflow.AI: [], Workflow.TRADITIONAL: []}
    for review in answered:
        for render_id in (review.a_render_id, review.b_render_id):
            note = review.note_of(render_id)
            if note is not None:
                notes[Workflow.AI if render_id in ai_render_ids else Workflow.TRADITIONAL].append(note)
    return ReviewResults(
        ai,
        decided - ai,
        neither,
        ai / decided if decided else None,
        low,
        high,
        {workflow: mean(given) for workflow, given in notes.items() if given},
        len({(review.reviewer or "").casefold() for review in answered}),
        tuple(dict.fromkeys(review.origin for review in answered)),
        tuple(_comment(review, ai_render_ids) for review in answered if review.comment),
    )


def _comment(review: BlindReview, ai_render_ids: Collection[str]) -> str:
    """With who said it and what A was: letters are dealt anew for each review, so "A" alone means nothing later."""
    a = "AI" if review.a_render_id in ai_render_ids else "traditional"
    return f"{review.comment} ({review.reviewer}; A was {a})"


def wilson_interval(count: int, total: int) -> tuple[float, float]:
    """Interval of 95 % for a share (Wilson 1927): right for few answers too, and never outside 0 to 1."""
    share, square = count / total, NORMAL_QUANTILE**2
    middle = (share + square / (2 * total)) / (1 + square / total)
    reach = NORMAL_QUANTILE * math.sqrt(share * (1 - share) / total + square / (4 * total**2)) / (1 + square / total)
    return max(0.0, middle - reach), min(1.0, middle + reach)
