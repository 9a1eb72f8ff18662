"""What all commands of the terminal share: options, the ledger they open, and how rows are printed."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.console import RenderableType

    from analytics.ledger.ledger import Ledger

LEDGER_VARIABLE = "SHOTLEDGER_LEDGER"

LedgerOption = Annotated[
    Path | None,
    typer.Option(
        "--ledger", envvar=LEDGER_VARIABLE, metavar="FILE", help="The ledger file.", show_default="shotledger.duckdb"
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]
CsvOption = Annotated[bool, typer.Option("--csv", help="Print CSV.")]


def ledger_path(given: Path | None) -> Path:
    """The ledger file that a command works on."""
    return given or Path("shotledger.duckdb")


def existing_ledger(given: Path | None) -> "Ledger":
    """Open a ledger for asking: one that is not there is a mistake in the path, not a wish for an empty one."""
    from analytics.ledger.ledger import Ledger

    return Ledger.open(ledger_path(given), create=False)


def show(renderable: "RenderableType") -> None:
    """Print a table or a screen."""
    from rich.console import Console

    console = Console()
    # Piped output has no width of its own; 100 columns hold every screen.
    (console if console.is_terminal else Console(width=100)).print(renderable)


def print_rows(rows: list[dict[str, Any]], as_csv: bool) -> None:
    """Print rows for machines: CSV, or JSON where that is not asked for."""
    if not as_csv:
        typer.echo(json.dumps(rows, indent=2, default=_plain))
        return
    import csv

    flat = [
        {
            key: json.dumps(value, default=_plain) if isinstance(value, dict | list) else value
            for key, value in row.items()
        }
        for row in rows
    ]
    if flat:
        writer = csv.DictWriter(sys.stdout, flat[0])
        writer.writeheader()
        writer.writerows(flat)


def _plain(value: Any) -> str:
    """Instants as ISO 8601, anything else as its text."""
    return str(value.isoformat()) if hasattr(value, "isoformat") else str(value)
