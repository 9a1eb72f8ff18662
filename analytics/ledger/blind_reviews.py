"""Blind reviews in the ledger: laid out with their hidden order, answered once, and the file that keeps an answer."""

import json
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from analytics.ledger.fact_changes import NO_SHOT
from analytics.ledger.ledger import Ledger
from analytics.ledger.plain_form import Reading, read_json, to_plain
from analytics.ledger.refusals import path_refusal
from analytics.ledger.statements import give, statement
from analytics.vocabulary.blind_review import BlindReview, Preference
from analytics.vocabulary.errors import InputRefused, Problem
from analytics.vocabulary.frame_rate import FrameRate
from analytics.vocabulary.origin import Origin

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

REVIEW_NAME = "review.json"
"""Written into the folder of a review once it is answered; before that it would tell which is which."""

SCHEMA = 1


def lay_out(ledger: Ledger, review: BlindReview) -> None:
    """Record that two renders wait for somebody's answer, and their hidden order."""
    ledger.write(lambda connection: _lay_out_row(connection, review), shot_ids=NO_SHOT)


def answer(ledger: Ledger, review: BlindReview) -> None:
    """Record an answer: in the review's folder and in the ledger. What was answered before stays as it was.

    Raises
    ------
    InputRefused
        With everything that the answer lacks: a note from 1 to 5 for each, a preference, a reviewer.
    LedgerError
        If the folder or the ledger cannot be written.
    """
    problems = []
    if review.preferred is None or review.answered_at is None:
        problems.append(Problem("preference", None, "is missing", "answer A, B or neither"))
    for place, note in (("note of A", review.a_note), ("note of B", review.b_note)):
        if note is None or not 1 <= note <= 5:
            why = "is missing" if note is None else "is not a note from 1 to 5"
            problems.append(Problem(place, note, why, "give 1 for unusable to 5 for could be delivered"))
    if not (review.reviewer or "").strip():
        problems.append(Problem("reviewer", review.reviewer or None, "is missing", "give a name or initials"))
    if problems:
        raise InputRefused.all_of(problems)
    path = Path(review.folder) / REVIEW_NAME
    if path.exists():
        raise InputRefused(
            "review", review.blind_review_id, "was answered meanwhile", "start the review again: it is laid out anew"
        )
    try:
        path.write_text(json.dumps({"schema": SCHEMA} | to_plain(review), indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise path_refusal(path, error) from error
    ledger.write(lambda connection: answer_row(connection, review), shot_ids=NO_SHOT)


def answer_row(connection: "DuckDBPyConnection", review: BlindReview) -> None:
    """Record an answered review, laid out or not, inside a transaction that is already open."""
    _lay_out_row(connection, review)
    _give_fields(connection, "answer_blind_review", review)


def _lay_out_row(connection: "DuckDBPyConnection", review: BlindReview) -> None:
    _give_fields(connection, "lay_out_blind_review", review)


def _give_fields(connection: "DuckDBPyConnection", command: str, review: BlindReview) -> None:
    plain = to_plain(review)
    asked_for = (parameter.name for parameter in statement("commands", command).parameters)
    give(connection, command, **{name: plain[name] for name in asked_for})


def blind_reviews(ledger: Ledger, shot_id: str) -> tuple[BlindReview, ...]:
    """The blind reviews of a shot, answered or not, in the order they were laid out."""
    return tuple(
        BlindReview(
            **row | {"preferred": row["preferred"] and Preference(row["preferred"]), "origin": Origin(row["origin"])}
        )
        for row in ledger.ask_rows("blind_reviews_of_shot", shot_id=shot_id)
    )


@dataclass(frozen=True)
class Shown:
    """A render that can be shown, and where its frames lie."""

    render_id: str
    folder: Path


@dataclass(frozen=True)
class PairToReview:
    """An AI render and a traditional one of the same size, frames and rate."""

    sides: tuple[Shown, Shown]
    fps: FrameRate


def pairs_to_review(ledger: Ledger, shot_id: str, render_id: str | None = None) -> tuple[PairToReview, ...]:
    """What can be shown as A and B, the newest AI render first; only that of one AI render where it is named."""
    return tuple(
        PairToReview(
            (Shown(row["render_id"], Path(row["folder"])), Shown(row["other_id"], Path(row["other_folder"]))),
            FrameRate(Fraction(row["fps_numerator"], row["fps_denominator"])),
        )
        for row in ledger.ask_rows("pairs_to_review", shot_id=shot_id, render_id=render_id)
    )


def read_review(path: Path) -> BlindReview:
    """Read the ``review.json`` of an answered review; its folder is where the file lies now.

    Raises
    ------
    InputRefused
        With everything in it that cannot be used.
    """
    mend = "restore the file from a copy, or remove it: its review is then lost"
    plain = read_json(path, mend)
    if not isinstance(plain, dict) or plain.pop("schema", None) != SCHEMA:
        raise InputRefused(str(path), None, f"is no review of schema {SCHEMA}", mend)
    reading = Reading(str(path))
    review: BlindReview | None = reading.dataclass(BlindReview, plain, "")
    reading.refuse_if_any()
    assert review is not None
    return replace(review, folder=str(path.parent))
