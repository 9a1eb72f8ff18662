"""Which parked cars the falling pieces land on, and how far they press them down."""

import math
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generation.traditional.city.boxes import FloatArray
from generation.traditional.collapse.debris import rotate
from generation.traditional.collapse.fracture import Pieces

#: What the rigid bodies meet of a car: what is left of it under rubble.
CRUSHED_HEIGHT_METRES = 0.62
_ROOF_METRES = 1.47
_HALF_LENGTH, _HALF_WIDTH = 2.15, 0.87
#: Along the car, metres.
STATIONS = np.linspace(-2.0, 2.0, 5)


def car_boxes(cars: FloatArray, reach_metres: float) -> FloatArray:
    """Boxes [C,2,3] of the crushed cars within reach of the building, for the rigid bodies to land on."""
    boxes = []
    for x, y, heading in cars[:, :3]:
        if abs(x) > reach_metres or abs(y) > reach_metres:
            continue
        cosine, sine = abs(math.cos(heading)), abs(math.sin(heading))
        half_x = cosine * _HALF_LENGTH + sine * _HALF_WIDTH
        half_y = sine * _HALF_LENGTH + cosine * _HALF_WIDTH
        boxes.append([[x - half_x, y - half_y, 0.0], [x + half_x, y + half_y, CRUSHED_HEIGHT_METRES]])
    return np.array(boxes, np.float64).reshape(-1, 2, 3)


def press_cars(
    cars: FloatArray, pieces: Pieces, location: NDArray[np.float32], rotation: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Height of every car's roof at `STATIONS`, float32 [F,C,S] metres; it never rises again."""
    roof = np.full((len(location), len(cars), len(STATIONS)), _ROOF_METRES, np.float32)
    piece, arm = _samples(pieces)
    for frame in range(1, len(location)):
        roof[frame] = roof[frame - 1]
        low = np.flatnonzero(location[frame][piece, 2] < 7.0)
        if not len(low):
            continue
        owner = piece[low]
        points = location[frame][owner] + rotate(rotation[frame][owner].astype(np.float64), arm[low])
        points = points[points[:, 2] < _ROOF_METRES]
        for number, (x, y, heading) in enumerate(cars[:, :3]):
            along = (points[:, 0] - x) * math.cos(heading) + (points[:, 1] - y) * math.sin(heading)
            across = (points[:, 1] - y) * math.cos(heading) - (points[:, 0] - x) * math.sin(heading)
            over = (np.abs(along) < _HALF_LENGTH) & (np.abs(across) < _HALF_WIDTH)
            if not over.any():
                continue
            # A blow is felt half a metre around.
            gap = np.abs(along[over, None] - STATIONS[None])
            dent = np.where(gap < 0.9, points[over, 2, None] + 0.25 * gap, _ROOF_METRES).min(0)
            roof[frame, number] = np.minimum(roof[frame, number], np.maximum(dent, CRUSHED_HEIGHT_METRES))
    return roof


def write_crush(roof: NDArray[np.float32], path: Path) -> None:
    """``stations`` [S] and ``roof`` [F,C,S] for the child."""
    np.savez(path, stations=STATIONS, roof=roof)


def _samples(pieces: Pieces) -> tuple[NDArray[np.intp], FloatArray]:
    """Points of every piece around its centre: its vertices and points on the way in, [n] piece and [n,3] metres."""
    piece = pieces.vertex_piece.astype(np.intp)
    arm = pieces.vertices.astype(np.float64) - pieces.centre[piece]
    return np.concatenate([piece] * 3), np.concatenate([arm, arm * 0.75, arm * 0.45])
