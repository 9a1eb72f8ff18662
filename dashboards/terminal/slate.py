"""What ``shotledger compare`` does without a shot's code: the two workflows over all shots of the ledger."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import typer

from dashboards.terminal.commands import show

if TYPE_CHECKING:
    from analytics.comparison.figures import Clock
    from analytics.ledger.ledger import Ledger


def compare_over_all(
    ledger: "Ledger", clocks: "Sequence[Clock]", *, as_json: bool, in_full: bool, **options: Any
) -> None:
    """Compare as `compare_slate` does and print a screen, the list of ratios, or everything as JSON."""
    from analytics.comparison.slate.comparing import compare_slate
    from analytics.comparison.slate.slate_json import results_to_json, slate_to_json

    comparison = compare_slate(ledger, clocks, said=lambda words: typer.echo(words, err=True), **options)
    if as_json:
        plain = slate_to_json(comparison) if in_full else results_to_json(comparison)
        typer.echo(json.dumps(plain, indent=2))
        return
    from dashboards.terminal.slate_screens import slate_screen

    show(slate_screen(comparison))
