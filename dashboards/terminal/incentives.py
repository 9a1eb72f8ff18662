"""The commands under ``shotledger incentives``: which programmes there are, what each asks for, a plan to begin."""

import json
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dashboards.terminal.commands import CsvOption, JsonOption, print_rows, show

if TYPE_CHECKING:
    from analytics.costing.incentive_plan import IncentivePlan
    from analytics.vocabulary.incentive import IncentiveProgramme

incentives_app = typer.Typer()

IncentiveOption = Annotated[
    list[str] | None,
    typer.Option(
        "--incentive",
        metavar="NAME",
        help="Claim this programme for every production; may be repeated.",
        show_default="none",
    ),
]
IncentivesOption = Annotated[
    Path | None,
    typer.Option(
        "--incentives",
        metavar="PLAN.toml",
        help="Claim what this plan says; `shotledger incentives plan` begins one.",
        show_default="none",
    ),
]
LabourShareOption = Annotated[
    str | None,
    typer.Option(
        "--labour-share",
        metavar="SHARE",
        help="With --incentive: the share of what own people cost that is wages, as 0.57.",
        show_default="not known",
    ),
]


def plan_of_options(
    names: list[str] | None, plan_file: Path | None, labour_share: str | None = None
) -> "IncentivePlan | None":
    """The plan that the three options of incentives give, or ``None`` where none of them is used.

    Raises
    ------
    InputRefused
        If they don't go together or cannot be used.
    """
    from analytics.costing.incentive_plan import plan_for_all
    from analytics.costing.incentive_plan_file import load_plan
    from analytics.vocabulary.errors import InputRefused

    if plan_file is not None and (names or labour_share):
        option = "--incentive" if names else "--labour-share"
        raise InputRefused(option, None, "goes not with --incentives", f"state it in {plan_file}, or leave one out")
    if plan_file is not None:
        return load_plan(plan_file)
    if labour_share is not None and not names:
        raise InputRefused("--labour-share", labour_share, "goes with --incentive only", "name a programme")
    try:
        share = None if labour_share is None else Decimal(labour_share)
        if share is not None and not share.is_finite():
            raise InvalidOperation
    except InvalidOperation:
        raise InputRefused("--labour-share", labour_share, "is no decimal", "write a share such as 0.57") from None
    return plan_for_all(names, labour_share=share) if names else None


@incentives_app.callback(invoke_without_command=True)
def list_incentives(context: typer.Context, as_json: JsonOption = False, as_csv: CsvOption = False) -> None:
    """List the incentive programmes that costs can be shown net of: where they pay, on what, how much, since when.

    One in full: `shotledger incentives show ca-bc`. Costs net of two of them:
    `shotledger cost --incentive ca-bc --incentive ca-federal --labour-share 0.57`. Where more has to be stated, begin a
    plan: `shotledger incentives plan ca-bc ca-federal > plan.toml`.
    """
    if context.invoked_subcommand:
        return
    from analytics.costing.incentive_plan import programmes_by_name
    from dashboards.terminal.incentive_screens import incentives_table, rule_rows

    programmes = list(programmes_by_name().values())
    if as_json or as_csv:
        return print_rows([row for programme in programmes for row in rule_rows(programme)], as_csv)
    show(incentives_table(programmes))


@incentives_app.command("show")
def show_incentive(
    name: Annotated[str, typer.Argument(help="A programme, as `shotledger incentives` lists it.")],
    as_json: JsonOption = False,
) -> None:
    """Show one programme in full: each rule with its thresholds, caps, days and source, and what has to be stated."""
    from dashboards.terminal.incentive_screens import incentive_screen, programme_in_full

    (programme,) = _named([name])
    if as_json:
        typer.echo(json.dumps(programme_in_full(programme), indent=2))
        return
    show(incentive_screen(programme))


@incentives_app.command("plan")
def begin_plan(
    names: Annotated[list[str], typer.Argument(metavar="NAME...", help="The programmes to claim.")],
) -> None:
    """Print a plan in TOML that claims these programmes, with all they ask for as comments to be filled in.

    Keep it in a file, fill it in and use it: `shotledger incentives plan ca-bc > plan.toml`, then
    `shotledger cost --incentives plan.toml`.
    """
    from analytics.costing.incentive_plan_file import blank_plan

    typer.echo(blank_plan(_named(names)), nl=False)


def _named(names: list[str]) -> "list[IncentiveProgramme]":
    from analytics.costing.incentive_plan import programmes_by_name, unknown_programme
    from analytics.vocabulary.errors import InputRefused

    programmes = programmes_by_name()
    unknown = [unknown_programme("incentives", name, programmes) for name in names if name not in programmes]
    if unknown:
        raise InputRefused.all_of(unknown)
    return [programmes[name] for name in dict.fromkeys(names)]
