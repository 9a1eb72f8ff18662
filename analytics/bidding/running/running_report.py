"""The report of a running production on a day: what it is, in hours and in money. Pages and screens only lay it out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from analytics.estimation.running.burn_up import BurnUpWeek
from analytics.estimation.running.cost_report import CostRow
from analytics.estimation.running.earned_value import EarnedValue
from analytics.estimation.running.earning import EarningRule
from analytics.estimation.running.exposure import ShotExposure
from analytics.estimation.running.hour_prices import HourPrices
from analytics.estimation.running.standing import Standing


class MoveCause(StrEnum):
    """What moved an estimated final cost."""

    ADDED = "shots added"
    FINAL = "shots that became final"
    OMITTED = "shots omitted"
    BEGAN = "work that began"
    TAKEN_BACK = "bookings taken back"
    WORKFLOW = "shots given to another workflow"
    BOOKED = "work on shots already begun"
    AFTER_FINAL = "work after final"
    BILLED = "machines and bills"
    LEARNED = "learned from other shots"


@dataclass(frozen=True)
class MovedShot:
    """A shot whose estimated final cost moved since the last report, and why.

    Attributes
    ----------
    change
        Of the estimated final cost: positive is dearer.
    why
        In words, with the amounts.
    """

    name: str
    change: Decimal
    why: str
    cause: MoveCause = MoveCause.LEARNED


@dataclass(frozen=True)
class MoveSum:
    """All that one cause moved; over all causes it is what the estimated final cost of the work moved by."""

    cause: MoveCause
    shot_count: int
    change: Decimal


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
    moved
        The shots that moved most.
    moves
        What moved it since the last report, by cause, the largest first; empty without one.
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
    moves: tuple[MoveSum, ...] = ()

    @property
    def efc_change(self) -> Decimal | None:
        """By how much the estimated final cost moved since the last report; ``None`` without one."""
        return None if self.efc_before is None else self.total.efc - self.efc_before

    @property
    def sequence_changes(self) -> Mapping[str, Decimal]:
        """The same by sequence, of those that stood in the last report."""
        return {
            row.name: row.efc - self.sequences_before[row.name]
            for row in self.sequences
            if row.name in self.sequences_before
        }

    @property
    def actual_of_vendors(self) -> Decimal:
        """What vendors were paid."""
        return sum((each for vendor, each in self.actual_by_vendor.items() if vendor), Decimal(0))

    @property
    def actual_of_studio(self) -> Decimal:
        """What the studio itself spent."""
        return self.actual_by_vendor.get(None, Decimal(0))

    @property
    def origin_shares(self) -> tuple[tuple[str, Decimal], ...]:
        """Origins of what was spent with their shares, 0 to 1, the largest first."""
        whole = sum(self.actual_by_origin.values(), Decimal(0))
        shares = [(name, each / whole) for name, each in self.actual_by_origin.items() if each and whole]
        return tuple(sorted(shares, key=lambda each: -each[1]))

    @property
    def exposed(self) -> tuple[ShotExposure, ...]:
        """Unfinished shots that may end above their budget, what is to be expected above it largest first."""
        return tuple(
            each
            for each in self.exposures
            if each.standing in (Standing.IN_WORK, Standing.NOT_BEGUN) and each.chance_over and each.overrun
        )

    @property
    def exposure(self) -> Decimal:
        """What is to be expected above budget on all unfinished shots."""
        return sum((each.overrun for each in self.exposed), Decimal(0))

    @property
    def possible_saving(self) -> Decimal:
        """What is to be expected below budget on unfinished shots."""
        open_ones = (each for each in self.exposures if each.standing in (Standing.IN_WORK, Standing.NOT_BEGUN))
        return sum((each.saving for each in open_ones), Decimal(0))


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
