"""The template: what a shot takes by the word of trade practice, where no history says better."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analytics.vocabulary.errors import InputRefused, Problem
from analytics.vocabulary.shipped import shipped_path
from analytics.vocabulary.shot import Complexity, ShotKind
from analytics.vocabulary.workflow import Workflow

AI_DEPARTMENT = "ai"


@dataclass(frozen=True)
class BidTemplate:
    """Person-days by department, and what changes them.

    Attributes
    ----------
    person_days
        By complexity and department, of the traditional workflow for a shot of ``seconds``.
    length_exponent
        Work grows with the length of a shot to this power.
    ai_share_of_days, ai_share_of_all
        What the AI workflow leaves of each department, and what it adds as a share of all traditional days.
    hybrid
        How far a hybrid shot lies from traditional (0) to AI (1).
    kind_factors
        By kind and department; 1 where nothing is said.
    spread
        Standard deviations of natural logarithms by what they are of: studio, production, sequence, shot.
    """

    name: str
    source: str
    hours_per_person_day: float
    seconds: float
    length_exponent: float
    person_days: Mapping[Complexity, Mapping[str, float]]
    ai_share_of_days: Mapping[str, float]
    ai_share_of_all: float
    hybrid: float
    kind_factors: Mapping[ShotKind, Mapping[str, float]]
    spread: Mapping[str, float]

    def department_hours(
        self, kind: ShotKind, complexity: Complexity, cut_seconds: float, workflow: Workflow
    ) -> dict[str, float]:
        """People-hours by department; departments that have none are left out."""
        factors = self.kind_factors.get(kind, {})
        length = (max(cut_seconds, 0.2) / self.seconds) ** self.length_exponent * self.hours_per_person_day
        traditional = {
            department: days * factors.get(department, 1.0) * length
            for department, days in self.person_days[complexity].items()
        }
        if workflow is Workflow.TRADITIONAL:
            hours = traditional
        else:
            towards_ai = 1.0 if workflow is Workflow.AI else self.hybrid
            hours = {
                department: part * (1 + towards_ai * (self.ai_share_of_days.get(department, 1.0) - 1))
                for department, part in traditional.items()
            }
            hours[AI_DEPARTMENT] = towards_ai * self.ai_share_of_all * sum(traditional.values())
        return {department: part for department, part in hours.items() if part > 0}


_TABLES = ("person_days", "ai", "kind", "spread")
_NUMBERS = ("hours_per_person_day", "seconds", "length_exponent")
_SPREADS = ("studio", "production", "sequence", "shot")


def load_template(path: Path | None = None) -> BidTemplate:
    """Read a template; ``None``: the one that comes with Shotledger.

    Raises
    ------
    InputRefused
        If it cannot be read or used; every problem at once.
    """
    path = path or shipped_path("bids", "template.toml")
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputRefused(
            str(path), None, f"the template cannot be read: {error.strerror or error}", "name a TOML file that is there"
        ) from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputRefused(str(path), None, f"is not TOML: {error}", "mend the line named") from None
    reader = _Reader(str(path))
    template = reader.template(written)
    if reader.problems:
        raise InputRefused.all_of(reader.problems)
    return template


class _Reader:
    def __init__(self, file_name: str) -> None:
        self.file_name = file_name
        self.problems: list[Problem] = []

    def refuse(self, place: str, value: object, why: str, mend: str) -> None:
        self.problems.append(Problem(f"{self.file_name}: {place}", value, why, mend))

    def number(self, table: Mapping[str, Any], field: str, place: str, low: float = 0.0, high: float = 1e4) -> float:
        value = table.get(field)
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            self.refuse(f"{place}{field}", value, f"must be a number from {low:g} to {high:g}", "write one")
            return low or 1.0
        return float(value)

    def numbers(self, table: Any, place: str) -> dict[str, float]:
        if not isinstance(table, Mapping):
            self.refuse(place, table, "must be a table of departments", "write department = number")
            return {}
        return {str(field): self.number(table, field, f"{place}.") for field in table}

    def template(self, written: Mapping[str, Any]) -> BidTemplate:
        for field in written:
            if field not in (*_TABLES, *_NUMBERS, "name", "source"):
                self.refuse(field, written[field], "is no field of a template", "leave it out")
        days: dict[Complexity, dict[str, float]] = {}
        for complexity in Complexity:
            ranges = written.get("person_days", {}).get(complexity.value)
            if not isinstance(ranges, Mapping) or not ranges:
                self.refuse(f"person_days.{complexity}", None, "is missing", "write [low, high] for each department")
                ranges = {}
            days[complexity] = {
                str(name): self.middle(pair, f"person_days.{complexity}.{name}") for name, pair in ranges.items()
            }
            if ranges and not sum(days[complexity].values()):
                self.refuse(f"person_days.{complexity}", None, "adds up to nothing", "give days to one department")
        kinds: dict[ShotKind, dict[str, float]] = {}
        for name, factors in written.get("kind", {}).items():
            if name not in tuple(ShotKind):
                self.refuse(f"kind.{name}", None, "is no kind of shot", f"use one of: {', '.join(ShotKind)}")
            else:
                kinds[ShotKind(name)] = self.numbers(factors, f"kind.{name}")
        ai, spread = written.get("ai", {}), written.get("spread", {})
        return BidTemplate(
            str(written.get("name", "template")),
            str(written.get("source", "")),
            self.number(written, "hours_per_person_day", "", 1, 24),
            self.number(written, "seconds", "", 0.1, 600),
            self.number(written, "length_exponent", "", 0, 2),
            days,
            self.numbers(ai.get("share_of_days", {}), "ai.share_of_days"),
            self.number(ai, "ai_share_of_all", "ai.", 0, 10),
            self.number(ai, "hybrid", "ai.", 0, 1),
            kinds,
            {name: self.number(spread, name, "spread.", 0.01, 3) for name in _SPREADS},
        )

    def middle(self, pair: Any, place: str) -> float:
        if not (isinstance(pair, list) and len(pair) == 2 and all(isinstance(each, int | float) for each in pair)):
            self.refuse(place, pair, "must be a low and a high number of person-days", "write it as [0.5, 1.0]")
            return 0.0
        low, high = float(pair[0]), float(pair[1])
        if not 0 <= low <= high:
            self.refuse(place, pair, "must be two numbers of zero or more, the lower first", "write it as [0.5, 1.0]")
        return (low + high) / 2
