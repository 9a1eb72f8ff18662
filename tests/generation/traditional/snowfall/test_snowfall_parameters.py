"""The numbers of a snowfall: drawn from a seed, refused when out of range."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.vocabulary.errors import InputRefused
from generation.traditional.snowfall.parameters import (
    ALLOWED_RANGES,
    ALLOWED_WORDS,
    SnowfallParameters,
    draw_parameters,
)


@given(st.integers(0, 2**31 - 1))
def test_every_seed_draws_a_valid_snowfall(seed: int) -> None:
    assert draw_parameters(seed) == draw_parameters(seed)


def test_seeds_differ_in_composition_light_and_weather() -> None:
    drawn = [draw_parameters(seed) for seed in range(40)]
    assert {one.lamp_layout for one in drawn} == set(ALLOWED_WORDS["lamp_layout"])
    assert min(one.camera_side for one in drawn) < -0.5 < 0.5 < max(one.camera_side for one in drawn)
    assert min(one.camera_height_metres for one in drawn) < 0.8 < 3.0 < max(one.camera_height_metres for one in drawn)
    assert min(one.lens_mm for one in drawn) < 35 < 65 < max(one.lens_mm for one in drawn)
    assert any(one.moon == 0 for one in drawn)
    assert any(one.moon > 0.9 for one in drawn)
    assert (
        min(one.wind_metres_per_second for one in drawn) < -1.5 < 1.5 < max(one.wind_metres_per_second for one in drawn)
    )
    assert max(one.flake_count for one in drawn) > 2 * min(one.flake_count for one in drawn)


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("flake_count", 10_000_000, "from 0 to 20000"),
        ("flake_count", 3.5, "whole number"),
        ("frame_count", 10_000, "from 2 to 480"),
        ("haze_per_metre", -0.01, "from 0.002 to 0.08"),
        ("haze_per_metre", math.nan, "from 0.002 to 0.08"),
        ("lens_mm", "long", "from 18 to 120"),
        ("car_count", True, "from 0 to 18"),
        ("lamp_layout", "none", "staggered"),
        ("figure_light", 1, "lantern"),
        ("snow", 1, "snow_depth_metres"),
    ],
)
def test_hostile_values_are_refused_with_what_is_allowed(name: str, value: object, allowed: str) -> None:
    with pytest.raises(InputRefused) as refused:
        draw_parameters(1, {name: value})
    [problem] = refused.value.problems
    assert problem.place == f"parameters.{name}"
    assert allowed in problem.mend


def test_all_problems_at_once() -> None:
    with pytest.raises(InputRefused) as refused:
        draw_parameters(-1, {"flake_count": -1, "lamp_layout": "spiral"})
    assert {problem.place.removeprefix("parameters.") for problem in refused.value.problems} == {
        "seed",
        "flake_count",
        "lamp_layout",
    }


def test_every_number_has_a_range() -> None:
    assert set(SnowfallParameters.__dataclass_fields__) == set(ALLOWED_RANGES) | set(ALLOWED_WORDS)
