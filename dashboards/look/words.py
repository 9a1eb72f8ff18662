"""How the pages write what is not money or time: energy, hours, bytes, rates, instants, machines."""

from collections.abc import Sequence
from datetime import datetime

from analytics.comparison.figures import Spread
from analytics.comparison.sentences import duration_words
from analytics.vocabulary.rate_card import Rate

JOULES_PER_WATT_HOUR = 3600


def spread_words(seconds: Spread | None) -> str:
    """The middle of some durations."""
    return "unknown" if seconds is None else duration_words(seconds.median)


def energy_words(joules: Spread | float | None) -> str:
    """Watt-hours, the unit that a socket meter shows: ``0.34 Wh``, ``1.2 kWh``."""
    if joules is None:
        return "unknown"
    watt_hours = (joules.median if isinstance(joules, Spread) else joules) / JOULES_PER_WATT_HOUR
    if watt_hours >= 1000:
        return f"{watt_hours / 1000:,.2f} kWh"
    return f"{watt_hours:,.0f} Wh" if watt_hours >= 100 else f"{watt_hours:.2g} Wh"


def hours_words(hours: float | None) -> str:
    """People's hours to a tenth."""
    return "unknown" if hours is None else f"{hours:,.1f} h"


def count_words(count: int, noun: str) -> str:
    """``1 render``, ``3 renders``, ``no render``."""
    return f"no {noun}" if count == 0 else f"{count:,} {noun}{'' if count == 1 else 's'}"


def price_words(rate: Rate) -> str:
    """The price alone: ``0.072 USD``."""
    return f"{rate.price.normalize():f} {rate.currency}"


def unit_words(rate: Rate) -> str:
    """What the price is for: ``a core-hour``."""
    unit = "kWh" if rate.unit == "kwh" else rate.unit.replace("_", "-")
    return f"{'an' if unit == 'hour' else 'a'} {unit}"


def instant_words(instant: datetime | None) -> str:
    """An instant to the minute, in UTC."""
    return "not known" if instant is None else f"{instant:%Y-%m-%d %H:%M} UTC"


def shot_words(code: str) -> str:
    """A shot's code as a heading: ``building_collapse`` becomes ``Building collapse``."""
    return code.replace("_", " ").capitalize()


def listed(parts: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def sentence(words: str) -> str:
    """With a capital in front; the rest as it is."""
    return words[:1].upper() + words[1:]
