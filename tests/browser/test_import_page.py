"""The page Import: what is wrong is told by line, what would change is shown before, and an import can be taken back.

The figures on the page are held against the ledger's own answers.
"""

import zipfile
from pathlib import Path

import pytest

from analytics.importers.history.importing import import_history
from analytics.ledger.ledger import Ledger
from analytics.ledger.staging.batches import imports_of

EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "history-bundle-example"
LOADED = 120_000


def packed(path: Path, **changes: tuple[str, str]) -> Path:
    """The example as a zip with a folder in it; of a table named, one text is another."""
    with zipfile.ZipFile(path, "w") as bundle:
        for file in EXAMPLE.iterdir():
            text = file.read_text(encoding="utf-8")
            if file.stem in changes:
                old, new = changes[file.stem]
                assert old in text
                text = text.replace(old, new)
            bundle.writestr(f"studio/{file.name}", text)
    return path


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("import")


@pytest.fixture(scope="module")
def address(desk, serve) -> str:
    return f"{serve(desk / 'studio.duckdb')}/import"


def opened(open_page, address, **how):
    page = open_page(address, **how)
    page.wait_for_selector("input[type=file]", state="attached", timeout=LOADED)
    return page


def number(page, name: str) -> int:
    return int(page.locator(f".im-counts [data-count={name}] dd b").inner_text().replace(",", ""))


def test_problems_are_told_by_file_line_and_column_and_nothing_is_written(open_page, well_made, address, desk):
    page = opened(open_page, address, width=820, scheme="dark")
    assert "No imports yet" in page.locator(".sl-teach").inner_text()
    bad = packed(desk / "bad.zip", shots=("destruction,hard", "explosion,hard"), work_entries=("7.5", "-7.5"))
    page.set_input_files("input[type=file]", bad)
    page.wait_for_selector(".im-problems", timeout=LOADED)
    assert page.locator(".im-problems h2").inner_text() == "2 problems keep this file out"
    rows = [row.inner_text() for row in page.locator(".im-problems tbody tr").all()]
    assert [("shots.csv" in rows[0], "line 2" in rows[0], "explosion" in rows[0])] == [(True, True, True)]
    assert all(word in rows[1] for word in ("work_entries.csv", "line 2", "people_hours", "-7.5"))
    assert page.get_by_role("button", name="Write it into the ledger").count() == 0
    well_made(page)


def test_a_history_comes_in_as_previewed_and_goes_again(open_page, well_made, address, desk):
    page = opened(open_page, address)
    page.set_input_files("input[type=file]", packed(desk / "history.zip"))
    page.wait_for_selector(".im-counts", timeout=LOADED)
    told = {name: number(page, name) for name in ("new", "changed", "unchanged", "gone")}
    well_made(page)
    assert not (desk / "studio.duckdb").exists(), "a preview makes no ledger"

    page.get_by_role("button", name="Write it into the ledger").click()
    page.wait_for_selector("[data-note=done]", timeout=LOADED)
    ledger = Ledger.open(desk / "studio.duckdb", create=False)
    (first,) = imports_of(ledger)
    assert told == {"new": first.new_count, "changed": 0, "unchanged": 0, "gone": 0}
    assert first.source == "uploaded: history.zip"
    assert first.imported_by == "you"
    page.wait_for_selector(f'[data-import="{first.import_batch_id}"]', timeout=LOADED)
    assert f"{first.row_count:,} rows of history came in by one import" in page.locator("h1").inner_text()

    # A later state changes one shot, and the first import cannot go before it.
    later = packed(desk / "later.zip", shots=("2026-02-01,,open,S1", "2026-02-01,2026-04-02,final,S1"))
    page.set_input_files("input[type=file]", later)
    page.wait_for_selector(".im-counts", timeout=LOADED)
    assert (number(page, "new"), number(page, "changed"), number(page, "gone")) == (0, 1, 0)
    assert "2026-04-02" in page.locator('[data-column="shots.final_on"]').inner_text()
    page.get_by_role("button", name="Write it into the ledger").click()
    page.wait_for_selector("[data-note=done]", timeout=LOADED)
    second = imports_of(ledger)[0]

    page.goto(f"{address}?undo={first.import_batch_id}")
    page.wait_for_selector(".sl-problems", timeout=LOADED)
    assert second.import_batch_id in page.locator(".sl-problems").inner_text()
    page.get_by_role("link", name="Look at the later import").click()
    page.wait_for_selector('[data-table="shots"]', timeout=LOADED)
    assert page.locator('[data-table="shots"] td').all_inner_texts() == ["–", "1"]
    well_made(page)
    page.get_by_role("button", name="Take it back").click()
    page.wait_for_selector(f'[data-import="{second.import_batch_id}"].im-undone', timeout=LOADED)
    assert imports_of(ledger)[0].undone_by == "you"
    with ledger.reading() as connection:
        assert connection.execute("SELECT status FROM shots WHERE shot_id = 'S2'").fetchall() == [("open",)]


def test_the_tables_can_be_taken_away(open_page, address, desk):
    if not (desk / "studio.duckdb").exists():
        import_history(Ledger.open(desk / "studio.duckdb"), EXAMPLE)
    page = opened(open_page, address)
    page.wait_for_selector("[data-import]", timeout=LOADED)
    with page.expect_download() as empty:
        page.get_by_role("link", name="Empty tables to fill in").click()
    with zipfile.ZipFile(empty.value.path()) as bundle:
        assert "shots.csv" in bundle.namelist()
    with page.expect_download() as listed:
        page.get_by_role("link", name="imports as CSV").click()
    lines = Path(listed.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 1 + page.locator("[data-import]").count()
