"""Which rate cards a question is priced by: those that are named, else those in force, else the studio's own."""

from collections.abc import Sequence
from pathlib import Path

from analytics.costing.rate_cards import default_rate_card_path, load_rate_card
from analytics.ledger.ledger import Ledger
from analytics.ledger.pricing import record_rate_card
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.rate_card import RateCard
from analytics.vocabulary.shipped import shipped_path

HISTORY_CARD = "history"
"""The card that holds the dated prices a studio brought with its history."""

Rates = RateCard | Path | str
"""A card; its TOML file; or a name: the id of a card that the ledger holds, or of one that comes with Shotledger."""


def chosen_cards(ledger: Ledger, named: Rates | Sequence[Rates] | None = None) -> tuple[str, ...]:
    """Ids of the recorded cards to price by; a later one prices what the earlier have no rate for on any day.

    Parameters
    ----------
    named
        One or several. None: those in force (`cards_in_force.put_in_force`); where nobody chose any, the studio's own
        rates if the ledger has them, filled up by the card that ships, whose prices are assumed; else that card alone.

    Raises
    ------
    InputRefused
        If a file cannot be used, or nothing is called by a name.
    """
    if isinstance(named, RateCard | Path | str):
        named = [named]
    held = {row["rate_card_id"] for row in ledger.ask_rows("rate_cards_held")}
    if named:
        return tuple(dict.fromkeys(_recorded(ledger, one, held) for one in named))
    chosen = ledger.ask_rows("rate_card_adoptions")
    if chosen:
        return tuple(chosen[0]["card_ids"])
    shipped = record_rate_card(ledger, load_rate_card(default_rate_card_path()))
    return (HISTORY_CARD, shipped) if HISTORY_CARD in held else (shipped,)


def _recorded(ledger: Ledger, named: Rates, held: set[str]) -> str:
    if isinstance(named, RateCard):
        return record_rate_card(ledger, named)
    if str(named) in held:
        return str(named)
    path = Path(named)
    shipped = shipped_path("rates", f"{named}.toml")
    if not path.suffix and not path.exists():
        if not shipped.is_file():
            with_shipped = sorted(held | {file.stem for file in shipped.parent.glob("*.toml")})
            raise InputRefused(
                "--rates", str(named), "is no rate card and no file",
                f"name a TOML file, or one of: {', '.join(with_shipped)}",
            )  # fmt: skip
        path = shipped
    return record_rate_card(ledger, load_rate_card(path))
