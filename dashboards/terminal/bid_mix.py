"""The command ``shotledger bid mix``: what there is to choose from between AI and traditional work on a shot list."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dashboards.terminal.bid_options import (
    BidCurrencyOption,
    BidProductionOption,
    FpsOption,
    HandlesOption,
    OutcomesOption,
    PricedOnOption,
    SeedOption,
    ShotListArgument,
    TemplateOption,
    TerritoryOption,
    day_of,
    fps_of,
    read_list,
)
from dashboards.terminal.commands import CsvOption, JsonOption, LedgerOption, existing_ledger, print_rows, show
from dashboards.terminal.costs import RatesOption, SyntheticOption
from dashboards.terminal.incentives import IncentiveOption, IncentivesOption, LabourShareOption, plan_of_options

if TYPE_CHECKING:
    from rich.progress import Progress

MixPlanOption = Annotated[
    Path | None,
    typer.Option(
        "--mix-plan",
        metavar="FILE.toml",
        help="What the mix is chosen for and keeps to: budget, dates, people and GPU hours a week. data/bids/mix.toml "
        "is one to begin with.",
        show_default="the least expected cost",
    ),
]


def mix(
    shot_list: ShotListArgument,
    production: BidProductionOption,
    fps: FpsOption = None,
    handles: HandlesOption = None,
    mix_plan: MixPlanOption = None,
    rates: RatesOption = None,
    incentive: IncentiveOption = None,
    incentives: IncentivesOption = None,
    labour_share: LabourShareOption = None,
    currency: BidCurrencyOption = None,
    territory: TerritoryOption = None,
    on: PricedOnOption = None,
    template: TemplateOption = None,
    outcomes: OutcomesOption = 2000,
    seed: SeedOption = 0,
    with_synthetic: SyntheticOption = False,
    every_shot: Annotated[bool, typer.Option("--shots", help="Why of every shot, however many.")] = False,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    ledger: LedgerOption = None,
) -> None:
    """Show what there is to choose from between AI and traditional work, and why each shot would go where.

    Each row is a mix of workflows that no other beats in everything: cheaper, surer to hold the budget, or done sooner.
    The marked one is what `shotledger bid new --mix best` takes with the same plan. Nothing is stored.

    ```
    shotledger bid mix cut.edl --fps 24 --production P12 --mix-plan data/bids/mix.toml
    ```

    --json has every shot with its reason; --csv the mixes.
    """
    from analytics.bidding.mix_plan import load_mix_plan
    from analytics.bidding.mix_trade_off import trade_off
    from analytics.estimation.templates import load_template
    from dashboards.terminal.bid_mix_screen import mix_as_json, mix_rows, mix_screen

    opened = existing_ledger(ledger)
    plan = None if mix_plan is None else load_mix_plan(mix_plan)
    read = read_list(shot_list, fps_of(opened, production, fps), handles)
    with _progress() as progress:
        task = progress.add_task("reading the history", total=None)
        found = trade_off(
            opened, read, production=production, mix_plan=plan,
            plan=plan_of_options(incentive, incentives, labour_share), rates=rates, currency=currency,
            territory=territory, on=day_of("--on", on), template=load_template(template) if template else None,
            with_synthetic=with_synthetic, outcomes=outcomes, seed=seed,
            said=lambda words: progress.update(task, description=words),
            told=lambda done, of: progress.update(task, completed=done, total=of),
        )  # fmt: skip
    if as_json:
        typer.echo(json.dumps(mix_as_json(found), indent=2))
    elif as_csv:
        print_rows(mix_rows(found), as_csv)
    else:
        show(mix_screen(found, every_shot=every_shot))


def _progress() -> "Progress":
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
