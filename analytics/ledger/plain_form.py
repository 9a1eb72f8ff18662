"""Vocabulary dataclasses as plain JSON values and back, strictly: one reading finds every problem."""

import json
import math
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

from analytics.vocabulary.errors import InputRefused, Problem
from analytics.vocabulary.frame_rate import FrameRate
from analytics.vocabulary.frames import FrameRange, FrameSize

_WRITTEN_AS_TEXT = (FrameRange, FrameSize, FrameRate)
"""Vocabulary that has a short form which `parse` reads and `str` writes."""


def to_plain(value: Any) -> Any:
    """A dataclass as what `json.dumps` takes: instants in UTC with Z, frame ranges and enums as text.

    Raises
    ------
    InputRefused
        If an instant has no time zone, a number is not finite, or a value has no plain form.
    """
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, (*_WRITTEN_AS_TEXT, Decimal)):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise InputRefused("instant", value.isoformat(), "has no time zone", "give an instant in UTC")
        return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): to_plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [to_plain(entry) for entry in value]
    if isinstance(value, float) and not math.isfinite(value):
        raise InputRefused("number", value, "is not finite", "leave it out or give a number")
    if value is None or isinstance(value, str | int | float):
        return value
    raise InputRefused("value", type(value).__name__, "has no plain form", "use text, numbers, lists and mappings")


def read_json(path: Path, mend: str) -> Any:
    """What a JSON file holds.

    Raises
    ------
    InputRefused
        If it cannot be read or is no JSON; ``mend`` is what the reader is told to do.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputRefused(str(path), None, f"cannot be read ({error})", mend) from None


_type_hints = cache(get_type_hints)
"""Looked up anew for each of a bid's thousands of lines, they took most of the time of reading it."""


class Reading:
    """One reading of a plain document. Problems are gathered; `refuse_if_any` raises them all at once.

    Parameters
    ----------
    place
        What stands before the field in each problem: the file.
    """

    def __init__(self, place: str) -> None:
        self.place = place
        self.problems: list[Problem] = []

    def problem(self, field: str, value: object, why: str, mend: str) -> None:
        """Note a problem at a field."""
        shown = value if value is None or len(repr(value)) <= 80 else f"{repr(value)[:77]}..."
        self.problems.append(Problem(f"{self.place}, {field}" if field else self.place, shown, why, mend))

    def refuse_if_any(self) -> None:
        """Raise what was found.

        Raises
        ------
        InputRefused
            If there was a problem.
        """
        if self.problems:
            raise InputRefused.all_of(self.problems)

    def dataclass(self, kind: type, plain: object, field: str) -> Any:
        """Read one dataclass; ``None`` if a problem was noted in it."""
        if not isinstance(plain, dict):
            self.problem(field, plain, "is no mapping of fields", f"write the fields of {kind.__name__.lower()}")
            return None
        noted = len(self.problems)
        hints, known = _type_hints(kind), {entry.name: entry for entry in fields(kind)}
        prefix = f"{field}." if field else ""
        for name in plain.keys() - known.keys():
            self.problem(
                prefix + name,
                None,
                "is no field this version knows",
                "remove it, or read the file with the version that wrote it",
            )
        values = {}
        for name, entry in known.items():
            if name in plain:
                values[name] = self.value(hints[name], plain[name], prefix + name)
            elif entry.default is MISSING and entry.default_factory is MISSING:
                self.problem(prefix + name, None, "is missing", "add it")
        if len(self.problems) > noted:
            return None
        try:
            return kind(**values)
        except InputRefused as refused:
            for found in refused.problems:
                self.problem(field, found.value, found.why, found.mend)
            return None

    def value(self, kind: Any, plain: object, field: str) -> Any:
        """Read one value of the given type."""
        origin, parts = get_origin(kind), get_args(kind)
        if origin in (Union, types.UnionType):
            return (
                None
                if plain is None
                else self.value(next(part for part in parts if part is not type(None)), plain, field)
            )
        if origin is tuple:
            if not isinstance(plain, list):
                return self.problem(field, plain, "is not a list", "write a list")
            return tuple(self.value(parts[0], entry, f"{field}[{position}]") for position, entry in enumerate(plain))
        if kind is Any:
            return plain
        if origin is not None and issubclass(origin, Mapping):
            return (
                plain
                if isinstance(plain, dict)
                else self.problem(field, plain, "is no mapping", "write names and values")
            )
        if is_dataclass(kind) and kind not in _WRITTEN_AS_TEXT:
            return self.dataclass(kind if isinstance(kind, type) else type(kind), plain, field)
        return self._scalar(kind, plain, field)

    def _scalar(self, kind: Any, plain: object, field: str) -> Any:
        if kind is float:
            if isinstance(plain, int | float) and not isinstance(plain, bool) and abs(plain) < 1e300:
                return float(plain)
            return self.problem(field, plain, "is not a number", "write a number")
        if kind is int or kind is bool:
            if type(plain) is kind and (kind is bool or -(2**63) <= int(plain) < 2**63):
                return plain
            return self.problem(
                field, plain, "is not a whole number" if kind is int else "is neither true nor false", "correct it"
            )
        if not isinstance(plain, str):
            return self.problem(field, plain, "is not text", "write it in quotes")
        if kind is str:
            return plain
        if issubclass(kind, StrEnum):
            words = ", ".join(member.value for member in kind)
            return (
                kind(plain)
                if plain in kind._value2member_map_
                else self.problem(field, plain, f"is none of {words}", "use one of these")
            )
        return self._parsed(kind, plain, field)

    def _parsed(self, kind: Any, plain: str, field: str) -> Any:
        try:
            if kind in _WRITTEN_AS_TEXT:
                return kind.parse(plain)
            if kind is Decimal:
                return Decimal(plain)
            if kind is date:
                return date.fromisoformat(plain)
            instant = datetime.fromisoformat(plain)
            if instant.tzinfo is None:
                raise ValueError
            return instant.astimezone(UTC)
        except InputRefused as refused:
            found = refused.problems[0]
            return self.problem(field, plain, found.why, found.mend)
        except (ValueError, InvalidOperation, OverflowError):
            example = {Decimal: "a decimal such as 12.50", date: "a date such as 2026-11-02"}.get(
                kind, "an instant such as 2026-11-02T10:15:00Z"
            )
            return self.problem(field, plain, "cannot be read", f"write {example}")
