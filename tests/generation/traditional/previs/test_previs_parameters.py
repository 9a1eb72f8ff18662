"""The numbers of a previs: drawn from a seed, refused when out of range."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.vocabulary.errors import InputRefused
from generation.traditional.previs.parameters import BEATS, PLACES, draw_parameters


@given(st.integers(0, 2**31 - 1))
def test_every_seed_draws_a_valid_previs(seed: int) -> None:
    drawn = draw_parameters(seed)
    assert drawn == draw_parameters(seed)
    assert math.isclose(sum(part * part for part in drawn.sun_direction), 1.0)


def test_seeds_differ_in_place_beat_and_light() -> None:
    drawn = [draw_parameters(seed) for seed in range(40)]
    assert {one.beat for one in drawn} == set(BEATS)
    assert {one.place for one in drawn} == set(PLACES)
    assert any(one.overcast > 0.5 for one in drawn)
    assert any(one.overcast < 0.1 for one in drawn)
    assert min(one.sun_elevation_degrees for one in drawn) < 24 < 40 < max(one.sun_elevation_degrees for one in drawn)


@given(st.integers(2, 12), st.integers(12, 480))
def test_frames_are_split_evenly_and_the_first_options_get_the_rest(options: int, frames: int) -> None:
    lengths = draw_parameters(1, {"option_count": options, "frame_count": frames}).option_lengths
    assert sum(lengths) == frames
    assert len(lengths) == options
    assert max(lengths) - min(lengths) <= 1
    assert lengths == sorted(lengths, reverse=True)


def test_a_short_shot_shows_as_many_options_as_it_has_frames() -> None:
    assert draw_parameters(1, {"frame_count": 4}).option_count == 4
    assert draw_parameters(1).option_count == 6


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("option_count", 1, "from 2 to 12"),
        ("option_count", 13, "from 2 to 12"),
        ("option_count", 2.5, "whole number"),
        ("frame_count", 0, "from 2 to 480"),
        ("frame_count", 10_000, "from 2 to 480"),
        ("beat", "kiss", "chase, meeting, arrival, stand-off"),
        ("place", 3, "street, corner, square"),
        ("floors", 0, "from 2 to 10"),
        ("sun_elevation_degrees", math.nan, "from 8 to 80"),
        ("handheld", True, "from 0 to 3"),
        ("lens_mm", 35, "shortest_lens_mm"),
    ],
)
def test_hostile_values_are_refused_with_what_is_allowed(name: str, value: object, allowed: str) -> None:
    with pytest.raises(InputRefused) as refused:
        draw_parameters(1, {name: value})
    [problem] = refused.value.problems
    assert problem.place == f"parameters.{name}"
    assert allowed in problem.mend


def test_more_options_than_frames_are_refused() -> None:
    with pytest.raises(InputRefused, match="more options than frames"):
        draw_parameters(1, {"option_count": 6, "frame_count": 4})
