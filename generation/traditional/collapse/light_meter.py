"""How an operator would expose the shot: for the two faces of the building that the camera sees."""

import math

import numpy as np

from generation.traditional.collapse.parameters import CollapseParameters

_SUN, _CLEAR_SKY, _GREY_SKY = 1.85, 0.22, 0.50  # light on a wall that faces it, where sun-lit white is about 1
_WELL_LIT = 1.1
_FOLLOWS = 0.5  # an operator who opened up all the way would lose the sky and the mood
_LOWEST_STOPS, _HIGHEST_STOPS = -0.15, 1.2


def metered_stops(parameters: CollapseParameters) -> float:
    """Exposure in stops over a wall in full sun: more against the light, under clouds and towards evening."""
    azimuth = math.radians(parameters.camera_azimuth_degrees)
    sun = np.array(parameters.sun_direction)
    facade, side = max(0.0, -sun[1]), max(0.0, sun[0] * math.copysign(1.0, azimuth))
    side_seen = math.sin(abs(azimuth)) if parameters.corner * azimuth > 0 else 0.0
    lit = (facade * math.cos(azimuth) + side * side_seen) / (math.cos(azimuth) + side_seen)
    warmth = float(np.interp(parameters.sun_elevation_degrees, [5, 18, 32], [0.55, 0.8, 1.0]))
    sky = _CLEAR_SKY + (_GREY_SKY - _CLEAR_SKY) * parameters.overcast
    light = _SUN * warmth * (1 - 0.82 * parameters.overcast) * lit + sky
    return float(np.clip(0.1 + _FOLLOWS * math.log2(_WELL_LIT / light), _LOWEST_STOPS, _HIGHEST_STOPS))
