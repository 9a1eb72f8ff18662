"""From the estimated final cost of the last report to this one's, cause by cause."""

from dataclasses import dataclass
from decimal import Decimal

from analytics.bidding.running.running_report import MoveSum, UnitReport


@dataclass(frozen=True)
class BridgeStep:
    """One cause, between what stood before it and after it.

    Attributes
    ----------
    begins, ends
        The estimate without and with this cause and all before it.
    """

    move: MoveSum
    begins: Decimal
    ends: Decimal


def bridge(unit: UnitReport) -> tuple[BridgeStep, ...]:
    """The causes in their order, each beginning where the one before ends; empty without a report before."""
    if unit.efc_before is None:
        return ()
    steps, at = [], unit.efc_before
    for move in unit.moves:
        steps.append(BridgeStep(move, at, at + move.change))
        at += move.change
    return tuple(steps)
