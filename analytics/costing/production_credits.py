"""One production net of incentives: what each rule gives on all its costs, and which cells earned it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from analytics.costing.claimed_costs import CostGroup, grouped_costs
from analytics.costing.exchange import Exchange
from analytics.costing.incentive_base import inside
from analytics.costing.incentive_gaps import unsaid
from analytics.costing.incentive_inputs import figures_asked
from analytics.costing.incentive_plan import IncentiveClaim
from analytics.costing.incentives import IncentiveLine, NetOfIncentives, net_of_incentives, rules_on
from analytics.costing.sharing_out import shares_of_cells
from analytics.vocabulary.errors import InputRefused, Problem
from analytics.vocabulary.incentive import Base, IncentiveProgramme, IncentiveRule
from analytics.vocabulary.money import Money

if TYPE_CHECKING:
    from pandas import DataFrame

ExchangeOn = Callable[[str, str, date], Exchange | None]
"""Answers what one currency buys of another on a day, or ``None``."""

Applied = Sequence[tuple[IncentiveProgramme, IncentiveRule]]


@dataclass(frozen=True)
class CreditLine:
    """What one rule gives a production after its tax, in the production's currency to the cent."""

    line: IncentiveLine
    benefit: Money


@dataclass(frozen=True)
class ProductionNet:
    """One production before and after incentives, in its currency.

    Attributes
    ----------
    gross
        All its costs that have a price, not rounded.
    answers
        How the credits were worked out, one for each currency that programmes pay in.
    rules_on
        The day that decided which rules hold; ``None`` where no programme has anything to look at.
    day_is_stated
        Whether the plan states that day; otherwise it is the one on which the production started.
    notes
        What a reader has to know beside the remarks of the lines, in plain words.
    unpriced_cell_count
        Cells that have no price: they are in none of these sums.
    """

    production_id: str
    name: str
    gross: Money
    credits: tuple[CreditLine, ...] = ()
    answers: tuple[NetOfIncentives, ...] = ()
    rules_on: date | None = None
    day_is_stated: bool = False
    notes: tuple[str, ...] = ()
    unpriced_cell_count: int = 0

    @property
    def incentive(self) -> Money:
        """Credits less their tax, as a negative amount."""
        return -sum((credit.benefit for credit in self.credits), Money.of("0.00", self.gross.currency))

    @property
    def net(self) -> Money:
        """What is paid in the end of the costs that have a price."""
        return self.gross + self.incentive


