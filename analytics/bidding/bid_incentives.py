"""What incentive programmes give on a bid: worked out on its lines as it is worked out on the costs of a ledger."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from analytics.bidding.bid_terms import BidTerms
from analytics.costing.incentive_plan import IncentivePlan
from analytics.costing.production_credits import CreditLine, ExchangeOn, ProductionNet, production_net
from analytics.vocabulary.bid import BidIncentive, BidLine, LineKind
from analytics.vocabulary.errors import InputRefused, Problem

_COST_KINDS = {LineKind.OTHER: "billed"}
"""What cost cells call the kinds of a line, where they call them otherwise."""


@dataclass(frozen=True)
class IncentivesOfBid:
    """What a plan gives on a bid.

    Attributes
    ----------
    rules
        One for each rule that looks at these costs, zero where a condition is not met, with its reason.
    vendor_amount
        Of all of it, negative: what is earned by what vendors do.
    notes
        What was taken for granted, in sentences.
    """

    rules: tuple[BidIncentive, ...] = ()
    vendor_amount: Decimal = Decimal("0.00")
    notes: tuple[str, ...] = ()

    @property
    def amount(self) -> Decimal:
        """All rules together, negative or zero."""
        return sum((rule.amount for rule in self.rules), Decimal("0.00"))


def bid_incentives(
    lines: Sequence[BidLine], plan: IncentivePlan, terms: BidTerms, currency: str, otherwise_on: date,
    exchange_on: ExchangeOn,
) -> IncentivesOfBid:  # fmt: skip
    """Work a plan out on the direct cost of a bid: contingency and margin are no spend yet.

    Parameters
    ----------
    otherwise_on
        The day that decides where neither the plan states one nor the production's first day is known.

    Raises
    ------
    InputRefused
        If a programme needs what neither bid nor plan says; every problem at once.
    """
    keys, production, cents = _worked_out(lines, plan, terms, currency, otherwise_on, exchange_on)
    claim = plan.claim_of(terms.production_id)
    notes = [f"{note[:1].upper()}{note[1:]}." for note in production.notes if note != "no incentive is claimed"]
    if production.rules_on and claim.on is None:
        day = "the first day of the production" if terms.started_on else "the day of this bid, as no other is known"
        notes.append(f"Incentive rules are those of {production.rules_on}, {day}.")
    of_vendors = sum(given for given, key in zip(cents, keys, strict=True) if key.vendor is not None)
    return IncentivesOfBid(
        tuple(_as_line(credit) for credit in production.credits), Decimal(-of_vendors).scaleb(-2), tuple(notes)
    )


def credits_by_shot(
    lines: Sequence[BidLine], plan: IncentivePlan, terms: BidTerms, currency: str, otherwise_on: date,
    exchange_on: ExchangeOn,
) -> dict[str, Decimal]:  # fmt: skip
    """What each shot of a bid earns of all that a plan gives on it, by its code; positive.

    Raises
    ------
    InputRefused
        As `bid_incentives`.
    """
    keys, _, cents = _worked_out(lines, plan, terms, currency, otherwise_on, exchange_on)
    credits: dict[str, Decimal] = {}
    for key, given in zip(keys, cents, strict=True):
        credits[key.shot_code] = credits.get(key.shot_code, Decimal(0)) + Decimal(given).scaleb(-2)
    return credits


class _Cell(NamedTuple):
    """What incentives tell costs apart by, and the shot they are of."""

    cost_kind: str
    part: str
    territory: str | None
    vendor: str | None
    shot_code: str


def _worked_out(
    lines: Sequence[BidLine], plan: IncentivePlan, terms: BidTerms, currency: str, otherwise_on: date,
    exchange_on: ExchangeOn,
) -> tuple[list[_Cell], ProductionNet, list[int]]:  # fmt: skip
    """Cells of the direct cost, what the plan gives on all of them, and the cents that each earned."""
    from pandas import DataFrame

    claim = plan.claim_of(terms.production_id)
    sums: dict[_Cell, Decimal] = {}
    for line in lines:
        if line.amount is not None and line.kind not in (LineKind.CONTINGENCY, LineKind.MARGIN):
            part = "other" if line.kind is LineKind.OTHER else line.department or ""
            kind = _COST_KINDS.get(line.kind, line.kind.value)
            cell = _Cell(kind, part, line.territory, line.vendor, line.shot_code or "")
            sums[cell] = sums.get(cell, Decimal(0)) + line.amount
    keys = sorted(sums, key=lambda cell: tuple(part or "" for part in cell))
    rows = [(*cell, sums[cell]) for cell in keys]
    cells = DataFrame(rows, columns=[*_Cell._fields, "cost"], dtype=object)
    known = {
        "production_id": terms.production_id,
        "name": terms.production_name,
        "currency": currency,
        "started_on": terms.started_on or otherwise_on,
    }
    try:
        production, cents = production_net(known, cells, claim, plan.claimed_programmes(claim), exchange_on)
    except InputRefused as refused:
        raise InputRefused.all_of(
            [Problem(f"{plan.name}: {each.place}", each.value, each.why, each.mend) for each in refused.problems]
        ) from None
    return keys, production, cents


def _as_line(credit: CreditLine) -> BidIncentive:
    line = credit.line
    said = "; ".join(step.reason for step in line.steps)
    words = " ".join([f"{line.rule.title}: {said}.", *line.remarks])
    return BidIncentive(line.programme.name, line.rule.name, -credit.benefit.amount, words)
