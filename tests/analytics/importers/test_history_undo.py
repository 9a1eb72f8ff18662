"""An import can be looked at before and taken back after, and the ledger is as it was."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.importers.history.contract import TABLES
from analytics.importers.history.importing import import_history, preview_history
from analytics.ledger.backup import back_up
from analytics.ledger.checking import check_ledger
from analytics.ledger.ledger import Ledger
from analytics.ledger.staging.batches import imports_of
from analytics.ledger.staging.undoing import undo_import, undo_plan
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.origin import Origin

EXAMPLE = Path(__file__).resolve().parents[3] / "docs" / "history-bundle-example"
ALL_TABLES = (*(table.name for table in TABLES), "attributes", "hardware", "rate_cards")


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    return shutil.copytree(EXAMPLE, tmp_path / "bundle")


@pytest.fixture(scope="module")
def empty_ledger(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("empty") / "studio.duckdb"
    Ledger.open(path)
    return path.read_bytes()


@pytest.fixture
def ledger(tmp_path: Path, empty_ledger: bytes) -> Ledger:
    path = tmp_path / "studio.duckdb"
    path.write_bytes(empty_ledger)
    return Ledger.open(path)


def content(ledger: Ledger) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table that an import can touch, with the import it is from."""
    with ledger.reading() as connection:
        return {
            table: connection.execute(f"SELECT CAST(kept AS VARCHAR) FROM {table} AS kept ORDER BY 1").fetchall()
            for table in ALL_TABLES
        }


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def add(file: Path, line: str) -> None:
    with file.open("a", encoding="utf-8") as lines:
        lines.write(f"{line}\n")


def later_state(bundle: Path) -> None:
    """Something new, something changed and something gone, in tables of every sort."""
    change(bundle / "shots.csv", "2026-02-01,,open,S1", "2026-02-01,2026-04-02,final,S1")
    change(bundle / "shots.csv", "Ana", "Bea")
    change(bundle / "rates.csv", "520", "521.5")
    add(bundle / "work_entries.csv", "W3,S2,,comp,2026-03-05,3.25")
    change(bundle / "charges.csv", "12.50", "13.123456")
    assignments = (bundle / "assignments.csv").read_text(encoding="utf-8")
    change(bundle / "assignments.csv", assignments, assignments.replace("S1,traditional,2026-02-10,,final\n", ""))


def test_a_preview_tells_what_the_import_then_does_and_writes_nothing(bundle: Path, ledger: Ledger) -> None:
    import_history(ledger, bundle)
    assert preview_history(ledger, bundle).imported_at is not None
    later_state(bundle)
    before = content(ledger)
    preview = preview_history(ledger, bundle)
    assert content(ledger) == before
    written = import_history(ledger, bundle).written
    assert [each.counts for each in preview.tables if each.table in {table.name for table in TABLES}] == list(written)
    tables = {each.table: each for each in preview.tables}
    assert [(c.column, c.row_count) for c in tables["shots"].columns] == [("final_on", 1), ("status", 1)]
    (cell,) = tables["shots"].columns[0].examples
    assert (cell.row, cell.before, cell.after) == ("S2", None, "2026-04-02")
    (price,) = tables["rates"].columns[0].examples
    assert (price.before, price.after) == ("520", "521.5")
    assert (tables["assignments"].counts.gone_count, tables["assignments"].gone_examples) == (1, ("S1, assignment 2",))
    assert tables["work_entries"].new_examples == ("W3",)
    (hours,) = tables["work_entries"].amounts
    assert (hours.unit, hours.change) == ("hours", 3.25)
    assert tables["attributes"].columns[0].examples[0].after == "Bea"
    assert "titles" in tables
    assert tables["titles"].changes_nothing


def test_an_import_taken_back_leaves_every_row_as_it_was(bundle: Path, ledger: Ledger) -> None:
    empty = content(ledger)
    first = import_history(ledger, bundle, by="Ana")
    before = content(ledger)
    later_state(bundle)
    second = import_history(ledger, bundle)
    assert content(ledger) != before
    plan = undo_plan(ledger, second.import_batch_id)
    assert plan.obstacles == ()
    assert undo_import(ledger, second.import_batch_id, by="Bea") == plan.tables
    assert content(ledger) == before
    undo_import(ledger, first.import_batch_id)
    assert content(ledger) == empty
    assert [finding for finding in check_ledger(ledger) if finding.severity == "problem"] == []
    last, earlier = imports_of(ledger)
    assert (last.undone_by, earlier.imported_by) == ("Bea", "Ana")
    assert last.undone_at is not None
    assert (last.new_count, last.changed_count) == (1, 5)


def test_what_was_taken_back_can_be_imported_again(bundle: Path, ledger: Ledger) -> None:
    first = import_history(ledger, bundle)
    before = content(ledger)
    undo_import(ledger, first.import_batch_id)
    assert preview_history(ledger, bundle).imported_at is None
    again = import_history(ledger, bundle)
    assert again.import_batch_id != first.import_batch_id
    assert {table: len(rows) for table, rows in content(ledger).items()} == {t: len(r) for t, r in before.items()}
    undo_import(ledger, again.import_batch_id)
    with pytest.raises(InputRefused, match="taken back already"):
        undo_import(ledger, again.import_batch_id)


