"""Rendering from the page: real renders of a few tiny frames, ordered, watched, cancelled, and shown by themselves."""

import re
from pathlib import Path

import pytest

from analytics.ledger.asking import render_rows
from analytics.ledger.ledger import Ledger
from analytics.render_queue.job import JobState
from analytics.render_queue.queue import standings

LOADED = 120_000
RENDERED = 300_000
"""Milliseconds. Four frames take half a minute on a machine that does nothing else."""


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("rendering") / "shots.duckdb"


@pytest.fixture(scope="module")
def address(place, serve) -> str:
    return f"{serve(place)}/test-shots"


def ordered(page, *, both: bool, frames: str = "1020-1023"):
    """Fill the form for a few tiny frames and start; AI is left out unless both are wanted."""
    page.get_by_role("button", name="Render both ways").wait_for(timeout=LOADED)
    if not both:
        page.locator(".st-key-ts_workflows button").first.click()
        page.get_by_role("button", name="Render with Traditional").wait_for(timeout=LOADED)
    page.get_by_text("Size, frames and seed").click()
    for label, text in (("Size", "64x36"), ("Frames", frames)):
        field = page.get_by_label(label, exact=True)
        field.fill(text)
        field.press("Enter")
    return page.locator(".st-key-ts_start button")


def test_a_field_that_cannot_be_used_is_said_before_anything_starts(open_page, address, place):
    page = open_page(f"{address}?do=Render")
    start = ordered(page, both=True, frames="900-1023")
    page.locator(".sl-problems").get_by_text("Building collapse has frames 1001-1048 only").wait_for(timeout=LOADED)
    assert start.is_disabled()
    assert standings(place.parent / "renders") == []
    assert page.get_by_text("more models, and what they need").count() == 1


@pytest.mark.slow
def test_the_first_render_makes_the_ledger_and_stands_on_the_page_by_itself(open_page, address, place, well_made):
    page = open_page(f"{address}?do=Render")
    start = ordered(page, both=False)
    watching = open_page(address)
    watching.get_by_text("Nothing to compare yet").wait_for(timeout=LOADED)
    start.click()
    job = page.locator("article[data-job][data-state=running]")
    job.wait_for(timeout=LOADED)
    assert "Building collapse, Traditional" in job.inner_text()
    job.get_by_text(re.compile("of 4")).wait_for(timeout=RENDERED)
    assert job.locator(".ts-stages li").count() >= 1
    page.locator("tr[data-job][data-state=done]").wait_for(timeout=RENDERED)
    (row,) = render_rows(Ledger.open(place))
    (standing,) = standings(place.parent / "renders")
    assert (standing.state, standing.render_id) == (JobState.DONE, row["render_id"])
    assert row["outcome"] == "ok"
    page.get_by_text("Nothing is being rendered").wait_for(timeout=LOADED)
    well_made(page)

    watching.get_by_text("The AI side is still to be rendered").wait_for(timeout=LOADED)
    page.get_by_role("link", name="compare").click()
    page.get_by_text("The AI side is still to be rendered").wait_for(timeout=LOADED)
    assert "draft, 64x36, frames 1020-1023" in page.locator("h1 ~ .detail").inner_text()


@pytest.mark.slow
def test_one_is_cancelled_and_the_one_behind_it_is_taken_out(open_page, address, place, well_made):
    page = open_page(f"{address}?do=Render", width=820, scheme="dark")
    before = len(standings(place.parent / "renders"))
    ordered(page, both=True).click()
    page.locator("article[data-state=running]").wait_for(timeout=LOADED)
    page.get_by_role("button", name="Take out").click()
    page.locator("tr[data-state=cancelled]").get_by_text("before it began").wait_for(timeout=LOADED)
    page.locator("article[data-state=running] .ts-stages li").first.wait_for(timeout=LOADED)
    well_made(page)
    page.get_by_role("button", name="Cancel").click()
    page.get_by_text("Nothing is being rendered").wait_for(timeout=LOADED)
    newest = standings(place.parent / "renders")[: -before or None]
    assert [standing.state for standing in newest] == [JobState.CANCELLED, JobState.CANCELLED]
    assert render_rows(Ledger.open(place))[0]["outcome"] == "interrupted"
