"""Where the camera stands and how it moves: the whole building in the picture, some sky above, a hand that shakes."""

import math
from dataclasses import dataclass

import numpy as np

from generation.traditional.city.boxes import FloatArray
from generation.traditional.city.plan import Plan
from generation.traditional.city.random_streams import random_stream
from generation.traditional.collapse.parameters import CollapseParameters

SENSOR_MM = 36.0
PICTURE_ASPECT = 16 / 9


@dataclass(frozen=True)
class CameraPath:
    """One camera: ``matrix_world`` float64 [F,4,4] (it looks along its -z, y up), lens and sensor width in mm."""

    matrix_world: FloatArray
    lens_mm: float
    sensor_mm: float

    @property
    def positions(self) -> FloatArray:
        """[F,3] metres."""
        return self.matrix_world[:, :3, 3]


def hero_plan(parameters: CollapseParameters) -> Plan:
    """Place of the building that falls: its facade on y = 0, centred on x = 0."""
    return Plan(
        -parameters.width_metres / 2,
        0.0,
        parameters.width_metres,
        parameters.depth_metres,
        parameters.floors,
        parameters.bay_metres,
    )


def camera_path(parameters: CollapseParameters) -> CameraPath:
    """The camera of one collapse, for every frame."""
    stream = random_stream(parameters.seed, "camera path")
    plan = hero_plan(parameters)
    position, target = _stand_back(parameters, plan)
    frames = np.arange(parameters.frame_count)
    start = parameters.collapse_start_seconds * parameters.frames_per_second
    seconds = np.maximum(0.0, frames - start - 3) / parameters.frames_per_second
    # The hand starts to shake, is jolted when the upper storeys land, steps back and follows the fall a little.
    since_landing = frames - start - _landing_seconds(parameters, plan) * parameters.frames_per_second
    jolt = np.where(
        since_landing >= 0, np.exp(-np.maximum(since_landing, 0) / (0.22 * parameters.frames_per_second)), 0
    )
    fright = 0.22 + np.clip((frames - start) / 22, 0, 1) ** 0.8 + 1.5 * jolt
    shake = parameters.camera_shake * fright[:, None] * _hand(stream, parameters)
    towards = target - position
    towards = towards / np.linalg.norm(towards)
    aside = np.array([towards[1], -towards[0], 0.0]) / math.hypot(towards[0], towards[1])
    step_back = float(stream.uniform(0.2, 0.9)) * (seconds**1.6)[:, None]
    drift = float(stream.uniform(-0.5, 0.5)) * (frames / parameters.frames_per_second)[:, None]
    positions = position - towards * [1, 1, 0] * step_back + aside * drift + shake[:, :3] * 0.03
    tilt = float(stream.uniform(0.8, 2.0)) * np.minimum(seconds, 1.4)
    reach = float(np.linalg.norm(target - position))
    up = np.array([0.0, 0.0, 1.0])
    sway = 0.010 * reach * shake
    targets = target + aside * sway[:, 3:4] + up * (sway[:, 4:5] - tilt[:, None])
    roll = 0.006 * shake[:, 0]
    return CameraPath(_look_at(positions, targets, roll), parameters.lens_mm, SENSOR_MM)


def _landing_seconds(parameters: CollapseParameters, plan: Plan) -> float:
    """Picture time from the first release until most of the building has come down."""
    fall = math.sqrt(2 * 0.55 * plan.top / parameters.gravity)
    return 0.5 * parameters.release_seconds + fall / parameters.time_scale


