"""Loads the SQL of `questions/` and `commands/`: one statement a file, its header held against its text.

A file starts with comment lines::

    -- Lists the stages of one shot's renders, in the order they ran.
    -- parameter shot_id VARCHAR: the shot
    -- column wall_seconds DOUBLE: seconds by a monotonic clock

A question names all its result columns in order; a command has parameters only.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

Folder = Literal["questions", "commands"]

_DECLARED = re.compile(r"--\s+(parameter|column)\s+(\w+)\s+(.*)")
_LITERAL_OR_COMMENT = re.compile(r"'(?:[^']|'')*'|--[^\n]*")
_NAMED = re.compile(r"\$([A-Za-z_]\w*)")


@dataclass(frozen=True)
class Declared:
    """A parameter or result column as the header declares it."""

    name: str
    type: str
    meaning: str


@dataclass(frozen=True)
class Statement:
    """One statement with its header. ``purpose`` is the header's first line."""

    name: str
    folder: Folder
    purpose: str
    text: str
    parameters: tuple[Declared, ...]
    columns: tuple[Declared, ...]

    def bound(self, given: dict[str, Any]) -> dict[str, Any]:
        """Check the given parameters: all of them and no others.

        Raises
        ------
        TypeError
            If one is missing or unknown, as for a Python call.
        """
        expected = {parameter.name for parameter in self.parameters}
        if set(given) != expected:
            missing, unknown = sorted(expected - set(given)), sorted(set(given) - expected)
            raise TypeError(f"{self.folder}/{self.name}.sql: parameters missing {missing}, unknown {unknown}")
        return given


class HeaderWrong(ValueError):
    """A header that does not say what its statement does. Only a programmer can meet it."""


def plain_type(written: str) -> str:
    """One spelling for a type, so that a header may say TIMESTAMPTZ and put spaces where it likes."""
    short = written.upper().replace("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ")
    return re.sub(r"\s*([(),\[\]])\s*", r"\1", re.sub(r"\s+", " ", short)).strip().replace('"', "")


def parsed(name: str, folder: Folder, text: str) -> Statement:
    """Build a statement from the text of its file.

    Raises
    ------
    HeaderWrong
        If the purpose is missing, a declaration cannot be read, or parameters differ from those in the text.
    """
    place = f"{folder}/{name}.sql"
    header = [line for line in text.splitlines() if line.startswith("--")]
    if not header or _DECLARED.match(header[0]) or len(header[0]) < 10:
        raise HeaderWrong(f"{place}: the first line must be a comment that says what it is for")
    found: dict[str, list[Declared]] = {"parameter": [], "column": []}
    for line in header[1:]:
        if match := _DECLARED.match(line):
            kind, declared_name, rest = match.groups()
            type_, _, meaning = rest.partition(":")
            found[kind].append(Declared(declared_name, plain_type(type_), meaning.strip()))
    used = set(_NAMED.findall(_LITERAL_OR_COMMENT.sub("", text)))
    declared = {parameter.name for parameter in found["parameter"]}
    if used != declared:
        raise HeaderWrong(
            f"{place}: parameters only in the header {sorted(declared - used)}, "
            f"only in the text {sorted(used - declared)}"
        )
    if (folder == "questions") != bool(found["column"]):
        raise HeaderWrong(f"{place}: a question declares its columns, a command has none")
    return Statement(name, folder, header[0].lstrip("- "), text, tuple(found["parameter"]), tuple(found["column"]))


@cache
def statement(folder: Folder, name: str) -> Statement:
    """The statement in ``<folder>/<name>.sql``, read once a process."""
    text = resources.files("analytics.ledger").joinpath(folder, f"{name}.sql").read_text(encoding="utf-8")
    return parsed(name, folder, text)


def give(connection: Any, command: str, **parameters: Any) -> None:
    """Give ``commands/<command>.sql`` inside a transaction that is already open."""
    given = statement("commands", command)
    connection.execute(given.text, given.bound(parameters))


def all_statements(folder: Folder) -> Iterator[Statement]:
    """Every statement of one folder, by name."""
    entries = resources.files("analytics.ledger").joinpath(folder).iterdir()
    for file_name in sorted(entry.name for entry in entries):
        if file_name.endswith(".sql"):
            yield statement(folder, file_name.removesuffix(".sql"))


def header_faults(checked: Statement, connection: Any) -> list[str]:
    """Hold a header against what DuckDB itself says about the statement, on a connection to an empty ledger.

    Returns
    -------
    list of str
        One sentence for each difference; empty where the header is right. Every parameter is bound as NULL, which
        DuckDB plans without running.
    """
    import duckdb

    place = f"{checked.folder}/{checked.name}.sql"
    statements = duckdb.extract_statements(checked.text)
    if len(statements) != 1:
        return [f"{place}: holds {len(statements)} statements instead of one"]
    faults = []
    named = set(statements[0].named_parameters)
    declared = {parameter.name for parameter in checked.parameters}
    if named != declared:
        faults.append(f"{place}: DuckDB finds the parameters {sorted(named)}, the header {sorted(declared)}")
    nulls: dict[str, Any] = dict.fromkeys(named)
    if checked.folder == "commands":
        connection.execute(f"EXPLAIN {checked.text}", nulls).fetchall()
        return faults
    described = connection.execute(f"DESCRIBE {checked.text}", nulls).fetchall()
    found = [(str(row[0]), plain_type(str(row[1]))) for row in described]
    expected = [(column.name, column.type) for column in checked.columns]
    if found != expected:
        faults.append(f"{place}: DuckDB returns {found}, the header says {expected}")
    return faults
