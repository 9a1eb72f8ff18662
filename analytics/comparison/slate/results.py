"""What a comparison of many shots answers with: a ratio by one clock, its interval, and what it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import log

from analytics.comparison.figures import Clock
from analytics.vocabulary.origin import Origin

SLATE_CLOCKS = (Clock.MACHINE, Clock.PEOPLE, Clock.CALENDAR, Clock.COST_GROSS, Clock.COST_NET)
"""What shots of a slate are compared by, in the order they are shown."""


class Estimand(StrEnum):
    """What the ratio is of: the middle of the shots' own ratios, or all that was spent on one side over the other.

    ``geometric_mean_ratio`` counts every shot alike, ``ratio_of_totals`` by its size: money asks for the second.
    """

    GEOMETRIC_MEAN_RATIO = "geometric_mean_ratio"
    RATIO_OF_TOTALS = "ratio_of_totals"


class Population(StrEnum):
    """Over which shots the effect is averaged: all that are compared, or those that were given to AI."""

    ALL = "all"
    AI = "ai"


class Method(StrEnum):
    """How the two sides were made comparable.

    ``naive``: not at all. ``paired``: the same shot or declared twins. ``adjusted``: for what is known of each shot.
    """

    NAIVE = "naive"
    PAIRED = "paired"
    ADJUSTED = "adjusted"


class Per(StrEnum):
    """What is compared: a shot as it is, or a second of it on screen."""

    SHOT = "shot"
    CUT_SECOND = "cut_second"


class Verdict(StrEnum):
    """What the interval allows to say."""

    AI_NEEDS_LESS = "ai_needs_less"
    AI_NEEDS_MORE = "ai_needs_more"
    NO_DIFFERENCE_SHOWN = "no_difference_shown"
    CANNOT_BE_TOLD = "cannot_be_told"


def verdict_of(ratio: float | None, low: float | None, high: float | None) -> Verdict:
    """What an interval of a ratio AI over traditional allows to say."""
    if ratio is None or low is None or high is None:
        return Verdict.CANNOT_BE_TOLD
    if high < 1:
        return Verdict.AI_NEEDS_LESS
    return Verdict.AI_NEEDS_MORE if low > 1 else Verdict.NO_DIFFERENCE_SHOWN


@dataclass(frozen=True)
class RatioResult:
    """AI over traditional by one clock: below 1, AI needs less.

    Attributes
    ----------
    ratio, low, high
        ``None`` where they cannot be told, with the reason in ``warnings``. ``high`` may be ``inf``: unbounded.
    confidence
        Share of such intervals that hold the truth: 0.95.
    log_standard_error, degrees_of_freedom
        Of the natural logarithm of the ratio, and of Student's t that the interval follows; ``None`` where the
        interval was not made that way.
    n_ai, n_traditional
        Shots that were used on each side.
    n_pairs
        Pairs that were used; 0 where the method is not ``paired``.
    n_productions
        Productions those shots belong to.
    origins
        Share (0 to 1) of the shots by the weakest origin of their facts.
    """

    estimand: Estimand
    population: Population
    clock: Clock
    method: Method
    ratio: float | None
    low: float | None
    high: float | None
    confidence: float
    log_standard_error: float | None
    degrees_of_freedom: float | None
    n_ai: int
    n_traditional: int
    n_pairs: int
    n_productions: int
    origins: Mapping[Origin, float]
    warnings: tuple[str, ...] = ()
    per: Per = Per.SHOT

    @property
    def verdict(self) -> Verdict:
        """By the interval alone."""
        return verdict_of(self.ratio, self.low, self.high)

    def probability_at_most(self, ratio: float) -> float | None:
        """How probable it is that the true ratio is at most so large, or ``None`` where nothing can be told.

        The ratio's logarithm is taken to lie around the estimate as Student's t: what the interval says, read as the
        posterior of somebody who had no opinion before.
        """
        from scipy.stats import t

        if self.ratio is None or not self.log_standard_error or self.degrees_of_freedom is None:
            return None
        return float(t.cdf((log(ratio) - log(self.ratio)) / self.log_standard_error, self.degrees_of_freedom))
