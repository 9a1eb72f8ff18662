"""Builds a ledger file under a temporary name and gives it its own only when it is whole and on the disk."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from analytics.ledger.opening import opened
from analytics.ledger.refusals import path_refusal
from analytics.ledger.schema import migrate, shipped_migrations
from analytics.vocabulary.errors import LedgerError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

BOOKKEEPING = ("ledger", "migrations", "fact_changes")
"""Tables that say what the file is and in which state. Those whose names begin with `reckon` are made from the facts at
need; every other table holds facts."""


@contextmanager
def building_site(path: Path, wait_seconds: float) -> Iterator[Path]:
    """A temporary path beside the given one, on the same disk; whatever is left there is removed in the end.

    Raises
    ------
    LedgerError
        Whatever goes wrong while building is told of the given path, not of the temporary one.
    """
    site = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with opened(site, writing=True, wait_seconds=wait_seconds) as connection:
            migrate(connection, shipped_migrations())
        yield site
    except OSError as error:
        raise path_refusal(path, error) from error
    except LedgerError as error:
        problem = error.problems[0]
        if problem.value == str(site):
            raise type(error)("ledger", str(path), problem.why, problem.mend) from error
        raise
    finally:
        for left_over in (site, site.with_name(site.name + ".wal")):
            with suppress(OSError):
                left_over.unlink(missing_ok=True)


def place_new(site: Path, path: Path) -> bool:
    """Give the file its name unless something has it already; says whether it did."""
    _sync(site)
    try:
        os.link(site, path)
    except FileExistsError:
        return False
    except OSError:
        # A file system without hard links: between the question and the rename another process may come first.
        if path.exists():
            return False
        site.rename(path)
    _sync(path.parent)
    return True


def place_instead(site: Path, path: Path, kept: Path) -> None:
    """Give the file its name, and keep what had it under another. At every instant one whole file has the name."""
    _sync(site)
    if path.exists():
        kept.unlink(missing_ok=True)
        try:
            os.link(path, kept)
        except OSError:
            path.rename(kept)
    site.replace(path)
    _sync(path.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def database_name(connection: "DuckDBPyConnection") -> str:
    """The name the connection's file is attached under, by which other connections of this process can read it."""
    row = connection.execute("SELECT current_database()").fetchone()
    assert row is not None
    return str(row[0])


def fact_tables(connection: "DuckDBPyConnection") -> list[str]:
    """Names of all tables of the open ledger that hold facts."""
    rows = connection.execute(
        "SELECT table_name FROM duckdb_tables() "
        "WHERE database_name = current_database() AND NOT starts_with(table_name, 'reckon') ORDER BY 1"
    ).fetchall()
    return [str(row[0]) for row in rows if row[0] not in BOOKKEEPING]


def copy_rows(connection: "DuckDBPyConnection", source: str, table: str, condition: str = "true") -> int:
    """Copy rows of one table from another attached ledger, by the columns that both have; returns how many."""
    shared = connection.execute(
        """
        SELECT here.column_name
        FROM duckdb_columns() AS here JOIN duckdb_columns() AS there USING (table_name, column_name)
        WHERE here.database_name = current_database() AND there.database_name = ? AND table_name = ?
        ORDER BY here.column_index""",
        [source, table],
    ).fetchall()
    if not shared:
        return 0
    columns = ", ".join(f'"{row[0]}"' for row in shared)
    copied = connection.execute(
        f'INSERT INTO "{table}" ({columns}) SELECT {columns} FROM {source}."{table}" WHERE {condition}'
    ).fetchone()
    assert copied is not None
    return int(copied[0])
