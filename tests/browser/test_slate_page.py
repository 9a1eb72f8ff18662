"""The slate, read off a real browser and held against the ledger's own answers."""

import re
from decimal import Decimal

import pytest

from analytics.comparison.figures import Clock
from analytics.comparison.slate.clock_figures import clock_figures
from analytics.comparison.slate.drill_down import production_parts, shots_of_sequence
from analytics.comparison.slate.kind_words import kind_words
from analytics.comparison.slate.slate_headline import kind_verdicts, money_words, slate_headline
from analytics.comparison.slate.slate_overview import SlateOverview, slate_overview
from analytics.costing.reckoned_costs import By, cost_by, reckon_costs
from analytics.ledger.ledger import Ledger

WORKED_OUT = 600_000
"""Milliseconds: kept answers are worked out before the page stands."""


@pytest.fixture(scope="module")
def ledger(catalog, tmp_path_factory) -> Ledger:
    # A copy: asking writes what it reckons, and the pages keep the catalog open.
    copy = tmp_path_factory.mktemp("slate") / "copy.duckdb"
    copy.write_bytes(catalog.read_bytes())
    return Ledger.open(copy)


@pytest.fixture(scope="module")
def overview(ledger) -> SlateOverview:
    return slate_overview(ledger)


def stands(page, selector="[data-card=saving]"):
    page.wait_for_selector(selector, timeout=WORKED_OUT)
    page.wait_for_function("!document.querySelector('[data-testid=stStatusWidget]')", timeout=WORKED_OUT)
    return page


def lines_of(page):
    return {
        line.locator("b").inner_text(): line.locator("span").inner_text()
        for line in page.locator(".slate-lines p").all()
    }


def test_the_head_says_what_the_comparison_found(open_page, catalog_address, overview, well_made) -> None:
    page = stands(open_page(catalog_address))
    clock = next(each for each in overview.comparison.clocks if each.clock is Clock.COST_GROSS)
    words = slate_headline(clock, overview.saving, incentives_are_assumed=True)
    assert page.locator("h1").inner_text() == words.claim
    said = lines_of(page)
    assert said["How sure"] == words.certainty
    assert said["Exceptions"] == words.where_not
    assert said["Money"] == words.money
    assert page.locator(".sl-banner").inner_text().startswith("Synthetic data.")
    assert f"{overview.shot_count:,} shots" in page.locator(".eyebrow").inner_text()
    for name in (Clock.COST_GROSS, Clock.PEOPLE, Clock.CALENDAR):
        figures = clock_figures(next(each for each in overview.comparison.clocks if each.clock is name))
        card = page.locator(f'[data-card="{name}"]').inner_text()
        assert figures.result.ratio is not None
        assert f"{figures.result.ratio:.2f} AI ÷ traditional" in card
        assert f"{figures.result.low:.2f}–{figures.result.high:.2f}" in card
        assert f"n = {figures.result.n_ai:,} AI, {figures.result.n_traditional:,} traditional" in card
        assert "synthetic 100%" in card
    saving = overview.saving
    assert saving is not None
    assert saving.net is not None
    for label, amount in (("net", saving.net.saved), ("incentives", saving.incentive_change)):
        assert amount is not None
        assert money_words(amount, saving.currency) in page.locator(f"[data-saving={label}]").inner_text()
    well_made(page)


def test_verdicts_by_the_clock_that_the_address_names(open_page, catalog_address, overview) -> None:
    page = stands(open_page(f"{catalog_address}/?clock=People-hours"))
    clock = next(each for each in overview.comparison.clocks if each.clock is Clock.PEOPLE)
    assert page.locator("h1").inner_text() == slate_headline(clock, overview.saving).claim
    found = kind_verdicts(clock)
    for verdict, groups in (
        ("ai_needs_less", found.pays), ("no_difference_shown", (*found.open, *found.too_few)),
        ("ai_needs_more", found.does_not_pay),
    ):  # fmt: skip
        listed = page.locator(f"[data-verdict={verdict}] li").all_inner_texts()
        assert [each.split("\n")[0] for each in listed] == [kind_words(each.group) for each in groups] or (
            not groups and listed == ["no kind of shot so far"]
        )
    page.get_by_role("radio", name="Calendar days").click()
    page.wait_for_function("document.querySelector('h1').innerText.includes('calendar days')", timeout=WORKED_OUT)
    assert "clock=Calendar" in page.url


