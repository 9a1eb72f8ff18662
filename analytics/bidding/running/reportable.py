"""Which productions a cost report can be of, on which days, and what each is held against."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from analytics.estimation.running.burn_up import monday
from analytics.ledger.ledger import Ledger

_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class ReportableProduction:
    """A production with something in the ledger; those with open shots come first.

    Attributes
    ----------
    locked_bid_id, locked_on
        Its bid that was locked last; ``None`` where none is.
    locked_budget_amount
        In its currency; ``None`` where none is known.
    open_count
        Shots neither final nor omitted.
    """

    production_id: str
    name: str
    currency: str
    locked_bid_id: str | None
    locked_on: date | None
    locked_budget_amount: Decimal | None
    shot_count: int
    open_count: int
    first_on: date | None
    last_fact_on: date | None
    is_synthetic: bool

    @property
    def has_budget(self) -> bool:
        """Whether there is anything to hold it against."""
        return self.locked_bid_id is not None or bool(self.locked_budget_amount)

    @property
    def report_days(self) -> tuple[date, ...]:
        """The last day that anything is known of, then the Sunday that ends each week before it, the latest first."""
        last = self.last_fact_on
        if last is None:
            return ()
        days, first = [last], self.first_on or last
        day = monday(last) - timedelta(days=1)
        while day > first:
            days.append(day)
            day -= _WEEK
        return tuple(days)


def reportable_productions(ledger: Ledger, *, with_synthetic: bool = False) -> tuple[ReportableProduction, ...]:
    """Every production with shots, the running ones first. Ask after shots were reckoned."""
    rows = ledger.ask_rows("productions_to_report_on", with_synthetic=with_synthetic)
    return tuple(ReportableProduction(**row) for row in rows)
