"""The mannequin: a smooth body of rounded segments in working clothes, bound to the skeleton."""

from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from generation.traditional.previs.skeleton import (
    ANKLE_METRES,
    ARM_AT_REST,
    FOREARM_METRES,
    HIP_METRES,
    PARENT,
    SHIN_METRES,
    SHOULDER_METRES,
    THIGH_METRES,
    UPPER_ARM_METRES,
    Bone,
    FloatArray,
)
from generation.traditional.surface_nets import surface_nets

CELL_METRES = 0.0145
_BLEND_METRES = 0.022
_WEIGHT_METRES = 0.022


class Cloth(IntEnum):
    """What a part of the figure wears; picks its colour."""

    JACKET = 0
    TROUSERS = 1
    SHOES = 2
    SKIN = 3
    HAIR = 4
    BAG = 5


@dataclass(frozen=True)
class Body:
    """A skinned figure at rest: vertices [V,3] metres, quads [Q,4], bones [V,2], weights [V,2], cloth [Q]."""

    vertices: FloatArray
    quads: NDArray[np.int64]
    bones: NDArray[np.int64]
    weights: FloatArray
    cloth: NDArray[np.int64]


@dataclass(frozen=True)
class _Segment:
    """A rounded cone from ``start`` to ``end``; ``flat`` squeezes it front to back; cut off below ``hem_metres``."""

    bone: Bone
    cloth: Cloth
    start: FloatArray
    end: FloatArray
    radius_start: float
    radius_end: float
    flat: float = 1.0
    hem_metres: float = 0.0

    def distance(self, points: NDArray[np.float32]) -> NDArray[np.float32]:
        squeeze = np.array([self.flat, 1.0, 1.0], np.float32)
        start, end = self.start.astype(np.float32) / squeeze, self.end.astype(np.float32) / squeeze
        along = end - start
        own = points / squeeze - start
        share = np.clip(own @ along / max(float(along @ along), 1e-8), 0.0, 1.0)
        away = np.linalg.norm(own - share[..., None] * along, axis=-1)
        radius = np.float32(self.radius_start) + share * np.float32(self.radius_end - self.radius_start)
        distance = (away - radius) * min(1.0, self.flat)
        return np.asarray(np.maximum(distance, self.hem_metres - points[..., 2]), np.float32)


@lru_cache(maxsize=4)
def mannequin(outfit: str) -> Body:
    """The figure in an ``outfit``: courier (backpack, cap), coat (knee-length) or plain."""
    segments = _segments(outfit)
    low, high = np.array([-0.36, -0.56, -0.03]), np.array([0.26, 0.56, 1.86])
    axes = [np.arange(a, b, CELL_METRES) for a, b in zip(low, high, strict=True)]
    grid = np.stack(np.meshgrid(*axes, indexing="ij"), -1).astype(np.float32)
    field = np.full(grid.shape[:3], 1.0, np.float32)
    for segment in segments:
        # Only the neighbourhood of a segment can change.
        reach = max(segment.radius_start, segment.radius_end) + 0.06
        corner = np.minimum(segment.start, segment.end) - reach
        opposite = np.maximum(segment.start, segment.end) + reach
        part = tuple(slice(*np.searchsorted(axis, [a, b])) for axis, a, b in zip(axes, corner, opposite, strict=True))
        field[part] = _smooth_union(field[part], segment.distance(grid[part]))
    field = np.maximum(field, 0.004 - grid[..., 2])  # soles are flat
    vertices, quads = surface_nets(field, low, CELL_METRES)
    bones, weights = _bind(vertices, segments)
    return Body(vertices, quads, bones, weights, _clothe(vertices[quads].mean(1), segments))


def _smooth_union(one: NDArray[np.float32], two: NDArray[np.float32]) -> NDArray[np.float32]:
    share = np.maximum(_BLEND_METRES - np.abs(one - two), 0.0) / _BLEND_METRES
    return np.asarray(np.minimum(one, two) - share * share * (_BLEND_METRES / 4), np.float32)


