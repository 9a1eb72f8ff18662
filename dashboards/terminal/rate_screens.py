"""Rate cards as tables of the terminal: readable at 100 columns, without colour and when piped."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from analytics.costing.cards_in_force import Adoption, CardsInForce
from analytics.costing.held_cards import HeldCard, RateLine
from analytics.costing.new_cards import ChangedRate
from analytics.costing.repricing_preview import RepricedWork, RepricingPreview
from analytics.vocabulary.rate_card import Rate, RateCard
from dashboards.terminal.cost_tables import amount_words, cost_table
from dashboards.terminal.costs import cents
from dashboards.terminal.listings import NOTHING, plain, workflow_words

if TYPE_CHECKING:
    from datetime import date

    from rich.console import RenderableType

_CHANGES_SHOWN = 20


def cards_screen(cards: Sequence[HeldCard], in_force: CardsInForce, adoptions: Sequence[Adoption]) -> "RenderableType":
    """Every card, its place among those in force, and who chose them when."""
    from rich.console import Group
    from rich.text import Text

    table = cost_table("Card", "Called", "Currency", ">prices", "from", "in force")
    places = {card_id: place for place, card_id in enumerate(in_force.card_ids, start=1)}
    for card in sorted(cards, key=lambda each: (places.get(each.rate_card_id, 99), each.rate_card_id)):
        place = places.get(card.rate_card_id)
        table.add_row(
            *plain(
                card.rate_card_id, card.name, card.currency, f"{card.rate_count:,}", str(card.first_day or NOTHING),
                NOTHING if place is None else "first" if place == 1 else "for what is missing",
            )
        )  # fmt: skip
    said = [str(in_force)]
    if in_force.left_behind:
        said.append(
            f"{len(in_force.left_behind):,} imported prices are on no card in force: they came after it was made. "
            "Bring them in with shotledger rates add, or go back with shotledger rates use history."
        )
    said += [
        f"{each.adopted_at:%Y-%m-%d}{f', {each.adopted_by}' if each.adopted_by else ''}: "
        f"{', then '.join(each.card_ids)} ({each.note})"
        for each in adoptions
    ]
    return Group(table, Text("\n".join(said)))


def card_screen(card: RateCard, lines: Sequence[RateLine], on: "date") -> "RenderableType":
    """Each thing on a card with what it costs on a day."""
    from rich.console import Group
    from rich.text import Text

    if not lines:
        return Text(f"{card.rate_card_id} has no such price.")
    table = cost_table("Resource", "Where, who", ">price", "for a", "since", "origin", "on whose word")
    for line in lines:
        rate = line.now
        where = ", ".join(filter(None, (line.territory, line.vendor))) or "everywhere"
        if rate is None:
            table.add_row(*plain(line.resource, where, NOTHING, line.latest.unit, f"not on {on}", "", ""))
            continue
        table.add_row(
            *plain(
                line.resource, where, price_words(rate), rate.unit.replace("_", "-"), str(rate.valid_from), rate.origin,
                rate.source or NOTHING,
            )
        )  # fmt: skip
    return Group(Text(f"{card.rate_card_id}, on {on}", style="bold"), table)


def preview_screen(card: RateCard, changes: Sequence[ChangedRate], found: RepricingPreview) -> "RenderableType":
    """What changes on the card, and what everything would cost by it."""
    from rich.console import Group
    from rich.text import Text

    table = cost_table("Production", "Workflow", ">before", ">after", ">difference", "")
    for row in found.rows:
        if row.difference or row.missing_before != row.missing_after:
            table.add_row(*plain(row.production_name, _workflow(row), *_amounts(row), row.currency))
    for row in found.totals():
        table.add_section()
        table.add_row(*plain("all", "", *_amounts(row), row.currency))
    said = [f"{card.rate_card_id} would be in force; nothing was changed. Bids that were made stay as they are."]
    if not found.changes_anything:
        until = f", and nothing is known after {found.last_fact_on}" if found.last_fact_on else ""
        said = [f"Nothing priced so far would change: no work is dated where the new prices hold{until}."]
    said += [str(missing) for missing in found.missing[:5]]
    return Group(*_changes(changes), table, Text("\n".join(said)))


def adopted_screen(card: RateCard, changes: Sequence[ChangedRate], adopted: Adoption) -> "RenderableType":
    """What was changed, and what is in force now."""
    from rich.console import Group
    from rich.text import Text

    return Group(*_changes(changes), Text(f"In force since now: {', then '.join(adopted.card_ids)} ({adopted.note})."))


def _changes(changes: Sequence[ChangedRate]) -> "list[RenderableType]":
    from rich.text import Text

    table = cost_table("Resource", "Where, who", ">before", ">after", "for a", "from", "until")
    for each in changes[:_CHANGES_SHOWN]:
        rate = each.after
        factor = "" if each.factor is None else f" ({100 * (each.factor - 1):+.1f} %)"
        table.add_row(
            *plain(
                rate.resource, ", ".join(filter(None, (rate.territory, rate.vendor))) or "everywhere",
                NOTHING if each.before is None else price_words(each.before), price_words(rate) + factor, rate.unit,
                str(rate.valid_from), str(rate.valid_to or NOTHING),
            )
        )  # fmt: skip
    more = len(changes) - _CHANGES_SHOWN
    return [table, Text(f"and {more:,} more prices\n" if more > 0 else "")]


def price_words(rate: Rate) -> str:
    """A price with no more decimals than it has, and its currency: ``112.50 CAD``."""
    if rate.unit == "share":
        return f"{(100 * rate.price).normalize():f} %"
    amount = rate.price.normalize()
    return f"{amount:,.2f} {rate.currency}" if amount == round(amount, 2) else f"{amount:f} {rate.currency}"


def plain_rate_rows(lines: Sequence[RateLine]) -> list[dict[str, Any]]:
    """One row a thing, for machines."""
    return [
        {
            "resource": line.resource, "territory": line.territory, "vendor": line.vendor,
            "price": None if line.now is None else f"{line.now.price.normalize():f}",
            "currency": line.latest.currency, "unit": line.latest.unit,
            "valid_from": line.now and line.now.valid_from.isoformat(),
            "valid_to": (line.now and line.now.valid_to and line.now.valid_to.isoformat()) or None,
            "origin": line.latest.origin.value, "source": line.latest.source,
            "earlier_count": len(line.earlier), "later_count": len(line.later),
        }
        for line in lines
    ]  # fmt: skip


def plain_preview(found: RepricingPreview) -> dict[str, Any]:
    """The preview for machines; amounts as text, to the cent."""
    return {
        "changes_anything": found.changes_anything,
        "last_fact_on": found.last_fact_on and found.last_fact_on.isoformat(),
        "rows": [
            {
                "production_id": row.production_id, "production": row.production_name,
                "workflow": row.workflow and row.workflow.value, "currency": row.currency, "before": cents(row.before),
                "after": cents(row.after), "difference": cents(row.difference), "missing_before": row.missing_before,
                "missing_after": row.missing_after,
            }
            for row in found.rows
        ],
        "missing": [str(missing) for missing in found.missing],
    }  # fmt: skip


def _amounts(row: RepricedWork) -> tuple[str, str, str]:
    change = f" ({100 * row.difference / row.before:+.1f} %)" if row.difference is not None and row.before else ""
    difference = NOTHING if row.difference is None else f"{row.difference:+,.2f}{change}"
    return amount_words(row.before), amount_words(row.after), difference


def _workflow(row: RepricedWork) -> str:
    return "not known" if row.workflow is None else workflow_words(row.workflow)
