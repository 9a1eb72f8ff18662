"""Copies a ledger into a new file while it stays in use."""

from pathlib import Path

from analytics.ledger.building import BOOKKEEPING, building_site, copy_rows, database_name, fact_tables, place_new
from analytics.ledger.ledger import Ledger
from analytics.ledger.opening import opened
from analytics.ledger.refusals import path_refusal
from analytics.vocabulary.errors import LedgerError


def back_up(ledger: Ledger, to: str | Path) -> Path:
    """Write a consistent copy of the ledger to a path where nothing stands yet.

    Readers go on meanwhile and writers wait. The copy is itself a ledger, written in a fresh and compact file.

    Raises
    ------
    LedgerError
        If something stands at the path, or it cannot be written; nothing half-written is left.
    """
    target = Path(to).expanduser().absolute()
    try:
        taken = target.exists()
    except OSError as error:
        raise path_refusal(target, error) from error
    if taken:
        raise _taken(target)
    with building_site(target, ledger.wait_seconds) as site:
        with ledger.reading() as original, opened(site, writing=True, wait_seconds=ledger.wait_seconds) as copy:
            source = database_name(original)
            copy.begin()
            for table in BOOKKEEPING:
                copy.execute(f"DELETE FROM {table}")
            copy.commit()  # in a transaction of its own: DuckDB keeps deleted keys taken until the commit
            copy.begin()
            for table in (*BOOKKEEPING, *fact_tables(copy)):
                copy_rows(copy, source, table)
            copy.commit()
        if not place_new(site, target):
            raise _taken(target)
    return target


def _taken(target: Path) -> LedgerError:
    return LedgerError(
        "backup", str(target), "is there already and is not overwritten", "name a path where nothing stands yet"
    )
