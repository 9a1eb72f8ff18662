"""How the figure walks: eight bones turned about their joints, and the light that its hand carries."""

import numpy as np
from numpy.typing import NDArray

from generation.traditional.city.boxes import FloatArray
from generation.traditional.city.random_streams import random_stream
from generation.traditional.snowfall.figure import (
    ARM_LEFT,
    ARM_RIGHT,
    HAND,
    HEAD,
    SHIN_LEFT,
    SHIN_RIGHT,
    THIGH_LEFT,
    THIGH_RIGHT,
    TORSO,
    Figure,
)
from generation.traditional.snowfall.framing import shot_seconds, walk
from generation.traditional.snowfall.ground import Ground
from generation.traditional.snowfall.parameters import SnowfallParameters

STEP_METRES = 0.62
_HIP, _KNEE, _SHOULDER, _NECK = (
    np.array([0, 0.0, 0.90]),
    np.array([0, 0.0, 0.50]),
    np.array([0, 0.01, 1.39]),
    np.array([0, 0, 1.50]),
)

#: Where the hand's light is in the resting pose.
LANTERN_PLACE = HAND + [-0.02, -0.05, -0.20]
TORCH_PLACE = HAND + [0.0, -0.16, 0.02]


class Gait:
    """The bones' places over the shot: rotation [F,8,3,3] and shift [F,8,3], in world metres."""

    def __init__(self, parameters: SnowfallParameters) -> None:
        way, seconds = walk(parameters), shot_seconds(parameters)
        stream = random_stream(parameters.seed, "gait")
        swing = np.pi * way.speed * seconds / STEP_METRES + float(stream.uniform(0, 6.28))
        # Somebody who stands does not swing.
        stride = min(1.0, way.speed / 0.7)
        count = len(seconds)
        pitch = np.zeros((count, 8))
        pitch[:, TORSO] = 0.05 * stride
        pitch[:, THIGH_LEFT], pitch[:, THIGH_RIGHT] = -0.36 * stride * np.sin(swing), 0.36 * stride * np.sin(swing)
        # A knee bends while its leg swings forward.
        bend_left, bend_right = (np.clip(np.cos(swing + turn), 0, 1) ** 1.5 for turn in (0.3, np.pi + 0.3))
        pitch[:, SHIN_LEFT], pitch[:, SHIN_RIGHT] = 0.75 * stride * bend_left, 0.75 * stride * bend_right
        pitch[:, ARM_LEFT], pitch[:, ARM_RIGHT] = 0.30 * stride * np.sin(swing), -0.05 * np.sin(swing + 0.4)
        turn = np.zeros((count, 8))
        look = 0.16 * np.sin(0.9 * seconds + float(stream.uniform(0, 6.28)))
        turn[:, HEAD] = look
        turn[:, TORSO] = turn[:, ARM_LEFT] = turn[:, ARM_RIGHT] = 0.05 * stride * np.sin(swing)
        own = {}
        for bone, joint in (
            (TORSO, _HIP), (THIGH_LEFT, _HIP), (THIGH_RIGHT, _HIP), (SHIN_LEFT, _KNEE), (SHIN_RIGHT, _KNEE),
            (ARM_LEFT, _SHOULDER), (ARM_RIGHT, _SHOULDER), (HEAD, _NECK),
        ):  # fmt: skip
            rotation = _about_z(turn[:, bone]) @ _about_x(pitch[:, bone])
            own[bone] = (rotation, joint - rotation @ joint)
        parents = {SHIN_LEFT: THIGH_LEFT, SHIN_RIGHT: THIGH_RIGHT, ARM_LEFT: TORSO, ARM_RIGHT: TORSO, HEAD: TORSO}
        bob = 0.022 * stride * np.abs(np.cos(swing)) - 0.02
        ground = Ground(parameters).height(way.positions[:, 0], way.positions[:, 1])
        place = way.positions + np.stack([0.02 * stride * np.cos(swing), np.zeros(count), ground * 0.55 + bob], 1)
        body = _about_z(np.full(count, way.heading))
        self.rotation, self.shift = np.zeros((count, 8, 3, 3)), np.zeros((count, 8, 3))
        for bone, (rotation, shift) in own.items():
            if bone in parents:
                upper, upper_shift = own[parents[bone]]
                shift = (upper @ shift[..., None])[..., 0] + upper_shift
                rotation = upper @ rotation
            self.rotation[:, bone] = body @ rotation
            self.shift[:, bone] = (body @ shift[..., None])[..., 0] + place

    def pose(self, figure: Figure) -> NDArray[np.float32]:
        """Every vertex over the shot, float32 [F,V,3]: linear blend skinning."""
        rest = np.asarray(figure.mesh["vertices"], np.float64)
        posed = np.zeros((len(self.rotation), len(rest), 3))
        for bone in range(8):
            share = figure.weights[:, bone]
            held = np.flatnonzero(share > 1e-4)
            moved = np.einsum("fij,vj->fvi", self.rotation[:, bone], rest[held]) + self.shift[:, bone, None]
            posed[:, held] += moved * share[held, None]
        return np.asarray(posed, np.float32)

    def hand(self, place: FloatArray) -> FloatArray:
        """A resting place that moves with the raised arm, [F,3]."""
        return np.asarray(self.rotation[:, ARM_RIGHT] @ place + self.shift[:, ARM_RIGHT])

    def pointing(self, direction: FloatArray) -> FloatArray:
        """A resting direction that turns with the raised arm, [F,3]."""
        return np.asarray(self.rotation[:, ARM_RIGHT] @ direction)


def _about_x(angle: FloatArray) -> FloatArray:
    one, zero, cosine, sine = np.ones_like(angle), np.zeros_like(angle), np.cos(angle), np.sin(angle)
    rows = [[one, zero, zero], [zero, cosine, -sine], [zero, sine, cosine]]
    return np.stack([np.stack(row, -1) for row in rows], -2)


def _about_z(angle: FloatArray) -> FloatArray:
    one, zero, cosine, sine = np.ones_like(angle), np.zeros_like(angle), np.cos(angle), np.sin(angle)
    rows = [[cosine, -sine, zero], [sine, cosine, zero], [zero, zero, one]]
    return np.stack([np.stack(row, -1) for row in rows], -2)