def _bind(vertices: FloatArray, segments: list[_Segment]) -> tuple[NDArray[np.int64], FloatArray]:
    """Each vertex follows its nearest bone, and near a joint the bone on the other side of it."""
    points = vertices.astype(np.float32)
    distance = np.full((len(Bone), len(points)), np.inf)
    for segment in segments:
        distance[segment.bone] = np.minimum(distance[segment.bone], segment.distance(points))
    joined = np.zeros((len(Bone), len(Bone)), bool)
    for child, parent in PARENT.items():
        joined[child, parent] = joined[parent, child] = True
    nearest = distance.argmin(0)
    neighbours = np.where(joined[nearest].T, distance, np.inf)
    second = neighbours.argmin(0)
    every = np.arange(len(points))
    gap = neighbours[second, every] - distance[nearest, every]
    other = 1.0 / (1.0 + np.exp(np.minimum(gap / _WEIGHT_METRES, 50.0)))
    return np.stack([nearest, second], 1), np.stack([1 - other, other], 1)


def _clothe(centres: FloatArray, segments: list[_Segment]) -> NDArray[np.int64]:
    points = centres.astype(np.float32)
    distance = np.stack([segment.distance(points) for segment in segments])
    cloth = np.array([segment.cloth for segment in segments])
    return np.asarray(cloth[distance.argmin(0)], np.int64)


