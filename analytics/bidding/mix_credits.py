"""Incentives as a mix of workflows sees them: a rate on each shot's cost, with the steps and caps of each rule."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from analytics.bidding.bid_incentives import credits_by_shot
from analytics.bidding.bid_lines import lines_of_shots
from analytics.bidding.bid_terms import BidTerms
from analytics.bidding.price_book import PriceBook
from analytics.costing.exchange import Exchange
from analytics.costing.incentive_plan import IncentiveClaim, IncentivePlan
from analytics.costing.production_credits import ExchangeOn
from analytics.estimation.estimate import Estimate
from analytics.estimation.mix.problem import CreditStep, CreditSteps
from analytics.vocabulary.bid import BidLine
from analytics.vocabulary.incentive import FIGURES, BaseCap, IncentiveProgramme, IncentiveRule, Threshold
from analytics.vocabulary.workflow import Workflow

WITHOUT_STEPS = "incentives without steps"
Shares = dict[Workflow, list[float]]


@dataclass(frozen=True)
class _Stepped:
    """A rule whose rate hangs on how much of a bid counts; amounts are in the bid's currency, rates net of tax."""

    programme: IncentiveProgramme
    rule: IncentiveRule
    steps: tuple[CreditStep, ...]
    base_at_most: float | None
    credit_at_most: float | None

    @property
    def rate(self) -> float:
        """Of the rule itself, without cliffs."""
        return _net_rate(self.rule, self.rule.rate)


def credit_steps(
    estimate: Estimate, book: PriceBook, terms: BidTerms, plan: IncentivePlan, exchange_on: ExchangeOn
) -> tuple[CreditSteps, ...]:
    """Turn a plan's rules into steps and shares of shots' costs.

    Rules with a minimum, cliff or cap in money become steps of their own; all others are one share of each shot's cost.
    Shares are worked out by the programmes themselves on a bid that is made by one workflow throughout, with those
    minimums, cliffs and caps left out. A rule held against a share of the same costs (labour of all spend, say) stays
    with the others: whether it is met is looked at for each workflow throughout.

    Raises
    ------
    InputRefused
        If a programme needs what neither bid nor plan says; every problem at once.
    """
    lines = {
        workflow: lines_of_shots(
            estimate.with_workflows([workflow] * len(estimate.shots)), book, terms.fps, terms.territory
        )
        for workflow in estimate.hours_by_workflow
    }
    claim = plan.claim_of(terms.production_id)
    stepped = list(_stepped_rules(plan, claim, book, terms, exchange_on))
    rules = {(each.programme.name, each.rule.name) for each in stepped}

    def shares(only: _Stepped | None) -> Shares:
        """Share of each shot's cost given back by the rules without steps, and by one with steps, as if they held."""
        bare = _with_rules(plan, rules, only)
        return {w: _shares(of_shots, estimate, bare, terms, book, exchange_on) for w, of_shots in lines.items()}

    plain = shares(None)
    found = [CreditSteps(WITHOUT_STEPS, (CreditStep(0.0, 1.0),), plain)] if any(map(any, plain.values())) else []
    for each in stepped:
        given = shares(each)
        earning = {w: [max(0.0, (a - b) / each.rate) for a, b in zip(given[w], plain[w], strict=True)] for w in given}
        if any(map(any, earning.values())):
            name = f"{each.programme.title}, {each.rule.title}"
            found.append(
                CreditSteps(
                    name, each.steps, earning, base_at_most=each.base_at_most, credit_at_most=each.credit_at_most
                )
            )
    return tuple(found)


def _with_rules(plan: IncentivePlan, stepped: set[tuple[str, str]], only: _Stepped | None) -> IncentivePlan:
    """The plan without its stepped rules but one, and that one without steps and caps."""
    programmes = {}
    for name, programme in plan.programmes.items():
        rules = tuple(
            replace(rule, minimum=(), cliffs=(), base_cap=None, credit_cap=None)
            if (name, rule.name) in stepped
            else rule
            for rule in programme.rules
            if (name, rule.name) not in stepped
            or (only is not None and (name, rule.name) == (only.programme.name, only.rule.name))
        )
        programmes[name] = replace(programme, rules=rules)
    return replace(plan, programmes=programmes)


