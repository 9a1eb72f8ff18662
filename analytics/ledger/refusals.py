"""Turns what DuckDB and the file system say about a ledger file into sentences."""

import errno
from pathlib import Path

from analytics.vocabulary.errors import LedgerError, LedgerLocked, LedgerTooNew, NotALedger

_FULL = ("No space left on device", "File too large", "Disk quota exceeded")


def locked(path: Path, waited_seconds: float, holder_pid: int | None) -> LedgerLocked:
    """The refusal of a ledger that others hold for too long."""
    holder = "another process" if holder_pid is None else f"process {holder_pid}"
    return LedgerLocked(
        "ledger",
        str(path),
        f"is held open by {holder}; waited {waited_seconds:.1f} seconds",
        "close the program that has it open (a DuckDB shell, a notebook, a long import) and try again",
    )


def not_a_ledger(path: Path, what: str) -> NotALedger:
    """The refusal of a file that is something else; it has not been touched."""
    return NotALedger(
        "ledger", str(path), what, "name another path with --ledger or SHOTLEDGER_LEDGER; this file was left as it is"
    )


def too_new(path: Path, its_schema: int, our_schema: int) -> LedgerTooNew:
    """The refusal of a ledger that has run migrations past the last one we know."""
    return LedgerTooNew(
        "ledger",
        str(path),
        f"was written by a newer Shotledger: it is at schema {its_schema}, this version knows {our_schema}",
        "install the version that wrote it, or a newer one",
    )


def disk_full(path: Path) -> LedgerError:
    """The refusal when there is no room."""
    return LedgerError(
        "ledger",
        str(path),
        "the disk is full or the file may not grow; nothing was half-written",
        "make room and run it again: what was rendered is in the manifests",
    )


def unwritable(path: Path, reason: str) -> LedgerError:
    """The refusal of a place that cannot be written."""
    return LedgerError(
        "ledger",
        str(path),
        f"cannot be written here ({reason})",
        "name a path in a folder you may write with --ledger or SHOTLEDGER_LEDGER",
    )


def refusal(path: Path, error: Exception) -> LedgerError:
    """The sentence for an error of DuckDB's on this file."""
    said = " ".join(str(error).split())
    if "is not a valid DuckDB database file" in said:
        return not_a_ledger(path, "is not a DuckDB file")
    if "Corrupt database file" in said or "checksum" in said:
        return LedgerError(
            "ledger",
            str(path),
            "is damaged",
            "move it away, then put a backup there or run `shotledger ledger rebuild` with the folder of the renders",
        )
    if "Trying to read a database file with version number" in said or "newer version of DuckDB" in said:
        return LedgerTooNew(
            "ledger", str(path), "was written by a newer version of DuckDB", "install the newest Shotledger"
        )
    if any(words in said for words in _FULL):
        return disk_full(path)
    if "Permission denied" in said or "Read-only file system" in said:
        return unwritable(path, "permission denied" if "Permission" in said else "read-only file system")
    if "No such file or directory" in said or "database does not exist" in said:
        return LedgerError(
            "ledger", str(path), "is not there", "render a shot first, or name another path with --ledger"
        )
    return LedgerError(
        "ledger",
        str(path),
        f"the database refused: {said.rstrip('.')}",
        "run `shotledger ledger check`; what cannot be mended is made anew by `shotledger ledger rebuild`",
    )


def path_refusal(path: Path, error: OSError) -> LedgerError:
    """The sentence for an error of the file system's on this file or its folder."""
    if error.errno in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT):
        return disk_full(path)
    if error.errno in (errno.EEXIST, errno.ENOTDIR):
        return unwritable(path, "a part of this path is a file, not a folder")
    return unwritable(path, (error.strerror or str(error)).lower())
