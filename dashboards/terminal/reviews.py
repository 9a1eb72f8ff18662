"""What `review SHOT --results` prints."""

import json
from typing import TYPE_CHECKING, Any

import typer

from analytics.comparison.as_json import reviews_to_json
from analytics.comparison.review_results import ReviewResults, review_results
from analytics.comparison.sentences import review_words
from analytics.ledger.asking import render_rows
from analytics.vocabulary.workflow import Workflow

if TYPE_CHECKING:
    from analytics.ledger.ledger import Ledger


def show_results(ledger: "Ledger", shot: dict[str, Any], as_json: bool) -> None:
    """Print what blind reviewers of a shot preferred so far, over all of its renders."""
    made_by_ai = [row["render_id"] for row in render_rows(ledger, shot_id=shot["shot_id"], workflow=Workflow.AI)]
    results = review_results(ledger, shot["shot_id"], made_by_ai)
    if as_json:
        typer.echo(json.dumps(results and reviews_to_json(results), indent=2))
    else:
        typer.echo(results_text(results, shot["code"]))


def results_text(results: ReviewResults | None, code: str) -> str:
    """The same in words."""
    if results is None:
        return f"Nobody has answered a blind review of {code} yet: shotledger review {code}"
    lines = [f"{code}: {review_words(results)}. Origin: {' and '.join(results.origins)}."]
    if results.reviewer_count < results.answered_count:
        lines.append("Reviews by one person are not independent: the true interval is wider.")
    return "\n".join([*lines, *(f"· {comment}" for comment in results.comments)])
