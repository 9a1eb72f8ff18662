"""Which costs count for a rule, and whether they reach its thresholds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from analytics.vocabulary.incentive import (
    FIGURES,
    MEASURES,
    Base,
    BaseCap,
    CostCategory,
    IncentiveCost,
    IncentiveProgramme,
    IncentiveRule,
    Threshold,
    Work,
)
from analytics.vocabulary.money import Money


@dataclass(frozen=True)
class CountedCosts:
    """The costs that count for a rule, to the cent.

    Attributes
    ----------
    labour
        Labour among them; ``None`` where a contract's labour is not stated.
    vfx_spend
        VFX work among them.
    reason
        What counts and what doesn't, in plain words.
    """

    amount: Money
    labour: Money | None
    vfx_spend: Money
    reason: str


def percent(share: Decimal) -> str:
    """A share as a producer reads it: ``0.215`` is ``21.5 %``."""
    return f"{(share * 100).normalize():f} %"


def inside(programme: IncentiveProgramme, territory: str) -> bool:
    """Whether a territory is the programme's or a subdivision of it."""
    return territory == programme.territory or territory.startswith(f"{programme.territory}-")


def counts(rule: IncentiveRule, programme: IncentiveProgramme, cost: IncentiveCost) -> bool:
    """Whether any part of a cost can count: territory, work and category fit."""
    if not inside(programme, cost.territory) or (rule.work is not None and cost.work is not rule.work):
        return False
    if rule.base is Base.CONTRACT_SHARE:
        return cost.category is CostCategory.CONTRACT
    return rule.base is Base.ALL_SPEND or cost.category is not CostCategory.OTHER


@dataclass(frozen=True)
class CountedPart:
    """What counts of one cost, and the labour in that (``None`` where a contract's is not stated); not rounded."""

    amount: Decimal
    labour: Decimal | None


def counted_part(rule: IncentiveRule, programme: IncentiveProgramme, cost: IncentiveCost) -> CountedPart:
    """A contract counts by its share or, where only labour does, by the labour stated in it."""
    if not counts(rule, programme, cost):
        return CountedPart(Decimal(0), Decimal(0))
    contract = cost.category is CostCategory.CONTRACT
    share = rule.contract_share if contract and rule.base is not Base.LABOUR_ONLY else Decimal(1)
    stated = cost.labour_part if contract else cost.amount
    labour = stated.amount * share if stated and cost.category is not CostCategory.OTHER else Decimal(0)
    amount = labour if rule.base is Base.LABOUR_ONLY else cost.amount.amount * share
    return CountedPart(amount, labour if stated is not None else None)


def counted_costs(
    rule: IncentiveRule,
    programme: IncentiveProgramme,
    costs: Sequence[IncentiveCost],
    parts: Sequence[CountedPart],
    currency: str,
) -> CountedCosts:
    """Add up what counts of each cost (`counted_part`, in the order of the costs)."""
    amount = sum((part.amount for part in parts), Decimal(0))
    vfx = sum((part.amount for cost, part in zip(costs, parts, strict=True) if cost.work is Work.VFX), Decimal(0))
    labour = [part.labour for part in parts if part.labour is not None]
    counted = Money(amount, currency).rounded()
    gross = sum((cost.amount for cost in costs), Money.of(0, currency))
    return CountedCosts(
        counted,
        Money(sum(labour, Decimal(0)), currency).rounded() if len(labour) == len(parts) else None,
        Money(vfx, currency).rounded(),
        f"{counted} of {gross.rounded()} counts: {_what_counts(rule, programme)}",
    )


def _what_counts(rule: IncentiveRule, programme: IncentiveProgramme) -> str:
    what = {
        Base.LABOUR_ONLY: "labour by residents, in house and inside contracts,",
        Base.ALL_SPEND: "all spend",
        Base.CONTRACT_SHARE: "contracts with vendors",
    }[rule.base]
    work = "" if rule.work is None else " for VFX" if rule.work is Work.VFX else " for other work than VFX"
    share = "" if rule.contract_share == 1 else f", contracts by {percent(rule.contract_share)}"
    return f"{what}{work} in {programme.territory}{share}"


def reached(threshold: Threshold, counted: CountedCosts, figures: Mapping[str, Money]) -> bool:
    """Whether the threshold is reached; exactly at it, it is.

    A share of nothing is reached by nothing: zero of zero is no less than any share of it.
    """
    needed = threshold.at_least
    if threshold.share_of is not None:
        needed *= _measured(threshold.share_of, counted, figures)
    return _measured(threshold.of, counted, figures) >= needed


def _measured(name: str, counted: CountedCosts, figures: Mapping[str, Money]) -> Decimal:
    if name in FIGURES:
        return figures[name].amount
    if name == "labour":
        # Inputs with a contract whose labour is unknown were refused before a rule that asks for labour is worked out.
        assert counted.labour is not None
        return counted.labour.amount
    return counted.vfx_spend.amount if name == "vfx_spend" else counted.amount.amount


def threshold_in_words(threshold: Threshold, currency: str, counted: CountedCosts, figures: Mapping[str, Money]) -> str:
    """As in ``at least 2,000,000 EUR of the VFX work among the costs that count (1,999,999.99)``."""
    words, measured = {**MEASURES, **FIGURES}, _measured(threshold.of, counted, figures)
    if threshold.share_of is None:
        return f"at least {threshold.at_least:,} {currency} of {words[threshold.of]} ({measured:,})"
    whole = _measured(threshold.share_of, counted, figures)
    return (
        f"{words[threshold.of]} ({measured:,}) at least {percent(threshold.at_least)} of "
        f"{words[threshold.share_of]} ({whole:,})"
    )


def cap_in_words(cap: BaseCap, currency: str) -> str:
    """As in ``80 % of the production's budget``."""
    if cap.share_of is None:
        return f"{cap.at_most:,} {currency}"
    return f"{percent(cap.at_most)} of {FIGURES[cap.share_of]}"
