"""What makes a head a face: brows and sockets, nose, lips, cheeks and ears, added to the bare skull. Centimetres."""

import math

import numpy as np

from generation.traditional.de_age.distance_fields import (
    Floats,
    Points,
    along,
    bell,
    carved,
    ellipsoid,
    ramp,
    tube,
    union,
)
from generation.traditional.de_age.proportions import EYE, EYE_RADIUS, Face

_TILT, _FLARE = math.radians(10), math.radians(24)  # how far an ear leans back, and stands off the head
_EAR = (7.0, 1.7, -1.25)


def lid_line(face: Face, across: Floats, upper: bool, age: float) -> Floats:
    """Height of a lid's edge at a distance from the middle plane; both lids meet in the corners of the eye."""
    share = np.clip((across - EYE[0] + 1.42) / 2.8, 0, 1)  # 0 at the inner, 1 at the outer corner
    tilt = (-0.10 + (0.20 + face.eye_tilt - 0.12 * age) * share).astype(np.float32)
    if upper:
        bow = np.sin(np.pi * share**0.86).clip(0) ** 0.82
        return np.asarray(tilt + (0.50 + face.eye_opening - 0.13 * age) * bow, np.float32)
    bow = np.sin(np.pi * share**1.15).clip(0) ** 0.9
    return np.asarray(tilt - (0.40 + 0.4 * face.eye_opening + 0.03 * age) * bow, np.float32)


def mouth_line(across: Floats, age: float) -> Floats:
    """Height of the line between the lips."""
    return np.asarray(-6.72 + 0.06 * bell(across - 0.75, 0.6) - 0.03 * across - 0.05 * age * (across / 2.4) ** 2)


def with_eyes(solid: Floats, points: Points, face: Face, age: float) -> Floats:
    """Brow ridge and sockets, and closed lids over the eyeballs."""
    front = ramp(points.y, -3.5, -5.5)
    ridge = tube(points, [(0.8, -8.75, 1.45), (2.4, -8.45, 1.95), (4.4, -6.95, 1.75), (5.5, -5.2, 0.9)],
                 [0.35, 0.5 + 0.15 * face.brow, 0.5, 0.35])  # fmt: skip
    solid = union(solid, ridge, 1.9)
    u, v = points.side - 3.0, points.z - 0.32 - 0.03 * points.side
    socket = np.exp(-(((u / 2.0) ** 2 + (v / 1.18) ** 2) ** 1.35))
    inner = bell(points.side - 1.45, 0.62) * bell(points.z - 0.45, 0.85)
    under_brow = bell(points.side - 3.3, 1.6) * bell(points.z - 0.98, 0.42)
    solid = solid + front * (0.98 * socket + 0.20 * inner + (0.18 + 0.10 * age) * under_brow)
    # Tear trough: a soft channel from the inner corner down and out.
    gap, share = along(points.side, points.z, [(1.55, -0.7), (2.3, -1.5), (3.3, -1.9)])
    solid = solid + front * (0.05 + 0.15 * age) * bell(gap, 0.34) * (1 - 0.6 * share)
    lids = ellipsoid(points, EYE, (EYE_RADIUS + 0.17, EYE_RADIUS + 0.15, EYE_RADIUS + 0.10))
    # The ligaments that hold the lids' corners: without them the corners would be pits.
    outer = tube(points, [(4.0, -7.05, 0.08), (4.65, -6.62, 0.06), (5.2, -5.9, -0.05)], [0.32, 0.32, 0.30])
    inner = tube(points, [(2.1, -7.25, -0.08), (1.55, -7.62, -0.10)], [0.32, 0.30])
    return union(solid, union(lids, union(outer, inner, 0.3), 0.8), 0.95)


def lid_fold(points: Points, face: Face, age: float) -> Floats:
    """Depth of the crease above the upper lid and of the fine one under the lower; gone while the eye is shut."""
    front = ramp(points.y, -4.5, -6.0)
    across = np.clip((points.side - EYE[0] + 1.5) / 3.0, 0, 1)
    extent = np.sin(np.pi * np.clip(across, 0, 1)).clip(0) ** 0.8
    rise = points.z - lid_line(face, points.side, True, age)
    high = 0.30 + 0.05 * face.brow
    fold = (0.15 - 0.08 * age) * bell(rise - high, 0.10) - 0.05 * bell(rise - high - 0.26, 0.18)
    drop = lid_line(face, points.side, False, age) - points.z
    below = 0.05 * bell(drop - 0.42, 0.12) - 0.035 * bell(drop - 0.2, 0.13)
    return np.asarray(front * extent * (fold + below), np.float32)


