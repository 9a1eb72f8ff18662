"""Gives shots to workflows as studios do: the easy ones to AI, whole sequences at a time, or by lot where asked."""

import numpy as np

from analytics.demo_catalog.parameters import SlateParameters
from analytics.demo_catalog.shots import Numbers, Shots, Truths, by_complexity, by_kind
from analytics.demo_catalog.traits import COMPLEXITIES, COMPLEXITY_APPEAL, KIND_APPEAL, KINDS, LENGTH_APPEAL
from analytics.vocabulary.shot import Complexity, ShotKind


def assign(parameters: SlateParameters, shots: Shots, rng: np.random.Generator) -> Truths:
    """Which shots are given to AI."""
    appeal = (
        by_kind(KIND_APPEAL)[shots.kind]
        + by_complexity(COMPLEXITY_APPEAL)[shots.complexity]
        + LENGTH_APPEAL * shots.log_length
    )
    sequences = int(shots.sequence.max(initial=0)) + 1
    log_odds = (
        parameters.selection * appeal
        - parameters.selection_on_hidden * shots.hidden
        + rng.normal(0, 1, sequences)[shots.sequence] * parameters.selection_by_sequence_sd
        + rng.normal(0, 1, parameters.production_count)[shots.production] * parameters.production_ai_share_sd
    )
    barred = np.zeros(len(shots), bool)
    certain = np.zeros(len(shots), bool)
    if parameters.overlap_broken:
        barred = (shots.complexity == COMPLEXITIES.index(Complexity.HERO)) | (
            shots.kind == KINDS.index(ShotKind.CREATURE)
        )
        certain = (shots.complexity == COMPLEXITIES.index(Complexity.EASY)) & (
            shots.kind == KINDS.index(ShotKind.CLEANUP)
        )
    without = rng.permutation(parameters.production_count)[: parameters.one_armed_production_count]
    barred |= np.isin(shots.production, without)
    certain &= ~barred
    free = ~(barred | certain)
    drawn = rng.random(len(shots)) < _odds_of(log_odds, free, parameters.ai_share * len(shots) - certain.sum())
    return np.asarray((drawn & free) | certain)


def _odds_of(log_odds: Numbers, free: Truths, wanted_count: float) -> Numbers:
    """Probabilities whose sum over the free shots is as wanted, found by halving."""
    low, high = -30.0, 30.0
    for _ in range(40):
        middle = (low + high) / 2
        if (1 / (1 + np.exp(-(log_odds[free] + middle)))).sum() < wanted_count:
            low = middle
        else:
            high = middle
    return np.asarray(1 / (1 + np.exp(-np.clip(log_odds + low, -500, 500))))
