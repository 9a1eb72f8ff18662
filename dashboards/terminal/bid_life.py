"""The commands that follow a bid through its life: sent, awarded, locked, changed, compared."""

import json
from typing import Annotated

import typer

from dashboards.terminal.bid_options import (
    BidArgument,
    ByOption,
    FpsOption,
    HandlesOption,
    NoteOption,
    OnOption,
    OutOption,
    ShotListArgument,
    VersionOption,
    day_of,
    hand_out,
    read_list,
    refuse_outputs,
    say_written,
    working,
)
from dashboards.terminal.commands import JsonOption, LedgerOption, existing_ledger, show
from dashboards.terminal.costs import RatesOption
from dashboards.terminal.incentives import IncentiveOption, IncentivesOption, LabourShareOption, plan_of_options


def send(
    bid: BidArgument,
    valid_days: Annotated[int, typer.Option(min=1, max=365, help="Days that the offer holds.")] = 45,
    on: OnOption = None,
    note: NoteOption = "",
    by: ByOption = "",
    output: OutOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Send a draft: from now on its prices are a snapshot that nothing changes."""
    from analytics.bidding.life import send_bid

    opened = existing_ledger(ledger)
    sent = send_bid(opened, bid, valid_days=valid_days, on=day_of("--on", on), actor=by, note=note)
    hand_out(sent, output, None, lambda words: None)
    typer.echo(f"{sent.bid_id} version {sent.version_number} is sent and holds until {sent.valid_until}.")
    typer.echo(f"When it is accepted: shotledger bid award {sent.bid_id}")
    say_written(output)


def award(
    bid: BidArgument,
    version: VersionOption = None,
    extend: Annotated[bool, typer.Option("--extend", help="Award it although its validity has passed.")] = False,
    on: OnOption = None,
    note: NoteOption = "",
    by: ByOption = "",
    ledger: LedgerOption = None,
) -> None:
    """Record that a sent bid was accepted. What changes after this is a change order: `shotledger bid change`."""
    from analytics.bidding.life import award_bid

    opened = existing_ledger(ledger)
    awarded = award_bid(opened, bid, version_number=version, extend=extend, on=day_of("--on", on), actor=by, note=note)
    typer.echo(f"{awarded.bid_id} version {awarded.version_number} is awarded.")
    typer.echo(f"To make it the budget that final cost is held against: shotledger bid lock {awarded.bid_id}")


def lock(
    bid: BidArgument,
    instead: Annotated[
        bool, typer.Option("--instead", help="In place of another locked bid of the production.")
    ] = False,
    on: OnOption = None,
    note: NoteOption = "",
    by: ByOption = "",
    ledger: LedgerOption = None,
) -> None:
    """Make an awarded bid the Locked Budget of its production."""
    from analytics.bidding.life import lock_bid

    opened = existing_ledger(ledger)
    locked = lock_bid(opened, bid, instead=instead, on=day_of("--on", on), actor=by, note=note)
    typer.echo(f"{locked.bid_id} version {locked.version_number} is the Locked Budget of {locked.production_name}.")
    typer.echo(f"How the work stands against it: shotledger bid efc {locked.production_id}")


def change(
    bid: BidArgument,
    shot_list: ShotListArgument,
    reason: Annotated[str, typer.Option("--reason", help="Why, in words: it stands on the change order.")],
    fps: FpsOption = None,
    handles: HandlesOption = None,
    rates: RatesOption = None,
    incentive: IncentiveOption = None,
    incentives: IncentivesOption = None,
    labour_share: LabourShareOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what it would change.")] = False,
    on: OnOption = None,
    by: ByOption = "",
    output: OutOption = None,
    as_json: JsonOption = False,
    ledger: LedgerOption = None,
) -> None:
    """Price a new cut against an awarded bid: new shots at the awarded rates, credits for omitted ones.

    Shots that stay as they are keep their price to the cent. --rates only prices what the award has no rate for; a bid
    that counts incentives needs the same ones named again.
    """
    from analytics.bidding.change_orders import change_bid, priced_change
    from analytics.bidding.comparing import compare_bids
    from analytics.bidding.documents.contract_json import bid_as_contract
    from analytics.bidding.stored_bids import bid_named
    from dashboards.terminal.bid_comparison import bid_comparison_screen

    refuse_outputs(output)
    opened = existing_ledger(ledger)
    before = bid_named(opened, bid)
    read = read_list(shot_list, fps or before.fps, handles)
    plan = plan_of_options(incentive, incentives, labour_share)
    with working("pricing the change") as said:
        if dry_run:
            after = priced_change(opened, bid, read, reason, on=day_of("--on", on), plan=plan, rates=rates)
        else:
            after = change_bid(opened, bid, read, reason, on=day_of("--on", on), plan=plan, rates=rates, actor=by)
        hand_out(after, output, read, said)
    if as_json:
        typer.echo(json.dumps(bid_as_contract(after), indent=2))
        return
    show(bid_comparison_screen(compare_bids(before, after)))
    if dry_run:
        typer.echo("Nothing is recorded: leave --dry-run out to make it a change order.")
    say_written(output)


def compare(
    before: BidArgument,
    after: Annotated[
        str | None, typer.Argument(help="Another bid.", show_default="the newest version of the same")
    ] = None,
    version: Annotated[
        int | None, typer.Option(min=1, help="Of the first.", show_default="the one before the newest")
    ] = None,
    as_json: JsonOption = False,
    ledger: LedgerOption = None,
) -> None:
    """Hold two bids, or two versions of one, against each other: what changed, shot by shot, and why."""
    from analytics.bidding.comparing import compare_bids, comparison_to_json
    from analytics.bidding.stored_bids import bid_named
    from analytics.vocabulary.errors import InputRefused
    from dashboards.terminal.bid_comparison import bid_comparison_screen

    opened = existing_ledger(ledger)
    newest = bid_named(opened, after or before)
    if after is None and version is None:
        if newest.version_number == 1:
            raise InputRefused("BID", newest.bid_id, "has one version only", "name another bid to compare it with")
        version = newest.version_number - 1
    comparison = compare_bids(bid_named(opened, before, version), newest)
    if as_json:
        typer.echo(json.dumps(comparison_to_json(comparison), indent=2))
        return
    show(bid_comparison_screen(comparison))
