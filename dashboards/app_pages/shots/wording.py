"""Words that the list of shots and a shot's page share: days, money, workflows, where a shot stands."""

from datetime import date
from decimal import Decimal
from html import escape
from urllib.parse import quote

from analytics.comparison.slate.slate_headline import money_words
from analytics.ledger.found_shots import FoundShot, Standing
from analytics.vocabulary.workflow import Workflow
from dashboards.look.cards import CSS_CLASS, mark
from dashboards.look.words import count_words


def day_words(day: date | None) -> str:
    """``8 Jul 2024``."""
    return "–" if day is None else f"{day.day} {day:%b %Y}"


def full_money(amount: Decimal | None, currency: str | None) -> str:
    """Whole units as tables have them: ``CAD 1,152``, ``CAD 0.34``."""
    if amount is None:
        return "unknown"
    sign, size = "−" if amount < 0 else "", abs(amount)
    digits = 0 if size >= 10 or not size else 2 if size >= Decimal("0.01") else 1 - size.adjusted()
    return f"{sign}{currency} {size:,.{digits}f}"


def price_words(price: Decimal) -> str:
    """A price with its cents, or its first three digits below one: ``74.00``, ``0.072``."""
    if price >= 1 or not price:
        return f"{price:,.2f}"
    return f"{price:.{2 - price.adjusted()}f}".rstrip("0")


def short_money(amount: Decimal | None, currency: str | None) -> str:
    """Without false digits, for sentences: ``CAD 39.6 M``."""
    return "unknown" if amount is None or currency is None else money_words(amount, currency)


def workflow_of(text: str | None) -> Workflow | None:
    """The workflow that a row names."""
    return None if text is None else Workflow(text)


def workflow_html(workflow: Workflow | None) -> str:
    """Its mark and its word."""
    if workflow is None:
        return "not given yet"
    shape = mark(workflow) if workflow in CSS_CLASS else ""
    return f'<span class="shots-way">{shape} {escape(workflow.label)}</span>'


def late_words(days: int | None) -> str:
    """How far off the day that it was due: ``3 days late``, ``on the day``, ``2 days early``."""
    if days is None:
        return ""
    if days == 0:
        return "on the day"
    return f"{count_words(abs(days), 'day')} {'late' if days > 0 else 'early'}"


def due_words(shot: FoundShot) -> str:
    """How a shot stands to the day that it was or is due; nothing where none was set."""
    if shot.due_on is None or shot.days_late is None or shot.status is Standing.OMITTED:
        return ""
    if shot.status is Standing.FINAL or shot.days_late > 0:
        return late_words(shot.days_late)
    return f"due in {count_words(-shot.days_late, 'day')}" if shot.days_late < 0 else "due that day"


def size_words(shot: FoundShot) -> str:
    """``4096 × 1716``."""
    return f"{shot.width} × {shot.height}" if shot.width and shot.height else ""


def shot_url(shot_id: str) -> str:
    """The page of a shot."""
    return f"/shots?shot={quote(shot_id, safe='')}"


def shot_link(shot_id: str, code: str) -> str:
    """HTML of a link to the page of a shot."""
    return f'<a href="{escape(shot_url(shot_id))}" target="_self">{escape(code)}</a>'


def gap(html: str) -> str:
    """What follows a heading, a little below it."""
    return f'<div class="shots-gap">{html}</div>'
