"""A path over the ground, walked by its length."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from generation.traditional.previs.skeleton import FloatArray


@dataclass(frozen=True, eq=False)
class Path:
    """A smooth curve from ``start`` to ``end`` [2], bent by ``bend_metres`` to its left; straight beyond its ends."""

    start: FloatArray
    end: FloatArray
    bend_metres: float = 0.0

    @cached_property
    def _curve(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Points [N,2], the length up to each [N] and the course [N-1] between them."""
        chord = self.end - self.start
        left = np.array([-chord[1], chord[0]]) / np.linalg.norm(chord)
        control = (self.start + self.end) / 2 + 2 * self.bend_metres * left
        share = np.linspace(0, 1, 129)[:, None]
        points = (1 - share) ** 2 * self.start + 2 * share * (1 - share) * control + share**2 * self.end
        steps = np.diff(points, axis=0)
        lengths = np.concatenate([[0.0], np.cumsum(np.linalg.norm(steps, axis=1))])
        return points, lengths, np.unwrap(np.arctan2(steps[:, 1], steps[:, 0]))

    @property
    def length(self) -> float:
        """Metres from start to end."""
        return float(self._curve[1][-1])

    def at(self, travelled: FloatArray) -> FloatArray:
        """Points [A,2] after ``travelled`` [A] metres."""
        points, lengths, _ = self._curve
        held = np.clip(travelled, 0, self.length)
        inside = np.stack([np.interp(held, lengths, points[:, axis]) for axis in (0, 1)], -1)
        course = self.heading(travelled)
        beyond = (travelled - held)[:, None] * np.stack([np.cos(course), np.sin(course)], -1)
        points_at: FloatArray = inside + beyond
        return points_at

    def heading(self, travelled: FloatArray) -> FloatArray:
        """Radians [A] from east towards north."""
        _, lengths, course = self._curve
        middles = (lengths[1:] + lengths[:-1]) / 2
        result: FloatArray = np.interp(travelled, middles, course)
        return result
