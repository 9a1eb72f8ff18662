"""Takes an import back: its rows go, those that it replaced come back; refused where later facts hang on them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from analytics.ledger.answers import as_rows
from analytics.ledger.ledger import Ledger
from analytics.ledger.staging.batches import ImportBatch, import_named
from analytics.ledger.staging.columns import named, quoted
from analytics.ledger.staging.coming import ROW_ID
from analytics.ledger.staging.row_words import row_words, table_words
from analytics.ledger.statements import give, statement
from analytics.vocabulary.errors import InputRefused, Problem

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True)
class Undone:
    """What taking an import back does to one table: rows that go, and rows that come back as they were."""

    table: str
    removed_count: int
    restored_count: int


@dataclass(frozen=True)
class UndoPlan:
    """What taking an import back would do.

    Attributes
    ----------
    obstacles
        What speaks against it, in words; it is refused unless this is empty.
    later_ids
        Imports that have to be taken back before it, the last first.
    notes
        What else is to be known.
    """

    batch: ImportBatch
    tables: tuple[Undone, ...]
    obstacles: tuple[Problem, ...]
    later_ids: tuple[str, ...]
    notes: tuple[str, ...]


def undo_plan(ledger: Ledger, import_batch_id: str) -> UndoPlan:
    """What taking an import back would do, and what speaks against it. Nothing is written.

    Raises
    ------
    InputRefused
        If there is no such import.
    LedgerError
        If the ledger cannot be read.
    """
    batch = import_named(ledger, import_batch_id)
    with ledger.reading() as connection:
        obstacles = _obstacles(connection, batch)
        bids = _asked(connection, "bids_on_import", import_batch_id=import_batch_id)
        later = _asked(connection, "later_imports_of_rows", import_batch_id=import_batch_id)
    tables = tuple(
        Undone(table.table, table.new_count, table.changed_count + table.gone_count)
        for table in batch.tables
        if table.new_count or table.changed_count or table.gone_count
    )
    notes: tuple[str, ...] = ()
    if bids:
        ids = ", ".join(dict.fromkeys(str(row["bid_id"]) for row in bids))
        notes = (f"Bids of productions that would go keep their own figures: {ids}.",)
    return UndoPlan(batch, tables, obstacles, tuple(dict.fromkeys(row["import_batch_id"] for row in later)), notes)


def undo_import(ledger: Ledger, import_batch_id: str, by: str | None = None) -> tuple[Undone, ...]:
    """Take an import back, in one transaction; the record of it stays, with the day on which it was undone.

    Parameters
    ----------
    by
        The person who asked for it, for the record.

    Raises
    ------
    InputRefused
        With every reason why it cannot be taken back; nothing is changed then.
    LedgerError
        If the ledger cannot be written.
    """
    batch = import_named(ledger, import_batch_id)

    def action(connection: "DuckDBPyConnection") -> tuple[Undone, ...]:
        obstacles = _obstacles(connection, batch)
        if obstacles:
            raise InputRefused.all_of(obstacles)
        done = tuple(_undo(connection, table.table, import_batch_id) for table in batch.tables)
        give(connection, "forget_replaced_rows", import_batch_id=import_batch_id)
        give(
            connection, "note_import_undone", import_batch_id=import_batch_id, undone_at=datetime.now(UTC), undone_by=by
        )
        return tuple(each for each in done if each.removed_count or each.restored_count)

    return ledger.write(action)


def _undo(connection: "DuckDBPyConnection", table: str, batch_id: str) -> Undone:
    columns = dict(
        connection.execute(
            "SELECT column_name, data_type FROM duckdb_columns() "
            "WHERE database_name = current_database() AND table_name = ? ORDER BY column_index",
            [table],
        ).fetchall()
    )
    of_batch = f"replaced_by = {quoted(batch_id)} AND table_name = {quoted(table)}"
    kept = f"(SELECT row_id, earlier FROM replaced_rows WHERE {of_batch})"
    row_id = ROW_ID[table].format("") if table in ROW_ID else named(next(iter(columns)))
    ((removed,),) = connection.execute(
        f"DELETE FROM {table} WHERE import_batch_id = ? AND ({row_id}) NOT IN (SELECT kept.row_id FROM {kept} AS kept)",
        [batch_id],
    ).fetchall()
    # Columns that a later version gave the table are not among those that were kept.
    known = {
        name for (name,) in connection.execute(f"SELECT DISTINCT unnest(map_keys(earlier)) FROM {kept}").fetchall()
    }
    if not known:
        return Undone(table, int(removed), 0)
    back = [(name, type_) for name, type_ in columns.items() if name in known]
    taken = ", ".join(f"CAST(earlier[{quoted(name)}] AS {type_}) AS {named(name)}" for name, type_ in back)
    ((restored,),) = connection.execute(f"INSERT OR REPLACE INTO {table} BY NAME SELECT {taken} FROM {kept}").fetchall()
    return Undone(table, int(removed), int(restored))


def _obstacles(connection: "DuckDBPyConnection", batch: ImportBatch) -> tuple[Problem, ...]:
    place, name = "import", batch.import_batch_id
    # Asked of the ledger itself: another process may have been quicker.
    ((undone,),) = connection.execute(
        "SELECT undone_at IS NOT NULL FROM import_batches WHERE import_batch_id = ?", [name]
    ).fetchall()
    if undone:
        return (Problem(place, name, "was taken back already", "there is nothing left to do"),)
    if not batch.is_counted:
        why = "came in before Shotledger kept what an import replaces, so that it cannot be put back"
        return (Problem(place, name, why, "go back to a backup of the ledger from before it"),)
    later: dict[str, list[dict[str, Any]]] = {}
    for row in _asked(connection, "later_imports_of_rows", import_batch_id=name):
        later.setdefault(row["import_batch_id"], []).append(row)
    found = [
        Problem(place, name, f"is built upon by {_import_words(rows)}", f"take that one back first: {later_id}")
        for later_id, rows in later.items()
    ]
    for row in _asked(connection, "what_hangs_on_import", import_batch_id=name):
        if row["is_imported"] and later:
            continue  # told above, with the name of the import
        whose = "of other imports" if row["is_imported"] else "recorded by Shotledger"
        belong = "belongs" if row["row_count"] == 1 else "belong"
        hanging = row_words(row["row_count"], row["table_name"])
        why = (
            f"cannot go: {hanging} {whose} {belong} to {table_words(row['parent_table'])} that it brought, "
            f"for instance {row['example_row_id']} to {row['example_parent_id']}"
        )
        mend = "correct it by a later state of its bundle instead"
        found.append(Problem(place, name, why, "take the import of those back first" if row["is_imported"] else mend))
    return tuple(found)


def _import_words(rows: list[dict[str, Any]]) -> str:
    changed, again = (sum(row[count] for row in rows) for count in ("changed_count", "unchanged_count"))
    did = [f"changes {changed:,}"] if changed else []
    did += [f"says {again:,} again"] if again else []
    tables = ", ".join(table_words(row["table_name"]) for row in rows)
    return (
        f"the import of {rows[0]['imported_at']:%Y-%m-%d %H:%M} UTC ({rows[0]['source']}): of its rows it "
        f"{' and '.join(did)} ({tables})"
    )


def _asked(connection: "DuckDBPyConnection", question: str, **parameters: Any) -> list[dict[str, Any]]:
    asked = statement("questions", question)
    return as_rows(connection, asked, asked.bound(parameters))
