"""What incentives need to know of a production's costs, and neither its ledger nor the plan says."""

from collections.abc import Sequence
from decimal import Decimal

from analytics.costing.claimed_costs import BOUGHT_ANYWHERE, CostGroup
from analytics.costing.exchange import Exchange
from analytics.costing.incentive_base import counts
from analytics.costing.incentive_inputs import asks_for_labour
from analytics.costing.incentive_plan import IncentiveClaim
from analytics.vocabulary.errors import Problem
from analytics.vocabulary.incentive import Base, CostCategory, IncentiveProgramme, IncentiveRule
from analytics.vocabulary.money import Money

DEFAULT_CARD_LABOUR_SHARE = Decimal("0.568182")
"""Wages with their fringe in the prices of the rate card that comes with Shotledger: 1 / (1.60 x 1.10)."""


def unsaid(
    groups: Sequence[CostGroup],
    applied: Sequence[tuple[IncentiveProgramme, IncentiveRule]],
    claim: IncentiveClaim,
    currency: str,
) -> list[Problem]:
    """What the rules in force need to know of these costs, and neither ledger nor plan says."""
    problems: dict[str, Problem] = {}
    for group in groups:
        amount = Money(group.amount, currency).rounded()
        if group.territory is None:
            what = f"a contract with {group.vendor}" if group.vendor else ", ".join(group.paid_for) or "people"
            problems[f"territory of {what}"] = Problem(
                "territory",
                None,
                f"{amount} for {what} belongs to no territory: neither the entries nor the production name one",
                'state it, as in territory = "CA-BC", or import the production with its territory',
            )
            continue
        (cost, *_) = group.costs(claim, Exchange.none(currency))
        for programme, rule in applied:
            problem = _asked(programme, rule, group, claim, amount) if counts(rule, programme, cost) else None
            if problem:
                problems.setdefault(problem.place, problem)
    return list(problems.values())


def _asked(
    programme: IncentiveProgramme, rule: IncentiveRule, group: CostGroup, claim: IncentiveClaim, amount: Money
) -> Problem | None:
    """What a rule needs to know of a group that counts for it, if that isn't said."""
    if group.bought_anywhere and rule.base is Base.ALL_SPEND:
        return Problem(
            f"spent_in.{BOUGHT_ANYWHERE}",
            None,
            f"{programme.name} pays on what is spent in {programme.territory}, and where {amount} of generated "
            "seconds were bought is not known",
            f'state it, as in {BOUGHT_ANYWHERE} = "US"',
        )
    pays_on_labour = f"{programme.name} pays on labour, and how much of"
    if asks_for_labour(rule) and group.category is CostCategory.LABOUR and claim.labour_share is None:
        return Problem(
            "labour_share",
            None,
            f"{pays_on_labour} the {amount} for own people is wages is not known",
            "state it from 0 to 1, by --labour-share or in a plan; in the prices that come with Shotledger it is "
            f"{DEFAULT_CARD_LABOUR_SHARE}",
        )
    if asks_for_labour(rule) and group.vendor is not None and group.vendor_share(claim) is None:
        return Problem(
            f"vendor_labour_share.{group.vendor}",
            None,
            f"{pays_on_labour} the contract for {amount} is labour is not known",
            "ask the vendor, and state 0 if none of it is",
        )
    return None
