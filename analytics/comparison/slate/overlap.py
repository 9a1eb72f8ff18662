"""Whether both arms hold comparable shots at all, and how alike they are before and after weighting."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analytics.comparison.slate.clock_sample import ClockSample
from analytics.comparison.slate.results import Estimand

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from analytics.comparison.slate.shot_features import ShotFeatures

MOST_WITHOUT_COUNTERPART = 0.1
"""Share of the shots, or of what they took, beyond which a ratio for all of it would be invented."""
ALIKE = 0.1
"""Standardised mean difference below which the arms count as alike."""
MOST_LEFT_OUT = 0.05
"""Share of the shots whose production, kind or complexity the other arm does not have at all, beyond which a ratio of
the others is no ratio for all."""
FEWEST_COUNTERPARTS = 5
"""Shots of the other arm that a kind or complexity needs to count as having counterparts."""
_MUST_MEET = {"production_id": "production", "kind": "kind", "complexity": "complexity"}


@dataclass(frozen=True)
class FeatureBalance:
    """How far apart the arms lie in one feature, in standard deviations: AI minus traditional.

    ``after`` is with every shot weighted by the inverse chance of having come into its arm.
    """

    feature: str
    before: float
    after: float


@dataclass(frozen=True)
class CommonGround:
    """Shots that can be compared, and what is said of the others. Arrays have an element for each shot asked about.

    Attributes
    ----------
    sample
        The shots that can be compared.
    kept
        Which of the shots asked about ``sample`` holds.
    alone
        Which of them have fewer than `FEWEST_COUNTERPARTS` shots of the other arm in their kind or complexity.
    """

    sample: ClockSample
    kept: "NDArray[np.bool_]"
    alone: "NDArray[np.bool_]"
    remarks: tuple[str, ...]

    def without_counterpart(
        self, estimand: Estimand, chance_of_ai: "NDArray[np.float64]", limits: tuple[float, float]
    ) -> "NDArray[np.bool_]":
        """Shots asked about that have no counterpart, or whose features as good as decide their arm.

        Totals hang on big shots, so that for them a few counterparts in a kind are as good as none.

        Parameters
        ----------
        chance_of_ai
            Of the shots of ``sample``.
        limits
            Chances below the first and above the second decide the arm.
        """
        missing = self.alone.copy() if estimand is Estimand.RATIO_OF_TOTALS else ~self.kept
        missing[self.kept] |= (chance_of_ai < limits[0]) | (chance_of_ai > limits[1])
        return missing


def common_ground(sample: ClockSample) -> CommonGround:
    """Take out shots whose production, kind or complexity has no shot in the other arm at all."""
    kept = np.full(len(sample.took), True)
    alone, remarks = ~kept, []
    words = {column: sample.shots[column].fillna("unknown").astype(str).to_numpy(dtype=str) for column in _MUST_MEET}
    settled = False
    while not settled:
        settled = True
        for column, what in _MUST_MEET.items():
            for word in np.unique(words[column][kept]):
                of_word = kept & (words[column] == word)
                sides = of_word & sample.by_ai, of_word & ~sample.by_ai
                counts = tuple(int(side.sum()) for side in sides)
                if column != "production_id":
                    for side, of_other in zip(sides, counts[::-1], strict=True):
                        alone |= side if of_other < FEWEST_COUNTERPARTS else False
                if min(counts) == 0:
                    settled, kept, alone = False, kept & ~of_word, alone | of_word
                    arm = "AI" if counts[0] else "traditional"
                    remarks.append(
                        f"No overlap in {what} {word}: all {sum(counts):,} shots are {arm}; they are left out."
                    )
    return CommonGround(sample.only(kept, "no counterpart in the other arm"), kept, alone, tuple(remarks))


def balance(
    features: "ShotFeatures", by_ai: "NDArray[np.bool_]", chance_of_ai: "NDArray[np.float64]"
) -> tuple[FeatureBalance, ...]:
    """Standardised mean difference of every feature, before and after weighting.

    P. Austin, "Balance diagnostics", Statistics in Medicine 28, 2009.
    """
    chance = np.clip(chance_of_ai, 0.01, 0.99)
    weights = np.where(by_ai, 1 / chance, 1 / (1 - chance))
    even = np.ones(len(by_ai))
    return tuple(
        FeatureBalance(name, _difference(column, by_ai, even), _difference(column, by_ai, weights))
        for name, column in zip(features.names, features.columns.T, strict=True)
    )


def _difference(column: "NDArray[np.float64]", by_ai: "NDArray[np.bool_]", weights: "NDArray[np.float64]") -> float:
    spread = np.sqrt((column[by_ai].var() + column[~by_ai].var()) / 2)
    if spread == 0:
        return 0.0
    means = [np.average(column[arm], weights=weights[arm]) for arm in (by_ai, ~by_ai)]
    return float((means[0] - means[1]) / spread)
