"""The pages' own copy of the ledger, made anew after every write: pages never hold the ledger itself open.

DuckDB lets nobody write while another process has the file open, even for reading; ten open pages would keep a writer
waiting. So the file is copied while nobody has it locked by us, and the copy is used only if neither the file nor its
write-ahead log changed meanwhile.
"""

import atexit
import logging
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from analytics.ledger.ledger import Ledger
from analytics.vocabulary.errors import LedgerError, ShotledgerError
from dashboards.answers.copying_changes import copy_changes
from dashboards.answers.crew import Crew
from dashboards.answers.file_states import FileState, file_state, log_of, quiet_state

LOOK_EVERY_SECONDS = 0.5
MOST_REST_SECONDS = 5.0
"""An open page shows within ten seconds what another process wrote, also where the first copy took long: it also loads
the database."""
TRIES = 2
"""Copies that a write may spoil before nobody is let write for a moment."""
REST = 4.0
"""While somebody writes all the time, copying and reckoning take a fifth of a processor each, not all of it."""

COPIES_KEPT = 3
READ_WAIT_SECONDS = 20.0


@dataclass(frozen=True)
class LedgerCopy:
    """One state of the ledger.

    Attributes
    ----------
    ledger
        The copy, to be asked like any ledger. What is reckoned in it is lost with it.
    state
        Times and sizes of the files that it was copied from.
    """

    ledger: Ledger
    state: FileState


class LedgerCopies:
    """Keeps the newest copies of a ledger. One for the whole server; a thread of its own looks for writes.

    There are two: the *newest*, which is there within a moment of a write, and the *reckoned* one, in which every cost
    is already worked out. In a large ledger the second one is some seconds behind.
    """

    def __init__(self, path: Path, folder: Path, reckon: Callable[[Path, Callable[[bool], None]], None]) -> None:
        self.path = path
        self.folder = folder / f"copies-{os.getpid()}"
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _clear_the_dead(folder)
        self.problem: ShotledgerError | None = None
        self._reckon = reckon
        self._newest: LedgerCopy | None = None
        self._reckoned: LedgerCopy | None = None
        self._reckoning: FileState | None = None
        self._failed: FileState | None = None
        self._turn = threading.Lock()
        self._count = 0
        self._reckon_again_at = 0.0
        self._copy_seconds = 0.0
        self._watch_lock = threading.Lock()
        self._is_watching = False
        self._watcher: threading.Thread | None = None
        self._is_closed = threading.Event()
        self._copying = Crew(1, "copying")

    def close(self) -> None:
        """Look no more, and take the copies away."""
        self._is_closed.set()
        if self._watcher is not None:
            self._watcher.join(READ_WAIT_SECONDS)  # the end of the process would cut it off inside the database
        shutil.rmtree(self.folder, ignore_errors=True)

    def newest(self) -> LedgerCopy | None:
        """The last copy that was made; ``None`` where there is no ledger.

        Raises
        ------
        ShotledgerError
            If there is a ledger that cannot be opened and no copy from before.
        """
        with self._watch_lock:
            if not self._is_watching:
                self.refresh()
                self._is_watching = True
                self._watcher = threading.Thread(target=self._watch, name="ledger copies", daemon=True)
                self._watcher.start()
                atexit.register(self.close)
        if self._newest is None and self.problem is not None:
            raise self.problem
        return self._newest

    def reckoned(self) -> LedgerCopy | None:
        """The last copy with every cost worked out; ``None`` until there is one."""
        self.newest()
        return self._reckoned

    def refresh(self) -> LedgerCopy | None:
        """Bring the newest copy up to date now, unless it is: after a write of our own."""
        with self._turn:
            state = file_state(self.path)
            if state is None:
                self._newest = self._reckoned = self.problem = None
            elif self._newest is None or state != self._newest.state:
                began = time.monotonic()
                try:
                    self._newest, self.problem = self._copied(), None
                except ShotledgerError as error:
                    self.problem = error
                self._copy_seconds = time.monotonic() - began
            self._begin_reckoning()
            return self._newest

    def _begin_reckoning(self) -> None:
        """Have the costs of the newest copy worked out in a copy of its own, one state at a time."""
        newest = self._newest
        if newest is None or self._reckoning is not None or newest.state == self._failed:
            return
        if time.monotonic() < self._reckon_again_at:
            return
        if self._reckoned is not None and self._reckoned.state == newest.state:
            return
        self._reckoning, began = newest.state, time.monotonic()
        target = newest.ledger.path.with_name(f"reckoned-{newest.ledger.path.name}")
        _copy_files(newest.ledger.path, target)

        def finish(is_well: bool) -> None:
            with self._turn:
                if is_well and self._newest is not None:
                    self._reckoned = LedgerCopy(Ledger(target, READ_WAIT_SECONDS), newest.state)
                elif not is_well:
                    self._failed = newest.state
                self._reckoning = None
                self._reckon_again_at = time.monotonic() + REST * (time.monotonic() - began)
            self.refresh()

        self._reckon(target, finish)

    def _watch(self) -> None:
        while not self._is_closed.wait(min(max(LOOK_EVERY_SECONDS, REST * self._copy_seconds), MOST_REST_SECONDS)):
            try:
                self.refresh()
            except Exception:
                logging.getLogger("shotledger.pages").exception("the ledger could not be copied")

    def _copied(self) -> LedgerCopy:
        if self._newest is None:
            Ledger.open(self.path, create=False)  # brings an older schema up to date, and refuses what is no ledger
        self._count += 1
        target = self.folder / f"{self._count}.duckdb"
        for _ in range(TRIES):
            state = quiet_state(self.path)
            _copy_files(self.path, target)
            if file_state(self.path) == state:
                break
        else:
            # Somebody writes all the time: keep them out, not while the file is copied, but while what was written
            # meanwhile is found and copied.
            state = self._copying.begin(copy_changes, self.path, target, READ_WAIT_SECONDS).value()
        copy = LedgerCopy(Ledger.open(target, create=False, wait_seconds=READ_WAIT_SECONDS), state)
        self._clear_old()
        return copy

    def _clear_old(self) -> None:
        """Take away what no page asks any more. A file that somebody still has open goes when they close it."""
        held = {each.ledger.path for each in (self._newest, self._reckoned) if each is not None}
        for old in self.folder.glob("*.duckdb*"):
            number = old.name.removeprefix("reckoned-").partition(".")[0]
            if int(number) <= self._count - COPIES_KEPT and not any(old.name.startswith(each.name) for each in held):
                old.unlink(missing_ok=True)


def _copy_files(path: Path, target: Path) -> None:
    """By another process: POSIX drops every lock of a process on a file when it closes that file anywhere."""
    log, target_log = log_of(path), log_of(target)
    done = subprocess.run(["cp", str(path), str(target)], check=False, capture_output=True, text=True)
    if done.returncode and path.exists():
        raise LedgerError("copy of the ledger", str(target), done.stderr.strip(), f"make room in {target.parent}")
    if log.exists():
        subprocess.run(["cp", str(log), str(target_log)], check=False, capture_output=True)
    else:
        target_log.unlink(missing_ok=True)


def _clear_the_dead(folder: Path) -> None:
    """Copies of servers that no longer run."""
    for left in folder.glob("copies-*"):
        number = left.name.removeprefix("copies-")
        if number.isdigit() and int(number) != os.getpid() and not _is_running(int(number)):
            shutil.rmtree(left, ignore_errors=True)


def _is_running(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
