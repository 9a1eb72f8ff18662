"""Secondary debris: chunks too many and too small for the rigid-body solver, thrown off where pieces are hit."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generation.traditional.city.boxes import FloatArray, Surface
from generation.traditional.city.random_streams import random_stream
from generation.traditional.collapse.fracture import Pieces
from generation.traditional.collapse.parameters import CollapseParameters

#: A change of speed below this (metres a second) is a piece falling, not a piece being hit.
QUIET = 1.2


@dataclass(frozen=True)
class Debris:
    """M chunks over F frames.

    Attributes
    ----------
    position
        float32 [F,M,3] metres, NaN before a chunk exists.
    velocity
        float32 [F,M,3] metres per second of picture time.
    shape
        float32 [M,8,3] corners around the chunk's own centre, ordered as `boxes.box_corners`.
    axis, spin
        float32 [M,3] unit vector, float32 [M] radians per second of picture time.
    surface, tint
        uint8 [M], float32 [M,3] linear.
    """

    position: NDArray[np.float32]
    velocity: NDArray[np.float32]
    shape: NDArray[np.float32]
    axis: NDArray[np.float32]
    spin: NDArray[np.float32]
    surface: NDArray[np.uint8]
    tint: NDArray[np.float32]


def throw_debris(
    parameters: CollapseParameters, pieces: Pieces, location: NDArray[np.float32], rotation: NDArray[np.float32]
) -> Debris:
    """Chunks born on the hulls of pieces that are being hit, flying and bouncing by themselves."""
    stream = random_stream(parameters.seed, "debris")
    frame_count, count = location.shape[0], parameters.debris_count
    step, gravity = parameters.seconds_per_frame, parameters.gravity
    piece_velocity = np.zeros(location.shape)
    piece_velocity[1:] = (location[1:] - location[:-1]) / step
    blow = np.zeros(location.shape[:2])
    blow[1:] = np.linalg.norm(np.diff(piece_velocity, axis=0) - [0, 0, -gravity * step], axis=2)
    weight = np.clip(blow - QUIET, 0, 8) * np.cbrt(pieces.volume)
    weight[: round(parameters.collapse_start_seconds * parameters.frames_per_second)] = 0
    if count == 0 or weight.sum() <= 0:
        return _nothing(frame_count)
    birth, parent = np.unravel_index(
        np.sort(stream.choice(weight.size, count, p=weight.ravel() / weight.sum())), weight.shape
    )
    pick = pieces.hull_start[parent] + (stream.random(count) * np.diff(pieces.hull_start)[parent]).astype(int)
    arm = (pieces.hull_points[pick] - pieces.centre[parent]) * stream.uniform(0.5, 1.0, (count, 1))
    arm = rotate(rotation[birth, parent].astype(np.float64), arm)
    size = np.clip(stream.lognormal(-1.3, 0.72, count), 0.07, 1.15)

    position = np.full((frame_count, count, 3), np.nan, np.float32)
    velocity = np.zeros((frame_count, count, 3), np.float32)
    place, speed = np.zeros((count, 3)), np.zeros((count, 3))
    alive = np.zeros(count, bool)
    kick = arm / (np.linalg.norm(arm, axis=1, keepdims=True) + 1e-6) * stream.uniform(1, 5, (count, 1))
    kick += stream.normal(0, 1.6, (count, 3)) + np.array([0, 0, 1.0])
    for frame in range(frame_count):
        place[alive] += speed[alive] * step
        speed[alive, 2] -= gravity * step
        speed[alive] *= 1 - 0.25 * step
        landed = alive & (place[:, 2] < size * 0.4)
        place[landed, 2] = size[landed] * 0.4
        speed[landed, 2] *= -0.28
        speed[landed, :2] *= 0.6
        born = birth == frame
        place[born] = location[frame, parent[born]] + arm[born]
        speed[born] = piece_velocity[frame, parent[born]] * 0.55 + kick[born]
        alive |= born
        position[frame, alive] = place[alive]
        velocity[frame, alive] = speed[alive] * parameters.time_scale
    return Debris(position, velocity, *_appearance(stream, pieces, parent, size))


def rotate(quaternion: FloatArray, vectors: FloatArray) -> FloatArray:
    """``vectors`` [N,3] turned by unit quaternions [N,4] in the order w, x, y, z."""
    scalar, axis = quaternion[:, :1], quaternion[:, 1:]
    twice = 2 * np.cross(axis, vectors)
    turned: FloatArray = vectors + scalar * twice + np.cross(axis, twice)
    return turned


def _appearance(
    stream: np.random.Generator, pieces: Pieces, parent: NDArray[np.intp], size: FloatArray
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32], NDArray[np.uint8], NDArray[np.float32]]:
    """Shapes, spins and colours: mostly grey cores, a third in the colour of a face of the parent piece."""
    count = len(size)
    unit = np.array([[x, y, z] for z in (-0.5, 0.5) for x, y in ((-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5))])
    shape = unit[None] * stream.uniform(0.3, 1.5, (count, 1, 3)) + stream.normal(0, 0.16, (count, 8, 3))
    axis = stream.normal(size=(count, 3))
    axis /= np.linalg.norm(axis, axis=1, keepdims=True)
    spin = stream.uniform(-9, 9, count)
    first_polygon = np.searchsorted(pieces.polygon_piece, parent)
    amount = np.bincount(pieces.polygon_piece, minlength=len(pieces))[parent]
    polygon = first_polygon + (stream.random(count) * amount).astype(int)
    surface, tint = pieces.polygon_surface[polygon].copy(), pieces.polygon_tint[polygon].copy()
    stone = (stream.random(count) > 0.36) | np.isin(surface, [Surface.GLASS, Surface.METAL, Surface.CLOTH])
    surface[stone] = Surface.CONCRETE
    tint[stone] = np.array([0.36, 0.34, 0.31]) * stream.uniform(0.6, 1.15, (int(stone.sum()), 1))
    return (
        (shape * size[:, None, None]).astype(np.float32),
        axis.astype(np.float32),
        spin.astype(np.float32),
        surface,
        tint.astype(np.float32),
    )


def _nothing(frame_count: int) -> Debris:
    def empty(*shape: int) -> NDArray[np.float32]:
        return np.zeros(shape, np.float32)

    return Debris(
        empty(frame_count, 0, 3), empty(frame_count, 0, 3), empty(0, 8, 3), empty(0, 3), empty(0),
        np.zeros(0, np.uint8), empty(0, 3),
    )  # fmt: skip