def with_nose(solid: Floats, points: Points, face: Face, age: float) -> Floats:
    """Bridge, tip, wings and nostrils."""
    tip_y, tip_z = -10.75 - 0.35 * face.nose_length, -3.85 - 0.28 * age - 0.12 * face.nose_length
    width = 1 + 0.18 * face.nose_width
    bridge = tube(points, [(0, -8.32, 1.3), (0, -8.5, 0.35), (0, -9.25 - 0.25 * face.nose_hump, -1.3),
                           (0, tip_y + 0.85, tip_z + 0.75)],
                  [0.6, 0.48 * width, 0.55 * width, 0.66 * width])  # fmt: skip
    flanks = tube(
        points, [(0.55, -8.3, -0.6), (0.95 * width, -8.75, -2.6), (1.1 * width, -9.0, -3.6)], [0.42, 0.72, 0.75]
    )
    solid = union(solid, union(bridge, flanks, 1.0), 1.25)
    tip = ellipsoid(points, (0, tip_y + 0.66, tip_z + 0.03), (0.86 * width, 0.82, 0.74))
    domes = ellipsoid(points, (0.32 * width, tip_y + 0.60, tip_z - 0.02), (0.50, 0.58, 0.5))
    solid = union(solid, union(tip, domes, 0.35), 0.55)
    wing = ellipsoid(points, (1.16 * width, -9.5, -4.15 - 0.15 * age), (0.60, 0.92, 0.60 + 0.05 * age))
    rim = tube(points, [(1.5 * width, -9.0, -4.15), (1.42 * width, -9.3, -4.62), (1.0 * width, -9.95, -4.6)],
               [0.26, 0.24, 0.24])  # fmt: skip
    solid = union(solid, union(wing, rim, 0.35), 0.42)
    septum = tube(points, [(0, tip_y + 0.6, tip_z - 0.42), (0, -9.45, -4.88)], [0.32, 0.34])
    solid = union(solid, septum, 0.4)
    hole = tube(
        points, [(0.42, -10.05, -4.85), (0.72 * width, -9.45, -5.0), (0.78 * width, -9.35, -4.3)], [0.17, 0.25, 0.2]
    )
    solid = carved(solid, hole, 0.22)
    # The groove behind the wing, running up along it.
    gap, share = along(points.side, points.z, [(1.15 * width, -3.5), (1.62 * width, -3.75), (1.8 * width, -4.45)])
    return np.asarray(
        solid + 0.10 * bell(gap, 0.16) * ramp(points.y, -7.2, -8.0) * np.sin(np.pi * np.clip(share, 0.05, 1)),
        np.float32,
    )


def with_mouth(solid: Floats, points: Points, face: Face, age: float) -> Floats:
    """Lips with a bow, the groove above, corners and chin."""
    full = (1 + 0.35 * face.lips) * (1 - 0.35 * age)
    wide = 2.45 + 0.15 * face.mouth_width
    front = ramp(points.y, -5.5, -7.2)
    upper = tube(points, [(wide, -7.55, -6.72), (1.5, -8.95, -6.5), (0.5, -9.5, -6.36), (0, -9.47, -6.42)],
                 [0.12, 0.31 * full, 0.40 * full, 0.41 * full])  # fmt: skip
    lower = tube(points, [(wide - 0.1, -7.6, -6.85), (1.3, -8.98, -7.08), (0.45, -9.32, -7.2), (0, -9.30, -7.18)],
                 [0.10, 0.41 * full, 0.52 * full, 0.50 * full])  # fmt: skip
    solid = union(solid, upper, 0.5)
    solid = union(solid, lower, 0.55)
    line = mouth_line(points.side, age)
    extent = ramp(points.side, wide + 0.12, wide - 0.5)
    solid = solid + front * extent * (0.24 * bell(points.z - line, 0.11) + 0.06 * bell(points.z - line, 0.26))
    # Corner dimple, groove under the nose with its two ridges, hollow between lip and chin.
    solid = solid + front * 0.16 * bell(points.side - wide - 0.1, 0.3) * bell(points.z - line, 0.32)
    groove = bell(points.z + 5.55, 0.62)
    solid = solid + front * groove * (0.11 * bell(points.x, 0.24) - 0.06 * bell(points.side - 0.5, 0.2))
    solid = solid + front * 0.18 * bell(points.z + 8.2, 0.5) * bell(points.x, 1.7)
    chin = ellipsoid(points, (0, -7.85, -9.95), (1.75 + 0.3 * face.chin, 1.5, 1.35))
    solid = union(solid, chin, 1.5)
    return np.asarray(
        solid + front * 0.07 * max(face.cleft, 0) * bell(points.x, 0.3) * bell(points.z + 10.1, 0.7), np.float32
    )


