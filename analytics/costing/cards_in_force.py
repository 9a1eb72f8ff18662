"""Which rate cards price everything where nobody names one, since when, and how another card comes into force."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from analytics.costing.held_cards import held_card
from analytics.costing.rate_choice import HISTORY_CARD, chosen_cards
from analytics.ledger.fact_changes import NO_SHOT
from analytics.ledger.ledger import Ledger
from analytics.ledger.pricing import rates_of_card, record_rate_card
from analytics.ledger.statements import give
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.rate_card import Rate, RateCard


@dataclass(frozen=True)
class Adoption:
    """That somebody chose the cards to price by.

    Attributes
    ----------
    card_ids
        A later one prices what the earlier have no rate for on any day.
    adopted_by
        Empty where nobody signs in.
    note
        Why, in words.
    """

    adoption_number: int
    card_ids: tuple[str, ...]
    adopted_at: datetime
    adopted_by: str
    note: str


@dataclass(frozen=True)
class CardsInForce:
    """What is priced by now.

    Attributes
    ----------
    chosen
        Who chose it; ``None`` where nobody did, and the studio's imported rates come before the card that ships.
    left_behind
        Imported prices that no card in force has: they came after the card that took their place was made.
    """

    card_ids: tuple[str, ...]
    chosen: Adoption | None
    left_behind: tuple[Rate, ...]

    def __str__(self) -> str:
        cards = ["the studio's imported rates" if each == HISTORY_CARD else each for each in self.card_ids]
        since = f", chosen on {self.chosen.adopted_at:%Y-%m-%d}" if self.chosen else ""
        return f"Priced by {', then '.join(cards)}{since}."


def adoptions(ledger: Ledger) -> tuple[Adoption, ...]:
    """Every choice of cards, the latest first."""
    return tuple(
        Adoption(
            row["adoption_number"], tuple(row["card_ids"]), row["adopted_at"], row["adopted_by"], row["note"]
        )
        for row in ledger.ask_rows("rate_card_adoptions")
    )  # fmt: skip


def cards_in_force(ledger: Ledger) -> CardsInForce:
    """The cards that price a question which names none.

    Raises
    ------
    LedgerError
        If the shipped card has to be recorded and the ledger cannot be written.
    """
    card_ids, chosen = chosen_cards(ledger), adoptions(ledger)
    return CardsInForce(card_ids, chosen[0] if chosen else None, _left_behind(ledger, card_ids))


def put_in_force(
    ledger: Ledger, card: RateCard, *, instead_of: str | None, note: str, by: str = "", at: datetime | None = None
) -> Adoption:
    """Record a card and price by it from now on. No card that was there before is changed, and no bid is priced anew.

    Parameters
    ----------
    instead_of
        The card in force whose place it takes; ``None``: it comes before all of them.
    note
        Why, in words.
    by
        Who wants it so.
    at
        When; ``None``: now.

    Raises
    ------
    InputRefused
        If no reason is given, or the other card is not in force.
    """
    before = chosen_cards(ledger)
    if not note.strip():
        raise InputRefused("note", None, "is empty", "say why the prices change, for whoever reads the books later")
    after = cards_after(before, card.rate_card_id, instead_of)
    record_rate_card(ledger, card)
    return choose_cards(ledger, after, note=note, by=by, at=at)


def choose_cards(
    ledger: Ledger, card_ids: Sequence[str], *, note: str, by: str = "", at: datetime | None = None
) -> Adoption:
    """Price by these cards of the ledger from now on, in their order.

    Raises
    ------
    InputRefused
        If there is none, the ledger lacks one, or no reason is given.
    """
    if not card_ids:
        raise InputRefused("rate cards", None, "there are none", "name at least one card of the ledger")
    if not note.strip():
        raise InputRefused("note", None, "is empty", "say why, for whoever reads the books later")
    for each in card_ids:
        held_card(ledger, each)
    chosen = {
        "card_ids": list(dict.fromkeys(card_ids)),
        "adopted_at": at or datetime.now(UTC),
        "adopted_by": by.strip(),
        "note": note.strip(),
    }
    ledger.write(lambda connection: give(connection, "record_card_adoption", **chosen), shot_ids=NO_SHOT)
    return adoptions(ledger)[0]


def cards_after(in_force: Sequence[str], new_card_id: str, instead_of: str | None) -> tuple[str, ...]:
    """The cards in force once a new one has its place.

    Raises
    ------
    InputRefused
        If the card whose place it is to take is not in force.
    """
    if instead_of is None:
        return tuple(dict.fromkeys((new_card_id, *in_force)))
    if instead_of not in in_force:
        raise InputRefused(
            "rate card", instead_of, "is not in force", f"name one that is: {', '.join(in_force)}"
        )  # fmt: skip
    return tuple(dict.fromkeys(new_card_id if each == instead_of else each for each in in_force))


def _left_behind(ledger: Ledger, card_ids: Sequence[str]) -> tuple[Rate, ...]:
    """Imported prices that no card in force has for that day and subject."""
    if HISTORY_CARD in card_ids:
        return ()
    held = {_known_by(rate) for each in card_ids for rate in rates_of_card(ledger, each).values()}
    return tuple(rate for rate in rates_of_card(ledger, HISTORY_CARD).values() if _known_by(rate) not in held)


def _known_by(rate: Rate) -> tuple[object, ...]:
    return rate.resource, rate.territory, rate.vendor, rate.valid_from
