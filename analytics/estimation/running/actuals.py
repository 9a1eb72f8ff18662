"""What a production has taken up to a day, by shot, week and department, in hours and in money."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from analytics.costing.reckoned_costs import CostReckoning
from analytics.costing.sharing_out import shared_out
from analytics.ledger.ledger import Ledger

GROUP_OF_KIND = {"idle": "machine", "energy": "machine", "billed": "other", "shared": "other"}
"""Kinds of cost under the names that a bid gives them."""


@dataclass(frozen=True)
class Taken:
    """Amounts of one unit by shot, group and week.

    Attributes
    ----------
    by_shot
        By shot_id and group (a department, or a kind of cost that is no department's).
    by_week
        By the Monday of the week, or ``None`` for what has no day; everything, so that it adds up to ``total``.
    by_vendor
        By vendor, ``None`` for the studio itself.
    by_origin
        By measured, imported, assumed and synthetic.
    unpriced_count
        Facts without a price, in no amount.
    """

    by_shot: Mapping[str, Mapping[str, Decimal]]
    by_week: Mapping[date | None, Decimal]
    by_vendor: Mapping[str | None, Decimal]
    by_origin: Mapping[str, Decimal]
    unpriced_count: int = 0
    fact_count: int = 0
    shared: Decimal = Decimal(0)

    @property
    def total(self) -> Decimal:
        """All of it."""
        return sum(self.by_week.values(), Decimal(0))


def hours_taken(rows: Sequence[Mapping[str, Any]]) -> Taken:
    """People's hours from rows of the question ``weekly_hours``."""
    return _taken(
        (
            row["shot_id"], row["week_on"], row["department"], None, Decimal(repr(row["people_hours"])), row["origin"],
            1, 0,
        )
        for row in rows
    )  # fmt: skip


def costs_taken(rows: Sequence[Mapping[str, Any]], rate: Decimal = Decimal(1)) -> Taken:
    """Costs from rows of the question ``weekly_costs``, in the currency that ``rate`` turns theirs into.

    What was billed to the production as a whole is spread over its shots in proportion to what they cost themselves by
    the day, as `shotledger cost` does it; where no shot cost anything yet it stands in ``by_week`` alone.
    """
    return _taken(
        (
            row["shot_id"], row["week_on"], GROUP_OF_KIND.get(row["department"], row["department"]), row["vendor"],
            None if row["cost"] is None else row["cost"] * rate, row["origin"], row["line_count"], row["missing_count"],
        )
        for row in rows
    )  # fmt: skip


def production_costs(
    ledger: Ledger, reckoning: CostReckoning, production_id: str, on_day: date, rate: Decimal = Decimal(1)
) -> Taken:
    """Costs of a production up to a day. The reckoning must be up to date."""
    return costs_taken(
        ledger.ask_rows(
            "weekly_costs", rate_card_id=reckoning.rate_card_id, production_id=production_id, on_day=on_day
        ),
        rate,
    )


def production_hours(ledger: Ledger, production_id: str, on_day: date) -> Taken:
    """People's hours of a production up to a day."""
    return hours_taken(ledger.ask_rows("weekly_hours", production_ids=[production_id], on_day=on_day))


def _taken(rows: Any) -> Taken:
    by_shot: dict[str, dict[str, Decimal]] = {}
    by_week: dict[date | None, Decimal] = {}
    by_vendor: dict[str | None, Decimal] = {}
    by_origin: dict[str, Decimal] = {}
    shared: dict[str, Decimal] = {}
    unpriced = facts = 0
    for shot_id, week_on, group, vendor, amount, origin, fact_count, missing_count in rows:
        unpriced, facts = unpriced + missing_count, facts + fact_count
        if amount is None:
            continue
        _add(by_week, week_on, amount)
        _add(by_vendor, vendor, amount)
        _add(by_origin, origin, amount)
        _add(shared if shot_id is None else by_shot.setdefault(shot_id, {}), group, amount)
    for group, amount in shared.items():
        _spread(by_shot, group, amount)
    return Taken(by_shot, by_week, by_vendor, by_origin, unpriced, facts, sum(shared.values(), Decimal(0)))


def _spread(by_shot: dict[str, dict[str, Decimal]], group: str, amount: Decimal) -> None:
    """Spread over shots by what they cost themselves; to the last of twelve decimals, so that nothing is lost."""
    weights = {shot_id: int(sum(parts.values(), Decimal(0)).scaleb(12)) for shot_id, parts in by_shot.items()}
    if sum(weights.values()) <= 0:
        return
    shares = shared_out(int(amount.scaleb(12)), list(weights.values()))
    for shot_id, share in zip(weights, shares, strict=True):
        _add(by_shot[shot_id], group, Decimal(share).scaleb(-12))


def _add(sums: dict[Any, Decimal], key: Any, amount: Decimal) -> None:
    sums[key] = sums.get(key, Decimal(0)) + amount
