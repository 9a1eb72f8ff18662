"""Makes a bid of a shot list: looks up the production, estimates, chooses workflows, prices, puts together, stores."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, TypedDict, Unpack

from analytics.bidding.assembling import assemble_bid
from analytics.bidding.best_mix import best_mix, mix_assumptions
from analytics.bidding.bid_production import production_to_bid
from analytics.bidding.cost_outcomes import CostOutcomes
from analytics.bidding.mix_plan import MixPlan
from analytics.bidding.mix_ranges import MixRange, mix_ranges
from analytics.bidding.mix_trade_off import exchange_of, problem_of_list
from analytics.bidding.past_work import PastWork
from analytics.bidding.price_book import PriceBook
from analytics.bidding.priced_list import Mix, Said, priced_list
from analytics.bidding.stored_bids import bid_named, store_new_bid, store_next_version
from analytics.costing.currency_named import currency_named
from analytics.costing.incentive_plan import IncentivePlan
from analytics.costing.rate_choice import Rates
from analytics.importers.shot_lists.writing import shot_list_csv
from analytics.ledger.ledger import Ledger
from analytics.vocabulary.bid import Bid, BidStatus
from analytics.vocabulary.errors import InputRefused, Problem
from analytics.vocabulary.listed_shot import ShotList

if TYPE_CHECKING:
    from analytics.estimation.templates import BidTemplate

MIXES: tuple[Mix, ...] = ("current", "ai", "traditional", "best")


class Terms(TypedDict, total=False):
    """What `draft_bid` takes beside list, production and the bid to follow."""

    rates: Rates | Sequence[Rates] | None
    plan: IncentivePlan | None
    assumed: Sequence[str]
    mix: Mix
    mix_plan: MixPlan | None
    confidence: Decimal
    margin: Decimal
    currency: str | None
    territory: str | None
    on: date | None
    name: str | None
    template: "BidTemplate | None"
    with_synthetic: bool
    outcomes: int
    seed: int
    past: PastWork | None
    said: Said | None


@dataclass(frozen=True)
class DraftedBid:
    """A bid worked out and not stored yet.

    Attributes
    ----------
    book
        The prices it was made with.
    mixes
        What the same shots would cost by other mixes.
    """

    bid: Bid
    book: PriceBook
    mixes: tuple[MixRange, ...]


def draft_bid(
    ledger: Ledger,
    shot_list: ShotList,
    *,
    production: str,
    rates: Rates | Sequence[Rates] | None = None,
    plan: IncentivePlan | None = None,
    assumed: Sequence[str] = (),
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
    past: PastWork | None = None,
    said: Said | None = None,
) -> DraftedBid:
    """Work a bid out; nothing is stored, and nobody else sees it.

    Parameters
    ----------
    production
        Id or name; it need not be in the ledger. Where its shots are, they tell how it differs from others.
    rates
        Cards to price by, as `costing.rate_choice.chosen_cards` takes them.
    assumed
        What whoever chose these terms took for granted, in sentences.
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
    past
        What was worked out from the past by `past_work` with the same template and synthetic data or not, to save
        doing it again; ``None``: it is worked out here.
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
        past=past, said=say,
    )  # fmt: skip
    usual_name = f"{of_production.name}, {shot_list.name.rpartition('.')[0] or shot_list.name}"
    terms = listed.terms(name or (before.name if before else usual_name), mix, confidence, margin)
    estimate, priced, warnings, assumptions = listed.estimate, listed.outcomes, list(listed.warnings), [*assumed]
    why: tuple[str, ...] = ()
    if mix == "best":
        say("choosing workflows")
        problem, words = problem_of_list(ledger, listed, plan=plan, mix_plan=mix_plan)
        chosen = best_mix(estimate, problem, mix_plan)
        estimate, why = chosen.estimate, chosen.why
        priced = CostOutcomes(priced.by_workflow, estimate.as_made(priced.by_workflow))
        assumptions += mix_assumptions(chosen.answer, mix_plan, in_currency)
        warnings += [*words, *chosen.answer.words]

    tried = kept_backtest(ledger, with_synthetic=with_synthetic)
    bid = assemble_bid(
        estimate, listed.book, terms, plan=plan, exchange_on=exchange_of(ledger), outcomes=priced, why_workflow=why,
        assumptions=assumptions, warnings=warnings, backtest="" if tried is None else tried.in_words(), seed=seed,
    )  # fmt: skip
    return DraftedBid(replace(bid, listed=shot_list_csv(shot_list)), listed.book, mix_ranges(estimate, priced, mix))


def store_drafted(
    ledger: Ledger,
    drafted: DraftedBid,
    *,
    bid_id: str | None = None,
    after_version: int | None = None,
    actor: str = "",
) -> Bid:
    """Store a drafted bid as it is: as the first version of a new bid, or as the next one of a bid that is named.

    Parameters
    ----------
    after_version
        The version that it was made from; ``None``: whichever is the newest.

    Raises
    ------
    InputRefused
        If that bid has been awarded, is in another currency or of another production, or has a newer version.
    """
    bid = drafted.bid
    if bid_id is None:
        return store_new_bid(ledger, bid, drafted.book, actor)
    before = _open_bid(ledger, bid_id)
    if after_version is not None and before.version_number != after_version:
        raise InputRefused(
            "bid", before.bid_id, f"has a version {before.version_number} by now, and this was made from version "
            f"{after_version}", "look at the new version, then do it again",
        )  # fmt: skip
    for what, was, now in (
        ("currency", before.currency, bid.currency),
        ("production", before.production_id, bid.production_id),
    ):
        if was != now:
            raise InputRefused(
                what, now, f"differs from {was}, for which {before.bid_id} was made", "store it as a new bid"
            )
    return store_next_version(
        ledger, bid, drafted.book, after=before, event="priced_again", actor=actor, note=bid.shot_list_name
    )


def new_bid(
    ledger: Ledger,
    shot_list: ShotList,
    *,
    production: str,
    bid_id: str | None = None,
    actor: str = "",
    store: bool = True,
    **terms: Unpack[Terms],
) -> Bid:
    """Make a bid: a draft, stored as the first version of a new bid or as the next one of a bid that is named.

    Parameters and refusals are those of `draft_bid`.
    """
    drafted = draft_bid(ledger, shot_list, production=production, bid_id=bid_id, **terms)
    return store_drafted(ledger, drafted, bid_id=bid_id, actor=actor) if store else drafted.bid


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
