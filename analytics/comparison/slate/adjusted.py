"""The adjusted ratio: what AI shots took against what the same shots would have taken traditionally, doubly robust."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import log, nan
from typing import TYPE_CHECKING

import numpy as np

from analytics.comparison.slate.clock_sample import ClockSample
from analytics.comparison.slate.nuisance import Predictions, cross_fitted, folds_of
from analytics.comparison.slate.resampling import (
    LogRatio,
    degrees_of_freedom,
    numbered,
    resampled_units,
    standard_error,
)
from analytics.comparison.slate.results import Estimand, Population
from analytics.comparison.slate.shot_features import ShotFeatures
from analytics.comparison.slate.unfinished import completed_logs

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROUNDS, ROUNDS_OF_MANY, MANY_SHOTS = 3, 2, 2000
"""So often folds are dealt and unfinished shots are drawn anew; among many shots either hardly matters."""
CHANCE_LIMITS = (0.02, 0.98)
"""Outside of these a shot has hardly a counterpart in the other arm."""


@dataclass(frozen=True)
class Adjusted:
    """The adjusted ratios of one clock, and what they were made with.

    Attributes
    ----------
    ratios
        By estimand and the population that the effect is averaged over.
    hangs_on
        For each of them, how many shots of the arm with fewer of them it hangs on: big and rare ones count for more.
    effects
        Each shot's contribution to the mean logarithm of the ratio over all shots; shape (shots,).
    beyond_traditional
        Logarithm of what each shot took over what it was predicted to take traditionally; shape (shots,).
    chance_of_ai
        Predicted from the features of other shots; shape (shots,).
    units
        What was taken to be drawn independently, a number for each; shape (shots,).
    unit_name
        ``sequences``, ``productions`` or ``shots``.
    """

    ratios: dict[tuple[Estimand, Population], LogRatio]
    hangs_on: dict[tuple[Estimand, Population], float]
    effects: "NDArray[np.float64]"
    beyond_traditional: "NDArray[np.float64]"
    chance_of_ai: "NDArray[np.float64]"
    units: "NDArray[np.int64]"
    unit_name: str


def adjusted_log_ratios(sample: ClockSample, features: ShotFeatures, rng: np.random.Generator) -> Adjusted:
    """Augmented inverse probability weighting with cross-fitting, for each estimand and population.

    Each ratio is right if either the prediction of what shots take or that of who is given to AI is (J. Robins, A.
    Rotnitzky, L. Zhao, JASA 89, 1994; cross-fitting: V. Chernozhukov et al., Econometrics Journal 21, 2018). Standard
    errors add up what each resampled unit moves, and what drawing unfinished shots adds (D. Rubin, "Multiple
    imputation", 1987).
    """
    log_took = np.log(sample.took)
    units, unit_name = resampled_units(sample)
    strata = numbered(sample.shots["production_id"])
    design = np.column_stack([features.columns, sample.by_ai])
    round_count = ROUNDS if len(log_took) < MANY_SHOTS else ROUNDS_OF_MANY
    completed = completed_logs(log_took, sample.unfinished, design, rng, round_count)
    rounds: dict[tuple[Estimand, Population], list[_Found]] = {}
    redrawn: dict[tuple[Estimand, Population], list[float]] = {}
    beyond, chance = np.zeros(len(log_took)), np.zeros(len(log_took))
    for logs, other_draw in zip(completed, np.roll(completed, 1, axis=0), strict=True):
        folds = folds_of(np.arange(len(units)) if unit_name == "productions" else units, strata, rng)
        predicted = cross_fitted(logs, sample.by_ai, features.columns, folds)
        for found in _estimates(logs, sample.by_ai, predicted):
            rounds.setdefault((found.estimand, found.population), []).append(found)
        if sample.unfinished.any():
            for found in _estimates(other_draw, sample.by_ai, predicted):
                redrawn.setdefault((found.estimand, found.population), []).append(found.estimate)
        beyond += (logs - predicted.by_traditional) / round_count
        chance += predicted.chance_of_ai / round_count
    ratios = {key: _together(found, redrawn.get(key), units, sample.by_ai) for key, found in rounds.items()}
    over_all = rounds[Estimand.GEOMETRIC_MEAN_RATIO, Population.ALL]
    effects = np.mean([found.difference for found in over_all], axis=0)
    hangs_on = {key: float(np.mean([each.hangs_on for each in found])) for key, found in rounds.items()}
    return Adjusted(ratios, hangs_on, effects, beyond, chance, units, unit_name)


@dataclass(frozen=True)
class _Found:
    """One estimate of one round.

    Attributes
    ----------
    error
        What each shot moves the estimate by chance; shape (shots,). That the effect truly differs between shots is no
        error: the shots are those of the slate, and not a sample of others.
    difference
        What each shot adds to the mean difference of the two sides; shape (shots,).
    hangs_on
        How many shots of the arm with fewer of them the estimate hangs on, big and rare ones counting for more.
    """

    estimand: Estimand
    population: Population
    estimate: float
    error: "NDArray[np.float64]"
    difference: "NDArray[np.float64]"
    hangs_on: float


def _estimates(logs: "NDArray[np.float64]", by_ai: "NDArray[np.bool_]", predicted: Predictions) -> Iterator[_Found]:
    """The estimates of one round."""
    chance = np.clip(predicted.chance_of_ai, *CHANCE_LIMITS)
    took = np.exp(logs)
    sides = {
        Estimand.GEOMETRIC_MEAN_RATIO: (logs, predicted.by_ai, predicted.by_traditional),
        Estimand.RATIO_OF_TOTALS: (
            took,
            np.exp(predicted.by_ai) * predicted.swell_of_ai,
            np.exp(predicted.by_traditional) * predicted.swell_of_traditional,
        ),
    }
    ai, traditional = by_ai.astype(float), 1.0 - by_ai
    of_ai = _mean_one(ai)
    # Which shots the effect is averaged over, and how an error in either arm's prediction counts for them: AI shots
    # show what AI takes, so that only the other side of theirs has to be predicted.
    populations = {
        Population.ALL: (np.ones(len(ai)), _mean_one(ai / chance), _mean_one(traditional / (1 - chance))),
        Population.AI: (of_ai, of_ai, _mean_one(traditional * chance / (1 - chance))),
    }
    for estimand, (outcome, by_ai_then, by_traditional_then) in sides.items():
        for population, (counted, weight_ai, weight_traditional) in populations.items():
            upper_error = weight_ai * (outcome - by_ai_then)
            lower_error = weight_traditional * (outcome - by_traditional_then)
            upper, lower = counted * by_ai_then + upper_error, counted * by_traditional_then + lower_error
            if estimand is Estimand.GEOMETRIC_MEAN_RATIO:
                estimate, error = float((upper - lower).mean()), upper_error - lower_error
            else:
                above, below = float(upper.mean()), float(lower.mean())
                # Corrections by a few huge shots may turn a total negative, and then it tells nothing.
                estimate = log(above / below) if min(above, below) > 0 else nan
                error = upper_error / above - lower_error / below
            size = 1.0 if estimand is Estimand.GEOMETRIC_MEAN_RATIO else by_traditional_then
            hangs_on = min(_effective_count(weight * size) for weight in (weight_ai, weight_traditional))
            yield _Found(
                estimand, population, estimate, error - counted * error.mean(), upper - lower, hangs_on
            )  # fmt: skip


def _effective_count(weights: "NDArray[np.float64]") -> float:
    """Equal weights that would say as much (L. Kish, "Survey Sampling", 1965)."""
    return float(weights.sum() ** 2 / (weights**2).sum())


def _mean_one(weights: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """Weights that average 1 (J. Hajek, 1971), so that one odd shot cannot move the whole scale."""
    scaled: NDArray[np.float64] = weights / weights.mean()
    return scaled


def _together(
    rounds: list[_Found], redrawn: list[float] | None, units: "NDArray[np.int64]", by_ai: "NDArray[np.bool_]"
) -> LogRatio:
    """All rounds as one estimate.

    Parameters
    ----------
    redrawn
        The estimate of each round had its unfinished shots been drawn otherwise: what drawing them adds to the error.
    """
    estimates = np.array([found.estimate for found in rounds])
    variance = float(np.mean([standard_error(found.error, units) ** 2 for found in rounds]))
    if redrawn is not None:
        variance += (1 + 1 / len(rounds)) * float(((estimates - np.array(redrawn)) ** 2).mean()) / 2
    error = np.mean([found.error for found in rounds], axis=0)
    return LogRatio(float(estimates.mean()), float(np.sqrt(variance)), degrees_of_freedom(units, by_ai, error))
