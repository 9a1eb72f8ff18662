"""What a camera sees of the action: rays against boxes, and where things lie in the picture."""

from dataclasses import dataclass

import numpy as np

from generation.traditional.previs.skeleton import FloatArray

SENSOR_MM = 36.0
ASPECT = 16 / 9


@dataclass(frozen=True)
class Shot:
    """A camera over the steps of an option: matrices [A,4,4] that look along -z with y up, and lenses [A] in mm."""

    matrix_world: FloatArray
    lens_mm: FloatArray

    def project(self, points: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Points [A,N,3] in the picture [A,N,2], and their distance along the view [A,N].

        Across and up from the middle in picture widths and heights: the frame ends at 0.5 on every side.
        """
        local = np.einsum("anj,ajk->ank", points - self.matrix_world[:, None, :3, 3], self.matrix_world[:, :3, :3])
        ahead = -local[..., 2]
        scale = self.lens_mm[:, None] / SENSOR_MM / np.maximum(ahead, 1e-3)
        return np.stack([local[..., 0] * scale, local[..., 1] * scale * ASPECT], -1), ahead


def looking(
    positions: FloatArray, targets: FloatArray, lens_mm: FloatArray, across: FloatArray, up: FloatArray
) -> Shot:
    """A level camera that holds ``targets`` [A,3] at (across, up) [A] from the middle of the picture."""
    away = targets - positions
    course = np.arctan2(away[:, 1], away[:, 0])
    climb = np.arctan2(away[:, 2], np.hypot(away[:, 0], away[:, 1]))
    course = course + np.arctan(across * SENSOR_MM / lens_mm) / np.maximum(np.cos(climb), 0.3)
    climb = climb - np.arctan(up * SENSOR_MM / ASPECT / lens_mm)
    climb = np.clip(climb, -1.5, 1.5)
    zero = np.zeros_like(course)
    right = np.stack([np.sin(course), -np.cos(course), zero], -1)
    forward = np.stack([np.cos(climb) * np.cos(course), np.cos(climb) * np.sin(course), np.sin(climb)], -1)
    matrices = np.zeros((len(positions), 4, 4))
    matrices[:, :3, 0], matrices[:, :3, 1] = right, np.cross(right, forward)
    matrices[:, :3, 2], matrices[:, :3, 3], matrices[:, 3, 3] = -forward, positions, 1.0
    return Shot(matrices, lens_mm)


def rolled(shot: Shot, radians: FloatArray) -> Shot:
    """The shot turned about its own axis by [A]."""
    cosine, sine = np.cos(radians)[:, None], np.sin(radians)[:, None]
    matrices = shot.matrix_world.copy()
    right, up = shot.matrix_world[:, :3, 0], shot.matrix_world[:, :3, 1]
    matrices[:, :3, 0], matrices[:, :3, 1] = right * cosine + up * sine, up * cosine - right * sine
    return Shot(matrices, shot.lens_mm)


def distance_along(origins: FloatArray, directions: FloatArray, boxes: FloatArray) -> FloatArray:
    """How far each ray [R,3] gets, in lengths of its direction, before it meets a box [N,2,3]; infinite if never."""
    if not len(boxes):
        return np.full(len(origins), np.inf)
    reach = distance_to(origins[:, None], directions[:, None], boxes[None])
    nearest: FloatArray = reach.min(1)
    return nearest


def distance_to(origins: FloatArray, directions: FloatArray, boxes: FloatArray) -> FloatArray:
    """How far each ray [...,3] gets before it meets its own box [...,2,3].

    The slab test (Kay and Kajiya, "Ray tracing complex scenes", 1986).
    """
    slowness = 1.0 / np.where(np.abs(directions) < 1e-9, 1e-9, directions)
    low, high = (boxes[..., 0, :] - origins) * slowness, (boxes[..., 1, :] - origins) * slowness
    first, last = np.minimum(low, high), np.maximum(low, high)
    # Axis by axis: numpy is slow over a last axis of three.
    enters = np.maximum(np.maximum(first[..., 0], first[..., 1]), np.maximum(first[..., 2], 0.0))
    leaves = np.minimum(np.minimum(last[..., 0], last[..., 1]), last[..., 2])
    return np.where(leaves >= enters, enters, np.inf)


def inside_any(points: FloatArray, boxes: FloatArray, room_metres: float) -> bool:
    """Whether one of the points [A,3] lies in a box or within ``room_metres`` of it."""
    if not len(boxes):
        return False
    low, high = boxes[None, :, 0] - room_metres, boxes[None, :, 1] + room_metres
    return bool(((points[:, None] > low) & (points[:, None] < high)).all(-1).any())
