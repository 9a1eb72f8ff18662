"""Opens a ledger file for one use and closes it again, waiting for the locks of other processes.

Each process keeps one DuckDB engine in memory, and attaches the file to it only while somebody uses it: that takes 2 ms
where starting an engine takes 20, and the file's lock is free in between. A connection to the *file* is never kept,
because DuckDB lets nobody write while any other process has the file open, even for reading.

Never open the ledger file with Python's own `open` in a process that has it attached: POSIX drops all locks of a
process on a file as soon as it closes any descriptor of that file.
"""

import os
import random
import re
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from analytics.ledger.interruption import ctrl_c_held_back, ctrl_c_let_through, let_through_now
from analytics.ledger.refusals import locked, refusal
from analytics.vocabulary.errors import LedgerError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ROWS_PER_GROUP = 8192
"""DuckDB rewrites the last row group of a table whenever a write is checkpointed. Its own default of 122,880 rows made
every write to a ledger of 100,000 renders take 200 ms; with 8,192 it takes 40. The choice is not kept in the file, so
it has to be made at each opening for writing."""

BLOCK_BYTES = 65536
"""Of a new file. A checkpoint writes whole blocks for each changed table: recording one render wrote 2.6 MB with
DuckDB's own 256 KiB and writes 1.1 MB with this. The file remembers it."""

_FIRST_PAUSE_SECONDS = 0.004
_LONGEST_PAUSE_SECONDS = 0.1
_LOCK_WORDS = ("Could not set lock on file", "Unique file handle conflict", "different configuration")


class _Engine:
    """DuckDB in memory, to which ledger files are attached; fetches nothing from any network.

    It works in the caller's thread alone. Our questions are small, and on a machine that is busy rendering, which is
    when the ledger is written, handing their parts to other threads made a write take three times as long.
    """

    def __init__(self) -> None:
        import duckdb

        spill_folder = Path(tempfile.gettempdir(), f"shotledger-spill-{os.getpid()}")  # made by DuckDB only when needed
        self.root: DuckDBPyConnection = duckdb.connect(
            ":memory:",
            config={
                "threads": 1,
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
                "allow_community_extensions": "false",
                "temp_directory": str(spill_folder),
            },
        )
        self.root.execute("SET GLOBAL TimeZone = 'UTC'")
        self.attached_count = 0

    def attach(self, path: Path, *, writing: bool) -> str:
        self.attached_count += 1
        alias = f"ledger_{self.attached_count}"
        options = f"ROW_GROUP_SIZE {ROWS_PER_GROUP}" if writing else "READ_ONLY"
        if writing and not path.exists():
            options += f", BLOCK_SIZE {BLOCK_BYTES}"
        quoted = str(path).replace("'", "''")
        self.root.execute(f"ATTACH '{quoted}' AS {alias} (TYPE duckdb, {options})")
        return alias


class _Door:
    """Who of this process is in a file: many readers or one writer. Threads wait here, processes at the file's lock."""

    def __init__(self) -> None:
        self.readers = 0
        self.shut = False
        self.engine: _Engine | None = None
        self.alias = ""


