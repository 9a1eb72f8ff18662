"""What is found while a list is read: problems that refuse it, all at once, and remarks that a producer should know."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from analytics.vocabulary.errors import InputRefused, Problem

PROBLEMS_TOLD = 200


@dataclass
class Findings:
    """Problems and remarks of one file, in the order in which they were met."""

    name: str
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    _told: set[tuple[str, object]] = field(default_factory=set)

    def refuse(self, place: str, value: object, why: str, mend: str) -> None:
        """Note what keeps the list from being used; what was found wrong with a value already is not told twice."""
        if (place, value) not in self._told or value is None:
            self.problems.append(Problem(place, value, why, mend))
        self._told.add((place, value))

    def refused(self, found: InputRefused, place: str) -> None:
        """Note the problems of a value that its own noun refused, at the place where it stands."""
        for each in found.problems:
            self.refuse(place, each.value, each.why, each.mend)

    def remark(self, place: str, value: object, why: str, mend: str) -> None:
        """Note what was read, and how."""
        self.remarks.append(Problem(place, value, why, mend))

    def raise_if_any(self) -> None:
        """Refuse the list if anything was wrong.

        Raises
        ------
        InputRefused
            With the first problems, and a last one that counts those left untold.
        """
        if not self.problems:
            return
        told = sorted(self.problems, key=_line)[:PROBLEMS_TOLD]
        if more := len(self.problems) - len(told):
            told = [*told, Problem(self.name, None, f"has {more:,} more problems", "mend these first and try again")]
        raise InputRefused.all_of(told)


def _line(problem: Problem) -> int:
    """Line or row of a problem, as its place says it; what is of the whole file comes first."""
    found = re.search(r", (?:line |row |[A-Z]{1,3})(\d+)", problem.place)
    return int(found[1]) if found else 0


def has_control_characters(text: str) -> bool:
    """Whether a text could steer a terminal: escape codes and their like, tabs and line ends apart."""
    return not text.isprintable() and any(unicodedata.category(each) == "Cc" and each not in "\t\r\n" for each in text)


def counted(count: int, what: str) -> str:
    """``1 row``, ``2,000 rows``."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def some(words: Iterable[object], shown: int = 5) -> str:
    """The first of many, as they are told in a sentence: ``line 3, line 7 and 12 more``."""
    listed = [str(word) for word in words]
    more = f" and {len(listed) - shown:,} more" if len(listed) > shown else ""
    # Places have commas of their own.
    between = "; " if any(", " in word for word in listed[:shown]) else ", "
    return between.join(listed[:shown]) + more
