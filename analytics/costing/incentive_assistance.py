"""What earlier programmes pay on the same labour, and what that leaves of each cost for a later one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from analytics.costing.incentive_base import CountedCosts, CountedPart, counts
from analytics.vocabulary.incentive import IncentiveCost, IncentiveProgramme, IncentiveRule
from analytics.vocabulary.money import Money


@dataclass(frozen=True)
class PaidOnLabour:
    """What a programme pays on labour: in all, to the cent, and of each cost, not rounded."""

    total: Money
    of_each: tuple[Decimal, ...]

    @classmethod
    def of(
        cls, credit: Money, counted: CountedCosts, parts: Sequence[CountedPart], before: "PaidOnLabour | None"
    ) -> "PaidOnLabour":
        """Labour's share of a credit, on top of what earlier rules of the programme pay."""
        assert counted.labour is not None
        total = Money(credit.amount * counted.labour.amount / counted.amount.amount, credit.currency).rounded()
        of_each = [credit.amount * (part.labour or 0) / counted.amount.amount for part in parts]
        if before is not None:
            total += before.total
            of_each = [own + paid for own, paid in zip(of_each, before.of_each, strict=True)]
        return cls(total, tuple(of_each))


def earned_by(parts: Sequence[CountedPart], earlier: Mapping[str, PaidOnLabour]) -> tuple[Decimal, ...]:
    """What is left of each cost for a programme that these earlier ones reduce; not rounded and never below zero."""
    zero = Decimal(0)
    return tuple(
        max(part.amount - sum((paid.of_each[number] for paid in earlier.values()), zero), zero) if part.amount else zero
        for number, part in enumerate(parts)
    )


def unreduced_territories(
    programme: IncentiveProgramme,
    rule: IncentiveRule,
    costs: Sequence[IncentiveCost],
    applied: Sequence[tuple[IncentiveProgramme, IncentiveRule]],
) -> list[str]:
    """Territories of counted costs that no earlier rule looked at, for a programme that earlier ones reduce."""
    if not programme.reduced_by:
        return []
    earlier = [(each, its_rule) for each, its_rule in applied if each.name in programme.reduced_by]
    counting = [cost for cost in costs if counts(rule, programme, cost)]
    return sorted({c.territory for c in counting if not any(counts(its_rule, each, c) for each, its_rule in earlier)})
