"""Blind reviews: no hint before the answer, the order after it, and what they add up to."""

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from invented_manifests import SHOT_ID

from analytics.comparison.review_results import review_results, wilson_interval
from analytics.ledger.blind_reviews import REVIEW_NAME, blind_reviews
from analytics.ledger.checking import check_ledger
from analytics.ledger.ledger import Ledger
from analytics.ledger.rebuilding import rebuild
from analytics.vocabulary.blind_review import Preference
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.workflow import Workflow
from generation.picture.png import read_png
from generation.picture.video import decode_video
from generation.quality.reviewing import answer_review, open_review, pictures_of

AI, TRADITIONAL = Workflow.AI, Workflow.TRADITIONAL
Frames = list[npt.NDArray[np.uint8]]


@pytest.fixture
def made_by_ai(record: Callable[..., str], truth: Frames) -> str:
    """A shot rendered both ways; the AI side is dark, so that a picture tells which it is of."""
    record(TRADITIONAL, truth)
    return record(AI, [frame // 2 for frame in truth])


def test_a_and_b_differ_in_their_pictures_alone(ledger: Ledger, made_by_ai: str, tmp_path: Path) -> None:
    review = open_review(ledger, SHOT_ID, tmp_path / "out")
    pictures = pictures_of(review)
    assert [path.name for path in pictures] == ["A.mp4", "B.mp4", "A.png", "B.png"]
    assert sorted(os.listdir(review.folder)) == sorted(path.name for path in pictures), "nothing else lies there"
    for a, b in (pictures[:2], pictures[2:]):
        assert a.stat().st_size == b.stat().st_size
        assert a.stat().st_mtime == b.stat().st_mtime
        for word in (b"ai", b"traditional", b"blender", b"diffusers"):
            assert (word in a.read_bytes()) == (word in b.read_bytes())
    assert not any(word in review.folder.rpartition("/")[2] for word in ("-ai-", "traditional"))
    movies = [decode_video(path) for path in pictures[:2]]
    assert movies[0][1] == movies[1][1]
    assert [len(frames) for frames, _ in movies] == [5, 5]
    means = {"A": movies[0][0][0].mean(), "B": movies[1][0][0].mean()}
    darker = min(means, key=lambda letter: means[letter])
    assert (review.a_render_id == made_by_ai) == (darker == "A")
    assert (read_png(pictures[2]).mean() < read_png(pictures[3]).mean()) == (darker == "A")


def test_the_order_is_drawn_anew_each_time(ledger: Ledger, made_by_ai: str, tmp_path: Path) -> None:
    first = set()
    for number in range(24):
        review = open_review(ledger, SHOT_ID, tmp_path / "out")
        first.add(review.a_render_id)
        answer_review(ledger, review, Preference.NEITHER, (3, 3), f"person {number}")
        if len(first) == 2:
            return
    pytest.fail("24 times the same order, which chance gives once in eight million")


def test_an_open_review_waits_and_an_answer_is_kept_once(ledger: Ledger, made_by_ai: str, tmp_path: Path) -> None:
    review = open_review(ledger, SHOT_ID, tmp_path / "out")
    assert open_review(ledger, SHOT_ID, tmp_path / "out") == review
    with pytest.raises(InputRefused, match="not a note from 1 to 5"):
        answer_review(ledger, review, Preference.A, (0, 3), "AB")
    with pytest.raises(InputRefused, match="Give a name or initials"):
        answer_review(ledger, review, Preference.A, (2, 3), "  ")
    answered = answer_review(ledger, review, Preference.A, (4, 2), " AB ", "A is crisper")
    assert blind_reviews(ledger, SHOT_ID) == (answered,)
    assert answered.preferred_render_id == review.a_render_id
    with pytest.raises(InputRefused, match="was answered meanwhile"):
        answer_review(ledger, review, Preference.B, (1, 1), "CD")
    assert open_review(ledger, SHOT_ID, tmp_path / "out") != review
    assert check_ledger(ledger) == []


def test_answers_add_up_by_workflow_whatever_the_letters(ledger: Ledger, made_by_ai: str, tmp_path: Path) -> None:
    was_a = ""
    for number, liked in enumerate(["ai", "traditional", "traditional", "neither"]):
        review = open_review(ledger, SHOT_ID, tmp_path / "out")
        ai_is_a = review.a_render_id == made_by_ai
        was_a = was_a or ("AI" if ai_is_a else "traditional")
        notes = (2, 4) if ai_is_a else (4, 2)
        preferred = (
            Preference.NEITHER if liked == "neither" else Preference.A if (liked == "ai") == ai_is_a else Preference.B
        )
        answer_review(ledger, review, preferred, notes, "AB" if number < 2 else "CD", "dust" if number == 0 else None)
    results = review_results(ledger, SHOT_ID, {made_by_ai})
    assert results is not None
    assert (results.ai_count, results.traditional_count, results.neither_count) == (1, 2, 1)
    assert results.share == pytest.approx(1 / 3)
    assert results.notes == {AI: 2.0, TRADITIONAL: 4.0}
    assert (results.answered_count, results.reviewer_count, results.comments) == (4, 2, (f"dust (AB; A was {was_a})",))
    assert review_results(ledger, SHOT_ID, {made_by_ai}, only_of={made_by_ai}) is None

    before = blind_reviews(ledger, SHOT_ID)
    ledger.path.unlink()
    rebuild(ledger.path, [tmp_path])
    assert blind_reviews(ledger, SHOT_ID) == before
    (Path(before[0].folder) / REVIEW_NAME).write_text("{}")
    with pytest.raises(InputRefused, match=r"review\.json"):
        rebuild(ledger.path, [tmp_path])


def test_a_shot_of_one_workflow_has_nothing_to_review(
    ledger: Ledger, record: Callable[..., str], truth: Frames, tmp_path: Path
) -> None:
    record(AI, truth)
    with pytest.raises(InputRefused, match=r"shotledger render collapse --workflow both"):
        open_review(ledger, SHOT_ID, tmp_path / "out")


@pytest.mark.parametrize(
    ("count", "total", "low", "high"), [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (1, 1, 0.2065, 1.0)]
)
def test_the_interval_is_wilsons(count: int, total: int, low: float, high: float) -> None:
    assert wilson_interval(count, total) == pytest.approx((low, high), abs=2e-4)
