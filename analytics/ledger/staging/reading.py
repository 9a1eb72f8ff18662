"""Reads CSV and Parquet files into temporary tables of text, each row with the line it stands on."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from analytics.ledger.staging.columns import Column, Kind, Table, named, quoted
from analytics.vocabulary.errors import InputRefused, Problem
from analytics.vocabulary.frame_rate import FrameRate

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SUFFIXES = (".csv", ".parquet")
NEW_LINE = b"\n"
_SAVE_AS = "save it as CSV in UTF-8 with a header row"


@dataclass(frozen=True)
class Staged:
    """A file that was read.

    Attributes
    ----------
    given
        Columns of the table that the file has.
    further
        Columns that the table does not know, kept as attributes of the row.
    """

    table: Table
    file: Path
    given: tuple[Column, ...]
    further: tuple[str, ...]
    row_count: int

    @property
    def name(self) -> str:
        """The temporary table it lies in."""
        return f"staged_{self.table.name}"


def stage(connection: "DuckDBPyConnection", table: Table, file: Path) -> tuple[Staged | None, list[Problem]]:
    """Read a file into a temporary table ``staged_NAME`` of text with ``row_line``: its line, or its row in Parquet.

    Returns
    -------
    Staged or None
        ``None`` where nothing can be read of it.
    list of Problem
        Why; or what of its lines does not fit the header.
    """
    import duckdb

    try:
        names = _parquet_names(connection, file) if file.suffix == ".parquet" else _csv_names(file)
    except (OSError, UnicodeDecodeError, csv.Error, duckdb.Error) as error:
        return None, [Problem(str(file), None, f"cannot be read ({_first_line(error)})", _SAVE_AS)]
    problems = _name_problems(table, file, names)
    if problems:
        return None, problems
    source = f"read_parquet({quoted(str(file))})"
    if file.suffix == ".csv":
        columns = ", ".join(f"{quoted(name)}: 'VARCHAR'" for name in names)
        source = (
            f"read_csv({quoted(str(file))}, header = true, auto_detect = false, columns = {{{columns}}}, delim = ',', "
            "quote = '\"', escape = '\"', nullstr = '', parallel = false, store_rejects = true, "
            "rejects_table = 'rejected_lines', rejects_scan = 'rejecting_scans', rejects_limit = 0)"
        )
    target = f"staged_{table.name}"
    # A text may run over several lines: a row stands after all the lines of those before it.
    breaks = " + ".join(f"coalesce(length({n}) - length(replace({n}, chr(10), '')), 0)" for n in map(_text, names))
    taken = ", ".join(f"nullif(trim({_text(name)}), '') AS {named(name)}" for name in names)
    lines = (
        "row_in_file"
        if file.suffix == ".parquet"
        else "1 + row_in_file + coalesce(sum(line_breaks) OVER "
        "(ORDER BY row_in_file ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)"
    )
    try:
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {target} AS SELECT * EXCLUDE (row_in_file, line_breaks), "
            f"CAST({lines} AS BIGINT) AS row_line FROM (SELECT {taken}, row_number() OVER () AS row_in_file, "
            f"{breaks} AS line_breaks FROM {source})"
        )
    except duckdb.Error as error:
        return None, [Problem(str(file), None, f"cannot be read ({_first_line(error)})", _SAVE_AS)]
    broken = _rejected(connection, file) if file.suffix == ".csv" else []
    known = {column.name for column in table.columns}
    ((count,),) = connection.execute(f"SELECT count(*) FROM {target}").fetchall()
    given = tuple(column for column in table.columns if column.name in names)
    return Staged(table, file, given, tuple(name for name in names if name not in known), int(count)), broken


def read_frame_rates(connection: "DuckDBPyConnection", staged: Mapping[str, Staged]) -> None:
    """Put what is written for frame rates, with what it means, into the temporary table ``staged_frame_rates``."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE staged_frame_rates (written VARCHAR, numerator INTEGER, denominator INTEGER)"
    )
    for each in staged.values():
        for column in each.given:
            if column.kind is not Kind.FRAME_RATE:
                continue
            written = connection.execute(f"SELECT DISTINCT {named(column.name)} FROM {each.name}").fetchall()
            for (text,) in written:
                try:
                    exact = FrameRate.parse(text).exact if text else None
                except InputRefused:
                    continue  # told with its line by the checks
                if exact is not None and exact.denominator < 2**31 and exact.numerator < 2**31:
                    connection.execute(
                        "INSERT INTO staged_frame_rates VALUES (?, ?, ?)", [text, exact.numerator, exact.denominator]
                    )


def _csv_names(file: Path) -> list[str]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return [name.strip() for name in next(csv.reader(lines), [])]


def _parquet_names(connection: "DuckDBPyConnection", file: Path) -> list[str]:
    return [str(row[0]) for row in connection.execute(f"DESCRIBE FROM read_parquet({quoted(str(file))})").fetchall()]


def _text(name: str) -> str:
    return f"CAST({named(name)} AS VARCHAR)"


def _name_problems(table: Table, file: Path, names: list[str]) -> list[Problem]:
    place = f"{file}, line 1"
    if not names:
        return [Problem(str(file), None, "is empty", _SAVE_AS)]
    problems = [
        Problem(place, name or None, why, mend)
        for name, why, mend in (
            *(("", "a column has no name", "name it or take it out") for name in names if not name),
            *(
                (name, "names two columns", "take one of them out or name it otherwise")
                for name in sorted({name for name in names if name and names.count(name) > 1})
            ),
        )
    ]
    needed = [column.name for column in table.columns if column.required]
    problems += [
        Problem(place, None, f"the column {name} is missing", f"add a column {name}")
        for name in needed
        if name not in names
    ]
    return problems


def _rejected(connection: "DuckDBPyConnection", file: Path) -> list[Problem]:
    rows = connection.execute(
        "SELECT line_byte_position, any_value(error_message ORDER BY error_message) FROM rejected_lines "
        "GROUP BY line_byte_position ORDER BY line_byte_position"
    ).fetchall()
    connection.execute("DROP TABLE rejected_lines")
    connection.execute("DROP TABLE rejecting_scans")
    content = file.read_bytes() if rows else b""
    return [
        Problem(
            f"{file}, line {content.count(NEW_LINE, 0, position) + 1}",
            None,
            f"does not fit the header ({_first_line(message)})",
            "give every row as many values as the header has names, and put texts with commas in quotes",
        )
        for position, message in rows
    ]


def _first_line(error: object) -> str:
    return str(error).strip().partition("\n")[0].rstrip(".")
