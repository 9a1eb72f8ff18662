"""Takes the files of one import into the ledger: read, checked as a whole, written all or not at all, and once."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from analytics.ledger.answers import as_rows
from analytics.ledger.ledger import Ledger
from analytics.ledger.staging.checking import problems_of
from analytics.ledger.staging.columns import Table
from analytics.ledger.staging.reading import Staged, read_frame_rates, stage
from analytics.ledger.staging.writing import Written, write_staged
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
    ledger: Ledger, tables: Sequence[Table], files: Mapping[str, Path], importer: str, source: str, origin: Origin
) -> Imported:
    """Import files, a table each.

    Parameters
    ----------
    tables
        What the files may hold, those that others refer to first.
    files
        By the name of their table.
    importer, source
        Who read them and where they lay, for the record.

    Raises
    ------
    InputRefused
        With every problem of every file, with line and column; nothing is written then.
    LedgerError
        If the ledger cannot be written.
    """
    digest = _digest(files)
    batch_id = f"{importer}-{digest[:16]}".replace(" ", "-")

    def action(connection: "DuckDBPyConnection") -> Imported:
        asked = statement("questions", "import_batch")
        if as_rows(connection, asked, asked.bound({"import_batch_id": batch_id})):
            return Imported(batch_id, ())
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
        written = write_staged(connection, staged, batch_id, origin)
        give(
            connection, "record_import_batch", import_batch_id=batch_id, importer=importer, source=source,
            sha256=digest, row_count=sum(each.row_count for each in staged.values()),
            imported_at=datetime.now(UTC),
        )  # fmt: skip
        for name in [*(each.name for each in staged.values()), "staged_frame_rates"]:
            connection.execute(f"DROP TABLE {name}")
        return Imported(batch_id, written)

    return ledger.write(action)


def _digest(files: Mapping[str, Path]) -> str:
    digest = hashlib.sha256()
    for name, file in sorted(files.items()):
        digest.update(name.encode())
        with file.open("rb") as content:
            digest.update(hashlib.file_digest(content, "sha256").digest())
    return digest.hexdigest()
