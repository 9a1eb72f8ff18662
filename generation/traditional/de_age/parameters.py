"""What a portrait is made of: one frozen set of numbers, drawn from a seed, refused when out of range."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from analytics.vocabulary.errors import InputRefused, Problem
from generation.traditional.city.random_streams import random_stream
from generation.traditional.parameters import SHARED_RANGES, SceneParameters, parameter_problems

HAIRSTYLES = ("beanie", "cropped", "swept", "bald")
GARMENTS = ("turtleneck", "coat", "hoodie")

#: Inclusive range of every number a user may set. What is not here cannot be set.
ALLOWED_RANGES: Mapping[str, tuple[float, float]] = {
    **SHARED_RANGES,
    "age_plate": (0.05, 1.0),
    "age_target": (0.0, 0.95),
    "turn_degrees": (-40.0, 40.0),
    "facing_degrees": (-35.0, 35.0),
    "blink_second": (0.0, 20.0),
    "skin_tone": (0.0, 1.0),
    "eye_colour": (0, 5),
    "hair_colour": (0, 5),
    "wardrobe_colour": (0, 7),
    "beard": (0.0, 1.0),
    "freckles": (0.0, 1.0),
    "key_azimuth_degrees": (-85.0, 85.0),
    "key_elevation_degrees": (5.0, 70.0),
    "key_warmth": (-1.0, 1.0),
    "fill_ratio": (0.02, 1.0),
    "rim": (0.0, 2.0),
    "background": (0, 4),
    "lens_mm": (50.0, 135.0),
    "f_stop": (1.4, 16.0),
    "face_share": (0.35, 0.9),
    "offset": (-0.22, 0.22),
    "camera_height_centimetres": (-20.0, 20.0),
    "camera_shake": (0.0, 3.0),
}


@dataclass(frozen=True)
class DeAgeParameters(SceneParameters):
    """One portrait. Angles are seen from above, 0 towards the camera, positive to the right of the picture.

    Attributes
    ----------
    age_plate, age_target
        How old the person is on the plate and in the shot: 0 is about twenty, 1 about eighty.
    facing_degrees, turn_degrees
        Where the head looks in the middle of the shot, and how far it turns in all.
    blink_second
        When the lids meet, from the first frame; later than the shot for no blink.
    fill_ratio
        Light of the fill as a share of the key's.
    face_share
        Height from chin to hairline as a share of the picture's height.
    offset
        How far the head stands from the middle, as a share of the picture's width.
    """

    age_plate: float = 0.9
    age_target: float = 0.08
    turn_degrees: float = 14.0
    facing_degrees: float = -8.0
    blink_second: float = 1.0
    skin_tone: float = 0.25
    eye_colour: int = 0
    hair_colour: int = 0
    hairstyle: str = "beanie"
    garment: str = "coat"
    wardrobe_colour: int = 0
    beard: float = 0.4
    freckles: float = 0.2
    key_azimuth_degrees: float = -45.0
    key_elevation_degrees: float = 32.0
    key_warmth: float = 0.4
    fill_ratio: float = 0.15
    rim: float = 1.0
    background: int = 0
    lens_mm: float = 85.0
    f_stop: float = 5.6
    face_share: float = 0.7
    offset: float = 0.06
    camera_height_centimetres: float = 0.0
    camera_shake: float = 1.0

    def __post_init__(self) -> None:
        problems = _problems_of(dataclasses.asdict(self))
        if problems:
            raise InputRefused.all_of(problems)


_CHOICES: Mapping[str, tuple[str, ...]] = {"hairstyle": HAIRSTYLES, "garment": GARMENTS}


def draw_parameters(seed: int, overrides: Mapping[str, Any] | None = None) -> DeAgeParameters:
    """The portrait that belongs to ``seed``, with ``overrides`` (field name to value) laid over it.

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
    if "age_plate" in overrides and "age_target" not in overrides:
        drawn["age_target"] = round(min(drawn["age_target"], overrides["age_plate"] / 2), 3)
    if "frame_count" in overrides or "frames_per_second" in overrides:
        # The blink stays where it was in the shot, so that a short test shot has one too.
        seconds = overrides.get("frame_count", 48) / overrides.get("frames_per_second", 24.0)
        drawn["blink_second"] = round(min(20.0, drawn["blink_second"] * seconds / 2.0), 3)
    return DeAgeParameters(**{**drawn, **overrides, "seed": seed})


def _drawn(seed: int) -> dict[str, Any]:
    person, motion = random_stream(seed, "person"), random_stream(seed, "motion")
    light, camera = random_stream(seed, "light"), random_stream(seed, "portrait camera")
    turn_to = int(motion.choice([-1, 1]))
    turn = float(motion.uniform(9, 20))
    facing = float(motion.uniform(-11, 11))
    # The key comes from the side that the face is turned to, or a little beyond: the shadow side meets the camera.
    key_side = 1 if facing + float(light.normal(0, 8)) > 0 else -1
    return {
        "age_plate": round(float(person.uniform(0.8, 1.0)), 3),
        "age_target": round(float(person.uniform(0.03, 0.16)), 3),
        "turn_degrees": round(turn * turn_to, 2),
        "facing_degrees": round(facing, 2),
        "blink_second": round(float(motion.uniform(0.5, 1.5)), 3),
        "skin_tone": round(float(person.beta(1.1, 1.6)), 3),
        "eye_colour": int(person.integers(0, 6)),
        "hair_colour": int(person.integers(0, 6)),
        "hairstyle": str(person.choice(HAIRSTYLES, p=[0.40, 0.28, 0.24, 0.08])),
        "garment": str(person.choice(GARMENTS)),
        "wardrobe_colour": int(person.integers(0, 8)),
        "beard": round(float(max(0.0, person.uniform(-0.25, 1.0))), 3),
        "freckles": round(float(max(0.0, person.uniform(-0.5, 0.9))), 3),
        "key_azimuth_degrees": round(key_side * float(light.uniform(28, 62)), 1),
        "key_elevation_degrees": round(float(light.uniform(18, 42)), 1),
        "key_warmth": round(float(light.uniform(-0.6, 1.0)), 3),
        "fill_ratio": round(float(light.choice([light.uniform(0.10, 0.16), light.uniform(0.18, 0.38)])), 3),
        "rim": round(float(light.uniform(0.5, 1.4)), 3),
        "background": int(light.integers(0, 5)),
        "lens_mm": round(float(camera.choice([65.0, 75.0, 85.0, 100.0])), 1),
        "f_stop": round(float(camera.choice([4.0, 5.6, 8.0])), 1),
        "face_share": round(float(camera.uniform(0.60, 0.84)), 3),
        "offset": round(float(camera.uniform(0.02, 0.14)) * -key_side, 3),
        "camera_height_centimetres": round(float(camera.uniform(-6, 6)), 2),
        "camera_shake": round(float(camera.uniform(0.4, 1.4)), 3),
    }


def _problems_of(values: Mapping[str, Any]) -> list[Problem]:
    problems = parameter_problems(values, DeAgeParameters, ALLOWED_RANGES, _CHOICES)
    old, young = values.get("age_plate"), values.get("age_target")
    if not problems and old is not None and young is not None and young >= old:
        problems.append(
            Problem(
                "parameters.age_target", young, "not younger than the plate", f"give a number from 0 to below {old:g}"
            )
        )
    return problems
