"""The colours of the night that Blender, the composite and the flakes share: moon, sky and the flakes' own glow."""

import colorsys
import math

import numpy as np

from generation.traditional.city.boxes import FloatArray
from generation.traditional.snowfall.parameters import SnowfallParameters

MOON_COLOUR = np.array([0.40, 0.68, 1.0])
#: Irradiance of a full moon at ``moon = 1``: far above life, as a gaffer would light it.
MOON_IRRADIANCE = 0.42


def moon_direction(parameters: SnowfallParameters) -> FloatArray:
    """Unit vector towards the moon, world axes."""
    azimuth, elevation = math.radians(parameters.moon_azimuth_degrees), math.radians(parameters.moon_elevation_degrees)
    return np.array(
        [math.cos(azimuth) * math.cos(elevation), math.sin(azimuth) * math.cos(elevation), math.sin(elevation)]
    )


def sky_radiance(parameters: SnowfallParameters) -> FloatArray:
    """The open sky, [3]: teal under a moon, nearly black and a little green without."""
    closed = np.array([0.012, 0.026, 0.032])
    return np.asarray(closed + parameters.moon * np.array([0.006, 0.020, 0.032]))


def toxic_colour(parameters: SnowfallParameters) -> FloatArray:
    """The flakes' glow, [3], its brightest part 1."""
    return np.array(colorsys.hsv_to_rgb(parameters.toxic_hue_degrees / 360.0, 0.72, 1.0))