def production_net(
    terms: Mapping[str, Any],
    cells: "DataFrame",
    claim: IncentiveClaim,
    programmes: Sequence[IncentiveProgramme],
    exchange_on: ExchangeOn,
    unpriced_cell_count: int = 0,
) -> tuple[ProductionNet, list[int]]:
    """Work out one production.

    Parameters
    ----------
    terms
        The production's row of ``questions/production_terms.sql``.
    cells
        All its priced cost cells, in an order that decides who gets an odd cent.
    programmes
        Those that are claimed, in stacking order.

    Returns
    -------
    production
        Its gross, credits and net.
    cents
        What each cell gets of the credits, in cents; together they are the credits.

    Raises
    ------
    InputRefused
        If anything is missing; every problem at once.
    """
    currency, costs = terms["currency"], cells["cost"].to_list()
    gross = Money(sum(costs, Decimal(0)), currency)
    production = ProductionNet(terms["production_id"], terms["name"], gross, unpriced_cell_count=unpriced_cell_count)
    if not programmes:
        return replace(production, notes=("no incentive is claimed",)), [0] * len(costs)
    groups, group_of_cell = grouped_costs(cells, claim)
    here = [each for each in programmes if any(_spent_inside(each, group) for group in groups)]
    elsewhere = [f"{each.name}: nothing is spent in {each.territory}" for each in programmes if each not in here]
    on = claim.on or terms["started_on"]
    if here and on is None:
        raise InputRefused(
            "on",
            None,
            "rules change by the day, and on which day this production started is unknown",
            "state the day that decides, as in on = 2026-01-05",
        )
    applied, _ = rules_on(here, on, count_pending=bool(claim.count_pending))
    problems = unsaid(groups, applied, claim, currency)
    credits: list[CreditLine] = []
    answers: list[NetOfIncentives] = []
    notes = [*elsewhere, *_assumptions(groups, applied, unpriced_cell_count)]
    cents = [0] * len(costs)
    for paid_in in sorted({programme.currency for programme in here}):
        exchange = exchange_on(currency, paid_in, claim.exchange_on or on)
        if exchange is None:
            problems.append(_no_rate(currency, paid_in, claim.exchange_on or on))
            continue
        try:
            answer = _answer(groups, claim, here, applied, on, exchange)
        except InputRefused as refused:
            problems += refused.problems
            continue
        answers.append(answer)
        notes += [f"exchanged at {exchange}"] if exchange.valid_from else []
        group_of_cost = [number for number, group in enumerate(groups) for _ in group.costs(claim, exchange)]
        totals = [group.amount * exchange.rate for group in groups]
        for line in answer.lines:
            benefit = exchange.back(line.net_benefit)
            credits.append(CreditLine(line, benefit))
            earned = [Decimal(0)] * len(groups)
            for number, amount in zip(group_of_cost, line.earned_by, strict=True):
                earned[number] += amount
            shares = shares_of_cells(benefit, earned, totals, group_of_cell, costs)
            cents = [sum(both) for both in zip(cents, shares, strict=True)]
    if problems:
        raise InputRefused.all_of(problems)
    if here:
        production = replace(production, rules_on=on, day_is_stated=claim.on is not None)
    return replace(production, credits=tuple(credits), answers=tuple(answers), notes=tuple(notes)), cents


def _spent_inside(programme: IncentiveProgramme, group: CostGroup) -> bool:
    return group.territory is not None and inside(programme, group.territory)


def _answer(
    groups: Sequence[CostGroup],
    claim: IncentiveClaim,
    programmes: Sequence[IncentiveProgramme],
    applied: Applied,
    on: date,
    exchange: Exchange,
) -> NetOfIncentives:
    """Work out the programmes that pay in the currency exchanged to."""
    paying = [programme for programme in programmes if programme.currency == exchange.to_currency]
    asked = {name for programme, rule in applied if programme in paying for name in figures_asked(rule)}
    figures = {
        name: Money(money.amount * exchange.rate, exchange.to_currency).rounded()
        if money.currency == exchange.from_currency
        else money
        for name, money in claim.figures.items()
        if name in asked
    }
    costs = [cost for group in groups for cost in group.costs(claim, exchange)]
    pending = bool(claim.count_pending)
    return net_of_incentives(costs, paying, on, figures, claim.requirements_met, count_pending=pending)


def _no_rate(from_currency: str, to_currency: str, on: date) -> Problem:
    return Problem(
        "exchange_on",
        on.isoformat(),
        f"the ledger knows no rate between {from_currency}, the production's, and {to_currency}, in which is paid, "
        "on that day or before",
        "import fx_rates with a history bundle, or state a later day",
    )


def _assumptions(groups: Sequence[CostGroup], applied: Applied, unpriced_cell_count: int) -> Iterator[str]:
    """Sentences on what is taken for granted."""
    spent = [
        (word, group.territory)
        for group in groups
        for word in group.paid_for
        if any(rule.base is Base.ALL_SPEND and _spent_inside(programme, group) for programme, rule in applied)
    ]
    for territory in sorted({where for _, where in spent if where}):
        words = sorted({word for word, where in spent if where == territory})
        yield f"taken to be spent in {territory}, as the plan doesn't say: {', '.join(words)}"
    if unpriced_cell_count:
        yield (
            f"{unpriced_cell_count:,} {'cost has' if unpriced_cell_count == 1 else 'costs have'} no price: credits and "
            "thresholds are of what has one"
        )
