"""Comparing a test shot: the page read off a real browser and held against the comparison's own answers."""

import re
from urllib.parse import quote

import pytest

from analytics.comparison.figures import Clock
from analytics.comparison.sentences import duration_words, money_words, ratio_words, what_this_does_not_show
from analytics.comparison.shot_comparison import compare_shot
from analytics.costing.rate_cards import default_rate_card_path, load_rate_card

LOADED = 120_000
"""Milliseconds: a page opens in two or three seconds, on a machine that does nothing else."""

SIDES = ("ai", "traditional")


def ready(page):
    """The page once its figures stand and both movies can be sought in."""
    page.wait_for_selector("[data-card=machine]", timeout=LOADED)
    page.wait_for_function("document.querySelectorAll('[data-card]').length >= 6", timeout=LOADED)
    page.locator(".player").wait_for(timeout=LOADED)
    page.locator("video").first.evaluate(
        "video => new Promise(done => video.readyState ? done() : video.onloadedmetadata = done)"
    )
    page.locator("video").last.evaluate(
        "video => new Promise(done => video.readyState ? done() : video.onloadedmetadata = done)"
    )
    page.wait_for_selector(".sl-table [data-render]", timeout=LOADED)
    return page


def value(page, card: str, side: str) -> str:
    return page.locator(f"[data-card={card}] [data-side={side}] b").inner_text()


def video_times(page) -> list[float]:
    """Where both movies stand at one moment."""
    return page.locator(".player").evaluate("player => [...player.querySelectorAll('video')].map(v => v.currentTime)")


def clock_seconds(page) -> list[float]:
    return [float(page.locator(f".clock.{side} .reading").get_attribute("data-seconds")) for side in SIDES]


def settled(page) -> None:
    """Wait until neither movie is still on its way to where it was sent."""
    seeking = "player => [...player.querySelectorAll('video')].some(video => video.seeking)"
    while page.locator(".player").evaluate(seeking):
        page.wait_for_timeout(10)


@pytest.fixture
def compared(pair):
    return compare_shot(pair.ledger, "test_shots/building_collapse", load_rate_card(default_rate_card_path()))


def test_figures_are_those_of_the_comparison(pair_page, compared):
    page = ready(pair_page)
    for side in compared.sides:
        assert value(page, "machine", side.workflow) == duration_words(side.machine_seconds.median)
        assert value(page, "people", side.workflow) == f"{side.people_hours:,.1f} h"
        assert value(page, "cost", side.workflow) == money_words(side.all_in_cost)
        assert value(page, "energy", side.workflow) == f"{side.energy_joules.median / 3600:.2g} Wh"
        assert duration_words(side.machine_seconds.median) in page.locator("h1").inner_text()
    for card, clock in (("machine", Clock.MACHINE), ("people", Clock.PEOPLE), ("cost", Clock.COST_ALL_IN)):
        said = page.locator(f"[data-card={card}] .words").inner_text()
        assert said.lower() == ratio_words(compared.ratio(clock)).lower()
        assert page.locator(f"[data-card={card}] .origin").all_inner_texts() == list(compared.ratio(clock).origins)
    assert "not measured" in page.locator("[data-card=calendar]").inner_text().lower()
    assert "not measured yet" in page.locator("[data-card=quality]").inner_text().lower()
    assert page.locator(".sl-limits li").all_inner_texts() == list(what_this_does_not_show(compared))


def test_cost_is_drilled_to_each_fact_rate_and_source(pair_page, compared):
    page = ready(pair_page)
    lines = [line for side in compared.sides for line in side.cost_lines]
    shown = page.locator("tr[data-fact]").evaluate_all(
        "rows => rows.map(row => [row.dataset.fact, row.cells[3].innerText.trim()])"
    )
    assert shown == [[line.fact_id, money_words(line.cost)] for line in lines]
    sources = page.locator(".sl-sources").inner_text()
    assert all(line.rate.source in sources for line in lines)
    totals = page.locator(".sl-table .total td").all_inner_texts()
    assert totals == [money_words(side.all_in_cost) for side in compared.sides]


