"""TOML read strictly: whatever cannot be used is refused with its field and its mend, all of it at once."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from analytics.vocabulary.errors import InputRefused, Problem

_MISSING = "must be there"


def read_toml(path: Path) -> dict[str, Any]:
    """Parse a file.

    Raises
    ------
    InputRefused
        If it cannot be read or is not TOML.
    """
    try:
        # Decimal keeps an unquoted number as it was written, so that the mend can show it quoted.
        return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except OSError as error:
        raise InputRefused(
            str(path), None, f"cannot be read: {error.strerror or error}", "name a TOML file that is there"
        ) from None
    except UnicodeDecodeError:
        raise InputRefused(str(path), None, "is not UTF-8 text", "save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise InputRefused(str(path), None, f"is not TOML: {error}", "mend the line named") from None


class StrictReader:
    """Takes fields out of a parsed file and collects what is wrong with them on the way.

    What was refused is answered with an empty value, so that the rest of the file is looked at too.
    """

    def __init__(self, file_name: str) -> None:
        self.file_name = file_name
        self.problems: list[Problem] = []

    def refuse(self, place: str, value: object, why: str, mend: str) -> None:
        """Note a problem; reading goes on."""
        self.problems.append(Problem(f"{self.file_name}: {place}", value, why, mend))

    def known_fields(self, table: Mapping[str, Any], known: Sequence[str], place: str) -> None:
        """Refuse every field that is not one of the known: a misspelt one would be left out without a word."""
        for field in table:
            if field not in known:
                self.refuse(f"{place}{field}", table[field], "is no field here", f"use one of: {', '.join(known)}")

    def text(self, table: Mapping[str, Any], field: str, place: str, pattern: str = "", example: str = "...") -> str:
        """Text that must be there and look like the pattern; empty where it was refused."""
        value = table.get(field)
        if not isinstance(value, str) or not value.strip():
            self.refuse(f"{place}{field}", value, _MISSING, f'write {field} = "{example}"')
        elif pattern and not re.fullmatch(pattern, value):
            self.refuse(f"{place}{field}", value, "is not written as expected", f'write {field} = "{example}"')
        else:
            return value.strip()
        return ""

    def optional_text(self, table: Mapping[str, Any], field: str, place: str) -> str | None:
        """Text, or ``None`` where the field is not there."""
        return (self.text(table, field, place) or None) if field in table else None

    def choice(self, table: Mapping[str, Any], field: str, place: str, known: Sequence[str]) -> str | None:
        """One of the known words, which must be there; ``None`` where it was refused."""
        value = table.get(field)
        if value in known:
            return str(value)
        self.refuse(f"{place}{field}", value, "is none of the known" if value else _MISSING, f"use {', '.join(known)}")
        return None

    def texts(self, table: Mapping[str, Any], field: str, place: str) -> tuple[str, ...]:
        """A list of texts; empty where the field is not there."""
        value = table.get(field, [])
        if not isinstance(value, list) or not all(isinstance(each, str) and each.strip() for each in value):
            self.refuse(f"{place}{field}", str(value), "is no list of texts", f'write {field} = ["..."]')
            return ()
        return tuple(value)

    def table(self, table: Mapping[str, Any], field: str, place: str) -> dict[str, Any]:
        """A table inside the table; empty where the field is not there."""
        value = table.get(field, {})
        if not isinstance(value, dict):
            self.refuse(f"{place}{field}", str(value), "is no table", f"write it as [{place}{field}]")
            return {}
        return value

    def yes_or_no(self, table: Mapping[str, Any], field: str, place: str) -> bool:
        """``true`` or ``false``; false where the field is not there."""
        value = table.get(field, False)
        if not isinstance(value, bool):
            self.refuse(f"{place}{field}", str(value), "is neither true nor false", f"write {field} = true or false")
            return False
        return value

    def tables(self, table: Mapping[str, Any], field: str, place: str) -> list[dict[str, Any]]:
        """A list of tables; empty where the field is not there."""
        value = table.get(field, [])
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            self.refuse(f"{place}{field}", str(value), "is no list of tables", f"write it as [[rule.{field}]]")
            return []
        return value

    def number(self, table: Mapping[str, Any], field: str, place: str, *, share: bool) -> Decimal:
        """A quoted decimal: a share from 0 to 1, or an amount with at most two decimals."""
        value, example = table.get(field), "0.25" if share else "250000"
        if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
            self.refuse(
                f"{place}{field}",
                str(value),
                "is a number of the file format, which may lose digits",
                f'quote it: {field} = "{value}"',
            )
        elif not isinstance(value, str):
            self.refuse(f"{place}{field}", value, _MISSING, f'write {field} = "{example}"')
        elif not re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,6})?" if share else r"[0-9]{1,12}(\.[0-9]{1,2})?", value):
            self.refuse(
                f"{place}{field}",
                value,
                "is no plain decimal" if share else "is no plain amount to the cent",
                f'write digits and a point, as in "{example}"',
            )
        elif share and Decimal(value) > 1:
            self.refuse(
                f"{place}{field}", value, "is a share and must lie between 0 and 1", "write 25 per cent as 0.25"
            )
        else:
            return Decimal(value)
        return Decimal(0)

    def optional_number(self, table: Mapping[str, Any], field: str, place: str, *, share: bool) -> Decimal | None:
        """As `number`, or ``None`` where the field is not there."""
        return self.number(table, field, place, share=share) if field in table else None

    def day(self, table: Mapping[str, Any], field: str, place: str) -> date | None:
        """A date, or ``None`` where the field is not there."""
        value = table.get(field)
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        self.refuse(
            f"{place}{field}", str(value), "is not a date", "write it without quotes and time, as in 2026-01-01"
        )
        return None
