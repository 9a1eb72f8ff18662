"""A new rate card from one that is there: dated changes, each with its source; the old card stays as it is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from analytics.costing.rate_cards import CardReader, rate_card_id
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.rate_card import Rate, RateCard

_PLACE = "new card"
_DATED = re.compile(r"[-_.]?\d{4}(-\d{2}(-\d{2})?)?$")


@dataclass(frozen=True)
class RateChange:
    """What one thing costs from a day on.

    Attributes
    ----------
    price
        As it was written, a plain decimal such as ``112.50``: what is no price is refused, and not rounded.
    source
        Who says so, and when.
    territory, vendor
        ``None``: it holds everywhere, and for everybody.
    """

    resource: str
    unit: str
    price: str
    currency: str
    valid_from: date
    source: str
    territory: str | None = None
    vendor: str | None = None

    @property
    def words(self) -> str:
        """What it is the price of."""
        return ", ".join(filter(None, (self.resource, self.territory, self.vendor)))


@dataclass(frozen=True)
class ChangedRate:
    """One change as the new card has it.

    Attributes
    ----------
    before
        What would have held on that day; ``None`` where nothing would have.
    """

    before: Rate | None
    after: Rate

    @property
    def factor(self) -> float | None:
        """New price over old; ``None`` where there is none in the same unit and currency, or it was nothing."""
        before = self.before
        if before is None or not before.price or (before.unit, before.currency) != (
            self.after.unit, self.after.currency
        ):  # fmt: skip
            return None
        return float(self.after.price / before.price)


def new_card(base: RateCard, changes: Sequence[RateChange], *, name: str | None = None) -> RateCard:
    """The card with some prices changed from a day on, under an id of its own.

    A price holds until the next one that the card knows; the one before it ends the day it begins. One that begins on
    the same day is replaced. Whatever is not changed is taken over as it is, with its own source and origin.

    Parameters
    ----------
    name
        What to call it; ``None``: the name of the base with the day of its first change.

    Raises
    ------
    InputRefused
        If there are no changes, or any of them is unusable or changes nothing; every problem at once.
    """
    if not changes:
        raise InputRefused(_PLACE, None, "changes nothing", "give at least one price its new value")
    reader = CardReader(_PLACE)
    called = name if name is not None else name_after(base, min(change.valid_from for change in changes))
    reader.name(called)
    rates = list(base.rates)
    seen: set[tuple[str, str | None, str | None, date]] = set()
    for number, change in enumerate(changes, start=1):
        problem_count = len(reader.problems)
        rate = reader.rate(number, _as_written(change), change.currency)
        if rate is None or len(reader.problems) > problem_count:
            continue
        subject = (rate.resource, rate.territory, rate.vendor, rate.valid_from)
        if subject in seen:
            reader.refuse(
                f"rate {number} ({change.words})", str(rate.valid_from), "is given twice for that day",
                "keep one of the two",
            )  # fmt: skip
        seen.add(subject)
        before = price_on(base.rates, rate)
        if before and (before.price, before.unit, before.currency) == (rate.price, rate.unit, rate.currency):
            reader.refuse(
                f"rate {number} ({change.words}): price", f"{rate.price:f}",
                f"is what it costs since {before.valid_from}", "give another price, or leave this one out",
            )  # fmt: skip
        rates = _with(rates, rate)
    if reader.problems:
        raise InputRefused.all_of(reader.problems)
    found = tuple(rates)
    return RateCard(rate_card_id(called, base.currency, found), called, base.currency, found)


def changed_rates(base: RateCard, card: RateCard) -> tuple[ChangedRate, ...]:
    """What a card says otherwise than the one it was made from, the largest change first."""
    known = set(base.rates)
    # A price that only ends earlier than it did is no change of its own: it makes room for the one after it.
    opened = {replace(rate, valid_to=None) for rate in base.rates}
    changed = [
        ChangedRate(price_on(base.rates, rate), rate)
        for rate in card.rates
        if rate not in known and replace(rate, valid_to=None) not in opened
    ]
    return tuple(sorted(changed, key=lambda each: (-abs((each.factor or 1e9) - 1), each.after.resource)))


def price_on(rates: Sequence[Rate], like: Rate) -> Rate | None:
    """What the same resource, territory and vendor costs on the day another rate begins."""
    holding = [
        rate
        for rate in rates
        if _subject(rate) == _subject(like)
        and rate.valid_from <= like.valid_from
        and (rate.valid_to is None or like.valid_from < rate.valid_to)
    ]
    return max(holding, key=lambda rate: rate.valid_from, default=None)


def scaled_price(rate: Rate, percent: Decimal) -> str:
    """A price so many percent dearer, as it would be written: to the cent, and finer where the price is.

    Raises
    ------
    InputRefused
        If the price would be negative.
    """
    if percent < -100:
        raise InputRefused("percent", str(percent), "would make prices negative", "take -100 or more off")
    places = min(6, max(2, -int(rate.price.normalize().as_tuple().exponent)))
    scaled = (rate.price * (100 + percent) / 100).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)
    return f"{scaled:f}"


def name_after(base: RateCard, day: date) -> str:
    """A name for what follows a card from a day on: ``studio-2026-12-01``."""
    stem = _DATED.sub("", re.sub(r"[^A-Za-z0-9._-]+", "-", base.name.strip()).strip("-")).lower() or "studio"
    # Imported prices are called the studio's history: what somebody changed is no history any more.
    return f"{'studio' if stem == 'studio-history' else stem}-{day}"


def _with(rates: list[Rate], new: Rate) -> list[Rate]:
    """The rates with a new one in its place."""
    same = [rate for rate in rates if _subject(rate) == _subject(new)]
    following = min((rate.valid_from for rate in same if rate.valid_from > new.valid_from), default=None)
    kept = []
    for rate in rates:
        if _subject(rate) != _subject(new) or rate.valid_from > new.valid_from:
            kept.append(rate)
        elif rate.valid_from < new.valid_from:
            ends_before = rate.valid_to is not None and rate.valid_to <= new.valid_from
            kept.append(rate if ends_before else replace(rate, valid_to=new.valid_from))
    return [*kept, replace(new, valid_to=following)]


def _subject(rate: Rate) -> tuple[str, str | None, str | None]:
    return rate.resource, rate.territory, rate.vendor


def _as_written(change: RateChange) -> dict[str, Any]:
    """As a card's file would say it."""
    written = {
        "resource": change.resource.strip(), "unit": change.unit, "price": change.price.strip(),
        "currency": change.currency, "valid_from": change.valid_from, "source": change.source,
        "origin": Origin.ASSUMED.value, "territory": change.territory or None, "vendor": change.vendor or None,
    }  # fmt: skip
    return {name: value for name, value in written.items() if value is not None}
