"""What staged rows become in the ledger: each table's rows as they would be written, each with its fate.

An import writes from these tables and a preview reads them, so that a preview tells what an import does.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
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

ROW_ID = {
    "assignments": "{0}shot_id || '/' || {0}assignment_number",
    "rates": "{0}rate_card_id || '/' || {0}rate_number",
    "fx_rates": "{0}from_currency || '/' || {0}to_currency || '/' || {0}valid_from",
    "attributes": "{0}table_name || '/' || {0}row_id || '/' || {0}name",
}
"""How a row without an id of its own is named, of columns that stand behind a prefix such as ``old.``."""


@dataclass(frozen=True)
class Coming:
    """Rows of one table of the ledger as an import would have them, in a temporary table.

    Beside its columns that has ``row_line``, ``coming_row_id``, ``earlier_batch_id`` (which import the ledger's row is
    from) and ``fate``: ``new``, ``changed`` or ``unchanged``.

    Attributes
    ----------
    table
        The ledger's table.
    key
        Its primary key.
    columns
        What is compared and written, the key apart: a column that is not among them stays as it is.
    scope
        SQL that is true for rows ``old`` of the ledger which go unless they are among the coming ones.
    is_side
        Whether no file of its own stands behind it.
    """

    table: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    scope: str = "false"
    is_side: bool = False

    @property
    def name(self) -> str:
        """The temporary table it lies in."""
        return f"coming_{self.table}"

    @property
    def same_row(self) -> str:
        """SQL that finds the ledger's row ``old`` of a row ``coming``."""
        return " AND ".join(f"old.{named(name)} = coming.{named(name)}" for name in self.key)

    @property
    def gone(self) -> str:
        """SQL after ``FROM`` for rows ``old`` of the ledger that go."""
        coming = f"(FROM {self.name} AS coming WHERE {self.same_row})"
        return f"{self.table} AS old WHERE ({self.scope}) AND NOT EXISTS {coming}"

    def row_id(self, prefix: str) -> str:
        """SQL of the id by which attributes and counts name a row."""
        written = ROW_ID.get(self.table)
        return written.format(prefix) if written else f"{prefix}{named(self.key[0])}"


@dataclass
class _Laid:
    """How the rows of a table are taken from a staged one."""

    columns: dict[str, str]
    source: str
    key: tuple[str, ...]
    scope: str = "false"
    is_side: bool = False
    line: str = field(default="row_line")


def lay_out(connection: "DuckDBPyConnection", staged: Mapping[str, Staged], origin: Origin) -> tuple[Coming, ...]:
    """Make the tables of coming rows, of staged rows that have passed every check; parents come first."""
    laid: list[Coming] = []
    for each in staged.values():
        for table, rows in _tables_of(connection, each, origin):
            laid.append(_make(connection, table, rows))
    laid.append(_make(connection, "attributes", _attributes(staged, laid)))
    return tuple(laid)


