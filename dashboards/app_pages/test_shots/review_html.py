"""HTML of blind reviews: what can be judged, which was which, and what was preferred so far."""

from collections.abc import Sequence
from html import escape

from analytics.comparison.revealed_review import RevealedReview
from analytics.comparison.review_results import ReviewResults
from analytics.comparison.sentences import FEWEST_REVIEWERS, review_words
from analytics.ledger.rendered_test_shots import ShotToReview
from analytics.vocabulary.workflow import Workflow
from dashboards.look.cards import mark, origin_marks
from dashboards.look.words import instant_words, sentence, shot_words


def shots_to_review(shots: Sequence[ShotToReview]) -> str:
    """Shots with a pair. What was preferred is not told here: it would sway whoever is about to judge."""
    rows = "".join(
        f'<tr data-review-shot="{escape(shot.shot_code)}"><th scope="row">{escape(shot_words(shot.shot_code))}</th>'
        f'<td class="num">{shot.pair_count:,}</td><td class="num">{shot.answered_count:,}</td>'
        f'<td class="num">{shot.reviewer_count:,}</td>'
        f"<td>{escape(instant_words(shot.last_answered_at)) if shot.last_answered_at else 'nobody yet'}</td></tr>"
        for shot in shots
    )
    heads = ("Shot", "AI renders with a counterpart", "Answers", "People", "Last answer")
    head = "".join(
        f'<th scope="col"{" class=num" if 0 < place < 4 else ""}>{name}</th>' for place, name in enumerate(heads)
    )
    return (
        '<div class="sl-scroll ts-short" role="region" aria-label="Shots that can be judged" tabindex="0">'
        f'<table class="sl-table"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def revealed(told: RevealedReview) -> str:
    """Which letter was which, and the notes that were given."""
    sides = "".join(
        f'<li data-letter="{letter}"><b>{letter}</b><span>{mark(workflow)} {workflow.label}</span>'
        f"<small>note {note} of 5{', preferred' if told.preferred is workflow else ''}</small></li>"
        for letter, workflow, note in (("A", told.a, told.review.a_note), ("B", told.b, told.review.b_note))
    )
    return f'<ul class="ts-revealed">{sides}</ul>'


def results(name: str, told: ReviewResults) -> str:
    """What blind reviewers preferred so far, as a share with its interval and n."""
    strip = ""
    if told.share is not None and told.share_low is not None and told.share_high is not None:
        strip = (
            '<div class="ts-strip" aria-hidden="true">'
            f'<i class="reach" style="left:{told.share_low:.1%};right:{1 - told.share_high:.1%}"></i>'
            f'<i class="dot" style="left:{told.share:.1%}"></i><i class="half"></i></div>'
            f'<p class="ts-ends"><span>{mark(Workflow.TRADITIONAL)} all preferred Traditional</span><span>even</span>'
            f"<span>all preferred AI {mark(Workflow.AI)}</span></p>"
        )
    lines = [sentence(f"{review_words(told)}.")]
    if told.reviewer_count < told.answered_count:
        lines.append("Answers by one person are not independent of each other: the true interval is wider.")
    if told.reviewer_count < FEWEST_REVIEWERS:
        lines.append("So few people are no audience.")
    said = "".join(f"<p>{escape(line)}</p>" for line in lines)
    comments = "".join(f"<li>{escape(comment)}</li>" for comment in told.comments[-5:])
    return (
        f'<section class="ts-results" data-results><header><h2>{escape(name)} so far</h2>'
        f"<span>{origin_marks(told.origins)}</span></header>{strip}{said}"
        f"{f'<ul>{comments}</ul>' if comments else ''}</section>"
    )
