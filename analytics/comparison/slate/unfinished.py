"""What unfinished shots may yet take: regression on right-censored logarithms, and draws from what it leaves open.

Leaving partial hours in makes a workflow look cheap, dropping the shots keeps the quick ones: both mislead.
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ROUNDS = 50
_SETTLED = 1e-5
_SMALL_PENALTY = 1e-3
"""On each coefficient, so that a level that only unfinished shots have cannot run away."""


def completed_logs(
    log_took: "NDArray[np.float64]",
    unfinished: "NDArray[np.bool_]",
    design: "NDArray[np.float64]",
    rng: np.random.Generator,
    draws: int,
) -> "NDArray[np.float64]":
    """Draws of what each shot takes in the end, given that an unfinished one takes more than it has so far.

    Parameters
    ----------
    log_took
        Shape (shots,): natural logarithms; so far, where ``unfinished``.
    design
        Shape (shots, features), without a constant.

    Returns
    -------
    ndarray
        Shape (draws, shots); the rows differ in unfinished shots only.

    Notes
    -----
    Normal errors around a linear prediction, fitted by expectation and maximisation (M. Aitkin, "A note on the
    regression analysis of censored data", Technometrics 23, 1981). That a shot is still open is taken to depend on when
    it was begun, not on what it will take beyond what its features tell.
    """
    from scipy.stats import truncnorm

    if not unfinished.any():
        return np.broadcast_to(log_took, (draws, len(log_took)))
    predicted, spread = censored_prediction(log_took, unfinished, design)
    still = unfinished.nonzero()[0]
    low = (log_took[still] - predicted[still]) / spread
    drawn = truncnorm.rvs(low, np.inf, size=(draws, len(still)), random_state=rng)
    completed = np.tile(log_took, (draws, 1))
    completed[:, still] = predicted[still] + spread * drawn
    return completed


def censored_prediction(
    log_took: "NDArray[np.float64]", unfinished: "NDArray[np.bool_]", design: "NDArray[np.float64]"
) -> "tuple[NDArray[np.float64], float]":
    """Predicted logarithm of each shot, shape (shots,), and the standard deviation of the errors."""
    from scipy.stats import norm

    columns = np.column_stack([np.ones(len(design)), design])
    penalty = _SMALL_PENALTY * np.eye(columns.shape[1])
    penalty[0, 0] = 0.0
    solve = np.linalg.pinv(columns.T @ columns + penalty) @ columns.T
    degrees = max(len(log_took) - columns.shape[1], 1)
    expected, left_open = log_took.copy(), np.zeros(len(log_took))
    spread = float(log_took.std()) or 1.0
    for _ in range(_ROUNDS):
        predicted = columns @ (solve @ expected)
        before = spread
        spread = float(np.sqrt((((expected - predicted) ** 2).sum() + left_open.sum()) / degrees)) or 1e-6
        low = (log_took[unfinished] - predicted[unfinished]) / spread
        # The inverse Mills ratio, by logarithms: far out in the tail both parts are zero to a float.
        mills = np.exp(norm.logpdf(low) - norm.logsf(low))
        expected[unfinished] = predicted[unfinished] + spread * mills
        left_open[unfinished] = spread**2 * np.clip(1 + low * mills - mills**2, 0, 1)
        if abs(spread - before) < _SETTLED * spread:
            break
    return predicted, spread
