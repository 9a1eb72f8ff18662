"""Opening: what is made, what is refused and in which words, and that refused files stay as they were."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import duckdb
import pytest
from invented_manifests import invented_manifest

from analytics.ledger.asking import ledger_summary, render_rows
from analytics.ledger.building import copy_rows, database_name, fact_tables
from analytics.ledger.checking import check_ledger
from analytics.ledger.ledger import Ledger
from analytics.ledger.opening import opened
from analytics.ledger.recording import record_manifest
from analytics.ledger.schema import migrate, shipped_migrations
from analytics.vocabulary.errors import (
    InputRefused,
    LedgerError,
    LedgerLocked,
    LedgerTooNew,
    MigrationChanged,
    NotALedger,
)


def test_a_new_ledger_is_made_with_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "studio" / "2026" / "shots.duckdb"
    ledger = Ledger.open(path)
    assert [summary.row_count for summary in ledger_summary(ledger)] == [0] * 17
    assert os.listdir(path.parent) == ["shots.duckdb"]


def test_opening_again_changes_no_byte(ledger: Ledger) -> None:
    before = ledger.path.read_bytes()
    assert render_rows(Ledger.open(ledger.path)) == []
    assert ledger.path.read_bytes() == before


def test_a_name_with_quotes_and_spaces_is_a_name(tmp_path: Path) -> None:
    ledger = Ledger.open(tmp_path / "O'Brien's \"show\"; DROP.duckdb")
    record_manifest(ledger, invented_manifest())
    assert len(render_rows(ledger)) == 1


def test_a_missing_ledger_is_not_made_unless_wanted(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="is not there"):
        Ledger.open(tmp_path / "shots.duckdb", create=False)
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("content", [b"", b"shot,hours\ncollapse,4\n", bytes(8192)])
def test_a_file_of_another_kind_is_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "shots.csv"
    path.write_bytes(content)
    with pytest.raises(NotALedger, match=r"shots\.csv.*not a DuckDB file.*--ledger"):
        Ledger.open(path)
    assert path.read_bytes() == content
    assert os.listdir(tmp_path) == ["shots.csv"]


def test_a_damaged_ledger_says_how_to_go_on(ledger: Ledger) -> None:
    damaged = bytearray(ledger.path.read_bytes())
    damaged[100:12000] = bytes(11900)
    ledger.path.write_bytes(damaged)
    with pytest.raises(LedgerError, match=r"is damaged.*backup"):
        Ledger.open(ledger.path)
    assert ledger.path.read_bytes() == damaged


@pytest.mark.parametrize(
    "table", ["CREATE TABLE invoices (amount INTEGER)", "CREATE TABLE migrations (number INTEGER)", "SELECT 1"]
)
def test_a_duckdb_file_of_somebody_else_is_left_as_it_is(tmp_path: Path, table: str) -> None:
    path = tmp_path / "other.duckdb"
    with duckdb.connect(str(path)) as other:
        other.execute(table)
    before = path.read_bytes()
    with pytest.raises(NotALedger, match="no Shotledger ledger"):
        Ledger.open(path)
    assert path.read_bytes() == before


def test_a_folder_is_no_ledger(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match=r"is a folder.*shots\.duckdb"):
        Ledger.open(tmp_path)


def test_a_path_below_a_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("notes")
    with pytest.raises(LedgerError, match=r"cannot be written here \(a part of this path is a file"):
        Ledger.open(tmp_path / "notes.txt" / "shots.duckdb")


_AS_NOBODY = """
import os, sys
from pathlib import Path
from analytics.ledger.ledger import Ledger
from analytics.vocabulary.errors import LedgerError
Ledger.open(Path(sys.argv[2])).write(lambda connection: None)  # loads everything while it may still be read
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
try:
    ledger = Ledger.open(Path(sys.argv[1]))
    ledger.write(lambda connection: None)
except LedgerError as error:
    print(error)
"""


def _as_nobody(path: Path, other: Path) -> str:
    """What a process says that may not do everything, even where the tests run as root."""
    return subprocess.run(
        [sys.executable, "-c", _AS_NOBODY, str(path), str(other)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path.cwd(),
    ).stdout


def test_a_folder_without_permission_is_a_sentence(ledger: Ledger, whole_ledger_bytes: bytes) -> None:
    import tempfile

    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        closed = Path(folder)
        (closed / "shots.duckdb").write_bytes(whole_ledger_bytes)
        (closed / "shots.duckdb").chmod(0o444)
        closed.chmod(0o555)
        assert "shots.duckdb': cannot be written here (permission denied)" in _as_nobody(
            closed / "shots.duckdb", ledger.path
        )
        assert "new.duckdb': cannot be written here (permission denied)" in _as_nobody(
            closed / "new.duckdb", ledger.path
        )
        assert os.listdir(closed) == ["shots.duckdb"]
        closed.chmod(0o755)


_ON_A_SMALL_DISK = """
import resource, sys
from pathlib import Path
from invented_manifests import invented_manifest
from analytics.ledger.ledger import Ledger
from analytics.ledger.recording import record_manifest
from analytics.vocabulary.errors import LedgerError
path = Path(sys.argv[1])
ledger = Ledger.open(path)
record_manifest(ledger, invented_manifest("first"))
resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size, resource.RLIM_INFINITY))
try:
    ledger.write(lambda connection: connection.execute(
        "INSERT INTO attributes SELECT 'shots', range::VARCHAR, 'note', md5(range::VARCHAR), NULL FROM range(200000)"))
