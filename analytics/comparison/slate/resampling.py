"""What the intervals of a slate rest on: units drawn independently, standard errors over them, degrees of freedom."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analytics.comparison.slate.clock_sample import ClockSample

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas import DataFrame


@dataclass(frozen=True)
class LogRatio:
    """An estimate on the logarithmic scale with its standard error and Student's degrees of freedom."""

    estimate: float
    standard_error: float
    degrees_of_freedom: float


FEWEST_PRODUCTIONS = 5
"""With fewer, an interval from resampling productions says next to nothing."""


def resampled_units(sample: ClockSample) -> "tuple[NDArray[np.int64], str]":
    """What counts as drawn independently: sequences or, where those are unknown or one, productions; shape (shots,).

    Shots of a sequence share supervisors, assets and trouble, so that resampling shots would promise too much.
    """
    production, sequence = sample.shots["production_id"], sample.shots["sequence"]
    sequences = sequences_of(sample.shots)
    # What one sequence moves sums to nothing, as if there were no error: a lone one says nothing of others.
    if sequence.notna().mean() > 0.5 and sequences.max(initial=0) > 0:
        return sequences, "sequences"
    if production.nunique() >= FEWEST_PRODUCTIONS:
        return numbered(production), "productions"
    return np.arange(len(sample.shots)), "shots"


def numbered(names: object) -> "NDArray[np.int64]":
    """A number for each different name, from 0; shape of the names."""
    unit: NDArray[np.int64] = np.unique(np.asarray(names, dtype=str), return_inverse=True)[1].astype(np.int64)
    return unit


def sequences_of(shots: "DataFrame") -> "NDArray[np.int64]":
    """A number for each sequence of each production; a shot without one is a sequence of its own; shape (shots,)."""
    named = shots["sequence"].fillna(shots["shot_id"]).astype(str)
    return numbered([f"{production}/{name}" for production, name in zip(shots["production_id"], named, strict=True)])


def standard_error(influence: "NDArray[np.float64]", units: "NDArray[np.int64]") -> float:
    """Of a mean of influences, shape (shots,), whose units, not shots, are drawn independently."""
    per_unit = np.bincount(units, weights=influence)
    count = len(per_unit)
    return float(np.sqrt(count / max(count - 1, 1) * (per_unit**2).sum()) / len(influence))


def degrees_of_freedom(
    units: "NDArray[np.int64]", by_ai: "NDArray[np.bool_]", influence: "NDArray[np.float64]"
) -> float:
    """One less than the units that the scarcer arm is spread over, or that the estimate hangs on where those are fewer.

    A total hangs on its few biggest shots, however many there are.
    """
    weights = [np.bincount(units[arm]).astype(float) for arm in (by_ai, ~by_ai)]
    weights.append(np.abs(np.bincount(units, weights=influence)))
    return max(min(float(each.sum() ** 2 / (each**2).sum()) for each in weights if each.any()) - 1, 1.0)
