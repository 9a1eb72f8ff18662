"""What a snowfall is made of: one frozen set of numbers, drawn from a seed, refused when out of range."""

import dataclasses
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from analytics.vocabulary.errors import InputRefused, Problem
from generation.traditional.city.random_streams import random_stream
from generation.traditional.parameters import SHARED_RANGES, SceneParameters, parameter_problems

#: The words a parameter may hold.
ALLOWED_WORDS: Mapping[str, tuple[str, ...]] = {
    "lamp_layout": ("staggered", "facing", "one side", "hanging"),
    "figure_light": ("lantern", "torch", "none"),
}

#: Inclusive range of every number a user may set. What is not here cannot be set.
ALLOWED_RANGES: Mapping[str, tuple[float, float]] = {
    **SHARED_RANGES,
    "street_width_metres": (5.0, 18.0),
    "pavement_metres": (1.6, 6.0),
    "building_floors": (2, 10),
    "gap_share": (0.0, 0.6),
    "brick_share": (0.0, 1.0),
    "lit_window_share": (0.0, 0.7),
    "sign_count": (0, 6),
    "car_count": (0, 18),
    "tree_count": (0, 8),
    "lamp_spacing_metres": (8.0, 45.0),
    "lamp_height_metres": (4.0, 11.0),
    "lamp_brightness": (0.1, 4.0),
    "led_share": (0.0, 1.0),
    "dead_lamp_share": (0.0, 0.8),
    "moon": (0.0, 2.0),
    "moon_azimuth_degrees": (-360.0, 360.0),
    "moon_elevation_degrees": (15.0, 80.0),
    "haze_per_metre": (0.002, 0.08),
    "flake_count": (0, 20000),
    "flake_size_metres": (0.004, 0.05),
    "flake_glow": (0.0, 4.0),
    "toxic_hue_degrees": (60.0, 190.0),
    "wind_metres_per_second": (-9.0, 9.0),
    "fall_metres_per_second": (0.2, 4.0),
    "flutter": (0.0, 3.0),
    "snow_depth_metres": (0.0, 0.45),
    "figure_distance_metres": (4.0, 60.0),
    "figure_side": (-1.0, 1.0),
    "figure_speed_metres_per_second": (0.0, 2.0),
    "camera_side": (-1.0, 1.0),
    "camera_height_metres": (0.3, 12.0),
    "camera_push_metres_per_second": (-1.5, 1.5),
    "camera_slide_metres_per_second": (-1.0, 1.0),
    "camera_shake": (0.0, 3.0),
    "lens_mm": (18.0, 120.0),
    "f_stop": (1.0, 16.0),
    "figure_across": (-0.42, 0.42),
    "figure_up": (-0.40, 0.30),
}


@dataclass(frozen=True)
class SnowfallParameters(SceneParameters):
    """One snowfall. The street runs north (+y) from the camera; azimuths are degrees from east (+x) towards north.

    Attributes
    ----------
    street_width_metres
        From kerb to kerb.
    gap_share
        How often there is an alley between two houses.
    led_share, dead_lamp_share
        Share of the lamps that are white LEDs instead of sodium; share that are out.
    moon
        Strength of the moonlight; 0 is a closed sky.
    haze_per_metre
        Extinction of the air.
    flake_count
        Flakes in the 30 m in front of the lens.
    figure_side, camera_side
        Where the figure walks and the camera stands across the street: -1 and 1 are the house fronts.
    figure_across, figure_up
        Where the figure's middle is in the picture at mid-shot, as a share of its width and height from the centre.
    """

    street_width_metres: float = 8.5
    pavement_metres: float = 3.0
    building_floors: int = 5
    gap_share: float = 0.2
    brick_share: float = 0.3
    lit_window_share: float = 0.12
    sign_count: int = 2
    car_count: int = 7
    tree_count: int = 2
    lamp_layout: str = "staggered"
    lamp_spacing_metres: float = 16.0
    lamp_height_metres: float = 6.0
    lamp_brightness: float = 1.0
    led_share: float = 0.2
    dead_lamp_share: float = 0.1
    moon: float = 0.6
    moon_azimuth_degrees: float = 60.0
    moon_elevation_degrees: float = 40.0
    haze_per_metre: float = 0.02
    flake_count: int = 4500
    flake_size_metres: float = 0.016
    flake_glow: float = 1.0
    toxic_hue_degrees: float = 115.0
    wind_metres_per_second: float = -1.0
    fall_metres_per_second: float = 1.2
    flutter: float = 1.0
    snow_depth_metres: float = 0.14
    figure_distance_metres: float = 12.0
    figure_side: float = 0.1
    figure_speed_metres_per_second: float = 0.75
    figure_light: str = "lantern"
    camera_side: float = -0.1
    camera_height_metres: float = 1.3
    camera_push_metres_per_second: float = 0.2
    camera_slide_metres_per_second: float = 0.0
    camera_shake: float = 0.5
    lens_mm: float = 40.0
    f_stop: float = 1.8
    figure_across: float = 0.1
    figure_up: float = -0.15

    def __post_init__(self) -> None:
        problems = _problems_of(dataclasses.asdict(self))
        if problems:
            raise InputRefused.all_of(problems)

    @property
    def half_road_metres(self) -> float:
        """From the middle of the street to a kerb."""
        return self.street_width_metres / 2

    @property
    def half_street_metres(self) -> float:
        """From the middle of the street to a house front."""
        return self.street_width_metres / 2 + self.pavement_metres