except LedgerError as error:
    print(error)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
record_manifest(ledger, invented_manifest("after room was made"))
"""


def test_a_full_disk_is_a_sentence_and_nothing_is_half_written(ledger: Ledger) -> None:
    child = subprocess.run(
        [sys.executable, "-c", _ON_A_SMALL_DISK, str(ledger.path)],
        capture_output=True,
        text=True,
        check=True,
        env=_child_environment(),
    )
    assert "the disk is full" in child.stdout
    with ledger.reading() as connection:
        assert connection.execute(
            "SELECT (SELECT count(*) FROM renders), (SELECT count(*) FROM attributes)"
        ).fetchall() == [(2, 0)]


def _child_environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": os.pathsep.join([str(Path.cwd()), str(Path(__file__).parent)])}


@pytest.mark.parametrize("address", ["quack:localhost:4213", "ducklake:postgres:studio", "s3://studio/shots.duckdb"])
def test_addresses_wait_for_a_later_version(address: str) -> None:
    with pytest.raises(InputRefused, match="opens files, not"):
        Ledger.open(address)


@pytest.mark.parametrize("path", ["", "  ", "a\0b"])
def test_no_path_at_all_is_refused(path: str) -> None:
    with pytest.raises(InputRefused, match="is not a path"):
        Ledger.open(path)


def test_a_path_too_long_for_the_system_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="file name too long"):
        Ledger.open(tmp_path / ("a" * 300))


def test_a_changed_migration_is_refused(ledger: Ledger) -> None:
    ledger.write(
        lambda connection: connection.execute("UPDATE migrations SET sha256 = repeat('0', 64) WHERE number = 2")
    )
    before = ledger.path.read_bytes()
    with pytest.raises(MigrationChanged, match="0002_productions_and_shots"):
        Ledger.open(ledger.path)
    assert ledger.path.read_bytes() == before


def test_a_gap_in_the_record_of_migrations_is_refused(ledger: Ledger) -> None:
    ledger.write(lambda connection: connection.execute("DELETE FROM migrations WHERE number = 2"))
    with pytest.raises(MigrationChanged, match="no record of migration 0002"):
        Ledger.open(ledger.path)


def test_a_ledger_of_a_newer_version_is_refused_by_opening_and_by_each_use(ledger: Ledger) -> None:
    ledger.write(
        lambda connection: connection.execute("INSERT INTO migrations VALUES (99, 'later', repeat('0', 64), now())")
    )
    with pytest.raises(LedgerTooNew, match="schema 99"):
        Ledger.open(ledger.path)
    with pytest.raises(LedgerTooNew, match="schema 99"):
        render_rows(ledger)
    with pytest.raises(LedgerTooNew):
        record_manifest(ledger, invented_manifest())


def of_schema(number: int, ledger: Ledger, path: Path) -> Path:
    """A ledger as the version made it that shipped so many migrations, with the rows of another."""
    with (
        opened(ledger.path, writing=False, wait_seconds=1) as source,
        opened(path, writing=True, wait_seconds=1) as connection,
    ):
        migrate(connection, shipped_migrations()[:number])
        for table in fact_tables(connection):
            copy_rows(connection, database_name(source), table)
    return path


@pytest.mark.parametrize("number", [4, 6])
def test_missing_migrations_are_run_and_recorded_and_keep_the_rows(ledger: Ledger, tmp_path: Path, number: int) -> None:
    record_manifest(ledger, invented_manifest("0001"))
    rows = render_rows(ledger)
    old = of_schema(number, ledger, tmp_path / "old.duckdb")
    with pytest.raises(LedgerError, match="older schema"):
        render_rows(Ledger(old))
    opened_again = Ledger.open(old)
    assert render_rows(opened_again) == rows
    record_manifest(opened_again, invented_manifest("0002"))
    with opened_again.reading() as connection:
        numbers = connection.execute("SELECT number FROM migrations ORDER BY number").fetchall()
    assert numbers == [(each,) for each in range(1, len(shipped_migrations()) + 1)]
    assert check_ledger(opened_again) == []


_HOLD = "import duckdb, sys, time; held = duckdb.connect(sys.argv[1]); print('held', flush=True); time.sleep(60)"


def test_a_ledger_locked_too_long_names_the_holder(ledger: Ledger) -> None:
    with subprocess.Popen([sys.executable, "-c", _HOLD, str(ledger.path)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        impatient = Ledger(ledger.path, wait_seconds=0.3)
        began = time.monotonic()
        for use in (lambda: render_rows(impatient), lambda: record_manifest(impatient, invented_manifest())):
            with pytest.raises(LedgerLocked, match=rf"held open by process {holder.pid}; waited 0\.[3-9] seconds"):
                use()
        assert time.monotonic() - began < 5
        holder.kill()
    assert render_rows(Ledger.open(ledger.path)) == []


def test_a_lock_that_ends_in_time_is_waited_for(ledger: Ledger) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD.replace("sleep(60)", "sleep(0.4)"), str(ledger.path)], stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        record_manifest(ledger, invented_manifest())
    assert len(render_rows(ledger)) == 1


def test_no_lock_is_held_between_uses(ledger: Ledger) -> None:
    record_manifest(ledger, invented_manifest())
    render_rows(ledger)
    other = "import duckdb, sys; duckdb.connect(sys.argv[1]).execute('CREATE TABLE theirs (a INTEGER)')"
    subprocess.run([sys.executable, "-c", other, str(ledger.path)], check=True)


def test_threads_of_one_process_read_and_write_side_by_side(ledger: Ledger) -> None:
    failures: list[BaseException] = []

    def work(thread: int) -> None:
        try:
            for number in range(5):
                record_manifest(ledger, invented_manifest(f"{thread}-{number}"))
                with ledger.reading():  # a question within a question
                    assert render_rows(ledger, render_id=f"collapse-ai-{thread}-{number}")
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=work, args=(thread,)) for thread in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(render_rows(ledger)) == 20


def test_a_link_leads_to_the_same_ledger(ledger: Ledger, tmp_path: Path) -> None:
    link = tmp_path / "link.duckdb"
    link.symlink_to(ledger.path)
    linked = Ledger.open(link)
    record_manifest(linked, invented_manifest())
    with ledger.reading():
        assert len(render_rows(linked)) == 1


def test_a_forked_child_does_not_disturb_its_parent(ledger: Ledger) -> None:
    record_manifest(ledger, invented_manifest("parent"))
    child = os.fork()
    if child == 0:
        try:
            record_manifest(Ledger.open(ledger.path), invented_manifest("child"))
            os._exit(0)
        finally:
            os._exit(1)
    assert os.waitpid(child, 0)[1] == 0
    assert {row["render_id"] for row in render_rows(ledger)} == {"collapse-ai-parent", "collapse-ai-child"}


def test_many_makers_of_one_ledger_make_one(tmp_path: Path) -> None:
    path = tmp_path / "shots.duckdb"
    make = "import sys; from analytics.ledger.ledger import Ledger; Ledger.open(sys.argv[1])"
    makers = [subprocess.Popen([sys.executable, "-c", make, str(path)], env=_child_environment()) for _ in range(4)]
    assert [maker.wait() for maker in makers] == [0] * 4
    assert os.listdir(tmp_path) == ["shots.duckdb"]
    with Ledger.open(path).reading() as connection:
        assert connection.execute("SELECT count(*) FROM ledger").fetchall() == [(1,)]


_INTERRUPTED = """
import os, random, signal, sys
from pathlib import Path
from invented_manifests import invented_manifest
from analytics.ledger.asking import render_rows
from analytics.ledger.ledger import Ledger
from analytics.ledger.recording import record_manifest
ledger = Ledger.open(Path(sys.argv[1]), wait_seconds=5)
record_manifest(ledger, invented_manifest("first"))
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where the tests run in a shell's background
signal.signal(signal.SIGALRM, lambda number, frame: os.kill(os.getpid(), signal.SIGINT))
interrupted = 0
random.seed(int(sys.argv[2]))
for number in range(12):
    signal.setitimer(signal.ITIMER_REAL, random.uniform(0.001, 0.05))
    try:
        record_manifest(ledger, invented_manifest(f"tried-{number}"))
        render_rows(ledger)
        signal.pause()
    except KeyboardInterrupt:
        interrupted += 1
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    record_manifest(ledger, invented_manifest(f"after-{number}"))
print(interrupted, sum("after" in row["render_id"] for row in render_rows(ledger)))
"""


def test_ctrl_c_at_any_moment_leaves_a_process_that_can_go_on(ledger: Ledger) -> None:
    child = subprocess.run(
        [sys.executable, "-c", _INTERRUPTED, str(ledger.path), "7"],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env=_child_environment(),
    )
    assert (child.stdout.strip(), child.stderr) == ("12 12", "")
    assert check_ledger(ledger) == []


def test_an_action_that_fails_leaves_nothing(ledger: Ledger) -> None:
    def half(connection: duckdb.DuckDBPyConnection) -> None:
        connection.execute("INSERT INTO titles (title_id, name, origin) VALUES ('t', 'T', 'imported')")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ledger.write(half)
    with pytest.raises(LedgerError, match="Constraint"):
        ledger.write(
            lambda connection: connection.execute(
                "INSERT INTO titles (title_id, name, origin) VALUES ('u', 'U', 'guessed')"
            )
        )
    assert ledger_summary(ledger)[0].row_count == 0
