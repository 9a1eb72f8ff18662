"""Camera, turn of the head, gaze and blink over the shot, on numbered frames."""

import math

import numpy as np
from numpy.typing import NDArray

from generation.traditional.city.random_streams import random_stream
from generation.traditional.de_age.parameters import DeAgeParameters

SENSOR_MM = 36.0
_FACE_CENTIMETRES = 18.5  # chin to hairline
_MIDDLE_CENTIMETRES = -3.2  # height that the picture is centred on
_BLINK_SECONDS = 0.30  # a blink lasts 0.2 to 0.4 seconds; the lid falls twice as fast as it rises

FloatArray = NDArray[np.float64]


def shot_frames(parameters: DeAgeParameters) -> NDArray[np.int64]:
    """Frame numbers of the shot and one more on each side, for motion blur."""
    return np.arange(parameters.first_frame - 1, parameters.last_frame + 2)


def camera_move(parameters: DeAgeParameters, aspect: float = 16 / 9) -> dict[str, NDArray[np.generic]]:
    """Frames [F], matrix_world [F,4,4] in metres, lens_mm, sensor_mm: a tripod with an operator's hand on it."""
    frames = shot_frames(parameters)
    picture_centimetres = _FACE_CENTIMETRES / parameters.face_share * aspect
    distance = picture_centimetres * parameters.lens_mm / SENSOR_MM
    seconds = (frames - parameters.first_frame) / parameters.frames_per_second
    random = random_stream(parameters.seed, "camera shake")
    sway = np.zeros((len(frames), 2))
    for rate, size in ((0.23, 0.32), (0.61, 0.14), (1.7, 0.03)):
        sway += (
            size * np.sin(2 * math.pi * rate * seconds[:, None] + random.uniform(0, 6.28, 2)) * parameters.camera_shake
        )
    push = -0.03 * distance * seconds / max(float(seconds[-1]), 1e-6)
    side = -parameters.offset * picture_centimetres
    matrices = np.tile(np.eye(4), (len(frames), 1, 1))
    for index in range(len(frames)):
        target = np.array([side + sway[index, 0], 0.0, _MIDDLE_CENTIMETRES + sway[index, 1]])
        eye = target + [0.25 * sway[index, 0], -8.0 - distance - push[index], parameters.camera_height_centimetres]
        back = (eye - target) / np.linalg.norm(eye - target)
        right = np.cross([0, 0, 1], back)
        right /= np.linalg.norm(right)
        matrices[index, :3, :3] = np.stack([right, np.cross(back, right), back], 1)
        matrices[index, :3, 3] = eye / 100
    return {
        "frames": frames,
        "matrix_world": matrices,
        "lens_mm": np.array(parameters.lens_mm),
        "sensor_mm": np.array(SENSOR_MM),
    }


def performance(parameters: DeAgeParameters) -> dict[str, NDArray[np.generic]]:
    """By frame, radians: the head's ``turn``, ``nod``, ``tilt``, the eyes' ``gaze_turn``, ``gaze_nod``; and ``shut``.

    The eyes arrive first and the head follows, as in every real turn.
    """
    frames = shot_frames(parameters)
    seconds = (frames - parameters.first_frame) / parameters.frames_per_second
    length = parameters.frame_count / parameters.frames_per_second
    random = random_stream(parameters.seed, "performance")
    share = np.clip((seconds / length - 0.08) / 0.84, 0, 1)
    eased = share * share * (3 - 2 * share)
    turn = parameters.facing_degrees + parameters.turn_degrees * (eased - 0.5)
    idle = 0.5 * np.sin(2 * math.pi * 0.31 * seconds + random.uniform(0, 6.28))
    nod = float(random.uniform(-2.5, 2.0)) + 1.6 * np.sin(math.pi * eased) * float(random.choice([-1, 1])) + idle
    tilt = float(random.uniform(-4, 4)) + 0.08 * parameters.turn_degrees * eased
    ahead = np.clip((seconds / length - 0.02) / 0.35, 0, 1)
    looks = parameters.facing_degrees * 0.7 + parameters.turn_degrees * 0.9 * (ahead * ahead * (3 - 2 * ahead) - 0.5)
    gaze = np.clip(looks - turn, -16, 16)
    glance = float(random.uniform(-2.0, 1.0))
    return {
        "frames": frames,
        "turn": np.radians(turn),
        "nod": np.radians(nod),
        "tilt": np.radians(tilt),
        "gaze_turn": np.radians(gaze),
        "gaze_nod": np.radians(glance - 0.7 * nod),
        "shut": _blink(seconds - parameters.blink_second),
    }


def _blink(since: FloatArray) -> FloatArray:
    falling = np.clip(1 + since / (_BLINK_SECONDS * 0.4), 0, 1)
    rising = np.clip(1 - since / (_BLINK_SECONDS * 0.9), 0, 1)
    shut = np.where(since < 0, falling, rising)
    return np.asarray(shut * shut * (3 - 2 * shut))