def _stand_back(parameters: CollapseParameters, plan: Plan) -> tuple[FloatArray, FloatArray]:
    """The nearest place along the given azimuth from which the whole building fits, and where to look.

    Whoever looks down the street stands in it, not in the houses opposite.
    """
    azimuth = math.radians(parameters.camera_azimuth_degrees)
    corners = np.array(
        [[x, y, z] for x in (plan.west, plan.east) for y in (plan.south, plan.north) for z in (0.0, plan.top + 0.5)]
    )
    half_width = SENSOR_MM / 2 / parameters.lens_mm
    limits = np.array([half_width, half_width / PICTURE_ASPECT]) / (1 + parameters.camera_room)
    middle = np.array([0.0, plan.depth * 0.35])
    in_the_street = abs(parameters.camera_azimuth_degrees) > 48
    farthest_south = 5.5 + parameters.street_width_metres if in_the_street else 1e3
    position, target = np.zeros(3), np.zeros(3)
    for distance in np.arange(12.0, 220.0, 0.5):
        position = np.array(
            [
                math.sin(azimuth) * distance,
                -min(math.cos(azimuth) * distance, farthest_south),
                parameters.camera_height_metres,
            ]
        )
        target = np.array([*middle, plan.top * 0.5])
        for _ in range(4):  # centre the building's outline in the picture
            across, up, ahead = _project(corners, position, target)
            if (ahead < 2.0).any():
                break
            offset = np.array([across.max() + across.min(), up.max() + up.min()]) / 2
            reach = float(np.linalg.norm(target - position))
            right = _look_at(position[None], target[None], np.zeros(1))[0, :3, 0]
            target = target + right * offset[0] * reach + np.array([0, 0, offset[1] * reach])
        across, up, ahead = _project(corners, position, target)
        if (ahead > 2.0).all() and np.ptp(across) / 2 < limits[0] and np.ptp(up) / 2 < limits[1]:
            break
    reach = float(np.linalg.norm(target - position))
    right = _look_at(position[None], target[None], np.zeros(1))[0, :3, 0]
    # Use the spare width for a composition off the middle, towards the street; lift the look a little for the sky.
    spare = max(0.0, half_width - float(np.ptp(across)) / 2 - 0.04)
    off_middle = right * reach * spare * 0.6 * parameters.camera_aside
    lift = reach * half_width * 0.035 * min(1.0, parameters.camera_room / 0.15)
    return position, target + off_middle + np.array([0, 0, lift])


def _project(points: FloatArray, position: FloatArray, target: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Tangents across and up of ``points`` seen from ``position``, and their distance along the view."""
    turn = _look_at(position[None], target[None], np.zeros(1))[0, :3, :3]
    local = (points - position) @ turn
    ahead = -local[:, 2]
    safe = np.maximum(ahead, 1e-3)
    return local[:, 0] / safe, local[:, 1] / safe, ahead


def _look_at(positions: FloatArray, targets: FloatArray, roll: FloatArray) -> FloatArray:
    """Camera matrices [F,4,4] that look from ``positions`` to ``targets``, rolled by ``roll`` radians."""
    backward = positions - targets
    backward = backward / np.linalg.norm(backward, axis=1, keepdims=True)
    right = np.cross([0.0, 0.0, 1.0], backward)
    right = right / np.linalg.norm(right, axis=1, keepdims=True)
    up = np.cross(backward, right)
    cosine, sine = np.cos(roll)[:, None], np.sin(roll)[:, None]
    matrices = np.zeros((len(positions), 4, 4))
    matrices[:, :3, 0], matrices[:, :3, 1] = right * cosine + up * sine, up * cosine - right * sine
    matrices[:, :3, 2], matrices[:, :3, 3], matrices[:, 3, 3] = backward, positions, 1.0
    return matrices


def _hand(stream: np.random.Generator, parameters: CollapseParameters) -> FloatArray:
    """Band-limited noise [F,5] of about unit size: a sum of sines at a hand's frequencies."""
    time = np.arange(parameters.frame_count)[:, None] / parameters.frames_per_second
    noise = np.zeros((parameters.frame_count, 5))
    for hertz, amplitude in ((1.6, 1.0), (3.6, 0.45), (8.0, 0.18)):
        for _ in range(3):
            frequency, phase = hertz * stream.uniform(0.7, 1.3, 5), stream.uniform(0, 2 * math.pi, 5)
            noise += amplitude / 3 * np.sin(2 * math.pi * time * frequency + phase)
    return noise
