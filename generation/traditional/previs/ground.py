"""The lie of the land: where roadway, pavements, side street and square are, and where buildings may stand."""

from dataclasses import dataclass

import numpy as np

from generation.traditional.city.random_streams import random_stream
from generation.traditional.previs.parameters import PrevisParameters
from generation.traditional.previs.skeleton import FloatArray

KERB_METRES = 0.14
SQUARE_HALF_METRES, SQUARE_DEPTH_METRES = 17.0, 26.0


@dataclass(frozen=True)
class Ground:
    """A street along x, its middle at y = 0; perhaps a side street across it, or a square on its northern side.

    Attributes
    ----------
    kerb, line
        Distance of the kerbs and of the building lines from the middle of the street.
    crossing
        West and east kerb of the side street; equal where there is none.
    """

    kerb: float
    line: float
    crossing: tuple[float, float]
    pavement: float
    has_square: bool

    @classmethod
    def of(cls, parameters: PrevisParameters) -> "Ground":
        """The ground that belongs to the parameters."""
        stream = random_stream(parameters.seed, "ground")
        kerb = parameters.street_width_metres / 2
        west = east = 0.0
        if parameters.place == "corner":
            middle = float(stream.choice([-1, 1]) * stream.uniform(5.0, 9.0))
            half = float(stream.uniform(3.0, 4.2))
            west, east = middle - half, middle + half
        return cls(kerb, kerb + parameters.pavement_metres, (west, east), parameters.pavement_metres,
                   parameters.place == "square")  # fmt: skip

    @property
    def is_crossed(self) -> bool:
        """Whether there is a side street."""
        return self.crossing[1] > self.crossing[0]

    def height(self, points: FloatArray) -> FloatArray:
        """Height of the ground [...] at points [..., 2]."""
        raised = np.abs(points[..., 1]) > self.kerb
        if self.is_crossed:
            raised &= (points[..., 0] < self.crossing[0]) | (points[..., 0] > self.crossing[1])
        return np.where(raised, KERB_METRES, 0.0)

    def plots(self) -> list[tuple[str, float, float, float]]:
        """Building lines as (facing side, from, to, line): S faces south, its front on y = line, x from .. to."""
        west, east = self.crossing
        reach = 62.0
        gaps = [(west - self.pavement, east + self.pavement)] if self.is_crossed else []
        rows = [("N", -reach, reach, -self.line)]
        if self.has_square:
            half = SQUARE_HALF_METRES
            rows += [("S", -reach, -half, self.line), ("S", half, reach, self.line)]
            rows += [("S", -half - 2, half + 2, self.line + SQUARE_DEPTH_METRES)]
        else:
            rows += [("S", -reach, reach, self.line)]
        split = []
        for side, start, end, line in rows:
            for gap_from, gap_to in gaps:
                split.append((side, start, gap_from, line))
                start = gap_to
            split.append((side, start, end, line))
        return split
