"""A car about 4.4 m long: a lofted body with wheels, glass and lights, driving along a path."""

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from generation.traditional.previs.path import Path
from generation.traditional.previs.skeleton import FloatArray
from generation.traditional.previs.skinning import turned

PAINT, GLASS, RUBBER, HUB, LAMP, TAIL, TRIM = range(7)
LENGTH_METRES, WIDTH_METRES, HEIGHT_METRES = 4.4, 1.80, 1.43
WHEEL_METRES = 0.325
_AXLES = (1.32, -1.30)
_TRACK = 0.78

#: The outline seen from the side, (along, height): the roof line, and the waist line below the windows.
_ROOF = ((-2.2, 0.62), (-2.17, 0.86), (-2.05, 0.95), (-1.72, 1.00), (-1.45, 1.14), (-1.05, 1.355), (-0.6, 1.425),
         (-0.05, 1.43), (0.35, 1.37), (0.72, 1.20), (1.08, 0.985), (1.25, 0.945), (1.75, 0.86), (2.02, 0.76),
         (2.15, 0.64), (2.2, 0.52))  # fmt: skip
_WAIST = ((-2.2, 0.60), (-2.17, 0.80), (-2.0, 0.90), (-1.6, 0.93), (1.0, 0.90), (1.3, 0.87), (1.8, 0.80), (2.2, 0.50))
_HALF_WIDTH = ((-2.2, 0.70), (-2.12, 0.79), (-1.8, 0.895), (-1.2, 0.895), (1.1, 0.895), (1.7, 0.86), (2.02, 0.76),
               (2.2, 0.58))  # fmt: skip
_BOTTOM = ((-2.2, 0.42), (-2.0, 0.27), (-1.6, 0.21), (1.7, 0.20), (2.05, 0.25), (2.2, 0.36))


