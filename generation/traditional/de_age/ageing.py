"""What the years do to the shape: sagging volumes and creases, all in proportion to one number. Centimetres."""

import numpy as np

from generation.traditional.city.random_streams import random_stream
from generation.traditional.de_age.distance_fields import Floats, Points, along, bell, ramp, tube, union
from generation.traditional.de_age.proportions import Face


def with_sagging(solid: Floats, points: Points, face: Face, age: float) -> Floats:
    """Jowls, eye bags, hooded brows and the fold beside the nose."""
    if age <= 0.02:
        return solid
    jowl = tube(points, [(4.5 + 0.25 * face.jaw, -3.4, -7.4), (3.75 + 0.25 * face.jaw, -5.0, -9.7), (3.0, -5.6, -10.3)],
                [0.9, 0.75, 0.4])  # fmt: skip
    solid = union(solid, jowl + 0.8 - 1.12 * age, 2.2)
    bag = tube(points, [(2.2, -7.35, -1.25), (3.2, -7.32, -1.5), (4.2, -6.75, -1.2)], [0.12, 0.16 + 0.2 * age, 0.12])
    solid = union(solid, bag + 0.2 - 0.25 * age, 0.7)
    hood = tube(points, [(2.6, -7.95, 1.15), (3.8, -7.45, 0.95), (4.95, -6.2, 0.35)], [0.15, 0.18 + 0.2 * age, 0.15])
    solid = union(solid, hood + 0.25 - 0.20 * age, 1.3)
    fold = tube(points, [(2.2, -8.15, -3.9), (2.95, -7.75, -5.2), (3.3, -7.1, -6.6)], [0.45, 0.5, 0.35])
    return union(solid, fold + 0.45 - 0.55 * age, 1.2)


def creases(points: Points, face: Face, age: float) -> tuple[Floats, Floats]:
    """Depth of folds, and how creased the skin is, 0 to 1 (the material darkens and reddens it)."""
    phase = random_stream(face.seed, "creases").uniform(0, 2 * np.pi, 24)
    x, side, z = points.x, points.side, points.z
    front = ramp(points.y, -2.5, -5.0)
    hand = 0.10 * np.sin(x * 1.1 + phase[0]) + 0.06 * np.sin(x * 2.7 + phase[1]) + 0.035 * np.sin(x * 5.3 + phase[2])
    fine = np.zeros_like(x)
    for number, (height, strength) in enumerate(((3.0, 0.6), (3.75, 1.0), (4.5, 0.85), (5.2, 0.9), (6.0, 0.5))):
        middle, reach = 0.9 * np.sin(phase[3 + number]), 3.0 + 0.9 * np.sin(phase[8 + number])
        sag = 0.25 * (side / 4) ** 2 - 0.10 * bell(x, 1.3)
        fine = fine + strength * bell(z - height - hand * (1.5 + 0.4 * np.sin(number)) + sag, 0.10) * bell(
            x - middle, reach
        )
    for sign in (-1, 1):
        lean = x * sign - 0.55 - 0.08 * np.sin(phase[13 + sign]) - 0.18 * (z - 1.8)
        fine = fine + (0.95 + 0.3 * np.sin(phase[13 + sign])) * bell(lean - 0.05 * np.sin(z * 3), 0.085) * bell(
            z - 1.75, 0.62
        )
    fine = fine + 0.6 * bell(z - 0.62 - 0.1 * np.sin(x * 3 + phase[4]), 0.09) * bell(x, 0.7)
    for number, tilt in enumerate((0.62, 0.32, 0.05, -0.25, -0.52)):
        u = (side - 4.75) * np.cos(tilt) + (z + 0.05) * np.sin(tilt)
        v = -(side - 4.75) * np.sin(tilt) + (z + 0.05) * np.cos(tilt)
        wander = 0.07 * np.sin(u * 2.4 + phase[number + 15] + np.sign(x))
        fine = fine + 0.85 * bell(v - wander - 0.03 * u * u, 0.075 + 0.02 * u.clip(0, 2)) * ramp(u, 0.1, 0.5) * ramp(
            u, 2.1, 0.8
        )
    for number, drop in enumerate((0.95, 1.28)):
        gap = z + drop + 0.10 * (side - 3) ** 2 - 0.18 * (side - 3) - 0.04 * np.sin(side * 4 + phase[number])
        fine = fine + 0.5 * bell(gap, 0.07) * bell(side - 3.0, 1.3)
    for number in range(6):
        gap = side - 0.3 - 0.36 * number - 0.06 * np.sin(z * 3 + phase[number]) - 0.10 * number * (z + 6)
        fine = fine + (0.5 + 0.2 * np.sin(phase[number + 6])) * bell(gap, 0.06) * bell(z + 6.02, 0.30)
    for number in range(5):
        gap, share = along(
            side,
            z,
            [(4.6 + 0.35 * number, -2.6 - 0.2 * number), (4.7 + 0.3 * number, -4.6), (4.3 + 0.25 * number, -6.8)],
        )
        fine = fine + 0.32 * bell(gap, 0.09) * np.sin(np.pi * share)
    gap, share = along(side, z, [(1.78, -3.7), (2.2, -4.5), (2.75, -5.6), (3.1, -6.8), (3.15, -7.6)])
    beside_nose = bell(gap, 0.20 + 0.05 * share) * ramp(share, 1.0, 0.55) * ramp(share, 0.0, 0.06)
    gap, share = along(side, z, [(2.75, -6.95), (3.1, -8.0), (3.15, -9.4)])
    marionette = bell(gap, 0.18) * ramp(share, 1.0, 0.4)
    gap, share = along(side, z, [(1.6, -0.95), (2.3, -1.75), (3.3, -2.1), (4.4, -1.75)])
    bag = bell(gap, 0.16) * ramp(share, 1.0, 0.6)
    depth = age * (0.085 * fine + 0.22 * beside_nose + 0.17 * marionette + 0.10 * bag) + (1 - age) * 0.07 * beside_nose
    crepe = np.sin(x * 4.1 + 1.3 * np.sin(z * 3.1)) * np.sin(z * 5.7 + 1.1 * np.sin(x * 3.3))
    creased = np.clip(0.5 * fine + 0.8 * beside_nose + 0.7 * marionette + 0.5 * bag, 0, 1) * age * front
    return np.asarray((depth + 0.012 * age * crepe) * front, np.float32), np.asarray(creased, np.float32)
