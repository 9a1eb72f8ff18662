"""Predictions that an adjusted comparison needs, each made for shots that the fitting has not seen (cross-fitting)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

FOLDS = 10
EASE_OF_MAIN_EFFECTS = 10.0
"""A feature's own effect is held back a hundred times less than what it changes in the effect of AI."""
_PENALTIES = np.logspace(-1, 5, 13)


@dataclass(frozen=True)
class Predictions:
    """For each shot, from shots of other folds. Arrays of shape (shots,).

    Attributes
    ----------
    by_traditional, by_ai
        Logarithm of what the shot takes in either arm.
    swell_of_traditional, swell_of_ai
        Mean of what residuals do to a mean once logarithms are undone (N. Duan, "Smearing estimate", JASA 78, 1983).
    chance_of_ai
        Probability that a shot with these features is given to AI.
    """

    by_traditional: "NDArray[np.float64]"
    by_ai: "NDArray[np.float64]"
    swell_of_traditional: "NDArray[np.float64]"
    swell_of_ai: "NDArray[np.float64]"
    chance_of_ai: "NDArray[np.float64]"


def cross_fitted(
    log_took: "NDArray[np.float64]",
    by_ai: "NDArray[np.bool_]",
    features: "NDArray[np.float64]",
    folds: "NDArray[np.int64]",
) -> Predictions:
    """Fit on all folds but one, predict that one, for each fold."""
    count = len(log_took)
    empty = {name: np.empty(count) for name in Predictions.__dataclass_fields__}
    # Between raw and standardised columns: a rare word is held back more than a common one, but not out of sight.
    centred = (features - features.mean(axis=0)) / np.sqrt(np.maximum(features.std(axis=0), 1e-3))
    for fold in np.unique(folds):
        inside, outside = folds == fold, folds != fold
        if len(np.unique(by_ai[outside])) < 2:
            outside = np.ones(count, dtype=bool)  # so few shots of one arm that a fold holds them all
        took = fitted_effects(log_took[outside], by_ai[outside], centred[outside])
        residuals = log_took[outside] - took(centred[outside], by_ai[outside])
        empty["by_traditional"][inside] = took(centred[inside], np.zeros(inside.sum(), dtype=bool))
        empty["by_ai"][inside] = took(centred[inside], np.ones(inside.sum(), dtype=bool))
        empty["swell_of_traditional"][inside] = np.exp(residuals[~by_ai[outside]]).mean()
        empty["swell_of_ai"][inside] = np.exp(residuals[by_ai[outside]]).mean()
        empty["chance_of_ai"][inside] = fitted_chance(by_ai[outside], centred[outside])(centred[inside])
    return Predictions(**empty)


def fitted_effects(
    log_took: "NDArray[np.float64]", by_ai: "NDArray[np.bool_]", features: "NDArray[np.float64]"
) -> "Callable[[NDArray[np.float64], NDArray[np.bool_]], NDArray[np.float64]]":
    """Linear prediction of logarithms in which the effect of AI may differ by every feature, as far as that predicts.

    Returns
    -------
    callable
        From features and arm to predicted logarithms, shape (shots,).
    """
    from sklearn.linear_model import RidgeCV

    share_of_ai = float(by_ai.mean())

    def columns(features: "NDArray[np.float64]", by_ai: "NDArray[np.bool_]") -> "NDArray[np.float64]":
        arm = (by_ai - share_of_ai)[:, None]
        return np.hstack([EASE_OF_MAIN_EFFECTS * features, 10 * EASE_OF_MAIN_EFFECTS * arm, arm * features])

    model = RidgeCV(alphas=_PENALTIES).fit(columns(features, by_ai), log_took)
    return lambda features, by_ai: model.predict(columns(features, by_ai))


def fitted_chance(
    by_ai: "NDArray[np.bool_]", features: "NDArray[np.float64]"
) -> "Callable[[NDArray[np.float64]], NDArray[np.float64]]":
    """Logistic prediction of being given to AI: from features to probabilities, shape (shots,)."""
    from sklearn.linear_model import LogisticRegression

    if not features.shape[1]:
        return lambda features: np.full(len(features), by_ai.mean())
    model = LogisticRegression(C=1.0, max_iter=500).fit(features, by_ai)
    return lambda features: model.predict_proba(features)[:, 1]


def folds_of(
    clusters: "NDArray[np.int64]", strata: "NDArray[np.int64]", rng: np.random.Generator
) -> "NDArray[np.int64]":
    """Deal whole clusters out to folds, so that each stratum is spread over all of them; shape (shots,)."""
    names, first = np.unique(clusters, return_index=True)
    order = np.lexsort((rng.random(len(names)), strata[first]))
    fold_of = np.empty(len(names), dtype=np.int64)
    fold_of[order] = np.arange(len(names)) % FOLDS
    dealt: NDArray[np.int64] = fold_of[np.searchsorted(names, clusters)]
    return dealt
