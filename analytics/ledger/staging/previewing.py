"""Tells what an import would change, without writing anything."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from analytics.ledger.ledger import Ledger
from analytics.ledger.staging.columns import Table, named
from analytics.ledger.staging.coming import Coming
from analytics.ledger.staging.importing import digest_of, imports_of_same, staged_rows
from analytics.ledger.staging.writing import Written, count_fates
from analytics.vocabulary.origin import Origin

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

EXAMPLES = 3
"""Rows that are shown of each kind of change."""

_AMOUNTS = {
    "shots": ("cut_frames", "'frames'"),
    "work_entries": ("people_hours", "'hours'"),
    "renders": ("wall_seconds", "'seconds'"),
    "charges": ("amount", "{}currency"),
}
"""What is added up of a table, and the unit it is in, of a row behind a prefix."""

_LABELS = {
    "assignments": "{0}shot_id || ', assignment ' || {0}assignment_number",
    "rates": "{0}resource || ' from ' || {0}valid_from",
    "fx_rates": "{0}from_currency || ' to ' || {0}to_currency || ' from ' || {0}valid_from",
    "attributes": "{0}row_id || ', ' || {0}name",
}
"""What people call a row that has no id of its own, of columns behind a prefix."""


@dataclass(frozen=True)
class CellChange:
    """A value before and after, as text; ``None`` where nothing is known."""

    row: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class ColumnChange:
    """A column in which rows change, with the first of them."""

    column: str
    row_count: int
    examples: tuple[CellChange, ...]


@dataclass(frozen=True)
class AmountChange:
    """What all rows of a table add up to, before and after.

    Attributes
    ----------
    unit
        ``frames``, ``hours``, ``seconds`` or a currency.
    """

    column: str
    unit: str
    before: float
    after: float

    @property
    def change(self) -> float:
        """After less before."""
        return self.after - self.before


@dataclass(frozen=True)
class TablePreview:
    """What would become of one table.

    Attributes
    ----------
    new_examples, gone_examples
        The first rows, by their ids or what people call them.
    columns
        Those in which rows change, the most changed first.
    """

    counts: Written
    new_examples: tuple[str, ...]
    gone_examples: tuple[str, ...]
    columns: tuple[ColumnChange, ...]
    amounts: tuple[AmountChange, ...]

    @property
    def table(self) -> str:
        """The ledger's table."""
        return self.counts.table

    @property
    def changes_nothing(self) -> bool:
        """Whether the ledger says all of it already."""
        return not (self.counts.new_count or self.counts.changed_count or self.counts.gone_count)


@dataclass(frozen=True)
class ImportPreview:
    """What an import would do.

    Attributes
    ----------
    tables
        Those with a file, and those that follow from them where something changes there.
    imported_at
        When the very same files were imported, UTC; then an import changes nothing. ``None``: they were not, or that
        was taken back.
    """

    tables: tuple[TablePreview, ...]
    row_count: int
    imported_at: datetime | None

    @property
    def total(self) -> Written:
        """Rows of all tables together."""
        counts = [table.counts for table in self.tables]
        return Written(
            "all",
            sum(each.new_count for each in counts),
            sum(each.changed_count for each in counts),
            sum(each.unchanged_count for each in counts),
            sum(each.gone_count for each in counts),
        )

    @property
    def changes_nothing(self) -> bool:
        """Whether the ledger would be the same afterwards."""
        return self.imported_at is not None or all(table.changes_nothing for table in self.tables)


def preview_tables(
    ledger: Ledger, tables: Sequence[Table], files: Mapping[str, Path], importer: str, origin: Origin
) -> ImportPreview:
    """What `importing.import_tables` would do with the same files.

    Raises
    ------
    InputRefused
        With every problem of every file, with line and column, as the import itself would.
    LedgerError
        If the ledger cannot be read.
    """
    with ledger.reading() as connection:
        earlier = imports_of_same(connection, importer, digest_of(files))
        with staged_rows(connection, tables, files, origin) as (staged, coming):
            told = [_preview(connection, each) for each in coming]
            shown = tuple(
                table for table, each in zip(told, coming, strict=True) if not (each.is_side and table.changes_nothing)
            )
            row_count = sum(each.row_count for each in staged.values())
    holds = bool(earlier) and not earlier[0]["is_undone"]
    return ImportPreview(shown, row_count, earlier[0]["imported_at"] if holds else None)


