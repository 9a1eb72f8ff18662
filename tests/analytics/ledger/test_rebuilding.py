"""A ledger made anew holds the same rows, keeps what no manifest tells, and never half replaces the old one."""

from dataclasses import replace
from pathlib import Path

import pytest
from invented_manifests import invented_manifest

from analytics.ledger.asking import ledger_summary, render_rows
from analytics.ledger.backup import back_up
from analytics.ledger.checking import check_ledger
from analytics.ledger.ledger import Ledger
from analytics.ledger.manifest import MANIFEST_NAME, write_manifest
from analytics.ledger.rebuilding import RebuildCounts, rebuild
from analytics.ledger.recording import begin_render, record_manifest
from analytics.vocabulary.errors import InputRefused, LedgerError, NotALedger

TABLES = (
    "titles",
    "productions",
    "shots",
    "assignments",
    "hardware",
    "renders",
    "stages",
    "work_entries",
    "charges",
    "rate_cards",
    "rates",
)


def all_rows(ledger: Ledger) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table as text."""
    with ledger.reading() as connection:
        return {
            table: sorted(connection.execute(f"SELECT COLUMNS(*)::VARCHAR FROM {table}").fetchall(), key=str)
            for table in TABLES
        }


@pytest.fixture
def out(ledger: Ledger, tmp_path: Path) -> Path:
    """Three renders, one of them killed, with manifests; and facts that no manifest tells."""
    folder = tmp_path / "out"
    for number, name in enumerate(("0001", "0002", "killed")):
        manifest = invented_manifest(name, finished=name != "killed", minutes=number)
        write_manifest(manifest, folder / name)
        record_manifest(ledger, manifest)

    def other_facts(connection) -> None:  # type: ignore[no-untyped-def]
        connection.execute("INSERT INTO rate_cards VALUES ('c', 'Card', 'USD', 'assumed', NULL)")
        connection.execute("""INSERT INTO charges VALUES
            ('c', 'test_shots', NULL, NULL, 'api', NULL, 12.345678, 'USD', DATE '2026-01-01', 'imported', NULL)""")
        connection.execute("UPDATE shots SET camera_move = 'crane'")

    ledger.write(other_facts)
    return folder


def test_a_rebuilt_ledger_has_the_same_rows(ledger: Ledger, out: Path) -> None:
    before = all_rows(ledger)
    kept = ledger.path.with_name("shots.duckdb.before-rebuild")
    assert rebuild(ledger.path, [out]) == RebuildCounts(3, 3, 1, 9, kept)
    assert all_rows(ledger) == before
    assert all_rows(Ledger.open(kept)) == before
    assert check_ledger(ledger, out)[0].severity == "notice"
    assert sorted(path.name for path in ledger.path.parent.iterdir()) == [
        "out",
        "shots.duckdb",
        "shots.duckdb.before-rebuild",
    ]


def test_a_lost_ledger_comes_back_from_manifests_alone(ledger: Ledger, out: Path) -> None:
    rows = render_rows(ledger)
    ledger.path.unlink()
    assert rebuild(ledger.path, [out]) == RebuildCounts(3, 3, 0, 0, None)
    assert render_rows(ledger) == rows


def test_lost_and_changed_rows_are_mended(ledger: Ledger, out: Path) -> None:
    rows = render_rows(ledger)
    ledger.write(lambda connection: connection.execute("DELETE FROM stages WHERE render_id = 'collapse-ai-0002'"))
    ledger.write(lambda connection: connection.execute("DELETE FROM renders WHERE render_id = 'collapse-ai-0001'"))
    ledger.write(lambda connection: connection.execute("UPDATE renders SET wall_seconds = 99"))
    rebuild(ledger.path, [out])
    assert render_rows(ledger) == rows


def test_a_render_whose_manifest_is_gone_is_kept(ledger: Ledger, out: Path) -> None:
    rows = render_rows(ledger)
    (out / "0001" / MANIFEST_NAME).unlink()
    assert rebuild(ledger.path, [out]).kept_render_count == 2
    assert render_rows(ledger) == rows


def test_an_end_that_only_the_ledger_knows_is_kept(ledger: Ledger, out: Path) -> None:
    record_manifest(ledger, invented_manifest("killed", minutes=2))
    rows = render_rows(ledger)
    rebuild(ledger.path, [out])
    assert render_rows(ledger) == rows


def test_a_copied_folder_counts_once(ledger: Ledger, out: Path) -> None:
    write_manifest(invented_manifest("0001"), out / "copy of 0001")
    write_manifest(invented_manifest("0002", finished=False, minutes=1), out / "older copy of 0002")
    rows = render_rows(ledger)
    assert rebuild(ledger.path, [out]).render_count == 3
    assert render_rows(ledger) == rows


def test_bad_manifests_stop_a_rebuild_and_are_told_all_at_once(ledger: Ledger, out: Path) -> None:
    before = ledger.path.read_bytes()
    for name in ("bad", "worse"):
        (out / name).mkdir()
        (out / name / MANIFEST_NAME).write_text("{")
    other_end = invented_manifest("0001")
    with pytest.raises(InputRefused) as refused:
        rebuild(ledger.path, [out, out / "nowhere"])
    assert len(refused.value.problems) == 3
    for name in ("bad", "worse"):
        (out / name / MANIFEST_NAME).unlink()
    write_manifest(replace(other_end, render=replace(other_end.render, seed=8)), out / "other")
    with pytest.raises(InputRefused, match="tells another end of this render"):
        rebuild(ledger.path, [out])
    assert ledger.path.read_bytes() == before
    assert not ledger.path.with_name("shots.duckdb.before-rebuild").exists()


def test_what_is_no_ledger_is_not_replaced(tmp_path: Path, out: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("notes")
    with pytest.raises(NotALedger):
        rebuild(notes, [out])
    assert notes.read_text() == "notes"


def test_a_backup_is_an_equal_ledger(ledger: Ledger, out: Path, tmp_path: Path) -> None:
    copy = Ledger.open(back_up(ledger, tmp_path / "safe" / "copy.duckdb"), create=False)
    assert all_rows(copy) == all_rows(ledger)
    with ledger.reading() as original, copy.reading() as copied:
        for table in ("ledger", "migrations"):
            query = f"SELECT COLUMNS(*)::VARCHAR FROM {table} ORDER BY 1"
            assert copied.execute(query).fetchall() == original.execute(query).fetchall()
    begin_render(copy, invented_manifest("later", finished=False))
    assert ledger_summary(copy)[5].row_count == ledger_summary(ledger)[5].row_count + 1


def test_a_backup_overwrites_nothing(ledger: Ledger, tmp_path: Path) -> None:
    taken = tmp_path / "taken.duckdb"
    taken.write_text("mine")
    for target in (taken, tmp_path, ledger.path):
        with pytest.raises(LedgerError, match="is there already and is not overwritten"):
            back_up(ledger, target)
    assert taken.read_text() == "mine"
    with pytest.raises(LedgerError, match="a part of this path is a file"):
        back_up(ledger, taken / "copy.duckdb")
