"""The view of prices: what is on a card today, what it was, on whose word, and how much it has priced."""

from collections.abc import Sequence
from html import escape
from typing import Any

from analytics.costing.held_cards import HeldCard, RateLine
from analytics.costing.rate_use import RateUse
from dashboards.access.roles import Role
from dashboards.answers import rates
from dashboards.answers.rates import CardsHeld
from dashboards.answers.waiting import if_ready
from dashboards.app_pages.rates.charts import price_chart
from dashboards.app_pages.rates.parts import table
from dashboards.app_pages.rates.picking import picked_lines
from dashboards.app_pages.rates.words import (
    card_words,
    day_words,
    place_in,
    place_words,
    price_words,
    resource_words,
    unit_words,
    use_words,
)
from dashboards.look.cards import origin_marks, section, show
from dashboards.look.downloads import csv_link, show_chart
from dashboards.look.words import count_words, sentence

SHOWN = 40
DRAWN_AT_MOST = 9


def show_prices(held: CardsHeld) -> None:
    """Draw it."""
    picked = picked_lines(held, in_force_only=False)
    lines, used = picked.lines, if_ready(rates.use())
    show(section(_title(lines, picked.whole_count), _how_many(lines)))
    if not lines:
        return
    dated = [line for line in lines if line.earlier or line.later]
    if dated and len(lines) <= DRAWN_AT_MOST:
        show_chart(
            price_chart(lines, picked.on),
            name="rates-over-time",
            alt="What each of these things costs, as a step at each day its price changes.",
            role=Role.PRODUCER,
        )
    show(price_table(lines, picked.rate_card_id, used))
    show(csv_link(lambda: price_rows(lines, picked.rate_card_id, used), name="rates", role=Role.PRODUCER))
    show(section("Cards", "Every card that priced anything, with who brought it into force."), cards_table(held))


def price_table(lines: Sequence[RateLine], rate_card_id: str, used: RateUse | None) -> str:
    """One row a thing: price, since when, what it was before, on whose word, how much it has priced."""
    rows = "".join(_row(line, rate_card_id, used) for line in lines[:SHOWN])
    if len(lines) > SHOWN:
        rows += (
            f'<tr class="more"><td colspan="6">and {len(lines) - SHOWN:,} more: narrow them down above, or take all of '
            "them as CSV</td></tr>"
        )
    heads = (
        ("What", ""), ("Where, who", ""), ("Price today", "num edge"), ("Before", "num"), ("Priced so far", "num edge"),
        ("On whose word", "edge"),
    )  # fmt: skip
    return table("Prices of the card", "rates", heads, rows)


def price_rows(lines: Sequence[RateLine], rate_card_id: str, used: RateUse | None) -> list[dict[str, Any]]:
    """Every price of these things, earlier and later ones too."""
    return [
        {
            "rate_card_id": rate_card_id, "resource": rate.resource, "territory": rate.territory, "vendor": rate.vendor,
            "price": f"{rate.price.normalize():f}", "currency": rate.currency, "unit": rate.unit,
            "valid_from": rate.valid_from.isoformat(), "valid_to": rate.valid_to and rate.valid_to.isoformat(),
            "origin": rate.origin.value, "source": rate.source,
        }
        for line in lines
        for rate in (*reversed(line.earlier), *((line.now,) if line.now else ()), *line.later)
    ]  # fmt: skip


def cards_table(held: CardsHeld) -> str:
    """The cards that the ledger holds, in the order they price."""
    order = held.in_force.card_ids
    cards = sorted(held.cards, key=lambda each: place_in(order, each.rate_card_id))
    rows = "".join(_card_row(held, card) for card in cards)
    heads = (
        ("Card", ""), ("Currency", ""), ("Prices", "num"), ("From", ""), ("In force", ""), ("Chosen", ""),
    )  # fmt: skip
    return table("Rate cards", "cards", heads, rows)


def _card_row(held: CardsHeld, card: HeldCard) -> str:
    place, _ = place_in(held.in_force.card_ids, card.rate_card_id)
    force = ("first", "for what is missing")[min(place, 1)] if place < len(held.in_force.card_ids) else "no"
    said, why = next((each for each in held.adoptions if card.rate_card_id in each.card_ids), None), ""
    if said is not None:
        who = f", {said.adopted_by}" if said.adopted_by else ""
        why = f"{day_words(said.adopted_at.date())}{who}: {said.note}"
    name = sentence(card_words(card)) if card.is_history else card.name
    return (
        f'<tr data-card="{escape(card.rate_card_id)}"><th scope="row">{escape(name)}'
        f"<small>{escape(card.rate_card_id)}</small></th><td>{escape(card.currency)}</td>"
        f'<td class="num">{card.rate_count:,}</td><td>{day_words(card.first_day)}</td><td>{force}</td>'
        f"<td>{escape(why)}</td></tr>"
    )


def _row(line: RateLine, rate_card_id: str, used: RateUse | None) -> str:
    rate = line.now or line.latest
    before = line.earlier[0] if line.now and line.earlier else None
    was = "–"
    if before is not None and line.change_share is not None:
        was = f"{price_words(before)}<small>{line.change_share:+.1%} since {day_words(rate.valid_from)}</small>"
        was = was.replace("+0.0%", "the same").replace("-", "−")
    price = f"<b>{price_words(line.now)}</b><small>{escape(unit_words(rate))}</small>"
    if line.now is None:
        price = f"–<small>not today; {price_words(rate)} from {day_words(rate.valid_from)}</small>"
    use = "…" if used is None else escape(use_words(line, used.of(rate_card_id, line.numbers)))
    return (
        f'<tr data-resource="{escape(line.resource)}"><th scope="row">{escape(resource_words(line.resource))}'
        f"<small>{escape(line.resource)}</small></th><td>{escape(place_words(line))}</td>"
        f'<td class="num edge">{price}</td><td class="num">{was}</td><td class="num edge">{use}</td>'
        f'<td class="edge source">{origin_marks((rate.origin,))} {escape(rate.source or "nobody")}</td></tr>'
    )


def _title(lines: Sequence[RateLine], whole_count: int) -> str:
    return "Prices" if len(lines) == whole_count else f"{len(lines):,} of {count_words(whole_count, 'price')}"


def _how_many(lines: Sequence[RateLine]) -> str:
    if not lines:
        return "Nothing on this card is like that."
    return (
        "Selling prices as the card says them, never exchanged. What a price has priced is counted over all facts in "
        "the ledger; a price that priced nothing does no harm."
    )
