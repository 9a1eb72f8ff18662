"""What one shot cost under a rate card: its lines, what is missing, and sums that stay open where a price does."""

from collections.abc import Iterable
from dataclasses import dataclass

from analytics.ledger.ledger import Ledger
from analytics.ledger.pricing import CostLine, MissingRate, cost_lines, missing_rates, record_rate_card
from analytics.vocabulary.money import Money
from analytics.vocabulary.rate_card import RateCard


@dataclass(frozen=True)
class ShotCosts:
    """Every priced fact of a shot. Nothing is rounded and nothing is left out."""

    shot_id: str
    rate_card_id: str
    currency: str
    lines: tuple[CostLine, ...]
    missing_rates: tuple[MissingRate, ...]


def price_shot(ledger: Ledger, shot_id: str, card: RateCard) -> ShotCosts:
    """Price the facts of a shot by the rates that held on the day of each fact.

    The facts are read and never changed. The card is recorded in the ledger when it is met for the first time.
    """
    rate_card_id = record_rate_card(ledger, card)
    lines = cost_lines(ledger, shot_id, rate_card_id)
    return ShotCosts(shot_id, rate_card_id, card.currency, lines, missing_rates(lines, rate_card_id))


def total_cost(lines: Iterable[CostLine], currency: str) -> Money | None:
    """Sum of the lines, or ``None`` as soon as one of them has no price: an unknown part makes the whole unknown.

    Raises
    ------
    InputRefused
        If a line is in another currency.
    """
    total = Money.of(0, currency)
    for line in lines:
        if line.cost is None:
            return None
        total += line.cost
    return total
