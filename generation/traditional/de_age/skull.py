"""The head without its features: braincase, face, jaw and neck, from measured cross-sections. Centimetres.

The origin lies between the pupils: x to the subject's left, -y forward, z up. Distances follow adult means (Farkas,
"Anthropometry of the Head and Face", 1994): vertex to chin 23, pupils 6.3 apart, cheekbones 13.6 wide, jaw angles 11.
"""

from functools import lru_cache

import numpy as np

from generation.traditional.de_age.distance_fields import Floats, Points, bell, intersection, ramp, tube, union

_ANGLES = (0, 20, 40, 60, 80, 100, 125, 150, 180)
#: Half cross-sections: height, then the radius at each of `_ANGLES` degrees from straight ahead; no nose, no ears.
_SECTIONS = (
    (5.2, (8.85, 8.72, 8.12, 7.35, 7.02, 7.38, 8.4, 9.6, 10.15)),
    (4.0, (9.0, 8.86, 8.18, 7.32, 6.95, 7.3, 8.4, 9.6, 10.2)),
    (2.0, (9.1, 8.86, 8.05, 7.12, 6.8, 7.05, 8.2, 9.4, 10.1)),
    (0.0, (8.45, 8.55, 7.85, 7.1, 6.82, 6.95, 7.95, 9.15, 9.8)),
    (-2.0, (8.3, 8.42, 7.95, 7.22, 6.82, 6.7, 7.3, 8.4, 9.0)),
    (-3.5, (8.55, 8.48, 7.82, 7.08, 6.62, 6.35, 6.7, 7.5, 7.9)),
    (-5.0, (9.15, 8.47, 7.66, 6.92, 6.38, 6.0, 6.1, 6.6, 6.8)),
    (-6.7, (9.35, 8.36, 7.28, 6.62, 6.1, 5.6, 5.5, 5.8, 6.0)),
    (-8.3, (8.95, 7.9, 6.7, 6.12, 5.78, 5.3, 5.2, 5.5, 5.7)),
    (-9.8, (9.15, 7.5, 5.8, 5.35, 5.1, 4.9, 5.0, 5.3, 5.5)),
    (-11.2, (8.3, 6.8, 5.2, 4.8, 4.7, 4.6, 4.8, 5.1, 5.3)),
    (-13.0, (7.0, 5.8, 4.7, 4.5, 4.5, 4.5, 4.7, 5.0, 5.2)),
)
_TOP_FROM, _TOP_RADIUS = 5.2, 6.4
#: The lower edge of the jaw in the side view: from the chin back to the ear.
_JAW_EDGE = ((-10.0, -11.75), (-8.2, -11.5), (-6.0, -10.75), (-4.0, -9.75), (-2.0, -8.6), (-0.4, -7.4),
             (0.6, -5.9), (1.8, -4.6), (4.0, -4.2), (12.0, -4.6))  # fmt: skip
_GRID = 12.0  # samples a centimetre of the pre-computed sections


def head_mass(points: Points, age: float) -> Floats:
    """Braincase, face and jaw."""
    from scipy.ndimage import map_coordinates

    angle = np.degrees(np.arctan2(points.side, -points.y))
    above = np.maximum(points.z - _TOP_FROM, 0)
    row = (_TOP_FROM - np.clip(points.z, -13.0, _TOP_FROM)) * _GRID
    radius = map_coordinates(_section_table(), [row, angle], order=1, mode="nearest")
    reach = np.sqrt(points.side**2 + points.y**2 + (above * radius / _TOP_RADIUS) ** 2)
    mass = (reach - radius) * np.float32(0.92)
    edge = np.interp(points.y, *np.array(_JAW_EDGE).T).astype(np.float32)
    # The skin under an old jaw hangs: the edge is lower and rounder.
    under = (edge - 0.35 * age * bell(points.y + 4, 3.0) - points.z) * np.float32(0.8)
    return intersection(mass, under, 1.5 + 1.2 * age)


def neck(points: Points, age: float) -> Floats:
    """Neck with windpipe and the two muscles from behind the ear to the breastbone."""
    column = tube(points, [(0, 2.1, -5), (0, 2.6, -12), (0, 3.2, -21)], [5.3, 5.35 - 0.15 * age, 6.0])
    muscle = tube(points, [(4.6, 3.2, -5.0), (3.7, -0.3, -12.5), (1.1, -2.3, -19.5)], [1.0, 1.1, 0.85])
    column = union(column, muscle, 1.5 - 0.4 * age)
    larynx = tube(points, [(0, -2.55, -12.2), (0, -3.15, -13.6), (0, -2.7, -16.5)], [0.7, 0.75, 0.8])
    column = union(column, larynx, 1.7 - 0.3 * age)
    if age > 0.05:
        bands = tube(points, [(0.8, -4.6, -11.4), (1.0, -3.2, -13.5), (1.5, -2.6, -18.0)], [0.35 * age] * 3)
        # Sunk in where the skin is still firm; a thin end would otherwise stand out like a wart.
        column = union(column, bands + 0.4 * (1 - age), 1.5)
        # Loose skin between chin and throat.
        throat = tube(points, [(0, -6.0, -10.8), (0, -3.2, -13.0)], [0.9 * age, 0.8 * age])
        column = union(column, throat + 0.3 * (1 - age), 1.8)
    rings = sum(
        bell(points.z - height - 0.06 * points.side**2 * 0.5 - 0.12 * np.sin(points.x * 0.9 + height), 0.22)
        for height in (-13.2, -14.9, -16.4)
    )
    return np.asarray(column + (0.03 + 0.11 * age) * rings * ramp(points.y, 2.0, -1.0), np.float32)


@lru_cache(maxsize=1)
def _section_table() -> Floats:
    from scipy.interpolate import RectBivariateSpline

    heights = np.array([height for height, _ in _SECTIONS])[::-1]
    radii = np.array([row for _, row in _SECTIONS])[::-1]
    # Mirrored at both ends, so that the surface crosses the middle at a right angle.
    angles = np.concatenate([[-40, -20], _ANGLES, [210, 235]])
    mirrored = np.concatenate([radii[:, [2, 1]], radii, radii[:, [-2, -3]]], axis=1)
    spline = RectBivariateSpline(heights, angles, mirrored, kx=3, ky=3, s=0)
    rows = np.arange(int((_TOP_FROM + 13.0) * _GRID) + 1)
    return np.asarray(spline((_TOP_FROM - rows / _GRID)[::-1], np.arange(181))[::-1], np.float32)
