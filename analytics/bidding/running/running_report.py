"""The report of a running production on a day: what it is, in hours and in money. Pages and screens only lay it out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from analytics.estimation.running.burn_up import BurnUpWeek
from analytics.estimation.running.cost_report import CostRow
from analytics.estimation.running.earned_value import EarnedValue
from analytics.estimation.running.earning import EarningRule
from analytics.estimation.running.exposure import ShotExposure
from analytics.estimation.running.hour_prices import HourPrices
from analytics.estimation.running.standing import Standing


@dataclass(frozen=True)
class MovedShot:
    """A shot whose estimated final cost moved since the last report, and why.

    Attributes
    ----------
    change
        Of the estimated final cost: positive is dearer.
    """

    name: str
    change: Decimal
    why: str


@dataclass(frozen=True)
class UnitReport:
    """The report in one unit.

    Attributes
    ----------
    unit
        ``people_hours`` or a currency of ISO 4217.
    total
        Of the work: every shot, budgeted or not.
    unbudgeted
        Of ``total``, the shots that are in no budget; ``None`` where there are none.
    beside
        Of a bid in money: contingency, margin and change orders, which no shot has.
    whole
        ``total`` and ``beside`` together.
    efc_p50
        Middle of what the work will have taken.
    chance_within_budget, chance_within_contingency
        Share of outcomes in which the work ends within its budget, and within budget and contingency.
    efc_before, sequences_before
        Estimated final cost of the total and by sequence on the day of the last report; ``None`` without one.
    actual_by_vendor
        ``None`` is the studio itself.
    actual_by_origin
        By measured, imported, assumed and synthetic.
    """

    unit: str
    total: CostRow
    unbudgeted: CostRow | None
    beside: tuple[CostRow, ...]
    whole: CostRow
    efc_p50: Decimal
    chance_within_budget: float
    chance_within_contingency: float | None
    sequences: tuple[CostRow, ...]
    departments: tuple[CostRow, ...]
    earned: EarnedValue
    exposures: tuple[ShotExposure, ...]
    burn_up: tuple[BurnUpWeek, ...]
    actual_by_vendor: Mapping[str | None, Decimal]
    actual_by_origin: Mapping[str, Decimal]
    spent_since: Decimal | None = None
    efc_before: Decimal | None = None
    sequences_before: Mapping[str, Decimal] = field(default_factory=dict)
    moved: tuple[MovedShot, ...] = ()


@dataclass(frozen=True)
class RunningReport:
    """The whole report.

    Attributes
    ----------
    since
        Day of the report that changes are told against; ``None`` without one.
    money
        ``None`` where costs are not known, with the reason in ``warnings``.
    prices
        How much dearer an hour has turned out than budgeted; ``None`` without money.
    bid_id
        ``None`` where an amount of the production is what it is held against.
    not_in_ledger, not_in_budget
        Names of shots that only the other has.
    n_shots, n_productions
        Of the history that the rest is foretold from.
    priced_by
        Rate cards, in words.
    """

    production_id: str
    production_name: str
    on: date
    since: date | None
    rule: EarningRule
    held_against: str
    bid_id: str | None
    hours: UnitReport
    money: UnitReport | None
    prices: HourPrices | None
    standing: Mapping[Standing, int]
    not_in_ledger: tuple[str, ...]
    not_in_budget: tuple[str, ...]
    n_shots: int
    n_productions: int
    priced_by: str
    warnings: tuple[str, ...] = ()

    @property
    def main(self) -> UnitReport:
        """In money where it is known, else in hours."""
        return self.money or self.hours
