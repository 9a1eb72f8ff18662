"""The rate cards that a ledger holds, and what is on them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from analytics.costing.rate_choice import HISTORY_CARD
from analytics.ledger.ledger import Ledger
from analytics.ledger.pricing import rates_of_card
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.rate_card import Rate, RateCard


@dataclass(frozen=True)
class HeldCard:
    """A card of the ledger.

    Attributes
    ----------
    first_day
        First day on which any of its rates holds; ``None`` for a card without rates.
    """

    rate_card_id: str
    name: str
    currency: str
    rate_count: int
    first_day: date | None

    @property
    def is_history(self) -> bool:
        """Whether it is what the studio imported; such a card changes with the next import, all others never do."""
        return self.rate_card_id == HISTORY_CARD


def held_cards(ledger: Ledger) -> tuple[HeldCard, ...]:
    """Every card of a ledger, by its id."""
    return tuple(HeldCard(**row) for row in ledger.ask_rows("rate_cards_held"))


def held_card(ledger: Ledger, rate_card_id: str) -> RateCard:
    """One card with its rates.

    Raises
    ------
    InputRefused
        If the ledger does not hold it.
    """
    cards = {card.rate_card_id: card for card in held_cards(ledger)}
    card = cards.get(rate_card_id)
    if card is None:
        near = get_close_matches(rate_card_id, cards, 3) or list(cards)[:3]
        raise InputRefused(
            "rate card", rate_card_id, "is no card of this ledger",
            f"name one, such as {', '.join(near)}" if near else "price something first, with shotledger cost",
        )  # fmt: skip
    return RateCard(card.rate_card_id, card.name, card.currency, tuple(rates_of_card(ledger, rate_card_id).values()))


@dataclass(frozen=True)
class RateLine:
    """The prices of one thing over time: one resource, of one vendor and territory where the card says so.

    Attributes
    ----------
    earlier
        What it cost before, the latest first.
    now
        What holds on the day asked for; ``None`` where nothing does.
    later
        What is known to come, the next first.
    numbers
        Of all these rates on the card.
    """

    resource: str
    territory: str | None
    vendor: str | None
    earlier: tuple[Rate, ...]
    now: Rate | None
    later: tuple[Rate, ...]
    numbers: tuple[int, ...]

    @property
    def latest(self) -> Rate:
        """What holds, else what held last, else what comes first."""
        return self.now or (self.earlier or self.later)[0]

    @property
    def change_share(self) -> float | None:
        """By which share of itself the last price changed; ``None`` without one, or in another unit or currency."""
        if self.now is None or not self.earlier:
            return None
        before = self.earlier[0]
        if (before.unit, before.currency) != (self.now.unit, self.now.currency) or not before.price:
            return None
        return float(self.now.price / before.price) - 1


def rate_lines(rates: Mapping[int, Rate], on: date) -> tuple[RateLine, ...]:
    """The rates of a card put together by what they price, in the order of resource, territory and vendor.

    Parameters
    ----------
    rates
        By number, as `analytics.ledger.pricing.rates_of_card` answers.
    """
    subjects: dict[tuple[str, str, str], list[int]] = {}
    for number, rate in rates.items():
        subjects.setdefault((rate.resource, rate.territory or "", rate.vendor or ""), []).append(number)
    lines = []
    for resource, territory, vendor in sorted(subjects):
        # Of two that hold on one day the later one counts, as it does where facts are priced.
        numbers = sorted(subjects[resource, territory, vendor], key=lambda each: (rates[each].valid_from, -each))
        begun = [rates[number] for number in numbers if rates[number].valid_from <= on]
        holding = [rate for rate in begun if rate.valid_to is None or on < rate.valid_to]
        now = holding[-1] if holding else None
        earlier = tuple(rate for rate in reversed(begun) if rate is not now)
        later = tuple(rates[number] for number in numbers if rates[number].valid_from > on)
        lines.append(RateLine(resource, territory or None, vendor or None, earlier, now, later, tuple(numbers)))
    return tuple(lines)
