"""The list of shots and a shot's page, read off a real browser and held against the ledger's own answers."""

import csv
import io
import shutil
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, quote, urlparse

import pytest

from analytics.comparison.usual_shots import Measure, usual_shots
from analytics.costing.cost_steps import shot_cost_steps
from analytics.costing.reckoned_costs import reckon_costs, report_currency
from analytics.ledger.found_shots import (
    FoundShots,
    ShotSearch,
    SortedBy,
    Standing,
    Way,
    find_shots,
    productions_to_choose,
)
from analytics.ledger.ledger import Ledger
from analytics.ledger.shot_life import shot_life
from analytics.vocabulary.workflow import Workflow
from dashboards.app_pages.shots.shot_sentences import headline
from dashboards.app_pages.shots.wording import full_money

if TYPE_CHECKING:
    from playwright.sync_api import Page

LOADED = 120_000
"""Milliseconds: costs are worked out once before the first page stands."""

ROW = ".shots-table tbody tr"
Opener = Callable[..., "Page"]


class Answers:
    """What analytics says of a copy of the same ledger."""

    def __init__(self, path: Path) -> None:
        self.ledger = Ledger.open(path)
        self.rate_card_id = reckon_costs(self.ledger).rate_card_id
        self.currency = report_currency(self.ledger)

    def found(self, search: ShotSearch, currency: str | None = None) -> FoundShots:
        return find_shots(self.ledger, search, rate_card_id=self.rate_card_id, currency=currency or self.currency)


@pytest.fixture(scope="module")
def answers(catalog: Path, tmp_path_factory: pytest.TempPathFactory) -> Answers:
    copy = tmp_path_factory.mktemp("asked") / "catalog.duckdb"
    shutil.copy(catalog, copy)
    return Answers(copy)


def opened(open_page: Opener, address: str, wait_for: str = ROW, **how: Any) -> "Page":
    page = open_page(address, **how)
    page.wait_for_selector(wait_for, timeout=LOADED)
    return page


def wait_for_codes(page: "Page", found: FoundShots) -> None:
    """Until the table holds these shots in this order."""
    page.wait_for_function(
        "ids => JSON.stringify([...document.querySelectorAll('.shots-table tbody tr')].map(r => r.dataset.shot))"
        " === ids",
        arg=_json([shot.shot_id for shot in found.shots]),
        timeout=LOADED,
    )


def _json(texts: list[str]) -> str:
    return "[" + ",".join(f'"{text}"' for text in texts) + "]"


def cells(page: "Page", row: int) -> list[str]:
    return page.locator(ROW).nth(row).locator("th, td").all_inner_texts()


def test_the_list_shows_what_the_ledger_says(
    open_page: Opener, catalog_address: str, answers: Answers, well_made: Callable[["Page"], None]
) -> None:
    page = opened(open_page, f"{catalog_address}/shots")
    found = answers.found(ShotSearch())
    wait_for_codes(page, found)
    said = page.locator("h1").inner_text()
    assert f"{found.standings[Standing.FINAL]:,} of {found.shot_count:,} shots" in said
    assert "invented" in page.locator(".sl-banner").inner_text()
    heads = page.locator(".shots-table thead th").all_inner_texts()
    assert heads[-1] == f"Cost, {answers.currency}"
    for place, shot in enumerate(found.shots):
        read = cells(page, place)
        assert read[0].splitlines()[0] == shot.code
        assert read[-2].strip() == ("–" if shot.people_hours is None else f"{shot.people_hours:,.1f}")
        assert read[-1].strip() == ("–" if shot.cost is None else full_money(shot.cost, "").strip())
    for standing, count in found.standings.items():
        if count:
            assert f"{count:,} {standing.label.lower()}" in page.locator(".shots-standings p").inner_text()
    assert f"n = {found.shot_count:,} shots" in page.locator(".shots-note").inner_text()
    well_made(page)

    link = page.locator(".st-key-shots_foot a").get_attribute("href")
    everything = page.request.get(_absolute(catalog_address, link))
    rows = list(csv.DictReader(io.StringIO(everything.text().lstrip("\ufeff"))))
    assert len(rows) == found.shot_count
    assert sum(Decimal(row["cost"]) for row in rows if row["cost"]) == pytest.approx(found.cost)


