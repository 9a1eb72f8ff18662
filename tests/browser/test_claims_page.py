"""The claim check in a real browser: verdicts and shares on the page are those that the ledger gives."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from analytics.comparison.claims.audit_sentences import headline
from analytics.comparison.claims.auditing import audit_claim
from analytics.comparison.claims.claim_files import find_claim
from analytics.comparison.claims.own_claim import own_claim
from analytics.comparison.slate.results import RatioResult
from analytics.comparison.slate.slate_overview import slate_overview
from analytics.ledger.ledger import Ledger

if TYPE_CHECKING:
    from playwright.sync_api import Page

Opener = Callable[..., "Page"]
FIRST_ANSWER_MS = 240_000
"""The slate is compared first, which on a busy machine takes a while."""


@pytest.fixture(scope="module")
def results(catalog: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[RatioResult, ...]:
    """What the pages compare claims with, asked of a copy of the same ledger."""
    copy = tmp_path_factory.mktemp("asked") / "catalog.duckdb"
    shutil.copy(catalog, copy)
    return slate_overview(Ledger.open(copy)).comparison.results


def opened(open_page: Opener, address: str, **how: Any) -> "Page":
    page = open_page(address, **how)
    page.wait_for_selector(".cl-table", timeout=FIRST_ANSWER_MS)
    return page


def test_verdicts_are_the_audits(
    open_page: Opener,
    catalog_address: str,
    results: tuple[RatioResult, ...],
    well_made: Callable[["Page"], None],
) -> None:
    page = opened(open_page, f"{catalog_address}/claims")
    audit = audit_claim(find_claim("el-eternauta"), results)
    assert page.locator(".sl-head h1").inner_text() == headline(audit)
    assert "invented" in page.locator(".sl-banner").inner_text()
    shown = page.locator(".cl-card")
    meant = [clock for clock in audit.clocks if clock.could_be_meant]
    assert shown.count() == len(meant)
    for clock in meant:
        card = page.locator(f'.cl-card[data-clock="{clock.clock.value}"]')
        assert card.locator("[data-verdict]").get_attribute("data-verdict") == clock.verdict.value
        assert clock.decided_by is not None
        ratio = clock.decided_by.result.ratio
        if ratio is not None:
            assert f"AI took {ratio:.0%} of the traditional" in card.inner_text()
            assert (
                f"{clock.decided_by.result.n_ai:,} AI, {clock.decided_by.result.n_traditional:,}" in card.inner_text()
            )
    page.locator('[data-testid="stVegaLiteChart"] svg, [data-testid="stVegaLiteChart"] canvas').first.wait_for()
    well_made(page)


def test_a_claim_has_an_address_and_one_without_a_number_says_so(
    open_page: Opener, catalog_address: str, well_made: Callable[["Page"], None]
) -> None:
    page = opened(open_page, f"{catalog_address}/claims?claim=MARZ%27s+Vanity+AI", width=820, scheme="dark")
    assert page.locator(".cl-claim").get_attribute("data-claim") == "marz-vanity-ai"
    assert page.locator(".cl-card").count() == 0
    assert "cannot be held against shots" in page.locator(".sl-head h1").inner_text()
    well_made(page)
    page.locator('tr[data-row="bain-2023"] a').click()
    page.wait_for_selector('.cl-claim[data-claim="bain-2023"]', timeout=60_000)
    assert "claim=" in page.url


def test_a_vendors_offer_is_held_against_our_shots(
    open_page: Opener, catalog_address: str, results: tuple[RatioResult, ...]
) -> None:
    page = opened(open_page, f"{catalog_address}/claims?claim=A+claim+of+your+own&number=20")
    audit = audit_claim(own_claim(20, "% less", "cost"), results)
    page.wait_for_selector('.cl-claim[data-claim="your-own"]', timeout=60_000)
    assert page.locator(".sl-head h1").inner_text() == headline(audit)
    for clock in audit.clocks:
        if clock.could_be_meant:
            card = page.locator(f'.cl-card[data-clock="{clock.clock.value}"] [data-verdict]')
            assert card.get_attribute("data-verdict") == clock.verdict.value


def test_tables_can_be_taken_away(open_page: Opener, catalog_address: str) -> None:
    page = opened(open_page, f"{catalog_address}/claims")
    link = page.locator('a[aria-label="claims as CSV"]')
    answer = page.request.get(f"{catalog_address}{link.get_attribute('href')}")
    assert answer.ok
    lines = answer.text().splitlines()
    assert lines[0].lstrip("\ufeff").startswith("claim,title,who")
    assert any(line.startswith("el-eternauta,") for line in lines)


def test_without_shots_claims_can_be_read_and_none_is_decided(
    open_page: Opener, serve: Callable[..., str], tmp_path: Path, well_made: Callable[["Page"], None]
) -> None:
    Ledger.open(tmp_path / "empty.duckdb")
    page = opened(open_page, f"{serve(tmp_path / 'empty.duckdb')}/claims")
    assert "holds no shot to compare" in page.locator(".sl-teach").inner_text()
    assert set(
        page.locator(".cl-card [data-verdict]").evaluate_all("all => all.map(each => each.dataset.verdict)")
    ) == {"undecided"}
    well_made(page)
