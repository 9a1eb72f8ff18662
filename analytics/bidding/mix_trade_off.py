"""What there is to choose from between AI and traditional work on a shot list: mixes with cost, chance and finish."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from analytics.bidding.best_mix import BestMix, best_mix, mix_problem
from analytics.bidding.bid_production import production_to_bid
from analytics.bidding.gpu_hours import gpu_hours_by_workflow
from analytics.bidding.mix_credits import credit_steps
from analytics.bidding.mix_plan import MixPlan
from analytics.bidding.past_work import PastWork
from analytics.bidding.priced_list import PricedList, Said, priced_list
from analytics.costing.currency_named import currency_named
from analytics.costing.exchange import Exchange, exchange_on
from analytics.costing.incentive_plan import IncentivePlan
from analytics.costing.production_credits import ExchangeOn
from analytics.costing.rate_choice import Rates
from analytics.ledger.ledger import Ledger
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.listed_shot import ShotList

if TYPE_CHECKING:
    from analytics.estimation.mix.answer import MixAnswer
    from analytics.estimation.mix.problem import MixProblem
    from analytics.estimation.templates import BidTemplate

_DATES_LEFT_OUT = (
    "Turnover and due dates of the list hold nothing back: they do once a mix plan names the first day of work "
    "(starts_on)."
)


@dataclass(frozen=True)
class TradeOff:
    """Mixes to choose from, and the one that the plan chooses.

    Attributes
    ----------
    curve
        Mixes of which none is better than another in everything, the cheapest first; the chosen one is among them.
    warnings
        What a producer should know, in sentences.
    """

    listed: PricedList
    mix_plan: MixPlan
    curve: "tuple[MixAnswer, ...]"
    chosen: BestMix
    warnings: tuple[str, ...]

    @property
    def currency(self) -> str:
        """Of all money in it."""
        return self.listed.book.currency


def trade_off(
    ledger: Ledger,
    shot_list: ShotList,
    *,
    production: str,
    mix_plan: MixPlan | None = None,
    plan: IncentivePlan | None = None,
    rates: Rates | Sequence[Rates] | None = None,
    currency: str | None = None,
    territory: str | None = None,
    on: date | None = None,
    template: "BidTemplate | None" = None,
    with_synthetic: bool = False,
    outcomes: int = 2000,
    seed: int = 0,
    past: PastWork | None = None,
    said: Said = lambda words: None,
    told: Callable[[int, int], None] = lambda done, of: None,
) -> TradeOff:
    """Look for the mixes that a shot list can be made by. Nothing is stored.

    Parameters
    ----------
    told
        Is called with the mixes of the curve looked at so far, and all there are to look at.

    All others are as in `new_bids.new_bid`.
    """
    from analytics.estimation.mix.curve import trade_off_curve, undominated

    if not shot_list.shots:
        raise InputRefused(shot_list.name, None, "lists no shot", "give a list with at least one")
    of_production = production_to_bid(ledger, production)
    in_currency = currency_named(ledger, currency or of_production.currency, None)
    listed = priced_list(
        ledger, shot_list, of_production, in_currency, on=on or datetime.now(UTC).date(), rates=rates,
        territory=territory, template=template, with_synthetic=with_synthetic, outcomes=outcomes, seed=seed,
        past=past, said=said,
    )  # fmt: skip
    mix_plan = mix_plan or MixPlan()
    problem, words = problem_of_list(ledger, listed, plan=plan, mix_plan=mix_plan)
    said("choosing workflows")
    chosen = best_mix(listed.estimate, problem, mix_plan)
    answer = chosen.answer
    said("looking at what else there is to choose from")
    # Where nothing fits there is no trade-off: the answer is the mix that lacks least.
    others = () if answer.shortfalls else trade_off_curve(problem, told=told)
    kept = undominated((answer, *others))
    if answer not in kept:
        kept = tuple(sorted((answer, *kept), key=lambda each: each.net))
    return TradeOff(listed, mix_plan, kept, chosen, tuple(dict.fromkeys((*listed.warnings, *words, *answer.words))))


def problem_of_list(
    ledger: Ledger, listed: PricedList, *, plan: IncentivePlan | None = None, mix_plan: MixPlan | None = None
) -> "tuple[MixProblem, tuple[str, ...]]":
    """What a mix of a priced list is chosen from, net of incentives, and what has to be said about it."""
    book, estimate = listed.book, listed.estimate
    steps = () if plan is None else credit_steps(estimate, book, listed.terms("", "best"), plan, exchange_of(ledger))
    words: tuple[str, ...] = ()
    gpu_hours = None
    if mix_plan is not None and mix_plan.gpu_hours_per_week:
        workflows = tuple(listed.outcomes.by_workflow)
        gpu_hours, words = gpu_hours_by_workflow(ledger, listed.history, estimate.shots, workflows)
    if mix_plan is not None and mix_plan.starts_on is None and any(s.due_on or s.turnover_on for s in estimate.shots):
        words = (*words, _DATES_LEFT_OUT)
    problem = mix_problem(
        estimate,
        listed.outcomes,
        listed.history,
        book.currency,
        mix_plan=mix_plan,
        incentives=steps,
        gpu_hours=gpu_hours,
    )
    return problem, words


def exchange_of(ledger: Ledger) -> ExchangeOn:
    """What answers exchanges from a ledger's rates."""

    def exchange(from_currency: str, to_currency: str, day: date) -> Exchange | None:
        return exchange_on(ledger, from_currency, to_currency, day)

    return exchange
