"""Takes the files of one import into the ledger: read, checked as a whole, written all or not at all, and once."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analytics.ledger.answers import as_rows
from analytics.ledger.ledger import Ledger
from analytics.ledger.staging.checking import problems_of
from analytics.ledger.staging.columns import Table
from analytics.ledger.staging.coming import Coming, lay_out
from analytics.ledger.staging.reading import Staged, read_frame_rates, stage
from analytics.ledger.staging.writing import Written, write_coming
from analytics.ledger.statements import give, statement
from analytics.vocabulary.errors import InputRefused, Problem
from analytics.vocabulary.origin import Origin

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True)
class Imported:
    """What an import did. ``written`` is empty where the very same files had been imported before."""

    import_batch_id: str
    written: tuple[Written, ...]


def import_tables(
    ledger: Ledger,
    tables: Sequence[Table],
    files: Mapping[str, Path],
    importer: str,
    source: str,
    origin: Origin,
    by: str | None = None,
) -> Imported:
    """Import files, a table each.

    Parameters
    ----------
    tables
        What the files may hold, those that others refer to first.
    files
        By the name of their table.
    importer, source, by
        Who read them, where they lay and which person asked for it, for the record.

    Raises
    ------
    InputRefused
        With every problem of every file, with line and column; nothing is written then.
    LedgerError
        If the ledger cannot be written.
    """
    digest = digest_of(files)

    def action(connection: "DuckDBPyConnection") -> Imported:
        earlier = imports_of_same(connection, importer, digest)
        if earlier and not earlier[0]["is_undone"]:
            return Imported(str(earlier[0]["import_batch_id"]), ())
        batch_id = f"{importer}-{digest[:16]}".replace(" ", "-")
        if earlier:  # taken back, and now wanted again: another import of the same files
            batch_id += f"-{len(earlier) + 1}"
        with staged_rows(connection, tables, files, origin) as (staged, coming):
            written = write_coming(connection, coming, batch_id)
            give(
                connection, "record_import_batch", import_batch_id=batch_id, importer=importer, source=source,
                sha256=digest, row_count=sum(each.row_count for each in staged.values()), origin=origin.value,
                imported_at=datetime.now(UTC), imported_by=by,
            )  # fmt: skip
        return Imported(batch_id, written)

    return ledger.write(action)


@contextmanager
def staged_rows(
    connection: "DuckDBPyConnection", tables: Sequence[Table], files: Mapping[str, Path], origin: Origin
) -> Iterator[tuple[Mapping[str, Staged], tuple[Coming, ...]]]:
    """Files read and checked, and what their rows become, in temporary tables that are dropped when the block ends.

    Raises
    ------
    InputRefused
        With every problem of every file.
    """
    staged: dict[str, Staged] = {}
    problems: list[Problem] = []
    unread = set()
    for table in tables:
        if table.name in files:
            read, found = stage(connection, table, files[table.name])
            problems += found
            if found:
                unread.add(table.name)
            if read is not None:
                staged[table.name] = read
    read_frame_rates(connection, staged)
    problems += problems_of(connection, staged, frozenset(unread))
    if problems:
        raise InputRefused.all_of(problems)
    coming = lay_out(connection, staged, origin)
    yield staged, coming
    for name in (*(each.name for each in staged.values()), *(each.name for each in coming), "staged_frame_rates"):
        connection.execute(f"DROP TABLE {name}")


def imports_of_same(connection: "DuckDBPyConnection", importer: str, digest: str) -> list[dict[str, Any]]:
    """Earlier imports of the very same files, the last one first."""
    asked = statement("questions", "import_batch")
    return as_rows(connection, asked, asked.bound({"importer": importer, "sha256": digest}))


def digest_of(files: Mapping[str, Path]) -> str:
    """SHA-256 over all files and which table each is of."""
    digest = hashlib.sha256()
    for name, file in sorted(files.items()):
        digest.update(name.encode())
        with file.open("rb") as content:
            digest.update(hashlib.file_digest(content, "sha256").digest())
    return digest.hexdigest()
