"""The chart of accounts: which account each line of a bid is booked to."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from analytics.costing.strict_toml import StrictReader, read_toml
from analytics.vocabulary.bid import LineKind
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.shipped import shipped_path

_FIELDS = ("name", "origin", "source", "kind", "people")
_CODE = r"[A-Za-z0-9][A-Za-z0-9 ./_-]{0,31}"


@dataclass(frozen=True)
class AccountChart:
    """Account codes by kind of line, and of people's hours by department.

    Attributes
    ----------
    source
        Whose word the codes are.
    """

    name: str
    source: str
    codes_by_kind: Mapping[LineKind, str]
    codes_by_department: Mapping[str, str]

    def code_of(self, kind: LineKind, department: str | None) -> str:
        """The account of a line."""
        general = self.codes_by_kind[kind]
        return self.codes_by_department.get(department or "", general) if kind is LineKind.PEOPLE else general


def account_chart(path: Path | None = None) -> AccountChart:
    """Read a chart; without a path, the one that comes with Shotledger.

    Raises
    ------
    InputRefused
        With every problem of the file.
    """
    path = path or shipped_path("accounts", "post_production.toml")
    document, reader = read_toml(path), StrictReader(str(path))
    reader.known_fields(document, _FIELDS, "")
    name, source = reader.text(document, "name", ""), reader.text(document, "source", "")
    kinds, people = reader.table(document, "kind", ""), reader.table(document, "people", "")
    reader.known_fields(kinds, list(LineKind), "kind.")
    by_kind = {kind: reader.text(kinds, kind, "kind.", _CODE, "5310") for kind in LineKind}
    by_department = {each: reader.text(people, each, "people.", _CODE, "5330") for each in people}
    if reader.problems:
        raise InputRefused.all_of(reader.problems)
    return AccountChart(name, source, by_kind, by_department)
