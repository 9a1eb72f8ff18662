"""The commands under ``shotledger bid``: a bid from a shot list, listed and shown; the others are registered here."""

import json
from enum import StrEnum
from typing import Annotated

import typer

from dashboards.terminal.backtest import run_backtest
from dashboards.terminal.bid_life import award, change, compare, lock, send
from dashboards.terminal.bid_mix import MixPlanOption
from dashboards.terminal.bid_mix import mix as show_mixes
from dashboards.terminal.bid_options import (
    BidArgument,
    BidCurrencyOption,
    BidProductionOption,
    ByOption,
    FpsOption,
    HandlesOption,
    OutcomesOption,
    OutOption,
    PricedOnOption,
    SeedOption,
    ShotListArgument,
    TemplateOption,
    TerritoryOption,
    VersionOption,
    day_of,
    fps_of,
    hand_out,
    read_list,
    refuse_outputs,
    say_written,
    share_of,
    show_bid_screen,
    working,
)
from dashboards.terminal.commands import CsvOption, JsonOption, LedgerOption, existing_ledger, print_rows, show
from dashboards.terminal.costs import RatesOption, SyntheticOption
from dashboards.terminal.efc import efc
from dashboards.terminal.incentives import IncentiveOption, IncentivesOption, LabourShareOption, plan_of_options

bid_app = typer.Typer(
    no_args_is_help=True,
    help="Bid a cut or shot list from what past shots took, and follow the bid to its final cost.\n\n"
    "Begin with `shotledger bid new cut.edl --fps 24 --production P12 -o bid.xlsx`, look with `bid show`, then "
    "`bid send`, `bid award` and `bid lock`; `bid efc` holds the work against it. `bid backtest` says how far such "
    "ranges can be trusted; `bid mix` shows what there is to choose from between AI and traditional work.",
)


class MixChoice(StrEnum):
    """Who decides which shots go to AI."""

    CURRENT = "current"
    AI = "ai"
    TRADITIONAL = "traditional"
    BEST = "best"


@bid_app.command("new")
def new(
    shot_list: ShotListArgument,
    production: BidProductionOption,
    fps: FpsOption = None,
    handles: HandlesOption = None,
    rates: RatesOption = None,
    incentive: IncentiveOption = None,
    incentives: IncentivesOption = None,
    labour_share: LabourShareOption = None,
    mix: Annotated[
        MixChoice,
        typer.Option(
            help="Who makes the shots: as the studio has given them to AI so far (current), one workflow for all, or "
            "what a solver chooses by --mix-plan, without one the least cost (best). What the list insists on always "
            "holds."
        ),
    ] = MixChoice.CURRENT,
    mix_plan: MixPlanOption = None,
    confidence: Annotated[
        str, typer.Option(metavar="SHARE", help="Share of outcomes that cost and contingency are to cover.")
    ] = "0.8",
    margin: Annotated[str, typer.Option(metavar="SHARE", help="Put on cost and contingency, as 0.1.")] = "0",
    currency: BidCurrencyOption = None,
    territory: TerritoryOption = None,
    on: PricedOnOption = None,
    name: Annotated[str | None, typer.Option(help="What to call it.", show_default="the list's")] = None,
    version_of: Annotated[
        str | None,
        typer.Option("--version-of", metavar="BID", help="Make the next version of a draft or sent bid instead."),
    ] = None,
    template: TemplateOption = None,
    outcomes: OutcomesOption = 2000,
    seed: SeedOption = 0,
    by: ByOption = "",
    with_synthetic: SyntheticOption = False,
    output: OutOption = None,
    as_json: JsonOption = False,
    ledger: LedgerOption = None,
) -> None:
    """Bid a shot list from what past shots took: a price with its range, kept as a draft.

    Each shot gets people-hours by department from the ledger's finished shots, priced by the rates of the day. The
    range of the total is simulated with what shots share, so that it is as wide as shows really differ; contingency
    lifts the price to the confidence asked for.

    ```
    shotledger bid new cut.edl --fps 24 --production P12 --mix best -o bid.xlsx
    ```
    """
    from analytics.bidding.documents.contract_json import bid_as_contract
    from analytics.bidding.mix_plan import load_mix_plan
    from analytics.bidding.new_bids import new_bid
    from analytics.estimation.templates import load_template

    refuse_outputs(output)
    opened = existing_ledger(ledger)
    plan = plan_of_options(incentive, incentives, labour_share)
    read = read_list(shot_list, fps_of(opened, production, fps), handles)
    with working("reading the history") as said:
        bid = new_bid(
            opened, read, production=production, rates=rates, plan=plan, mix=mix.value,
            mix_plan=load_mix_plan(mix_plan) if mix_plan else None,
            confidence=share_of("--confidence", confidence), margin=share_of("--margin", margin), currency=currency,
            territory=territory,
            on=day_of("--on", on), name=name, bid_id=version_of, template=load_template(template) if template else None,
            with_synthetic=with_synthetic, outcomes=outcomes, seed=seed, actor=by, said=said,
        )  # fmt: skip
        hand_out(bid, output, read, said)
    if as_json:
        typer.echo(json.dumps(bid_as_contract(bid), indent=2))
        return
    show_bid_screen(bid)
    say_written(output)


@bid_app.command("list")
def list_bids(
    production: Annotated[
        str | None, typer.Option("--production", metavar="NAME", help="Only of this one.", show_default="all")
    ] = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    ledger: LedgerOption = None,
) -> None:
    """List the bids, the newest first, each with its versions and where it stands."""
    from dataclasses import asdict

    from analytics.bidding.stored_bids import bids_listed
    from dashboards.terminal.bid_screens import bids_table

    rows = bids_listed(existing_ledger(ledger), production)
    if as_json or as_csv:
        return print_rows([asdict(row) for row in rows], as_csv)
    show(bids_table(rows))


@bid_app.command("show")
def show_bid(
    bid: BidArgument,
    version: VersionOption = None,
    every_shot: Annotated[bool, typer.Option("--shots", help="Every shot, however many.")] = False,
    history: Annotated[bool, typer.Option("--history", help="What happened to it instead.")] = False,
    output: OutOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    ledger: LedgerOption = None,
) -> None:
    """Show a bid as it was made: a sent one is a snapshot, whatever rates did since. With -o it is written out."""
    from dataclasses import asdict

    from analytics.bidding.documents.contract_json import bid_as_contract
    from analytics.bidding.documents.line_csv import bid_csv
    from analytics.bidding.stored_bids import bid_events, bid_named

    opened = existing_ledger(ledger)
    found = bid_named(opened, bid, version)
    if history:
        return print_rows([asdict(event) for event in bid_events(opened, found.bid_id)], as_csv)
    hand_out(found, output, None, lambda words: None)
    if as_json:
        typer.echo(json.dumps(bid_as_contract(found), indent=2))
    elif as_csv:
        typer.echo(bid_csv(found), nl=False)
    else:
        show_bid_screen(found, every_shot)
        say_written(output)


for _name, _command in (
    ("send", send),
    ("award", award),
    ("lock", lock),
    ("change", change),
    ("compare", compare),
    ("mix", show_mixes),
    ("efc", efc),
    ("backtest", run_backtest),
):
    bid_app.command(_name)(_command)
