"""Everything that is said of one clock: its ratios, and what a reader has to know before believing them."""

from collections.abc import Mapping
from dataclasses import dataclass

from analytics.comparison.figures import Clock
from analytics.comparison.slate.learning import LearningCurve
from analytics.comparison.slate.overlap import FeatureBalance
from analytics.comparison.slate.pooling import PooledRatios
from analytics.comparison.slate.results import Estimand, Method, Population, RatioResult
from analytics.comparison.slate.trend import QuarterRatio
from analytics.comparison.slate.waiting import Waiting


@dataclass(frozen=True)
class PairEvidence:
    """What pairs tell beside their ratio.

    Attributes
    ----------
    made_both_ways
        Pairs that are one shot made by both workflows; the others are declared twins.
    ai_took_less
        Pairs in which AI took less.
    sign_test_p
        Probability of so lopsided a count by chance alone.
    hidden_bias
        Odds of the easier shot of a pair being the AI one, from which on the pairs show nothing (Rosenbaum's gamma).
    spread
        Standard deviation of the logarithms of the pairs' ratios.
    pairs_needed
        Until a true difference of 20 % shows in four of five slates; ``None`` with fewer than three pairs.
    """

    n_pairs: int
    made_both_ways: int
    ai_took_less: int
    median_ratio: float
    sign_test_p: float
    hidden_bias: float
    spread: float
    pairs_needed: int | None


@dataclass(frozen=True)
class Strength:
    """How well an adjusted ratio stands.

    Attributes
    ----------
    hidden_bias, hidden_bias_of_interval
        E-value of the ratio and of the end of its interval nearer to 1: how strongly something unknown would have to be
        tied to both the choice of workflow and what shots take, as a risk ratio, to explain it away.
    times_the_shots
        How many times as many shots until a true difference of 20 % shows in four of five slates; below 1: it would.
    """

    hidden_bias: float
    hidden_bias_of_interval: float
    times_the_shots: float


@dataclass(frozen=True)
class ClockComparison:
    """One clock.

    Attributes
    ----------
    adjusted_for
        What both sides were made comparable by.
    resampled
        What the intervals take to be drawn independently: ``sequences``, ``productions`` or ``shots``.
    without_counterpart
        Share (0 to 1) of the shots whose features as good as decide their arm.
    compared_count
        Shots that adjusted ratios rest on.
    ai_total
        All that the AI shots among them took.
    ai_cut_seconds
        Of those AI shots on screen.
    ai_typical
        Geometric mean of what the finished ones among them took; ``None`` without any.
    unfinished_count
        Open shots among those compared.
    left_out
        Shots that were not compared, by the reason.
    """

    clock: Clock
    results: tuple[RatioResult, ...]
    adjusted_for: tuple[str, ...]
    resampled: str
    balance: tuple[FeatureBalance, ...]
    without_counterpart: float | None
    compared_count: int
    ai_total: float
    unfinished_count: int
    left_out: Mapping[str, int]
    pairs: PairEvidence | None
    strength: Strength | None
    learning: LearningCurve | None
    productions: PooledRatios | None
    kinds: PooledRatios | None
    waiting: tuple[Waiting, Waiting] | None
    quarters: tuple[QuarterRatio, ...] = ()
    ai_cut_seconds: float = 0.0
    ai_typical: float | None = None

    def result(self, estimand: Estimand, method: Method, population: Population = Population.ALL) -> RatioResult:
        """One of the ratios."""
        return next(
            each
            for each in self.results
            if (each.estimand, each.method, each.population) == (estimand, method, population)
        )
