"""How a figure moves: footsteps planted on the ground first, then the legs by inverse kinematics, arms and spine after.

A planted foot does not move by construction; nothing slides.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from generation.traditional.previs.path import Path
from generation.traditional.previs.skeleton import (
    ANKLE_METRES,
    ARM_AT_REST,
    BALL_METRES,
    HEEL_METRES,
    HIP_METRES,
    NECK_METRES,
    SHIN_METRES,
    SHOULDER_METRES,
    THIGH_METRES,
    UPPER_ARM_METRES,
    WAIST_METRES,
    Bone,
    FloatArray,
)
from generation.traditional.previs.skinning import axes_of, bone_matrices, turned

GroundHeight = Callable[[FloatArray], FloatArray]
_UP = np.array([0.0, 0.0, 1.0])
_FRONT = np.array([1.0, 0.0, 0.0])


@dataclass(frozen=True)
class Gait:
    """A way to move; angles in degrees.

    Attributes
    ----------
    stride_metres
        From one footfall to the next of the same foot.
    planted_share
        Share of a stride that a foot stands on the ground: above 0.5 a walk, below it a run.
    """

    stride_metres: float
    planted_share: float
    lift_metres: float
    heel_strike: float
    toe_off: float
    lean: float
    arm_swing: float
    elbow: float
    bob_metres: float
    twist: float
    feet_apart_metres: float
    crouch_metres: float


def gait_at(speed: float) -> Gait:
    """The gait a grown person takes at ``speed`` metres a second; people change to a run at about 2.2."""
    if speed > 2.2:
        hard = float(np.clip((speed - 2.2) / 3.0, 0, 1))
        return Gait(speed / (1.30 + 0.15 * hard), 0.38 - 0.06 * hard, 0.20 + 0.14 * hard, 8, 52, 7 + 7 * hard,
                    34 + 16 * hard, 72, -0.045, 13, 0.055, 0.035)  # fmt: skip
    brisk = float(np.clip(speed / 2.0, 0.2, 1))
    return Gait(speed / (0.62 + 0.42 * brisk), 0.61, 0.075 + 0.05 * brisk, 20, 36, 2 + 3 * brisk,
                12 + 16 * brisk, 16, 0.02, 7, 0.085, 0.012)  # fmt: skip


@dataclass(frozen=True)
class Pose:
    """What a figure's upper body does besides its gait, each [A] or a number.

    Attributes
    ----------
    look_at
        [A,3] where the head is turned, metres.
    raise_right_degrees
        How far the right arm is lifted in greeting.
    arms_out_degrees, elbows_degrees
        How far the arms stand off the body, and how much the elbows bend beyond the gait.
    """

    look_at: FloatArray
    raise_right_degrees: FloatArray
    arms_out_degrees: float = 9.0
    elbows_degrees: float = 0.0


def walk(path: Path, travelled: FloatArray, speed: float, pose: Pose, ground: GroundHeight) -> FloatArray:
    """Bone matrices [A,B,3,4] of a figure that has gone ``travelled`` [A] metres along ``path`` at ``speed``."""
    gait = gait_at(speed)
    phase = travelled / gait.stride_metres
    heading = path.heading(travelled)
    feet = [_foot(gait, path, travelled, phase + shift, side, ground) for shift, side in ((0.0, 1.0), (0.5, -1.0))]
    swing = 2 * math.pi * phase
    # A walker is highest as one leg passes the other, a runner is lowest there.
    passing = np.cos(2 * swing - 2 * math.pi * gait.planted_share)
    middle = np.concatenate([path.at(travelled), np.zeros((len(travelled), 1))], 1)
    middle[:, 2] = _smooth_ground(path, travelled, ground) + HIP_METRES[2] - gait.crouch_metres
    middle[:, 2] += gait.bob_metres * passing
    left = _side_of(heading)
    middle += left * (0.022 * np.sin(swing + 0.6))[:, None]
    twist = math.radians(gait.twist) * np.cos(swing)
    return _figure(middle, heading, feet, twist, gait, swing, pose)


def stand(
    place: FloatArray, heading: float, time: FloatArray, pose: Pose, ground: GroundHeight, apart_metres: float = 0.13
) -> FloatArray:
    """Bone matrices [A,B,3,4] of a figure that stands at ``place`` [2] and shifts its weight a little."""
    count = len(time)
    headings = np.full(count, heading)
    left = _side_of(headings)
    feet = []
    for side, turn, forward in ((1.0, 0.20, 0.05), (-1.0, -0.28, -0.06)):
        spot = place + apart_metres * side * left[:, :2] + forward * _front_of(headings)[:, :2]
        sole = np.concatenate([spot, ground(spot)[:, None]], 1)
        ankle = sole + _UP * ANKLE_METRES
        feet.append((ankle, turned("z", headings + turn), np.ones(count)))
    sway = np.sin(2 * math.pi * time * 0.31 + place[0])
    middle = np.concatenate([np.tile(place, (count, 1)), np.zeros((count, 1))], 1)
    middle[:, 2] = ground(middle[:, :2]) + HIP_METRES[2] - 0.016 + 0.004 * np.sin(2 * math.pi * 0.7 * time)
    middle += left * (0.035 + 0.03 * sway)[:, None]
    rest = Gait(1.0, 0.6, 0.0, 0, 0, 1.0, 2.0, 14.0, 0.0, 0.0, apart_metres, 0.0)
    return _figure(middle, headings, feet, 0.05 * sway, rest, 2 * math.pi * 0.2 * time, pose)


Foot = tuple[FloatArray, FloatArray, FloatArray]  # ankle [A,3], rotation [A,3,3], 1 where it carries weight [A]


def _foot(gait: Gait, path: Path, travelled: FloatArray, phase: FloatArray, side: float, ground: GroundHeight) -> Foot:
    step = np.floor(phase)
    part = phase - step
    planted = part < gait.planted_share
    # The body passes over a foot in the middle of its stand.
    shift = (travelled / gait.stride_metres - phase) + gait.planted_share / 2
    reach_back = 0.05 if gait.planted_share < 0.5 else 0.0
    here = (step + shift) * gait.stride_metres - reach_back
    through = np.clip((part - gait.planted_share) / (1 - gait.planted_share), 0, 1)
    carried = through - np.sin(2 * math.pi * through) / (2 * math.pi) * 0.85
    turn = (1 - carried) * path.heading(here) + carried * path.heading(here + gait.stride_metres)
    spots = [path.at(at) + side * gait.feet_apart_metres * _side_of(path.heading(at))[:, :2]
             for at in (here, here + gait.stride_metres)]  # fmt: skip
    spot = spots[0] + (spots[1] - spots[0]) * np.where(planted, 0.0, carried)[:, None]
    height = ground(spots[0]) * (1 - carried) + ground(spots[1]) * carried
    stood = np.clip(part / gait.planted_share, 0, 1)
    roll = np.interp(stood, [0, 0.16, 0.58, 1.0], [gait.heel_strike, 0.0, 0.0, -gait.toe_off])
    swung = np.interp(
        through,
        [0, 0.18, 0.55, 0.85, 1.0],
        [-gait.toe_off, -gait.toe_off * 1.1, -6.0, gait.heel_strike, gait.heel_strike],
    )
    pitch = np.radians(np.where(planted, roll, swung))
    lift = np.where(planted, 0.0, gait.lift_metres * np.interp(through, *_LIFT))
    # The foot is stiff: the further it rolls, the nearer to the toes it stands.
    pivot = np.where(pitch > 0, HEEL_METRES, BALL_METRES + 0.07 * np.sin(np.maximum(-pitch, 0)))
    forward = pivot - pivot * np.cos(pitch) - ANKLE_METRES * np.sin(pitch)
    up = -pivot * np.sin(pitch) + ANKLE_METRES * np.cos(pitch) + lift
    ankle = np.concatenate([spot, (height + up)[:, None]], 1) + forward[:, None] * _front_of(turn)
    return ankle, turned("z", turn) @ turned("y", -pitch), planted.astype(float)


#: Height of the ankle through the swing: the heel flies up behind, the foot comes forward low.
_LIFT = (np.array([0, 0.12, 0.28, 0.45, 0.65, 0.85, 1.0]), np.array([0, 0.55, 1.0, 0.85, 0.45, 0.18, 0.0]))


def _figure(
    middle: FloatArray,
    heading: FloatArray,
    feet: list[Foot],
    twist: FloatArray,
    gait: Gait,
    swing: FloatArray,
    pose: Pose,
) -> FloatArray:
    count = len(middle)
    matrices = np.zeros((count, len(Bone), 3, 4))
    course = turned("z", heading)
    pelvis = course @ turned("z", twist) @ turned("y", math.radians(gait.lean * 0.35) * np.ones(count))
    middle = _within_reach(middle, pelvis, feet)
    rest_axes, hip_middle = np.eye(3), HIP_METRES * np.array([1.0, 0.0, 1.0])
    matrices[:, Bone.PELVIS] = bone_matrices(hip_middle, rest_axes, middle, pelvis)
    lean = math.radians(gait.lean) * np.ones(count)
    chest = course @ turned("z", -0.8 * twist) @ turned("y", lean) @ turned("x", 0.04 * np.sin(swing))
    waist = middle + np.einsum("aij,j->ai", pelvis, WAIST_METRES - hip_middle)
    matrices[:, Bone.CHEST] = bone_matrices(WAIST_METRES, rest_axes, waist, chest)
    neck = waist + np.einsum("aij,j->ai", chest, NECK_METRES - WAIST_METRES)
    matrices[:, Bone.HEAD] = bone_matrices(NECK_METRES, rest_axes, neck, _head(neck, heading, pose))
    for index, side in ((0, 1.0), (1, -1.0)):
        mirror = np.array([1.0, side, 1.0])
        hip = middle + np.einsum("aij,j->ai", pelvis, HIP_METRES * mirror - hip_middle)
        ankle, turn, _ = feet[index]
        _bend_leg(matrices, index, mirror, hip, ankle, turn)
        shoulder = waist + np.einsum("aij,j->ai", chest, SHOULDER_METRES * mirror - WAIST_METRES)
        # Arms swing against the leg of their side.
        forward = -math.radians(gait.arm_swing) * np.cos(swing + index * math.pi - 0.35)
        elbow = math.radians(gait.elbow + pose.elbows_degrees) + 0.55 * np.maximum(forward, -0.2)
        out = np.full(count, math.radians(pose.arms_out_degrees))
        raised = np.radians(pose.raise_right_degrees) if side < 0 else np.zeros(count)
        _swing_arm(matrices, index, mirror, shoulder, chest, forward, elbow, out, raised)
    return matrices


def _within_reach(middle: FloatArray, pelvis: FloatArray, feet: list[Foot]) -> FloatArray:
    """Let the hips down to where both standing legs reach the ground."""
    longest = (THIGH_METRES + SHIN_METRES) * 0.995
    height = middle[:, 2].copy()
    for index, side in ((0, 1.0), (1, -1.0)):
        hip = middle + np.einsum("aij,j->ai", pelvis, [0.0, side * HIP_METRES[1], 0.0])
        ankle, _, planted = feet[index]
        across = np.linalg.norm((hip - ankle)[:, :2], axis=1)
        most = ankle[:, 2] + np.sqrt(np.maximum(longest**2 - across**2, 0.3))
        height = np.where(planted > 0, np.minimum(height, most), height)
    return np.concatenate([middle[:, :2], height[:, None]], 1)


def _bend_leg(
    matrices: FloatArray, index: int, mirror: FloatArray, hip: FloatArray, ankle: FloatArray, turn: FloatArray
) -> None:
    front = turn[:, :, 0]
    knee, ankle = _two_bones(hip, ankle, THIGH_METRES, SHIN_METRES, front)
    rest_hip = HIP_METRES * mirror
    rest_knee = rest_hip - THIGH_METRES * _UP
    rest = axes_of(-_UP, _FRONT)
    matrices[:, Bone.THIGH_LEFT + index] = bone_matrices(rest_hip, rest, hip, axes_of(knee - hip, front))
    matrices[:, Bone.SHIN_LEFT + index] = bone_matrices(rest_knee, rest, knee, axes_of(ankle - knee, front))
    rest_ankle = rest_knee - SHIN_METRES * _UP
    matrices[:, Bone.FOOT_LEFT + index] = bone_matrices(rest_ankle, np.eye(3), ankle, turn)


def _two_bones(
    start: FloatArray, end: FloatArray, first: float, second: float, towards: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """The joint between two bones that lead from ``start`` to ``end``, bent ``towards``, and the end it can reach."""
    span = end - start
    length = np.linalg.norm(span, axis=1)
    held = np.clip(length, abs(first - second) + 1e-3, (first + second) * 0.9995)
    along = span / length[:, None]
    bend = towards - (towards * along).sum(1, keepdims=True) * along
    bend = bend / np.linalg.norm(bend, axis=1, keepdims=True)
    ahead = (first**2 - second**2 + held**2) / (2 * held)
    aside = np.sqrt(np.maximum(first**2 - ahead**2, 0.0))
    return start + ahead[:, None] * along + aside[:, None] * bend, start + held[:, None] * along


def _swing_arm(
    matrices: FloatArray,
    index: int,
    mirror: FloatArray,
    shoulder: FloatArray,
    chest: FloatArray,
    forward: FloatArray,
    elbow: FloatArray,
    out: FloatArray,
    raised: FloatArray,
) -> None:
    side = mirror[1]
    # A greeting: the upper arm goes out and a little forward, the forearm upright.
    lifted = np.clip(raised / math.radians(90.0), 0, 1.2)
    hang = turned("x", side * (out + 0.75 * lifted)) @ turned(
        "y", -forward * (1 - np.clip(lifted, 0, 1)) - 0.55 * lifted
    )
    upper = chest @ hang
    down = -upper[:, :, 2]
    front = upper[:, :, 0]
    bent = elbow + 1.9 * lifted
    lower = np.cos(bent)[:, None] * down + np.sin(bent)[:, None] * front
    # Hands come together a little in front of the body.
    inward = 0.18 * np.sin(np.minimum(bent, 1.6)) * (1 - np.clip(lifted, 0, 1)) - 0.25 * lifted
    lower = lower - inward[:, None] * side * upper[:, :, 1]
    joint = shoulder + UPPER_ARM_METRES * down
    rest_shoulder, rest_along = SHOULDER_METRES * mirror, ARM_AT_REST * mirror
    rest = axes_of(rest_along, _FRONT)
    matrices[:, Bone.UPPER_ARM_LEFT + index] = bone_matrices(rest_shoulder, rest, shoulder, axes_of(down, front))
    # The forearm keeps the side of the upper arm, or it would turn over as the elbow passes a right angle.
    width = np.cross(front, down)
    facing = np.cross(lower, width)
    matrices[:, Bone.FOREARM_LEFT + index] = bone_matrices(
        rest_shoulder + UPPER_ARM_METRES * rest_along, rest, joint, axes_of(lower, facing)
    )


def _head(neck: FloatArray, heading: FloatArray, pose: Pose) -> FloatArray:
    away = pose.look_at - (neck + 0.15 * _UP)
    turn = np.arctan2(away[:, 1], away[:, 0]) - heading
    turn = np.clip((turn + math.pi) % (2 * math.pi) - math.pi, -1.1, 1.1)
    nod = np.clip(-np.arctan2(away[:, 2], np.hypot(away[:, 0], away[:, 1])), -0.4, 0.4)
    head: FloatArray = turned("z", heading + turn) @ turned("y", nod)
    return head


def _smooth_ground(path: Path, travelled: FloatArray, ground: GroundHeight) -> FloatArray:
    """The ground's height around a walker, without the step of a kerb."""
    heights = [ground(path.at(travelled + shift)) for shift in np.linspace(-0.5, 0.5, 9)]
    return np.asarray(np.mean(heights, axis=0), np.float64)


def _front_of(heading: FloatArray) -> FloatArray:
    return np.stack([np.cos(heading), np.sin(heading), np.zeros_like(heading)], -1)


def _side_of(heading: FloatArray) -> FloatArray:
    """The left hand side of a heading."""
    return np.stack([-np.sin(heading), np.cos(heading), np.zeros_like(heading)], -1)
