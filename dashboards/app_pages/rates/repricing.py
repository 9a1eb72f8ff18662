"""Tables and words of a re-pricing: which prices change, and what everything would cost by them."""

from collections.abc import Sequence
from decimal import Decimal
from html import escape
from typing import Any

from analytics.costing.held_cards import RateLine
from analytics.costing.new_cards import ChangedRate
from analytics.costing.repricing_preview import RepricedWork, RepricingPreview
from dashboards.app_pages.rates.parts import table
from dashboards.app_pages.rates.words import day_words, place_words, price_words, resource_words, unit_words
from dashboards.look.cards import mark

CHANGES_SHOWN = 30


def changes_table(changes: Sequence[ChangedRate]) -> str:
    """Old and new price of each, and the days between which the new one holds."""
    rows = "".join(_change_row(each) for each in changes[:CHANGES_SHOWN])
    if len(changes) > CHANGES_SHOWN:
        rows += f'<tr class="more"><td colspan="6">and {len(changes) - CHANGES_SHOWN:,} more</td></tr>'
    heads = (("What", ""), ("Where, who", ""), ("Before", "num edge"), ("After", "num"), ("", ""), ("Holds", ""))
    return table("Prices that change", "changes", heads, rows)


def preview_words(found: RepricingPreview) -> str:
    """What it comes to in one or two sentences."""
    if not found.changes_anything:
        known = ""
        if found.last_fact_on is not None:
            known = f", and nothing in the ledger is dated after {day_words(found.last_fact_on)}"
        return (
            f"Nothing that is priced so far would change: no work is dated where the new prices hold{known}. New bids "
            "and forecasts would."
        )
    totals = [
        f"{_amount(abs(row.difference))} {row.currency} {'more' if row.difference > 0 else 'less'}"
        f"{_share(row, ' ({})')}"
        for row in found.totals()
        if row.difference
    ]
    return f"What was done so far would cost {' and '.join(totals)}. Work before the new prices' day keeps its price."


def preview_table(found: RepricingPreview) -> str:
    """Every production and workflow whose cost changes, and the totals by currency."""
    changed = [row for row in found.rows if row.difference or row.missing_before != row.missing_after]
    rows = "".join(_repriced_row(row) for row in changed)
    rows += "".join(_repriced_row(row, is_total=True) for row in found.totals())
    heads = [
        ("Production", ""), ("Workflow", ""), ("Before", "num edge"), ("After", "num"), ("Difference", "num edge"),
    ]  # fmt: skip
    return table("Re-pricing by production and workflow", "preview", heads, rows)


def preview_rows(found: RepricingPreview) -> list[dict[str, Any]]:
    """Every production and workflow, to the cent."""
    return [
        {
            "production": row.production_name, "workflow": row.workflow and row.workflow.value,
            "currency": row.currency, "before": _cents(row.before), "after": _cents(row.after),
            "difference": _cents(row.difference), "without_price_before": row.missing_before,
            "without_price_after": row.missing_after,
        }
        for row in found.rows
    ]  # fmt: skip


def _change_row(each: ChangedRate) -> str:
    rate = each.after
    line = RateLine(rate.resource, rate.territory, rate.vendor, (), rate, (), ())
    share = "" if each.factor is None else f"<small>{each.factor - 1:+.1%}</small>".replace("-", "−")
    until = "until changed again"
    if rate.valid_to is not None:
        until = f"until {day_words(rate.valid_to)}, when the card has another price"
    return (
        f'<tr data-resource="{escape(rate.resource)}"><th scope="row">{escape(resource_words(rate.resource))}'
        f"<small>{escape(rate.resource)}</small></th><td>{escape(place_words(line))}</td>"
        f'<td class="num edge">{price_words(each.before)}</td>'
        f'<td class="num"><b>{price_words(rate)}</b>{share}</td><td>{escape(unit_words(rate))}</td>'
        f"<td>from {day_words(rate.valid_from)}<small>{until}</small></td></tr>"
    )


def _repriced_row(row: RepricedWork, *, is_total: bool = False) -> str:
    workflow = ""
    if not is_total:
        workflow = "not known" if row.workflow is None else f"{mark(row.workflow)} {row.workflow.label}"
    missing = ""
    if row.missing_before != row.missing_after:
        missing = f"<small>{row.missing_after:,} facts without a price, {row.missing_before:,} before</small>"
    found_by = (
        f'data-production="{escape(row.production_id)}" data-workflow="{row.workflow or ""}" '
        f'data-currency="{row.currency}"'
    )
    return (
        f'<tr {found_by}{" class=total" if is_total else ""}><th scope="row">'
        f"{'All' if is_total else escape(row.production_name)}<small>{row.currency}</small></th><td>{workflow}</td>"
        f'<td class="num edge">{_amount(row.before)}</td><td class="num">{_amount(row.after)}{missing}</td>'
        f'<td class="num edge" data-figure="difference"><b>{_signed(row.difference)}</b>'
        f"{_share(row, '<small>{}</small>')}</td></tr>"
    )


def _share(row: RepricedWork, form: str) -> str:
    return form.format(f"{row.share:+.2%}".replace("-", "−")) if row.share else ""


def _amount(amount: Decimal | None) -> str:
    return "–" if amount is None else f"{amount:,.0f}".replace("-", "−")


def _signed(amount: Decimal | None) -> str:
    return _amount(amount) if not amount else f"{amount:+,.0f}".replace("-", "−")


def _cents(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else round(amount, 2)
