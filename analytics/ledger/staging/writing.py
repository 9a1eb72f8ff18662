"""Writes staged tables that have passed every check into the ledger's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analytics.ledger.staging.columns import Column, named, quoted, value
from analytics.ledger.staging.reading import Staged
from analytics.vocabulary.origin import Origin

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

STUDIO_HARDWARE = "studio:"
"""Before the name that a studio gives a machine, where our own machines have a digest."""
HISTORY_CARD = "history"
"""The rate card that holds a studio's own dated prices."""


@dataclass(frozen=True)
class Written:
    """What became of one table: rows that were new, and rows that the ledger had and now has as the file says."""

    table: str
    new_count: int
    known_count: int


def write_staged(
    connection: "DuckDBPyConnection", staged: Mapping[str, Staged], batch_id: str, origin: Origin
) -> tuple[Written, ...]:
    """Write every staged table, inside a transaction that is already open."""
    return tuple(_write(connection, each, batch_id, origin) for each in staged.values())


def _write(connection: "DuckDBPyConnection", each: Staged, batch_id: str, origin: Origin) -> Written:
    name = each.table.name
    columns = dict(_stored(each, column) for column in each.table.columns if column in each.given or column.fallback)
    columns |= {"origin": quoted(origin.value), "import_batch_id": quoted(batch_id)}
    row_id = named(each.table.key[0]) if len(each.table.key) == 1 else "CAST(row_line AS VARCHAR)"
    source = each.name
    known = _known_count(connection, each)
    if name == "productions":
        source += " JOIN staged_frame_rates ON written = fps"
        del columns["fps"]
        columns |= {"fps_numerator": "numerator", "fps_denominator": "denominator"}
    elif name == "renders" and "hardware" in columns:
        columns["hardware_id"] = f"{quoted(STUDIO_HARDWARE)} || {columns.pop('hardware')}"
        _name_machines(connection, each, batch_id, origin)
    elif name == "assignments":
        number = "row_number() OVER (PARTITION BY shot_id ORDER BY CAST({} AS DATE) NULLS FIRST, row_line)"
        number = number.format("started_on" if "started_on" in columns else "NULL")
        columns["assignment_number"] = number
        row_id = f"shot_id || '/' || {number}"
        connection.execute(f"DELETE FROM assignments WHERE shot_id IN (SELECT shot_id FROM {source})")
    elif name == "rates":
        columns |= {"rate_card_id": quoted(HISTORY_CARD), "rate_number": "row_number() OVER (ORDER BY row_line)"}
        row_id = f"{quoted(HISTORY_CARD)} || '/' || row_number() OVER (ORDER BY row_line)"
        connection.execute(f"DELETE FROM rates WHERE rate_card_id = {quoted(HISTORY_CARD)}")
        connection.execute(
            "INSERT OR REPLACE INTO rate_cards BY NAME SELECT ? AS rate_card_id, 'Studio history' AS name, "
            f"currency, ? AS origin, ? AS import_batch_id FROM {source} ORDER BY row_line LIMIT 1",
            [HISTORY_CARD, origin.value, batch_id],
        )
    elif name == "fx_rates":
        row_id = "from_currency || '/' || to_currency || '/' || valid_from"
    taken = ", ".join(f"{expression} AS {column}" for column, expression in columns.items())
    # Where every id is new, looking for rows to replace would take as long as writing them.
    verb = "INSERT OR REPLACE" if known or len(each.table.key) != 1 else "INSERT"
    connection.execute(f"{verb} INTO {name} BY NAME SELECT {taken} FROM {source} ORDER BY row_line")
    _keep_attributes(connection, each, row_id, batch_id)
    return Written(name, each.row_count - known, known)


def _stored(each: Staged, column: Column) -> tuple[str, str]:
    """A column of the ledger and the expression that fills it."""
    if column not in each.given:
        return column.name, str(column.fallback)
    converted = value(column, named(column.name))
    return column.name, f"coalesce({converted}, {column.fallback})" if column.fallback else converted


def _known_count(connection: "DuckDBPyConnection", each: Staged) -> int:
    """How many of the rows the ledger has; rows without an id of their own count as new."""
    if len(each.table.key) != 1:
        return 0
    key = named(each.table.key[0])
    ((count,),) = connection.execute(
        f"SELECT count(*) FROM {each.name} SEMI JOIN (SELECT {key} FROM {each.table.name}) USING ({key})"
    ).fetchall()
    return int(count)


def _name_machines(connection: "DuckDBPyConnection", each: Staged, batch_id: str, origin: Origin) -> None:
    """A machine is charged as what its name says or, where that is no resource, as what its renders held."""
    held = {
        column.name: f"coalesce(max({value(column, named(column.name))}), 0) > 0"
        for column in each.given
        if column.name in ("gpu_seconds", "cpu_seconds")
    }
    gpu, cpu = held.get("gpu_seconds", "false"), held.get("cpu_seconds", "false")
    connection.execute(
        f"""
        INSERT OR REPLACE INTO hardware BY NAME
        SELECT
            hardware_id,
            rate_resource,
            -- So that machine:gpu:h100 prices a machine that the studio calls "h100".
            if(rate_resource = 'machine:gpu', hardware, NULL) AS gpu_model,
            ? AS origin,
            ? AS import_batch_id
        FROM (
            SELECT
                each.hardware,
                {quoted(STUDIO_HARDWARE)} || each.hardware AS hardware_id,
                CASE
                    WHEN starts_with(each.hardware, 'machine:') THEN each.hardware
                    WHEN {gpu} OR any_value(known.rate_resource) = 'machine:gpu' THEN 'machine:gpu'
                    WHEN {cpu} THEN 'machine:cpu'
                    ELSE any_value(known.rate_resource)
                END AS rate_resource
            FROM {each.name} AS each
            LEFT JOIN hardware AS known ON known.hardware_id = {quoted(STUDIO_HARDWARE)} || each.hardware
            WHERE each.hardware IS NOT NULL
            GROUP BY each.hardware
        )""",
        [origin.value, batch_id],
    )


def _keep_attributes(connection: "DuckDBPyConnection", each: Staged, row_id: str, batch_id: str) -> None:
    """Columns that the ledger has no place for, by row; what a row had of them before is gone."""
    table = quoted(each.table.name)
    connection.execute(
        f"DELETE FROM attributes WHERE table_name = {table} AND row_id IN "
        f"(SELECT id FROM (SELECT {row_id} AS id FROM {each.name}))"
    )
    for name in each.further:
        connection.execute(
            f"INSERT INTO attributes SELECT {table}, id, ?, text, ? FROM "
            f"(SELECT {row_id} AS id, {named(name)} AS text FROM {each.name}) WHERE text IS NOT NULL",
            [name, batch_id],
        )
