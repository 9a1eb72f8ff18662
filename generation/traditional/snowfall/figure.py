"""The walker: hooded coat and gas mask out of blended capsules, mask fittings lathed, all in a resting pose.

It faces south (-y) and stands on z = 0. Which bone each vertex hangs on is decided here; how they move, in `gait`.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generation.traditional.city.boxes import Colour, FloatArray, Surface
from generation.traditional.city.random_streams import random_stream
from generation.traditional.snowfall.mesh_parts import MeshParts, lathe
from generation.traditional.snowfall.surfaces import SnowSurface
from generation.traditional.surface_nets import surface_nets

Field = NDArray[np.float32]

_RUBBER: Colour = (0.030, 0.033, 0.032)
_STEEL: Colour = (0.30, 0.31, 0.30)
_BOOT: Colour = (0.02, 0.018, 0.016)
_COATS: tuple[Colour, ...] = (
    (0.17, 0.135, 0.035),
    (0.055, 0.065, 0.045),
    (0.06, 0.055, 0.05),
    (0.10, 0.035, 0.02),
    (0.03, 0.05, 0.075),
)
HAND = np.array([-0.30, -0.37, 1.22])  # of the raised arm, which carries the light

#: Bones: what a vertex hangs on.
TORSO, THIGH_LEFT, THIGH_RIGHT, SHIN_LEFT, SHIN_RIGHT, ARM_LEFT, ARM_RIGHT, HEAD = range(8)


@dataclass(frozen=True)
class Figure:
    """The resting figure: mesh columns as `MeshParts.arrays` and bone weights float64 [V,8]."""

    mesh: dict[str, NDArray[np.generic]]
    weights: FloatArray


class _Clay:
    """A grid of points and what is modelled on it."""

    def __init__(self, low: tuple[float, float, float], high: tuple[float, float, float], spacing: float) -> None:
        self.low, self.spacing = np.array(low), spacing
        axes = [np.arange(a, b, spacing, dtype=np.float32) for a, b in zip(low, high, strict=True)]
        self.x, self.y, self.z = np.meshgrid(*axes, indexing="ij")

    def capsule(self, a: tuple[float, ...], b: tuple[float, ...], start: float, end: float) -> Field:
        d = np.subtract(b, a)
        along = ((self.x - a[0]) * d[0] + (self.y - a[1]) * d[1] + (self.z - a[2]) * d[2]) / (d @ d)
        t = np.clip(along, 0, 1).astype(np.float32)
        away = (self.x - a[0] - d[0] * t) ** 2 + (self.y - a[1] - d[1] * t) ** 2 + (self.z - a[2] - d[2] * t) ** 2
        return np.asarray(np.sqrt(away) - (start + (end - start) * t), np.float32)

    def ellipsoid(self, centre: tuple[float, ...], radii: tuple[float, ...]) -> Field:
        scaled = [(axis - c) / r for axis, c, r in zip((self.x, self.y, self.z), centre, radii, strict=True)]
        k = np.sqrt(scaled[0] ** 2 + scaled[1] ** 2 + scaled[2] ** 2)
        return np.asarray((k - 1) * min(radii), np.float32)

    def mesh(self, field: Field) -> tuple[FloatArray, NDArray[np.int64]]:
        return surface_nets(field, self.low, self.spacing)


def _blend(one: Field, two: Field, width: float) -> Field:
    """Smooth union (quadratic polynomial, after Quilez)."""
    share = np.clip(0.5 + 0.5 * (two - one) / width, 0, 1)
    return np.asarray(two + (one - two) * share - width * share * (1 - share), np.float32)


def build_figure(seed: int, spacing: float = 0.018) -> Figure:
    """The figure of a seed; ``spacing`` metres between the grid's points."""
    stream = random_stream(seed, "figure")
    coat = _COATS[int(stream.integers(len(_COATS)))]
    twin = bool(stream.random() < 0.5)
    parts, weights = MeshParts(), []

    def keep(added: tuple[int, int], bones: FloatArray | int) -> None:
        count = added[1] - added[0]
        if isinstance(bones, int):
            bones = np.eye(8)[np.full(count, bones)]
        weights.append(bones)

    vertices, faces = _coat(spacing)
    keep(parts.add(vertices, faces, SnowSurface.COAT, coat), _coat_weights(vertices))
    for side, thigh, shin in ((1, THIGH_LEFT, SHIN_LEFT), (-1, THIGH_RIGHT, SHIN_RIGHT)):
        vertices, faces = _leg(side, spacing)
        bent = np.clip((0.56 - vertices[:, 2]) / 0.12, 0, 1)[:, None]
        bones = np.eye(8)[thigh] * (1 - bent) + np.eye(8)[shin] * bent
        keep(parts.add(vertices, faces, SnowSurface.COAT, _BOOT), bones)
    vertices, faces = _face(spacing * 0.6)
    keep(parts.add(vertices, faces, SnowSurface.COAT, _RUBBER), HEAD)
    _fit_mask(parts, keep, twin)
    for side in (-1, 1):  # of the pack on its back
        strap = [
            (0.115, 0.12, 1.46),
            (0.115, -0.03, 1.495),
            (0.12, -0.145, 1.40),
            (0.125, -0.178, 1.25),
            (0.15, -0.185, 1.05),
        ]
        keep(parts.tube(np.array(strap) * [side, 1, 1], np.full(5, 0.019), Surface.RUBBER, _BOOT, 6), TORSO)
    for centre, bone in ((HAND, ARM_RIGHT), (np.array([0.30, -0.05, 0.84]), ARM_LEFT)):
        glove = [(-0.055, 0.0), (-0.045, 0.03), (0.0, 0.05), (0.04, 0.042), (0.06, 0.0)]
        keep(parts.tube(*lathe(centre, (0, -0.3, -1), glove), SnowSurface.COAT, _RUBBER, 10), bone)
    return Figure(parts.arrays(), np.concatenate(weights))


