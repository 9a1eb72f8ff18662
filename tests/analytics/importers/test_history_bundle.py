"""A studio's history comes in whole or not at all, and what keeps it out is told where it stands."""

import shutil
from pathlib import Path

import duckdb
import pytest

from analytics.importers.history.contract import TABLES
from analytics.importers.history.importing import import_history
from analytics.ledger.checking import check_ledger
from analytics.ledger.ledger import Ledger
from analytics.vocabulary.errors import InputRefused

REPOSITORY = Path(__file__).resolve().parents[3]
EXAMPLE = REPOSITORY / "docs" / "history-bundle-example"


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    return shutil.copytree(EXAMPLE, tmp_path / "bundle")


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger.open(tmp_path / "studio.duckdb")


def _rows(ledger: Ledger, question: str) -> list[tuple[object, ...]]:
    with ledger.reading() as connection:
        return connection.execute(question).fetchall()


def _counts(ledger: Ledger) -> dict[str, int]:
    return {table.name: int(str(_rows(ledger, f"SELECT count(*) FROM {table.name}")[0][0])) for table in TABLES}


def _change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_the_example_comes_in_whole_and_leaves_the_ledger_in_order(bundle: Path, ledger: Ledger) -> None:
    imported = import_history(ledger, bundle)
    lines = {file.stem: len(file.read_text(encoding="utf-8").splitlines()) - 1 for file in bundle.iterdir()}
    assert _counts(ledger) == lines
    assert {each.table: each.new_count for each in imported.written} == lines
    assert [finding for finding in check_ledger(ledger, None) if finding.severity == "problem"] == []
    ((numerator, denominator),) = _rows(ledger, "SELECT fps_numerator, fps_denominator FROM productions")
    assert (numerator, denominator) == (24000, 1001)
    arms = _rows(ledger, "SELECT shot_id, workflow FROM assignments WHERE assignment_number = 1 ORDER BY shot_id")
    assert arms == [("S1", "ai"), ("S2", "traditional")]
    assert _rows(ledger, "SELECT row_id, value FROM attributes WHERE name = 'director'") == [("S1", "Ana")]
    assert _rows(ledger, "SELECT DISTINCT origin FROM shots") == [("imported",)]


def test_importing_again_changes_nothing_and_a_later_state_replaces(bundle: Path, ledger: Ledger) -> None:
    import_history(ledger, bundle)
    before = _counts(ledger)
    assert import_history(ledger, bundle).written == ()
    _change(bundle / "shots.csv", "2026-02-01,,open,S1", "2026-02-01,2026-04-02,final,S1")
    with (bundle / "work_entries.csv").open("a", encoding="utf-8") as lines:
        lines.write("W3,S2,,comp,2026-03-05,3.25\n")
    later = {each.table: (each.new_count, each.known_count) for each in import_history(ledger, bundle).written}
    assert later["work_entries"] == (1, 2)
    assert later["shots"] == (0, 2)
    assert _counts(ledger) == before | {"work_entries": before["work_entries"] + 1}
    assert _rows(ledger, "SELECT status FROM shots WHERE shot_id = 'S2'") == [("final",)]


