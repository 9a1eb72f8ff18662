"""Building blocks of the head: rounded solids as signed distances, blended without visible seams. Centimetres."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Place = tuple[float, float, float]


class Points:
    """Points [N,3] split into axes. ``side`` is the distance from the mirror plane: solids off it come in pairs."""

    def __init__(self, points: NDArray[Any]) -> None:
        self.x, self.y, self.z = np.ascontiguousarray(np.asarray(points, np.float32).T)
        self.side = np.abs(self.x)


def ellipsoid(points: Points, centre: Place, radii: Place) -> Floats:
    """Approximate distance to an ellipsoid (Quilez' first-order bound), mirrored where it is off the middle."""
    across = points.side if centre[0] else points.x
    x, y, z = across - centre[0], points.y - centre[1], points.z - centre[2]
    near = np.sqrt((x / radii[0]) ** 2 + (y / radii[1]) ** 2 + (z / radii[2]) ** 2)
    slope = np.sqrt((x / radii[0] ** 2) ** 2 + (y / radii[1] ** 2) ** 2 + (z / radii[2] ** 2) ** 2)
    return np.asarray(near * (near - 1) / (slope + 1e-5), np.float32)


def tube(points: Points, path: Sequence[Place], radii: Sequence[float]) -> Floats:
    """Distance to a round tube along a polyline, its radius changing on the way; mirrored as an ellipsoid is."""
    across = points.side if any(place[0] for place in path) else points.x
    nearest = np.full(len(points.y), 1e3, np.float32)
    for one, two, first, second in zip(path, path[1:], radii, radii[1:], strict=False):
        step = [two[axis] - one[axis] for axis in range(3)]
        x, y, z = across - one[0], points.y - one[1], points.z - one[2]
        share = np.clip((x * step[0] + y * step[1] + z * step[2]) / (sum(s * s for s in step) + 1e-9), 0, 1)
        gap = np.sqrt((x - step[0] * share) ** 2 + (y - step[1] * share) ** 2 + (z - step[2] * share) ** 2)
        nearest = np.minimum(nearest, gap - (first + (second - first) * share))
    return nearest


def union(one: Floats, two: Floats, blend: float) -> Floats:
    """Both solids, blended over ``blend`` centimetres.

    The blend is cubic: a quadratic one leaves a ring of changed curvature that a soft light shows.
    """
    overlap = np.maximum(blend - np.abs(one - two), 0) / blend
    return np.asarray(np.minimum(one, two) - overlap**3 * (blend / 6), np.float32)


def intersection(one: Floats, two: Floats, blend: float) -> Floats:
    """What lies in both, blended."""
    return -union(-one, -two, blend)


def carved(solid: Floats, tool: Floats, blend: float) -> Floats:
    """``solid`` without ``tool``."""
    return intersection(solid, -tool, blend)


def bell(offset: NDArray[Any], width: float | NDArray[Any]) -> Floats:
    """1 in the middle, e^-1 at ``width``."""
    return np.asarray(np.exp(-((offset / width) ** 2)), np.float32)


def ramp(value: NDArray[Any], low: float | NDArray[Any], high: float | NDArray[Any]) -> Floats:
    """0 below ``low``, 1 above ``high``, smooth between; downhill where ``low`` is the larger."""
    share = np.clip((value - low) / (high - low), 0, 1)
    return np.asarray(share * share * (3 - 2 * share), np.float32)


def along(across: Floats, height: Floats, path: Sequence[tuple[float, float]]) -> tuple[Floats, Floats]:
    """Distance in the front view to a polyline of (x, z), and how far along it the nearest point lies, 0 to 1."""
    nearest, share_of_path = np.full(len(across), 1e3, np.float32), np.zeros(len(across), np.float32)
    count = len(path) - 1
    for index, (one, two) in enumerate(pairwise(path)):
        step = two[0] - one[0], two[1] - one[1]
        share = ((across - one[0]) * step[0] + (height - one[1]) * step[1]) / (step[0] ** 2 + step[1] ** 2)
        share = np.clip(share, 0, 1)
        gap = np.hypot(across - one[0] - step[0] * share, height - one[1] - step[1] * share)
        closer = gap < nearest
        nearest = np.where(closer, gap, nearest)
        share_of_path = np.where(closer, (index + share) / count, share_of_path)
    return nearest, share_of_path
