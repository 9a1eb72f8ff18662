"""Ratios by production or by kind of shot, drawn towards what all have in common as far as their own shots are few.

Raw ratios of small groups make a league table of noise; those of a slate lend each other what one alone lacks.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analytics.comparison.slate.results import Verdict, verdict_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

FEWEST_SHOTS = 3
"""In either arm: a group with fewer has no ratio of its own."""


@dataclass(frozen=True)
class GroupRatio:
    """A group's ratio AI over traditional.

    Attributes
    ----------
    own_ratio
        From the group's shots alone; ``None`` where they are too few.
    ratio, low, high
        Drawn towards the others, with its interval; ``None`` where nothing can be told.
    """

    group: str
    n_ai: int
    n_traditional: int
    own_ratio: float | None
    ratio: float | None
    low: float | None
    high: float | None

    @property
    def verdict(self) -> Verdict:
        """By the interval alone."""
        return verdict_of(self.ratio, self.low, self.high)


@dataclass(frozen=True)
class PooledRatios:
    """All groups, and how far they truly differ.

    Attributes
    ----------
    spread
        Standard deviation of the groups' true ratios, as a logarithm; 0 where they show no difference.
    next_low, next_high
        Where the ratio of one more such group is to be expected; ``None`` with fewer than three groups.
    """

    groups: tuple[GroupRatio, ...]
    spread: float
    next_low: float | None
    next_high: float | None


def pooled_ratios(
    effects: "NDArray[np.float64]",
    groups: "NDArray[np.str_]",
    units: "NDArray[np.int64]",
    by_ai: "NDArray[np.bool_]",
    confidence: float,
) -> PooledRatios:
    """Pool the groups' mean effects.

    Parameters
    ----------
    effects
        Each shot's contribution to the mean logarithm of the ratio; shape (shots,).
    groups
        Name of the group each shot is in.
    units
        What was drawn independently, as in `adjusted.resampled_units`.

    Notes
    -----
    A random-effects model with the spread by restricted maximum likelihood; each group's estimate is its best linear
    unbiased prediction (S. Raudenbush, A. Bryk, "Empirical Bayes meta-analysis", JES 10, 1985). The next group's range
    is the prediction interval of J. Higgins, S. Thompson, D. Spiegelhalter, JRSS A 172, 2009.
    """
    from scipy.stats import t

    names = sorted(set(groups.tolist()))
    counts = {name: (int((by_ai & (groups == name)).sum()), int((~by_ai & (groups == name)).sum())) for name in names}
    usable = [name for name in names if min(counts[name]) >= FEWEST_SHOTS]
    means = np.array([effects[groups == name].mean() for name in usable])
    variances = np.array([_variance(effects[groups == name], units[groups == name]) for name in usable])
    if len(usable) < 2:
        own = {name: (mean, mean, variance) for name, mean, variance in zip(usable, means, variances, strict=True)}
        spread, next_half, middle = 0.0, None, None
    else:
        spread = _spread(means, variances)
        weights = 1 / (variances + spread**2)
        middle = float((weights * means).sum() / weights.sum())
        middle_variance = float(1 / weights.sum())
        trust = spread**2 / (spread**2 + variances)
        drawn = middle + trust * (means - middle)
        drawn_variance = trust * variances + (1 - trust) ** 2 * middle_variance
        own = dict(zip(usable, zip(means, drawn, drawn_variance, strict=True), strict=True))
        next_half = (
            float(t.ppf((1 + confidence) / 2, len(usable) - 2)) * np.sqrt(spread**2 + middle_variance)
            if len(usable) > 2
            else None
        )
    quantile = float(t.ppf((1 + confidence) / 2, max(len(np.unique(units)) - 1, 1)))
    return PooledRatios(
        tuple(_group(name, counts[name], own.get(name), quantile) for name in names),
        spread,
        None if next_half is None or middle is None else float(np.exp(middle - next_half)),
        None if next_half is None or middle is None else float(np.exp(middle + next_half)),
    )


def _group(name: str, counts: tuple[int, int], found: tuple[float, float, float] | None, quantile: float) -> GroupRatio:
    if found is None:
        return GroupRatio(name, *counts, None, None, None, None)
    own, drawn, variance = found
    half = quantile * float(np.sqrt(variance))
    return GroupRatio(name, *counts, *(float(np.exp(value)) for value in (own, drawn, drawn - half, drawn + half)))


def _variance(effects: "NDArray[np.float64]", units: "NDArray[np.int64]") -> float:
    """Of the mean of a group's effects, by its units or, where it has one unit only, by its shots."""
    found, unit = np.unique(units, return_inverse=True)
    if len(found) < 3:
        return float(effects.var(ddof=1) / len(effects))
    sums = np.bincount(unit, weights=effects - effects.mean())
    return float(len(found) / (len(found) - 1) * (sums**2).sum() / len(effects) ** 2)


def _spread(means: "NDArray[np.float64]", variances: "NDArray[np.float64]") -> float:
    """Standard deviation between groups by restricted maximum likelihood."""
    from scipy.optimize import minimize_scalar

    def deviance(between: float) -> float:
        weights = 1 / (variances + between)
        middle = (weights * means).sum() / weights.sum()
        return float(-np.log(weights).sum() + np.log(weights.sum()) + (weights * (means - middle) ** 2).sum())

    highest = float(means.var(ddof=1)) * 4 + 1e-9
    found = minimize_scalar(deviance, bounds=(0.0, highest), method="bounded", options={"xatol": highest * 1e-5})
    return float(np.sqrt(found.x)) if deviance(float(found.x)) < deviance(0.0) else 0.0
