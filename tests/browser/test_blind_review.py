"""A blind review in the page: no name before the answer, the right names after it."""

from pathlib import Path

import pytest

from analytics.comparison.review_results import review_results
from analytics.comparison.sentences import review_words
from analytics.ledger.asking import render_rows
from analytics.ledger.blind_reviews import blind_reviews
from analytics.vocabulary.blind_review import Preference
from analytics.vocabulary.workflow import Workflow
from generation.picture.png import write_png
from generation.picture.video import decode_video

LOADED = 120_000
SHOT_ID = "test_shots/building_collapse"


@pytest.fixture(scope="module")
def desk(tmp_path_factory, desk_at):
    """One render of each workflow, with its frames beside its movie."""
    desk = desk_at(tmp_path_factory.mktemp("blind"))
    for workflow in (Workflow.TRADITIONAL, Workflow.AI):
        render = desk.record(workflow)
        folder = Path(render.folder)
        pictures, _ = decode_video(folder / render.movie)
        (folder / "frames").mkdir()
        for number, picture in zip(render.frames, pictures, strict=True):
            write_png(folder / "frames" / f"building_collapse_{workflow}.{number:04d}.png", picture)
    return desk


@pytest.fixture(scope="module")
def address(desk, serve) -> str:
    return f"{serve(desk.path)}/test-shots?do=Review+blind"


def chosen(page, key: str, word: str) -> None:
    page.locator(f"[class*='st-key-ts_{key}'] button").get_by_text(word, exact=True).click()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 820)])
def test_nothing_tells_the_two_apart_until_the_answer_and_then_the_ledger_does(
    open_page, desk, address, well_made, scheme, width
):
    page = open_page(address, scheme=scheme, width=width)
    answered_before = len([each for each in blind_reviews(desk.ledger, SHOT_ID) if each.answered_at])
    page.get_by_role("button", name="Show me A and B").click(timeout=LOADED)
    page.locator(".player").wait_for(timeout=LOADED)
    page.locator("video").last.evaluate(
        "video => new Promise(done => video.readyState ? done() : video.onloadedmetadata = done)"
    )
    shown = page.locator(".stMain").inner_text()
    assert page.locator(".tag").all_inner_texts() == ["B", "A"]
    assert not any(word in shown for word in ("AI", "Traditional", "traditionally", "diffusers", "blender"))
    marks = page.locator(".tag").evaluate_all("tags => tags.map(tag => getComputedStyle(tag, '::before').display)")
    assert marks == ["none", "none"]
    assert not any(
        word in str(page.locator("video").evaluate_all("all => all.map(video => video.src + video.ariaLabel)"))
        for word in ("ai", "traditional")
    )
    assert page.locator(".clock").evaluate_all("clocks => clocks.every(clock => !clock.offsetParent)")
    well_made(page)

    record = page.get_by_role("button", name="Record my answer")
    record.click()
    problems = page.locator(".sl-problems")
    problems.wait_for(timeout=LOADED)
    assert [line.split(":")[0] for line in problems.locator("li").all_inner_texts()] == [
        "preference", "note of A", "note of B", "reviewer",
    ]  # fmt: skip
    chosen(page, "letter", "B")
    chosen(page, "note_A", "2")
    chosen(page, "note_B", "4")
    page.get_by_label("Your name or initials").fill("AB")
    record.click()
    page.locator("[data-results]").wait_for(timeout=LOADED)

    review = blind_reviews(desk.ledger, SHOT_ID)[-1]
    assert (review.preferred, review.a_note, review.b_note, review.reviewer) == (Preference.B, 2, 4, "AB")
    made_by_ai = {row["render_id"] for row in render_rows(desk.ledger, workflow=Workflow.AI)}
    for letter, render_id in (("A", review.a_render_id), ("B", review.b_render_id)):
        name = "AI" if render_id in made_by_ai else "Traditional"
        assert name in page.locator(f"[data-letter={letter}]").inner_text()
    results = review_results(desk.ledger, SHOT_ID, made_by_ai)
    assert results is not None
    assert results.answered_count == answered_before + 1
    assert review_words(results).lower() in page.locator("[data-results]").inner_text().lower()
    page.locator(".tag", has_text="which was").first.wait_for(timeout=LOADED)
    well_made(page)
    page.get_by_role("button", name="Review another").click()
    page.get_by_role("button", name="Show me A and B").wait_for(timeout=LOADED)
    assert page.locator("[data-review-shot] td").nth(1).inner_text() == str(results.answered_count)
