"""Figures and car: feet that stand do not slide, joints hold together, wheels roll."""

import numpy as np
import pytest

from generation.traditional.previs.car import WHEEL_METRES, car_mesh, drive
from generation.traditional.previs.gait import Pose, gait_at, walk
from generation.traditional.previs.mannequin import mannequin
from generation.traditional.previs.path import Path
from generation.traditional.previs.skeleton import BALL_METRES, Bone

TIME = np.linspace(0, 2.0, 241)
PATH = Path(np.array([0.0, 0.0]), np.array([12.0, 3.0]), bend_metres=0.8)


def _flat(points: np.ndarray) -> np.ndarray:
    return np.zeros(points.shape[:-1])


def _walked(speed: float) -> np.ndarray:
    pose = Pose(np.tile([100.0, 0.0, 1.6], (len(TIME), 1)), np.zeros(len(TIME)))
    return walk(PATH, 1.0 + speed * TIME, speed, pose, _flat)


@pytest.mark.parametrize("speed", [0.9, 1.4, 4.6])
def test_a_foot_that_stands_does_not_slide(speed: float) -> None:
    matrices = _walked(speed)
    ball = np.array([BALL_METRES, 0.092, 0.0, 1.0])  # under the left ankle, on the sole
    place = matrices[:, Bone.FOOT_LEFT] @ ball
    standing = place[:, 2] < 0.004
    together = standing[1:] & standing[:-1]
    assert 0.15 < together.mean() < 0.75
    slid = np.linalg.norm(np.diff(place[:, :2], axis=0), axis=1)[together]
    # A sliding foot would go as far as the body: speed x step.
    assert slid.max() < 0.15 * speed * (TIME[1] - TIME[0])


@pytest.mark.parametrize("speed", [0.9, 1.4, 4.6])
def test_a_walker_always_has_a_foot_down_and_a_runner_flies(speed: float) -> None:
    body = mannequin("plain")
    matrices = _walked(speed)
    lowest = []
    for step in range(0, len(TIME), 6):
        followed = [
            np.einsum(
                "vij,vj->vi", matrices[step][body.bones[:, column]], np.c_[body.vertices, np.ones(len(body.vertices))]
            )
            for column in (0, 1)
        ]
        lowest.append((body.weights[:, :1] * followed[0] + body.weights[:, 1:] * followed[1])[:, 2].min())
    assert min(lowest) > -0.035  # the stiff toes of a rolling foot dip a little
    assert max(lowest) < 0.03 if gait_at(speed).planted_share > 0.5 else max(lowest) > 0.04


def test_knees_and_elbows_hold_together() -> None:
    matrices = _walked(4.6)
    for upper, lower, joint in (
        (Bone.THIGH_LEFT, Bone.SHIN_LEFT, [0.0, 0.092, 0.925 - 0.435, 1.0]),
        (Bone.UPPER_ARM_RIGHT, Bone.FOREARM_RIGHT, [-0.02, -0.185 - 0.285 * 0.5, 1.425 - 0.285 * 0.866, 1.0]),
    ):
        apart = matrices[:, upper] @ np.array(joint) - matrices[:, lower] @ np.array(joint)
        assert np.abs(apart).max() < 1e-3


def test_the_mannequin_is_a_closed_body_of_a_persons_size() -> None:
    body = mannequin("courier")
    assert 1.7 < np.ptp(body.vertices[:, 2]) < 1.9
    np.testing.assert_allclose(body.weights.sum(1), 1.0)
    edges = np.sort(np.stack([body.quads, np.roll(body.quads, -1, 1)], -1).reshape(-1, 2), 1)
    counts = np.unique(edges, axis=0, return_counts=True)[1]
    assert (counts == 2).mean() > 0.999


def test_wheels_roll_as_far_as_the_car_goes() -> None:
    vertices, _, bone, _ = car_mesh()
    quarter = WHEEL_METRES * np.pi / 2
    straight = Path(np.zeros(2), np.array([20.0, 0.0]))
    matrices = drive(straight, np.array([0.0, quarter]), np.zeros(2))
    tread = vertices[bone == 1]
    top = np.append(tread[tread[:, 2].argmax()], 1.0)
    before, after = (matrices[step, 1] @ top for step in (0, 1))
    # What was on top lies in front after a quarter of a turn.
    assert after[0] - before[0] == pytest.approx(quarter + WHEEL_METRES, abs=0.02)
    assert after[2] == pytest.approx(WHEEL_METRES, abs=0.02)
