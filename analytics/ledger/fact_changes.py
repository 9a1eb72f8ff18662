"""Counts the changes of facts, by which whatever is reckoned from them knows whether it still holds."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from analytics.ledger.statements import give

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ANY_SHOT = (None,)
NO_SHOT = ("",)
"""For facts that belong to no shot, or that nothing is reckoned from."""


def note_change(connection: "DuckDBPyConnection", shot_ids: Sequence[str | None] = ANY_SHOT) -> None:
    """Note a change of these shots, inside the transaction that makes it."""
    for shot_id in shot_ids:
        give(connection, "note_fact_change", shot_id=shot_id)


def change_number(connection: "DuckDBPyConnection") -> int:
    """The number of the last change: the same number means the same facts."""
    row = connection.execute("SELECT max(change_number) FROM fact_changes").fetchone()
    assert row is not None
    return int(row[0] or 0)
