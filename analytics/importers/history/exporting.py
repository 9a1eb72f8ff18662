"""Exports the history that a ledger was given as a bundle of the same kind."""

from collections.abc import Mapping
from pathlib import Path

from analytics.importers.history.contract import TABLES
from analytics.ledger.ledger import Ledger
from analytics.ledger.staging.exporting import export_tables


def export_history(ledger: Ledger, folder: Path) -> Mapping[str, int]:
    """Write a bundle; imported into another ledger it gives the same rows. Says how many rows each file has.

    Raises
    ------
    InputRefused
        If the folder holds a bundle already, or cannot be written.
    """
    return export_tables(ledger, TABLES, folder)
