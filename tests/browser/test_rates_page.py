"""The page of rates: prices as the ledger has them, a preview that is what comes of it, incentives with their sums."""

import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import TimeoutError

from analytics.costing.cards_in_force import adoptions, cards_in_force
from analytics.costing.held_cards import held_card, rate_lines
from analytics.costing.incentive_offers import incentive_offers
from analytics.costing.new_cards import RateChange, new_card
from analytics.costing.reckoned_costs import reckon_costs
from analytics.costing.repricing_preview import preview_repricing
from analytics.ledger.ledger import Ledger
from analytics.ledger.pricing import rates_of_card

if TYPE_CHECKING:
    from playwright.sync_api import Page

WAIT = 120_000
COMP = "prices=People&where=CA-BC&who=anybody&find=comp%3Asenior"
GRID = '[data-testid="stDataFrame"]'
ROW, HEAD = 36, 36


@pytest.fixture(scope="module")
def ledger(catalog: Path, tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """A slate of our own, because prices are changed in it."""
    path = tmp_path_factory.mktemp("rates") / "rates.duckdb"
    shutil.copy(catalog, path)
    return Ledger.open(path)


@pytest.fixture(scope="module")
def address(ledger: Ledger, serve: Callable[..., str]) -> str:
    return f"{serve(ledger.path)}/rates"


def figure(page: "Page", table: str, row: str, name: str) -> int:
    text = page.locator(f'[data-table="{table}"] tr{row} [data-figure="{name}"]').first.inner_text()
    return int(text.splitlines()[0].replace(",", "").replace("−", "-"))


def type_first_price(page: "Page", price: str) -> None:
    """Into the last column of the first row. The grid is a canvas: nothing says when it takes what is typed."""
    for _ in range(6):
        page.wait_for_timeout(1500)
        box = page.locator(GRID).bounding_box()
        assert box is not None
        page.mouse.click(box["x"] + box["width"] - 60, box["y"] + HEAD + ROW / 2)
        for key in ("Enter", "Control+A"):
            page.wait_for_timeout(300)
            page.keyboard.press(key)
        page.keyboard.type(price, delay=60)
        page.keyboard.press("Enter")
        with suppress(TimeoutError):
            page.locator('[data-table="changes"]').get_by_text(price).wait_for(timeout=15_000)
            return
    raise AssertionError("the grid took nothing")


def test_prices_are_those_of_the_card_in_force(
    open_page: "Callable[..., Page]", address: str, ledger: Ledger, well_made: "Callable[[Page], None]"
) -> None:
    page = open_page(f"{address}?{COMP}")
    table = page.locator('[data-table="rates"]')
    table.wait_for(timeout=WAIT)
    lines = rate_lines(rates_of_card(ledger, "history"), date.today())
    (line,) = [
        each for each in lines if (each.resource, each.territory, each.vendor) == ("labour:comp:senior", "CA-BC", None)
    ]
    assert line.now is not None
    assert table.locator("tbody tr").count() == 1
    assert f"{line.now.price:,.2f}" in table.inner_text()
    assert line.earlier[0].price.normalize() in {
        Decimal(word) for word in table.inner_text().split() if word[:1].isdigit() and word.count(".") == 1
    }
    assert "imported rates" in page.locator("h1").inner_text()
    page.locator('[data-table="cards"]').wait_for(timeout=WAIT)  # the page is drawn from above
    assert page.locator('[data-table="cards"] tbody tr').count() == len(cards_in_force(ledger).card_ids)
    well_made(page)


@pytest.mark.parametrize(("width", "scheme"), [(820, "dark"), (1440, "light")])
def test_incentives_add_up_and_say_what_is_taken_for_granted(
    open_page: "Callable[..., Page]",
    address: str,
    ledger: Ledger,
    well_made: "Callable[[Page], None]",
    width: int,
    scheme: str,
) -> None:
    page = open_page(f"{address}?show=Incentives", width=width, scheme=scheme)
    page.locator('[data-table="incentive-programmes"]').wait_for(timeout=WAIT)
    offers = incentive_offers(ledger, reckon_costs(ledger), date.today())
    for each in offers.productions:
        row = f'[data-production="{each.net.production_id}"]'
        assert figure(page, "incentive-productions", row, "incentive") == round(each.net.incentive.amount)
        assert figure(page, "incentive-productions", row, "net") == round(each.net.net.amount)
    assert page.locator('[data-table="incentive-programmes"] tbody tr').count() == sum(
        len(each.rules) for each in offers.programmes
    )
    assert "wages" in page.locator(".sl-limits").inner_text()
    well_made(page)


def test_a_new_price_is_previewed_and_brought_into_force(
    open_page: "Callable[..., Page]", address: str, ledger: Ledger, well_made: "Callable[[Page], None]"
) -> None:
    page = open_page(f"{address}?show=Change+prices&{COMP}")
    page.locator(GRID).wait_for(timeout=WAIT)
    page.get_by_label("On whose word").fill("side letter")
    page.keyboard.press("Enter")
    type_first_price(page, "171.50")
    page.locator('[data-testid="stDateInput"] input, [data-testid="stDateInput"] [role=spinbutton]').first.click()
    page.keyboard.press("Control+A")
    page.keyboard.type("2024/07/01")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    page.locator('[data-table="changes"]').get_by_text("from 1 Jul 2024").wait_for(timeout=WAIT)
    page.get_by_role("button", name="Preview the re-pricing").click()
    page.locator('[data-table="preview"]').wait_for(timeout=WAIT)

    change = RateChange("labour:comp:senior", "hour", "171.50", "CAD", date(2024, 7, 1), "side letter", "CA-BC")
    card = new_card(held_card(ledger, "history"), [change])
    expected = preview_repricing(ledger, card, instead_of="history")
    assert expected.changes_anything
    for total in expected.totals():
        row = f'.total[data-currency="{total.currency}"]'
        assert figure(page, "preview", row, "difference") == round(total.difference or 0)
    for each in expected.rows:
        row = f'[data-production="{each.production_id}"][data-workflow="{each.workflow or ""}"]'
        if each.difference:
            assert figure(page, "preview", row, "difference") == round(each.difference)
    well_made(page)

    assert adoptions(ledger) == ()
    page.get_by_label("Why").fill("side letter of March")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Bring into force").click()
    page.locator(".ra-said").wait_for(timeout=WAIT)
    (adopted,) = adoptions(ledger)
    assert adopted.card_ids[0] == card.rate_card_id
    assert adopted.note == "side letter of March"
    page.get_by_text(f"Everything is priced by {card.name}").wait_for(timeout=WAIT)
