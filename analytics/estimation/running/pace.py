"""How long shots take and how their hours come in: what a shot's age says of how far along it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from pandas import DataFrame

    Draws = np.ndarray[Any, np.dtype[np.float64]]
    Row = np.ndarray[Any, np.dtype[np.float64]]

ENOUGH_SHOTS = 30
"""Finished shots with dates and hours below which age is not read at all."""
_STEADY_SPREAD = 0.6
"""Standard deviation of the logarithm of a share where too few shots tell it; assumed."""
_LEAST_SPREAD = 0.08
_ENOUGH_SHARES = 10
_HARDLY = 1e-3
"""Chance that nothing is left out for: a shot may last longer than any before."""


@dataclass(frozen=True)
class BookingCurve:
    """How the hours of shots of a length come in.

    Attributes
    ----------
    log_days
        Natural logarithm of their days.
    log_shares, share_spreads
        Natural logarithm of the share of its hours a shot has booked after 1 to 9 tenths of its days, and its spread.
    """

    log_days: float
    log_shares: tuple[float, ...]
    share_spreads: tuple[float, ...]

    def at(self, part: "Draws") -> "tuple[Draws, Draws]":
        """Logarithm of the share, and its spread, after a part of the days."""
        import numpy as np

        tenths = np.arange(1, 11) / 10
        share = np.interp(part, tenths, [*self.log_shares, 0.0])
        share = np.where(part < 0.1, self.log_shares[0] + np.log(np.maximum(part, 1e-3) / 0.1), share)
        return share, np.interp(part, tenths, [*self.share_spreads, _LEAST_SPREAD])


@dataclass(frozen=True)
class Pace:
    """Learned from finished shots.

    Attributes
    ----------
    level, slope
        ``ln(calendar days) = level + slope x ln(people-hours)`` of a usual production.
    production_spread, shot_spread
        How far productions, and shots within one, go from it: standard deviations of the logarithm.
    own_level, own_spread
        How far this production goes from it, and how well that is known.
    curves
        How hours come in on shots of several lengths, the shortest first.
    """

    level: float
    slope: float
    production_spread: float
    shot_spread: float
    own_level: float
    own_spread: float
    curves: "tuple[BookingCurve, ...]"
    n_shots: int

    def log_chance_open(self, log_hours: "Row", age: float) -> "Row":
        """Natural logarithm of the chance that a shot of so many hours is still open at an age in days.

        At any moment long shots are in work more often than short ones: being open counts by itself.
        """
        import numpy as np

        return np.asarray(np.log(self._is_open(log_hours, age).mean(axis=1) + _HARDLY))

    def log_chance_booked(self, log_hours: "Row", age: float, log_booked: float) -> "Row":
        """How well totals go with what is booked on a shot that is open at an age: ``ln P(booked | open, total)``.

        The days that a total may last are integrated out, those shorter than the age being impossible.

        Parameters
        ----------
        log_hours
            Natural logarithms of the totals.
        age
            Days since turnover.
        log_booked
            Natural logarithm of the hours booked.
        """
        import numpy as np

        is_open, log_days = self._is_open(log_hours, age), self._log_days(log_hours)
        share, spread = self._shares(np.exp(np.minimum(np.log(age) - log_days, 0.0)), log_days)
        off = (log_booked - log_hours[:, None] - share) / spread
        density = (is_open * np.exp(-0.5 * off**2) / spread).mean(axis=1)
        # Where such a total would hardly last so long, it is about to be finished: all of it is booked.
        last = (log_booked - log_hours) / _LEAST_SPREAD
        about_done = _HARDLY * np.exp(-0.5 * last**2) / _LEAST_SPREAD
        return np.asarray(np.log((density + about_done + 1e-300) / (is_open.mean(axis=1) + _HARDLY)))

    def _shares(self, part: "Draws", log_days: "Draws") -> "tuple[Draws, Draws]":
        """Logarithm of the share that is booked after a part of the days, and its spread, by length."""
        import numpy as np

        share, spread = self.curves[0].at(part)
        for shorter, longer in pairwise(self.curves):
            toward = np.clip((log_days - shorter.log_days) / max(longer.log_days - shorter.log_days, 1e-6), 0, 1)
            next_share, next_spread = longer.at(part)
            share, spread = share + toward * (next_share - share), spread + toward * (next_spread - spread)
        return share, spread

    def _log_days(self, log_hours: "Row") -> "Draws":
        import numpy as np

        wide = (self.shot_spread**2 + self.own_spread**2) ** 0.5
        middle = self.level + self.own_level + self.slope * log_hours
        return np.asarray(middle[:, None] + wide * _normal_points()[None, :])

    def _is_open(self, log_hours: "Row", age: float) -> "Draws":
        import numpy as np

        return np.asarray(self._log_days(log_hours) > np.log(age), dtype=np.float64)


def _normal_points(count: int = 61) -> "Row":
    """The middles of so many equal parts of a standard normal."""
    import numpy as np
    from scipy.special import ndtri

    return np.asarray(ndtri((np.arange(count) + 0.5) / count))


def learn_pace(
    past: "DataFrame",
    shares: Sequence[Mapping[str, Any]],
    production_id: str,
    open_log_hours: "Row",
    open_ages: "Row",
) -> Pace:
    """Learn from a history that has enough; see `has_pace`.

    Parameters
    ----------
    past
        Columns of ``slate_shots``.
    shares
        Rows of the question ``shares_of_life``.
    open_log_hours, open_ages
        Of this production's open shots: what they are expected to take, and their ages in days.
    """
    import numpy as np

    done = _done(past)
    days, hours = (np.log(done[name].to_numpy(float)) for name in ("calendar_days", "people_hours"))
    names = done["production_id"].to_numpy()
    apart_days, apart_hours = _less_group_means(days, names), _less_group_means(hours, names)
    slope = min(max(float(apart_days @ apart_hours) / max(float(apart_hours @ apart_hours), 1e-9), 0.0), 1.0)
    rest = days - slope * hours
    shot_spread = max(float(np.sqrt(np.mean(_less_group_means(rest, names) ** 2))), 0.1)
    everyone = sorted({str(name) for name in names})
    others = [name for name in everyone if name != production_id] or everyone
    means = np.array([rest[names == name].mean() for name in others])
    counts = np.array([(names == name).sum() for name in others])
    level = float((means * counts).sum() / counts.sum())
    between = float(np.mean((means - level) ** 2 - shot_spread**2 / counts)) if len(means) > 2 else 0.04
    production_spread = max(between, 0.01) ** 0.5
    own = rest[names == production_id] - level
    waiting = np.log(open_ages) - level - slope * open_log_hours
    own_level, own_spread = _own(own, waiting, production_spread, shot_spread)
    return Pace(level, slope, production_spread, shot_spread, own_level, own_spread, booking_curves(shares), len(done))


def has_pace(past: "DataFrame") -> bool:
    """Whether enough shots are final with dates and hours for ages to say anything."""
    return len(_done(past)) >= ENOUGH_SHOTS


def _done(past: "DataFrame") -> "DataFrame":
    return past[(past["status"] == "final") & (past["calendar_days"] > 0) & (past["people_hours"] > 0)]


def _own(done: "Row", waiting: "Row", production_spread: float, shot_spread: float) -> tuple[float, float]:
    """How this production goes, from its finished shots and from those that are open longer than so much.

    Finished ones alone would be the quick ones. The mean of a normal distribution with some values known only to lie
    above a bound, by expectation and maximisation (Tobit), with what productions do as the belief beforehand.
    """
    import numpy as np
    from scipy.stats import norm

    middle, count = 0.0, len(done) + len(waiting)
    steady = (shot_spread / production_spread) ** 2
    for _ in range(30):
        z = (waiting - middle) / shot_spread
        expected = middle + shot_spread * np.exp(norm.logpdf(z) - norm.logsf(z))
        middle = float((done.sum() + expected.sum()) / (count + steady))
    # Those that are open tell less than those that are done: a third of the information, about.
    known = len(done) + len(waiting) / 3 + steady
    return middle, shot_spread / known**0.5


def booking_curves(rows: Sequence[Mapping[str, Any]]) -> tuple[BookingCurve, ...]:
    """Curves from rows of the question ``shares_of_life``; where few shots tell a tenth, hours come in evenly."""
    import math

    thirds = sorted({int(row["third"]) for row in rows})
    if not thirds:
        return (_curve([], 0.0),)
    told = [[row for row in rows if row["third"] == third] for third in thirds]
    return tuple(_curve(own, math.log(max(own[0]["days"], 1.0))) for own in told)


def _curve(rows: Sequence[Mapping[str, Any]], log_days: float) -> BookingCurve:
    import math

    told = {int(row["tenth"]): row for row in rows if row["shot_count"] >= _ENOUGH_SHARES}
    middles, spreads = [], []
    for tenth in range(1, 10):
        row = told.get(tenth)
        middles.append(math.log(tenth / 10) if row is None else min(0.0, row["log_share"]))
        spreads.append(
            _STEADY_SPREAD * (1 - tenth / 10) if row is None else max(row["log_share_spread"] or 0.0, _LEAST_SPREAD)
        )
    return BookingCurve(log_days, tuple(middles), tuple(spreads))


def _less_group_means(values: "Row", names: Any) -> "Row":
    import numpy as np

    _, places = np.unique(names, return_inverse=True)
    means = np.bincount(places, values) / np.bincount(places)
    return np.asarray(values - means[places])
