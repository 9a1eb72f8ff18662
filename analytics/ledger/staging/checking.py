"""Checks staged tables as a whole: every wrong value, every unknown or doubled id, with its line."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from analytics.ledger.staging.columns import Column, Kind, named, right, wrong_words
from analytics.ledger.staging.reading import Staged
from analytics.vocabulary.errors import Problem

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MOST_OF_A_KIND = 200
"""Problems of one kind in one column that are told one by one; of more, only how many there are."""


def problems_of(
    connection: "DuckDBPyConnection", staged: Mapping[str, Staged], unread: frozenset[str] = frozenset()
) -> list[Problem]:
    """Everything that keeps staged tables out of the ledger, file by file and line by line.

    Parameters
    ----------
    unread
        Tables whose file could not be read: ids that refer to them cannot be looked for.
    """
    found: list[tuple[int, int, int, Problem]] = []
    for place, each in enumerate(staged.values()):
        for number, given in enumerate(each.given):
            column = replace(given, refers_to=None) if given.refers_to and given.refers_to[0] in unread else given
            found += [(place, line, number, problem) for line, problem in _of_column(connection, each, column, staged)]
        found += [(place, line, -1, problem) for line, problem in _of_rows(connection, each)]
    return [problem for *_, problem in sorted(found, key=lambda entry: entry[:3])]


def _of_column(
    connection: "DuckDBPyConnection", each: Staged, column: Column, staged: Mapping[str, Staged]
) -> Iterator[tuple[int, Problem]]:
    v = named(column.name)
    rows = f"(SELECT {v} AS v, row_line FROM {each.name})"
    if column.required:
        yield from _told(
            connection, each, column.name, f"SELECT row_line, NULL FROM {rows} WHERE v IS NULL",
            "is empty", "fill it in; it is needed",
        )  # fmt: skip
    if column.kind is not Kind.TEXT:
        yield from _told(
            connection, each, column.name,
            f"SELECT row_line, v FROM {rows} WHERE v IS NOT NULL AND NOT ({right(column)})",
            *wrong_words(column),
        )  # fmt: skip
    if column.refers_to:
        table, id_ = column.refers_to
        known = f"SELECT {id_} FROM {table}"
        if table in staged:
            known += f" UNION ALL SELECT {id_} FROM {staged[table].name}"
        yield from _told(
            connection, each, column.name,
            f"SELECT row_line, v FROM {rows} WHERE v IS NOT NULL AND v NOT IN "
            f"(SELECT id FROM ({known}) AS known(id) WHERE id IS NOT NULL)",
            f"is not among the {table}", f"add it to the {table}, or correct the id",
        )  # fmt: skip


def _of_rows(connection: "DuckDBPyConnection", each: Staged) -> Iterator[tuple[int, Problem]]:
    table, names = each.table, {column.name for column in each.given}
    key = [name for name in table.key if name in names]
    if key:
        shared = ", ".join(map(named, key))
        complete = " AND ".join(f"{named(name)} IS NOT NULL" for name in table.key if table.column(name).required)
        yield from _told(
            connection, each, " and ".join(key),
            f"SELECT row_line, concat_ws(', ', {shared}) FROM {each.name} WHERE {complete or 'true'} "
            f"QUALIFY row_number() OVER (PARTITION BY {shared} ORDER BY row_line) > 1",
            "stands there twice", "take one of the rows out, or correct the id",
        )  # fmt: skip
        if len(table.key) == 1:
            yield from _told(
                connection, each, key[0],
                f"SELECT row_line, {shared} FROM {each.name} SEMI JOIN "
                f"(SELECT {shared} FROM {table.name} WHERE origin = 'measured') USING ({shared})",
                "is in the ledger already, as measured by Shotledger itself", "give it another id",
            )  # fmt: skip
    pairs = [
        *((pair, "<", "lies before") for pair in table.in_order),
        *((pair, "<=", "is not after") for pair in table.apart),
    ]
    for (first, then), operator, words in pairs:
        if {first, then} <= names:
            type_ = "TIMESTAMPTZ" if table.column(then).kind is Kind.INSTANT else "DATE"
            yield from _told(
                connection, each, then,
                f"SELECT row_line, {named(then)} FROM {each.name} "
                f"WHERE try_cast({named(then)} AS {type_}) {operator} try_cast({named(first)} AS {type_})",
                f"{words} {first}", "correct one of the two",
            )  # fmt: skip


def _told(
    connection: "DuckDBPyConnection", each: Staged, column: str, question: str, why: str, mend: str
) -> Iterator[tuple[int, Problem]]:
    rows = connection.execute(f"{question} ORDER BY row_line LIMIT {MOST_OF_A_KIND + 1}").fetchall()
    unit = "row" if each.file.suffix == ".parquet" else "line"
    for line, text in rows[:MOST_OF_A_KIND]:
        yield int(line), Problem(f"{each.file}, {unit} {line}, {column}", text, why, mend)
    if len(rows) > MOST_OF_A_KIND:
        ((count,),) = connection.execute(f"SELECT count(*) FROM ({question})").fetchall()
        line = int(rows[MOST_OF_A_KIND][0])
        place = f"{each.file}, from {unit} {line} on, {column}"
        yield line, Problem(place, None, f"{count - MOST_OF_A_KIND} more like those before: {why}", mend)