def test_filters_and_order_stand_in_the_address_and_can_be_sent(
    open_page: Opener, catalog_address: str, answers: Answers
) -> None:
    sent = f"{catalog_address}/shots?status=Final&way=AI&sort=cost&order=down&page=2"
    page = opened(open_page, sent)
    search = ShotSearch(standings=(Standing.FINAL,), ways=(Way.AI,), sorted_by=SortedBy.COST, downwards=True, page=2)
    wait_for_codes(page, answers.found(search))
    assert page.locator("th[aria-sort=descending]").inner_text().startswith("Cost")

    page.locator("th button[data-ask=cost]").click()
    wait_for_codes(page, answers.found(replace(search, downwards=False, page=1)))
    page.locator("th button[data-ask=people_hours]").click()
    search = replace(search, sorted_by=SortedBy.PEOPLE_HOURS, page=1)
    wait_for_codes(page, answers.found(search))
    page.get_by_role("button", name="AI", exact=True).click()
    search = replace(search, ways=())
    wait_for_codes(page, answers.found(search))
    page.get_by_label("Search", exact=True).fill("_020_")
    page.get_by_label("Search", exact=True).press("Enter")
    search = replace(search, words="_020_")
    wait_for_codes(page, answers.found(search))
    asked = parse_qs(urlparse(page.url).query)
    assert asked["status"] == ["Final"]
    assert asked["sort"] == ["people_hours"]
    assert asked["order"] == ["down"]
    assert asked["text"] == ["_020_"]
    assert "way" not in asked
    wait_for_codes(opened(open_page, page.url), answers.found(search))


def test_a_production_is_shown_in_its_own_currency_and_found_by_id(
    open_page: Opener, catalog_address: str, answers: Answers
) -> None:
    chosen = next(
        each for each in productions_to_choose(answers.ledger) if each.currency != answers.currency and each.sequences
    )
    search = ShotSearch(production_ids=(chosen.production_id,), sequences=chosen.sequences[:1])
    address = f"{catalog_address}/shots?production={quote(chosen.production_id)}&sequence={quote(chosen.sequences[0])}"
    page = opened(open_page, address)
    found = answers.found(search, chosen.currency)
    wait_for_codes(page, found)
    assert page.locator(".shots-table thead th").last.inner_text() == f"Cost, {chosen.currency}"
    costs = page.locator(f"{ROW} td:last-child").all_inner_texts()
    assert [each.strip() for each in costs] == [
        "–" if shot.cost is None else full_money(shot.cost, "").strip() for shot in found.shots
    ]


def test_a_search_without_an_answer_teaches(open_page: Opener, catalog_address: str) -> None:
    page = opened(open_page, f"{catalog_address}/shots?text=nothing+is+called+so", ".sl-teach")
    assert page.locator("h1").inner_text() == "No shot is what you asked for."
    page = opened(open_page, f"{catalog_address}/shots?shot=nowhere", ".sl-teach")
    assert "no shot nowhere" in page.locator(".sl-teach").inner_text()


