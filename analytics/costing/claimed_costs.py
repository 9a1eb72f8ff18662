"""A production's cost cells as incentives see them: labour, contracts and other spend, by territory."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from analytics.costing.exchange import Exchange
from analytics.costing.incentive_plan import ANY_VENDOR, SPENT_ON, IncentiveClaim
from analytics.vocabulary.incentive import CostCategory, IncentiveCost
from analytics.vocabulary.money import Money

if TYPE_CHECKING:
    from pandas import DataFrame

BOUGHT_ANYWHERE = "api"
"""A generator's service sits anywhere: taken for spent where the production is, it would earn credits there."""

LABOUR_KINDS = ("people", "supervision")
"""Kinds of cost that are people's work; where a vendor does it, all that the vendor does is a contract."""


@dataclass(frozen=True)
class CostGroup:
    """Cells of a production that every rule treats alike.

    Attributes
    ----------
    vendor
        ``None``: one's own cost.
    territory
        ``None`` where neither ledger nor plan knows it.
    bought_anywhere
        Whether it was bought from a service that may sit anywhere, and the plan doesn't say where.
    amount
        In the currency of the production, not rounded.
    paid_for
        What was paid for, of which the plan doesn't say where: words of `SPENT_ON`, or whatever the ledger calls it.
    """

    category: CostCategory
    vendor: str | None
    territory: str | None
    bought_anywhere: bool
    amount: Decimal
    paid_for: tuple[str, ...]

    def vendor_share(self, claim: IncentiveClaim) -> Decimal | None:
        """Share of the contract that is labour; ``None`` where it isn't stated, or this is no contract."""
        shares = claim.vendor_labour_share
        return None if self.vendor is None else shares.get(self.vendor, shares.get(ANY_VENDOR))

    def costs(self, claim: IncentiveClaim, exchange: Exchange) -> tuple[IncentiveCost, ...]:
        """What incentives see of it, in the currency they pay in.

        What one's own people cost is labour by its share and other spend for the rest. Whoever asks for labour has to
        look at `unsaid` first: where no share is said, all of it stands here as labour, and none of a contract.
        """
        territory, amount, currency = self.territory or "", self.amount * exchange.rate, exchange.to_currency
        if self.category is CostCategory.CONTRACT:
            labour = Money(amount * (self.vendor_share(claim) or 0), currency)
            return (IncentiveCost(self.category, territory, Money(amount, currency), labour_part=labour),)
        if self.category is CostCategory.OTHER or claim.labour_share is None:
            return (IncentiveCost(self.category, territory, Money(amount, currency)),)
        wages = amount * claim.labour_share
        return (
            IncentiveCost(CostCategory.LABOUR, territory, Money(wages, currency)),
            IncentiveCost(CostCategory.OTHER, territory, Money(amount - wages, currency)),
        )


def grouped_costs(cells: "DataFrame", claim: IncentiveClaim) -> tuple[list[CostGroup], list[int]]:
    """Group the priced cells of one production.

    Returns
    -------
    groups
        In a fixed order, whatever the order of the cells.
    group_of_cell
        Number of the group of each cell, from 0.
    """
    # Tens of thousands of cells are a few dozen kinds of cost.
    columns = ["cost_kind", "part", "vendor", "territory"]
    kind_of_cell = cells.groupby(columns, dropna=False, sort=False).ngroup()
    kinds = cells.loc[~kind_of_cell.duplicated(), columns].itertuples(index=False, name=None)
    numbers_of_kinds = kind_of_cell.to_list()
    amounts_of_kinds = [Decimal(0)] * (1 + max(numbers_of_kinds, default=-1))
    for number, cost in zip(numbers_of_kinds, cells["cost"].to_list(), strict=True):
        amounts_of_kinds[number] += cost
    keys: list[tuple[CostCategory, str, str, bool]] = []
    amounts: dict[tuple[CostCategory, str, str, bool], Decimal] = {}
    unsaid: dict[tuple[CostCategory, str, str, bool], set[str]] = {}
    for known, amount in zip(kinds, amounts_of_kinds, strict=True):
        kind, part, vendor, territory = (value if isinstance(value, str) else "" for value in known)
        category, paid_for = _category(kind, part, vendor)
        said = claim.spent_in.get(paid_for)
        where = said or territory or claim.territory or ""
        key = (category, vendor, where, paid_for == BOUGHT_ANYWHERE and said is None)
        keys.append(key)
        amounts[key] = amounts.get(key, Decimal(0)) + amount
        if category is CostCategory.OTHER and said is None:
            unsaid.setdefault(key, set()).add(paid_for)
    numbers = {key: number for number, key in enumerate(sorted(amounts))}
    groups = [
        CostGroup(category, vendor or None, where or None, anywhere, amounts[key], tuple(sorted(unsaid.get(key, ()))))
        for key in numbers
        for category, vendor, where, anywhere in (key,)
    ]
    return groups, [numbers[keys[number]] for number in numbers_of_kinds]


def _category(kind: str, part: str, vendor: str) -> tuple[CostCategory, str]:
    """How incentives see a kind of cost, and what was paid for: of a charge, its category."""
    if vendor:
        return CostCategory.CONTRACT, "contract"
    if kind in LABOUR_KINDS:
        return CostCategory.LABOUR, "people"
    return CostCategory.OTHER, kind if kind in SPENT_ON else part or kind
