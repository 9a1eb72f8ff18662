"""What the page says while there is nothing, half of it, or something wrong; and that it notices new renders by itself.

One Streamlit serves one path, and the tests change what lies there, as a running render does.
"""

import shutil
from pathlib import Path

import pytest

from analytics.vocabulary.origin import Origin
from analytics.vocabulary.workflow import Workflow

LOADED = 120_000
NOTICED = 10_000
"""Milliseconds within which an open page shows what another process wrote."""


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("states") / "shots.duckdb"


@pytest.fixture(scope="module")
def address(place, serve) -> str:
    return f"{serve(place)}/test-shots"


@pytest.fixture
def desk(tmp_path, desk_at):
    return desk_at(tmp_path)


def put(desk, place: Path) -> None:
    """Lay a ledger at the path that the pages look at."""
    shutil.copy(desk.path, place.with_suffix(".new"))
    place.with_suffix(".new").replace(place)


def test_without_a_ledger_the_page_teaches_what_to_type(open_page, place, address, desk):
    place.unlink(missing_ok=True)
    page = open_page(address)
    page.wait_for_selector(".sl-teach", timeout=LOADED)
    assert "is not there yet" in page.locator(".sl-teach").inner_text()
    assert page.locator(".sl-teach pre").inner_text() == "shotledger render building_collapse --workflow both"

    put(desk, place)
    page.get_by_text("holds no render of a test shot yet").wait_for(timeout=NOTICED)


def test_one_workflow_names_the_command_for_the_other_and_the_pair_appears_by_itself(open_page, place, address, desk):
    desk.record(Workflow.AI)
    put(desk, place)
    page = open_page(address)
    page.get_by_text("The Traditional side is still to be rendered").wait_for(timeout=LOADED)
    assert "--workflow traditional --quality draft" in page.locator(".sl-teach pre").inner_text()
    assert "no usable Traditional render yet" in page.locator("h1").inner_text()
    assert page.locator("[data-card=machine] [data-side=traditional] b").inner_text() == "unknown"

    desk.record(Workflow.TRADITIONAL)
    put(desk, place)
    page.get_by_text("traditionally.").wait_for(timeout=NOTICED)
    page.locator(".sl-teach").wait_for(state="detached", timeout=NOTICED)


def test_a_movie_that_is_gone_is_said_in_words(open_page, place, address, desk):
    desk.record(Workflow.AI)
    gone = desk.record(Workflow.TRADITIONAL, movie=False)
    put(desk, place)
    page = open_page(address)
    page.get_by_text("The movie is no longer at").wait_for(timeout=LOADED)
    assert gone.folder in page.locator(".side.traditional .absent").inner_text()
    assert page.locator(".player").get_attribute("data-view") == "side by side"
    assert page.locator("[data-card=machine] [data-side=traditional] b").inner_text() == "2 min 15 s"


def test_synthetic_rows_are_announced_first(open_page, place, address, desk):
    desk.record(Workflow.AI, origin=Origin.SYNTHETIC)
    desk.record(Workflow.TRADITIONAL, origin=Origin.SYNTHETIC)
    put(desk, place)
    page = open_page(address)
    page.wait_for_selector(".sl-banner", timeout=LOADED)
    assert page.locator(".sl-banner").bounding_box()["y"] < page.locator("h1").bounding_box()["y"]
    assert "Synthetic data" in page.locator(".sl-banner").inner_text()


def test_a_file_that_is_no_ledger_gives_a_sentence_and_no_traceback(open_page, tmp_path, serve):
    # Pages of its own: those that once had a ledger go on showing what they copied of it.
    place = tmp_path / "notes.duckdb"
    place.write_text("these are not the rows you are looking for " * 200)
    page = open_page(f"{serve(place)}/test-shots")
    page.wait_for_selector(".sl-problems", timeout=LOADED)
    said = page.locator(".stApp").inner_text()
    assert "This page could not get its figures" in said
    assert str(place) in said
    assert "Traceback" not in said
    assert place.read_text().startswith("these are not")
