"""The bid page in a real browser says what the ledger's own bids say, from a dropped cut to a sent version."""

import contextlib
import io
import shutil
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import playwright.sync_api
import pytest

from analytics.bidding.documents.bid_words import rounded
from analytics.bidding.new_bids import draft_bid
from analytics.bidding.stored_bids import bid_named, bids_listed
from analytics.importers.shot_lists.edits import edited_list
from analytics.importers.shot_lists.reading import shot_list_of
from analytics.ledger.ledger import Ledger
from analytics.vocabulary.bid import Bid, BidStatus
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.frame_rate import FrameRate

if TYPE_CHECKING:
    from playwright.sync_api import Page

PATIENCE = 120_000
CUT = "".join(
    f"{number:03}  HOG_{number:03}0 V     C        01:00:{2 * number:02}:00 01:00:{2 * number + 4:02}:00 "
    f"01:01:{4 * number:02}:00 01:01:{4 * number + 4:02}:00\n"
    for number in range(1, 9)
).encode()
BROKEN = b"code,kind,complexity,cut_frames\nA10,crowd,easy,1o4\nA20,creature,hard,-5\nA20,crowd,easy,96\n"


@pytest.fixture(scope="module")
def studio(catalog: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up slate, to be written to."""
    path = tmp_path_factory.mktemp("bids") / "studio.duckdb"
    shutil.copy(catalog, path)
    return path


@pytest.fixture(scope="module")
def address(studio: Path, serve: Callable[..., str]) -> str:
    return f"{serve(studio)}/bid"


@pytest.fixture(scope="module")
def reckoned(studio: Path, tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """Another copy, to bid from without the pages."""
    path = tmp_path_factory.mktemp("beside") / "studio.duckdb"
    shutil.copy(studio, path)
    return Ledger.open(path)


def expected(ledger: Ledger, edits: dict[str, dict[str, object]] | None = None) -> Bid:
    """The bid of the cut as analytics makes it."""
    cut = shot_list_of("reel.edl", CUT, fps=FrameRate.parse("24"))
    return draft_bid(ledger, edited_list(cut, edits or {}), production="reel").bid


def dropped(page: "Page", name: str, content: bytes) -> None:
    page.wait_for_selector("input[type=file]", state="attached", timeout=PATIENCE)
    page.wait_for_timeout(500)
    page.set_input_files("input[type=file]", {"name": name, "mimeType": "text/plain", "buffer": content})


def settled(page: "Page") -> None:
    """Wait until the page is drawn to its end."""
    page.wait_for_timeout(500)
    page.locator("[data-testid=stStatusWidget]").wait_for(state="detached", timeout=PATIENCE)
    page.wait_for_timeout(500)  # what was drawn before fades out


def sums_on(page: "Page") -> dict[str, str]:
    return {box.get_attribute("data-sum"): box.locator("b").inner_text() for box in page.locator("[data-sum]").all()}


def sums_of(bid: Bid) -> dict[str, str]:
    totals = bid.totals
    amounts = {name: getattr(totals, name) for name in ("base", "contingency", "margin", "gross", "incentive", "net")}
    return {name: f"{amount:,.0f}" for name, amount in amounts.items()}


def shows(page: "Page", bid: Bid) -> None:
    """Wait until the page shows this bid."""
    gross = f"{bid.totals.gross:,.0f}"
    page.wait_for_selector(f"[data-sum=gross] b:text-is('{gross}')", timeout=PATIENCE)
    assert sums_on(page) == sums_of(bid)
    cost = bid.totals.cost
    assert cost is not None
    ends = page.locator("[data-range=total] .ends").inner_text()
    assert [rounded(each) in ends for each in (cost.p10, cost.p50, cost.p90)] == [True, True, True]
    assert rounded(cost.p50) in page.inner_text("h1")


def test_every_problem_of_a_list_stands_by_its_place(
    address: str, open_page: Callable[..., "Page"], well_made: Callable[..., None]
) -> None:
    page = open_page(address)
    dropped(page, "broken.csv", BROKEN)
    page.wait_for_selector("[data-problems]", timeout=PATIENCE)
    with pytest.raises(InputRefused) as refused:
        shot_list_of("broken.csv", BROKEN)
    told = page.locator("[data-problems] tbody tr").all_inner_texts()
    assert len(told) == len(refused.value.problems)
    for line, problem in zip(told, refused.value.problems, strict=True):
        assert problem.place.removeprefix("broken.csv, ") in line
        assert problem.why in line
    assert page.locator("[data-range=total]").count() == 0
    settled(page)
    well_made(page)


def choose(page: "Page", label: str, option: str) -> None:
    """Pick from a list; a page that is drawn anew at that moment shuts it, and then it is opened again."""
    wanted = page.get_by_role("option", name=option)
    for _ in range(6):
        page.get_by_role("combobox", name=label).click()
        with contextlib.suppress(playwright.sync_api.TimeoutError):
            wanted.wait_for(timeout=5_000)
            break
    wanted.click()


@pytest.fixture(scope="module")
def bidding(chromium: object, address: str) -> Iterator["Page"]:
    """One window that the tests below take from a dropped cut to a sent bid, in their order."""
    from tests.browser.conftest import opened

    page = opened(chromium, address)  # type: ignore[arg-type]
    yield page
    page.close()


def test_a_dropped_cut_is_bid_as_analytics_bids_it(bidding: "Page", reckoned: Ledger) -> None:
    dropped(bidding, "reel.edl", CUT)
    bidding.get_by_role("heading", name="How many frames a second").wait_for(timeout=PATIENCE)
    bidding.locator("[data-testid=stPills], [data-testid=stButtonGroup]").get_by_text("24", exact=True).click()
    shows(bidding, expected(reckoned))
    assert bidding.locator("[data-read]").get_attribute("data-read") == "8"
    assert "Synthetic data" in bidding.locator(".sl-banner").inner_text()


def test_what_is_filled_in_is_bid_again(bidding: "Page", reckoned: Ledger) -> None:
    before = sums_on(bidding)["gross"]
    choose(bidding, "Complexity for all of these", "hard")
    bidding.wait_for_function(
        "before => document.querySelector('[data-sum=gross] b')?.innerText !== before", arg=before, timeout=PATIENCE
    )
    codes = [shot.code for shot in expected(reckoned).shots]
    shows(bidding, expected(reckoned, {code: {"complexity": "hard"} for code in codes}))
    assert "8 shots changed by hand" in bidding.locator(".bid-read").inner_text()


def test_a_reload_loses_nothing(bidding: "Page") -> None:
    before = sums_on(bidding)
    assert "list=" in bidding.url
    bidding.reload()
    bidding.wait_for_selector(f"[data-sum=gross] b:text-is('{before['gross']}')", timeout=PATIENCE)
    assert sums_on(bidding) == before


def test_a_saved_bid_is_what_was_shown_and_is_taken_away_as_a_workbook(bidding: "Page", studio: Path) -> None:
    import openpyxl

    before = sums_on(bidding)
    bidding.get_by_role("button", name="Save as draft").click()
    bidding.wait_for_selector("[data-version='1']", timeout=PATIENCE)
    assert "bid=reel-bid-1" in bidding.url
    stored = bid_named(Ledger.open(studio), "reel-bid-1")
    assert sums_of(stored) == before == sums_on(bidding)
    link = bidding.locator("a.sl-button", has_text="Workbook").get_attribute("href")
    answer = bidding.request.get(bidding.url.partition("/bid")[0] + str(link))
    assert answer.ok
    book = openpyxl.load_workbook(io.BytesIO(answer.body()), data_only=True)
    cells = [cell.value for row in book["Summary"].iter_rows() for cell in row if isinstance(cell.value, float | int)]
    assert stored.totals.gross is not None
    assert any(abs(Decimal(str(value)) - stored.totals.gross) < Decimal("0.01") for value in cells)


def test_a_bid_is_sent_and_made_again_as_the_next_version(
    bidding: "Page", studio: Path, well_made: Callable[..., None]
) -> None:
    bidding.get_by_role("button", name="Send…").click()
    bidding.get_by_role("button", name="Send version 1").click()
    bidding.get_by_text("version 1, sent").first.wait_for(timeout=PATIENCE)
    assert bids_listed(Ledger.open(studio))[0].status is BidStatus.SENT
    settled(bidding)
    bidding.get_by_role("button", name="Edit and bid again").click()
    save = bidding.get_by_role("button", name="Save as version of reel-bid-1")
    save.wait_for(timeout=PATIENCE)
    bidding.locator("[data-difference=gross]").wait_for(timeout=PATIENCE)
    save.click()
    bidding.wait_for_selector("[data-version='2']", timeout=PATIENCE)
    (newest, sent) = bids_listed(Ledger.open(studio))
    assert (newest.version_number, newest.status, newest.gross_amount) == (2, BidStatus.DRAFT, sent.gross_amount)
    settled(bidding)
    well_made(bidding)


def test_on_a_small_dark_screen(
    bidding: "Page", open_page: Callable[..., "Page"], well_made: Callable[..., None]
) -> None:
    page = open_page(bidding.url, width=820, scheme="dark")
    page.wait_for_selector("[data-range=total]", timeout=PATIENCE)
    page.wait_for_selector("[data-difference=gross]", timeout=PATIENCE)
    settled(page)
    well_made(page)
