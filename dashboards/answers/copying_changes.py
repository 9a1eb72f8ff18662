"""Makes an earlier copy of a ledger the same as the ledger, and keeps writers out for a tenth of a second meanwhile.

It is called in a process of its own: threads of the pages wait for each other, and a lock that one of them holds would
wait with them. Besides, POSIX drops every lock of a process on a file when it closes that file anywhere.
"""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from analytics.ledger.ledger import Ledger
from analytics.vocabulary.errors import LedgerError
from dashboards.answers.file_states import FileState, log_of, quiet_state

if TYPE_CHECKING:
    from io import FileIO

BLOCK = 1 << 20


def copy_changes(path: Path, target: Path, wait_seconds: float) -> FileState:
    """Bring a copy, also one that a write spoiled, up to date. Gives the state of the ledger that it then is of.

    It goes through both files once while others may write, so that little is left to do while they may not.

    Raises
    ------
    LedgerError
        If the ledger is gone or held by others for longer than ``wait_seconds``, or there is no room.
    """
    try:
        # Both stay open until the lock is given back: closing the ledger would drop it.
        with path.open("rb", buffering=0) as source, target.open("r+b", buffering=0) as copy:
            _go_through(source, copy)
            with Ledger(path, wait_seconds).reading():
                state = quiet_state(path)
                _go_through(source, copy)
                if log_of(path).exists():
                    shutil.copyfile(log_of(path), log_of(target))
                else:
                    log_of(target).unlink(missing_ok=True)
    except OSError as error:
        raise LedgerError("copy of the ledger", str(target), str(error), f"make room in {target.parent}") from error
    return state


def _go_through(source: "FileIO", copy: "FileIO") -> None:
    """Reading both takes a quarter of the time that writing one does."""
    source.seek(0)
    copy.seek(0)
    while block := source.read(BLOCK):
        place = copy.tell()
        if copy.read(len(block)) != block:
            copy.seek(place)
            copy.write(block)
    copy.truncate(source.tell())
