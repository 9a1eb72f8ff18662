"""Where skin is red, where lips, beard, spots and creases are: masks on the vertices, all 0 to 1. Centimetres."""

import numpy as np

from generation.traditional.city.random_streams import random_stream
from generation.traditional.de_age.ageing import creases
from generation.traditional.de_age.distance_fields import Floats, Points, bell, ramp
from generation.traditional.de_age.features import lid_line, mouth_line
from generation.traditional.de_age.proportions import EYE, Face


def paint_skin(rest: Floats, face: Face, age: float) -> dict[str, Floats]:
    """Masks by name for vertices [V,3] of the unstretched head."""
    points = Points(rest)
    lips = lip_mask(points, face, age)
    _, creased = creases(points, face, age)
    return {
        "lips": lips,
        "redness": _redness(points),
        "beard": beard_mask(points, face, age) * (1 - lips),
        "creased": creased,
        "eye_shade": _eye_shade(points, face, age),
        "spots": _spots(rest, face.seed),
        "neck": ramp(points.z, -12.0, -16.0),
    }


def lip_mask(points: Points, face: Face, age: float) -> Floats:
    """The vermilion: a bow above, a fuller curve below."""
    wide = 2.42 + 0.15 * face.mouth_width
    share = np.clip(points.side / wide, 0, 1)
    line = mouth_line(points.side, age)
    full = (1 + 0.3 * face.lips) * (1 - 0.3 * age)
    upper = line + full * (0.60 * (1 - share**1.7) - 0.10 * bell(points.side, 0.24))
    lower = line - full * 0.82 * (1 - share**2.2)
    edge = np.minimum(upper - points.z, points.z - lower)
    return np.asarray(ramp(edge, -0.05, 0.08) * ramp(points.y, -5.5, -6.5) * ramp(share, 1.0, 0.93), np.float32)


def beard_mask(points: Points, face: Face, age: float) -> Floats:
    """Where a beard grows: jaw, chin, upper lip and throat, with the usual bare places."""
    side, z = points.side, points.z
    cheek_line = -4.6 - 0.9 * bell(side - 3.2, 1.6) + 1.6 * ramp(points.y, -3.2, -0.6)
    jaw = ramp(z, cheek_line + 0.3, cheek_line - 0.9) * ramp(z, -13.6, -12.0) * ramp(points.y, 0.9, -0.1)
    moustache = ramp(side, 2.7, 2.2) * ramp(z, -5.0, -5.25) * ramp(points.y, -7.0, -7.6) * (z > -6.8)
    bare = bell(side - 1.1, 0.55) * bell(z + 8.0, 0.45) + bell(side - 3.3, 0.75) * bell(z + 6.1, 0.9) * 0.8
    return np.asarray(np.maximum(jaw * (1 - np.clip(bare, 0, 1)), moustache), np.float32)


def _redness(points: Points) -> Floats:
    front = ramp(points.y, -2.0, -4.5)
    nose = bell(points.z + 3.9, 1.0) * bell(points.x, 1.6) * ramp(points.y, -8.5, -9.8)
    cheeks = 0.75 * bell(points.side - 3.9, 1.7) * bell(points.z + 3.1, 1.5) * front
    ears = 0.9 * ramp(points.side, 6.9, 7.6) * (np.abs(points.z + 1.2) < 4.2)
    chin = 0.3 * bell(points.x, 1.2) * bell(points.z + 9.8, 1.0) * front
    return np.asarray(np.clip(nose + cheeks + ears + chin, 0, 1), np.float32)


def _eye_shade(points: Points, face: Face, age: float) -> Floats:
    """Thin, darker skin around the eyes, strongest under the inner corner."""
    around = bell(points.side - EYE[0] + 0.15, 1.6) * bell(points.z + 0.15, 0.95)
    under = bell(points.side - 2.35, 0.9) * bell(points.z + 1.1, 0.45)
    rim = bell(points.z - lid_line(face, points.side, True, age), 0.16) * bell(points.side - EYE[0], 1.3)
    return np.asarray(np.clip(0.4 * around + 0.6 * under + 0.2 * rim, 0, 1) * ramp(points.y, -4.0, -5.5), np.float32)


def _spots(rest: Floats, seed: int) -> Floats:
    """Age spots: irregular blotches of two to nine millimetres, most on temples, cheeks and forehead."""
    random = random_stream(seed, "spots")
    spots = np.zeros(len(rest), np.float32)
    for _ in range(46):
        turn, height = random.uniform(-95, 95), random.choice([random.uniform(2.5, 7.5), random.uniform(-6, 0)])
        toward = np.array([np.sin(np.radians(turn)), -np.cos(np.radians(turn))])
        on_face = rest[:, :2] @ toward > 4
        size, strength = random.uniform(0.1, 0.42), random.uniform(0.25, 1.0)
        offset = rest[:, 0] * toward[1] - rest[:, 1] * toward[0], rest[:, 2] - height
        wobble = 1 + 0.3 * np.sin(offset[0] / size * 2.1 + height) + 0.3 * np.sin(offset[1] / size * 1.7 + turn)
        spots = np.maximum(spots, strength * bell(np.hypot(*offset) * wobble, size) ** 1.5 * on_face)
    return spots
