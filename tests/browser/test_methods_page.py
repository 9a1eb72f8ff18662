"""The page Methods and data health says what the ledger's own answers say."""

from pathlib import Path

import pytest

from analytics.health.data_health import data_health
from analytics.health.ledger_file import ledger_file
from analytics.health.methods import methods
from analytics.ledger.ledger import Ledger

LOADED = 180_000


@pytest.fixture(scope="module")
def ledger(catalog, tmp_path_factory) -> Ledger:
    """A copy, because asking works costs out and keeps them."""
    path = tmp_path_factory.mktemp("methods") / "catalog.duckdb"
    path.write_bytes(catalog.read_bytes())
    return Ledger.open(path)


def test_gaps_origins_and_kinds_are_the_ledgers_own(open_page, well_made, catalog_address, ledger):
    page = open_page(f"{catalog_address}/methods")
    page.wait_for_selector(".he-fine", timeout=LOADED)
    health = data_health(ledger)
    assert page.locator("h1").inner_text() == health.headline
    for result in health.checks:
        shown = page.locator(f'[data-check="{result.check.question}"]')
        assert shown.get_attribute("data-found") == str(result.found_count)
    people = next(each for each in health.costs if each.label == "people")
    assert f"{people.cost:,.0f} CAD" in page.locator('[data-cost="people"]').inner_text()
    assert "synthetic 100%" in " ".join(page.locator('[data-cost="people"] .he-words').inner_text().split())
    for kind in health.kinds:
        cells = page.locator(f'[data-kind="{kind.kind}"] td').all_inner_texts()
        assert cells[:2] == [f"{kind.ai_count:,}", f"{kind.traditional_count:,}"]
        assert cells[-1] == kind.verdict
    assert page.locator(".sl-banner").is_visible()
    with page.expect_download() as picture:
        page.get_by_role("link", name="ai-by-kind as SVG").click()
    assert b"<svg" in Path(picture.value.path()).read_bytes()[:300]
    well_made(page)


def test_methods_and_the_ledger_have_addresses_of_their_own(open_page, well_made, catalog_address, ledger):
    page = open_page(f"{catalog_address}/methods?view=How+numbers+are+made", width=820, scheme="dark")
    page.wait_for_selector("[data-method]", timeout=LOADED)
    told = methods(ledger)
    assert page.locator("[data-method]").count() == len(told)
    for method in told:
        shown = page.locator(f'[data-method="{method.name}"]').inner_text()
        assert method.question in shown
        assert method.limits in shown
        assert all(value in shown for _, value in method.settings)
    well_made(page)
    page.get_by_text("The ledger", exact=True).click()
    page.wait_for_selector("[data-migration]", timeout=LOADED)
    assert "view=The+ledger" in page.url or "view=The%20ledger" in page.url
    file = ledger_file(ledger)
    assert page.locator("[data-migration]").count() == len(file.migrations)
    assert file.ledger_id in page.locator(".sl-head").inner_text()
