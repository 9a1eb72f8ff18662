"""Leaves out shots that were turned over too lately to be final by now, finished or not.

Of lately begun shots only the quick ones are final, so that keeping those alone flatters the workflow they are in.
Shots begun early enough are final nearly all, easy or not; when a shot was turned over says little of what it takes.
"""

from typing import TYPE_CHECKING

import numpy as np

from analytics.comparison.slate.clock_sample import ClockSample

if TYPE_CHECKING:
    from numpy.typing import NDArray

FINISHED_BY_THEN = 0.9
"""Share of all shots that are final after so many days as the youngest shots that are compared have had."""
MOST_LEFT_OUT = 0.5
"""Of the shots: a slate that is younger than that is compared as it is."""


def old_enough(sample: ClockSample) -> tuple[ClockSample, str | None]:
    """The shots that have had time to become final, and a remark where some were left out.

    A production without open shots keeps all of its shots.
    """
    import pandas as pd

    shots = sample.shots
    if not sample.unfinished.any():
        return sample, None
    turned_over = pd.to_datetime(shots["turnover_on"]).fillna(pd.to_datetime(shots["arm_started_on"]))
    final_on, last_fact = pd.to_datetime(shots["final_on"]), pd.to_datetime(shots["last_fact_on"])
    seen_until = last_fact.groupby(shots["production_id"]).transform("max")
    seen_days = (seen_until - turned_over).dt.days.to_numpy(dtype=np.float64)
    took_days = (final_on - turned_over).dt.days.to_numpy(dtype=np.float64)
    needed = _days_until_final(np.where(sample.unfinished, seen_days, took_days), sample.unfinished)
    running = pd.Series(sample.unfinished).groupby(shots["production_id"]).transform("any").to_numpy()
    young = running & (seen_days < needed)
    if not young.any() or young.mean() > MOST_LEFT_OUT or len(np.unique(sample.by_ai[~young])) < 2:
        return sample, None
    remark = (
        f"Shots turned over in the last {needed:.0f} days of their production's facts are too young to be compared: it "
        f"takes that long until {100 * FINISHED_BY_THEN:.0f} % of all shots are final."
    )
    return sample.only(~young, "turned over too lately to be final by now"), remark


def _days_until_final(days: "NDArray[np.float64]", unfinished: "NDArray[np.bool_]") -> float:
    """By Kaplan and Meier; the longest that was seen, where fewer get there."""
    from statsmodels.duration.survfunc import SurvfuncRight

    known = np.isfinite(days) & (days > 0)
    if not (known & ~unfinished).any():
        return 0.0
    curve = SurvfuncRight(days[known], (~unfinished[known]).astype(int))
    reached = np.asarray(curve.surv_prob) <= 1 - FINISHED_BY_THEN + 1e-9
    times = np.asarray(curve.surv_times)
    return float(times[reached][0] if reached.any() else times[-1])
