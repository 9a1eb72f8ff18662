"""How the ratio of AI to traditional work moved from quarter to quarter."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas import DataFrame

FEWEST_SHOTS = 5
"""AI shots of a quarter; with fewer it has no ratio."""


@dataclass(frozen=True)
class QuarterRatio:
    """AI shots begun in one quarter, against what they were predicted to take traditionally.

    Attributes
    ----------
    quarter
        As in ``2026 Q1``.
    made_so_far
        AI shots begun by the middle of the quarter's own: where the quarter stands on the learning curve.
    ratio, low, high
        Of the typical shot, with an interval that holds what the quarter's sequences share; ``None`` for too few shots.
    """

    quarter: str
    n_ai: int
    made_so_far: float
    ratio: float | None
    low: float | None
    high: float | None


def ratios_by_quarter(
    shots: "DataFrame",
    by_ai: "NDArray[np.bool_]",
    beyond_traditional: "NDArray[np.float64]",
    units: "NDArray[np.int64]",
    confidence: float,
) -> tuple[QuarterRatio, ...]:
    """Ratios by the quarter in which AI work began, without gaps from the first to the last.

    Parameters
    ----------
    beyond_traditional
        Logarithm of what each shot took over what it was predicted to take traditionally; shape (shots,).
    units
        What was drawn independently, as in `adjusted.resampled_units`.
    """
    import pandas as pd

    begun = pd.to_datetime(shots["arm_started_on"]).fillna(pd.to_datetime(shots["turnover_on"]))
    used = by_ai & begun.notna().to_numpy()
    if not used.any():
        return ()
    quarters = begun[used].dt.to_period("Q")
    rank = begun[used].rank(method="average").to_numpy(dtype=np.float64)
    logs, of_unit = beyond_traditional[used], units[used]
    found = []
    for quarter in pd.period_range(quarters.min(), quarters.max(), freq="Q"):
        inside = (quarters == quarter).to_numpy()
        ends = _ratio(logs[inside], of_unit[inside], confidence)
        middle = float(rank[inside].mean()) if inside.any() else float((rank < rank.max()).sum())
        found.append(QuarterRatio(f"{quarter.year} Q{quarter.quarter}", int(inside.sum()), middle, *ends))
    return tuple(found)


def _ratio(
    logs: "NDArray[np.float64]", units: "NDArray[np.int64]", confidence: float
) -> tuple[float, float, float] | tuple[None, None, None]:
    from scipy.stats import t

    count = len(np.unique(units))
    if len(logs) < FEWEST_SHOTS or count < 2:
        return None, None, None
    middle = float(logs.mean())
    sums = np.bincount(np.unique(units, return_inverse=True)[1], weights=logs - middle)
    error = float(np.sqrt(count / (count - 1) * (sums**2).sum())) / len(logs)
    half = float(t.ppf((1 + confidence) / 2, count - 1)) * error
    return float(np.exp(middle)), float(np.exp(middle - half)), float(np.exp(middle + half))
