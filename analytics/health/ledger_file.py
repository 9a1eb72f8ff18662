"""The ledger file itself: whose it is, how old, and which steps its schema has taken."""

from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version

from analytics.ledger.ledger import Ledger


@dataclass(frozen=True)
class MigrationRun:
    """One step of the schema; ``run_at`` is an instant in UTC."""

    number: int
    name: str
    run_at: datetime


@dataclass(frozen=True)
class LedgerFile:
    """What a ledger says of itself.

    Attributes
    ----------
    ledger_id
        The same for its whole life, through backups too.
    change_number
        Grows with every change of facts: the same number means the same figures.
    shotledger_version, duckdb_version
        Of the programs that read it now; ``unknown`` where they are not installed as packages.
    """

    ledger_id: str
    created_at: datetime
    change_number: int
    migrations: tuple[MigrationRun, ...]
    shotledger_version: str
    duckdb_version: str


def ledger_file(ledger: Ledger) -> LedgerFile:
    """Ask a ledger about itself."""
    rows = ledger.ask_rows("migrations_run")
    return LedgerFile(
        rows[0]["ledger_id"],
        rows[0]["created_at"],
        ledger.change_number(),
        tuple(MigrationRun(row["number"], row["name"].replace("_", " "), row["run_at"]) for row in rows),
        _version("shotledger"),
        _version("duckdb"),
    )


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown"
