"""Which rate holds for something on a day: the rules by which facts are priced, for work that is yet to be done."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from analytics.vocabulary.rate_card import Rate

CardRates = Mapping[str, Mapping[int, Rate]]
"""Rates by their number on each card, by the card's id, in the order in which cards are asked."""


@dataclass(frozen=True)
class HeldRate:
    """A rate that was found.

    Attributes
    ----------
    card_id
        The card it stands on.
    last_day
        The last day on which any rate held, where none does on the day asked for; else ``None``.
    """

    rate: Rate
    card_id: str
    last_day: date | None = None


def rate_on_day(
    cards: CardRates, matches: Callable[[Rate], bool], on: date, vendor: str | None, territory: str | None
) -> HeldRate | None:
    """The rate by which ``commands/reckon_prices.sql`` would price a fact of that day.

    The first card with any matching rate answers alone. Of its rates the most particular resource wins, then one of the
    vendor, then one of the territory. Where all have ended, the last day on which one held is asked instead.
    """
    by_card = {
        card_id: [(number, rate) for number, rate in rates.items() if matches(rate)] for card_id, rates in cards.items()
    }
    card_id = next((card_id for card_id, offered in by_card.items() if offered), None)
    if card_id is None:
        return None
    fitting = [(number, rate) for number, rate in by_card[card_id] if _fits(rate, vendor, territory)]
    held = _best(fitting, on)
    if held is not None:
        return HeldRate(held, card_id)
    ended = [
        rate.valid_to - timedelta(days=1) for _, rate in fitting if rate.valid_to is not None and rate.valid_to <= on
    ]
    if not ended:
        return None
    last = _best(fitting, max(ended))
    return None if last is None else HeldRate(last, card_id, max(ended))


def first_day_of(cards: CardRates, matches: Callable[[Rate], bool]) -> date | None:
    """The first day on which any matching rate holds."""
    return min((rate.valid_from for rates in cards.values() for rate in rates.values() if matches(rate)), default=None)


def _fits(rate: Rate, vendor: str | None, territory: str | None) -> bool:
    if rate.vendor is not None and rate.vendor != vendor:
        return False
    return rate.territory is None or territory == rate.territory or (territory or "").startswith(f"{rate.territory}-")


def _best(rates: Sequence[tuple[int, Rate]], on: date) -> Rate | None:
    held = [
        (number, rate)
        for number, rate in rates
        if rate.valid_from <= on and (rate.valid_to is None or on < rate.valid_to)
    ]
    if not held:
        return None
    return min(
        held,
        key=lambda one: (
            -one[1].resource.count(":"),
            one[1].vendor is None,
            -len(one[1].territory or ""),
            -one[1].valid_from.toordinal(),
            one[1].resource,
            one[0],
        ),
    )[1]
