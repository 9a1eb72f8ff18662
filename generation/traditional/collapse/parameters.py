"""What a collapse is made of: one frozen set of numbers, drawn from a seed, refused when out of range."""

import dataclasses
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from analytics.vocabulary.errors import InputRefused, Problem
from generation.traditional.collapse.drawing import drawn
from generation.traditional.parameters import SHARED_RANGES, SceneParameters, parameter_problems

SIDES = ("west", "east", "front", "centre")
FOREGROUNDS = ("none", "lamp", "tree", "car", "parapet")
#: Words that a user may choose from.
CHOICES: Mapping[str, tuple[str, ...]] = {"undermined": SIDES, "foreground": FOREGROUNDS}

#: Inclusive range of every number a user may set. What is not here cannot be set.
ALLOWED_RANGES: Mapping[str, tuple[float, float]] = {
    **SHARED_RANGES,
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
    "camera_aside": (-1.0, 1.0),
    "camera_shake": (0.0, 3.0),
    "lens_mm": (14.0, 85.0),
}


@dataclass(frozen=True)
class CollapseParameters(SceneParameters):
    """One collapse. Azimuths are degrees from east (+x) towards north (+y); the hero's facade looks south (-y).

    Attributes
    ----------
    camera_azimuth_degrees
        Where the camera stands seen from the facade's middle: 0 straight in front, negative to the west.
    camera_room
        Empty picture around the building as a share of its own height.
    camera_aside
        How far the building stands off the middle, as a share of what the picture has room for; positive to the left.
    foreground
        What stands close before the lens at one side of the picture.
    corner
        Which end of the hero's row is open to a side street: -1 west, 1 east, 0 none (party walls on both sides).
    glue_strength
        Breaking impulse scale of the joints between neighbouring pieces.
    release_seconds
        How long the wave of release takes from the undermined side to the other, in picture time.
    time_scale
        Simulated seconds per picture second: a 24 m building falls in about 1.3 s at 1.6.
    """

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
    camera_aside: float = 0.0
    camera_shake: float = 1.0
    lens_mm: float = 27.0
    foreground: str = "none"

    def __post_init__(self) -> None:
        problems = _problems_of(dataclasses.asdict(self))
        if problems:
            raise InputRefused.all_of(problems)

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
    return CollapseParameters(**{**drawn(seed), **overrides, "seed": seed})


def _problems_of(values: Mapping[str, Any]) -> list[Problem]:
    return parameter_problems(values, CollapseParameters, ALLOWED_RANGES, CHOICES)
