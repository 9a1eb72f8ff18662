"""What stands close before the lens at one side of the picture: depth for the eye, and a frame for the building."""

import math

import numpy as np

from generation.traditional.city.boxes import Boxes, FloatArray, Surface
from generation.traditional.city.palettes import CAR_PAINTS, METAL
from generation.traditional.city.random_streams import random_stream
from generation.traditional.collapse.framing import PICTURE_ASPECT, CameraPath
from generation.traditional.collapse.parameters import CollapseParameters

_HIGHEST_STREET_EYE_METRES = 3.5


def frame_the_picture(
    boxes: Boxes, parameters: CollapseParameters, camera: CameraPath
) -> tuple[FloatArray, FloatArray]:
    """Add the foreground; returns cars [C,6] and trees [T,4] of it, as `Street` has them."""
    stream = random_stream(parameters.seed, "foreground")
    # On the side where the building is not.
    side = 1.0 if parameters.camera_aside > 0 else -1.0
    # A long lens needs its foreground further off, or a post fills a tenth of the picture.
    far = max(0.8, camera.lens_mm / 26.0)
    low_eye = parameters.camera_height_metres < _HIGHEST_STREET_EYE_METRES
    cars, trees = np.zeros((0, 6)), np.zeros((0, 4))
    if parameters.foreground == "lamp" and low_eye:
        _add_lamp(
            boxes, *_beside(camera, far * float(stream.uniform(6.0, 9.0)), side * float(stream.uniform(0.72, 0.9)))
        )
    elif parameters.foreground == "car" and low_eye:
        x, y = _beside(camera, far * float(stream.uniform(7.0, 9.0)), side * float(stream.uniform(0.55, 0.8)))
        paint = CAR_PAINTS[int(stream.integers(len(CAR_PAINTS)))]
        cars = np.array([[x, y, float(stream.choice([0.0, math.pi]) + stream.uniform(-0.06, 0.06)), *paint]])
    elif parameters.foreground == "tree":
        x, y = _beside(camera, far * float(stream.uniform(9.0, 12.0)), side * float(stream.uniform(0.95, 1.1)))
        height = max(6.5, parameters.camera_height_metres + float(stream.uniform(0.5, 3.5)))
        trees = np.array([[x, y, height, float(stream.uniform(1.9, 2.6))]])
    elif parameters.foreground == "parapet" and not low_eye:
        _add_roof_edge(boxes, camera)
    return cars, trees


def _beside(camera: CameraPath, ahead_metres: float, share: float) -> tuple[float, float]:
    """A place on the ground that is seen at ``share`` of the half width of the first frame, -1 left to 1 right."""
    matrix = camera.matrix_world[0]
    forward, right = -matrix[:2, 2] / np.linalg.norm(matrix[:2, 2]), matrix[:2, 0]
    across = share * ahead_metres * camera.sensor_mm / 2 / camera.lens_mm
    x, y = matrix[:2, 3] + forward * ahead_metres + right * across
    return float(x), float(y)


def _add_lamp(boxes: Boxes, x: float, y: float) -> None:
    height = 7.2
    for reach, low, high in ((0.07, 0.0, height), (0.14, 0.0, 1.0), (0.10, 1.0, 1.25)):
        boxes.add((x - reach, y - reach, low), (x + reach, y + reach, high), Surface.METAL, METAL, False)
    boxes.add((x - 0.04, y, height - 0.1), (x + 0.04, y + 1.8, height), Surface.METAL, METAL, False)
    boxes.add((x - 0.15, y + 1.3, height - 0.22), (x + 0.15, y + 2.1, height), Surface.METAL, METAL, False)


def _add_roof_edge(boxes: Boxes, camera: CameraPath) -> None:
    """The house that the operator stands on: its parapet fills a strip at the lower edge of the picture."""
    # Seen from the last frame, in which the operator looks down the most.
    matrix, ahead = camera.matrix_world[-1], 2.2
    x, y, _ = (float(part) for part in matrix[:3, 3])
    lowest = -0.80 * camera.sensor_mm / 2 / camera.lens_mm / PICTURE_ASPECT
    ray = -matrix[:3, 2] + matrix[:3, 1] * lowest
    top = float(matrix[2, 3] + ray[2] / np.hypot(ray[0], ray[1]) * ahead)
    edge = y + ahead
    wall, coping = (0.38, 0.35, 0.31), (0.45, 0.43, 0.40)
    boxes.add((x - 9, edge - 0.25, 0), (x + 9, edge, top - 0.1), Surface.PLASTER, wall, False)
    boxes.add((x - 9.1, edge - 0.32, top - 0.1), (x + 9.1, edge + 0.07, top), Surface.TRIM, coping, False)
    boxes.add((x - 9, edge - 12, 0), (x + 9, edge - 0.25, top - 1.1), Surface.ROOF, wall, False)