def _shares(
    lines: Sequence[Sequence[BidLine]],
    estimate: Estimate,
    plan: IncentivePlan,
    terms: BidTerms,
    book: PriceBook,
    exchange_on: ExchangeOn,
) -> list[float]:
    all_lines = [line for of_shot in lines for line in of_shot]
    credits = credits_by_shot(all_lines, plan, terms, book.currency, book.priced_on, exchange_on)
    costs = [sum((line.amount or Decimal(0) for line in of_shot), Decimal(0)) for of_shot in lines]
    return [
        float(credits.get(shot.code, Decimal(0)) / cost) if cost else 0.0
        for shot, cost in zip(estimate.shots, costs, strict=True)
    ]


def _stepped_rules(
    plan: IncentivePlan, claim: IncentiveClaim, book: PriceBook, terms: BidTerms, exchange_on: ExchangeOn
) -> Iterator[_Stepped]:
    day = claim.exchange_on or claim.on or terms.started_on or book.priced_on
    for programme in plan.claimed_programmes(claim):
        exchange = exchange_on(book.currency, programme.currency, day)
        if exchange is None:
            continue  # the programme itself refuses that, with what to do about it
        for rule in programme.rules:
            amounts = _Amounts(claim, exchange)
            stepped = _stepped(programme, rule, claim, amounts)
            if stepped is not None and amounts.all_known and rule.rate:
                yield stepped


def _stepped(
    programme: IncentiveProgramme, rule: IncentiveRule, claim: IncentiveClaim, amounts: "_Amounts"
) -> _Stepped | None:
    if not (rule.minimum or rule.cliffs or rule.base_cap or rule.credit_cap is not None):
        return None
    least = min((amounts.of(threshold) for threshold in rule.minimum), default=0.0)
    steps = {least: _net_rate(rule, rule.rate)}
    for cliff in rule.cliffs:
        if all(claim.requirements_met.get(name) for name in cliff.requires):
            steps[max(least, amounts.of(cliff.threshold))] = _net_rate(rule, cliff.rate)
    steps = {amount: rate for amount, rate in steps.items() if amount != float("inf")}
    cap = None if rule.credit_cap is None else amounts.money(rule.credit_cap) * _net_rate(rule, Decimal(1))
    limit = None if rule.base_cap is None else amounts.cap(rule.base_cap)
    if not steps:
        return None
    return _Stepped(programme, rule, tuple(CreditStep(a, steps[a]) for a in sorted(steps)), limit, cap)


def _net_rate(rule: IncentiveRule, rate: Decimal) -> float:
    return float(rate * (1 - (rule.tax_rate or Decimal(0))))


class _Amounts:
    """Thresholds and caps in the bid's currency; notes when one cannot be said as an amount."""

    def __init__(self, claim: IncentiveClaim, exchange: Exchange) -> None:
        self.figures: Mapping[str, float] = {
            name: float(money.amount)
            if money.currency == exchange.from_currency
            else self._back(money.amount, exchange)
            for name, money in claim.figures.items()
        }
        self.exchange = exchange
        self.all_known = True

    def money(self, amount: Decimal) -> float:
        """An amount of the programme's currency."""
        return self._back(amount, self.exchange)

    def of(self, threshold: Threshold) -> float:
        """How much has to count: 0 where a figure reaches the threshold by itself, infinity where it doesn't."""
        needed = self._share(threshold.at_least, threshold.share_of)
        if threshold.of not in FIGURES:
            return needed
        return 0.0 if self._figure(threshold.of) >= needed else float("inf")

    def cap(self, cap: BaseCap) -> float:
        """How much counts at most."""
        return self._share(cap.at_most, cap.share_of)

    def _share(self, amount: Decimal, share_of: str | None) -> float:
        return self.money(amount) if share_of is None else float(amount) * self._figure(share_of)

    def _figure(self, name: str) -> float:
        if name not in self.figures:
            self.all_known = False
        return self.figures.get(name, 0.0)

    @staticmethod
    def _back(amount: Decimal, exchange: Exchange) -> float:
        return float(amount / exchange.rate)
