"""What a collapse is made of: one frozen set of numbers, drawn from a seed, refused when out of range."""

import dataclasses
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from analytics.vocabulary.errors import InputRefused, Problem
from generation.traditional.collapse.random_streams import random_stream

SIDES = ("west", "east", "front", "centre")

#: Inclusive range of every number a user may set. What is not here cannot be set.
ALLOWED_RANGES: Mapping[str, tuple[float, float]] = {
    "seed": (0, 2**31 - 1),
    "first_frame": (0, 1_000_000),
    "frame_count": (2, 480),
    "frames_per_second": (1, 240),
    "floors": (3, 12),
    "width_metres": (9.0, 34.0),
    "depth_metres": (8.0, 24.0),
    "bay_metres": (2.4, 4.6),
    "palette": (0, 11),
    "brick_share": (0.0, 1.0),
    "pieces": (20, 1200),
    "debris_count": (0, 6000),
    "collapse_start_seconds": (0.0, 10.0),
    "release_seconds": (0.05, 3.0),
    "glue_strength": (0.0, 50.0),
    "charge": (0.0, 3000.0),
    "time_scale": (0.25, 4.0),
    "gravity": (0.5, 30.0),
    "dust_amount": (0.0, 4.0),
    "sun_azimuth_degrees": (-360.0, 360.0),
    "sun_elevation_degrees": (4.0, 85.0),
    "overcast": (0.0, 1.0),
    "haze_metres": (60.0, 5000.0),
    "cloud_cover": (0.0, 1.0),
    "street_width_metres": (12.0, 44.0),
    "corner": (-1, 1),
    "neighbour_floors": (2, 14),
    "camera_azimuth_degrees": (-75.0, 75.0),
    "camera_height_metres": (0.3, 40.0),
    "camera_room": (0.0, 1.5),
    "camera_shake": (0.0, 3.0),
    "lens_mm": (14.0, 85.0),
}


@dataclass(frozen=True)
class CollapseParameters:
    """One collapse. Azimuths are degrees from east (+x) towards north (+y); the hero's facade looks south (-y).

    Attributes
    ----------
    camera_azimuth_degrees
        Where the camera stands seen from the facade's middle: 0 straight in front, negative to the west.
    camera_room
        Empty picture around the building as a share of its own height.
    corner
        Which end of the hero's row is open to a side street: -1 west, 1 east, 0 none (party walls on both sides).
    glue_strength
        Breaking impulse scale of the joints between neighbouring pieces.
    release_seconds
        How long the wave of release takes from the undermined side to the other, in picture time.
    time_scale
        Simulated seconds per picture second: a 24 m building falls in about 1.3 s at 1.6.
    """

    seed: int
    first_frame: int = 1001
    frame_count: int = 48
    frames_per_second: float = 24.0
    floors: int = 7
    width_metres: float = 18.0
    depth_metres: float = 13.0
    bay_metres: float = 3.3
    palette: int = 0
    brick_share: float = 0.4
    pieces: int = 260
    debris_count: int = 1800
    undermined: str = "west"
    collapse_start_seconds: float = 0.2
    release_seconds: float = 0.35
    glue_strength: float = 1.5
    charge: float = 500.0
    time_scale: float = 1.6
    gravity: float = 9.81
    dust_amount: float = 1.0
    sun_azimuth_degrees: float = -140.0
    sun_elevation_degrees: float = 33.0
    overcast: float = 0.0
    haze_metres: float = 420.0
    cloud_cover: float = 0.5
    street_width_metres: float = 18.0
    corner: int = -1
    neighbour_floors: int = 5
    camera_azimuth_degrees: float = -16.0
    camera_height_metres: float = 1.7
    camera_room: float = 0.3
    camera_shake: float = 1.0
    lens_mm: float = 27.0

    def __post_init__(self) -> None:
        problems = _problems_of(dataclasses.asdict(self))
        if problems:
            raise InputRefused.all_of(problems)

    @property
    def last_frame(self) -> int:
        """The last shot frame, inclusive."""
        return self.first_frame + self.frame_count - 1

    @property
    def seconds_per_frame(self) -> float:
        """Simulated seconds between two frames."""
        return self.time_scale / self.frames_per_second

    @property
    def sun_direction(self) -> tuple[float, float, float]:
        """Unit vector towards the sun, world axes (x east, y north, z up)."""
        azimuth = math.radians(self.sun_azimuth_degrees)
        elevation = math.radians(self.sun_elevation_degrees)
        return (
            math.cos(azimuth) * math.cos(elevation),
            math.sin(azimuth) * math.cos(elevation),
            math.sin(elevation),
        )


_INTEGERS = frozenset(field.name for field in dataclasses.fields(CollapseParameters) if field.type is int)


