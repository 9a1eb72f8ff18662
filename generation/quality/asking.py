"""Asks a reviewer in the terminal, or takes the answer of a script, and only then says which was which."""

import json
import sys
from pathlib import Path

import typer

from analytics.ledger.ledger import Ledger
from analytics.ledger.plain_form import to_plain
from analytics.vocabulary.blind_review import BlindReview, Preference
from analytics.vocabulary.errors import InputRefused, Problem
from generation.quality.reviewing import answer_review, open_review, pictures_of

Given = tuple[str | None, int | None, int | None, str | None, str | None]
"""What a script gives: preference, note of A, note of B, reviewer, comment."""


def review_in_terminal(
    ledger: Ledger, shot_id: str, out: Path, given: Given, render_id: str | None = None, as_json: bool = False
) -> None:
    """Lay out a review, print where its pictures lie, take the answer if there is one, and tell the order after it.

    Without a terminal and without a given answer the review stays open: the same command with ``--answer`` closes it.
    So it does with ``as_json``, which is how a page has its pictures made.

    Raises
    ------
    InputRefused
        If there is nothing to show, or an answer is not whole.
    """
    answer, note_a, note_b, reviewer, comment = given
    if answer is not None:
        _refuse_half_answers(answer, note_a, note_b, reviewer)
    review = open_review(ledger, shot_id, out, render_id)
    if as_json and answer is None:
        # The order is left out on purpose: whoever reads this may be the reviewer.
        pictures = [str(path) for path in pictures_of(review)]
        return typer.echo(json.dumps({"blind_review_id": review.blind_review_id, "pictures": pictures}, indent=2))
    if not as_json:
        for path in pictures_of(review):
            typer.echo(path)
    if answer is None and not sys.stdin.isatty():
        typer.echo("answer with: --answer A|B|neither --note-a 1-5 --note-b 1-5 --reviewer NAME", err=True)
        return
    if answer is None:
        typer.echo("Look at A and B (movies and stills). Which is which is told after your answer.", err=True)
        answer = _asked("Which do you prefer? (A, B, neither)", [word.value for word in Preference])
        note_a = int(_asked("Note of A, from 1 (unusable) to 5 (could be delivered)", list("12345")))
        note_b = int(_asked("Note of B", list("12345")))
        reviewer = reviewer or typer.prompt("Your name or initials", err=True)
        comment = comment or typer.prompt("Anything to say of it", default="", show_default=False, err=True)
    assert note_a is not None
    assert note_b is not None
    answered = answer_review(ledger, review, Preference(answer.lower()), (note_a, note_b), reviewer or "", comment)
    typer.echo(json.dumps(to_plain(answered), indent=2) if as_json else which_was_which(answered))


def which_was_which(review: BlindReview) -> str:
    """The hidden order, told after the answer."""
    letters = [
        f"{letter} was {render_id}" for letter, render_id in (("A", review.a_render_id), ("B", review.b_render_id))
    ]
    preferred = review.preferred_render_id
    said = "neither was preferred" if preferred is None else f"preferred: {preferred}"
    return f"{letters[0]}, {letters[1]}; {said}"


def _asked(question: str, words: list[str]) -> str:
    while True:
        answered = str(typer.prompt(question, err=True)).strip().lower()
        if answered in words:
            return answered
        typer.echo(f"answer one of {', '.join(words)}", err=True)


def _refuse_half_answers(answer: str, note_a: int | None, note_b: int | None, reviewer: str | None) -> None:
    problems = []
    if answer.lower() not in {word.value for word in Preference}:
        problems.append(Problem("--answer", answer, "is no answer", "give A, B or neither"))
    for option, value in (("--note-a", note_a), ("--note-b", note_b), ("--reviewer", reviewer)):
        if value is None:
            problems.append(Problem(option, None, "is missing beside --answer", "a note is 1 to 5, a reviewer a name"))
    if problems:
        raise InputRefused.all_of(problems)
