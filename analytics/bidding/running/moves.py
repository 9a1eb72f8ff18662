"""Which shots moved the estimated final cost since the last report, and why, in words."""

from dataclasses import replace
from decimal import Decimal

from analytics.bidding.running.running_report import MovedShot, UnitReport
from analytics.bidding.running.unit_report import Side
from analytics.estimation.running.budget import to_cents
from analytics.estimation.running.standing import RunningShot, Standing

_TOLD = 200


def moved_shots(report: UnitReport, now: Side, then: Side) -> UnitReport:
    """The report with its moves, the largest first."""
    before = {shot.name: place for place, shot in enumerate(then.shots)}
    means, old_means = now.outcomes.mean(axis=0), then.outcomes.mean(axis=0)
    moved = []
    for place, shot in enumerate(now.shots):
        old = before.get(shot.name)
        expected = Decimal(0) if old is None else to_cents(old_means[old])
        change = to_cents(means[place]) - expected
        if change:
            was = None if old is None else then.shots[old]
            spent = now.amounts.actuals[place] - (Decimal(0) if old is None else then.amounts.actuals[old])
            moved.append(MovedShot(shot.name, change, _why(shot, was, expected, now.amounts.actuals[place], spent)))
    return replace(report, moved=tuple(sorted(moved, key=lambda each: (-abs(each.change), each.name))[:_TOLD]))


def _why(shot: RunningShot, was: RunningShot | None, expected: Decimal, actual: Decimal, spent: Decimal) -> str:
    if was is None:
        return "new"
    if shot.standing is not was.standing:
        match shot.standing:
            case Standing.FINAL:
                return f"final at {_figure(actual)}; {_figure(expected)} was expected"
            case Standing.OMITTED:
                return f"omitted; {_figure(actual)} is sunk, {_figure(expected)} was expected"
            case Standing.IN_WORK:
                return f"work began: {_figure(spent)} so far"
            case Standing.NOT_BEGUN:
                return "what was booked was taken back"
    if shot.listed.workflow is not was.listed.workflow and shot.listed.workflow is not None:
        return f"now made by the {shot.listed.workflow.label} workflow"
    if spent > 0:
        if shot.people_hours == was.people_hours and shot.standing is not Standing.IN_WORK:
            return "its share of what was billed to the production"
        return f"{_figure(spent)} more{' after it was final' if shot.standing is Standing.FINAL else ''}"
    return "nothing booked; what was learned from other shots"


def _figure(amount: Decimal) -> str:
    return f"{amount:,.0f}"
