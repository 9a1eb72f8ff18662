"""The commands under ``shotledger claim``: what was claimed in public, and whether it holds on one's own shots."""

import json
from pathlib import Path
from typing import Annotated

import typer

from dashboards.terminal.commands import CsvOption, JsonOption, LedgerOption, existing_ledger, print_rows, show
from dashboards.terminal.costs import ProductionOption, RatesOption, SyntheticOption

claim_app = typer.Typer(
    no_args_is_help=True,
    help="Hold published claims, such as “10 times faster”, against the shots of your own ledger.\n\n"
    "Begin with `shotledger claim list`, then `shotledger claim audit el-eternauta`.",
)

NameArgument = Annotated[
    str, typer.Argument(metavar="NAME|FILE.toml", help="A name from `claim list`, or a claim of your own in TOML.")
]


@claim_app.command("list")
def list_claims(as_json: JsonOption = False, as_csv: CsvOption = False) -> None:
    """List the published claims that come with Shotledger: what each says, of what, against what, over how many."""
    from analytics.comparison.claims.claim_files import load_claims, shipped_claims_folder
    from analytics.comparison.claims.claim_json import claim_to_json

    claims = load_claims(shipped_claims_folder())
    if as_json or as_csv:
        return print_rows([claim_to_json(claim) for claim in claims], as_csv)
    from dashboards.terminal.claim_screens import claims_table

    show(claims_table(claims))


@claim_app.command("show")
def show_claim(name: NameArgument, as_json: JsonOption = False) -> None:
    """Show one claim in full: who said it, its sources, which clock it can mean, and what it does not show."""
    from analytics.comparison.claims.claim_files import find_claim
    from analytics.comparison.claims.claim_json import claim_to_json

    claim = find_claim(name)
    if as_json:
        typer.echo(json.dumps(claim_to_json(claim), indent=2))
        return
    from dashboards.terminal.claim_screens import claim_screen

    show(claim_screen(claim))


@claim_app.command("audit")
def audit_claim_by_ledger(
    name: NameArgument,
    shot: Annotated[
        str | None,
        typer.Option(metavar="CODE", help="Hold it against this one shot.", show_default="all shots of the ledger"),
    ] = None,
    production: ProductionOption = None,
    rates: RatesOption = None,
    with_synthetic: SyntheticOption = False,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say for each clock whether a claim holds on your shots: supported, contradicted or undecided.

    A claim that AI is “10 times faster” asks for a ratio of AI to traditional of 0.1 or less. Where your shots make
    that at least 95 % probable, the claim is supported; where they make it at most 5 % probable, it is contradicted; in
    between it is undecided, with what would decide it. Shots are compared as `shotledger compare` compares them.
    """
    from analytics.comparison.claims.auditing import audit_claim, audit_claim_on_shot
    from analytics.comparison.claims.claim_files import find_claim
    from analytics.comparison.claims.claim_json import audit_to_json

    claim = find_claim(name)
    if claim.figure is None:
        # There is nothing to hold against shots, so that no ledger is needed to say it.
        audit = audit_claim(claim, ())
    elif shot is not None:
        from analytics.comparison.shot_comparison import compare_shot
        from analytics.costing.rate_cards import default_rate_card_path, load_rate_card

        card = load_rate_card(Path(rates[0]) if rates else default_rate_card_path())
        audit = audit_claim_on_shot(claim, compare_shot(existing_ledger(ledger), shot, card))
    else:
        from analytics.comparison.slate.comparing import compare_slate

        compared = compare_slate(
            existing_ledger(ledger),
            rates=rates,
            productions=production or (),
            with_synthetic=with_synthetic,
            said=lambda words: typer.echo(words, err=True),
        )
        audit = audit_claim(claim, compared.results)
    if as_json:
        typer.echo(json.dumps(audit_to_json(audit), indent=2))
        return
    from dashboards.terminal.claim_screens import audit_screen

    show(audit_screen(audit))