def _coat(spacing: float) -> tuple[FloatArray, NDArray[np.int64]]:
    clay = _Clay((-0.46, -0.42, 0.40), (0.46, 0.46, 1.90), spacing)
    x, y, z = clay.x, clay.y, clay.z
    body = clay.capsule((0, 0.02, 0.52), (0, 0.01, 1.30), 0.262, 0.168)
    turn = np.arctan2(y, x)
    body = body + 0.011 * np.sin(turn * 9 + 2 * z) * np.clip(1.15 - z, 0, 1)
    body = np.maximum(body, 0.50 + 0.02 * np.sin(turn * 5) - z)
    belt = clay.capsule((0, 0.015, 0.99), (0, 0.015, 1.02), 0.216, 0.214)
    body = np.minimum(body, np.maximum(belt, np.abs(z - 1.005) - 0.032))
    body = _blend(body, clay.capsule((-0.175, 0.01, 1.405), (0.175, 0.01, 1.405), 0.085, 0.085), 0.12)
    arms = (
        ((-0.235, 0.01, 1.39), (-0.335, -0.05, 1.12), tuple(HAND)),
        ((0.235, 0.01, 1.39), (0.315, 0.05, 1.12), (0.30, -0.04, 0.90)),
    )
    for shoulder, elbow, hand in arms:
        body = _blend(body, clay.capsule(shoulder, elbow, 0.078, 0.066), 0.05)
        body = _blend(body, clay.capsule(elbow, hand, 0.066, 0.056), 0.03)
    body = _blend(body, clay.capsule((0, 0.235, 1.04), (0, 0.225, 1.34), 0.125, 0.125), 0.03)
    body = _blend(body, clay.capsule((0, 0.03, 1.46), (0, 0.02, 1.56), 0.10, 0.10), 0.08)
    hood = clay.ellipsoid((0, 0.025, 1.675), (0.138, 0.158, 0.172))
    body = _blend(body, hood, 0.07)
    # Stiff cloth creases where it hangs.
    body = body + 0.0045 * np.sin(31 * z + 4 * np.sin(7 * x + 5 * y)) + 0.003 * np.sin(17 * z - 23 * x)
    opening = clay.ellipsoid((0, -0.15, 1.655), (0.098, 0.115, 0.128))
    return clay.mesh(np.asarray(np.maximum(body, -opening), np.float32))


def _coat_weights(vertices: FloatArray) -> FloatArray:
    """The hem swings with the legs, the sleeves with the arms, the hood with the head."""
    x, z = vertices[:, 0], vertices[:, 2]
    weights = np.zeros((len(vertices), 8))
    hem = 0.75 * np.clip((0.92 - z) / 0.42, 0, 1)
    left = 1 / (1 + np.exp(-x / 0.035))
    sleeve = np.clip((np.abs(x) - 0.205) / 0.06, 0, 1) * np.clip((1.50 - z) / 0.1, 0, 1) * (z > 0.74)
    forward = (x < -0.18) & (vertices[:, 1] < -0.13) & (z > 0.9) & (z < 1.4)
    sleeve = np.where(forward, 1.0, sleeve)
    hood = np.clip((z - 1.50) / 0.08, 0, 1)
    weights[:, HEAD] = hood
    weights[:, ARM_LEFT], weights[:, ARM_RIGHT] = sleeve * (x > 0) * (1 - hood), sleeve * (x < 0) * (1 - hood)
    hem = hem * (1 - sleeve) * (1 - hood)
    weights[:, THIGH_LEFT], weights[:, THIGH_RIGHT] = hem * left, hem * (1 - left)
    weights[:, TORSO] = 1 - weights.sum(1)
    return weights