def test_an_import_that_a_later_one_says_again_is_kept(bundle: Path, ledger: Ledger) -> None:
    first = import_history(ledger, bundle)
    add(bundle / "work_entries.csv", "W3,S2,,comp,2026-03-05,3.25")
    second = import_history(ledger, bundle)
    with pytest.raises(InputRefused, match=r"says \d+ again.*Take that one back first: " + second.import_batch_id):
        undo_import(ledger, first.import_batch_id)
    undo_import(ledger, second.import_batch_id)
    undo_import(ledger, first.import_batch_id)


def test_rows_of_other_imports_hold_an_import_in_place(bundle: Path, ledger: Ledger, tmp_path: Path) -> None:
    first = import_history(ledger, bundle)
    more = tmp_path / "more"
    more.mkdir()
    (more / "productions.csv").write_text("production_id,name,currency,fps\nP9,Other,USD,24\n", encoding="utf-8")
    (more / "shots.csv").write_text("shot_id,production_id,code,cut_frames\nS9,P9,c,10\n", encoding="utf-8")
    (more / "work_entries.csv").write_text(
        "work_entry_id,shot_id,department,worked_on,people_hours\nW8,S1,comp,2026-02-20,4\nW9,S2,comp,2026-02-20,4\n",
        encoding="utf-8",
    )
    import_history(ledger, more)
    before = content(ledger)
    with pytest.raises(
        InputRefused, match=r"2 work entries of other imports belong to shots that it brought.*W8 to S1"
    ):
        undo_import(ledger, first.import_batch_id)
    assert content(ledger) == before


def test_what_shotledger_recorded_itself_holds_an_import_in_place(bundle: Path, ledger: Ledger) -> None:
    first = import_history(ledger, bundle)
    ledger.write(
        lambda connection: connection.execute(
            "INSERT INTO quality_scores BY NAME "
            "SELECT 'R1' AS render_id, 'ssim' AS metric, '' AS against, 0.5 AS value, 'measured' AS origin"
        )
    )
    with pytest.raises(InputRefused, match="1 quality score recorded by Shotledger belongs to renders that it brought"):
        undo_import(ledger, first.import_batch_id)


def test_imports_of_older_versions_and_unknown_ones_are_refused_in_words(bundle: Path, ledger: Ledger) -> None:
    imported = import_history(ledger, bundle)
    ledger.write(lambda connection: connection.execute("DELETE FROM import_counts"))
    with pytest.raises(InputRefused, match="before Shotledger kept what an import replaces"):
        undo_import(ledger, imported.import_batch_id)
    with pytest.raises(InputRefused, match="is not among the imports"):
        undo_plan(ledger, "nothing")


def test_a_real_state_of_synthetic_rows_and_a_backup_keep_what_was_replaced(
    bundle: Path, ledger: Ledger, tmp_path: Path
) -> None:
    import_history(ledger, bundle, Origin.SYNTHETIC)
    before = content(ledger)
    change(bundle / "work_entries.csv", "7.5", "8")
    second = import_history(ledger, bundle)  # the same rows, now real: each of them is changed
    assert {each.unchanged_count for each in second.written} == {0}
    copy = Ledger.open(back_up(ledger, tmp_path / "copy.duckdb"))
    undo_import(copy, second.import_batch_id)
    assert content(copy) == before


def test_a_new_line_among_the_rates_moves_no_other(bundle: Path, ledger: Ledger) -> None:
    import_history(ledger, bundle)
    header, line = (bundle / "rates.csv").read_text(encoding="utf-8").splitlines()
    (bundle / "rates.csv").write_text(
        f"{header}\n{line.replace(line.split(',')[0], 'energy')}\n{line}\n", encoding="utf-8"
    )
    (rates,) = [each for each in import_history(ledger, bundle).written if each.table == "rates"]
    assert (rates.new_count, rates.changed_count, rates.unchanged_count) == (1, 0, 1)


FIRST_DAY = date(2026, 1, 1).toordinal()
ENTRIES = st.dictionaries(
    st.integers(1, 6).map(lambda n: f"W{n}"),
    st.tuples(st.sampled_from(["S1", "S2"]), st.integers(0, 40), st.decimals(0, 999, places=6), st.sampled_from("ab")),
    max_size=6,
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(states=st.lists(ENTRIES, min_size=1, max_size=3))
def test_any_states_taken_back_in_turn_lead_back(
    states: list[dict[str, tuple[str, int, object, str]]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("states")
    bundle, ledger = shutil.copytree(EXAMPLE, folder / "bundle"), Ledger.open(folder / "a.duckdb")
    seen, done = [content(ledger)], []
    for state in states:
        lines = ["work_entry_id,shot_id,department,worked_on,people_hours,who"]
        lines += [
            f"{id_},{shot},comp,{date.fromordinal(FIRST_DAY + day)},{hours},{who}"
            for id_, (shot, day, hours, who) in state.items()
        ]
        (bundle / "work_entries.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        imported = import_history(ledger, bundle)
        if imported.written:
            done.append(imported.import_batch_id)
            seen.append(content(ledger))
    for batch_id in reversed(done):
        assert content(ledger) == seen.pop()
        undo_import(ledger, batch_id)
    assert content(ledger) == seen.pop()
