"""The whole head as one distance field, for one face at one age."""

import numpy as np

from generation.traditional.de_age.ageing import creases, with_sagging
from generation.traditional.de_age.distance_fields import Floats, Points, union
from generation.traditional.de_age.features import ears, lid_fold, with_cheeks, with_eyes, with_mouth, with_nose
from generation.traditional.de_age.proportions import Face
from generation.traditional.de_age.skull import head_mass, neck


def head_distance(positions: Floats, face: Face, age: float, folded_lids: float = 1.0) -> Floats:
    """Distance to the head with shut eyes [N]; negative inside.

    ``folded_lids``: 1 has the creases of open eyes, 0 the smooth lids of shut ones.
    """
    points = Points(positions)
    solid = head_mass(points, age)
    solid = with_cheeks(solid, points, face, age)
    # Features reach a little beyond where they can be seen; the rest of the head does not pay for them.
    front = (points.y < -1.5) & (points.z < 8.5) & (points.z > -13.0)
    solid[front] = _with_features(solid[front], Points(positions[front]), face, age, folded_lids)
    solid = union(solid, neck(points, age), 2.6)
    beside = (points.side > 5.6) & (points.y > -2.5) & (points.y < 7.0) & (points.z > -6.5) & (points.z < 4.0)
    solid[beside] = union(solid[beside], ears(Points(positions[beside]), face, age), 0.35)
    return np.asarray(solid, np.float32)


def _with_features(solid: Floats, points: Points, face: Face, age: float, folded_lids: float) -> Floats:
    solid = with_eyes(solid, points, face, age)
    solid = with_sagging(solid, points, face, age)
    solid = with_mouth(solid, points, face, age)
    solid = with_nose(solid, points, face, age)
    depth, _ = creases(points, face, age)
    return np.asarray(solid + depth + folded_lids * lid_fold(points, face, age), np.float32)