def _leg(side: int, spacing: float) -> tuple[FloatArray, NDArray[np.int64]]:
    clay = _Clay((side * 0.11 - 0.16, -0.24, -0.03), (side * 0.11 + 0.16, 0.20, 0.98), spacing)
    x = side * 0.105
    leg = clay.capsule((x, 0.0, 0.88), (x, 0.01, 0.50), 0.105, 0.082)
    leg = _blend(leg, clay.capsule((x, 0.01, 0.50), (x, 0.02, 0.14), 0.080, 0.070), 0.03)
    boot = clay.capsule((x, -0.13, 0.062), (x, 0.04, 0.07), 0.056, 0.066)
    leg = _blend(leg, boot, 0.05)
    return clay.mesh(np.asarray(np.maximum(leg, 0.004 - clay.z), np.float32))


def _face(spacing: float) -> tuple[FloatArray, NDArray[np.int64]]:
    clay = _Clay((-0.16, -0.30, 1.46), (0.16, 0.08, 1.82), spacing)
    face = clay.ellipsoid((0, -0.045, 1.655), (0.095, 0.098, 0.128))
    face = _blend(face, clay.capsule((0, -0.11, 1.605), (0, -0.178, 1.588), 0.058, 0.050), 0.03)
    for side in (-1, 1):
        face = _blend(face, clay.capsule((side * 0.05, -0.09, 1.60), (side * 0.078, -0.125, 1.583), 0.040, 0.040), 0.02)
        socket = clay.capsule((side * 0.047, -0.10, 1.690), (side * 0.053, -0.132, 1.690), 0.054, 0.054)
        face = _blend(face, socket, 0.012)
    return clay.mesh(face)


def _fit_mask(parts: MeshParts, keep: Callable[[tuple[int, int], int], None], twin: bool) -> None:
    """Goggles with steel rims, one canister in front or one on each cheek, and straps."""
    for side in (-1, 1):
        centre, facing = (side * 0.050, -0.150, 1.692), (side * 0.20, -1.0, 0.02)
        rim = [(0.0, 0.058), (0.03, 0.060), (0.042, 0.054), (0.042, 0.045), (0.026, 0.044)]
        keep(parts.tube(*lathe(centre, facing, rim), Surface.METAL, _STEEL, 20), HEAD)
        pane = [(0.026, 0.0453), (0.040, 0.036), (0.048, 0.024), (0.052, 0.012), (0.053, 0.0)]
        keep(parts.tube(*lathe(centre, facing, pane), SnowSurface.LENS, (0.02, 0.022, 0.02), 18), HEAD)
    ridges = [(at + d, r) for at in (0.014, 0.048, 0.078) for d, r in ((0, 0.058), (0.016, 0.060), (0.020, 0.053))]
    canister = [(0.0, 0.0), (0.0, 0.042), (0.012, 0.044), *ridges, (0.100, 0.046), (0.092, 0.040), (0.092, 0.0)]
    if twin:
        for side in (-1, 1):
            shape = lathe((side * 0.075, -0.125, 1.580), (side * 0.85, -0.62, -0.28), canister)
            keep(parts.tube(*shape, Surface.METAL, (0.16, 0.17, 0.15), 18), HEAD)
        valve = [(0.0, 0.0), (0.0, 0.034), (0.022, 0.034), (0.026, 0.024), (0.026, 0.0)]
        keep(parts.tube(*lathe((0, -0.215, 1.582), (0, -1, -0.25), valve), Surface.METAL, _STEEL, 16), HEAD)
    else:
        keep(
            parts.tube(
                *lathe((0, -0.205, 1.580), (0.12, -0.82, -0.55), canister), Surface.METAL, (0.16, 0.17, 0.15), 18
            ),
            HEAD,
        )
    for z, half in ((1.745, 0.098), (1.63, 0.100)):
        bend = np.linspace(1.08 * np.pi, 1.92 * np.pi, 9)
        strap = np.stack([half * np.cos(bend), -0.045 + 0.108 * np.sin(bend), np.full(9, z)], 1)
        keep(parts.tube(strap, np.full(9, 0.009), Surface.RUBBER, (0.02, 0.02, 0.02), 5), HEAD)
