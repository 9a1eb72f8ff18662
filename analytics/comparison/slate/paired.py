"""Paired ratios: the same shot made both ways, or declared twins. Nothing has to be adjusted for."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analytics.comparison.figures import Clock
from analytics.comparison.slate.clock_sample import taken
from analytics.comparison.slate.resampling import LogRatio
from analytics.comparison.slate.results import Per

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas import DataFrame

FEWEST_PAIRS = 5
"""With fewer a ratio is flagged, and nobody should quote it."""


@dataclass(frozen=True)
class Pairs:
    """What both sides of each pair took by one clock; arrays have one element a pair.

    Attributes
    ----------
    shots
        The AI side's row of the slate; for a shot that was made both ways, the shot.
    unfinished_count
        Pairs that could not be used because a side is still open.
    unknown_count
        Pairs of which a side is not known by this clock.
    """

    shots: "DataFrame"
    ai: "NDArray[np.float64]"
    traditional: "NDArray[np.float64]"
    unfinished_count: int
    unknown_count: int

    @property
    def count(self) -> int:
        """Pairs with both sides known."""
        return len(self.ai)


def pairs_of(shots: "DataFrame", clock: Clock, per: Per = Per.SHOT) -> Pairs:
    """Declared twins of which one was given to AI and one was not, and shots made both ways."""
    import pandas as pd

    usable = shots.loc[~shots["enabled"].astype(bool) & (shots["status"] != "omitted")]
    sides = usable.assign(took=taken(usable, clock, per), is_open=usable["status"] == "open")
    declared = sides.loc[sides["twin_of"].notna()]
    both = declared.merge(
        sides[["shot_id", "arm", "took", "is_open"]], left_on="twin_of", right_on="shot_id", suffixes=("", "_of_twin")
    )
    met = []
    for own, other in (("", "_of_twin"), ("_of_twin", "")):
        way = both.loc[(both[f"arm{own}"] == "ai") & (both[f"arm{other}"] == "traditional")]
        met.append(way.assign(ai=way[f"took{own}"], traditional=way[f"took{other}"],
                              pair=way[f"shot_id{own}"] + "\0" + way[f"shot_id{other}"]))  # fmt: skip
    twins = pd.concat(met).drop_duplicates("pair")
    twins["open"] = twins["is_open"] | twins["is_open_of_twin"]
    both_ways = usable.loc[usable["made_both_ways"].astype(bool)]
    both_ways = both_ways.assign(
        ai=taken(both_ways, clock, per, "_ai"),
        traditional=taken(both_ways, clock, per, "_traditional"),
        # Test shots are never finaled: what was rendered of them is all there will be.
        open=(both_ways["status"] == "open") & (both_ways["title_kind"] != "test"),
    )
    twins = pd.concat([twins, both_ways]) if len(both_ways) else twins
    unfinished = twins["open"].to_numpy(dtype=bool)
    ai, traditional = (twins[side].to_numpy(dtype=np.float64) for side in ("ai", "traditional"))
    known = np.isfinite(ai) & np.isfinite(traditional) & (ai > 0) & (traditional > 0)
    used = known & ~unfinished
    return Pairs(
        twins.loc[used].reset_index(drop=True),
        ai[used],
        traditional[used],
        int((unfinished & known).sum()),
        int((~known).sum()),
    )


def mean_of_ratios(pairs: Pairs) -> LogRatio:
    """Geometric mean of the pairs' ratios, as a logarithm that follows Student's t; needs two pairs."""
    logs = np.log(pairs.ai / pairs.traditional)
    return LogRatio(float(logs.mean()), float(logs.std(ddof=1) / np.sqrt(len(logs))), float(len(logs) - 1))


def ratio_of_sums(pairs: Pairs) -> LogRatio:
    """Logarithm of all that AI took over all that traditional work took; needs two pairs.

    The standard error is the jackknife's (R. Miller, "The jackknife: a review", Biometrika 61, 1974), the degrees of
    freedom are those of the pairs that the ratio hangs on. On skewed amounts, which costs are, the bias-corrected
    bootstrap holds the truth too seldom and Fieller's interval is needlessly wide: `benchmarks/coverage.py` has both
    beside this one.
    """
    count = len(pairs.ai)
    above, below = pairs.ai.sum(), pairs.traditional.sum()
    without_one = np.log((above - pairs.ai) / (below - pairs.traditional))
    error = float(np.sqrt((count - 1) / count * ((without_one - without_one.mean()) ** 2).sum()))
    moved = np.abs(pairs.ai / above - pairs.traditional / below)
    hangs_on = float(moved.sum() ** 2 / (moved**2).sum()) if moved.any() else float(count)
    return LogRatio(float(np.log(above / below)), error, min(max(hangs_on - 1, 1.0), count - 1.0))


def sign_test(pairs: Pairs) -> float:
    """Probability of so lopsided a count of pairs in which AI took less, were it a toss of a coin; two-sided."""
    from scipy.stats import binomtest

    less, more = int((pairs.ai < pairs.traditional).sum()), int((pairs.ai > pairs.traditional).sum())
    return float(binomtest(less, less + more).pvalue) if less + more else 1.0