def _preview(connection: "DuckDBPyConnection", coming: Coming) -> TablePreview:
    counts = count_fates(connection, coming)
    new = connection.execute(
        f"SELECT {_label(coming, '')} FROM {coming.name} WHERE fate = 'new' ORDER BY row_line LIMIT {EXAMPLES}"
    ).fetchall()
    gone = connection.execute(
        f"SELECT {_label(coming, 'old.')} AS label FROM {coming.gone} ORDER BY label LIMIT {EXAMPLES}"
    ).fetchall()
    return TablePreview(
        counts,
        tuple(str(row[0]) for row in new),
        tuple(str(row[0]) for row in gone),
        _changed_columns(connection, coming) if counts.changed_count else (),
        _amounts(connection, coming),
    )


def _changed_columns(connection: "DuckDBPyConnection", coming: Coming) -> tuple[ColumnChange, ...]:
    changed = f"{coming.name} AS coming JOIN {coming.table} AS old ON {coming.same_row} WHERE fate = 'changed'"
    counted = ", ".join(
        f"count(*) FILTER (old.{named(name)} IS DISTINCT FROM coming.{named(name)})" for name in coming.columns
    )
    (counts,) = connection.execute(f"SELECT {counted} FROM {changed}").fetchall()
    found = []
    for name, count in zip(coming.columns, counts, strict=True):
        if not count:
            continue
        column = named(name)
        examples = connection.execute(
            f"SELECT {_label(coming, 'coming.')}, {_text(f'old.{column}')}, {_text(f'coming.{column}')} FROM {changed} "
            f"AND old.{column} IS DISTINCT FROM coming.{column} ORDER BY row_line LIMIT {EXAMPLES}"
        ).fetchall()
        found.append(ColumnChange(name, int(count), tuple(CellChange(*row) for row in examples)))
    return tuple(sorted(found, key=lambda change: -change.row_count))


def _amounts(connection: "DuckDBPyConnection", coming: Coming) -> tuple[AmountChange, ...]:
    if coming.table not in _AMOUNTS:
        return ()
    column, unit = _AMOUNTS[coming.table]
    rows = connection.execute(
        f"""
        WITH counted AS (
            SELECT {unit.format("old.")} AS unit, sum(old.{column}) AS before, sum(old.{column}) AS after
            FROM {coming.table} AS old GROUP BY ALL
            UNION ALL
            SELECT {unit.format("old.")}, 0, -sum(old.{column})
            FROM {coming.table} AS old JOIN {coming.name} AS coming ON {coming.same_row}
            WHERE fate = 'changed' GROUP BY ALL
            UNION ALL
            SELECT {unit.format("coming.")}, 0, sum(coming.{column})
            FROM {coming.name} AS coming WHERE fate <> 'unchanged' GROUP BY ALL
        )
        SELECT unit, CAST(coalesce(sum(before), 0) AS DOUBLE), CAST(coalesce(sum(after), 0) AS DOUBLE)
        FROM counted GROUP BY unit ORDER BY unit"""
    ).fetchall()
    return tuple(AmountChange(column, *row) for row in rows if row[1] or row[2])


def _label(coming: Coming, prefix: str) -> str:
    written = _LABELS.get(coming.table)
    return written.format(prefix) if written else coming.row_id(prefix)


def _text(value: str) -> str:
    """SQL that writes a value as people do: 520 and not 520.000000."""
    written = f"CAST({value} AS VARCHAR)"
    return f"if(starts_with(typeof({value}), 'DECIMAL'), rtrim(rtrim({written}, '0'), '.'), {written})"
