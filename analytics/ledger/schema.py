"""Brings a ledger file to the schema this code knows, one migration a transaction, and refuses any other history."""

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from analytics.ledger.refusals import not_a_ledger, too_new
from analytics.vocabulary.errors import MigrationChanged

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True)
class Migration:
    """One numbered step of the schema."""

    number: int
    name: str
    text: str

    @property
    def sha256(self) -> str:
        """Of the text, as the ledger records it. Line ends do not count, since git may change them."""
        return hashlib.sha256(self.text.replace("\r\n", "\n").encode()).hexdigest()


@dataclass(frozen=True)
class RunMigration:
    """What the ledger says of a migration it has run."""

    number: int
    name: str
    sha256: str


@cache
def shipped_migrations() -> tuple[Migration, ...]:
    """The migrations of this version, numbered from 1 without a gap."""
    found = []
    for entry in resources.files("analytics.ledger").joinpath("migrations").iterdir():
        if match := re.fullmatch(r"(\d{4})_(\w+)\.sql", entry.name):
            found.append(Migration(int(match[1]), match[2], entry.read_text(encoding="utf-8")))
    found.sort(key=lambda migration: migration.number)
    if [migration.number for migration in found] != list(range(1, len(found) + 1)):
        raise RuntimeError(f"migrations are not numbered 1 to {len(found)}")
    return tuple(found)


def run_migrations(connection: "DuckDBPyConnection", path: Path) -> tuple[RunMigration, ...]:
    """What the open ledger has run, in order.

    Raises
    ------
    NotALedger
        If it is a DuckDB file without our mark.
    """
    import duckdb

    try:
        rows = connection.execute(
            "SELECT number, name, sha256 FROM migrations WHERE (SELECT product FROM ledger) = 'shotledger' ORDER BY 1"
        ).fetchall()
    except (duckdb.CatalogException, duckdb.BinderException):
        rows = []
    if not rows:
        raise not_a_ledger(path, "is a DuckDB file, but no Shotledger ledger")
    return tuple(RunMigration(*row) for row in rows)


def is_current(connection: "DuckDBPyConnection") -> bool:
    """Whether the open ledger has run as many migrations as are shipped; `Ledger.open` has compared what they say."""
    import duckdb

    try:
        row = connection.execute("SELECT count(*) FROM migrations").fetchone()
    except duckdb.CatalogException:
        return False
    return row is not None and row[0] == len(shipped_migrations())


def missing_migrations(
    path: Path, ran: tuple[RunMigration, ...], shipped: tuple[Migration, ...]
) -> tuple[Migration, ...]:
    """The migrations this ledger still needs.

    Raises
    ------
    LedgerTooNew
        If it has run migrations past the last one shipped.
    MigrationChanged
        If one it has run reads differently now, or is missing on either side.
    """
    if ran[-1].number > len(shipped):
        raise too_new(path, ran[-1].number, len(shipped))
    for position, (past, here) in enumerate(zip(ran, shipped, strict=False), start=1):
        if past.number != position:
            raise MigrationChanged("ledger", str(path), f"has no record of migration {position:04d}_{here.name}", _MEND)
        if past.sha256 != here.sha256:
            raise MigrationChanged(
                "ledger",
                str(path),
                f"ran another text of migration {past.number:04d}_{past.name} than this version ships",
                _MEND,
            )
    return shipped[len(ran) :]


_MEND = "install the version that wrote it; `shotledger ledger rebuild` makes a new ledger from the manifests"


def migrate(connection: "DuckDBPyConnection", migrations: tuple[Migration, ...]) -> None:
    """Run migrations in order, each in one transaction with the record that it ran.

    Whoever comes second finds the record of the first: the file is open for writing here, so nobody else can be at it.
    """
    for migration in migrations:
        connection.begin()
        try:
            connection.execute(migration.text)
            connection.execute(
                "INSERT INTO migrations VALUES (?, ?, ?, now())", [migration.number, migration.name, migration.sha256]
            )
            connection.commit()
        except BaseException:
            connection.rollback()
            raise


_SHAPE = """
    SELECT 'column ' || table_name || '.' || column_name, data_type || if(is_nullable, '', ' NOT NULL')
    FROM duckdb_columns() WHERE database_name = current_database() AND NOT internal
    UNION ALL
    SELECT 'rules of table ' || table_name, list(constraint_text ORDER BY constraint_text)::VARCHAR
    FROM duckdb_constraints() WHERE database_name = current_database() GROUP BY table_name
"""


def schema_faults(connection: "DuckDBPyConnection") -> list[str]:
    """What the open ledger lacks of what the shipped migrations make, or has otherwise; empty if it is whole.

    Tables and columns that somebody added do no harm and are not told.
    """
    import duckdb

    with duckdb.connect(":memory:") as fresh:
        migrate(fresh, shipped_migrations())
        expected = dict(fresh.execute(_SHAPE).fetchall())
    found = dict(connection.execute(_SHAPE).fetchall())
    return [
        f"{thing} was changed by another hand: {found[thing]} instead of {rule}"
        if thing in found
        else f"{thing} is missing from the ledger"
        for thing, rule in sorted(expected.items())
        if found.get(thing) != rule
    ]
