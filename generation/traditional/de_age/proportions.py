"""The numbers that make one person differ from the next, and the fixed places of the face. Centimetres."""

from dataclasses import dataclass

import numpy as np

from generation.traditional.city.random_streams import random_stream

#: Centre of the (subject's left) eyeball; the other one is mirrored.
EYE = (3.15, -6.55, 0.0)
EYE_RADIUS = 1.22


@dataclass(frozen=True)
class Face:
    """One person. Everything is a departure from the mean, about -1 to 1, unless it says otherwise.

    Attributes
    ----------
    eye_opening, eye_tilt
        Centimetres that the lids are further apart, and that the outer corner is higher.
    width, length
        Of the whole face; applied last, as a stretch.
    """

    seed: int
    jaw: float = 0.0
    chin: float = 0.0
    cleft: float = 0.0
    brow: float = 0.0
    cheekbones: float = 0.0
    nose_length: float = 0.0
    nose_width: float = 0.0
    nose_hump: float = 0.0
    lips: float = 0.0
    mouth_width: float = 0.0
    eye_opening: float = 0.0
    eye_tilt: float = 0.0
    ears: float = 0.0
    width: float = 0.0
    length: float = 0.0


def draw_face(seed: int) -> Face:
    """The face that belongs to a seed."""
    random = random_stream(seed, "face")

    def departure(spread: float = 1.0) -> float:
        return float(np.clip(random.normal(0, 0.5), -1, 1)) * spread

    return Face(
        seed, jaw=departure(), chin=departure(), cleft=departure(), brow=departure(), cheekbones=departure(),
        nose_length=departure(), nose_width=departure(), nose_hump=departure(), lips=departure(),
        mouth_width=departure(), eye_opening=departure(0.05), eye_tilt=departure(0.10), ears=departure(),
        width=departure(), length=departure(),
    )  # fmt: skip
