"""Writes coming rows into the ledger, and keeps what they replace so that it can come back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analytics.ledger.staging.columns import named, quoted
from analytics.ledger.staging.coming import Coming

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True)
class Written:
    """What became of one table.

    Attributes
    ----------
    new_count
        Rows that the ledger had not.
    changed_count, unchanged_count
        Rows that it had: otherwise, and just so. What is unchanged stays the earlier import's.
    gone_count
        Rows of a list that came in anew, such as a shot's assignments, and are no longer in it.
    """

    table: str
    new_count: int
    changed_count: int
    unchanged_count: int
    gone_count: int

    @property
    def known_count(self) -> int:
        """Rows that the ledger had and now has as the file says."""
        return self.changed_count + self.unchanged_count


def write_coming(connection: "DuckDBPyConnection", coming: Sequence[Coming], batch_id: str) -> tuple[Written, ...]:
    """Write every coming table, inside a transaction that is already open; told are those that have files."""
    written = []
    for each in coming:
        # Counted before anything is written: what is gone cannot be counted afterwards.
        counted = count_fates(connection, each)
        _note_counts(connection, each, batch_id)
        _write(connection, each, batch_id, counted)
        if not each.is_side:
            written.append(counted)
    return tuple(written)


def count_fates(connection: "DuckDBPyConnection", coming: Coming) -> Written:
    """How many rows are new, changed, unchanged and gone."""
    counts = dict(connection.execute(f"SELECT fate, count(*) FROM {coming.name} GROUP BY fate").fetchall())
    ((gone,),) = connection.execute(f"SELECT count(*) FROM {coming.gone}").fetchall()
    new, changed, unchanged = (int(counts.get(fate, 0)) for fate in ("new", "changed", "unchanged"))
    return Written(coming.table, new, changed, unchanged, int(gone))


def _note_counts(connection: "DuckDBPyConnection", coming: Coming, batch_id: str) -> None:
    connection.execute(
        f"""
        INSERT INTO import_counts
        SELECT {quoted(batch_id)}, {quoted(coming.table)}, fate, earlier_batch_id, count(*)
        FROM (
            SELECT fate, earlier_batch_id FROM {coming.name}
            UNION ALL
            SELECT 'gone', old.import_batch_id FROM {coming.gone}
        )
        GROUP BY ALL"""
    )


def _write(connection: "DuckDBPyConnection", coming: Coming, batch_id: str, counted: Written) -> None:
    if counted.changed_count:
        changed = f"{coming.name} AS coming JOIN {coming.table} AS old ON {coming.same_row} WHERE fate = 'changed'"
        _keep(connection, coming, batch_id, changed)
    if counted.gone_count:
        _keep(connection, coming, batch_id, coming.gone)
        condition = coming.gone.partition(" WHERE ")[2]
        connection.execute(f"DELETE FROM {coming.table} AS old WHERE {condition}")
    taken = ", ".join(map(named, (*coming.key, *coming.columns)))
    # Where every id is new, looking for rows to replace would take as long as writing them.
    verb = "INSERT OR REPLACE" if counted.changed_count else "INSERT"
    connection.execute(
        f"{verb} INTO {coming.table} BY NAME SELECT {taken}, {quoted(batch_id)} AS import_batch_id "
        f"FROM {coming.name} WHERE fate <> 'unchanged' ORDER BY row_line"
    )


def _keep(connection: "DuckDBPyConnection", coming: Coming, batch_id: str, old_rows: str) -> None:
    names = connection.execute(
        "SELECT column_name FROM duckdb_columns() WHERE database_name = current_database() AND table_name = ?",
        [coming.table],
    ).fetchall()
    entries = ", ".join(f"{quoted(name)}: CAST(old.{named(name)} AS VARCHAR)" for (name,) in names)
    connection.execute(
        f"INSERT INTO replaced_rows SELECT {quoted(batch_id)}, {quoted(coming.table)}, {coming.row_id('old.')}, "
        f"MAP {{{entries}}} FROM {old_rows}"
    )
