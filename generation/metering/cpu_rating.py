"""Thermal design power of processors, from ``data/hardware/cpu_tdp.toml``."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analytics.vocabulary.errors import InputRefused, Problem
from analytics.vocabulary.shipped import shipped_path


@dataclass(frozen=True)
class CpuRating:
    """Power of one whole processor package.

    Attributes
    ----------
    pattern
        Regular expression that is searched in the processor's name; the first rating that matches holds.
    thread_count
        Logical CPUs of the package.
    """

    pattern: str
    package_tdp_watts: float
    thread_count: int
    source: str

    @property
    def watts_per_thread(self) -> float:
        """The package's power divided by its logical CPUs."""
        return self.package_tdp_watts / self.thread_count


def cpu_rating(cpu_model: str, path: Path | None = None) -> CpuRating:
    """The rating of a processor. The last one in the file matches every name.

    Raises
    ------
    InputRefused
        If the file holds a rating that cannot be used, or none that matches.
    """
    path = path or shipped_path("hardware", "cpu_tdp.toml")
    for rating in _read_ratings(path):
        if re.search(rating.pattern, cpu_model, re.IGNORECASE):
            return rating
    raise InputRefused(str(path), cpu_model, "no rating matches this processor", "end the file with pattern = '.'")


def cpu_tdp_watts(cpu_model: str, cpu_count: int, path: Path | None = None) -> float:
    """Power of the part of the processor that this machine has.

    ``package_tdp_watts x cpu_count / thread_count``: a virtual machine with 8 of a package's 128 threads is rated at
    8/128 of its power, a workstation with two packages at twice the power of one.
    """
    return round(cpu_rating(cpu_model, path).watts_per_thread * cpu_count, 3)


@cache
def _read_ratings(path: Path) -> tuple[CpuRating, ...]:
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))["rating"]
    except (OSError, tomllib.TOMLDecodeError, KeyError) as error:
        raise InputRefused(
            str(path), None, f"cannot be read as ratings ({error})", "restore the file that came with Shotledger"
        ) from error
    problems, ratings = [], []
    for number, entry in enumerate(entries, start=1):
        place = f"{path} rating {number}"
        try:
            rating = CpuRating(**entry)
            re.compile(rating.pattern)
            usable = rating.package_tdp_watts > 0 and rating.thread_count > 0
        except (TypeError, re.error) as error:
            problems.append(Problem(place, entry, f"is not a rating ({error})", "compare it with its neighbours"))
            continue
        if not usable:
            problems.append(Problem(place, entry, "watts and threads must be above 0", "look them up at the maker's"))
        ratings.append(rating)
    if problems:
        raise InputRefused.all_of(problems)
    return tuple(ratings)