def test_what_is_drawn_can_be_taken_away(open_page, catalog_address, overview) -> None:
    page = stands(open_page(catalog_address))
    for name in ("slate-by-kind", "slate-by-production", "slate-trend", "slate-quality"):
        links = page.locator(f".st-key-chart_{name.replace('-', '_')} .sl-take a")
        assert links.all_inner_texts() == ["PNG", "SVG", "CSV"]
    address = page.locator(".st-key-chart_slate_by_kind .sl-take a").nth(2).get_attribute("href")
    text = page.request.get(f"{catalog_address}{address}").text()
    clock = next(each for each in overview.comparison.clocks if each.clock is Clock.COST_GROSS)
    assert clock.kinds is not None
    told = {line.split(",")[0]: line.split(",")[2] for line in text.splitlines()[1:]}
    for each in clock.kinds.groups:
        assert told[each.group] == ("" if each.ratio is None else str(each.ratio))


def test_budgets_are_the_ledgers_own(open_page, catalog_address, ledger, well_made) -> None:
    page = stands(open_page(catalog_address, width=820, scheme="dark"), ".slate-budgets")
    productions = {row["production_id"]: row for row in ledger.ask_rows("slate_productions", with_synthetic=False)}
    costs = {row.production_id: row.cost for row in cost_by(ledger, reckon_costs(ledger), By.PRODUCTION, "CAD")}
    rows = page.locator(".slate-budgets tbody tr[data-production]")
    assert rows.count() == len(productions) + 1
    seen = 0
    for row in rows.all()[:-1]:
        cells = [cell.inner_text().split("\n")[0] for cell in row.locator("td").all()]
        known = productions[row.get_attribute("data-production")]
        if known["currency"] == "CAD":
            assert cells[0] == f"{known['locked_budget_amount'] / 1_000_000:,.2f}"
        if not known["open_count"]:
            cost = costs[known["production_id"]]
            assert abs(Decimal(cells[1].replace(",", "")) - cost / 1_000_000) <= Decimal("0.006")
            seen += 1
        assert "finished" in row.locator("th").inner_text() or known["open_count"]
    assert seen
    assert page.locator("[data-card=exposure]").inner_text().startswith("Exposure on running productions")
    well_made(page)


def test_down_to_production_sequence_and_shot(open_page, catalog_address, ledger, well_made) -> None:
    page = stands(open_page(catalog_address), ".slate-budgets")
    page.get_by_role("button", name="Print or save as PDF").wait_for()  # the last thing that a page fetches
    link = page.locator(".slate-budgets tbody a").first
    name = link.inner_text()
    link.click()
    stands(page, ".slate-sequences")
    production_id = re.search(r"production=([^&]+)", page.url).group(1)
    parts = production_parts(ledger, production_id)
    assert parts.name == name
    assert parts.name in page.locator("h1").inner_text()
    sequence = max(parts.sequences, key=lambda each: each.ai.shot_count)
    row = page.locator(f'[data-sequence="{sequence.name}"]')
    cells = [cell.inner_text().split("\n")[0] for cell in row.locator("td").all()]
    assert cells[0] == f"{sequence.final_count:,} of {sequence.shot_count:,}"
    assert cells[1] == f"{sequence.ai.shot_count:,}"
    assert cells[3] == f"{round(sequence.ai.cost_per_shot):,}"
    well_made(page)
    row.locator("a").click()
    stands(page, ".slate-shots")
    shots = shots_of_sequence(ledger, production_id, sequence.name)
    assert page.locator(".slate-shots tbody tr").count() == len(shots)
    first = page.locator(f'[data-shot="{shots[0].shot_id}"]')
    assert first.locator("td").last.inner_text() == f"{round(shots[0].cost):,}"
    assert first.locator("a").get_attribute("href").startswith("/shots?shot=")
    well_made(page)


def test_on_paper_there_is_nothing_to_click(open_page, catalog_address) -> None:
    page = stands(open_page(catalog_address), ".slate-budgets")
    page.emulate_media(media="print")
    for hidden in (".st-key-clock", ".stAppHeader", ".st-key-slate_print"):
        assert not page.locator(hidden).is_visible()
    assert page.locator("h1").is_visible()
    assert page.locator(".slate-budgets").is_visible()


def test_a_ledger_with_two_renders_says_that_nothing_can_be_told(open_page, pair, serve, well_made) -> None:
    page = stands(open_page(serve(pair.path)))
    assert "cannot be told yet" in page.locator("h1").inner_text()
    assert "%" not in page.locator("h1").inner_text()
    well_made(page)
