"""Key, fill and rim of the portrait: where they stand and what they give."""

import math

import numpy as np
from numpy.typing import NDArray

from generation.traditional.de_age.parameters import DeAgeParameters


def key_direction(parameters: DeAgeParameters) -> NDArray[np.float64]:
    """Unit vector towards the key, world axes (x right of the picture, -y to the camera, z up)."""
    turn, rise = math.radians(parameters.key_azimuth_degrees), math.radians(parameters.key_elevation_degrees)
    return np.array([math.sin(turn) * math.cos(rise), -math.cos(turn) * math.cos(rise), math.sin(rise)])
