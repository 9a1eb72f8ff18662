"""Change orders: what another cut does to a bid that was awarded, at the prices and shares of the award."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from analytics.bidding.bid_incentives import bid_incentives
from analytics.bidding.bid_production import production_to_bid
from analytics.bidding.changed_bids import changed_bid, shots_to_estimate, terms_of_change
from analytics.bidding.planned_prices import planned_prices
from analytics.bidding.price_book import PriceBook
from analytics.bidding.priced_list import needs_of
from analytics.bidding.stored_bids import bid_named, price_book_of, store_next_version
from analytics.costing.exchange import exchange_on
from analytics.costing.incentive_plan import IncentivePlan
from analytics.costing.rate_choice import Rates, chosen_cards
from analytics.estimation.estimate import Estimate
from analytics.ledger.ledger import Ledger
from analytics.vocabulary.bid import Bid, BidStatus
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.frame_rate import FrameRate
from analytics.vocabulary.listed_shot import ShotList


def priced_change(
    ledger: Ledger,
    named: str,
    shots: ShotList,
    reason: str,
    *,
    on: date | None = None,
    plan: IncentivePlan | None = None,
    rates: Rates | Sequence[Rates] | None = None,
    with_synthetic: bool = False,
    outcomes: int = 2000,
    seed: int = 0,
) -> Bid:
    """What another list of shots makes of an awarded bid; nothing is stored.

    Shots that stay as they are keep their lines to the cent. New ones are estimated from the history of today and
    priced by the book of the award; a changed one costs what it was awarded at, times what the change makes in the
    estimate. Contingency and margin keep the shares they have in the award.

    Parameters
    ----------
    plan
        The incentives that the awarded bid counts, where it counts any.
    rates
        Cards for what the book of the award has no price for, such as a new vendor; ``None``: those of the award.
    on
        Day of the change; ``None``: today. Prices stay those of the award.

    Raises
    ------
    InputRefused
        If the bid is not awarded, the reason is empty, the frame rates differ, a price is missing, or incentives are
        not named again.
    """
    return _priced(ledger, bid_named(ledger, named), shots, reason, on, plan, rates, with_synthetic, outcomes, seed)[0]


def change_bid(
    ledger: Ledger,
    named: str,
    shots: ShotList,
    reason: str,
    *,
    on: date | None = None,
    plan: IncentivePlan | None = None,
    rates: Rates | Sequence[Rates] | None = None,
    with_synthetic: bool = False,
    outcomes: int = 2000,
    seed: int = 0,
    actor: str = "",
) -> Bid:
    """Make a change order of another list, as `priced_change` prices it, and store it as the next version.

    A version that was locked stays the locked budget until this one is locked.

    Raises
    ------
    InputRefused
        As `priced_change`, or if the list changes nothing.
    """
    awarded = bid_named(ledger, named)
    changed, book = _priced(ledger, awarded, shots, reason, on, plan, rates, with_synthetic, outcomes, seed)
    order = changed.change_orders[-1]
    if not (order.added or order.omitted or order.changed):
        raise InputRefused(shots.name, None, f"changes nothing of {awarded.bid_id}", "give the list of the new cut")
    return store_next_version(ledger, changed, book, after=awarded, event="changed", actor=actor, note=reason)


def _priced(
    ledger: Ledger,
    awarded: Bid,
    shots: ShotList,
    reason: str,
    on: date | None,
    plan: IncentivePlan | None,
    rates: Rates | Sequence[Rates] | None,
    with_synthetic: bool,
    outcomes: int,
    seed: int,
) -> tuple[Bid, PriceBook]:
    from analytics.estimation.estimating import estimate_shots
    from analytics.estimation.history import bid_history

    _refuse_change(awarded, shots, reason, plan)
    production = production_to_bid(ledger, awarded.production_id)
    book = price_book_of(ledger, awarded)
    kept, asked = shots_to_estimate(awarded, shots.shots)
    history = bid_history(ledger, with_synthetic=with_synthetic)
    estimate = estimate_shots(
        history, asked, fps=shots.fps, production_id=production.production_id, title_id=production.title_id,
        territory=book.territory, on=awarded.priced_on, outcomes=outcomes, seed=seed,
    )  # fmt: skip
    card_ids = None if rates is None else chosen_cards(ledger, rates)
    book = _with_further_prices(ledger, book, estimate, card_ids)
    changed = changed_bid(awarded, shots, kept, estimate, book, reason, on=on, seed=seed)
    return (changed if plan is None else _net(ledger, awarded, changed, shots, plan, book.territory)), book


def _net(
    ledger: Ledger, awarded: Bid, changed: Bid, shots: ShotList, plan: IncentivePlan, territory: str | None
) -> Bid:
    """The changed bid with its incentives, and the order with what it is net."""
    production = production_to_bid(ledger, awarded.production_id)
    given = bid_incentives(
        changed.lines,
        plan,
        terms_of_change(awarded, shots, changed.created_at, territory, production.started_on),
        awarded.currency,
        awarded.priced_on,
        lambda one, other, day: exchange_on(ledger, one, other, day),
    )
    assert changed.totals.gross is not None, "an order without a price is refused"
    assert awarded.totals.net is not None, "what was sent had its prices"
    net = changed.totals.gross + given.amount
    *earlier, order = changed.change_orders
    return replace(
        changed,
        incentives=given.rules,
        totals=replace(changed.totals, incentive=given.amount, net=net, vendor_incentive=given.vendor_amount),
        change_orders=(*earlier, replace(order, net=net - awarded.totals.net)),
        assumptions=tuple(dict.fromkeys((*changed.assumptions, *given.notes))),
    )


def _refuse_change(awarded: Bid, shots: ShotList, reason: str, plan: IncentivePlan | None) -> None:
    if awarded.status not in (BidStatus.AWARDED, BidStatus.LOCKED):
        raise InputRefused(
            "bid", f"{awarded.bid_id} version {awarded.version_number}",
            f"is {awarded.status.value}, and change orders follow an award",
            f"make a new version of it: shotledger bid new SHOTLIST --version-of {awarded.bid_id}",
        )  # fmt: skip
    if not reason.strip():
        raise InputRefused("--reason", reason, "says nothing", "say why, as the change order will be read")
    if FrameRate.parse(awarded.fps) != shots.fps:
        raise InputRefused(
            shots.name, str(shots.fps), f"has another frame rate than the bid, which has {awarded.fps}",
            f"give the list at {awarded.fps} frames a second",
        )  # fmt: skip
    if awarded.incentives and plan is None:
        names = ", ".join(dict.fromkeys(each.programme for each in awarded.incentives))
        raise InputRefused(
            "--incentive", None, f"is not named, and the awarded bid counts {names}", "name the same incentives again"
        )


def _with_further_prices(
    ledger: Ledger, book: PriceBook, estimate: Estimate, card_ids: Sequence[str] | None
) -> PriceBook:
    """The book of the award, with what new shots need beyond it, by cards of the same day."""
    needs = [need for need in needs_of(estimate, book.territory) if book.labour(*need) is None]
    if not needs:
        return book
    further = planned_prices(
        ledger, card_ids or book.card_ids, needs, on=book.priced_on, currency=book.currency,
        hours_per_person_day=book.hours_per_person_day,
    )  # fmt: skip
    held = {(price.kind, price.department, price.vendor, price.territory, price.resource) for price in book.prices}
    new = [
        price
        for price in further.prices
        if (price.kind, price.department, price.vendor, price.territory, price.resource) not in held
    ]
    return replace(book, prices=(*book.prices, *new), warnings=(*book.warnings, *further.warnings))
