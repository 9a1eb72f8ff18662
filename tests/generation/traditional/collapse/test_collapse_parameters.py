"""The numbers of a collapse: drawn from a seed, refused when out of range."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.vocabulary.errors import InputRefused
from generation.traditional.collapse.parameters import ALLOWED_RANGES, CHOICES, CollapseParameters, draw_parameters


@given(st.integers(0, 2**31 - 1))
def test_every_seed_draws_a_valid_collapse(seed: int) -> None:
    drawn = draw_parameters(seed)
    assert drawn == draw_parameters(seed)
    assert math.isclose(sum(part * part for part in drawn.sun_direction), 1.0)


def test_seeds_differ_in_building_light_and_camera() -> None:
    drawn = [draw_parameters(seed) for seed in range(40)]
    assert {one.undermined for one in drawn} == {"west", "east", "front", "centre"}
    assert {one.corner for one in drawn} == {-1, 0, 1}
    assert len({one.floors for one in drawn}) >= 4
    assert (
        min(one.camera_azimuth_degrees for one in drawn) < -20 < 20 < max(one.camera_azimuth_degrees for one in drawn)
    )
    assert any(one.overcast == 0 for one in drawn)
    assert any(one.overcast > 0.4 for one in drawn)
    assert {one.foreground for one in drawn} == {"none", "lamp", "tree", "car", "parapet"}
    # A wide lens near by, a long one down the street, and a high place.
    assert min(one.lens_mm for one in drawn) < 20 < 40 < max(one.lens_mm for one in drawn)
    assert min(one.camera_height_metres for one in drawn) < 1.5 < 15 < max(one.camera_height_metres for one in drawn)
    # Some are lit from behind the building: the sun's azimuth then points away from the camera.
    assert any(one.sun_direction[1] > 0.5 for one in drawn)


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("floors", 0, "from 3 to 12"),
        ("floors", 13, "from 3 to 12"),
        ("floors", 6.5, "whole number"),
        ("pieces", 5000, "from 20 to 1200"),
        ("pieces", True, "from 20 to 1200"),
        ("gravity", -9.81, "from 0.5 to 30"),
        ("gravity", math.nan, "from 0.5 to 30"),
        ("time_scale", "fast", "from 0.25 to 4"),
        ("frame_count", 0, "from 2 to 480"),
        ("frame_count", 10_000, "from 2 to 480"),
        ("undermined", "north", "west, east, front, centre"),
        ("foreground", ["tree"], "none, lamp, tree, car, parapet"),
        ("flors", 5, "floors"),
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
        draw_parameters(-1, {"floors": 0, "pieces": 5000, "gravity": -9.81})
    assert {problem.place.removeprefix("parameters.") for problem in refused.value.problems} == {
        "seed",
        "floors",
        "pieces",
        "gravity",
    }


def test_the_dataclass_refuses_too() -> None:
    with pytest.raises(InputRefused, match="floors"):
        CollapseParameters(seed=1, floors=2)


def test_every_number_has_a_range() -> None:
    names = set(CollapseParameters.__dataclass_fields__) - set(CHOICES)
    assert names == set(ALLOWED_RANGES)
