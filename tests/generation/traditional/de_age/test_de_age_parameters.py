"""The numbers of a portrait: drawn from a seed, refused when out of range."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.vocabulary.errors import InputRefused
from generation.traditional.de_age.parameters import HAIRSTYLES, draw_parameters
from generation.traditional.de_age.staging import camera_move, performance


@given(st.integers(0, 2**31 - 1))
def test_every_seed_is_older_on_the_plate(seed: int) -> None:
    drawn = draw_parameters(seed)
    assert drawn == draw_parameters(seed)
    assert drawn.age_target < drawn.age_plate


def test_seeds_differ_in_person_light_and_composition() -> None:
    drawn = [draw_parameters(seed) for seed in range(40)]
    assert {one.hairstyle for one in drawn} == set(HAIRSTYLES)
    assert min(one.skin_tone for one in drawn) < 0.2 < 0.6 < max(one.skin_tone for one in drawn)
    assert min(one.key_azimuth_degrees for one in drawn) < -30 < 30 < max(one.key_azimuth_degrees for one in drawn)
    assert len({one.background for one in drawn}) >= 4
    assert min(one.turn_degrees for one in drawn) < 0 < max(one.turn_degrees for one in drawn)


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("age_plate", 1.5, "from 0.05 to 1"),
        ("age_target", -0.1, "from 0 to 0.95"),
        ("turn_degrees", 180, "from -40 to 40"),
        ("lens_mm", math.nan, "from 50 to 135"),
        ("eye_colour", 1.5, "whole number"),
        ("beard", True, "from 0 to 1"),
        ("hairstyle", "mohawk", "beanie"),
    ],
)
def test_hostile_parameters_are_refused_with_the_range(name: str, value: object, allowed: str) -> None:
    with pytest.raises(InputRefused, match=allowed):
        draw_parameters(1, {name: value})


def test_a_target_that_is_not_younger_is_refused() -> None:
    with pytest.raises(InputRefused, match=r"below 0\.4"):
        draw_parameters(1, {"age_plate": 0.4, "age_target": 0.6})


def test_the_head_turns_the_eyes_lead_and_one_blink_shuts_them() -> None:
    parameters = draw_parameters(5, {"turn_degrees": 20.0, "facing_degrees": 0.0, "blink_second": 1.0})
    acted = performance(parameters)
    assert acted["turn"][-2] - acted["turn"][1] == pytest.approx(math.radians(20), abs=0.02)
    looking = acted["turn"] + acted["gaze_turn"]
    quarter = len(looking) // 4
    assert looking[quarter] - looking[0] > acted["turn"][quarter] - acted["turn"][0]
    assert acted["shut"].max() == 1.0
    assert acted["frames"][acted["shut"].argmax()] == parameters.first_frame + 24
    assert 0 < (acted["shut"] > 0).mean() < 0.3


def test_a_longer_lens_stands_further_away_and_keeps_the_face_as_large() -> None:
    near, far = (camera_move(draw_parameters(5, {"lens_mm": lens})) for lens in (65.0, 130.0))
    distance = [-float(move["matrix_world"][1, 1, 3]) - 0.08 for move in (near, far)]
    assert distance[1] / distance[0] == pytest.approx(2.0, rel=0.02)
