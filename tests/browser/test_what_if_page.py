"""The what-if in a real browser: sliders, buttons and addresses give the figures that analytics gives."""

import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from analytics.comparison.slate.slate_headline import money_words
from analytics.estimation.what_if.best_shares import best_shares
from analytics.estimation.what_if.chosen_shares import WhatIf, what_if
from analytics.estimation.what_if.share_curves import Scope, ShareCurves
from analytics.estimation.what_if.slate_curves import share_curves_by_territory
from analytics.ledger.ledger import Ledger

if TYPE_CHECKING:
    from playwright.sync_api import Page

Opener = Callable[..., "Page"]
FIRST_ANSWER_MS = 240_000


@pytest.fixture(scope="module")
def curves(catalog: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[Scope, ShareCurves]:
    """The same curves, drawn by the same seed from a copy of the ledger."""
    copy = tmp_path_factory.mktemp("asked") / "catalog.duckdb"
    shutil.copy(catalog, copy)
    return share_curves_by_territory(Ledger.open(copy))


def opened(open_page: Opener, address: str, **how: Any) -> "Page":
    page = open_page(address, **how)
    page.wait_for_selector(".wi-because", timeout=FIRST_ANSWER_MS)
    page.wait_for_selector(".sl-limits", timeout=60_000)
    return page


def shown_cost(page: "Page") -> str:
    return page.locator('[data-card="cost"] .big').inner_text()


def wait_for_cost(page: "Page", answer: WhatIf) -> None:
    page.locator('[data-card="cost"] .big', has_text=money_words(answer.chosen.cost.p50, answer.currency)).wait_for()


def test_as_so_far_first_then_the_best_then_one_slider(
    open_page: Opener,
    catalog_address: str,
    curves: Mapping[Scope, ShareCurves],
    well_made: Callable[["Page"], None],
) -> None:
    remaining = curves[Scope.REMAINING]
    page = opened(open_page, f"{catalog_address}/what-if")
    so_far = what_if(remaining, {})
    assert shown_cost(page) == money_words(so_far.chosen.cost.p50, remaining.currency)
    assert page.locator(".wi-kind").count() == len(remaining.kinds)
    assert "invented" in page.locator(".sl-banner").inner_text()

    best = {each.kind: each.share for each in best_shares(remaining)}
    page.get_by_role("button", name="Best that is known").click()
    advised = what_if(remaining, best)
    wait_for_cost(page, advised)
    change = money_words(abs(advised.change_in_cost.p50), remaining.currency)
    assert change in page.locator(".sl-head h1").inner_text()
    for kind in advised.kinds:
        page.locator(f'.wi-kind[data-kind="{kind.kind}"] b[data-change="{kind.change.p50}"]').wait_for()
    page.wait_for_selector(".sl-limits")
    well_made(page)

    moved = remaining.kinds[0]
    slider = page.locator(f'.st-key-{Scope.REMAINING.value}_{moved.kind} input[type="range"]')
    slider.focus()
    slider.press("ArrowLeft")
    wait_for_cost(page, what_if(remaining, {**best, moved.kind: best[moved.kind] - 1}))
    assert f"{Scope.REMAINING.value}_{moved.kind}={best[moved.kind] - 1}" in page.url

    # The address alone gives the same figures to whoever it is sent to.
    sent = opened(open_page, page.url)
    assert shown_cost(sent) == shown_cost(page)
    assert sent.locator(".sl-head h1").inner_text() == page.locator(".sl-head h1").inner_text()


def test_the_slate_again_says_what_it_really_cost(
    open_page: Opener,
    catalog_address: str,
    curves: Mapping[Scope, ShareCurves],
    well_made: Callable[["Page"], None],
) -> None:
    slate = curves[Scope.SLATE]
    page = opened(open_page, f"{catalog_address}/what-if?shots=The+whole+slate+again", width=820, scheme="dark")
    assert shown_cost(page) == money_words(what_if(slate, {}).chosen.cost.p50, slate.currency)
    assert slate.really_cost is not None
    assert f"{slate.really_cost:,} {slate.currency}" in page.locator(".sl-limits").inner_text()
    well_made(page)


def test_curves_can_be_taken_away(open_page: Opener, catalog_address: str, curves: Mapping[Scope, ShareCurves]) -> None:
    page = opened(open_page, f"{catalog_address}/what-if")
    link = page.locator('a[aria-label="what-if as CSV"]')
    answer = page.request.get(f"{catalog_address}{link.get_attribute('href')}")
    assert answer.ok
    rows = answer.text().splitlines()
    assert len(rows) == 1 + len(curves[Scope.REMAINING].kinds)
    assert re.match("\ufeff?kind,shots,ai_percent", rows[0])


def test_too_little_history_teaches(
    open_page: Opener, serve: Callable[..., str], tmp_path: Path, well_made: Callable[["Page"], None]
) -> None:
    Ledger.open(tmp_path / "empty.duckdb")
    page = open_page(f"{serve(tmp_path / 'empty.duckdb')}/what-if")
    page.wait_for_selector(".sl-teach", timeout=FIRST_ANSWER_MS)
    assert "finished AI shots" in page.locator(".sl-teach").inner_text()
    well_made(page)
