"""What stands beside every ratio: how often work was sent back, what was sunk, and what AI made possible."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analytics.comparison.slate.resampling import sequences_of, standard_error

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas import DataFrame

MARGIN_RETAKES = 0.25
"""Retakes a shot: with fewer more than that, AI work counts as sent back no more often."""


@dataclass(frozen=True)
class ArmFigures:
    """The shots of one arm.

    Attributes
    ----------
    fell_back_count
        Begun by this workflow and finished by another one; they stay in this arm with all they took.
    reviewed_count
        Shots with a decision on record.
    retakes_per_shot
        Among the reviewed ones; ``None`` where there are none.
    approved_share
        Share (0 to 1) of the reviewed final shots that were approved; ``None`` where there are none.
    sunk_people_hours
        Of omitted shots.
    fell_back_people_hours
        Of those that fell back, by whichever workflow.
    sunk_cost
        Of omitted shots, gross; ``None`` where costs were not asked for.
    """

    arm: str
    shot_count: int
    final_count: int
    open_count: int
    omitted_count: int
    fell_back_count: int
    reviewed_count: int
    retakes_per_shot: float | None
    approved_share: float | None
    sunk_people_hours: float
    fell_back_people_hours: float
    sunk_cost: float | None = None


@dataclass(frozen=True)
class Parity:
    """Whether AI work is sent back more often: retakes a shot, AI minus traditional, adjusted by nothing.

    ``low`` and ``high`` hold the difference at the confidence of the comparison. ``None`` where too few were reviewed.
    """

    difference: float | None
    low: float | None
    high: float | None

    @property
    def words(self) -> str:
        """One sentence."""
        if self.difference is None or self.low is None or self.high is None:
            return "Quality was not compared: too few reviews are on record on one of the sides."
        size, ends = abs(self.difference), sorted((abs(self.low), abs(self.high)))
        interval = f"(likely {ends[0]:.1f} to {ends[1]:.1f})"
        if self.high < 0:
            return f"AI shots were sent back less often: {size:.1f} fewer retakes a shot {interval}."
        if self.low > 0:
            return f"AI shots were sent back more often: {size:.1f} more retakes a shot {interval}."
        between = f"between {-self.low:.1f} fewer and {self.high:.1f} more retakes a shot"
        if self.high < MARGIN_RETAKES:
            return f"AI shots were sent back about as often as the others: {between}."
        return f"Whether AI shots are sent back more often is open: {between}."


@dataclass(frozen=True)
class EnabledShots:
    """Shots that would not have been made without AI: they have no comparator, and no saving is claimed for them.

    Attributes
    ----------
    cost
        Gross; ``None`` where costs were not asked for.
    """

    shot_count: int
    people_hours: float
    cut_seconds: float
    cost: float | None = None


def arm_figures(shots: "DataFrame") -> tuple[ArmFigures, ...]:
    """AI, traditional and, where there are any, hybrid shots; enabled ones are told apart by `enabled_shots`."""
    compared = shots.loc[~shots["enabled"].astype(bool)]
    arms = ["ai", "traditional", *(["hybrid"] if (compared["arm"] == "hybrid").any() else [])]
    return tuple(_figures(arm, compared.loc[compared["arm"] == arm]) for arm in arms)


def _figures(arm: str, shots: "DataFrame") -> ArmFigures:
    reviewed = shots.loc[_reviewed(shots)]
    final = reviewed.loc[reviewed["status"] == "final"]
    status = shots["status"].value_counts()
    omitted = shots.loc[shots["status"] == "omitted", "people_hours"].astype("float64")
    return ArmFigures(
        arm,
        len(shots),
        int(status.get("final", 0)),
        int(status.get("open", 0)),
        int(status.get("omitted", 0)),
        int(shots["fell_back"].astype(bool).sum()),
        len(reviewed),
        float(reviewed["retake_count"].astype("float64").mean()) if len(reviewed) else None,
        float((final["approved_count"].astype("float64") > 0).mean()) if len(final) else None,
        float(omitted.sum()),
        float(shots.loc[shots["fell_back"].astype(bool), "people_hours"].astype("float64").sum()),
        _cost(shots.loc[shots["status"] == "omitted"]),
    )


def _cost(shots: "DataFrame") -> float | None:
    return float(shots["cost_gross"].astype("float64").sum()) if "cost_gross" in shots else None


def _reviewed(shots: "DataFrame") -> "NDArray[np.bool_]":
    decisions = shots["retake_count"].astype("float64").fillna(0) + shots["approved_count"].astype("float64").fillna(0)
    return decisions.to_numpy() > 0


def parity(shots: "DataFrame", confidence: float) -> Parity:
    """Retakes a final shot on both sides, resampling sequences."""
    from scipy.stats import t

    compared = ~shots["enabled"].astype(bool) & (shots["status"] == "final") & shots["arm"].isin(["ai", "traditional"])
    used = shots.loc[compared.to_numpy() & _reviewed(shots)]
    by_ai = (used["arm"] == "ai").to_numpy(dtype=bool)
    if min(by_ai.sum(), (~by_ai).sum()) < 2:
        return Parity(None, None, None)
    retakes = used["retake_count"].astype("float64").to_numpy()
    units = sequences_of(used)
    units = units if units.max() > 0 else np.arange(len(used))  # one sequence alone says nothing of others
    ai, traditional = by_ai / by_ai.mean(), ~by_ai / (~by_ai).mean()
    above, below = float((ai * retakes).mean()), float((traditional * retakes).mean())
    error = standard_error(ai * (retakes - above) - traditional * (retakes - below), units)
    half = float(t.ppf((1 + confidence) / 2, max(len(np.unique(units)) - 1, 1))) * error
    return Parity(above - below, above - below - half, above - below + half)


def enabled_shots(shots: "DataFrame") -> EnabledShots:
    """What AI made possible."""
    enabled = shots.loc[shots["enabled"].astype(bool)]
    return EnabledShots(
        len(enabled),
        float(enabled["people_hours"].astype("float64").sum()),
        float(enabled["cut_seconds"].astype("float64").sum()),
        _cost(enabled),
    )
