"""The naive ratio: finished AI shots over finished traditional ones, whatever they were. Shown to be distrusted."""

import numpy as np

from analytics.comparison.slate.clock_sample import ClockSample
from analytics.comparison.slate.resampling import LogRatio, degrees_of_freedom, resampled_units, standard_error
from analytics.comparison.slate.results import Estimand


def naive_log_ratios(sample: ClockSample) -> dict[Estimand, LogRatio]:
    """Difference of mean logarithms, and of the logarithms of means; empty where an arm has fewer than two shots."""
    done = sample.only(~sample.unfinished, "unfinished")
    if min(done.n_ai, done.n_traditional) < 2:
        return {}
    units, _ = resampled_units(done)
    arms = [arm / arm.mean() for arm in (done.by_ai.astype(float), (~done.by_ai).astype(float))]
    found = {}
    for estimand, outcome in (
        (Estimand.GEOMETRIC_MEAN_RATIO, np.log(done.took)),
        (Estimand.RATIO_OF_TOTALS, done.took),
    ):
        above, below = (float((arm * outcome).mean()) for arm in arms)
        if estimand is Estimand.GEOMETRIC_MEAN_RATIO:
            estimate = above - below
            influence = arms[0] * (outcome - above) - arms[1] * (outcome - below)
        else:
            estimate = float(np.log(above / below))
            influence = arms[0] * (outcome / above - 1) - arms[1] * (outcome / below - 1)
        found[estimand] = LogRatio(
            estimate, standard_error(influence, units), degrees_of_freedom(units, done.by_ai, influence)
        )
    return found
