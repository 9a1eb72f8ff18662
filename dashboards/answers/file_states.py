"""Whether a ledger's files were written to since, told from their times and sizes alone."""

import time
from contextlib import suppress
from pathlib import Path

from analytics.vocabulary.errors import LedgerError

QUIET_SECONDS = 0.05
"""A file system's clock ticks every few milliseconds: what was written longer ago than this shows in the times."""

FileState = tuple[tuple[int, int], ...]


def log_of(path: Path) -> Path:
    """The write-ahead log of a ledger, which is there only now and then."""
    return path.with_name(path.name + ".wal")


def file_state(path: Path) -> FileState | None:
    """Time and size of the file and of its write-ahead log: differs after every write. ``None`` without a ledger."""
    try:
        stats = [path.stat()]
    except OSError:
        return None
    with suppress(OSError):
        stats.append(log_of(path).stat())
    return tuple((stat.st_mtime_ns, stat.st_size) for stat in stats)


def quiet_state(path: Path) -> FileState:
    """The state once the last write lies so far back that the next one changes it.

    Raises
    ------
    LedgerError
        If the ledger is gone.
    """
    while True:
        state = file_state(path)
        if state is None:
            raise LedgerError("ledger", str(path), "is gone", "put it back, or start the pages on another one")
        last_write = max(modified for modified, _ in state)
        if (time.time_ns() - last_write) / 1e9 > QUIET_SECONDS or last_write > time.time_ns():
            return state
        time.sleep(QUIET_SECONDS)