@pytest.mark.parametrize(
    ("file", "old", "new", "place", "why"),
    [
        ("shots", "S1,P1", "S1,P9", "shots.csv, line 2, production_id = 'P9'", "not among the productions"),
        ("shots", ",72,", ",0,", "shots.csv, line 3, cut_frames = '0'", "above 0"),
        ("shots", "destruction,hard", "explosion,hard", "shots.csv, line 2, kind = 'explosion'", "none of"),
        ("shots", "2026-03-01", "2026-01-31", "shots.csv, line 2, final_on", "lies before turnover_on"),
        ("shots", "S2,P1", "S1,P1", "shots.csv, line 3, shot_id = 'S1'", "twice"),
        ("titles", "2027", "20270", "titles.csv, line 2, release_year = '20270'", "no year"),
        ("productions", "CAD", "CAX", "productions.csv, line 2, currency = 'CAX'", "ISO 4217"),
        ("productions", "23.976", "0.5", "productions.csv, line 2, fps = '0.5'", "frame rate"),
        ("productions", "CA-QC", "Quebec", "productions.csv, line 2, territory", "ISO 3166"),
        ("assignments", "2026-02-01,2026-02-10", "2026-02-11,2026-02-10", "line 2, ended_on", "before started_on"),
        ("work_entries", "7.5", "-7.5", "work_entries.csv, line 2, people_hours = '-7.5'", "0 or more"),
        ("work_entries", "7.5", "nan", "work_entries.csv, line 2, people_hours = 'nan'", "0 or more"),
        ("work_entries", "2026-02-03", "2026-02-30", "line 2, worked_on = '2026-02-30'", "no date"),
        ("work_entries", ",comp,", ",,", "work_entries.csv, line 2, department", "empty"),
        ("reviews", "-05:00", "", "reviews.csv, line 2, reviewed_at", "time zone"),
        ("charges", "12.50", "12,50", "charges.csv, line 2", "does not fit the header"),
        ("charges", "12.50", "12.5000001", "charges.csv, line 2, amount", "no amount"),
        ("rates", "520", "-520", "rates.csv, line 2, price", "0 or more"),
        ("fx_rates", "1.361234567", "0", "fx_rates.csv, line 2, rate", "above 0"),
        ("work_entries", "people_hours", "hours", "work_entries.csv, line 1", "people_hours is missing"),
        ("shots", "sequence,code", "code,code", "shots.csv, line 1 = 'code'", "two columns"),
    ],
)
def test_what_is_wrong_is_told_with_its_place_and_nothing_is_written(
    bundle: Path, ledger: Ledger, file: str, old: str, new: str, place: str, why: str
) -> None:
    _change(bundle / f"{file}.csv", old, new)
    with pytest.raises(InputRefused) as refused:
        import_history(ledger, bundle)
    told = [str(problem) for problem in refused.value.problems]
    assert any(place in line and why in line for line in told), told
    assert set(_counts(ledger).values()) == {0}
    assert _rows(ledger, "SELECT * FROM attributes") == _rows(ledger, "SELECT * FROM import_batches WHERE 1 = 0")


def test_all_problems_of_all_files_are_told_at_once(bundle: Path, ledger: Ledger) -> None:
    _change(bundle / "shots.csv", "S1,P1", "S1,P9")
    _change(bundle / "work_entries.csv", "7.5", "-1")
    _change(bundle / "charges.csv", "12.50", "twelve")
    with pytest.raises(InputRefused) as refused:
        import_history(ledger, bundle)
    assert len(refused.value.problems) == 3


def test_a_text_over_several_lines_does_not_move_the_lines_after_it(bundle: Path, ledger: Ledger) -> None:
    _change(bundle / "shots.csv", '"the parapet goes first, then the wall"', '"first the parapet,\nthen\nthe wall"')
    _change(bundle / "shots.csv", ",72,", ",many,")
    with pytest.raises(InputRefused, match=r"shots\.csv, line 5, cut_frames = 'many'"):
        import_history(ledger, bundle)
    _change(bundle / "shots.csv", "many,8,,", "72,8,")
    with pytest.raises(InputRefused, match=r"shots\.csv, line 5: does not fit the header"):
        import_history(ledger, bundle)


def test_windows_files_and_parquet_come_in_alike(bundle: Path, ledger: Ledger, tmp_path: Path) -> None:
    import_history(ledger, bundle)
    shots = bundle / "shots.csv"
    shots.write_bytes(b"\xef\xbb\xbf" + shots.read_text(encoding="utf-8").replace("\n", "\r\n").encode())
    entries = bundle / "work_entries.csv"
    duckdb.execute(f"COPY (FROM read_csv('{entries}')) TO '{bundle / 'work_entries.parquet'}' (FORMAT parquet)")
    entries.unlink()
    other = Ledger.open(tmp_path / "other.duckdb")
    import_history(other, bundle)
    for question in ("shots", "work_entries", "attributes"):
        text = f"SELECT * EXCLUDE (import_batch_id) FROM {question} ORDER BY ALL"
        assert _rows(other, text) == _rows(ledger, text)


def test_folders_that_are_no_bundles_are_refused(bundle: Path, ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="is no folder"):
        import_history(ledger, tmp_path / "nowhere")
    (bundle / "productions.csv").unlink()
    (bundle / "timelogs.csv").write_text("a,b\n", encoding="utf-8")
    with pytest.raises(InputRefused) as refused:
        import_history(ledger, bundle)
    assert [problem.why for problem in refused.value.problems] == ["is missing", "is no file of a history bundle"]


def test_the_page_names_every_column_of_the_contract() -> None:
    page = (REPOSITORY / "docs" / "history-bundle.md").read_text(encoding="utf-8")
    for table in TABLES:
        (row,) = [line for line in page.splitlines() if line.startswith(f"| {table.name} |")]
        for column in table.columns:
            assert (f"**{column.name}**" if column.required else column.name) in row
            assert all(f"`{choice}`" in row for choice in column.choices if column.name != "workflow")
