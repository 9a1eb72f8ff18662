"""Where the figure walks and where the camera stands: the figure's place in the picture aims the lens."""

import math
from dataclasses import dataclass

import numpy as np

from generation.traditional.city.boxes import FloatArray
from generation.traditional.city.random_streams import random_stream
from generation.traditional.snowfall.parameters import SnowfallParameters

SENSOR_MM = 36.0
PICTURE_ASPECT = 16 / 9
FIGURE_METRES = 1.85


@dataclass(frozen=True)
class Walk:
    """The figure's way: positions float64 [F,3] on flat ground, heading (radians, 0 faces south) and speed."""

    positions: FloatArray
    heading: float
    speed: float

    @property
    def middle(self) -> FloatArray:
        """Where it is at mid-shot."""
        return np.asarray(self.positions[len(self.positions) // 2], np.float64)


def shot_seconds(parameters: SnowfallParameters) -> FloatArray:
    """Seconds from mid-shot, one a frame."""
    frames = np.arange(parameters.frame_count)
    return (frames - (parameters.frame_count - 1) / 2) / parameters.frames_per_second


def camera_place(parameters: SnowfallParameters) -> FloatArray:
    """Where the camera stands at mid-shot; never inside a house front."""
    room = parameters.half_street_metres - 0.55
    x = min(max(parameters.camera_side * parameters.half_street_metres, -room), room)
    return np.array([x, 0.0, parameters.camera_height_metres])


def walk(parameters: SnowfallParameters) -> Walk:
    """The figure comes down the street, turned a little towards the lens."""
    eye = camera_place(parameters)
    x = parameters.figure_side * (parameters.half_street_metres - 0.8)
    y = math.sqrt(max(parameters.figure_distance_metres**2 - (x - eye[0]) ** 2, 4.0))
    middle = np.array([x, y, 0.0])
    heading = 0.55 * math.atan2(eye[0] - x, y)
    direction = np.array([math.sin(heading), -math.cos(heading), 0.0])
    speed = parameters.figure_speed_metres_per_second
    way = np.asarray(middle + direction * speed * shot_seconds(parameters)[:, None], np.float64)
    return Walk(way, heading, speed)


def camera_matrices(parameters: SnowfallParameters) -> FloatArray:
    """Camera to world for every frame, [F,4,4]; it looks along its -z with y up."""
    stream = random_stream(parameters.seed, "camera path")
    eye, target = camera_place(parameters), walk(parameters).middle + [0, 0, FIGURE_METRES * 0.52]
    yaw, pitch = _aim(eye, target, parameters)
    seconds = shot_seconds(parameters)[:, None]
    forward = np.array([-math.sin(yaw), math.cos(yaw), 0.0])
    right = np.array([math.cos(yaw), math.sin(yaw), 0.0])
    hand = parameters.camera_shake * _hand(stream, parameters)
    places = eye + forward * parameters.camera_push_metres_per_second * seconds
    places = places + right * parameters.camera_slide_metres_per_second * seconds + hand[:, :3] * 0.012
    room = parameters.half_street_metres - 0.45
    places[:, 0] = np.clip(places[:, 0], -room, room)
    # A long lens shakes less in angle, or the picture would jump.
    sway = 0.0045 * math.sqrt(35.0 / parameters.lens_mm)
    yaws, pitches = yaw + sway * hand[:, 3], pitch + sway * hand[:, 4]
    return np.stack([_matrix(*one) for one in zip(places, yaws, pitches, 0.3 * sway * hand[:, 0], strict=True)])


def _aim(eye: FloatArray, target: FloatArray, parameters: SnowfallParameters) -> tuple[float, float]:
    """Yaw (from north, to the west) and pitch that put the target at its wanted place in the picture."""
    half_width = SENSOR_MM / 2 / parameters.lens_mm
    wanted = np.array([2 * parameters.figure_across, 2 * parameters.figure_up / PICTURE_ASPECT]) * half_width
    yaw = pitch = 0.0
    for _ in range(12):
        local = (target - eye) @ _matrix(eye, yaw, pitch, 0.0)[:3, :3]
        seen = local[:2] / max(-local[2], 0.05)
        yaw -= float(np.arctan(seen[0]) - np.arctan(wanted[0]))
        pitch += float(np.arctan(seen[1]) - np.arctan(wanted[1]))
        pitch = min(max(pitch, -1.2), 1.2)
    return yaw, pitch


def _matrix(place: FloatArray, yaw: float, pitch: float, roll: float) -> FloatArray:
    cos_yaw, sin_yaw, cos_pitch, sin_pitch = math.cos(yaw), math.sin(yaw), math.cos(pitch), math.sin(pitch)
    right = np.array([cos_yaw, sin_yaw, 0.0])
    backward = np.array([sin_yaw * cos_pitch, -cos_yaw * cos_pitch, -sin_pitch])
    up = np.cross(backward, right)
    matrix = np.eye(4)
    matrix[:3, 0] = right * math.cos(roll) + up * math.sin(roll)
    matrix[:3, 1] = up * math.cos(roll) - right * math.sin(roll)
    matrix[:3, 2], matrix[:3, 3] = backward, place
    return matrix


def _hand(stream: np.random.Generator, parameters: SnowfallParameters) -> FloatArray:
    """Band-limited noise [F,5] of about unit size: an operator who stands still and breathes."""
    time = np.arange(parameters.frame_count)[:, None] / parameters.frames_per_second
    noise = np.zeros((parameters.frame_count, 5))
    for hertz, amplitude in ((0.35, 1.6), (1.1, 0.8), (3.0, 0.25)):
        for _ in range(2):
            frequency, phase = hertz * stream.uniform(0.7, 1.3, 5), stream.uniform(0, 2 * math.pi, 5)
            noise += amplitude / 2 * np.sin(2 * math.pi * time * frequency + phase)
    return noise
