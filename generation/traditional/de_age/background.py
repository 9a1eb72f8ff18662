"""The room or street behind the portrait, painted far out of focus: gradients, and the discs of distant lamps."""

import numpy as np
from numpy.typing import NDArray

from generation.traditional.city.random_streams import random_stream

#: Metres behind the head, and how much larger than the picture it is painted.
DISTANCE_METRES = 3.2
OVERSIZE = 1.35
_SIZE = (432, 768)

#: Two colours of darkness, then the lamps' colours; scene-linear.
_PLACES = (
    (
        (0.010, 0.014, 0.022),
        (0.030, 0.034, 0.040),
        ((1.0, 0.62, 0.28), (1.0, 0.75, 0.45), (0.35, 0.6, 1.0)),
    ),  # street at dusk
    ((0.016, 0.011, 0.008), (0.050, 0.032, 0.020), ((1.0, 0.55, 0.22), (1.0, 0.70, 0.38), (1.0, 0.45, 0.18))),  # bar
    (
        (0.007, 0.013, 0.018),
        (0.020, 0.042, 0.050),
        ((0.35, 0.85, 0.95), (0.9, 0.95, 1.0), (1.0, 0.35, 0.30)),
    ),  # station
    (
        (0.020, 0.024, 0.030),
        (0.085, 0.095, 0.110),
        ((0.8, 0.9, 1.0), (0.7, 0.8, 0.95), (1.0, 0.9, 0.75)),
    ),  # window light
    ((0.010, 0.010, 0.012), (0.034, 0.026, 0.034), ((1.0, 0.30, 0.42), (0.40, 0.45, 1.0), (1.0, 0.68, 0.40))),  # neon
)


def paint_background(place: int, seed: int, key_side: float) -> NDArray[np.float32]:
    """Scene-linear [H,W,3], row 0 at the top; brighter on the side away from the key, as a gaffer would have it."""
    random = random_stream(seed, "background")
    dark, lit, lamps = (np.array(colour) for colour in _PLACES[place])
    height, width = _SIZE
    rows, columns = np.mgrid[0:height, 0:width] / height
    middle = width / height / 2
    picture = np.zeros((height, width, 3)) + dark
    glow_at = middle - np.sign(key_side) * random.uniform(0.25, 0.5), random.uniform(0.3, 0.6)
    glow = np.exp(-(((columns - glow_at[0]) / 0.55) ** 2 + ((rows - glow_at[1]) / 0.5) ** 2))
    picture += (lit - dark) * glow[..., None]
    for _ in range(int(random.integers(5, 9))):  # walls, doors, the edges of things
        edge, wide, soft = random.uniform(0, middle * 2), random.uniform(0.06, 0.35), random.uniform(0.02, 0.06)
        band = 1 / (1 + np.exp(-(columns - edge) / soft)) - 1 / (1 + np.exp(-(columns - edge - wide) / soft))
        picture *= (1 + random.uniform(-0.45, 0.5) * band)[..., None]
    radius = random.uniform(0.035, 0.065)
    for _ in range(int(random.integers(14, 34))):
        at = random.uniform(0, middle * 2), random.choice([random.normal(0.42, 0.10), random.uniform(0.1, 0.9)])
        size = radius * random.uniform(0.55, 1.25)
        gap = np.hypot(columns - at[0], rows - at[1])
        disc = np.clip((size - gap) / 0.008 + 0.5, 0, 1) * (0.72 + 0.5 * np.clip(gap / size, 0, 1) ** 4)
        light = lamps[int(random.integers(len(lamps)))] * np.exp(random.normal(-1.9, 0.8))
        picture += light * disc[..., None]
    return np.asarray(picture, np.float32)
