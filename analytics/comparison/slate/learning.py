"""The learning curve of AI work: early shots are not the steady state."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas import DataFrame

FEWEST_SHOTS = 20
"""AI shots; with fewer a curve is a guess."""


@dataclass(frozen=True)
class LearningCurve:
    """How the ratio to traditional work moves with every doubling of the AI shots made so far.

    Attributes
    ----------
    learning_rate, low, high
        Share saved at each doubling: 0.15 is an 85 % curve. Negative: later shots took more.
    first_ratio, latest_ratio
        The curve at the tenth AI shot and at the last one.
    shown
        Whether the interval leaves out zero.
    """

    n_ai: int
    learning_rate: float
    low: float
    high: float
    first_ratio: float
    latest_ratio: float

    @property
    def shown(self) -> bool:
        """Whether the interval leaves out that nothing was learnt."""
        return self.low > 0 or self.high < 0

    def ratio_at(self, made_so_far: float) -> float:
        """The curve at an AI shot by its number."""
        return float(self.first_ratio * (made_so_far / min(10, self.n_ai)) ** np.log2(1 - self.learning_rate))


def learning_curve(
    shots: "DataFrame",
    by_ai: "NDArray[np.bool_]",
    beyond_traditional: "NDArray[np.float64]",
    units: "NDArray[np.int64]",
    confidence: float,
) -> LearningCurve | None:
    """Fit Wright's law, in which each doubling of the count takes the same share off, over the AI shots of the slate.

    Parameters
    ----------
    beyond_traditional
        Logarithm of what each shot took over what it was predicted to take traditionally; shape (shots,).

    Returns
    -------
    LearningCurve or None
        ``None`` where too few AI shots say when they were begun.

    Notes
    -----
    T. Wright, "Factors affecting the cost of airplanes", Journal of the Aeronautical Sciences 3, 1936; standard errors
    are robust against what shots of a sequence share.
    """
    import pandas as pd
    import statsmodels.api as sm

    begun = pd.to_datetime(shots["arm_started_on"]).fillna(pd.to_datetime(shots["turnover_on"]))
    used = by_ai & begun.notna().to_numpy()
    count = int(used.sum())
    if count < FEWEST_SHOTS or begun[used].nunique() < 3 or len(np.unique(units[used])) < 3:
        return None
    made_so_far = np.log(begun[used].rank(method="average").to_numpy(dtype=np.float64))
    fitted = sm.OLS(beyond_traditional[used], sm.add_constant(made_so_far)).fit(
        cov_type="cluster", cov_kwds={"groups": units[used], "use_correction": True}, use_t=True
    )
    (_, slope), (_, (low, high)) = fitted.params, fitted.conf_int(1 - confidence)
    start = fitted.params[0]
    return LearningCurve(
        count,
        float(1 - 2**slope),
        float(1 - 2**high),
        float(1 - 2**low),
        float(np.exp(start + slope * np.log(min(10, count)))),
        float(np.exp(start + slope * np.log(count))),
    )
