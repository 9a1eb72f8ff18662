"""What the parameters of every scene have in common, and how they are held against what is allowed."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from analytics.vocabulary.errors import Problem

#: Inclusive ranges of the parameters that every scene has.
SHARED_RANGES: Mapping[str, tuple[float, float]] = {
    "seed": (0, 2**31 - 1),
    "first_frame": (0, 1_000_000),
    "frame_count": (2, 480),
    "frames_per_second": (1, 240),
}


@dataclass(frozen=True)
class SceneParameters:
    """The numbers of a scene; each scene adds its own.

    Attributes
    ----------
    seed
        What everything that is not named was drawn from.
    frames_per_second
        Picture rate.
    """

    seed: int
    first_frame: int = 1001
    frame_count: int = 48
    frames_per_second: float = 24.0

    @property
    def last_frame(self) -> int:
        """The last shot frame, inclusive."""
        return self.first_frame + self.frame_count - 1


def parameter_problems(
    values: Mapping[str, Any],
    kind: type[SceneParameters],
    ranges: Mapping[str, tuple[float, float]],
    choices: Mapping[str, tuple[str, ...]],
) -> list[Problem]:
    """Say everything that is wrong with some of a scene's parameters.

    Parameters
    ----------
    values
        Parameter name to value; not all need be there.
    kind
        The scene's dataclass: its fields are the names there are, and a field of type ``int`` takes whole numbers.
    ranges
        Lowest and highest value, inclusive, of every field that is a number.
    choices
        The words of every field that is a word.
    """
    fields = {field.name: field for field in dataclasses.fields(kind)}
    problems = []
    for name, value in values.items():
        place = f"parameters.{name}"
        if name not in fields:
            problems.append(Problem(place, value, "no such parameter", f"use one of: {', '.join(sorted(fields))}"))
        elif name in choices:
            if value not in choices[name]:
                problems.append(Problem(place, value, "no such choice", f"use one of: {', '.join(choices[name])}"))
        else:
            problem = _number_problem(place, value, fields[name].type is int, *ranges[name])
            if problem is not None:
                problems.append(problem)
    return problems


def _number_problem(place: str, value: Any, is_whole: bool, lowest: float, highest: float) -> Problem | None:
    allowed = f"give {'a whole number' if is_whole else 'a number'} from {lowest:g} to {highest:g}"
    if isinstance(value, bool) or not isinstance(value, int if is_whole else (int, float)):
        return Problem(place, value, "wrong type", allowed)
    if not lowest <= value <= highest:  # also catches NaN
        return Problem(place, value, "out of range", allowed)
    return None
