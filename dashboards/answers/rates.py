"""What the page of rates asks: cards, prices, what each priced, incentives; and what a new card would do."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from analytics.costing.cards_in_force import Adoption, CardsInForce, adoptions, cards_in_force, put_in_force
from analytics.costing.held_cards import HeldCard, RateLine, held_card, held_cards, rate_lines
from analytics.costing.incentive_offers import IncentiveOffers, incentive_offers
from analytics.costing.rate_use import RateUse, rate_use
from analytics.costing.reckoned_costs import reckon_costs
from analytics.costing.repricing_preview import RepricingPreview, preview_repricing
from analytics.ledger.ledger import Ledger
from analytics.ledger.pricing import rates_of_card
from analytics.vocabulary.rate_card import RateCard
from dashboards.access.persons import person
from dashboards.access.roles import Role
from dashboards.answers.asking import act, answer, begin
from dashboards.answers.crew import Work
from dashboards.answers.kept import kept_answer


@dataclass(frozen=True)
class CardsHeld:
    """The cards of the ledger, which of them are in force, and who chose them when."""

    cards: tuple[HeldCard, ...]
    in_force: CardsInForce
    adoptions: tuple[Adoption, ...]


@answer(Role.PRODUCER, costs=True)
def cards(ledger: Ledger) -> CardsHeld:
    """Every card, by the rates that hold."""
    in_force = cards_in_force(ledger)
    return CardsHeld(held_cards(ledger), in_force, adoptions(ledger))


@answer(Role.PRODUCER, costs=True)
def card(ledger: Ledger, rate_card_id: str) -> RateCard:
    """One card with all its rates."""
    return held_card(ledger, rate_card_id)


@answer(Role.PRODUCER, costs=True)
def lines(ledger: Ledger, rate_card_id: str, on: date) -> tuple[RateLine, ...]:
    """What is on a card, by what it prices."""
    return rate_lines(rates_of_card(ledger, rate_card_id), on)


@kept_answer(Role.PRODUCER)
def use(ledger: Ledger) -> RateUse:
    """How much each rate in force has priced."""
    return rate_use(ledger, reckon_costs(ledger))


@kept_answer(Role.PRODUCER)
def offers(ledger: Ledger, on: date) -> IncentiveOffers:
    """What each programme is on a day, and what it would give."""
    return incentive_offers(ledger, reckon_costs(ledger), on)


def preview(new: RateCard, instead_of: str | None) -> Work[RepricingPreview]:
    """Begin to work out what a card would do."""
    return begin(Role.PRODUCER, _previewed, new, instead_of)


def _previewed(
    ledger_path: str, new: RateCard, instead_of: str | None, said: Callable[[str], None] | None = None
) -> RepricingPreview:
    if said is not None:
        said("pricing everything by the new card, on a copy of the ledger")
    return preview_repricing(Ledger.open(ledger_path, create=False), new, instead_of=instead_of, said=said)


def bring_into_force(new: RateCard, instead_of: str | None, note: str) -> Adoption:
    """Write the card into the ledger and price by it from now on."""
    by = person().name
    return act(Role.ADMIN, lambda ledger: put_in_force(ledger, new, instead_of=instead_of, note=note, by=by))
