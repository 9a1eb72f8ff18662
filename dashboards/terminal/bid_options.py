"""What the commands under ``shotledger bid`` share: options, the list they read, the files they write."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dashboards.terminal.commands import show

if TYPE_CHECKING:
    from analytics.ledger.ledger import Ledger
    from analytics.vocabulary.bid import Bid
    from analytics.vocabulary.listed_shot import ShotList

BidArgument = Annotated[
    str, typer.Argument(metavar="BID", help="A bid as `shotledger bid list` names it, or its production.")
]
ShotListArgument = Annotated[
    Path, typer.Argument(metavar="SHOTLIST", help="A cut or breakdown: CSV, XLSX, OTIO or EDL.")
]
FpsOption = Annotated[
    str | None,
    typer.Option("--fps", metavar="RATE", help="Frames a second, as 24 or 23.976.", show_default="as the list says"),
]
HandlesOption = Annotated[
    int | None,
    typer.Option("--handles", metavar="FRAMES", help="Handles of shots that state none.", show_default="0, said"),
]
OutOption = Annotated[
    list[Path] | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write it to .xlsx, .csv, .otio or .json; may be given again."),
]
OnOption = Annotated[
    str | None, typer.Option("--on", metavar="DATE", help="The day it is done on.", show_default="today")
]
NoteOption = Annotated[str, typer.Option("--note", help="Why, in words; kept with the bid's history.")]
ByOption = Annotated[str, typer.Option("--by", metavar="NAME", help="Who does it; kept with the bid's history.")]
BidProductionOption = Annotated[
    str, typer.Option("--production", metavar="NAME", help="What is bid: an id or name; need not be known yet.")
]
BidCurrencyOption = Annotated[
    str | None, typer.Option("--currency", metavar="CODE", help="To bid in, as EUR.", show_default="the production's")
]
TerritoryOption = Annotated[
    str | None,
    typer.Option(
        "--territory", metavar="CODE", help="Where the work is paid, as CA-BC.", show_default="the production's"
    ),
]
PricedOnOption = Annotated[
    str | None, typer.Option("--on", metavar="DATE", help="Day whose rates price it.", show_default="today")
]
TemplateOption = Annotated[
    Path | None,
    typer.Option(
        "--template",
        metavar="FILE",
        help="What shots take where history says nothing.",
        show_default="the one that ships",
    ),
]
OutcomesOption = Annotated[
    int, typer.Option(min=200, max=20_000, help="Outcomes that are simulated; more make steadier ranges.")
]
SeedOption = Annotated[int, typer.Option(help="Another seed simulates other outcomes.")]
VersionOption = Annotated[
    int | None, typer.Option("--version", metavar="N", min=1, help="Of the bid.", show_default="the newest")
]


def read_list(path: Path, fps: str | None, handles: int | None) -> "ShotList":
    """The list that a command was given."""
    from analytics.importers.shot_lists.reading import read_shot_list
    from analytics.vocabulary.frame_rate import FrameRate

    return read_shot_list(path, fps=FrameRate.parse(fps) if fps else None, default_handle_frames=handles)


def fps_of(ledger: "Ledger", production: str, fps: str | None) -> str | None:
    """The rate that was asked for, else the production's where the ledger knows it."""
    from analytics.bidding.bid_production import production_to_bid

    if fps:
        return fps
    known = production_to_bid(ledger, production).fps
    return str(known) if known else None


def share_of(option: str, text: str) -> Decimal:
    """The decimal that an option holds."""
    from analytics.vocabulary.errors import InputRefused

    try:
        return Decimal(text)
    except InvalidOperation:
        raise InputRefused(option, text, "is no decimal", "write a share such as 0.8") from None


def day_of(option: str, text: str | None) -> date | None:
    """The day that an option names, if it was used."""
    from analytics.vocabulary.errors import InputRefused

    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise InputRefused(option, text, "is no date", "write it as 2026-11-02") from None


@contextmanager
def working(words: str) -> Iterator[Callable[[str], None]]:
    """Say on stderr what is being done while it lasts."""
    from rich.console import Console

    with Console(stderr=True).status(words) as status:
        yield status.update


def refuse_outputs(paths: list[Path] | None) -> None:
    """Tell before minutes of work that its result could not be written."""
    from analytics.bidding.documents.handing_out import refuse_unknown_form

    for path in paths or []:
        refuse_unknown_form(path)


def hand_out(bid: "Bid", paths: list[Path] | None, shot_list: "ShotList | None", said: Callable[[str], None]) -> None:
    """Write a bid to every file that was asked for."""
    from analytics.bidding.documents.handing_out import write_bid

    for path in paths or []:
        said(f"writing {path.name}")
        write_bid(bid, path, shot_list)


def say_written(paths: list[Path] | None) -> None:
    """Name the files that were written."""
    for path in paths or []:
        typer.echo(f"written: {path}")


def show_bid_screen(bid: "Bid", every_shot: bool = False) -> None:
    """Print the screen of a bid."""
    from dashboards.terminal.bid_screens import bid_screen

    show(bid_screen(bid, all_shots=every_shot))
