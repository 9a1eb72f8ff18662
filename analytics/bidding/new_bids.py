"""Makes a bid of a shot list: looks up the production, estimates, chooses workflows, prices, puts together, stores."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from analytics.bidding.assembling import assemble_bid
from analytics.bidding.best_mix import best_mix, mix_assumptions
from analytics.bidding.bid_production import production_to_bid
from analytics.bidding.cost_outcomes import CostOutcomes
from analytics.bidding.mix_plan import MixPlan
from analytics.bidding.mix_trade_off import exchange_of, problem_of_list
from analytics.bidding.priced_list import Mix, Said, priced_list
from analytics.bidding.stored_bids import bid_named, store_new_bid, store_next_version
from analytics.costing.currency_named import currency_named
from analytics.costing.incentive_plan import IncentivePlan
from analytics.costing.rate_choice import Rates
from analytics.ledger.ledger import Ledger
from analytics.vocabulary.bid import Bid, BidStatus
from analytics.vocabulary.errors import InputRefused, Problem
from analytics.vocabulary.listed_shot import ShotList

if TYPE_CHECKING:
    from analytics.estimation.templates import BidTemplate

MIXES: tuple[Mix, ...] = ("current", "ai", "traditional", "best")


def new_bid(
    ledger: Ledger,
    shot_list: ShotList,
    *,
    production: str,
    rates: Rates | Sequence[Rates] | None = None,
    plan: IncentivePlan | None = None,
    mix: Mix = "current",
    mix_plan: MixPlan | None = None,
    confidence: Decimal = Decimal("0.8"),
    margin: Decimal = Decimal(0),
    currency: str | None = None,
    territory: str | None = None,
    on: date | None = None,
    name: str | None = None,
    bid_id: str | None = None,
    template: "BidTemplate | None" = None,
    with_synthetic: bool = False,
    outcomes: int = 2000,
    seed: int = 0,
    actor: str = "",
    store: bool = True,
    said: Said | None = None,
) -> Bid:
    """Make a bid: a draft, stored as the first version of a new bid or as the next one of a bid that is named.

    Parameters
    ----------
    production
        Id or name; it need not be in the ledger. Where its shots are, they tell how it differs from others.
    rates
        Cards to price by, as `costing.rate_choice.chosen_cards` takes them.
    mix
        ``current``, ``ai``, ``traditional`` or ``best``.
    mix_plan
        What ``best`` is chosen for and keeps to; ``None``: the least expected cost.
    confidence
        Share of outcomes that base and contingency are to cover.
    margin
        Share put on base and contingency.
    currency
        ``None``: the production's, else that of most shots.
    territory
        Where work is paid whose shot names no territory; ``None``: the production's, else that of most past shots.
    on
        Day whose rates price it; ``None``: today.
    bid_id
        A bid that has not been awarded, to make a new version of.
    template
        What shots take where history says nothing; ``None``: the one that comes with Shotledger.
    said
        Is told what is being done, in a few words.

    Raises
    ------
    InputRefused
        With every problem of the terms at once.
    LedgerError
        If the ledger has to be written and cannot be.
    """
    from analytics.estimation.kept_backtest import kept_backtest

    say = said or (lambda words: None)
    _refuse_terms(shot_list, mix, mix_plan, confidence, margin)
    before = None if bid_id is None else _open_bid(ledger, bid_id)
    of_production = production_to_bid(ledger, production)
    in_currency = currency_named(ledger, currency or of_production.currency, None)
    if before is not None and before.currency != in_currency:
        raise InputRefused(
            "--currency", in_currency, f"differs from {before.currency}, in which {before.bid_id} was made",
            "make a new bid instead of a version of it",
        )  # fmt: skip
    listed = priced_list(
        ledger, shot_list, of_production, in_currency, on=on or datetime.now(UTC).date(), rates=rates,
        territory=territory, mix=mix, template=template, with_synthetic=with_synthetic, outcomes=outcomes, seed=seed,
        said=say,
    )  # fmt: skip
    usual_name = f"{of_production.name}, {shot_list.name.rpartition('.')[0] or shot_list.name}"
    terms = listed.terms(name or (before.name if before else usual_name), mix, confidence, margin)
    estimate, priced, warnings, assumptions = listed.estimate, listed.outcomes, list(listed.warnings), []
    why: tuple[str, ...] = ()
    if mix == "best":
        say("choosing workflows")
        problem, words = problem_of_list(ledger, listed, plan=plan, mix_plan=mix_plan)
        chosen = best_mix(estimate, problem, mix_plan)
        estimate, why = chosen.estimate, chosen.why
        priced = CostOutcomes(priced.by_workflow, estimate.as_made(priced.by_workflow))
        assumptions = mix_assumptions(chosen.answer, mix_plan, in_currency)
        warnings += [*words, *chosen.answer.words]

    tried = kept_backtest(ledger, with_synthetic=with_synthetic)
    bid = assemble_bid(
        estimate, listed.book, terms, plan=plan, exchange_on=exchange_of(ledger), outcomes=priced, why_workflow=why,
        assumptions=assumptions, warnings=warnings, backtest="" if tried is None else tried.in_words(), seed=seed,
    )  # fmt: skip
    if not store:
        return bid
    if before is None:
        return store_new_bid(ledger, bid, listed.book, actor)
    return store_next_version(
        ledger, bid, listed.book, after=before, event="priced_again", actor=actor, note=shot_list.name
    )


def _refuse_terms(
    shot_list: ShotList, mix: str, mix_plan: MixPlan | None, confidence: Decimal, margin: Decimal
) -> None:
    problems = []
    if not shot_list.shots:
        problems.append(Problem(shot_list.name, None, "lists no shot", "give a list with at least one"))
    if mix not in MIXES:
        problems.append(Problem("--mix", mix, "is no mix", f"use one of: {', '.join(MIXES)}"))
    elif mix_plan is not None and mix != "best":
        why, mend = f"decides nothing with --mix {mix}", "use it with --mix best, or leave it out"
        problems.append(Problem("--mix-plan", mix_plan.name, why, mend))
    if not (confidence.is_finite() and 0 < confidence < 1):
        problems.append(
            Problem("--confidence", str(confidence), "must lie between 0 and 1", "write 80 per cent as 0.8")
        )
    if not (margin.is_finite() and 0 <= margin <= 1):
        problems.append(Problem("--margin", str(margin), "must lie between 0 and 1", "write 10 per cent as 0.1"))
    if problems:
        raise InputRefused.all_of(problems)


def _open_bid(ledger: Ledger, bid_id: str) -> Bid:
    bid = bid_named(ledger, bid_id)
    if bid.status not in (BidStatus.DRAFT, BidStatus.SENT):
        raise InputRefused(
            "bid", bid.bid_id, f"is {bid.status.value}, so its prices stand",
            f"make a change order: shotledger bid change {bid.bid_id} SHOTLIST --reason",
        )  # fmt: skip
    return bid
