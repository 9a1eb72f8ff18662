"""A made-up slate on any of its days: what its facts held then, and what each shot takes in the end."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from analytics.demo_catalog.observing import lifespans, observe
from analytics.demo_catalog.parameters import SlateParameters
from analytics.demo_catalog.shots import FIRST_DAY, Numbers
from analytics.demo_catalog.simulated import _frame, _Prices
from analytics.demo_catalog.slate import Slate, draw_slate

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class SlateByDay:
    """A slate whose days can be asked for in any order; days are counted from `FIRST_DAY`."""

    slate: Slate
    prices: _Prices

    @classmethod
    def drawn(cls, parameters: SlateParameters, seed: int) -> "SlateByDay":
        """Draw a slate with all its shots, those of its future too."""
        rng = np.random.default_rng(seed)
        slate = draw_slate(parameters, rng, with_future=True)
        return cls(slate, _Prices(parameters, slate.shots, rng))

    @property
    def last_day(self) -> int:
        """The day on which the last fact is in."""
        shots, fate = self.slate.shots, self.slate.fate
        ends = shots.turnover_day + lifespans(shots, self.slate.outcomes, fate)[0]
        return int((ends + fate.late_days).max()) + 1

    def on(self, day: int) -> "pd.DataFrame":
        """The columns of ``slate_shots`` and costs, as `simulated_slate` has them, of every shot.

        Those that were not turned over by the day are open and have no hours.
        """
        shots = self.slate.shots
        begun = shots.turnover_day < day
        early = replace(shots, turnover_day=np.minimum(shots.turnover_day, day))
        observed = observe(early, self.slate.outcomes, self.slate.fate, day)
        frame = _frame(replace(self.slate, shots=early, until=day), observed, self.prices)
        turnover = (FIRST_DAY + shots.turnover_day).astype("datetime64[s]")
        columns: dict[str, Any] = {
            "turnover_on": turnover,
            "arm_started_on": turnover,
            "first_fact_on": np.where(begun, turnover, np.datetime64("NaT", "s")),
        }
        for name in ("people_hours", "cost_gross", "cost_net", "machine_seconds"):
            columns[name] = np.where(begun, frame[name].to_numpy(float), np.nan)
        columns["status"] = np.where(begun, frame["status"].to_numpy(object), "open")
        return frame.assign(**columns)

    def in_the_end(self) -> "tuple[Numbers, Numbers]":
        """People-hours and gross cost of every shot once all is done; of an omitted one what was sunk."""
        frame = self.on(self.last_day)
        return (
            np.nan_to_num(frame["people_hours"].to_numpy(float)),
            np.nan_to_num(frame["cost_gross"].to_numpy(float)),
        )

    @staticmethod
    def date_of(day: int) -> date:
        """The calendar day."""
        first: date = FIRST_DAY.astype(object)
        return first + timedelta(days=day)
