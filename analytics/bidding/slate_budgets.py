"""What every production of the slate is budgeted at and will cost: one row each, with a total, in one currency."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import sqrt


@dataclass(frozen=True)
class ProductionBudget:
    """One production, or all of them; amounts in one currency to the cent, ``None`` where nothing says.

    Attributes
    ----------
    locked
        Its locked bid as it was locked, with contingency, margin and approved changes; else the locked amount.
    actual
        Spent so far, of the facts that have a price.
    efc
        Estimated final cost: what is spent and what is still expected. Of a production without open shots, its actual.
    efc_p10, efc_p90
        Of ten outcomes one lies below and one above.
    projected
        What is contracted and what is expected of shots in no contract; without a contract on record, the ``efc``.
    is_contracted
        Whether a bid of it was locked.
    vendor, non_vendor
        Of the ``efc``; what is to come is taken to be bought as what is spent was.
    incentive
        Negative where something is given back on the ``efc``; worked out on the actual and scaled to it.
    origins
        Of the actual, amounts by the weakest of fact and rate.
    why_no_efc
        In words, where there is none.
    """

    production_id: str
    name: str
    title_kind: str | None
    territory: str | None
    programmes: tuple[str, ...]
    shot_count: int
    final_count: int
    open_count: int
    ai_count: int
    last_on: date | None
    locked: Decimal | None
    actual: Decimal
    efc: Decimal | None
    efc_p10: Decimal | None
    efc_p90: Decimal | None
    projected: Decimal | None
    is_contracted: bool
    vendor: Decimal | None
    non_vendor: Decimal | None
    incentive: Decimal | None
    origins: Mapping[str, Decimal]
    unpriced_count: int = 0
    why_no_efc: str = ""

    @property
    def is_running(self) -> bool:
        """Whether a shot is still open."""
        return self.open_count > 0

    @property
    def variance(self) -> Decimal | None:
        """Locked budget less estimated final cost, as film has it: negative is over."""
        return None if self.locked is None or self.efc is None else self.locked - self.efc

    @property
    def variance_share(self) -> float | None:
        """Variance over locked budget."""
        return None if self.variance is None or not self.locked else float(self.variance / self.locked)

    @property
    def net(self) -> Decimal | None:
        """Estimated final cost after incentives."""
        return None if self.efc is None or self.incentive is None else self.efc + self.incentive


@dataclass(frozen=True)
class BudgetExposure:
    """What running productions may end over their locked budgets.

    Attributes
    ----------
    running_count
        Productions with open shots and a locked budget.
    over_count
        Of these, expected to end over it.
    over, under
        Expected overruns and savings of them, each added up; both positive.
    efc_left
        Still to be spent.
    locked
        Locked budgets of all of them together.
    low, high
        Overrun of all of them together, in eight of ten outcomes, negative for a saving; each is taken to miss by
        itself. ``None`` where no range is known.
    likeliest_over
        Names of those expected over, the largest overrun first.
    """

    running_count: int
    over_count: int
    over: Decimal
    under: Decimal
    efc_left: Decimal
    locked: Decimal
    low: Decimal | None
    high: Decimal | None
    likeliest_over: tuple[str, ...]

    @property
    def net(self) -> Decimal:
        """Expected overrun of all together; negative is a saving."""
        return self.over - self.under

    @property
    def net_share(self) -> float | None:
        """Expected overrun over the locked budgets."""
        return float(self.net / self.locked) if self.locked else None


@dataclass(frozen=True)
class SlateBudgets:
    """The budget table of a slate.

    Attributes
    ----------
    notes
        What was taken for granted, in sentences.
    """

    currency: str
    rows: tuple[ProductionBudget, ...]
    total: ProductionBudget
    exposure: BudgetExposure
    notes: tuple[str, ...]


def total_of(rows: Sequence[ProductionBudget]) -> ProductionBudget:
    """All productions together; a column that one of them cannot fill has no total, and the range none at all."""

    def added(name: str) -> Decimal | None:
        amounts = [getattr(row, name) for row in rows]
        return None if not rows or None in amounts else sum(amounts, Decimal(0))

    origins: dict[str, Decimal] = {}
    for row in rows:
        for origin, amount in row.origins.items():
            origins[origin] = origins.get(origin, Decimal(0)) + amount
    return ProductionBudget(
        production_id="",
        name="Slate",
        title_kind=None,
        territory=None,
        programmes=(),
        last_on=max((row.last_on for row in rows if row.last_on), default=None),
        actual=sum((row.actual for row in rows), Decimal(0)),
        efc_p10=None,
        efc_p90=None,
        is_contracted=any(row.is_contracted for row in rows),
        origins=origins,
        locked=added("locked"),
        efc=added("efc"),
        projected=added("projected"),
        vendor=added("vendor"),
        non_vendor=added("non_vendor"),
        incentive=added("incentive"),
        shot_count=sum(row.shot_count for row in rows),
        final_count=sum(row.final_count for row in rows),
        open_count=sum(row.open_count for row in rows),
        ai_count=sum(row.ai_count for row in rows),
        unpriced_count=sum(row.unpriced_count for row in rows),
    )


_BETWEEN_P10_AND_P90 = Decimal("2.5631031")
"""Standard deviations of a normal distribution."""


def exposure_of(rows: Sequence[ProductionBudget]) -> BudgetExposure:
    """What running productions may end over budget."""
    running = [row for row in rows if row.is_running and row.variance is not None]
    overruns = {row.name: -row.variance for row in running if row.variance is not None}
    over = {name: amount for name, amount in overruns.items() if amount > 0}
    spreads = [
        (row.efc_p90 - row.efc_p10) / _BETWEEN_P10_AND_P90
        for row in running
        if row.efc_p90 is not None and row.efc_p10 is not None
    ]
    low = high = None
    if running and len(spreads) == len(running):
        middle = sum(overruns.values(), Decimal(0))
        half = Decimal(repr(sqrt(sum(float(each) ** 2 for each in spreads)))) * _BETWEEN_P10_AND_P90 / 2
        low, high = (end.quantize(Decimal("0.01")) for end in (middle - half, middle + half))
    return BudgetExposure(
        len(running),
        len(over),
        sum(over.values(), Decimal(0)),
        -sum((amount for amount in overruns.values() if amount < 0), Decimal(0)),
        sum((row.efc - row.actual for row in running if row.efc is not None), Decimal(0)),
        sum((row.locked for row in running if row.locked is not None), Decimal(0)),
        low,
        high,
        tuple(sorted(over, key=lambda name: -over[name])),
    )
