"""Which sentences a bid has to say, given what it was made from."""

from collections.abc import Iterator
from decimal import Decimal

from analytics.bidding.bid_terms import BidTerms
from analytics.bidding.price_book import PriceBook, PriceKind
from analytics.bidding.wording import Wording
from analytics.costing.rate_choice import HISTORY_CARD
from analytics.estimation.estimate import Estimate
from analytics.vocabulary.bid import BidTotals, LineKind


def bid_assumptions(
    estimate: Estimate, book: PriceBook, terms: BidTerms, totals: BidTotals, wording: Wording, *, with_incentives: bool
) -> tuple[str, ...]:
    """What the figures take for granted, in sentences, in the order in which a producer asks."""
    return tuple(_said(estimate, book, terms, totals, wording, with_incentives))


def percent(share: Decimal) -> str:
    """0.125 as 12.5 %."""
    return f"{(share * 100).normalize():f} %"


def _said(
    estimate: Estimate, book: PriceBook, terms: BidTerms, totals: BidTotals, wording: Wording, with_incentives: bool
) -> Iterator[str]:
    say = wording.assumption
    shots, rests_on = estimate.shots, estimate.rests_on
    handles = sorted({shot.handle_frames for shot in shots})
    if handles == [0]:
        yield from say("no_handles")
    elif len(handles) == 1:
        yield from say("handles", handles=handles[0])
    else:
        yield from say("handles_differ", least=handles[0], most=handles[-1])
    yield from say("hours_in_day", hours=f"{book.hours_per_person_day.normalize():f}")
    if rests_on.n_shots:
        until = f", the last of them of {rests_on.until}" if rests_on.until else ""
        yield from say("history", shots=f"{rests_on.n_shots:,}", productions=rests_on.n_productions, until=until)
    else:
        yield from say("template_only")
    yield from say("retakes")
    unsaid = sum(shot.complexity is None for shot in shots)
    if unsaid:
        yield from say("complexity", count=unsaid, all=len(shots))
    ai = float(estimate.in_ai.mean(axis=0).sum())
    yield from say(f"mix_{terms.mix}", ai=f"{ai:.1f}".removesuffix(".0"), all=len(shots))
    cards = " and ".join("the studio's own rates" if card == HISTORY_CARD else card for card in book.card_ids)
    yield from say("rates", day=book.priced_on, cards=cards)
    yield from say("currency", currency=book.currency, day=book.priced_on)
    if not any(other.kind is LineKind.MACHINE for other in book.others):
        yield from say("no_machines")
    if not any(price.kind is PriceKind.SUPERVISION for price in book.prices):
        yield from say("no_supervision")
    if totals.contingency is not None:
        yield from say("confidence", share=percent(terms.confidence))
        if not totals.contingency:
            yield from say("no_contingency")
    if terms.margin:
        yield from say("margin", share=percent(terms.margin))
    else:
        yield from say("no_margin")
    if with_incentives:
        yield from say("incentives")