@lru_cache(maxsize=1)
def car_mesh() -> tuple[FloatArray, NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Vertices [V,3], quads [Q,4] counter-clockwise from outside, bone [V] (0 body, 1 to 4 wheels) and part [Q]."""
    vertices, quads, parts = _body()
    bone = np.zeros(len(vertices), np.int64)
    for number, (axle, side) in enumerate([(a, s) for a in _AXLES for s in (1.0, -1.0)]):
        own, faces, kinds = _wheel(axle, side)
        quads = np.concatenate([quads, faces + len(vertices)])
        vertices, parts = np.concatenate([vertices, own]), np.concatenate([parts, kinds])
        bone = np.concatenate([bone, np.full(len(own), number + 1)])
    return vertices, quads, bone, parts


def _body() -> tuple[FloatArray, NDArray[np.int64], NDArray[np.int64]]:
    stations = np.unique(np.concatenate([np.linspace(-2.2, 2.2, 67), [-1.28, 0.98]]))
    roof, waist, half, bottom = (
        np.interp(stations, *np.array(line).T) for line in (_ROOF, _WAIST, _HALF_WIDTH, _BOTTOM)
    )
    # Interpolated corners would show as creases across the whole body.
    roof, half, bottom = (_eased(line) for line in (roof, half, bottom))
    waist = np.minimum(_eased(waist), roof - 0.012)
    cabin = np.clip((roof - waist - 0.05) / 0.35, 0, 1)
    rings = []
    # Around the section from the sill up over the roof, left half; the right half mirrors it.
    for share, height in (
        (0.80, 0.0),
        (0.93, 0.10),
        (0.975, 0.30),
        (1.0, 0.55),
        (1.0, 0.80),
        (0.985, 0.96),
        (0.955, 1.0),
    ):
        rings.append((share * half, bottom + (waist - bottom) * height))
    top = half * 0.955
    inner = top * (1 - 0.22 * cabin)  # the roof is narrower than the waist
    flat = 1 - cabin
    for up, inward in ((0.04, 0.01), (0.50, 0.40), (0.90, 0.80), (0.97, 1.02)):
        rings.append((top + (inner - top) * inward - flat * 0.06 * up, waist + (roof - waist) * up))
    rings.append((inner * (0.80 - 0.06 * flat), roof - 0.004))
    rings.append((inner * 0.40, roof + 0.012 * cabin + 0.004))
    left = [np.stack([stations, across, height], -1) for across, height in rings]
    middle = np.stack([stations, np.zeros_like(stations), roof + 0.016 * cabin + 0.006], -1)
    right = [ring * [1, -1, 1] for ring in reversed(left)]
    belly = [np.stack([stations, np.zeros_like(stations), bottom], -1)]
    loop = np.stack([*left, middle, *right, *belly], 1)  # [S,R,3]
    count, around = loop.shape[:2]
    first, second = np.arange(count - 1)[:, None], np.arange(around)[None]
    following = (second + 1) % around
    quads = np.stack([first * around + second, (first + 1) * around + second,
                      (first + 1) * around + following, first * around + following], -1)[..., ::-1]  # fmt: skip
    vertices = loop.reshape(-1, 3)
    parts = np.full(quads.shape[:2], PAINT)
    centre = loop[:-1] / 2 + loop[1:] / 2
    along = centre[:, :1, 0]
    windows = 7
    row = np.minimum(np.arange(around), 2 * len(left) - 1 - np.arange(around))[None]  # same number left and right
    side = (row >= windows) & (row <= windows + 1)
    open_roof = np.interp(along, stations, cabin) > 0.30
    pillar = (np.abs(along + 0.12) < 0.05) | (along < -1.36) | (along > 0.92)
    parts[side & open_roof & ~pillar] = GLASS
    screen = (row >= windows + 3) & (row <= len(left) - 1 + 1)
    slope = np.interp(along, stations, np.gradient(roof, stations))
    front_screen = (along > 0.36) & (along < 1.06)
    rear_screen = (along > -1.62) & (along < -1.06)
    parts[screen & (front_screen | rear_screen) & (np.abs(slope) > 0.2)] = GLASS
    height = (loop[:-1, :, 2] + loop[1:, :, 2]) / 2
    parts[np.broadcast_to(row < 1, parts.shape)] = TRIM
    wide = np.abs(centre[..., 1]) > 0.42
    parts[(along > 2.0) & wide & (height > 0.52) & (height < 0.74)] = LAMP
    parts[(along < -2.10) & (np.abs(centre[..., 1]) > 0.35) & (height > 0.66) & (height < 0.88)] = TAIL
    faces = [quads.reshape(-1, 4)]
    kinds = [parts.reshape(-1)]
    for station, order in ((0, 1), (count - 1, -1)):  # nose and tail: a fan of quads across the section
        ring = station * around + np.arange(around)
        half_ring = len(left)
        left_side, right_side = ring[:half_ring], ring[2 * half_ring : half_ring : -1]
        cap = np.stack([left_side[:-1], left_side[1:], right_side[1:], right_side[:-1]], -1)
        faces.append(cap[:, ::order])
        kinds.append(np.full(len(cap), PAINT))
    arches, arch_faces = _wheel_arches()
    faces.append(arch_faces + len(vertices))
    kinds.append(np.full(len(arch_faces), RUBBER))
    return np.concatenate([vertices, arches]), np.concatenate(faces), np.concatenate(kinds)


def _wheel_arches() -> tuple[FloatArray, NDArray[np.int64]]:
    """Dark half rounds a hair outside the body, behind the wheels: at any size they read as openings."""
    angle = np.linspace(-0.32, math.pi + 0.32, 29)
    rim = np.stack([np.cos(angle), np.sin(angle)], -1) * 0.385
    low = rim * [1.0, 0.0] + [0.0, -0.13]
    strip = np.arange(28)[:, None] * 2 + np.array([0, 2, 3, 1])
    vertices: list[FloatArray] = []
    faces: list[NDArray[np.int64]] = []
    for axle in _AXLES:
        for side in (1.0, -1.0):
            ring = np.stack([low, rim], 1).reshape(-1, 2)
            placed = np.stack([axle + ring[:, 0], np.full(len(ring), side * 0.9), WHEEL_METRES + ring[:, 1]], -1)
            faces.append((strip if side > 0 else strip[:, ::-1]) + 58 * len(vertices))
            vertices.append(placed)
    return np.concatenate(vertices), np.concatenate(faces)


def _eased(line: FloatArray) -> FloatArray:
    padded = np.pad(line, 2, mode="edge")
    eased = sum(weight * padded[shift : shift + len(line)] for shift, weight in enumerate((0.1, 0.22, 0.36, 0.22, 0.1)))
    result = np.asarray(eased, np.float64)
    result[[0, -1]] = line[[0, -1]]
    return result


def _wheel(axle: float, side: float) -> tuple[FloatArray, NDArray[np.int64], NDArray[np.int64]]:
    spokes = 40
    angle = np.linspace(0, 2 * math.pi, spokes, endpoint=False)
    #: Radius and distance from the car's middle, from the hub outward and round to the back of the tyre.
    profile = ((0.0, 0.898), (0.06, 0.898), (0.065, 0.880), (0.185, 0.868), (0.20, 0.898), (0.225, 0.904),
               (0.23, 0.906), (0.295, 0.914), (WHEEL_METRES, 0.895), (WHEEL_METRES, 0.70), (0.26, 0.67))  # fmt: skip
    rings = [
        np.stack([axle + r * np.cos(angle), np.full(spokes, side * y), WHEEL_METRES + r * np.sin(angle)], -1)
        for r, y in profile
    ]
    vertices = np.concatenate(rings)
    here, following = np.arange(spokes), (np.arange(spokes) + 1) % spokes
    faces, parts = [], []
    for ring in range(len(profile) - 1):
        one, two = ring * spokes, (ring + 1) * spokes
        quad = np.stack([one + here, two + here, two + following, one + following], -1)
        faces.append(quad[:, ::-1] if side > 0 else quad)
        kind = np.full(spokes, RUBBER if ring >= 5 else HUB)
        if ring == 3 - 1:  # five spokes with dark gaps between
            kind[(here % 8) >= 4] = RUBBER
        parts.append(kind)
    return vertices, np.concatenate(faces), np.concatenate(parts)


def drive(path: Path, travelled: FloatArray, braking: FloatArray) -> FloatArray:
    """Matrices [A,5,3,4] of body and wheels after ``travelled`` [A] metres; ``braking`` [A] in m/s2 dips the nose."""
    heading = path.heading(travelled)
    place = np.concatenate([path.at(travelled), np.zeros((len(travelled), 1))], 1)
    turn = turned("z", heading)
    matrices = np.zeros((len(travelled), 5, 3, 4))
    # About 0.4 degrees of pitch for each m/s2.
    body = turn @ turned("y", np.radians(np.clip(0.4 * braking, -2.5, 2.5)))
    matrices[:, 0, :, :3], matrices[:, 0, :, 3] = body, place
    steer = np.clip((path.heading(travelled + 0.8) - heading) * 2.6, -0.5, 0.5)
    for number, (axle, side) in enumerate([(a, s) for a in _AXLES for s in (1.0, -1.0)]):
        hub = np.array([axle, side * _TRACK, WHEEL_METRES])
        own = turned("z", steer if axle > 0 else np.zeros_like(steer)) @ turned("y", travelled / WHEEL_METRES)
        matrices[:, number + 1, :, :3] = turn @ own
        shift = hub - np.einsum("aij,j->ai", own, hub)
        matrices[:, number + 1, :, 3] = place + np.einsum("aij,aj->ai", turn, shift)
    return matrices
