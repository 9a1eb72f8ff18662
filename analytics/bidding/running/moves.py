"""What moved the estimated final cost since the last report: by cause, and shot by shot in words."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from analytics.bidding.running.running_report import MoveCause, MovedShot, MoveSum, UnitReport
from analytics.bidding.running.unit_report import Side
from analytics.estimation.running.budget import CENT, to_cents
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
            cause, why = _why(shot, was, change, expected, now.amounts.actuals[place], spent)
            moved.append(MovedShot(shot.name, change, why, cause))
    told = tuple(sorted(moved, key=lambda each: (-abs(each.change), each.name))[:_TOLD])
    return replace(report, moved=told, moves=_by_cause(report, moved))


def _by_cause(report: UnitReport, moved: Sequence[MovedShot]) -> tuple[MoveSum, ...]:
    sums = {cause: [each for each in moved if each.cause is cause] for cause in MoveCause}
    changes = {cause: sum((each.change for each in own), Decimal(0)) for cause, own in sums.items()}
    if report.efc_before is not None:
        rest = (report.total.efc - report.efc_before).quantize(CENT) - sum(changes.values(), Decimal(0))
        # What no shot has was billed before any shot cost anything; the cents that rounding leaves over are nobody's.
        cents_go_to = max(changes, key=lambda cause: abs(changes[cause]))
        changes[MoveCause.BILLED if abs(rest) >= 1 else cents_go_to] += rest
    found = [MoveSum(cause, len(sums[cause]), change) for cause, change in changes.items() if change or sums[cause]]
    return tuple(sorted(found, key=lambda each: (-abs(each.change), each.cause)))


def _why(
    shot: RunningShot, was: RunningShot | None, change: Decimal, expected: Decimal, actual: Decimal, spent: Decimal
) -> tuple[MoveCause, str]:
    if was is None:
        return MoveCause.ADDED, "new"
    if shot.standing is not was.standing:
        match shot.standing:
            case Standing.FINAL:
                return MoveCause.FINAL, f"final at {_figure(actual)}; {_figure(expected)} was expected"
            case Standing.OMITTED:
                return MoveCause.OMITTED, f"omitted; {_figure(actual)} is sunk, {_figure(expected)} was expected"
            case Standing.IN_WORK:
                return MoveCause.BEGAN, f"work began: {_figure(spent)} so far"
            case Standing.NOT_BEGUN:
                return MoveCause.TAKEN_BACK, "what was booked was taken back"
    if shot.listed.workflow is not was.listed.workflow and shot.listed.workflow is not None:
        return MoveCause.WORKFLOW, f"now made by the {shot.listed.workflow.label} workflow"
    if shot.people_hours != was.people_hours and spent > 0:
        if shot.standing is Standing.FINAL:
            return MoveCause.AFTER_FINAL, f"{_figure(spent)} more after it was final"
        return MoveCause.BOOKED, f"{_figure(spent)} more spent"
    # A few cents of a shared bill are not what moves a forecast by thousands.
    if abs(spent) * 2 > abs(change):
        return MoveCause.BILLED, f"{_figure(spent)} of machines and bills"
    return MoveCause.LEARNED, "nothing booked; what was learned from other shots"


def _figure(amount: Decimal) -> str:
    return f"{amount:,.0f}"