def test_a_shots_page_holds_its_figures_down_to_each_fact(
    open_page: Opener, catalog_address: str, answers: Answers, well_made: Callable[["Page"], None]
) -> None:
    search = ShotSearch(ways=(Way.FELL_BACK,), standings=(Standing.FINAL,), sorted_by=SortedBy.PEOPLE_HOURS)
    shot_id = answers.found(search).shots[-1].shot_id
    currency = answers.found(ShotSearch(shot_ids=(shot_id,))).shots[0].production_currency
    (shot,) = answers.found(ShotSearch(shot_ids=(shot_id,)), currency).shots
    steps = shot_cost_steps(answers.ledger, answers.rate_card_id, shot_id)
    life = shot_life(answers.ledger, shot_id)

    page = opened(open_page, f"{catalog_address}/shots?shot={shot_id}", ".shots-steps")
    page.wait_for_selector(".sl-limits", timeout=LOADED)
    assert page.locator("h1").inner_text().replace("\n", " ") == headline(shot)
    hours = page.locator("[data-card=people_hours] .shots-value b").inner_text()
    assert hours == f"{shot.people_hours:,.1f} h"
    assert page.locator("[data-card=cost] .shots-value b").inner_text() == full_money(shot.cost, currency)
    usual = usual_shots(answers.ledger, shot_id, rate_card_id=answers.rate_card_id, currency=currency)
    for place, side in enumerate((Workflow.AI, Workflow.TRADITIONAL)):
        known = usual.of(Measure.PEOPLE_HOURS, side)
        strip = page.locator("[data-card=people_hours] .shots-strip").nth(place).inner_text()
        assert f"n = {known.shot_count if known else 0:,}" in strip

    assert page.locator("[data-table=versions] tbody tr").count() == len(life.versions)
    decisions = [decision for version in life.versions for decision in version.decisions]
    assert page.locator(".shots-decision").count() == len(decisions)

    assert page.locator(".shots-steps details").count() == len(steps.steps)
    totals = page.locator(".shots-steps .total b").all_inner_texts()
    assert totals == [full_money(steps.cost_of(steps.of(side)), currency) for side in steps.workflows]
    assert page.locator(".shots-total b").inner_text() == full_money(shot.cost, currency)
    for place, step in enumerate(steps.steps):
        if len(step.facts) > 1:
            opened_step = page.locator(".shots-steps details").nth(place)
            opened_step.locator("summary").click()
            facts = opened_step.locator("tr[data-fact]")
            assert facts.count() == min(len(step.facts), 40)
            ids = facts.evaluate_all("rows => rows.map(row => row.dataset.fact)")
            assert set(ids) <= {fact.fact_id for fact in step.facts}
            assert facts.first.is_visible()
            break
    else:
        pytest.fail("no step of several facts to open")
    link = page.locator(f'a[aria-label="{shot.code}-cost as CSV"]').get_attribute("href")
    rows = list(csv.DictReader(io.StringIO(page.request.get(_absolute(catalog_address, link)).text().lstrip("\ufeff"))))
    assert sum(Decimal(row["cost"]) for row in rows if row["cost"]) == shot.cost
    well_made(page)

    page.get_by_role("link", name=shot.production_name, exact=True).click()
    page.wait_for_selector(ROW, timeout=LOADED)
    assert parse_qs(urlparse(page.url).query)["production"] == [shot.production_name]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_small_window_scrolls_the_table_and_never_the_page(
    open_page: Opener, catalog_address: str, answers: Answers, well_made: Callable[["Page"], None], scheme: str
) -> None:
    page = opened(open_page, f"{catalog_address}/shots", width=820, scheme=scheme)
    well_made(page)
    shot = answers.found(ShotSearch(ways=(Way.BOTH_WAYS,))).shots[0]
    page = opened(open_page, f"{catalog_address}/shots?shot={shot.shot_id}", ".sl-limits", width=820, scheme=scheme)
    assert page.locator("[data-card=pair_hours] [data-side=ai] b").inner_text() == f"{shot.people_hours_ai:,.1f} h"
    well_made(page)


def test_renders_give_small_pictures_and_movies_in_sync(
    open_page: Opener, pair: Any, pair_address: str, well_made: Callable[["Page"], None]
) -> None:
    address = pair_address.removesuffix("/test-shots")
    page = opened(open_page, f"{address}/shots")
    picture = page.locator(f"{ROW} img")
    picture.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('.shots-table img').naturalWidth > 0", timeout=LOADED)
    assert picture.evaluate("img => img.naturalWidth") <= 320
    page.locator(f"{ROW} th a").click()
    page.locator(".player").wait_for(timeout=LOADED)
    ready = "[...document.querySelectorAll('video')].every(video => video.readyState > 0 && video.duration > 0)"
    page.wait_for_function(ready, timeout=LOADED)
    assert page.locator("video").count() == 2
    durations = page.locator(".player").evaluate("p => [...p.querySelectorAll('video')].map(v => v.duration)")
    assert durations == pytest.approx([2.0, 2.0], abs=0.05)
    assert "made both ways" in page.locator("h1").inner_text()
    well_made(page)


def _absolute(address: str, href: str | None) -> str:
    assert href is not None
    return f"{address}{href}"
