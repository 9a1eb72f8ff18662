"""A rate card: dated prices, each with its unit, currency and source."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from analytics.vocabulary.origin import Origin

UNITS = ("second", "hour", "core_hour", "day", "month", "kwh", "share")
"""What a price may be for. A core-hour is one logical processor for an hour; a person-day is 8 hours unless a
production says otherwise. A share is a part of other costs: 0.15 puts 15 percent on them."""


@dataclass(frozen=True)
class Rate:
    """The price of one unit of one resource from a day on.

    Attributes
    ----------
    resource
        From general to particular, parted by colons: ``labour:comp:senior``, ``machine:gpu:h100``, ``energy``.
    valid_from, valid_to
        First day it holds and first day it no longer does (``None``: still holds).
    source
        Who says so, and when: a price without a source is a rumour.
    """

    resource: str
    unit: str
    price: Decimal
    currency: str
    valid_from: date
    valid_to: date | None
    source: str
    origin: Origin
    territory: str | None = None
    vendor: str | None = None


@dataclass(frozen=True)
class RateCard:
    """A named set of rates. Facts are priced by a card; the facts themselves never change."""

    rate_card_id: str
    name: str
    currency: str
    rates: tuple[Rate, ...]
