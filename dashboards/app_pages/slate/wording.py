"""How the slate writes amounts: money without false digits, hours as artist-weeks, days, machine time."""

from decimal import Decimal

from analytics.comparison.figures import Clock
from analytics.comparison.sentences import duration_words
from analytics.comparison.slate.clock_figures import Sides

HOURS_IN_DAY, HOURS_IN_WEEK = 8, 40


def artist_time_words(hours: float) -> str:
    """As in ``5.2 h``, ``3.1 artist-days``, ``3.2 artist-weeks``."""
    if hours < HOURS_IN_DAY:
        return f"{hours:.1f} h"
    if hours < HOURS_IN_WEEK:
        return f"{hours / HOURS_IN_DAY:.1f} artist-days"
    weeks = hours / HOURS_IN_WEEK
    return f"{weeks:,.1f} artist-weeks" if weeks < 100 else f"{weeks:,.0f} artist-weeks"


def artist_days(hours: float) -> str:
    """Days of one artist, for a column that says so: ``14.3``."""
    return f"{hours / HOURS_IN_DAY:,.1f}"


def amount_words(amount: float | Decimal, currency: str) -> str:
    """A whole amount with its currency in front: ``CAD 4,641``, ``−CAD 30``."""
    sign = "−" if amount < 0 else ""
    return f"{sign}{currency} {abs(round(amount)):,}"


def millions(amount: Decimal | None, *, signed: bool = False) -> str:
    """Millions to two digits, as a table has them; ``–`` where nothing is known."""
    if amount is None:
        return "–"
    size = f"{abs(amount) / 1_000_000:,.2f}"
    sign = "−" if amount < 0 and size != "0.00" else "+" if signed and amount > 0 else ""
    return f"{sign}{size}"


def sides_words(clock: Clock, sides: Sides, currency: str | None) -> str:
    """Both workflows in people's units, said once where they are the same: ``2.1 against 4.0 artist-days``."""
    ai, other = _words(clock, sides.ai, currency), _words(clock, sides.traditional, currency)
    if clock in (Clock.COST_GROSS, Clock.COST_NET):
        return f"{ai} against {other.removeprefix(f'{currency} ')}"
    number, _, unit = ai.partition(" ")
    return f"{number if unit and other.endswith(f' {unit}') else ai} against {other}"


def _words(clock: Clock, value: float, currency: str | None) -> str:
    match clock:
        case Clock.PEOPLE:
            return artist_time_words(value)
        case Clock.CALENDAR:
            return f"{value:.1f} days"
        case Clock.MACHINE:
            return duration_words(value)
        case _:
            thousands = value >= 10_000
            return f"{currency} {value / 1000:,.0f} k" if thousands else amount_words(value, currency or "")