def draw_parameters(seed: int, overrides: Mapping[str, Any] | None = None) -> SnowfallParameters:
    """The snowfall that belongs to ``seed``, with ``overrides`` (field name to value) laid over it.

    Raises
    ------
    InputRefused
        For every unknown name, wrong type and value out of range, all at once.
    """
    overrides = dict(overrides or {})
    problems = _problems_of({"seed": seed, **overrides})
    if problems:
        raise InputRefused.all_of(problems)
    drawn = {**_drawn_set(seed), **_drawn_light(seed), **_drawn_weather(seed), **_drawn_staging(seed)}
    return SnowfallParameters(**{**drawn, **overrides, "seed": seed})


def _drawn_set(seed: int) -> dict[str, Any]:
    place = random_stream(seed, "place")
    return {
        "street_width_metres": round(float(place.uniform(6.2, 12.5)), 2),
        "pavement_metres": round(float(place.uniform(2.2, 4.2)), 2),
        "building_floors": int(place.integers(3, 8)),
        "gap_share": round(float(place.uniform(0.0, 0.4)), 2),
        "brick_share": round(float(place.uniform(0.1, 0.6)), 2),
        "lit_window_share": round(float(place.choice([0.03, 0.08, 0.16])), 2),
        "sign_count": int(place.integers(1, 5)),
        "car_count": int(place.integers(3, 11)),
        "tree_count": int(place.choice([0, 2, 4, 5])),
        "snow_depth_metres": round(float(place.uniform(0.07, 0.22)), 3),
    }


def _drawn_light(seed: int) -> dict[str, Any]:
    light = random_stream(seed, "light")
    layout = str(light.choice(ALLOWED_WORDS["lamp_layout"], p=[0.38, 0.16, 0.2, 0.26]))
    moonlit = light.random() < 0.8
    return {
        "lamp_layout": layout,
        "lamp_spacing_metres": round(float(light.uniform(13.0, 24.0)), 1),
        "lamp_height_metres": round(float(light.uniform(5.0, 7.6)), 2),
        "lamp_brightness": round(float(light.uniform(0.75, 1.25)), 2),
        "led_share": round(float(light.choice([0.1, 0.3, 0.55, 0.9], p=[0.3, 0.3, 0.25, 0.15])), 2),
        "dead_lamp_share": round(float(light.uniform(0.0, 0.35)), 2),
        "moon": round(float(light.uniform(0.6, 1.3)), 2) if moonlit else 0.0,
        # From behind the street to its sides: what faces the camera stays in shadow.
        "moon_azimuth_degrees": round(float(light.uniform(25.0, 155.0)), 1),
        "moon_elevation_degrees": round(float(light.uniform(35.0, 62.0)), 1),
        "toxic_hue_degrees": round(float(light.uniform(84.0, 152.0)), 1),
    }


