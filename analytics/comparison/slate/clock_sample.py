"""The shots that one clock can compare: what each took, which of them are unfinished, and what had to be left out."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analytics.comparison.figures import Clock
from analytics.comparison.slate.results import Per

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas import DataFrame, Series

CLOCK_COLUMNS: Mapping[Clock, str] = {
    Clock.MACHINE: "machine_seconds",
    Clock.PEOPLE: "people_hours",
    Clock.CALENDAR: "calendar_days",
    Clock.COST_GROSS: "cost_gross",
    Clock.COST_NET: "cost_net",
}


@dataclass(frozen=True)
class ClockSample:
    """Shots of one arm each, with what they took by one clock. Arrays have one element a shot, in the same order.

    Attributes
    ----------
    shots
        The rows of the slate, by position.
    took
        What each shot took by the clock, above zero; of an unfinished shot, what it took so far.
    unfinished
        Whether a shot is still open, so that ``took`` is less than it will take.
    by_ai
        Whether AI is the arm the shot counts in.
    left_out
        How many shots could not be used, by the reason in words.
    """

    clock: Clock
    shots: "DataFrame"
    took: "NDArray[np.float64]"
    unfinished: "NDArray[np.bool_]"
    by_ai: "NDArray[np.bool_]"
    left_out: Mapping[str, int]

    @property
    def n_ai(self) -> int:
        """Shots on the AI side."""
        return int(self.by_ai.sum())

    @property
    def n_traditional(self) -> int:
        """Shots on the traditional side."""
        return int((~self.by_ai).sum())

    @property
    def n_productions(self) -> int:
        """Productions that the shots belong to."""
        return int(self.shots["production_id"].nunique())

    def only(self, kept: "NDArray[np.bool_]", why: str) -> "ClockSample":
        """The same sample without some of its shots, which are counted under the reason given."""
        if kept.all():
            return self
        left_out = Counter(self.left_out) + Counter({why: int((~kept).sum())})
        return ClockSample(
            self.clock,
            self.shots.loc[kept].reset_index(drop=True),
            self.took[kept],
            self.unfinished[kept],
            self.by_ai[kept],
            dict(left_out),
        )


def clock_sample(shots: "DataFrame", clock: Clock, per: Per = Per.SHOT) -> ClockSample:
    """The shots of a slate that one clock can compare, each in the arm it was first given to.

    Enabled shots have no comparator, omitted ones were never made, a shot made by both workflows is a pair in itself:
    none of them is in the sample.

    Parameters
    ----------
    shots
        As ``questions/slate_shots.sql`` answers, with the columns ``cost_gross`` and ``cost_net`` beside it.
    """
    left_out: Counter[str] = Counter()
    arm = shots["arm"].fillna("none")
    reasons: dict[str, Series[bool]] = {
        "enabled by AI: they have no comparator": shots["enabled"].astype(bool),
        "omitted: sunk cost": shots["status"] == "omitted",
        "made both ways: a pair each": shots["made_both_ways"].astype(bool),
        "in no workflow yet": arm == "none",
        "hybrid: neither AI nor traditional": arm == "hybrid",
    }
    still = np.full(len(shots), True)
    for why, dropped in reasons.items():
        left_out[why] = int((still & dropped.to_numpy(dtype=bool)).sum())
        still &= ~dropped.to_numpy(dtype=bool)
    kept = shots.loc[still]
    unfinished = (kept["status"] == "open").to_numpy(dtype=bool)
    took = taken(kept, clock, per).to_numpy(dtype=np.float64)
    known = np.isfinite(took) & (took > 0)
    left_out[f"final, but without {what_is_known(clock)}"] += int((~known & ~unfinished).sum())
    left_out[f"open, and without {what_is_known(clock)} so far"] += int((~known & unfinished).sum())
    kept = kept.loc[known].reset_index(drop=True)
    return ClockSample(
        clock,
        kept,
        took[known],
        unfinished[known],
        (kept["arm"] == "ai").to_numpy(dtype=bool),
        {why: count for why, count in left_out.items() if count},
    )


def taken(shots: "DataFrame", clock: Clock, per: Per, arm: str = "") -> "Series[float]":
    """What each shot took by a clock, so far where it is open; NaN where that is not known.

    Parameters
    ----------
    arm
        ``_ai`` or ``_traditional`` for what was done by that workflow alone.
    """
    column = CLOCK_COLUMNS[clock] + arm
    took = shots[column].astype("float64") if column in shots else shots["shot_id"].map(lambda _: np.nan)
    if clock is Clock.CALENDAR and not arm:
        took = took.fillna(shots["open_days"].astype("float64"))
    return took / shots["cut_seconds"].astype("float64") if per is Per.CUT_SECOND else took


def what_is_known(clock: Clock) -> str:
    """What a shot must have to be compared by a clock."""
    return {
        Clock.MACHINE: "a render's seconds",
        Clock.PEOPLE: "people's hours",
        Clock.CALENDAR: "turnover and final dates",
        Clock.COST_GROSS: "a cost whose every part is priced",
        Clock.COST_NET: "a cost net of incentives, which have to be named",
    }[clock]
