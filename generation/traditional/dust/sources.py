"""Where dust comes from: pieces that move fast, and pieces that hit something."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating[Any]]

_SLOWEST = 0.8  # m/s; below this a piece sheds no dust
_HARDEST_HIT = 10.0  # m/s of sudden change; above this a hit is not dustier


@dataclass(frozen=True)
class DustParameters:
    """What the shot says about its dust.

    Attributes
    ----------
    seed
        Same seed, same dust, whatever the size of the cells.
    amount
        Multiplies all emitted dust; 1 is a masonry building.
    wind
        Metres per second, world x, y, z.
    frames_per_second, time_scale
        Seconds of the event in a frame are ``time_scale / frames_per_second``.
    start
        Frame (counted from 1) at which the event begins; before it nothing is emitted.
    gravity
        Metres per second squared, as the rigid bodies felt it.
    """

    seed: int
    amount: float = 1.0
    wind: tuple[float, float, float] = (0.6, -0.4, 0.0)
    frames_per_second: float = 24.0
    time_scale: float = 1.6
    start: int = 1
    gravity: float = 9.81

    @property
    def step_seconds(self) -> float:
        """Seconds of the event between two frames."""
        return self.time_scale / self.frames_per_second


@dataclass(frozen=True)
class Emission:
    """Puffs of one frame: position (n,3) m, velocity (n,3) m/s, amount (n,), expansion (n,)."""

    position: Floats
    velocity: Floats
    amount: Floats
    expansion: Floats

    @property
    def count(self) -> int:
        """Number of puffs."""
        return len(self.amount)


def emissions(
    hulls: Sequence[Floats], volumes: Floats, motion_loc: Floats, parameters: DustParameters
) -> list[Emission]:
    """Emit dust for every frame from the pieces' speeds and impacts.

    An impact is a change of velocity that gravity does not explain: it is free of any contact report from the
    rigid-body engine, so any engine's motion can be dusted.

    Parameters
    ----------
    hulls : sequence of (k, 3)
        Hull points of each piece around its own centre, metres.
    volumes : (N,)
        Cubic metres.
    motion_loc : (F, N, 3)
        Centre of each piece on each frame, metres.
    parameters : DustParameters

    Returns
    -------
    list of Emission
        One a frame. The random numbers don't depend on the solver's grid, so the guide emits at the same places.
    """
    random = np.random.default_rng([parameters.seed, 0xD057])
    frame_count, piece_count = motion_loc.shape[:2]
    step = parameters.step_seconds
    size = np.cbrt(volumes)
    velocity = np.zeros((frame_count, piece_count, 3))
    velocity[1:] = (motion_loc[1:] - motion_loc[:-1]) / step
    fall = np.array([0.0, 0.0, -parameters.gravity * step])
    points = np.concatenate(hulls)
    hull_sizes = np.array([len(hull) for hull in hulls])
    hull_starts = np.cumsum(hull_sizes) - hull_sizes
    frames: list[Emission] = []
    for frame in range(frame_count):
        speed = np.linalg.norm(velocity[frame], axis=1)
        if frame == 0 or frame + 1 < parameters.start:
            speed = np.zeros(piece_count)
        jolt = np.linalg.norm(velocity[frame] - velocity[max(frame - 1, 0)] - fall, axis=1)
        shedding = np.nonzero(speed > _SLOWEST)[0]
        # One row a puff: a piece that is hit harder sheds from more places.
        piece = np.repeat(shedding, 2 + np.minimum(jolt[shedding], 6.0).astype(int))
        corner = hull_starts[piece] + (random.random(len(piece)) * hull_sizes[piece]).astype(int)
        offset = points[corner] * random.uniform(0.4, 1.15, (len(piece), 1))
        uneven = random.uniform(0.3, 1.7, len(piece))
        frames.append(
            _puffs(
                motion_loc[frame][piece],
                offset,
                velocity[frame][piece],
                speed[piece],
                np.minimum(jolt[piece], _HARDEST_HIT),
                size[piece],
                parameters.amount * uneven,
            )
        )
    return frames


def _puffs(
    centre: Floats, offset: Floats, velocity: Floats, speed: Floats, hit: Floats, size: Floats, amount: Floats
) -> Emission:
    """Dust of one frame; every argument has one row a puff."""
    nearness = np.exp(-np.maximum(centre[:, 2], 0.0) / 4.0)
    blown = velocity * 0.75 + offset * (0.4 + 0.35 * hit)[:, None]
    # Near the ground the air has nowhere to go but outwards: this starts the rolling base surge.
    blown[:, :2] *= (1 + 2.6 * nearness)[:, None]
    blown[:, 2] = np.where(nearness > 0.4, np.abs(blown[:, 2]) * 0.25, blown[:, 2])
    shed = 0.10 * speed * (0.5 + 0.7 * nearness) + 0.62 * hit * (0.7 + 0.8 * nearness)
    pushed = (0.18 * hit + 0.045 * speed) * (1 + 7.0 * nearness) * size
    return Emission(centre + offset, blown, amount * shed * size, pushed)
