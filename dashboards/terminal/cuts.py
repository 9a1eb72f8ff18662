"""The commands under ``shotledger cut``: what a shot list says, and what changed between two states of a cut."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dashboards.terminal.commands import CsvOption, JsonOption, LedgerOption, existing_ledger, print_rows, show

if TYPE_CHECKING:
    from analytics.bidding.comparing import BidComparison
    from analytics.vocabulary.frame_rate import FrameRate
    from analytics.vocabulary.listed_shot import ShotList

cut_app = typer.Typer(
    no_args_is_help=True,
    help="Read shot lists and cuts (CSV, XLSX, OTIO, CMX3600 EDL), and tell what changed between two of them.\n\n"
    "Begin with `shotledger cut show reel_3.edl --fps 24`. Formats and headings stand in docs/shot-lists.md.",
)

FpsOption = Annotated[
    str | None,
    typer.Option(
        "--fps",
        metavar="RATE",
        help="Frame rate, as 24 or 23.976. EDLs need it; a list that says another is refused.",
        show_default="as the list says",
    ),
]
SheetOption = Annotated[
    str | None,
    typer.Option("--sheet", metavar="NAME", help="Worksheet of a workbook.", show_default="the one that fits best"),
]


def frame_rate_of(option: str | None) -> "FrameRate | None":
    """The frame rate that ``--fps`` gives.

    Raises
    ------
    InputRefused
        If it is none.
    """
    from analytics.vocabulary.errors import InputRefused
    from analytics.vocabulary.frame_rate import FrameRate

    if option is None:
        return None
    try:
        return FrameRate.parse(option)
    except InputRefused as bad:
        (problem,) = bad.problems
        raise InputRefused("--fps", option, problem.why, problem.mend) from None


@cut_app.command("show")
def show_list(
    path: Annotated[Path, typer.Argument(metavar="LIST", help="A shot list or cut: CSV, XLSX, OTIO or EDL.")],
    fps: FpsOption = None,
    handles: Annotated[
        int | None,
        typer.Option(metavar="FRAMES", help="Handles at each end of shots whose list says none.", show_default="0"),
    ] = None,
    sheet: SheetOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Show what is read from a shot list: every shot, its length and its words, and what was taken for granted.

    Anything that cannot be used is refused, all of it at once, with file, line, column and what to do. With --csv the
    list is written under Shotledger's own headings, ready to be filled in.
    """
    from analytics.importers.shot_lists.reading import read_shot_list
    from dashboards.terminal.cut_screens import list_rows, list_screen

    read = read_shot_list(path, fps=frame_rate_of(fps), default_handle_frames=handles, sheet=sheet)
    if as_csv:
        from analytics.importers.shot_lists.writing import shot_list_csv

        typer.echo(shot_list_csv(read), nl=False)
    elif as_json:
        typer.echo(json.dumps(list_rows(read), indent=2))
    else:
        show(list_screen(read))


@cut_app.command("diff")
def diff_lists(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The state that was bid or pulled.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The state that came now.")],
    fps: FpsOption = None,
    handles: Annotated[
        int, typer.Option(metavar="FRAMES", help="Handles that were pulled at each end with the old state.")
    ] = 10,
    bid: Annotated[
        str | None,
        typer.Option(
            "--bid", metavar="BID", help="Price the changes against this awarded bid.", show_default="no prices"
        ),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Show shots that did not change too.")] = False,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    ledger: LedgerOption = None,
) -> None:
    """Tell what became of every shot: new, omitted, longer, shorter, slipped, retimed, reordered, renamed.

    A shot needs a pull when it is new, shows another source, or uses frames further out than the old in and out with
    their handles. Lists without source timecode are compared by length, and then some pulls are unknown. With --bid
    each change is priced as `shotledger bid change --dry-run` does, and nothing is recorded.
    """
    from analytics.importers.cuts.comparing import cut_diff
    from dashboards.terminal.cut_screens import diff_rows, diff_screen

    rate = frame_rate_of(fps)
    compared = cut_diff(*_both(old, new, rate), pull_handle_frames=handles)
    costs = None if bid is None else _costs(ledger, bid, compared.new)
    if as_json or as_csv:
        return print_rows(diff_rows(compared, costs, plain_cells=as_csv), as_csv)
    show(diff_screen(compared, costs, everything=everything))


def _costs(ledger: Path | None, bid: str, new: "ShotList") -> "BidComparison":
    from rich.console import Console

    from analytics.bidding.change_orders import priced_change
    from analytics.bidding.comparing import compare_bids
    from analytics.bidding.stored_bids import bid_named

    opened = existing_ledger(ledger)
    with Console(stderr=True).status("pricing the change"):
        return compare_bids(bid_named(opened, bid), priced_change(opened, bid, new, "cut diff"))


def _both(old: Path, new: Path, rate: "FrameRate | None") -> "tuple[ShotList, ShotList]":
    """Both lists, with the problems of both at once where either is refused."""
    from analytics.importers.shot_lists.reading import read_shot_list
    from analytics.vocabulary.errors import InputRefused, Problem

    read: list[ShotList] = []
    problems: list[Problem] = []
    for path in (old, new):
        try:
            read.append(read_shot_list(path, fps=rate))
        except InputRefused as bad:
            problems += bad.problems
    if problems:
        raise InputRefused.all_of(problems)
    return read[0], read[1]
