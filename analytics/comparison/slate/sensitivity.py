"""How strong a hidden bias would have to be to explain a ratio away, and how much data would show a difference."""

from math import ceil, exp, log, sqrt
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

WORTHWHILE = 0.8
"""A ratio that people would act on: AI needs a fifth less."""
POWER = 0.8


def e_value(ratio: float, spread_of_logs: float) -> float:
    """How strongly something unknown must be tied to both arm and outcome, as a risk ratio, to explain the ratio away.

    Parameters
    ----------
    ratio
        The ratio, or the end of its interval that is nearer to 1.
    spread_of_logs
        Standard deviation of the logarithm of what shots take.

    Notes
    -----
    A difference of means becomes a risk ratio by exp(0.91 d), and that an E-value by RR + sqrt(RR (RR - 1))
    (T. VanderWeele, P. Ding, "Sensitivity analysis in observational research", Annals of Internal Medicine 167, 2017).
    """
    risk_ratio = exp(0.91 * abs(log(ratio)) / spread_of_logs)
    return risk_ratio + sqrt(risk_ratio * (risk_ratio - 1))


def rosenbaum_gamma(differences: "NDArray[np.float64]", level: float = 0.05, highest: float = 100.0) -> float:
    """Odds of the easier shot of a pair going to AI, from which on the pairs no longer show a difference.

    Parameters
    ----------
    differences
        Logarithm of AI over traditional for each pair; shape (pairs,).
    level
        Of the one-sided test.

    Returns
    -------
    float
        1 where not even a fair draw shows a difference; never above ``highest``.

    Notes
    -----
    Bounds on Wilcoxon's signed-rank statistic by its normal approximation (P. Rosenbaum, "Observational Studies",
    2nd ed., 2002, section 4.3).
    """
    from scipy.stats import norm, rankdata

    kept = differences[differences != 0]
    if len(kept) == 0:
        return 1.0
    ranks = rankdata(np.abs(kept))
    in_favour = float(ranks[kept < 0].sum())
    statistic = max(in_favour, float(ranks.sum()) - in_favour)

    def highest_p(gamma: float) -> float:
        share = gamma / (1 + gamma)
        mean, variance = share * ranks.sum(), share * (1 - share) * (ranks**2).sum()
        return float(norm.sf((statistic - mean) / sqrt(variance)))

    if highest_p(1.0) > level:
        return 1.0
    if highest_p(highest) <= level:
        return highest
    low, high = 1.0, highest
    for _ in range(60):
        middle = sqrt(low * high)
        low, high = (middle, high) if highest_p(middle) <= level else (low, middle)
    return low


def pairs_needed(spread_of_log_ratios: float, ratio: float = WORTHWHILE) -> int:
    """Pairs until a true ratio so large shows in four of five slates: ((1.96 + 0.84) s / ln ratio)², two-sided 5 %."""
    from scipy.stats import norm

    standard_normals = float(norm.ppf(0.975) + norm.ppf(POWER))
    return max(ceil((standard_normals * spread_of_log_ratios / log(ratio)) ** 2), 2)


def times_the_shots_needed(log_standard_error: float, ratio: float = WORTHWHILE) -> float:
    """How many times as many shots of the same kind until a true ratio so large shows in four of five slates."""
    from scipy.stats import norm

    needed = abs(log(ratio)) / float(norm.ppf(0.975) + norm.ppf(POWER))
    return (log_standard_error / needed) ** 2
