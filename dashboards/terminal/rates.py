"""The commands under ``shotledger rates``: the cards a ledger is priced by, their prices, and new ones."""

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dashboards.terminal.commands import CsvOption, JsonOption, LedgerOption, existing_ledger, print_rows, show

if TYPE_CHECKING:
    from analytics.ledger.ledger import Ledger
    from analytics.vocabulary.rate_card import RateCard

rates_app = typer.Typer(
    no_args_is_help=True, help="See the rate cards that costs are priced by, and bring new prices into force."
)

NoteOption = Annotated[
    str, typer.Option("--note", metavar="TEXT", help="Why; it is kept with the day, for whoever reads the books later.")
]


@rates_app.command("list")
def list_cards(ledger: LedgerOption = None, as_json: JsonOption = False, as_csv: CsvOption = False) -> None:
    """List the rate cards that the ledger holds, which of them are in force, and who chose them.

    One card with all its prices: `shotledger rates show history`.
    """
    from analytics.costing.cards_in_force import adoptions, cards_in_force
    from analytics.costing.held_cards import held_cards
    from dashboards.terminal.rate_screens import cards_screen

    opened = existing_ledger(ledger)
    in_force = cards_in_force(opened)
    cards = held_cards(opened)
    if as_json or as_csv:
        places = {card_id: place for place, card_id in enumerate(in_force.card_ids, start=1)}
        rows = [
            {
                "rate_card_id": card.rate_card_id, "name": card.name, "currency": card.currency,
                "rate_count": card.rate_count, "first_day": card.first_day and card.first_day.isoformat(),
                "place_in_force": places.get(card.rate_card_id),
            }
            for card in cards
        ]  # fmt: skip
        return print_rows(rows, as_csv)
    show(cards_screen(cards, in_force, adoptions(opened)))
    return None


@rates_app.command("show")
def show_card(
    card: Annotated[
        str | None, typer.Argument(metavar="[CARD]", help="Its id.", show_default="the first that is in force")
    ] = None,
    on: Annotated[str | None, typer.Option(metavar="DAY", help="What holds on this day.", show_default="today")] = None,
    find: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Only resources, territories and vendors with this in them.")
    ] = None,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Show what is on a card: each thing with its price on a day, since when, and on whose word.

    shotledger rates show history --find labour:comp --on 2026-03-01
    """
    from analytics.costing.cards_in_force import cards_in_force
    from analytics.costing.held_cards import held_card, rate_lines
    from analytics.ledger.pricing import rates_of_card
    from dashboards.terminal.rate_screens import card_screen, plain_rate_rows

    opened, day = existing_ledger(ledger), _day(on)
    held = held_card(opened, card or cards_in_force(opened).card_ids[0])
    lines = [
        line
        for line in rate_lines(rates_of_card(opened, held.rate_card_id), day)
        if not find or find.casefold() in f"{line.resource} {line.territory} {line.vendor}".casefold()
    ]
    if as_json or as_csv:
        return print_rows(plain_rate_rows(lines), as_csv)
    show(card_screen(held, lines, day))
    return None


@rates_app.command("add")
def add_rates(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A rate card in TOML, as data/rates/default.toml is one.")
    ],
    note: NoteOption,
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="CARD", help="The card in force to change.", show_default="the first of them"),
    ] = None,
    whole: Annotated[
        bool, typer.Option("--whole", help="The file takes the card's place as it is, and is not added to it.")
    ] = False,
    preview: Annotated[
        bool, typer.Option("--preview", help="Show what it would do to what is priced, and change nothing.")
    ] = False,
    with_synthetic: Annotated[
        bool, typer.Option("--with-synthetic", help="Preview demonstration productions beside real ones too.")
    ] = False,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Bring the prices of a file into force, each from its own day on, as a new card; no card is ever changed.

    A new price ends the one before it on its day, and holds until the next that the card knows. All costs are priced by
    the new card from now on; bids that were made stay as they are. What it would do first:
    `shotledger rates add new.toml --note "union deal" --preview`.
    """
    from analytics.costing.cards_in_force import cards_in_force, put_in_force
    from analytics.costing.held_cards import held_card
    from analytics.costing.new_cards import changed_rates
    from dashboards.terminal.rate_screens import adopted_screen

    opened = existing_ledger(ledger)
    base = held_card(opened, to or cards_in_force(opened).card_ids[0])
    card = _card_of_file(file, base, whole=whole)
    if preview:
        return _preview(opened, base, card, with_synthetic, as_json)
    changes = changed_rates(base, card)
    adopted = put_in_force(opened, card, instead_of=base.rate_card_id, note=note)
    if as_json:
        typer.echo(
            json.dumps({"card_ids": adopted.card_ids, "rate_card_id": card.rate_card_id, "changed": len(changes)})
        )
        return None
    show(adopted_screen(card, changes, adopted))
    return None


@rates_app.command("use")
def use_cards(
    cards: Annotated[list[str], typer.Argument(metavar="CARD...", help="Cards of the ledger, in their order.")],
    note: NoteOption,
    ledger: LedgerOption = None,
) -> None:
    """Price by these cards from now on, as when a change is to be taken back: `shotledger rates use history ...`.

    A later card prices what the earlier ones have no rate for on any day.
    """
    from analytics.costing.cards_in_force import cards_in_force, choose_cards

    opened = existing_ledger(ledger)
    choose_cards(opened, cards, note=note)
    typer.echo(str(cards_in_force(opened)))


def _card_of_file(file: Path, base: "RateCard", *, whole: bool) -> "RateCard":
    from analytics.costing.new_cards import RateChange, new_card
    from analytics.costing.rate_cards import load_rate_card

    card = load_rate_card(file)
    if whole:
        return card
    changes = [
        RateChange(
            rate.resource, rate.unit, f"{rate.price:f}", rate.currency, rate.valid_from, rate.source, rate.territory,
            rate.vendor,
        )
        for rate in card.rates
    ]  # fmt: skip
    return new_card(base, changes, name=card.name)


def _preview(opened: "Ledger", base: "RateCard", card: "RateCard", with_synthetic: bool, as_json: bool) -> None:
    from rich.console import Console

    from analytics.costing.new_cards import changed_rates
    from analytics.costing.repricing_preview import preview_repricing
    from dashboards.terminal.rate_screens import plain_preview, preview_screen

    console = Console(stderr=True)
    with console.status("pricing everything by the new card, on a copy of the ledger"):
        found = preview_repricing(opened, card, instead_of=base.rate_card_id, with_synthetic=with_synthetic)
    if as_json:
        typer.echo(json.dumps(plain_preview(found), indent=2))
        return
    show(preview_screen(card, changed_rates(base, card), found))


def _day(text: str | None) -> date:
    from analytics.vocabulary.errors import InputRefused

    try:
        return date.fromisoformat(text) if text else date.today()
    except ValueError:
        raise InputRefused("--on", text, "is no date", "write it as 2026-11-20") from None