def _segments(outfit: str) -> list[_Segment]:
    segments: list[_Segment] = []

    def add(
        bone: Bone,
        cloth: Cloth,
        start: object,
        end: object,
        one: float,
        two: float,
        flat: float = 1.0,
        hem: float = 0.0,
    ) -> None:
        segments.append(_Segment(bone, cloth, np.array(start, float), np.array(end, float), one, two, flat, hem))

    add(Bone.PELVIS, Cloth.TROUSERS, (-0.01, -0.06, 0.93), (-0.01, 0.06, 0.93), 0.118, 0.118, 0.86)
    add(Bone.PELVIS, Cloth.JACKET, (-0.005, -0.055, 0.97), (-0.005, 0.055, 0.97), 0.137, 0.137, 0.86, 0.885)
    add(Bone.PELVIS, Cloth.JACKET, (-0.005, -0.05, 1.05), (-0.005, 0.05, 1.05), 0.128, 0.128, 0.84)
    add(Bone.CHEST, Cloth.JACKET, (-0.01, -0.055, 1.15), (-0.01, 0.055, 1.15), 0.122, 0.122, 0.84)
    for side in (-1.0, 1.0):
        add(Bone.CHEST, Cloth.JACKET, (-0.005, side * 0.05, 1.15), (-0.02, side * 0.085, 1.36), 0.112, 0.118, 0.86)
        add(Bone.CHEST, Cloth.JACKET, (-0.025, side * 0.05, 1.455), (-0.02, side * 0.165, 1.425), 0.062, 0.070)
    add(Bone.CHEST, Cloth.JACKET, (-0.03, 0.0, 1.46), (-0.02, 0.0, 1.52), 0.072, 0.066)  # collar
    add(Bone.HEAD, Cloth.SKIN, (-0.02, 0.0, 1.49), (0.0, 0.0, 1.59), 0.056, 0.052)
    add(Bone.HEAD, Cloth.SKIN, (0.0, 0.0, 1.675), (0.034, 0.0, 1.592), 0.087, 0.050)
    add(Bone.HEAD, Cloth.SKIN, (0.062, 0.0, 1.665), (0.088, 0.0, 1.640), 0.014, 0.017)  # nose
    for side in (-1.0, 1.0):
        add(Bone.HEAD, Cloth.SKIN, (-0.005, side * 0.078, 1.66), (-0.012, side * 0.082, 1.635), 0.02, 0.016)
    add(Bone.HEAD, Cloth.HAIR, (-0.022, 0.0, 1.70), (-0.035, 0.0, 1.655), 0.095, 0.078)
    if outfit == "courier":
        add(Bone.HEAD, Cloth.BAG, (0.075, -0.03, 1.725), (0.075, 0.03, 1.725), 0.03, 0.03)  # cap and its brim
        add(Bone.HEAD, Cloth.BAG, (0.105, -0.028, 1.712), (0.105, 0.028, 1.712), 0.018, 0.018)
        add(Bone.HEAD, Cloth.BAG, (-0.012, 0.0, 1.722), (-0.02, 0.0, 1.722), 0.096, 0.094)
        for side in (-1.0, 1.0):
            add(Bone.CHEST, Cloth.BAG, (-0.19, side * 0.07, 1.16), (-0.19, side * 0.07, 1.40), 0.085, 0.080, 0.9)
            add(Bone.CHEST, Cloth.BAG, (0.060, side * 0.10, 1.12), (0.074, side * 0.10, 1.34), 0.026, 0.027)
            add(Bone.CHEST, Cloth.BAG, (0.074, side * 0.10, 1.34), (0.050, side * 0.105, 1.445), 0.027, 0.027)
            add(Bone.CHEST, Cloth.BAG, (0.050, side * 0.105, 1.445), (-0.035, side * 0.105, 1.50), 0.027, 0.027)
    if outfit == "coat":
        for side in (-1.0, 1.0):
            bone = Bone.THIGH_LEFT if side > 0 else Bone.THIGH_RIGHT
            add(bone, Cloth.JACKET, (-0.01, side * 0.075, 0.90), (-0.005, side * 0.095, 0.50), 0.116, 0.128, 1.0, 0.555)
        add(Bone.PELVIS, Cloth.JACKET, (-0.01, 0.0, 0.92), (-0.01, 0.0, 0.50), 0.135, 0.135, 0.9, 0.555)
    for left, side in ((0, 1.0), (1, -1.0)):
        mirror = np.array([1.0, side, 1.0])
        shoulder, arm = SHOULDER_METRES * mirror, ARM_AT_REST * mirror
        elbow = shoulder + UPPER_ARM_METRES * arm
        wrist = elbow + FOREARM_METRES * arm
        upper, fore = Bone(Bone.UPPER_ARM_LEFT + left), Bone(Bone.FOREARM_LEFT + left)
        add(upper, Cloth.JACKET, shoulder, elbow, 0.068, 0.049)
        add(fore, Cloth.JACKET, elbow, wrist - 0.015 * arm, 0.050, 0.037)
        palm = wrist + 0.075 * arm
        add(fore, Cloth.SKIN, wrist, palm, 0.027, 0.036)
        add(fore, Cloth.SKIN, palm, wrist + 0.15 * arm + [0.012, 0, 0], 0.034, 0.021)
        add(fore, Cloth.SKIN, wrist + 0.03 * arm + [0.02, 0, 0], wrist + 0.085 * arm + [0.05, 0, 0], 0.018, 0.013)
        hip = HIP_METRES * mirror
        knee = hip - [0, 0, THIGH_METRES]
        ankle = knee - [0, 0, SHIN_METRES]
        thigh, shin, foot = (Bone(base + left) for base in (Bone.THIGH_LEFT, Bone.SHIN_LEFT, Bone.FOOT_LEFT))
        add(thigh, Cloth.TROUSERS, hip - [0, 0, 0.03], knee, 0.094, 0.062)
        add(shin, Cloth.TROUSERS, knee, ankle + [0, 0, 0.03], 0.061, 0.050)
        add(shin, Cloth.TROUSERS, knee - [0.02, 0, 0.07], knee - [0.02, 0, 0.20], 0.052, 0.048)
        sole = ankle - [0, 0, ANKLE_METRES]
        add(foot, Cloth.SHOES, ankle - [0.005, 0, 0.015], ankle - [0.02, 0, 0.045], 0.046, 0.046)
        add(foot, Cloth.SHOES, sole + [-0.045, 0, 0.038], sole + [0.10, side * 0.008, 0.036], 0.042, 0.046)
        add(foot, Cloth.SHOES, sole + [0.10, side * 0.008, 0.034], sole + [0.175, side * 0.008, 0.028], 0.046, 0.034)
    return segments