def test_renders_name_their_manifests_and_give_them(pair_page, pair):
    page = ready(pair_page)
    rows = page.locator("tr[data-render]")
    assert rows.count() == 2
    assert str(pair.folder) in rows.first.inner_text()
    with page.expect_download() as started:
        rows.first.get_by_role("link", name="manifest.json").click()
    assert '"schema": 1' in started.value.path().read_text()


def test_both_movies_follow_one_scrubber(pair_page):
    page = ready(pair_page)
    scrub = page.get_by_label("Frame", exact=True)
    for frame in (0, 17, 47):
        scrub.fill(str(frame))
        settled(page)
        left, right = video_times(page)
        assert abs(left - right) < 0.1
        assert abs(left - (frame + 0.5) / 24) < 0.02
        assert page.locator(".frame").inner_text() == f"frame {1001 + frame}"


def test_one_button_plays_both_and_the_clocks_count_to_what_was_measured(pair_page, compared):
    page = ready(pair_page)
    page.get_by_label("Loop").uncheck()
    page.get_by_label("Frame", exact=True).fill("0")
    assert clock_seconds(page) == [0, 0]
    page.get_by_role("button", name="Play", exact=True).click()
    while clock_seconds(page)[1] < 20:
        page.wait_for_timeout(20)
    left, right = video_times(page)
    assert abs(left - right) < 0.1
    page.get_by_role("button", name="Play", exact=True).wait_for()
    settled(page)
    assert clock_seconds(page) == pytest.approx([side.machine_seconds.median for side in compared.sides])
    assert page.locator(".clock .state").first.inner_text().startswith("done")
    left, right = video_times(page)
    assert abs(left - right) < 0.1


def test_keyboard_moves_the_wipe_and_plays(pair_page):
    page = ready(pair_page)
    page.get_by_label("Frame", exact=True).fill("9")
    wipe = page.get_by_label(re.compile("^Wipe"))
    wipe.focus()
    before = page.locator(".side.ai").evaluate("side => getComputedStyle(side).clipPath")
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    assert wipe.input_value() == "55"
    assert page.locator(".side.ai").evaluate("side => getComputedStyle(side).clipPath") != before
    page.keyboard.press(".")
    assert page.locator(".frame").inner_text() == "frame 1011"
    page.keyboard.press("Space")
    page.get_by_role("button", name="Pause").wait_for()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Play", exact=True).wait_for()


def test_view_is_kept_in_the_address_and_changing_it_keeps_the_place_in_the_movie(open_page, pair_address):
    page = ready(open_page(f"{pair_address}?view={quote('side by side')}"))
    assert page.locator(".player").get_attribute("data-view") == "side by side"
    boxes = [page.locator(f".side.{side}").bounding_box() for side in SIDES]
    assert boxes[0]["x"] + boxes[0]["width"] <= boxes[1]["x"] + 1
    settled(page)
    left, right = video_times(page)
    assert left == pytest.approx(right)
    assert 0.5 < left < 1.5, "the page opens in the middle of the shot"
    page.get_by_label("Frame", exact=True).fill("9")
    page.locator(".st-key-view").get_by_text("wipe", exact=True).click()
    page.locator('.player[data-view="wipe"]').wait_for()
    assert page.locator(".frame").inner_text() == "frame 1010"
    page.wait_for_function("() => !location.search.includes('side')")


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 820)])
def test_the_page_is_well_made(open_page, pair_address, well_made, scheme, width):
    page = ready(open_page(pair_address, scheme=scheme, width=width))
    assert page.locator(".player").bounding_box()["width"] > 0.5 * width
    well_made(page)


def test_an_unknown_shot_in_the_address_is_answered_in_words(open_page, pair_address):
    page = open_page(f"{pair_address}?shot=nowhere")
    page.get_by_text("no render of a shot called nowhere").wait_for(timeout=LOADED)
    page.wait_for_selector("[data-card=machine]", timeout=LOADED)
