"""What a previs is made of: one frozen set of numbers, drawn from a seed, refused when out of range."""

import dataclasses
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from analytics.vocabulary.errors import InputRefused, Problem
from generation.traditional.city.random_streams import random_stream
from generation.traditional.parameters import SHARED_RANGES, SceneParameters, parameter_problems

BEATS = ("chase", "meeting", "arrival", "stand-off")
PLACES = ("street", "corner", "square")
WORDS: Mapping[str, tuple[str, ...]] = {"beat": BEATS, "place": PLACES}

#: Inclusive range of every number a user may set. What is not here cannot be set.
ALLOWED_RANGES: Mapping[str, tuple[float, float]] = {
    **SHARED_RANGES,
    "option_count": (2, 12),
    "action_speed": (0.25, 4.0),
    "street_width_metres": (6.0, 26.0),
    "pavement_metres": (2.0, 7.0),
    "floors": (2, 10),
    "tree_count": (0, 24),
    "parked_cars": (0, 16),
    "sun_azimuth_degrees": (-360.0, 360.0),
    "sun_elevation_degrees": (8.0, 80.0),
    "overcast": (0.0, 1.0),
    "haze_metres": (60.0, 5000.0),
    "handheld": (0.0, 3.0),
    "shortest_lens_mm": (14.0, 50.0),
    "longest_lens_mm": (50.0, 135.0),
}


@dataclass(frozen=True)
class PrevisParameters(SceneParameters):
    """One previs. Azimuths are degrees from east (+x) towards north (+y).

    Attributes
    ----------
    option_count
        Camera options. Each shows the same span of the action; the frames of the shot are split evenly over them, the
        first ones get the rest.
    action_speed
        Seconds of action a second of picture.
    handheld
        How strongly the hand of a handheld camera shakes.
    """

    frame_count: int = 96
    frames_per_second: float = 12.0
    option_count: int = 6
    beat: str = "meeting"
    place: str = "corner"
    action_speed: float = 1.0
    street_width_metres: float = 10.0
    pavement_metres: float = 3.6
    floors: int = 5
    tree_count: int = 8
    parked_cars: int = 6
    sun_azimuth_degrees: float = -120.0
    sun_elevation_degrees: float = 36.0
    overcast: float = 0.0
    haze_metres: float = 400.0
    handheld: float = 1.0
    shortest_lens_mm: float = 18.0
    longest_lens_mm: float = 100.0

    def __post_init__(self) -> None:
        problems = _problems_of(dataclasses.asdict(self))
        if problems:
            raise InputRefused.all_of(problems)

    @property
    def option_lengths(self) -> list[int]:
        """Frames of each option."""
        each, rest = divmod(self.frame_count, self.option_count)
        return [each + (option < rest) for option in range(self.option_count)]

    @property
    def seconds_per_frame(self) -> float:
        """Seconds of action between two frames."""
        return self.action_speed / self.frames_per_second

    @property
    def sun_direction(self) -> tuple[float, float, float]:
        """Unit vector towards the sun, world axes (x east, y north, z up)."""
        azimuth, elevation = math.radians(self.sun_azimuth_degrees), math.radians(self.sun_elevation_degrees)
        return (
            math.cos(azimuth) * math.cos(elevation),
            math.sin(azimuth) * math.cos(elevation),
            math.sin(elevation),
        )


def draw_parameters(seed: int, overrides: Mapping[str, Any] | None = None) -> PrevisParameters:
    """The previs that belongs to ``seed``, with ``overrides`` (field name to value) laid over it.

    Raises
    ------
    InputRefused
        For every unknown name, wrong type and value out of range, all at once.
    """
    overrides = dict(overrides or {})
    problems = _problems_of({"seed": seed, **overrides})
    if problems:
        raise InputRefused.all_of(problems)
    drawn = _drawn(seed)
    # A shot too short for the usual six options shows fewer, unless it is asked for more than it has frames.
    drawn["option_count"] = min(6, int(overrides.get("frame_count", 96)))
    return PrevisParameters(**{**drawn, **overrides, "seed": seed})


def _drawn(seed: int) -> dict[str, Any]:
    action, place = random_stream(seed, "action"), random_stream(seed, "place")
    light, camera = random_stream(seed, "light"), random_stream(seed, "camera")
    kind = str(place.choice(PLACES, p=[0.3, 0.4, 0.3]))
    low_sun, grey = light.random() < 0.3, light.random() < 0.25
    width, pavement, floors = place.uniform(7.0, 13.0), place.uniform(2.8, 4.6), int(place.integers(3, 7))
    elevation = float(light.uniform(16.0, 24.0) if low_sun else light.uniform(28.0, 58.0))
    # The houses' shadow leaves part of the street in the sun: the lower the sun, the more it shines along the street.
    across = 0.62 * (width + 2 * pavement) * math.tan(math.radians(elevation)) / (3.2 * floors + 1.0)
    widest = math.degrees(math.asin(min(1.0, across + (0.35 if kind == "square" else 0.0))))
    azimuth = float(light.choice([0.0, 180.0]) + light.choice([-1, 1]) * light.uniform(0.45, 1.0) * widest)
    return {
        "beat": str(action.choice(BEATS)),
        "place": kind,
        "street_width_metres": round(float(width), 1),
        "pavement_metres": round(float(pavement), 1),
        "floors": floors,
        "tree_count": int(place.integers(3, 9) + (4 if kind == "square" else 0)),
        "parked_cars": int(place.integers(2, 9)),
        "sun_azimuth_degrees": round(azimuth, 1),
        "sun_elevation_degrees": round(elevation, 1),
        "overcast": round(float(light.uniform(0.55, 0.95) if grey else light.uniform(0.0, 0.25)), 2),
        "haze_metres": round(float(light.uniform(220.0, 600.0)), 0),
        "handheld": round(float(camera.uniform(0.7, 1.3)), 2),
    }


def _problems_of(values: Mapping[str, Any]) -> list[Problem]:
    problems = parameter_problems(values, PrevisParameters, ALLOWED_RANGES, WORDS)
    if not problems and values.get("option_count", 0) > values.get("frame_count", 480):
        most = min(12, values["frame_count"])
        problems.append(
            Problem("parameters.option_count", values["option_count"], "more options than frames", f"give 2 to {most}")
        )
    return problems
