"""How the cost of each kind of shot changes along its share of AI: what a chart of a slider shows."""

from dataclasses import dataclass

from analytics.estimation.what_if.share_curves import STEPS, ShareCurves

STEP = 5
"""Per cent between two points."""


@dataclass(frozen=True)
class ChangeAt:
    """The cost at a share, against the cost as so far, as a share of the latter: -0.2 is a fifth less.

    Attributes
    ----------
    low, high
        One outcome of ten lies below, one above.
    is_tried
        Whether past AI shots were like those that it takes more than so far.
    """

    share: int
    low: float
    middle: float
    high: float
    is_tried: bool


@dataclass(frozen=True)
class ChangeRange:
    """One kind of shot, from no share to all; the share as so far is among the points."""

    kind: str
    points: tuple[ChangeAt, ...]


def change_ranges(curves: ShareCurves) -> tuple[ChangeRange, ...]:
    """The change in cost, net where incentives are claimed, along every kind's share."""
    import numpy as np

    found = []
    for kind in curves.kinds:
        takes = kind.takes[curves.cost].astype(np.float64)
        now = takes[:, kind.so_far]
        shares = sorted({*range(0, STEPS + 1, STEP), kind.so_far})
        low, middle, high = np.quantile((takes[:, shares] - now[:, None]) / now.mean(), (0.1, 0.5, 0.9), axis=0)
        points = tuple(
            ChangeAt(
                share, float(low[at]), float(middle[at]), float(high[at]),
                bool(kind.untried[share] <= kind.untried[kind.so_far]),
            )
            for at, share in enumerate(shares)
        )  # fmt: skip
        found.append(ChangeRange(kind.kind, points))
    return tuple(found)