def draw_parameters(seed: int, overrides: Mapping[str, Any] | None = None) -> CollapseParameters:
    """The collapse that belongs to ``seed``, with ``overrides`` (field name to value) laid over it.

    Raises
    ------
    InputRefused
        For every unknown name, wrong type and value out of range, all at once.
    """
    overrides = dict(overrides or {})
    problems = _problems_of({"seed": seed, **overrides})
    if problems:
        raise InputRefused.all_of(problems)
    return CollapseParameters(**{**_drawn(seed), **overrides, "seed": seed})


def _drawn(seed: int) -> dict[str, Any]:
    building, event = random_stream(seed, "building"), random_stream(seed, "event")
    light, place, camera = random_stream(seed, "light"), random_stream(seed, "place"), random_stream(seed, "camera")
    floors = int(building.choice([4, 5, 6, 7, 8, 9], p=[0.10, 0.15, 0.25, 0.25, 0.15, 0.10]))
    corner = int(place.choice([-1, 1, 0], p=[0.4, 0.4, 0.2]))
    # The camera stands on the side of the side street, so that two faces of the building are seen.
    side = corner if corner else int(camera.choice([-1, 1]))
    azimuth = side * float(camera.uniform(6.0, 42.0))
    raised = camera.random() < 0.3
    # Three lights: over the shoulder (half), from the side, against the camera.
    kind = light.choice(["front", "side", "back"], p=[0.55, 0.28, 0.17])
    away_from_camera = {"front": light.uniform(15, 60), "side": light.uniform(70, 105), "back": light.uniform(125, 160)}
    turn = float(away_from_camera[str(kind)]) * float(light.choice([-1, 1]))
    overcast = float(_unit_clamp(light.uniform(-0.9, 0.85)))
    return {
        "floors": floors,
        "width_metres": round(float(building.uniform(13.5, 22.0)), 2),
        "depth_metres": round(float(building.uniform(11.0, 14.5)), 2),
        "bay_metres": round(float(building.uniform(2.9, 3.8)), 2),
        "palette": int(building.integers(0, 12)),
        "brick_share": round(float(place.uniform(0.15, 0.7)), 2),
        "undermined": str(event.choice(SIDES, p=[0.32, 0.32, 0.2, 0.16])),
        "release_seconds": round(float(event.uniform(0.25, 0.46)), 3),
        "glue_strength": round(float(event.uniform(1.0, 2.2)), 3),
        # Taller buildings run a little faster, or they would still stand at the shot's end.
        "time_scale": round(1.5 * math.sqrt(max(1.0, floors / 6.5)), 3),
        "dust_amount": round(float(event.uniform(0.85, 1.3)), 3),
        "sun_azimuth_degrees": round(-90.0 + azimuth + turn, 1),
        "sun_elevation_degrees": round(float(light.uniform(18.0, 52.0)), 1),
        "overcast": round(overcast, 3),
        "haze_metres": round(float(light.uniform(180.0, 700.0)), 0),
        "cloud_cover": round(float(light.uniform(0.15, 0.85)), 3),
        "street_width_metres": round(float(place.uniform(15.0, 28.0)), 1),
        "corner": corner,
        "neighbour_floors": int(place.integers(3, 8)),
        "camera_azimuth_degrees": round(azimuth, 2),
        "camera_height_metres": round(float(camera.uniform(5.0, 13.0) if raised else camera.uniform(1.2, 2.6)), 2),
        "camera_room": round(float(camera.uniform(0.16, 0.45)), 3),
        "camera_shake": round(float(camera.uniform(0.5, 1.4)), 3),
        "lens_mm": round(float(camera.uniform(22.0, 40.0)), 1),
    }


def _unit_clamp(value: float) -> float:
    """``value`` held between 0 and 1."""
    return min(1.0, max(0.0, value))


def _problems_of(values: Mapping[str, Any]) -> list[Problem]:
    names = {field.name for field in dataclasses.fields(CollapseParameters)}
    problems = []
    for name, value in values.items():
        place = f"parameters.{name}"
        if name not in names:
            problems.append(Problem(place, value, "no such parameter", f"use one of: {', '.join(sorted(names))}"))
        elif name == "undermined":
            if value not in SIDES:
                problems.append(Problem(place, value, "not a side", f"use one of: {', '.join(SIDES)}"))
        else:
            problem = _problem_of_number(name, place, value)
            if problem is not None:
                problems.append(problem)
    return problems


def _problem_of_number(name: str, place: str, value: Any) -> Problem | None:
    lowest, highest = ALLOWED_RANGES[name]
    allowed = f"give {'a whole number' if name in _INTEGERS else 'a number'} from {lowest:g} to {highest:g}"
    if isinstance(value, bool) or not isinstance(value, int if name in _INTEGERS else (int, float)):
        return Problem(place, value, "wrong type", allowed)
    if not lowest <= value <= highest:  # also catches NaN
        return Problem(place, value, "out of range", allowed)
    return None
