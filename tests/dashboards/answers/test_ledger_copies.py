"""The pages' copy of the ledger: whole, newer after each write, and never in a writer's way."""

import threading
import time

import pytest

from analytics.ledger.ledger import Ledger
from analytics.vocabulary.errors import LedgerError, NotALedger
from dashboards.answers.copying_changes import copy_changes
from dashboards.answers.file_states import file_state
from dashboards.answers.ledger_copies import LedgerCopies

WRITES = 60


def insert(ledger: Ledger, number: int) -> None:
    """One title in one transaction, and a second one in the same: a copy has both or none."""

    def write(connection):
        for half in ("a", "b"):
            connection.execute(
                "INSERT INTO titles (title_id, name, kind, origin) VALUES (?, ?, 'series', 'measured')",
                [f"{number}{half}", f"Title {number}"],
            )

    ledger.write(write)


def titles(ledger: Ledger) -> list[str]:
    with ledger.reading() as connection:
        return [row[0] for row in connection.execute("SELECT title_id FROM titles ORDER BY title_id").fetchall()]


def reckoned_at_once(path, finish) -> None:
    """As if there were no costs: the copies themselves are what is looked at here."""
    threading.Thread(target=finish, args=(True,)).start()


@pytest.fixture
def ledger(tmp_path):
    return Ledger.open(tmp_path / "ledger.duckdb")


@pytest.fixture
def copies(ledger, tmp_path):
    made = LedgerCopies(ledger.path, tmp_path / "cache", reckoned_at_once)
    yield made
    made.close()


def test_a_copy_has_what_was_written_and_is_another_file(ledger, copies):
    insert(ledger, 1)
    copy = copies.refresh()
    assert titles(copy.ledger) == ["1a", "1b"]
    assert copy.ledger.path != ledger.path
    assert copies.refresh() is copy
    insert(ledger, 2)
    assert titles(copies.refresh().ledger) == ["1a", "1b", "2a", "2b"]


def test_copies_made_while_somebody_writes_are_whole(ledger, copies):
    seen = []
    done = threading.Event()

    def write_all():
        for number in range(WRITES):
            insert(ledger, number)
        done.set()

    writer = threading.Thread(target=write_all)
    writer.start()
    while not done.is_set():
        seen.append(titles(copies.refresh().ledger))
    writer.join()
    seen.append(titles(copies.refresh().ledger))
    assert len(seen[-1]) == 2 * WRITES
    for known in seen:
        assert {each[:-1] + "a" for each in known} == {each for each in known if each.endswith("a")}
        assert len(known) % 2 == 0
    assert sorted(map(len, seen)) == [len(known) for known in seen], "no copy is older than the one before"


def test_old_copies_go_and_the_newest_two_stay(ledger, copies):
    for number in range(8):
        insert(ledger, number)
        copies.refresh()
    assert len(list(copies.folder.glob("[0-9]*.duckdb"))) <= 3
    assert titles(copies.newest().ledger)[-1] == "7b"
    assert copies.reckoned() is not None


def test_what_is_no_ledger_is_told_and_a_copy_from_before_stays(ledger, copies):
    insert(ledger, 1)
    copies.refresh()
    ledger.path.write_bytes(b"not a database at all" * 1000)
    time.sleep(0.1)
    copies.refresh()
    assert isinstance(copies.problem, NotALedger)
    assert titles(copies.newest().ledger) == ["1a", "1b"]


def test_without_a_ledger_there_is_no_copy_and_one_that_comes_is_found(tmp_path):
    copies = LedgerCopies(tmp_path / "later.duckdb", tmp_path / "cache", reckoned_at_once)
    assert copies.newest() is None
    insert(Ledger.open(tmp_path / "later.duckdb"), 1)
    give_up = time.monotonic() + 20
    while (copies.newest() is None or not titles(copies.newest().ledger)) and time.monotonic() < give_up:
        time.sleep(0.1)
    assert titles(copies.newest().ledger) == ["1a", "1b"]
    copies.close()


def test_a_folder_without_room_is_told_with_its_mend(ledger, tmp_path, monkeypatch):
    copies = LedgerCopies(ledger.path, tmp_path / "cache", reckoned_at_once)
    copies.folder.rmdir()
    copies.folder.write_text("a file where the folder should be")
    with pytest.raises(LedgerError, match=r"[Mm]ake room"):
        copies.newest()
    copies.close()


def test_the_state_of_a_file_changes_with_every_write(ledger):
    states = set()
    for number in range(5):
        insert(ledger, number)
        states.add(file_state(ledger.path))
    assert len(states) == 5


def test_a_copy_that_a_write_spoiled_is_made_whole(ledger, tmp_path):
    insert(ledger, 1)
    whole = ledger.path.read_bytes()
    target = tmp_path / "target.duckdb"
    for spoiled in (whole[: len(whole) // 2], whole[:5000] + b"?" * 300 + whole[5300:] + b"more"):
        target.write_bytes(spoiled)
        assert copy_changes(ledger.path, target, 5.0) == file_state(ledger.path)
        assert target.read_bytes() == whole


def test_without_room_for_a_copy_that_is_said(ledger, tmp_path):
    with pytest.raises(LedgerError, match="Make room in"):
        copy_changes(ledger.path, tmp_path / "nowhere" / "target.duckdb", 5.0)
