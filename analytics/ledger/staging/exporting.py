"""Writes what came into the ledger by import back into files, as the tables of a contract lay them out."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from analytics.ledger.ledger import Ledger
from analytics.ledger.staging.columns import Column, Kind, Table, named, quoted
from analytics.ledger.staging.coming import STUDIO_HARDWARE
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.frame_rate import NTSC

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_ORDER = {"assignments": "shot_id, assignment_number", "rates": "rate_number"}
_ROW_ID = {
    "assignments": "shot_id || '/' || assignment_number",
    "rates": "rate_card_id || '/' || rate_number",
    "fx_rates": "from_currency || '/' || to_currency || '/' || valid_from",
}


def export_tables(ledger: Ledger, tables: Sequence[Table], folder: Path) -> Mapping[str, int]:
    """Write every row that an import brought, with its attributes, as CSV; tables without rows are left out.

    Returns
    -------
    mapping of str to int
        Rows of each table that was written.

    Raises
    ------
    InputRefused
        If one of the files is there already, or the folder cannot be written.
    """
    there = [file for table in tables if (file := folder / f"{table.name}.csv").exists()]
    if there:
        raise InputRefused(str(there[0]), None, "is there already", "name a folder that holds no bundle")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK):
            raise PermissionError(13, "Permission denied")
    except OSError as error:
        raise InputRefused(
            str(folder), None, f"cannot be written ({error.strerror})", "name a folder you may write to"
        ) from None
    with ledger.reading() as connection:
        counts = {table.name: _export(connection, table, folder / f"{table.name}.csv") for table in tables}
    return {name: count for name, count in counts.items() if count}


def _export(connection: "DuckDBPyConnection", table: Table, file: Path) -> int:
    rows = f"(SELECT * FROM {table.name} WHERE import_batch_id IS NOT NULL)"
    ((count,),) = connection.execute(f"SELECT count(*) FROM {rows}").fetchall()
    if not count:
        return 0
    row_id = _ROW_ID.get(table.name) or table.key[0]
    further = connection.execute(
        "SELECT DISTINCT name FROM attributes WHERE table_name = ? ORDER BY name", [table.name]
    ).fetchall()
    taken = [f"{_text(table, column)} AS {named(column.name)}" for column in table.columns]
    taken += [
        f"(SELECT any_value(value) FROM attributes WHERE table_name = {quoted(table.name)} AND name = {quoted(name)} "
        f"AND attributes.row_id = kept.id) AS {named(name)}"
        for (name,) in further
    ]
    order = _ORDER.get(table.name) or ", ".join(table.key)
    connection.execute(
        f"COPY (SELECT {', '.join(taken)} FROM (SELECT *, {row_id} AS id FROM {rows}) AS kept ORDER BY {order}) "
        f"TO {quoted(str(file))} (FORMAT csv, HEADER true)"
    )
    return int(count)


def _text(table: Table, column: Column) -> str:
    """SQL that writes a column as a bundle has it."""
    name = named(column.name)
    match column.kind:
        case Kind.FRAME_RATE:
            # The way people write a rate, where there is one; else exactly.
            usual = {(rate.numerator, rate.denominator): text for text, rate in reversed(NTSC.items())}
            cases = " ".join(
                f"WHEN fps_numerator = {numerator} AND fps_denominator = {denominator} THEN {quoted(text)}"
                for (numerator, denominator), text in usual.items()
            )
            exact = "fps_numerator || '/' || fps_denominator"
            return f"CASE {cases} WHEN fps_denominator = 1 THEN CAST(fps_numerator AS VARCHAR) ELSE {exact} END"
        case Kind.AMOUNT | Kind.PRICE | Kind.EXCHANGE_RATE:
            return f"rtrim(rtrim(CAST({name} AS VARCHAR), '0'), '.')"
        case Kind.INSTANT:
            return f"replace(replace(CAST({name} AS VARCHAR), ' ', 'T'), '+00', 'Z')"
        case _ if (table.name, column.name) == ("renders", "hardware"):
            return f"replace(hardware_id, {quoted(STUDIO_HARDWARE)}, '')"
        case _:
            return f"CAST({name} AS VARCHAR)"
