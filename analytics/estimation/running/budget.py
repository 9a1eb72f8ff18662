"""What a running production is held against: a locked bid shot by shot, or an amount spread over its shots."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from analytics.costing.sharing_out import shared_out
from analytics.vocabulary.bid import Bid, BidLine, BidShot, LineKind
from analytics.vocabulary.listed_shot import ListedShot

CENT = Decimal("0.01")
BID_PRICE_SPREAD = 0.15
AMOUNT_PRICE_SPREAD = 0.5
"""Natural logarithm by which an hour may turn out dearer than a bid, or an amount alone, makes it; assumed."""
WHOLE_BID = frozenset({LineKind.CONTINGENCY, LineKind.MARGIN})


@dataclass(frozen=True)
class BudgetedShot:
    """One shot of the budget.

    Attributes
    ----------
    listed
        As the list that was bid describes it; ``workflow`` only where the bid decided on one.
    people_hours, cost
        What it is budgeted at; ``cost`` is ``None`` where a price was missing.
    hour_parts, cost_parts
        The same by department, and by kind of cost for what is no department's; they add up to the former.
    """

    listed: ListedShot
    people_hours: Decimal
    cost: Decimal | None
    hour_parts: Mapping[str, Decimal]
    cost_parts: Mapping[str, Decimal]

    @property
    def due_on(self) -> date | None:
        """As the list says."""
        return self.listed.due_on


@dataclass(frozen=True)
class Budget:
    """A budget by shot and what stands beside the shots, in one currency.

    Attributes
    ----------
    words
        Whose budget it is, as a sentence.
    contingency, margin
        Of a bid, beside the work; zero where there is none.
    approved_changes
        Number and gross amount of the change orders since it was locked.
    price_spread
        How far an hour may turn out dearer than budgeted, as a standard deviation of its natural logarithm.
    is_spread
        Whether an amount was spread over shots by what such shots take, and nobody budgeted each.
    """

    words: str
    currency: str
    shots: tuple[BudgetedShot, ...]
    contingency: Decimal = Decimal(0)
    margin: Decimal = Decimal(0)
    approved_changes: tuple[int, Decimal] = (0, Decimal(0))
    price_spread: float = BID_PRICE_SPREAD
    is_spread: bool = False

    @property
    def cost(self) -> Decimal | None:
        """Of all shots; ``None`` where one has no price."""
        costs = [shot.cost for shot in self.shots if shot.cost is not None]
        return sum(costs, Decimal(0)) if len(costs) == len(self.shots) else None

    @property
    def people_hours(self) -> Decimal:
        """Of all shots."""
        return sum((shot.people_hours for shot in self.shots), Decimal(0))


def budget_of_bid(bid: Bid) -> Budget:
    """The budget that a bid is, from its lines; what belongs to no shot is spread over all by what they cost."""
    lines: dict[str, list[BidLine]] = {}
    whole: dict[str, Decimal] = {}
    for line in bid.lines:
        if line.kind in WHOLE_BID:
            continue
        if line.shot_code is None:
            whole[line_group(line)] = whole.get(line_group(line), Decimal(0)) + (line.amount or 0)
        else:
            lines.setdefault(line.shot_code, []).append(line)
    shots = [_budgeted(shot, lines.get(shot.code, []), bid.hours_per_person_day) for shot in bid.shots]
    for group, amount in whole.items():
        shots = _spread(shots, group, amount)
    locked = f", locked on {bid.locked_at:%Y-%m-%d}" if bid.locked_at else f", {bid.status.value} and not locked"
    return Budget(
        words=f"Held against bid {bid.bid_id}, version {bid.version_number}{locked}.",
        currency=bid.currency,
        shots=tuple(shots),
        contingency=bid.totals.contingency or Decimal(0),
        margin=bid.totals.margin or Decimal(0),
        approved_changes=(
            len(bid.change_orders),
            sum((order.gross for order in bid.change_orders), Decimal(0)),
        ),
    )


def _spread(shots: Sequence[BudgetedShot], group: str, amount: Decimal) -> list[BudgetedShot]:
    weights = [int((shot.cost or Decimal(0)).scaleb(2)) for shot in shots]
    if sum(weights) <= 0 or any(shot.cost is None for shot in shots):
        return list(shots)
    shares = [Decimal(cents).scaleb(-2) for cents in shared_out(int(amount.scaleb(2)), weights)]
    return [
        replace(
            shot,
            cost=(shot.cost or Decimal(0)) + share,
            cost_parts={**shot.cost_parts, group: shot.cost_parts.get(group, Decimal(0)) + share},
        )
        for shot, share in zip(shots, shares, strict=True)
    ]


def _budgeted(shot: BidShot, lines: Sequence[BidLine], hours_per_person_day: Decimal) -> BudgetedShot:
    hour_parts: dict[str, Decimal] = {}
    cost_parts: dict[str, Decimal] = {}
    for line in lines:
        name = line_group(line)
        if line.kind is LineKind.PEOPLE:
            days = line.quantity * (hours_per_person_day if line.unit == "person_day" else 1)
            hour_parts[name] = hour_parts.get(name, Decimal(0)) + days
        # A bid with a missing price has lines without an amount, and its shot no cost.
        cost_parts[name] = cost_parts.get(name, Decimal(0)) + (line.amount or Decimal(0))
    hours = sum(hour_parts.values(), Decimal(0)) or to_cents(shot.people_hours.mean)
    cost = None
    if shot.cost is not None:
        cost = sum(cost_parts.values(), Decimal(0)) if lines else shot.cost.mean
    decided = shot.ai_probability in (0.0, 1.0)
    listed = ListedShot(
        place=shot.place,
        code=shot.code,
        cut_frames=shot.cut_frames,
        handle_frames=shot.handle_frames,
        sequence=shot.sequence,
        kind=shot.kind,
        complexity=shot.complexity,
        description=shot.description,
        vendor=shot.vendor,
        workflow=shot.workflow if decided else None,
        due_on=shot.due_on,
    )
    return BudgetedShot(listed, hours, cost, hour_parts, cost_parts)


def line_group(line: BidLine) -> str:
    """The row of a cost report that a line counts in: its department, else its kind."""
    if line.department and line.kind in (LineKind.PEOPLE, LineKind.SUPERVISION, LineKind.OVERHEAD):
        return line.department.casefold()
    return line.kind.value


def budget_of_amount(
    amount: Decimal, currency: str, shots: Sequence[ListedShot], expected_hours: Sequence[float], words: str
) -> Budget:
    """An amount spread over shots in proportion to the hours that such shots take.

    Parameters
    ----------
    expected_hours
        By shot, as they were to be expected before the production began.

    Raises
    ------
    ValueError
        If nothing is expected of any shot.
    """
    whole = sum(expected_hours)
    if whole <= 0:
        raise ValueError("an amount cannot be spread over shots that take nothing")
    left, spread = amount.quantize(CENT), []
    for number, (shot, hours) in enumerate(zip(shots, expected_hours, strict=True)):
        share = left if number == len(shots) - 1 else to_cents(float(amount) * hours / whole)
        left -= share
        spread.append(BudgetedShot(replace(shot, workflow=None), to_cents(hours), share, {}, {}))
    return Budget(words, currency, tuple(spread), price_spread=AMOUNT_PRICE_SPREAD, is_spread=True)


def to_cents(value: float) -> Decimal:
    """A mean of outcomes as an amount to a hundredth."""
    return Decimal(repr(float(value))).quantize(CENT, rounding=ROUND_HALF_EVEN)
