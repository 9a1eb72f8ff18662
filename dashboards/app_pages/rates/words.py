"""How the page of rates says what it shows: cards, resources, prices, days."""

from collections.abc import Sequence
from datetime import date
from html import escape

from analytics.costing.held_cards import HeldCard, RateLine
from analytics.costing.rate_use import Used
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.rate_card import Rate, RateCard
from dashboards.answers.rates import CardsHeld

EVERYWHERE, EVERYBODY = "everywhere", "anybody"
KINDS = {
    "labour": "People",
    "machine": "Machines",
    "api": "Generated seconds",
    "licence": "Licences",
    "energy": "Energy",
    "uplift": "Uplifts",
}
"""What the first word of a resource prices, as people say it."""


def is_made_up(card: RateCard) -> bool:
    """Whether any price of a card is of a demonstration."""
    return any(rate.origin is Origin.SYNTHETIC for rate in card.rates)


def rates_head(held: CardsHeld, first: RateCard) -> str:
    """What everything is priced by, in one sentence, and what follows from it."""
    in_force = held.in_force
    names = [card_words(_card(held, card_id)) for card_id in in_force.card_ids]
    headline = f"Everything is priced by {escape(names[0])}"
    if len(names) > 1:
        headline += f"; {escape(' and '.join(names[1:]))} {'fills' if len(names) == 2 else 'fill'} the gaps"
    chosen = in_force.chosen
    since = (
        "Nobody has chosen otherwise: imported prices come first, and the card that ships prices what they leave out."
        if chosen is None
        else f"In force since <b>{day_words(chosen.adopted_at.date())}</b>"
        f"{f', by {escape(chosen.adopted_by)}' if chosen.adopted_by else ''}: {escape(chosen.note)}."
    )
    left = ""
    if in_force.left_behind:
        left = (
            f'<p class="detail"><b>{len(in_force.left_behind):,} imported prices are on no card in force</b>: they '
            "came after it was made. Add them under Change prices, or price by the import again with "
            "shotledger rates use."
            "</p>"
        )
    return (
        f'<header class="sl-head" data-card="{escape(first.rate_card_id)}"><p class="eyebrow">'
        f"<span>Rates and incentives</span><span>{len(first.rates):,} prices on the first card</span></p>"
        f'<h1>{headline}.</h1><p class="detail">{since} Facts keep their hours and seconds; each is priced by the rate '
        f"that held on its day. Bids that were made keep their prices.</p>{left}</header>"
    )


def card_words(card: HeldCard) -> str:
    """A card as people call it."""
    return "the studio's imported rates" if card.is_history else card.name


def resource_words(resource: str) -> str:
    """``labour:comp:senior`` as ``Comp, senior``; a kind alone by its own name."""
    kind, *rest = resource.split(":")
    if not rest:
        return f"{KINDS.get(kind, kind.capitalize())}, any"
    named = ", ".join(part.upper() if len(part) <= 2 else part.replace("-", " ") for part in rest)
    return named[:1].upper() + named[1:]


def place_words(line: RateLine) -> str:
    """Where a price holds, and for whom where it is not for anybody."""
    return ", ".join(filter(None, (line.territory or EVERYWHERE, line.vendor)))


def price_words(rate: Rate | None) -> str:
    """A price with the decimals it has, at least two: ``147.06``; an uplift in percent."""
    if rate is None:
        return "–"
    if rate.unit == "share":
        return f"{(100 * rate.price).normalize():f}%"
    price = rate.price.normalize()
    return f"{price:,.2f}" if price == round(price, 2) else f"{price:,f}"


def unit_words(rate: Rate) -> str:
    """Currency and unit: ``CAD an hour``."""
    if rate.unit == "share":
        return "on top"
    unit = {"kwh": "kWh"}.get(rate.unit, rate.unit.replace("_", "-"))
    return f"{rate.currency} {'an' if unit == 'hour' else 'a'} {unit}"


def use_words(line: RateLine, used: Used | None) -> str:
    """What a price has priced."""
    if used is None:
        return "nothing yet"
    kind = line.resource.split(":")[0]
    if kind in ("labour", "machine", "licence"):
        return f"{used.amount:,.0f} h" if used.amount >= 10 else f"{used.amount:,.1f} h"
    if kind == "api":
        return f"{used.amount:,.0f} s of footage"
    return f"{used.fact_count:,} facts"


def day_words(day: date | None) -> str:
    """``20 Apr 2026``."""
    return "" if day is None else f"{day.day} {day:%b %Y}"


def kinds_on(lines: Sequence[RateLine]) -> list[str]:
    """Kinds of resource that a card prices, in the order in which people ask."""
    found = {line.resource.split(":")[0] for line in lines}
    return [kind for kind in KINDS if kind in found] + sorted(found - set(KINDS))


def place_in(order: Sequence[str], rate_card_id: str) -> tuple[int, str]:
    """To sort cards by: those in force first, in their order."""
    return (order.index(rate_card_id) if rate_card_id in order else len(order)), rate_card_id


def _card(held: CardsHeld, card_id: str) -> HeldCard:
    return next(card for card in held.cards if card.rate_card_id == card_id)
