"""Reads off curves what shots take at chosen shares of AI, beside what they take as things stand: milliseconds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from analytics.estimation.estimate import hours_range
from analytics.estimation.what_if.share_curves import STEPS, KindCurve, Measure, ShareCurves
from analytics.vocabulary.bid import Amounts, Hours
from analytics.vocabulary.errors import InputRefused

if TYPE_CHECKING:
    import numpy as np

    Draws = np.ndarray[Any, np.dtype[np.float64]]

DAYS_A_WEEK = 7


@dataclass(frozen=True)
class Outlook:
    """What shots take at some shares; of ten outcomes one lies below ``p10`` and one above ``p90``.

    Attributes
    ----------
    incentive
        Negative; ``None``, as ``net``, where no incentives are claimed.
    fallbacks
        AI shots that have to be made again traditionally; their double cost is in every figure.
    weeks
        Of work: people-hours over what is booked a week.
    done_on
        By the middle outcome, when they are worked off from the day the facts end.
    """

    ai_shots: int
    gross: Amounts
    incentive: Amounts | None
    net: Amounts | None
    people_hours: Hours
    fallbacks: Hours
    weeks: Hours
    done_on: date | None

    @property
    def cost(self) -> Amounts:
        """Net where incentives are claimed, else gross."""
        return self.net or self.gross


@dataclass(frozen=True)
class KindChange:
    """One kind of shot.

    Attributes
    ----------
    share, so_far
        Per cent by AI.
    cost, cost_so_far
        Means, which add up to the totals' means.
    change
        Of the cost, chosen less so far; outcome by outcome.
    saves_chance
        Share (0 to 1) of the outcomes in which it costs less; ``None`` where nothing was moved.
    untried
        AI shots more than so far of a complexity that hardly any AI shot of this kind had.
    """

    kind: str
    n_shots: int
    ai_shots: int
    share: int
    so_far: int
    n_past_ai: int
    cost: Decimal
    cost_so_far: Decimal
    change: Amounts
    change_in_hours: Hours
    saves_chance: float | None
    untried: int


@dataclass(frozen=True)
class WhatIf:
    """The answer for all kinds together.

    Attributes
    ----------
    change_in_gross, change_in_incentive, change_in_net, change_in_cost, change_in_hours, change_in_weeks
        Chosen less so far, outcome by outcome with the same luck; minus is less. The change in cost is net where
        incentives are claimed.
    saves_chance
        Share (0 to 1) of the outcomes in which the chosen shares cost less; ``None`` where nothing was moved.
    over_chance
        Share of the outcomes in which the chosen shares cost more than the middle outcome of so far.
    over_chance_so_far
        The same of things as they stand: a half.
    """

    currency: str
    is_net: bool
    n_shots: int
    chosen: Outlook
    so_far: Outlook
    change_in_gross: Amounts
    change_in_incentive: Amounts | None
    change_in_net: Amounts | None
    change_in_cost: Amounts
    change_in_hours: Hours
    change_in_weeks: Hours
    saves_chance: float | None
    over_chance: float
    over_chance_so_far: float
    kinds: tuple[KindChange, ...]

    @property
    def is_moved(self) -> bool:
        """Whether any share differs from so far."""
        return any(kind.share != kind.so_far for kind in self.kinds)

    @property
    def untried(self) -> int:
        """AI shots more than so far that hardly any past one was like."""
        return sum(kind.untried for kind in self.kinds)


def what_if(curves: ShareCurves, shares: Mapping[str, int], *, hours_per_week: float | None = None) -> WhatIf:
    """Read off what the shots take at the shares chosen.

    Parameters
    ----------
    shares
        Per cent by kind, 0 to 100; kinds that are not named stay as so far.
    hours_per_week
        People-hours that can be worked; ``None``: as many as in the past.

    Raises
    ------
    InputRefused
        If a kind is unknown, a share is none, or nobody works.
    """
    _refuse(curves, shares, hours_per_week)
    at = {kind.kind: int(shares.get(kind.kind, kind.so_far)) for kind in curves.kinds}
    pace = hours_per_week or curves.hours_per_week
    chosen, so_far = _summed(curves, at), _summed(curves, curves.as_so_far())
    change = {measure: chosen[measure] - so_far[measure] for measure in chosen}
    cost, moved = curves.cost, at != curves.as_so_far()
    middle = float(_median(so_far[cost]))
    return WhatIf(
        curves.currency,
        curves.is_net,
        curves.n_shots,
        _outlook(curves, chosen, at, pace),
        _outlook(curves, so_far, curves.as_so_far(), pace),
        amounts(change[Measure.GROSS]),
        amounts(change[Measure.NET] - change[Measure.GROSS]) if curves.is_net else None,
        amounts(change[Measure.NET]) if curves.is_net else None,
        amounts(change[cost]),
        hours_range(change[Measure.HOURS]),
        hours_range(change[Measure.HOURS] / pace),
        float((change[cost] < 0).mean()) if moved else None,
        float((chosen[cost] > middle).mean()),
        float((so_far[cost] > middle).mean()),
        tuple(_kind_change(kind, at[kind.kind], cost) for kind in curves.kinds),
    )


def _kind_change(kind: KindCurve, share: int, cost: Measure) -> KindChange:
    change = _at(kind, cost, share) - _at(kind, cost, kind.so_far)
    hours = _at(kind, Measure.HOURS, share) - _at(kind, Measure.HOURS, kind.so_far)
    return KindChange(
        kind.kind,
        kind.n_shots,
        int(kind.ai_shots[share]),
        share,
        kind.so_far,
        kind.n_past_ai,
        whole(float(_at(kind, cost, share).mean())),
        whole(float(_at(kind, cost, kind.so_far).mean())),
        amounts(change),
        hours_range(hours),
        float((change < 0).mean()) if share != kind.so_far else None,
        max(0, int(kind.untried[share] - kind.untried[kind.so_far])),
    )


def _outlook(
    curves: ShareCurves, summed: "Mapping[Measure, Draws]", at: Mapping[str, int], hours_per_week: float
) -> Outlook:
    weeks = hours_range(summed[Measure.HOURS] / hours_per_week)
    end = curves.facts_end_on
    return Outlook(
        sum(int(kind.ai_shots[at[kind.kind]]) for kind in curves.kinds),
        amounts(summed[Measure.GROSS]),
        amounts(summed[Measure.NET] - summed[Measure.GROSS]) if curves.is_net else None,
        amounts(summed[Measure.NET]) if curves.is_net else None,
        hours_range(summed[Measure.HOURS]),
        hours_range(summed[Measure.FALLBACKS]),
        weeks,
        None if end is None else end + timedelta(days=round(DAYS_A_WEEK * weeks.p50)),
    )


def _summed(curves: ShareCurves, at: Mapping[str, int]) -> "dict[Measure, Draws]":
    import numpy as np

    measures = curves.kinds[0].takes
    return {
        measure: np.asarray(sum(_at(kind, measure, at[kind.kind]) for kind in curves.kinds)) for measure in measures
    }


def _at(kind: KindCurve, measure: Measure, share: int) -> "Draws":
    import numpy as np

    return kind.takes[measure][:, share].astype(np.float64)


def amounts(outcomes: "Draws") -> Amounts:
    """The range of an amount of money, in whole units: the outcomes are simulated."""
    found = hours_range(outcomes)
    return Amounts(whole(found.p10), whole(found.p50), whole(found.p90), whole(found.mean))


def whole(amount: float) -> Decimal:
    """An estimated amount without the cents it does not have."""
    return Decimal(round(amount))


def _median(outcomes: "Draws") -> Any:
    import numpy as np

    return np.median(outcomes)


def _refuse(curves: ShareCurves, shares: Mapping[str, int], hours_per_week: float | None) -> None:
    known = {kind.kind for kind in curves.kinds}
    for kind, share in shares.items():
        if kind not in known:
            raise InputRefused("kind", kind, "is no kind of these shots", f"use one of: {', '.join(sorted(known))}")
        if not 0 <= share <= STEPS:
            raise InputRefused(kind, share, "is no share in per cent", "write a whole number from 0 to 100")
    if hours_per_week is not None and not hours_per_week > 0:
        raise InputRefused(
            "hours a week", hours_per_week, "is no pace of work", "write how many people-hours are booked"
        )
