"""When a shot has earned its budget: the rules that earned value and planned value are counted by.

A retake adds to what is spent and never to what is earned. A shot that was final and is sent back keeps what it earned:
its hours after that day are spent all the same.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from analytics.estimation.running.earned_value import EarnedValue


class EarningRule(StrEnum):
    """``0/100``: all on the day the shot is final. ``50/50``: half once work has begun, the rest when it is final."""

    AT_FINAL = "0/100"
    HALF_AT_START = "50/50"

    @property
    def at_start(self) -> Decimal:
        """Share of the budget that beginning a shot earns."""
        return Decimal("0.5") if self is EarningRule.HALF_AT_START else Decimal(0)

    @property
    def words(self) -> str:
        """The rule as a sentence."""
        if self is EarningRule.AT_FINAL:
            return "A shot earns its budget on the day it is final, and nothing before (0/100)."
        return "A shot earns half its budget when work on it begins and the rest when it is final (50/50)."


@dataclass(frozen=True)
class EarningShot:
    """One shot as earned value sees it.

    Attributes
    ----------
    budget
        Money, or people-hours.
    begun, final, omitted
        As of the day. An omitted shot earns nothing, and its budget is no longer part of the work.
    starts_on, due_on
        As planned; ``None`` where nobody said. Without a start half is planned for the due date too.
    """

    budget: Decimal
    begun: bool
    final: bool
    omitted: bool
    starts_on: date | None
    due_on: date | None


def earned_value(shots: "list[EarningShot]", ac: Decimal, rule: EarningRule, on: date) -> EarnedValue:
    """Earned value of some shots on a day.

    Parameters
    ----------
    ac
        All that was spent by then, on omitted shots too.
    """
    live = [shot for shot in shots if not shot.omitted]
    bac = sum((shot.budget for shot in live), Decimal(0))
    ev = sum((shot.budget * _share(rule, shot.begun, shot.final) for shot in live), Decimal(0))
    dated = [shot for shot in live if shot.due_on is not None]
    if not dated:
        return EarnedValue(bac, None, ev, ac)
    return EarnedValue(bac, planned_value(live, rule, on), ev, ac)


def planned_value(shots: "list[EarningShot]", rule: EarningRule, on: date) -> Decimal:
    """Budget that was to be earned by a day; shots without a due date are planned at the pace of the others."""
    live = [shot for shot in shots if not shot.omitted]
    dated = [shot for shot in live if shot.due_on is not None]
    whole = sum((shot.budget for shot in dated), Decimal(0))
    if not whole:
        return Decimal(0)
    planned = sum((shot.budget * _planned_share(shot, rule, on) for shot in dated), Decimal(0))
    return planned * (sum((shot.budget for shot in live), Decimal(0)) / whole)


def _planned_share(shot: EarningShot, rule: EarningRule, on: date) -> Decimal:
    due = shot.due_on is not None and shot.due_on <= on
    return _share(rule, shot.starts_on is not None and shot.starts_on <= on, due)


def _share(rule: EarningRule, begun: bool, final: bool) -> Decimal:
    return Decimal(1) if final else rule.at_start if begun else Decimal(0)
