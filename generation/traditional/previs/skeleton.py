"""The bones of a figure 1.78 m tall, at rest: it faces +x, its left is +y, its arms hang apart from the body."""

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


class Bone(IntEnum):
    """Index of a bone; left and right of a pair follow each other."""

    PELVIS = 0
    CHEST = 1
    HEAD = 2
    UPPER_ARM_LEFT = 3
    UPPER_ARM_RIGHT = 4
    FOREARM_LEFT = 5
    FOREARM_RIGHT = 6
    THIGH_LEFT = 7
    THIGH_RIGHT = 8
    SHIN_LEFT = 9
    SHIN_RIGHT = 10
    FOOT_LEFT = 11
    FOOT_RIGHT = 12


PARENT = {
    Bone.CHEST: Bone.PELVIS,
    Bone.HEAD: Bone.CHEST,
    Bone.UPPER_ARM_LEFT: Bone.CHEST,
    Bone.UPPER_ARM_RIGHT: Bone.CHEST,
    Bone.FOREARM_LEFT: Bone.UPPER_ARM_LEFT,
    Bone.FOREARM_RIGHT: Bone.UPPER_ARM_RIGHT,
    Bone.THIGH_LEFT: Bone.PELVIS,
    Bone.THIGH_RIGHT: Bone.PELVIS,
    Bone.SHIN_LEFT: Bone.THIGH_LEFT,
    Bone.SHIN_RIGHT: Bone.THIGH_RIGHT,
    Bone.FOOT_LEFT: Bone.SHIN_LEFT,
    Bone.FOOT_RIGHT: Bone.SHIN_RIGHT,
}

HIP_METRES = np.array([0.0, 0.092, 0.925])
WAIST_METRES = np.array([-0.01, 0.0, 1.06])
NECK_METRES = np.array([-0.015, 0.0, 1.49])
SHOULDER_METRES = np.array([-0.02, 0.185, 1.425])
THIGH_METRES, SHIN_METRES = 0.435, 0.405
UPPER_ARM_METRES, FOREARM_METRES = 0.285, 0.255
ANKLE_METRES = 0.085
#: From the ankle, along the sole: where the heel touches down, and the ball over which the foot rolls off.
HEEL_METRES, BALL_METRES = -0.06, 0.135

#: At rest the arms point this far outward and downward.
ARM_AT_REST = np.array([0.0, 0.5, -0.866])