class _Building:
    """Everything this process has open. A forked child starts with an empty one, because no engine survives a fork."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.doors: dict[Path, _Door] = {}
        self.engine: _Engine | None = None

    def forget(self, engine: _Engine) -> None:
        """Close an engine that failed or was interrupted, which frees its files; the next use starts another."""
        engine.root.close()
        if self.engine is engine:
            self.engine = None


_building = _Building()


def _start_afresh() -> None:
    global _building
    _left_to_the_parent.append(_building)
    _building = _Building()


_left_to_the_parent: list[_Building] = []
"""Keeps a forked child from running the destructors of its parent's engine, which would touch the parent's file."""

if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_start_afresh)


@contextmanager
def opened(path: Path, *, writing: bool, wait_seconds: float) -> "Iterator[DuckDBPyConnection]":
    """A connection whose default database is the ledger file; the file is closed when the block ends.

    Parameters
    ----------
    path
        The file, absolute.
    writing
        Whether to open it for writing, which excludes everybody else.
    wait_seconds
        How long to wait for others before giving up.

    Raises
    ------
    LedgerLocked
        If others held it for longer than that.
    NotALedger, LedgerTooNew, LedgerError
        If DuckDB cannot open it or fails while the block runs.
    """
    import duckdb

    with ctrl_c_held_back():
        building = _building
        door = _enter(building, path, writing, wait_seconds)
        engine, broken = door.engine, False
        assert engine is not None
        try:
            connection = engine.root.cursor()
            try:
                connection.execute(f"USE {door.alias}")
                with ctrl_c_let_through():
                    yield connection
            finally:
                with suppress(duckdb.Error):
                    connection.close()
        except duckdb.Error as error:
            # After a fatal error (a full disk while a checkpoint is written) DuckDB refuses all work of the engine.
            broken = isinstance(error, duckdb.FatalException | duckdb.InternalException) or "invalidated" in str(error)
            raise refusal(path, error) from error
        finally:
            _leave(building, door, path, writing, broken)


@contextmanager
def on_all_processors(connection: "DuckDBPyConnection") -> Iterator[None]:
    """Let the engine hand its work to threads while the block runs: for what passes over millions of rows."""
    import duckdb

    connection.execute(f"SET threads = {os.cpu_count() or 1}")
    try:
        yield
    finally:
        with suppress(duckdb.Error):  # refused once a transaction has failed, and then nothing is lost by it
            connection.execute("SET threads = 1")


def _enter(building: _Building, path: Path, writing: bool, wait_seconds: float) -> _Door:
    began = time.monotonic()
    with building.changed:
        # By its real path: DuckDB refuses to attach one file twice, also by another name.
        door = building.doors.setdefault(Path(os.path.realpath(path)), _Door())
        while door.shut or (writing and door.readers):
            if not building.changed.wait(max(0.0, began + wait_seconds - time.monotonic())):
                raise locked(path, time.monotonic() - began, os.getpid())
        if not writing and door.readers:
            door.readers += 1
            return door
        door.shut = True
        try:
            building.engine = building.engine or _Engine()
            door.engine = building.engine
        except BaseException:
            door.shut = False
            raise
    try:
        door.alias = _attach_patiently(door.engine, path, writing, began, wait_seconds)
    except BaseException as error:
        with building.changed:
            if not isinstance(error, LedgerError):  # a Ctrl-C may have come just after the file was attached
                building.forget(door.engine)
            door.engine, door.shut = None, False
            building.changed.notify_all()
        raise
    if not writing:
        with building.changed:
            door.readers, door.shut = 1, False
            building.changed.notify_all()
    return door


def _attach_patiently(engine: _Engine, path: Path, writing: bool, began: float, wait_seconds: float) -> str:
    import duckdb

    pause = _FIRST_PAUSE_SECONDS
    while True:
        try:
            return engine.attach(path, writing=writing)
        except duckdb.Error as error:
            if not any(words in str(error) for words in _LOCK_WORDS):
                raise refusal(path, error) from error
            waited = time.monotonic() - began
            if waited >= wait_seconds:
                holder = re.search(r"\(PID (\d+)\)", str(error))
                raise locked(path, waited, int(holder[1]) if holder else None) from error
        let_through_now()
        # Random, so that processes that met once do not meet again at every try.
        time.sleep(min(pause * random.uniform(0.5, 1.5), max(0.001, wait_seconds - waited)))
        pause = min(pause * 1.6, _LONGEST_PAUSE_SECONDS)


def _leave(building: _Building, door: _Door, path: Path, writing: bool, broken: bool) -> None:
    import duckdb

    with building.changed:
        door.readers -= 0 if writing else 1
        last = writing or door.readers == 0
        door.shut = last
        engine, alias = door.engine, door.alias
    assert engine is not None
    try:
        if last and not broken:
            # This checkpoints: what was committed moves from the write-ahead log into the file, and the log goes.
            engine.root.execute(f"DETACH {alias}")
    except BaseException as error:
        broken = True
        if isinstance(error, duckdb.Error):
            raise refusal(path, error) from error
        raise
    finally:
        with building.changed:
            if broken:
                building.forget(engine)
            if last:
                door.engine, door.shut = None, False
            building.changed.notify_all()
