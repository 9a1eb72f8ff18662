"""Compares the shots of a slate by one clock: naively, by pairs, and adjusted for what is known of each shot."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from analytics.comparison.figures import Clock
from analytics.comparison.slate.adjusted import CHANCE_LIMITS, Adjusted, adjusted_log_ratios
from analytics.comparison.slate.clock_comparison import ClockComparison, PairEvidence, Strength
from analytics.comparison.slate.clock_sample import ClockSample, clock_sample, what_is_known
from analytics.comparison.slate.cohort import old_enough
from analytics.comparison.slate.learning import learning_curve
from analytics.comparison.slate.naive import naive_log_ratios
from analytics.comparison.slate.overlap import (
    MOST_LEFT_OUT,
    MOST_WITHOUT_COUNTERPART,
    CommonGround,
    balance,
    common_ground,
)
from analytics.comparison.slate.paired import (
    FEWEST_PAIRS,
    Pairs,
    mean_of_ratios,
    pairs_of,
    ratio_of_sums,
    sign_test,
)
from analytics.comparison.slate.pooling import pooled_ratios
from analytics.comparison.slate.resampling import LogRatio
from analytics.comparison.slate.results import Estimand, Method, Per, Population, RatioResult
from analytics.comparison.slate.sensitivity import e_value, pairs_needed, rosenbaum_gamma, times_the_shots_needed
from analytics.comparison.slate.shot_features import ShotFeatures, shot_features
from analytics.comparison.slate.trend import ratios_by_quarter
from analytics.comparison.slate.waiting import waiting
from analytics.vocabulary.origin import Origin

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas import DataFrame

FEWEST_SHOTS = 8
"""In each arm: below that nothing can be adjusted for anything."""
CONFIDENCE = 0.95
FEWEST_TO_HANG_ON = {Estimand.GEOMETRIC_MEAN_RATIO: 4, Estimand.RATIO_OF_TOTALS: 40}
"""Shots of either arm, big and rare ones counting for more: an interval of totals that hang on fewer is too narrow."""
UNBOUNDED = float(np.log(100))
"""An interval that reaches a hundred times the ratio has no upper end worth naming."""
_KEYS = tuple((estimand, population) for estimand in Estimand for population in Population)


def compare_by_clock(
    shots: "DataFrame",
    clock: Clock,
    *,
    per: Per = Per.SHOT,
    further: Sequence[str] = (),
    confidence: float = CONFIDENCE,
    seed: int = 0,
) -> ClockComparison:
    """Compare by one clock.

    Parameters
    ----------
    shots
        As ``questions/slate_shots.sql`` answers, with the columns ``cost_gross`` and ``cost_net`` beside it.
    further
        Columns of ``shots`` to adjust for besides those that always are.
    seed
        Of the folds and of what unfinished shots may yet take.
    """
    every = clock_sample(shots, clock, per)
    pairs = pairs_of(shots, clock, per)
    aged, too_young = old_enough(every)
    ground = common_ground(aged)
    sample, remarks = ground.sample, [*([too_young] if too_young else []), *ground.remarks]
    if sample.unfinished.any():
        remarks.append("What the few unfinished shots among them will take is predicted from the finished ones.")
    fitted: Adjusted | None = None
    features: ShotFeatures | None = None
    if min(sample.n_ai, sample.n_traditional) >= FEWEST_SHOTS and (~sample.unfinished).sum() >= FEWEST_SHOTS:
        features = shot_features(sample.shots, further)
        fitted = adjusted_log_ratios(sample, features, np.random.default_rng(seed))
    results = [
        *_naive(every, confidence),
        *_paired(pairs, clock, confidence),
        *_adjusted(aged, ground, fitted, tuple(remarks), confidence),
    ]
    # Over AI's shots, as headlines are: a ratio over all shots is often not told where AI was given some kinds only.
    told = next(each for each in results if each.method is Method.ADJUSTED and each.population is Population.AI)
    groups = {
        column: None
        if fitted is None or told.ratio is None
        else pooled_ratios(
            fitted.effects, sample.shots[column].astype(str).to_numpy(), fitted.units, sample.by_ai, confidence
        )
        for column in ("production_name", "kind")
    }
    return ClockComparison(
        clock,
        tuple(_per(each, per) for each in results),
        features.adjusted_for if features else (),
        fitted.unit_name if fitted else "",
        balance(features, sample.by_ai, fitted.chance_of_ai) if fitted and features else (),
        _lone_share(aged, ground, fitted, Estimand.GEOMETRIC_MEAN_RATIO, Population.ALL) if fitted else None,
        len(sample.took),
        float(sample.took[sample.by_ai].sum()),
        int(sample.unfinished.sum()),
        sample.left_out,
        _evidence(pairs),
        _strength(told, sample),
        learning_curve(sample.shots, sample.by_ai, fitted.beyond_traditional, fitted.units, confidence)
        if fitted
        else None,
        groups["production_name"],
        groups["kind"],
        waiting(sample) if clock is Clock.CALENDAR and per is Per.SHOT else None,
        ratios_by_quarter(sample.shots, sample.by_ai, fitted.beyond_traditional, fitted.units, confidence)
        if fitted
        else (),
        float(sample.shots.loc[sample.by_ai, "cut_seconds"].astype("float64").sum()),
        _typical(sample.took[sample.by_ai & ~sample.unfinished]),
    )


def _typical(took: "NDArray[np.float64]") -> float | None:
    return float(np.exp(np.log(took).mean())) if len(took) else None


def _per(result: RatioResult, per: Per) -> RatioResult:
    from dataclasses import replace

    return replace(result, per=per)


def origin_shares(shots: "DataFrame") -> Mapping[Origin, float]:
    """Share of the shots by the weakest origin of their facts."""
    shares = shots["weakest_origin"].value_counts(normalize=True)
    return {Origin(str(name)): float(share) for name, share in shares.items()}


def _naive(sample: ClockSample, confidence: float) -> Iterator[RatioResult]:
    found = naive_log_ratios(sample)
    done = ~sample.unfinished
    why = (
        ("Not adjusted: it compares whatever shots AI was given with whatever shots it was not given.",)
        if found
        else ("There are not two finished shots on each side.",)
    )
    for estimand, population in _KEYS:
        yield _result(
            estimand, population, sample.clock, Method.NAIVE, found.get(estimand), confidence,
            (int((sample.by_ai & done).sum()), int((~sample.by_ai & done).sum()), 0),
            sample.shots.loc[done], why,
        )  # fmt: skip


def _paired(pairs: Pairs, clock: Clock, confidence: float) -> Iterator[RatioResult]:
    warnings = []
    if pairs.count < 2:
        warnings.append(
            "No shot was made both ways and none has a declared twin."
            if not pairs.count
            else "There is one pair only, and one pair has no interval."
        )
    elif pairs.count < FEWEST_PAIRS:
        warnings.append(f"Only {pairs.count} pairs: too few to quote.")
    if pairs.unfinished_count:
        left_out = f"{pairs.unfinished_count} pair{' is' if pairs.unfinished_count == 1 else 's are'} left out"
        warnings.append(f"{left_out}, because a side is still open.")
    made = {Estimand.GEOMETRIC_MEAN_RATIO: mean_of_ratios, Estimand.RATIO_OF_TOTALS: ratio_of_sums}
    for estimand, population in _KEYS:
        found = made[estimand](pairs) if pairs.count >= 2 else None
        yield _result(
            estimand, population, clock, Method.PAIRED, found, confidence,
            (pairs.count, pairs.count, pairs.count), pairs.shots, tuple(warnings),
        )  # fmt: skip


def _adjusted(
    every: ClockSample, ground: CommonGround, fitted: Adjusted | None, remarks: tuple[str, ...], confidence: float
) -> Iterator[RatioResult]:
    sample = ground.sample
    for estimand, population in _KEYS:
        found, said = None, list(remarks)
        if not len(every.took):
            others = "; ".join(f"{count:,} {why}" for why, count in every.left_out.items())
            said.append(
                f"No shot has {what_is_known(every.clock)}{f', but for shots that are {others}' if others else ''}."
            )
        elif fitted is None:
            said.append(
                f"Too few shots to adjust: {sample.n_ai} AI and {sample.n_traditional} traditional ones can be "
                f"compared ({every.n_ai} and {every.n_traditional} before asking for counterparts), and "
                f"{FEWEST_SHOTS} of each are needed."
            )
        else:
            found = fitted.ratios[estimand, population]
            lone, left_out = _lone_share(every, ground, fitted, estimand, population), 1 - float(ground.kept.mean())
            if [len(np.unique(fitted.units[arm])) for arm in (sample.by_ai, ~sample.by_ai)] == [1, 1]:
                found = None
                said.append(
                    "Each side lies in one sequence of its own: what is AI's and what is the sequence's is one."
                )
            elif lone > MOST_WITHOUT_COUNTERPART or (population is Population.ALL and left_out > MOST_LEFT_OUT):
                found = None
                counted = "shots" if estimand is Estimand.GEOMETRIC_MEAN_RATIO else "total"
                whose = "AI " if population is Population.AI else ""
                share = f"{100 * max(lone, left_out):.0f} % of the {whose}{counted}"
                said.append(
                    f"No overlap: {share} is in shots that have hardly any counterpart in the other arm, so that a "
                    "ratio for all of it would be invented."
                )
            elif fitted.hangs_on[estimand, population] < FEWEST_TO_HANG_ON[estimand] or np.isnan(found.estimate):
                found = None
                said.append(
                    f"The ratio would hang on about {fitted.hangs_on[estimand, population]:.0f} big or rare shots of "
                    f"one side, and {FEWEST_TO_HANG_ON[estimand]} are needed."
                )
            if fitted.unit_name != "sequences":
                said.append(
                    f"Sequences are unknown or there is one only: the interval rests on resampling {fitted.unit_name}."
                )
        yield _result(
            estimand, population, sample.clock, Method.ADJUSTED, found, confidence,
            (sample.n_ai, sample.n_traditional, 0), sample.shots, tuple(said),
        )  # fmt: skip


def _lone_share(
    every: ClockSample, ground: CommonGround, fitted: Adjusted, estimand: Estimand, population: Population
) -> float:
    """Share of the shots, or of what they took, that has hardly a counterpart; AI shots need traditional ones only."""
    limits = (0.0, CHANCE_LIMITS[1]) if population is Population.AI else CHANCE_LIMITS
    weight = np.ones(len(every.took)) if estimand is Estimand.GEOMETRIC_MEAN_RATIO else every.took
    weight = weight * every.by_ai if population is Population.AI else weight
    return float(weight[ground.without_counterpart(estimand, fitted.chance_of_ai, limits)].sum() / weight.sum())


def _result(
    estimand: Estimand,
    population: Population,
    clock: Clock,
    method: Method,
    found: LogRatio | None,
    confidence: float,
    counts: tuple[int, int, int],
    shots: "DataFrame",
    warnings: tuple[str, ...],
) -> RatioResult:
    from scipy.stats import t

    ratio = low = high = None
    if found is not None:
        half = float(t.ppf((1 + confidence) / 2, found.degrees_of_freedom)) * found.standard_error
        ratio, low, high = float(np.exp(found.estimate)), float(np.exp(found.estimate - half)), float("inf")
        if half < UNBOUNDED:
            high = float(np.exp(found.estimate + half))
        else:
            warnings = (*warnings, "The interval has no upper end: so few shots say as good as nothing.")
    return RatioResult(
        estimand, population, clock, method, ratio, low, high, confidence,
        found.standard_error if found else None, found.degrees_of_freedom if found else None,
        *counts, int(shots["production_id"].nunique()) if len(shots) else 0,
        origin_shares(shots) if len(shots) else {}, warnings,
    )  # fmt: skip


def _evidence(pairs: Pairs) -> PairEvidence | None:
    if pairs.count < 2:
        return None
    logs = np.log(pairs.ai / pairs.traditional)
    spread = float(logs.std(ddof=1))
    return PairEvidence(
        pairs.count,
        int(pairs.shots["made_both_ways"].astype(bool).sum()),
        int((logs < 0).sum()),
        float(np.exp(np.median(logs))),
        sign_test(pairs),
        rosenbaum_gamma(logs),
        spread,
        pairs_needed(spread) if pairs.count > 2 else None,
    )


def _strength(told: RatioResult, sample: ClockSample) -> Strength | None:
    if told.ratio is None or told.low is None or told.high is None or told.log_standard_error is None:
        return None
    spread = float(np.log(sample.took).std())
    if spread < 1e-9:
        return None  # all shots took the same: nothing could be told apart by anything
    crosses = told.low <= 1 <= told.high
    nearer = told.high if told.ratio < 1 else told.low
    return Strength(
        e_value(told.ratio, spread),
        1.0 if crosses else e_value(nearer, spread),
        times_the_shots_needed(told.log_standard_error),
    )
