"""The commands under ``shotledger ledger``: check the ledger file, rebuild it, back it up, record a training."""

import json
from pathlib import Path
from typing import Annotated

import typer

from dashboards.terminal.commands import JsonOption, LedgerOption, existing_ledger, ledger_path, show

ledger_app = typer.Typer(
    no_args_is_help=True, help="Look after the ledger file: check it, rebuild it from manifests, back it up."
)


@ledger_app.command("check")
def ledger_check(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="[DIR]", help="Also hold the manifests under this folder against the ledger."),
    ] = None,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check schema, orphans, sums and manifests; exit code 1 where something is wrong."""
    from dataclasses import asdict

    from analytics.ledger.checking import check_ledger

    findings = check_ledger(existing_ledger(ledger), folder)
    if as_json:
        typer.echo(json.dumps([asdict(finding) for finding in findings], indent=2))
    else:
        from dashboards.terminal.one_shot import check_table

        show(check_table(findings))
    if any(finding.severity == "problem" for finding in findings):
        raise typer.Exit(1)


@ledger_app.command("rebuild")
def ledger_rebuild(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder that holds the renders with their manifests.")
    ],
    ledger: LedgerOption = None,
) -> None:
    """Build the ledger anew from manifests; what came from elsewhere is kept, and so is the old file."""
    from analytics.ledger.rebuilding import rebuild

    counts = rebuild(ledger_path(ledger), [folder])
    typer.echo(
        f"{counts.manifest_count} manifests read, {counts.render_count} renders recorded, "
        f"{counts.kept_row_count} other rows kept"
    )
    if counts.replaced is not None:
        typer.echo(f"the ledger as it was: {counts.replaced}")


@ledger_app.command("backup")
def ledger_backup(
    to: Annotated[Path, typer.Argument(metavar="FILE", help="A file that does not exist yet.")],
    ledger: LedgerOption = None,
) -> None:
    """Write a consistent copy of the ledger."""
    from analytics.ledger.backup import back_up

    back_up(existing_ledger(ledger), to)
    typer.echo(to)


@ledger_app.command("record-training")
def ledger_record_training(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The JSON that a training wrote.")],
    ledger: LedgerOption = None,
) -> None:
    """Record what training a model took, so that comparisons can carry it; recording it twice changes nothing."""
    from analytics.ledger.ledger import Ledger
    from analytics.ledger.training_runs import read_training_runs, record_training_runs

    runs = read_training_runs(file)
    new_count = record_training_runs(Ledger.open(ledger_path(ledger)), runs)
    typer.echo(f"{new_count} of {len(runs)} training runs recorded, the others were known")
