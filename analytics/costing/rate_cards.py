"""Rate cards in TOML: read strictly, refused with every problem at once, named by their content."""

import hashlib
import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

from analytics.vocabulary.errors import InputRefused, Problem
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.rate_card import UNITS, Rate, RateCard
from analytics.vocabulary.shipped import shipped_path

UNITS_BY_KIND: Mapping[str, tuple[str, ...]] = {
    "labour": ("hour", "day"),
    "machine": ("second", "hour", "core_hour", "day"),
    "energy": ("kwh",),
    "licence": ("hour", "day", "month"),
    "api": ("second", "hour"),
    "uplift": ("share",),
}
"""Units in which the first word of a resource can be priced; any other kind takes every unit of the vocabulary."""

PRICE_DIGITS = (12, 6)
"""Whole digits and decimals a price may have: more would not fit the exact product of amount and price in SQL."""

_CARD_FIELDS = ("name", "currency", "rate")
_RATE_FIELDS = (
    "resource",
    "unit",
    "price",
    "currency",
    "valid_from",
    "valid_to",
    "source",
    "origin",
    "territory",
    "vendor",
)
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_RESOURCE = re.compile(r"[a-z0-9][a-z0-9._+-]*(:[a-z0-9][a-z0-9._+-]*)*")


def default_rate_card_path() -> Path:
    """The card that prices are taken from when nobody names another."""
    return shipped_path("rates", "default.toml")