def with_cheeks(solid: Floats, points: Points, face: Face, age: float) -> Floats:
    """Cheekbones, the pad of a young cheek and the hollow of an old one, jaw angle and chewing muscle."""
    bone = ellipsoid(points, (4.3, -5.15, -2.2), (1.6, 2.0, 1.0 + 0.15 * face.cheekbones))
    arch = tube(points, [(4.9, -5.0, -2.0), (6.05, -2.2, -1.7), (6.3, 0.6, -1.4)], [0.6, 0.5, 0.4])
    solid = union(solid, union(bone, arch, 1.4), 2.6)
    pad = ellipsoid(points, (3.35, -6.1, -4.1 - 0.5 * age), (2.1, 1.9, 2.3))
    solid = union(solid, pad - 0.22 * (1 - age), 2.2)
    front = ramp(points.y, 1.0, -1.5)
    hollow = bell(points.side - 5.3, 1.5) * bell(points.z + 5.4, 1.7)
    solid = solid + front * (0.02 + 0.08 * face.cheekbones + 0.22 * age) * hollow
    temple = bell(points.side - 6.6, 1.6) * bell(points.z - 2.6, 2.0) * bell(points.y + 3.4, 2.2)
    solid = solid + (0.10 + 0.32 * age) * temple
    muscle = ellipsoid(points, (4.8 + 0.25 * face.jaw, -1.2, -6.3), (0.95, 1.9, 2.3))
    return union(solid, muscle, 2.4)


def ears(points: Points, face: Face, age: float) -> Floats:
    """Both ears: rolled rim, inner ridge, bowl, tragus and lobe."""
    large = (1 + 0.12 * face.ears) * (1 + 0.07 * age)
    x, y, z = (points.side - _EAR[0]) / large, (points.y - _EAR[1]) / large, (points.z - _EAR[2]) / large
    back, up = y * math.cos(_TILT) - z * math.sin(_TILT) * -1, z * math.cos(_TILT) - y * math.sin(_TILT)
    # In the ear's own plane: u to the back, v up, w away from the head.
    u = back * math.cos(_FLARE) + x * math.sin(_FLARE)
    w = x * math.cos(_FLARE) - back * math.sin(_FLARE)
    local = Points(np.stack([u + 20, w, up], -1))  # shifted, so that nothing is mirrored

    def at(path: list[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
        return [(one + 20, out, high) for one, high, out in path]

    plate = ellipsoid(local, (20.25, 0.0, 0.35), (1.45, 0.30, 2.35))
    lobe = ellipsoid(local, (19.75, 0.08, -2.15 - 0.2 * age), (0.72, 0.34, 0.8 + 0.25 * age))
    ear = union(plate, lobe, 1.0)
    rim = tube(local, at([(-0.45, -0.2, 0.05), (-0.95, 0.6, 0.25), (-0.85, 1.8, 0.42), (-0.15, 2.65, 0.5),
                          (0.75, 2.6, 0.5), (1.4, 1.75, 0.42), (1.55, 0.5, 0.32), (1.25, -0.8, 0.2),
                          (0.65, -1.9, 0.15)]),
               [0.14, 0.2, 0.24, 0.26, 0.27, 0.26, 0.24, 0.22, 0.2])  # fmt: skip
    ear = union(ear, rim, 0.22)
    ear = carved(ear, ellipsoid(local, (20.05, 0.62, -0.45), (0.72, 0.42, 0.95)), 0.25)
    ridge = tube(local, at([(0.0, 1.75, 0.3), (0.65, 1.0, 0.38), (0.85, 0.0, 0.38), (0.6, -0.95, 0.36),
                            (0.0, -1.45, 0.4)]), [0.2, 0.24, 0.25, 0.24, 0.22])  # fmt: skip
    fork = tube(local, at([(0.65, 1.0, 0.36), (0.75, 1.85, 0.3)]), [0.22, 0.18])
    ear = union(ear, union(ridge, fork, 0.3), 0.25)
    return union(ear, ellipsoid(local, (19.2, 0.35, -0.55), (0.28, 0.3, 0.5)), 0.25) * np.float32(large)
