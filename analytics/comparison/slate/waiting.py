"""How long shots of either arm are on the way, unfinished ones included."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analytics.comparison.slate.clock_sample import ClockSample

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Waiting:
    """Of one arm: shots that are not final yet after so many days.

    Attributes
    ----------
    median_days
        When half of them are final; ``None`` where fewer than half have got there.
    days, share_open
        The curve, a step at each day on which a shot became final.
    """

    n_shots: int
    n_open: int
    median_days: float | None
    days: tuple[float, ...]
    share_open: tuple[float, ...]


def waiting(sample: ClockSample) -> tuple[Waiting, Waiting]:
    """AI first, then traditional; an open shot counts for as long as it was seen (E. Kaplan, P. Meier, JASA 1958)."""
    return _waiting(sample, sample.by_ai), _waiting(sample, ~sample.by_ai)


def _waiting(sample: ClockSample, arm: "NDArray[np.bool_]") -> Waiting:
    from statsmodels.duration.survfunc import SurvfuncRight

    took, unfinished = sample.took[arm], sample.unfinished[arm]
    if not len(took) or unfinished.all():
        return Waiting(len(took), int(unfinished.sum()), None, (), ())
    curve = SurvfuncRight(took, (~unfinished).astype(int))
    reached = np.asarray(curve.surv_prob) <= 0.5 + 1e-9  # a product of fractions that is a half but for rounding
    median = float(np.asarray(curve.surv_times)[reached][0]) if reached.any() else None
    return Waiting(
        len(took),
        int(unfinished.sum()),
        median,
        tuple(float(day) for day in curve.surv_times),
        tuple(float(share) for share in curve.surv_prob),
    )
