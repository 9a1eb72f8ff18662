"""Dates that can mean one day only."""

import re
from datetime import date, datetime

from analytics.vocabulary.errors import InputRefused

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBERS = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_WORDS = (
    re.compile(r"(?P<day>\d{1,2})[\s.-]+(?P<month>[a-z]{3,9})[\s.,-]+(?P<year>\d{4})"),
    re.compile(r"(?P<month>[a-z]{3,9})[\s.-]+(?P<day>\d{1,2}),?\s+(?P<year>\d{4})"),
)
_MEND = "write it as 2026-11-02"


def day_of(text: str) -> date:
    """A day: ``2026-11-02``, ``2 Nov 2026``, ``Nov 2, 2026`` or ``31.12.2026``.

    Raises
    ------
    InputRefused
        If it is none, or may be two: ``03/04/2026`` is the third of April and the fourth of March.
    """
    written = text.strip().casefold()
    try:
        if re.match(r"\d{4}-\d{2}-\d{2}(?:$|[t ])", written):
            return datetime.fromisoformat(written.upper()).date()
        if match := _NUMBERS.fullmatch(written):
            first, second, year = (int(number) for number in match.groups())
            if first <= 12 and second <= 12 and first != second:
                raise InputRefused("", text, "may be two days: day and month can change places", _MEND)
            return date(year, second, first) if second <= 12 else date(year, first, second)
        for words in _WORDS:
            if (match := words.fullmatch(written)) and match["month"][:3] in _MONTHS:
                return date(int(match["year"]), _MONTHS.index(match["month"][:3]) + 1, int(match["day"]))
    except ValueError:
        pass
    raise InputRefused("", text, "is no date", _MEND)
