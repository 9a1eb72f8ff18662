"""Incentive programmes on a day: which rules are in force, and what they would give the ledger's productions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from analytics.costing.incentive_plan import programmes_by_name
from analytics.costing.net_costs import NetCosts, net_costs
from analytics.costing.production_credits import ProductionNet
from analytics.costing.reckoned_costs import CostReckoning
from analytics.costing.territory_plan import territory_plan
from analytics.ledger.ledger import Ledger
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.incentive import IncentiveProgramme, IncentiveRule
from analytics.vocabulary.money import Money


class RuleStanding(StrEnum):
    """How a rule stands on a day."""

    IN_FORCE = "in force"
    TO_COME = "to come"
    ENDED = "ended"
    WAITS = "waits"


@dataclass(frozen=True)
class OfferedRule:
    """A rule, and how it stands.

    Attributes
    ----------
    days
        Since when and until when, in words.
    """

    rule: IncentiveRule
    standing: RuleStanding
    days: str


@dataclass(frozen=True)
class ProgrammeOffer:
    """A programme with its rules, and what it would give.

    Attributes
    ----------
    credits
        By currency of the productions that would get them, after tax; empty where none would.
    production_count
        Productions that would get anything.
    """

    programme: IncentiveProgramme
    rules: tuple[OfferedRule, ...]
    credits: tuple[Money, ...]
    production_count: int

    @property
    def is_in_force(self) -> bool:
        """Whether any of its rules is."""
        return any(each.standing is RuleStanding.IN_FORCE for each in self.rules)


@dataclass(frozen=True)
class ProductionOffer:
    """What the programmes of its territory would give one production; nothing, where no rule held when it started.

    Attributes
    ----------
    net
        Gross, each credit and net, in its currency.
    territory
        As the ledger says.
    """

    net: ProductionNet
    territory: str | None

    @property
    def credit_share(self) -> Decimal:
        """Of the gross, what would come back: 0 to 1."""
        gross = self.net.gross.amount
        return -self.net.incentive.amount / gross if gross else Decimal(0)

    @property
    def net_share(self) -> Decimal:
        """Of the gross, what is left to pay."""
        return 1 - self.credit_share


@dataclass(frozen=True)
class IncentiveOffers:
    """All of it, with what was taken for granted.

    Attributes
    ----------
    without
        Names of productions that no programme known here pays for.
    assumed
        In sentences.
    problems
        What kept the credits from being worked out, in sentences; then no production is told.
    """

    on: date
    programmes: tuple[ProgrammeOffer, ...]
    productions: tuple[ProductionOffer, ...]
    without: tuple[str, ...]
    assumed: tuple[str, ...]
    problems: tuple[str, ...] = ()

    def totals(self) -> tuple[tuple[Money, Money], ...]:
        """Gross, and what would come back of it, one pair a currency."""
        sums: dict[str, tuple[Money, Money]] = {}
        for each in self.productions:
            nothing = Money.of("0.00", each.net.gross.currency)
            gross, back = sums.get(nothing.currency, (nothing, nothing))
            sums[nothing.currency] = gross + each.net.gross, back + -each.net.incentive
        return tuple(sums[currency] for currency in sorted(sums))


def incentive_offers(
    ledger: Ledger, reckoning: CostReckoning, on: date, *, with_synthetic: bool = False
) -> IncentiveOffers:
    """What each programme is on a day, and what those of its territory would give each production.

    Which rules hold for a production is decided by the day it started, and not by ``on``. Ask after costs were
    reckoned.
    """
    found = territory_plan(ledger, with_synthetic=with_synthetic)
    programmes = programmes_by_name()
    net: NetCosts | None = None
    problems: tuple[str, ...] = ()
    if found.plan is not None:
        cells = ledger.ask("production_cost_cells", rate_card_id=reckoning.rate_card_id, with_synthetic=with_synthetic)
        try:
            net = net_costs(ledger, cells, found.plan)
        except InputRefused as refused:
            problems = tuple(str(problem) for problem in refused.problems)
    productions = _productions(ledger, net, with_synthetic)
    return IncentiveOffers(
        on,
        tuple(_offered(programme, productions, on) for programme in programmes.values()),
        productions,
        found.without,
        found.assumed,
        problems,
    )


def rule_standing(rule: IncentiveRule, on: date) -> RuleStanding:
    """How a rule stands on a day."""
    if rule.pending:
        return RuleStanding.WAITS
    if rule.valid_from and on < rule.valid_from:
        return RuleStanding.TO_COME
    return RuleStanding.ENDED if rule.valid_to and on >= rule.valid_to else RuleStanding.IN_FORCE


def rule_days(rule: IncentiveRule) -> str:
    """Since when and until when it holds, in words."""
    if rule.pending:
        return f"waits for {rule.pending}"
    since = f"since {rule.valid_from}" if rule.valid_from else ""
    until = f"until {rule.valid_to}" if rule.valid_to else ""
    return " ".join(filter(None, (since, until))) or "first day unknown"


def _productions(ledger: Ledger, net: NetCosts | None, with_synthetic: bool) -> tuple[ProductionOffer, ...]:
    if net is None:
        return ()
    rows = ledger.ask_rows("slate_productions", with_synthetic=with_synthetic)
    return tuple(
        ProductionOffer(own, row["territory"])
        for row in rows
        if (own := net.productions.get(row["production_id"])) is not None
    )


def _offered(programme: IncentiveProgramme, productions: Sequence[ProductionOffer], on: date) -> ProgrammeOffer:
    credits: dict[str, Money] = {}
    getting = set()
    for each in productions:
        for credit in each.net.credits:
            if credit.line.programme.name == programme.name and credit.benefit.amount:
                currency = credit.benefit.currency
                credits[currency] = credits.get(currency, Money.of("0.00", currency)) + credit.benefit
                getting.add(each.net.production_id)
    return ProgrammeOffer(
        programme,
        tuple(OfferedRule(rule, rule_standing(rule, on), rule_days(rule)) for rule in programme.rules),
        tuple(credits[currency] for currency in sorted(credits)),
        len(getting),
    )
