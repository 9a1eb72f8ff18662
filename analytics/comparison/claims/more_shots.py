"""How many more shots would decide a claim that the shots at hand leave open."""

from dataclasses import dataclass
from math import ceil, log, sqrt

from analytics.comparison.slate.results import Method, RatioResult

MOST_TIMES = 50.0
"""Beyond so many times the shots at hand no slate will get there: the ratio is as good as the one claimed."""


@dataclass(frozen=True)
class ShotsNeeded:
    """What it takes to decide, if our ratio stays where it is: each ``None`` where it is out of reach.

    Attributes
    ----------
    times
        So many times the shots (and productions) at hand.
    more_pairs, more_ai, more_traditional
        Beside those at hand; pairs for a paired result, otherwise shots of each side.
    """

    times: float | None
    more_pairs: int | None
    more_ai: int | None
    more_traditional: int | None


def shots_needed(result: RatioResult, claimed_ratio: float, sure: float) -> ShotsNeeded | None:
    """Shots until the probability that the true ratio is at most ``claimed_ratio`` reaches ``sure``, or its opposite.

    The standard error of the logarithm is taken to shrink as one over the root of the number of shots, and the
    degrees of freedom to grow with it. ``None`` where the result has no standard error or is decided already.
    """
    from scipy.stats import t

    error, freedom = result.log_standard_error, result.degrees_of_freedom
    if result.ratio is None or not error or not freedom:
        return None
    distance = abs(log(claimed_ratio) - log(result.ratio))

    def decided_by(times: float) -> bool:
        reach = t.ppf(sure, freedom * times) * error / sqrt(times)
        return bool(reach <= distance)

    if decided_by(1):
        return None
    if not decided_by(MOST_TIMES):
        return ShotsNeeded(None, None, None, None)
    too_few, enough = 1.0, MOST_TIMES
    while enough - too_few > 0.001:
        middle = (too_few + enough) / 2
        too_few, enough = (too_few, middle) if decided_by(middle) else (middle, enough)
    if result.method is Method.PAIRED:
        return ShotsNeeded(enough, ceil((enough - 1) * result.n_pairs), None, None)
    return ShotsNeeded(enough, None, ceil((enough - 1) * result.n_ai), ceil((enough - 1) * result.n_traditional))
