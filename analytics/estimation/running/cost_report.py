"""The cost report: budget, actual, estimate to complete, estimated final cost and variance, by row and in total.

``EFC = actual + ETC`` and ``variance = budget - EFC``, so that a positive variance is under budget, as film has it.
Nothing is counted as committed: the ledger knows bills, and no purchase orders.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from analytics.estimation.running.budget import CENT

if TYPE_CHECKING:
    import numpy as np

    Draws = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class CostRow:
    """One row in one unit; amounts to a hundredth.

    Attributes
    ----------
    budget
        ``None`` where nobody budgeted it apart.
    efc_p10, efc_p90
        Of ten outcomes one lies below and one above; ``None`` for a row whose range is not simulated.
    shot_count, final_count
        Shots of the row and those that are final; ``None`` for a row that shots have a part in.
    """

    name: str
    budget: Decimal | None
    actual: Decimal
    etc: Decimal
    efc_p10: Decimal | None = None
    efc_p90: Decimal | None = None
    shot_count: int | None = None
    final_count: int | None = None

    @property
    def efc(self) -> Decimal:
        """Estimated final cost."""
        return self.actual + self.etc

    @property
    def variance(self) -> Decimal | None:
        """Positive is under budget."""
        return None if self.budget is None else self.budget - self.efc

    @property
    def variance_share(self) -> Decimal | None:
        """Of the budget, from 0 to 1 and beyond; negative is over. ``None`` without a budget."""
        return self.variance / self.budget if self.variance is not None and self.budget else None

    @property
    def spent_share(self) -> Decimal | None:
        """Of the estimated final cost, from 0 to 1; ``None`` where nothing is to be spent."""
        return self.actual / self.efc if self.efc else None


@dataclass(frozen=True)
class ShotAmounts:
    """What rows are added up from, by shot, in one unit.

    Attributes
    ----------
    budgets
        ``None``: in no budget.
    budget_parts, actual_parts
        By shot, amounts by group: a department, or a kind of cost.
    usual_parts
        By shot, shares of the groups in what it takes, where no budget says; they need not add up to 1.
    outcomes
        Shape (outcomes, shots): what each shot will have taken.
    """

    budgets: Sequence[Decimal | None]
    budget_parts: Sequence[Mapping[str, Decimal]]
    actuals: Sequence[Decimal]
    actual_parts: Sequence[Mapping[str, Decimal]]
    usual_parts: Sequence[Mapping[str, float]]
    outcomes: "Draws"

    def etcs(self) -> list[Decimal]:
        """What is to come, by shot: the mean of its outcomes less what is spent."""
        means = self.outcomes.mean(axis=0)
        spent = [float(each) for each in self.actuals]
        return [Decimal(repr(max(0.0, float(mean) - each))) for mean, each in zip(means, spent, strict=True)]


def rows_by(amounts: ShotAmounts, names: Sequence[str | None], is_final: Sequence[bool]) -> tuple[CostRow, ...]:
    """Rows of shots that share a name, such as their sequence, in the order of the names; ``no sequence`` comes last.

    The rows add up to their total to the hundredth: what rounding leaves over goes to the rows it was taken from.
    """
    import numpy as np

    etcs = amounts.etcs()
    order = sorted({name for name in names if name}) + ([None] if None in names or "" in names else [])
    places = {name: [place for place, each in enumerate(names) if (each or None) == (name or None)] for name in order}
    actuals = rounded_together([_sum(amounts.actuals, places[name]) for name in order])
    to_come = rounded_together([_sum(etcs, places[name]) for name in order])
    rows = []
    for name, actual, etc in zip(order, actuals, to_come, strict=True):
        total = amounts.outcomes[:, places[name]].sum(axis=1)
        low, high = np.quantile(total, (0.1, 0.9))
        budgets = [budget for place in places[name] if (budget := amounts.budgets[place]) is not None]
        rows.append(
            CostRow(
                name or "no sequence", sum(budgets, Decimal(0)).quantize(CENT), actual, etc, _cents(low), _cents(high),
                len(places[name]), sum(is_final[place] for place in places[name]),
            )
        )  # fmt: skip
    return tuple(rows)


def rows_by_group(amounts: ShotAmounts) -> tuple[CostRow, ...]:
    """Rows by department and kind of cost, the dearest first.

    What is to come of a shot is spread over its groups by what each lacks of its part of the whole: a shot whose roto
    is done needs no more roto. Its parts are those of its budget, else what such shots take. Ranges are not simulated
    by group.
    """
    groups: dict[str, list[Decimal]] = {}

    def add(name: str, column: int, amount: Decimal) -> None:
        groups.setdefault(name, [Decimal(0), Decimal(0), Decimal(0)])[column] += amount

    budgeted = False
    for place, etc in enumerate(amounts.etcs()):
        for name, amount in amounts.budget_parts[place].items():
            budgeted = True
            add(name, 0, amount)
        for name, amount in amounts.actual_parts[place].items():
            add(name, 1, amount)
        for name, amount in spread_to_come(etc, amounts, place).items():
            add(name, 2, amount)
    names = list(groups)
    actuals, etcs = (rounded_together([groups[name][column] for name in names]) for column in (1, 2))
    rows = [
        CostRow(name, groups[name][0].quantize(CENT) if budgeted else None, actual, etc)
        for name, actual, etc in zip(names, actuals, etcs, strict=True)
    ]
    return tuple(sorted(rows, key=lambda row: (-row.efc, row.name)))


def spread_to_come(etc: Decimal, amounts: ShotAmounts, place: int) -> dict[str, Decimal]:
    """What is to come of one shot, by group; it adds up to ``etc``."""
    if etc <= 0:
        return {}
    parts = {name: float(amount) for name, amount in amounts.budget_parts[place].items() if amount > 0}
    parts = parts or dict(amounts.usual_parts[place])
    whole = sum(parts.values())
    spent = {name: float(amount) for name, amount in amounts.actual_parts[place].items()}
    if whole <= 0:
        parts, whole = (spent, sum(spent.values())) if sum(spent.values()) > 0 else ({"not known": 1.0}, 1.0)
    final = float(etc) + sum(spent.values())
    lacking = {name: max(0.0, final * part / whole - spent.get(name, 0.0)) for name, part in parts.items()}
    if sum(lacking.values()) <= 0:
        lacking = parts
    all_lacking, left, spread = sum(lacking.values()), etc, {}
    for name, amount in lacking.items():
        spread[name] = Decimal(repr(float(etc) * amount / all_lacking))
        left -= spread[name]
    largest = max(spread, key=lambda name: spread[name])
    spread[largest] += left
    return spread


def rounded_together(amounts: Sequence[Decimal]) -> list[Decimal]:
    """Amounts to a hundredth that add up to their sum to a hundredth, by the largest remainder."""
    floors = [amount.quantize(CENT, rounding="ROUND_FLOOR") for amount in amounts]
    left = int((sum(amounts, Decimal(0)).quantize(CENT) - sum(floors, Decimal(0))) / CENT)
    by_remainder = sorted(range(len(amounts)), key=lambda place: floors[place] - amounts[place])
    for place in by_remainder[:left]:
        floors[place] += CENT
    return floors


def total_row(rows: Sequence[CostRow], name: str, outcomes: "Draws", shot_count: int, final_count: int) -> CostRow:
    """The sum of some rows, with the range of their simulated sum."""
    import numpy as np

    low, high = np.quantile(outcomes.sum(axis=1), (0.1, 0.9))
    budgets = [row.budget for row in rows if row.budget is not None]
    return CostRow(
        name, sum(budgets, Decimal(0)) if budgets else None, sum((row.actual for row in rows), Decimal(0)),
        sum((row.etc for row in rows), Decimal(0)), _cents(low), _cents(high), shot_count, final_count,
    )  # fmt: skip


def _sum(amounts: Sequence[Decimal], places: Sequence[int]) -> Decimal:
    return sum((amounts[place] for place in places), Decimal(0))


def _cents(value: float) -> Decimal:
    return Decimal(repr(float(value))).quantize(CENT)