def _make(connection: "DuckDBPyConnection", table: str, rows: _Laid) -> Coming:
    others = tuple(name for name in rows.columns if name not in rows.key)
    coming = Coming(table, rows.key, others, rows.scope, rows.is_side)
    taken = ", ".join(f"{expression} AS {named(name)}" for name, expression in rows.columns.items())
    same = " AND ".join(f"old.{named(name)} IS NOT DISTINCT FROM coming.{named(name)}" for name in others)
    connection.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE {coming.name} AS
        SELECT
            coming.*,
            {coming.row_id("coming.")} AS coming_row_id,
            old.import_batch_id AS earlier_batch_id,
            CASE
                WHEN old.{named(rows.key[0])} IS NULL THEN 'new'
                WHEN {same} THEN 'unchanged'
                ELSE 'changed'
            END AS fate
        FROM (SELECT {taken}, {rows.line} AS row_line FROM {rows.source}) AS coming
        LEFT JOIN {table} AS old ON {coming.same_row}"""
    )
    return coming


def _tables_of(connection: "DuckDBPyConnection", each: Staged, origin: Origin) -> Iterator[tuple[str, _Laid]]:
    table = each.table
    columns = dict(_stored(each, column) for column in table.columns if column in each.given or column.fallback)
    columns["origin"] = quoted(origin.value)
    rows = _Laid(columns, each.name, table.key)
    match table.name:
        case "productions":
            rows.source += " JOIN staged_frame_rates ON written = fps"
            del columns["fps"]
            columns |= {"fps_numerator": "numerator", "fps_denominator": "denominator"}
        case "renders" if "hardware" in columns:
            columns["hardware_id"] = f"{quoted(STUDIO_HARDWARE)} || {columns.pop('hardware')}"
            yield "hardware", _machines(each, origin)
        case "assignments":
            # The list of a shot comes in anew: whatever the file does not say is unknown, and its other rows go.
            rows.columns = columns = _in_full(each, columns)
            started = "CAST(started_on AS DATE)" if "started_on" in {column.name for column in each.given} else "NULL"
            columns["assignment_number"] = (
                f"CAST(row_number() OVER (PARTITION BY shot_id ORDER BY {started} NULLS FIRST, row_line) AS INTEGER)"
            )
            rows.key = ("shot_id", "assignment_number")
            rows.scope = f"old.shot_id IN (SELECT shot_id FROM {each.name})"
        case "rates":
            yield "rate_cards", _history_card(each, origin)
            rows.columns = _in_full(each, columns) | {
                "rate_card_id": quoted(HISTORY_CARD),
                "rate_number": "rate_number",
            }
            rows.source = _numbered_rates(each)
            rows.key = ("rate_card_id", "rate_number")
            rows.scope = f"old.rate_card_id = {quoted(HISTORY_CARD)}"
    yield table.name, rows


def _stored(each: Staged, column: Column) -> tuple[str, str]:
    """A column of the ledger and the expression that fills it."""
    if column not in each.given:
        return column.name, str(column.fallback)
    converted = value(column, named(column.name))
    return column.name, f"coalesce({converted}, {column.fallback})" if column.fallback else converted


def _in_full(each: Staged, columns: Mapping[str, str]) -> dict[str, str]:
    """Every column of the table; one that the file has not is unknown."""
    unknown = {column.name: value(column, "CAST(NULL AS VARCHAR)") for column in each.table.columns}
    return unknown | dict(columns)


def _numbered_rates(each: Staged) -> str:
    """Rates with their numbers: one that the card has keeps its own, so that a new line moves no other."""
    key = [each.table.column(name) for name in each.table.key]
    said = {name.name: value(name, f"each.{named(name.name)}") if name in each.given else "NULL" for name in key}
    same = " AND ".join(f"held.{named(name)} IS NOT DISTINCT FROM {text}" for name, text in said.items())
    taken = ", ".join(f"each.{named(column.name)}" for column in each.given)
    of_card = f"rates WHERE rate_card_id = {quoted(HISTORY_CARD)}"
    return f"""(
        SELECT {taken}, each.row_line, CAST(coalesce(
            held_number,
            (SELECT coalesce(max(rate_number), 0) FROM {of_card})
            + row_number() OVER (PARTITION BY held_number IS NULL ORDER BY each.row_line)
        ) AS INTEGER) AS rate_number
        FROM {each.name} AS each
        LEFT JOIN (SELECT *, rate_number AS held_number FROM {of_card}) AS held ON {same}
    )"""


def _history_card(each: Staged, origin: Origin) -> _Laid:
    columns = {
        "rate_card_id": quoted(HISTORY_CARD),
        "name": "'Studio history'",
        "currency": "arg_min(currency, row_line)",
        "origin": quoted(origin.value),
    }
    return _Laid(columns, each.name, ("rate_card_id",), is_side=True, line="1")


def _machines(each: Staged, origin: Origin) -> _Laid:
    """A machine is charged as what its name says or, where that is no resource, as what its renders held."""
    held = {
        column.name: f"coalesce(max({value(column, named(column.name))}), 0) > 0"
        for column in each.given
        if column.name in ("gpu_seconds", "cpu_seconds")
    }
    gpu, cpu = held.get("gpu_seconds", "false"), held.get("cpu_seconds", "false")
    source = f"""(
        SELECT
            each.hardware,
            {quoted(STUDIO_HARDWARE)} || each.hardware AS hardware_id,
            CASE
                WHEN starts_with(each.hardware, 'machine:') THEN each.hardware
                WHEN {gpu} OR any_value(known.rate_resource) = 'machine:gpu' THEN 'machine:gpu'
                WHEN {cpu} THEN 'machine:cpu'
                ELSE any_value(known.rate_resource)
            END AS rate_resource,
            min(each.row_line) AS row_line
        FROM {each.name} AS each
        LEFT JOIN hardware AS known ON known.hardware_id = {quoted(STUDIO_HARDWARE)} || each.hardware
        WHERE each.hardware IS NOT NULL
        GROUP BY each.hardware
    )"""
    columns = {
        "hardware_id": "hardware_id",
        "rate_resource": "rate_resource",
        # So that machine:gpu:h100 prices a machine that the studio calls "h100".
        "gpu_model": "if(rate_resource = 'machine:gpu', hardware, NULL)",
        "origin": quoted(origin.value),
    }
    return _Laid(columns, source, ("hardware_id",), is_side=True)


def _attributes(staged: Mapping[str, Staged], laid: list[Coming]) -> _Laid:
    """Columns that the ledger has no place for, by row; what a row had of them before goes."""
    by_table = {coming.table: coming for coming in laid}
    taken, scopes = [], []
    for each in staged.values():
        coming = by_table[each.table.name]
        table = quoted(coming.table)
        scopes.append(f"(old.table_name = {table} AND old.row_id IN (SELECT coming_row_id FROM {coming.name}))")
        if coming.scope != "false":
            row_id = coming.row_id("old.")
            scopes.append(f"(old.table_name = {table} AND old.row_id IN (SELECT {row_id} FROM {coming.gone}))")
        taken += [
            f"SELECT {table} AS table_name, coming_row_id AS row_id, {quoted(name)} AS name, {named(name)} AS value, "
            f"row_line FROM {each.name} JOIN {coming.name} USING (row_line) WHERE {named(name)} IS NOT NULL"
            for name in each.further
        ]
    if not taken:
        taken = ["SELECT '' AS table_name, '' AS row_id, '' AS name, '' AS value, 0 AS row_line WHERE false"]
    columns = {name: name for name in ("table_name", "row_id", "name", "value")}
    source = f"({' UNION ALL '.join(taken)})"
    return _Laid(columns, source, ("table_name", "row_id", "name"), " OR ".join(scopes), is_side=True)