def _drawn_weather(seed: int) -> dict[str, Any]:
    weather = random_stream(seed, "weather")
    # Three snowfalls: large calm flakes, a steady fall, a storm of small ones.
    kind = str(weather.choice(["calm", "steady", "storm"], p=[0.35, 0.4, 0.25]))
    storm = float(weather.choice([-1, 1]))
    wind, fall, size, count = {
        "calm": (storm * weather.uniform(0.1, 0.7), weather.uniform(0.6, 0.95), weather.uniform(0.017, 0.023), 2600),
        "steady": (storm * weather.uniform(0.7, 1.8), weather.uniform(0.9, 1.3), weather.uniform(0.014, 0.019), 4000),
        "storm": (storm * weather.uniform(2.4, 4.2), weather.uniform(1.2, 1.8), weather.uniform(0.011, 0.015), 6500),
    }[kind]
    return {
        "wind_metres_per_second": round(float(wind), 2),
        "fall_metres_per_second": round(float(fall), 2),
        "flake_size_metres": round(float(size), 4),
        "flake_count": int(count * weather.uniform(0.8, 1.2)),
        "flutter": round(float(weather.uniform(0.7, 1.5)), 2),
        "flake_glow": round(float(weather.uniform(0.8, 1.3)), 2),
        "haze_per_metre": round(float(weather.uniform(0.019, 0.033) + (0.008 if kind == "storm" else 0.0)), 4),
    }


def _drawn_staging(seed: int) -> dict[str, Any]:
    """Five ways to stand in a street, so that no two seeds frame it alike."""
    stage = random_stream(seed, "staging")
    side = float(stage.choice([-1, 1]))
    kind = str(stage.choice(["road", "pavement", "window", "long lens", "kerb"], p=[0.22, 0.24, 0.2, 0.16, 0.18]))
    camera_side, height, lens, share, up = {
        "road": (side * stage.uniform(0.0, 0.25), stage.uniform(0.9, 1.7), stage.uniform(28, 42), 0.36, -0.16),
        "pavement": (side * stage.uniform(0.66, 0.86), stage.uniform(1.4, 1.9), stage.uniform(26, 38), 0.34, -0.14),
        "window": (side * stage.uniform(0.3, 0.8), stage.uniform(3.4, 5.2), stage.uniform(34, 50), 0.30, -0.25),
        "long lens": (side * stage.uniform(0.1, 0.6), stage.uniform(1.2, 2.4), stage.uniform(65, 95), 0.44, -0.14),
        "kerb": (side * stage.uniform(0.35, 0.6), stage.uniform(0.4, 0.7), stage.uniform(24, 34), 0.40, -0.20),
    }[kind]
    lens = round(float(lens), 1)
    # Distance follows from how tall the figure shall stand in the picture (1.85 m on a 36 mm wide 16:9 sensor).
    share *= float(stage.uniform(0.85, 1.15))
    distance = 1.85 * lens / 36.0 * (16 / 9) / share
    facing_in = -math.copysign(1.0, camera_side)
    return {
        "camera_side": round(float(camera_side), 3),
        "camera_height_metres": round(float(height), 2),
        "lens_mm": lens,
        "f_stop": round(float(stage.choice([1.4, 2.0, 2.8])), 1),
        "figure_distance_metres": round(float(distance), 2),
        "figure_side": round(float(stage.uniform(-0.32, 0.32)), 3),
        "figure_across": round(float(facing_in * stage.uniform(0.04, 0.26)), 3),
        "figure_up": round(float(up + stage.uniform(-0.03, 0.03)), 3),
        "figure_speed_metres_per_second": round(float(stage.uniform(0.55, 0.95)), 2),
        "figure_light": str(stage.choice(["lantern", "torch"], p=[0.6, 0.4])),
        "camera_push_metres_per_second": round(float(stage.choice([0.0, stage.uniform(0.15, 0.5), -0.3])), 2),
        "camera_slide_metres_per_second": round(float(stage.choice([0.0, stage.uniform(-0.35, 0.35)])), 2),
        "camera_shake": round(float(stage.uniform(0.2, 0.9)), 2),
    }


def _problems_of(values: Mapping[str, Any]) -> list[Problem]:
    return parameter_problems(values, SnowfallParameters, ALLOWED_RANGES, ALLOWED_WORDS)
