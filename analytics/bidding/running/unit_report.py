"""Adds up one side of a running production, its hours or its money, into rows, earned value, exposure and burn-up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from analytics.bidding.running.running_report import UnitReport
from analytics.estimation.running.actuals import Taken
from analytics.estimation.running.budget import CENT, Budget
from analytics.estimation.running.burn_up import burn_up
from analytics.estimation.running.cost_report import CostRow, ShotAmounts, rows_by, rows_by_group, total_row
from analytics.estimation.running.earned_value import EarnedValue
from analytics.estimation.running.earning import EarningRule, EarningShot, earned_value
from analytics.estimation.running.exposure import exposures
from analytics.estimation.running.standing import RunningShot, Standing

if TYPE_CHECKING:
    import numpy as np

    Draws = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Side:
    """One unit of a production on a day, by shot in one order.

    Attributes
    ----------
    outcomes
        Shape (outcomes, shots): what each will have taken.
    budgets, budget_parts
        ``None`` and empty for a shot in no budget.
    usual_parts
        Shares of departments in what an open shot takes.
    """

    shots: tuple[RunningShot, ...]
    taken: Taken
    outcomes: "Draws"
    budgets: Sequence[Decimal | None]
    budget_parts: Sequence[Mapping[str, Decimal]]
    usual_parts: Sequence[Mapping[str, float]]

    @cached_property
    def amounts(self) -> ShotAmounts:
        """As the rows of a cost report are added up from."""
        parts = [self.taken.by_shot.get(shot.shot_id or "", {}) for shot in self.shots]
        actuals = [sum(each.values(), Decimal(0)) for each in parts]
        return ShotAmounts(self.budgets, self.budget_parts, actuals, parts, self.usual_parts, self.outcomes)

    @cached_property
    def is_final(self) -> list[bool]:
        """By shot."""
        return [shot.standing is Standing.FINAL for shot in self.shots]

    @cached_property
    def sequence_rows(self) -> tuple[CostRow, ...]:
        """Every shot in the row of its sequence."""
        return rows_by(self.amounts, [shot.sequence for shot in self.shots], self.is_final)

    @property
    def unspread(self) -> Decimal:
        """What was billed to the production as a whole before any of its shots cost anything."""
        return self.taken.total - sum(self.amounts.actuals, Decimal(0))


def unit_report(unit: str, side: Side, budget: Budget, rule: EarningRule, on: date, before: Side | None) -> UnitReport:
    """Add up one unit.

    Parameters
    ----------
    before
        The same on the day of the last report.
    """
    unspread = side.unspread.quantize(CENT)
    billed = (CostRow("billed to the production", None, unspread, Decimal("0.00")),) if unspread else ()
    rows = (*side.sequence_rows, *billed)
    drawn = side.outcomes + float(side.unspread) / max(1, len(side.shots))
    total = total_row(rows, "the work", drawn, len(side.shots), sum(side.is_final))
    beside = _beside(budget) if unit == budget.currency else ()
    everything = drawn.sum(axis=1)
    allowed = float(total.budget or 0)
    earning = [
        EarningShot(
            amount, shot.standing in (Standing.IN_WORK, Standing.FINAL), shot.standing is Standing.FINAL,
            shot.standing is Standing.OMITTED, shot.planned_start, shot.due_on,
        )
        for shot, amount in zip(side.shots, side.budgets, strict=True)
        if amount is not None
    ]  # fmt: skip
    return UnitReport(
        unit=unit,
        total=total,
        unbudgeted=_unbudgeted(side),
        beside=beside,
        whole=_whole(total, beside),
        efc_p50=Decimal(repr(_median(everything))).quantize(CENT),
        chance_within_budget=float((everything <= allowed + 0.005).mean()),
        chance_within_contingency=float((everything <= allowed + float(budget.contingency) + 0.005).mean())
        if unit == budget.currency and budget.contingency
        else None,
        sequences=rows,
        departments=(*rows_by_group(side.amounts), *billed),
        earned=_to_cents(earned_value(earning, side.taken.total, rule, on)),
        exposures=exposures(side.shots, side.budgets, side.amounts.actuals, side.outcomes),
        burn_up=burn_up(side.shots, earning, rule, side.taken.by_week, side.outcomes, side.amounts.actuals, on),
        actual_by_vendor=side.taken.by_vendor,
        actual_by_origin=side.taken.by_origin,
        spent_since=None if before is None else (side.taken.total - before.taken.total).quantize(CENT),
        efc_before=None if before is None else sum((row.efc for row in before.sequence_rows), before.unspread),
        sequences_before={} if before is None else {row.name: row.efc for row in before.sequence_rows},
    )


def _unbudgeted(side: Side) -> CostRow | None:
    places = [place for place, budget in enumerate(side.budgets) if budget is None]
    if not places:
        return None
    amounts = side.amounts
    only = ShotAmounts(
        [None] * len(places), [{}] * len(places), [amounts.actuals[place] for place in places],
        [amounts.actual_parts[place] for place in places], [{}] * len(places), side.outcomes[:, places],
    )  # fmt: skip
    (row,) = rows_by(only, ["in no budget"] * len(places), [side.is_final[place] for place in places])
    return row


def _beside(budget: Budget) -> tuple[CostRow, ...]:
    """Contingency is what overruns may draw on: nothing of it is foretold to be spent. Margin is as it was bid."""
    nothing = Decimal("0.00")
    count, changes = budget.approved_changes
    rows = []
    if count:
        rows.append(CostRow(f"approved changes ({count})", changes.quantize(CENT), nothing, nothing))
    if budget.contingency:
        rows.append(CostRow("contingency", budget.contingency.quantize(CENT), nothing, nothing))
    if budget.margin:
        rows.append(CostRow("margin", budget.margin.quantize(CENT), nothing, budget.margin.quantize(CENT)))
    return tuple(rows)


def _whole(total: CostRow, beside: Sequence[CostRow]) -> CostRow:
    more = sum((row.etc for row in beside), Decimal(0))
    budgets = [row.budget for row in (total, *beside) if row.budget is not None]
    return CostRow(
        "all", sum(budgets, Decimal(0)) if budgets else None, total.actual, total.etc + more,
        None if total.efc_p10 is None else total.efc_p10 + more,
        None if total.efc_p90 is None else total.efc_p90 + more,
        total.shot_count, total.final_count,
    )  # fmt: skip


def _to_cents(value: EarnedValue) -> EarnedValue:
    pv = None if value.pv is None else value.pv.quantize(CENT)
    return EarnedValue(value.bac.quantize(CENT), pv, value.ev.quantize(CENT), value.ac.quantize(CENT))


def _median(values: "Draws") -> float:
    import numpy as np

    return float(np.median(values))