def load_rate_card(path: Path) -> RateCard:
    """Read a rate card.

    Raises
    ------
    InputRefused
        If the file cannot be read, is not TOML, or any rate is unusable; every problem is reported at once.
    """
    try:
        # Decimal keeps an unquoted price as it was written, so that the mend can show it quoted.
        written = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except OSError as error:
        raise InputRefused(
            str(path),
            None,
            f"the rate card cannot be read: {error.strerror or error}",
            "name a TOML file that is there",
        ) from None
    except UnicodeDecodeError:
        raise InputRefused(str(path), None, "the rate card is not UTF-8 text", "save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise InputRefused(str(path), None, f"is not TOML: {error}", "mend the line named") from None
    reader = CardReader(str(path))
    card = reader.card(written)
    if reader.problems:
        raise InputRefused.all_of(reader.problems)
    return card


def rate_card_id(name: str, currency: str, rates: Sequence[Rate]) -> str:
    """Name of the card and the first 8 hex digits of the SHA-256 of its content.

    Order of the rates, comments and trailing zeros of a price do not count as content; sources do, because a price on
    somebody else's word is another price.
    """
    rows = sorted(
        [
            [
                rate.resource,
                rate.unit,
                f"{rate.price.normalize():f}",
                rate.currency,
                rate.valid_from.isoformat(),
                rate.valid_to.isoformat() if rate.valid_to else "",
                rate.source or "",  # imported prices may have none
                rate.origin.value,
                rate.territory or "",
                rate.vendor or "",
            ]
            for rate in rates
        ]
    )
    content = json.dumps([name, currency, rows], ensure_ascii=False, separators=(",", ":"))
    return f"{name}-{hashlib.sha256(content.encode()).hexdigest()[:8]}"


class CardReader:
    """Turns a parsed file, or what was typed for one rate, into rates; collects what is wrong with them on the way."""

    def __init__(self, file_name: str) -> None:
        self.file_name = file_name
        self.problems: list[Problem] = []

    def refuse(self, place: str, value: object, why: str, mend: str) -> None:
        """Note a problem; reading goes on."""
        self.problems.append(Problem(f"{self.file_name}: {place}" if place else self.file_name, value, why, mend))

    def unknown_fields(self, table: Mapping[str, Any], known: Sequence[str], place: str) -> None:
        """Refuse every field that is not one of the known."""
        for field in table:
            if field not in known:
                self.refuse(
                    f"{place}{field}", table[field], "is no field of a rate card", f"use one of: {', '.join(known)}"
                )

    def text(self, table: Mapping[str, Any], field: str, place: str, why_needed: str = "") -> str | None:
        """Text of a field that must be there where ``why_needed`` says what it is needed for."""
        value = table.get(field)
        if value is None and not why_needed:
            return None
        if not isinstance(value, str) or not value.strip():
            self.refuse(f"{place}{field}", value, why_needed or "must be text", f'write {field} = "..."')
            return None
        return value.strip()

    def card(self, written: Mapping[str, Any]) -> RateCard:
        """The card, of the rates that could be used."""
        self.unknown_fields(written, _CARD_FIELDS, "")
        name = self.text(written, "name", "", "a card needs a name to be told from others") or ""
        if name:
            self.name(name)
        currency = self.text(written, "currency", "", "a card needs the currency of its prices") or ""
        if currency and not re.fullmatch(r"[A-Z]{3}", currency):
            self.refuse("currency", currency, "is not an ISO 4217 code", "write three capitals, as in USD")
        tables = written.get("rate")
        if not isinstance(tables, list) or not tables or not all(isinstance(table, dict) for table in tables):
            self.refuse("rate", None, "there are no rates", "add at least one [[rate]] table")
            tables = []
        numbered = [(number, self.rate(number, table, currency)) for number, table in enumerate(tables, start=1)]
        rates = [(number, rate) for number, rate in numbered if rate is not None]
        self.overlaps(rates)
        found = tuple(rate for _, rate in rates)
        return RateCard(rate_card_id(name, currency, found), name, currency, found)

    def name(self, name: str) -> None:
        """Refuse a name that a card cannot have."""
        if not _NAME.fullmatch(name):
            self.refuse(
                "name", name, "may hold letters, digits, '.', '_' and '-' only", 'write a name such as "studio-2026"'
            )

    def rate(self, number: int, table: Mapping[str, Any], card_currency: str) -> Rate | None:
        """One rate, or ``None`` where it was refused."""
        before = len(self.problems)
        resource = self.text(table, "resource", f"rate {number}: ", "a rate needs the resource it prices") or ""
        place = f"rate {number} ({resource}): " if resource else f"rate {number}: "
        self.unknown_fields(table, _RATE_FIELDS, place)
        if resource and not _RESOURCE.fullmatch(resource):
            self.refuse(
                f"{place}resource",
                resource,
                "is not written from general to particular in lower case",
                'write words parted by colons, as in "labour:comp:senior"',
            )
        unit = self.unit(table, resource, place)
        price = self.price(table, place)
        currency = self.text(table, "currency", place) or card_currency
        if card_currency and currency != card_currency:
            self.refuse(
                f"{place}currency",
                currency,
                f"differs from the card's {card_currency}; one card holds one currency",
                "convert the price, or put it on a card of its own",
            )
        valid_from, valid_to = self.day(table, "valid_from", place), self.day(table, "valid_to", place)
        if valid_from and valid_to and valid_to <= valid_from:
            self.refuse(
                f"{place}valid_to",
                valid_to,
                f"is the first day the price no longer holds and must come after {valid_from}",
                "write a later day, or leave it out while the price holds",
            )
        source = self.text(table, "source", place, "a price without a source is a rumour") or ""
        origin_text = self.text(table, "origin", place) or Origin.ASSUMED.value
        if origin_text not in tuple(Origin):
            self.refuse(f"{place}origin", origin_text, "is no origin", f"use one of: {', '.join(Origin)}")
        territory, vendor = self.text(table, "territory", place), self.text(table, "vendor", place)
        if len(self.problems) > before or price is None or valid_from is None:
            return None
        return Rate(
            resource, unit, price, currency, valid_from, valid_to, source, Origin(origin_text), territory, vendor
        )

    def unit(self, table: Mapping[str, Any], resource: str, place: str) -> str:
        """What the price is for: a unit that can price such a resource."""
        unit = self.text(table, "unit", place, "a price needs the unit it is for") or ""
        allowed = UNITS_BY_KIND.get(resource.split(":")[0], UNITS)
        if unit and unit not in UNITS:
            self.refuse(f"{place}unit", unit, "is no unit", f"use one of: {', '.join(allowed)}")
        elif unit and unit not in allowed:
            self.refuse(
                f"{place}unit", unit, f"cannot price {resource.split(':')[0]}", f"use one of: {', '.join(allowed)}"
            )
        return unit

    def price(self, table: Mapping[str, Any], place: str) -> Decimal | None:
        """A plain decimal, as text."""
        written = table.get("price")
        if isinstance(written, (int, Decimal)) and not isinstance(written, bool):
            self.refuse(
                f"{place}price",
                str(written),
                "is a number of the file format, which may lose the cents",
                f'quote it: price = "{written}"',
            )
            return None
        text = self.text(table, "price", place, "a rate needs a price")
        if text is None:
            return None
        # Only plain decimals: "1e3", "1_000" and "NaN" all pass Decimal() and none of them is how a price is written.
        match = re.fullmatch(r"([0-9]+)(?:\.([0-9]+))?", text)
        whole_digits, decimals = PRICE_DIGITS
        if match is None:
            self.refuse(
                f"{place}price",
                text,
                "is not a decimal price of zero or more",
                'write digits and a point, as in "3.29"',
            )
        elif len(match[1].lstrip("0")) > whole_digits or len((match[2] or "").rstrip("0")) > decimals:
            self.refuse(
                f"{place}price",
                text,
                f"has more than {whole_digits} digits before the point or {decimals} after it",
                "price a larger or smaller unit, or round it",
            )
        else:
            return Decimal(text)
        return None

    def day(self, table: Mapping[str, Any], field: str, place: str) -> date | None:
        """A date; the first day has to be there."""
        value = table.get(field)
        if value is None and field == "valid_from":
            self.refuse(
                f"{place}{field}", None, "a price needs the first day it holds", "write a date such as 2026-01-01"
            )
        elif isinstance(value, date) and not isinstance(value, datetime):
            return value
        elif value is not None:
            self.refuse(
                f"{place}{field}", str(value), "is not a date", "write it without quotes and time, as in 2026-01-01"
            )
        return None

    def overlaps(self, rates: Sequence[tuple[int, Rate]]) -> None:
        """Two prices of one thing on one day leave nobody able to say which one a fact was priced at."""
        by_subject: dict[tuple[str, str | None, str | None], list[tuple[int, Rate]]] = {}
        for number, rate in rates:
            by_subject.setdefault((rate.resource, rate.territory, rate.vendor), []).append((number, rate))
        for same_subject in by_subject.values():
            same_subject.sort(key=lambda numbered: numbered[1].valid_from)
            for (earlier_number, earlier), (number, rate) in pairwise(same_subject):
                if earlier.valid_to is None or rate.valid_from < earlier.valid_to:
                    again = rate.valid_from == earlier.valid_from
                    self.refuse(
                        f"rate {number} ({rate.resource}): valid_from",
                        rate.valid_from.isoformat(),
                        f"overlaps rate {earlier_number} of the same resource, territory and vendor",
                        "keep one of the two" if again else f"end rate {earlier_number}: valid_to = {rate.valid_from}",
                    )
