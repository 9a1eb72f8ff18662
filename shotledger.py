"""The command line: the one file that knows all three packages. Heavy parts load inside the commands that need them."""

import json
import os
import signal
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from analytics.vocabulary.errors import RenderFailed, ShotledgerError

if TYPE_CHECKING:
    from rich.console import RenderableType

    from analytics.ledger.ledger import Ledger

LEDGER_VARIABLE = "SHOTLEDGER_LEDGER"

app = typer.Typer(
    name="shotledger",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Render the same VFX shot by an AI and by a traditional workflow, keep a ledger of what each really took, "
    "and compare.\n\nBegin with `shotledger shots`, then `shotledger render building_collapse --workflow both`, "
    "then `shotledger compare building_collapse`.",
)
ledger_app = typer.Typer(
    no_args_is_help=True, help="Look after the ledger file: check it, rebuild it from manifests, back it up."
)
app.add_typer(ledger_app, name="ledger")

LedgerOption = Annotated[
    Path | None,
    typer.Option(
        "--ledger", envvar=LEDGER_VARIABLE, metavar="FILE", help="The ledger file.", show_default="shotledger.duckdb"
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]
CsvOption = Annotated[bool, typer.Option("--csv", help="Print CSV.")]
RatesOption = Annotated[
    Path | None,
    typer.Option(
        "--rates", metavar="FILE", help="A rate card in TOML.", show_default="the card that comes with Shotledger"
    ),
]


@app.callback()
def everywhere(ledger: LedgerOption = None) -> None:
    """Take --ledger before the command as well as after it."""
    if ledger is not None:
        os.environ[LEDGER_VARIABLE] = str(ledger)


class WorkflowChoice(StrEnum):
    """What `--workflow` accepts."""

    TRADITIONAL = "traditional"
    AI = "ai"
    BOTH = "both"


def _ledger_path(given: Path | None) -> Path:
    return given or Path("shotledger.duckdb")


def _existing_ledger(given: Path | None) -> "Ledger":
    """Open a ledger for asking: one that is not there is a mistake in the path, not a wish for an empty one."""
    from analytics.ledger.ledger import Ledger

    return Ledger.open(_ledger_path(given), create=False)


def _show(renderable: "RenderableType") -> None:
    from rich.console import Console

    console = Console()
    # Piped output has no width of its own; 100 columns hold every screen.
    (console if console.is_terminal else Console(width=100)).print(renderable)


@app.command()
def shots(as_json: JsonOption = False, as_csv: CsvOption = False) -> None:
    """List the test shots that can be rendered."""
    from generation.shots import find_shot, shot_codes

    rows: list[dict[str, Any]] = [
        {
            "code": shot.code,
            "name": shot.name,
            "kind": shot.kind.value,
            "complexity": shot.complexity.value,
            "frames": str(shot.frames),
            "frame_count": shot.frames.count,
            "fps": str(shot.fps),
            "qualities": {name: str(quality.size) for name, quality in shot.qualities.items()},
            "brief": shot.brief,
        }
        for shot in map(find_shot, shot_codes())
    ]
    if as_json or as_csv:
        return _print_rows(rows, as_csv)
    from dashboards.terminal import shots_table

    _show(shots_table(rows))


@app.command()
def render(
    shot: Annotated[str, typer.Argument(help="Code of a test shot, or the path of a shot's .toml file.")],
    workflow: Annotated[WorkflowChoice, typer.Option(help="How to make it.")] = WorkflowChoice.BOTH,
    quality: Annotated[str, typer.Option(help="A quality level of the shot, such as draft or final.")] = "draft",
    seed: Annotated[
        int | None, typer.Option(help="What the scene is drawn from.", show_default="the shot's own")
    ] = None,
    repeats: Annotated[int, typer.Option(min=1, max=100, help="Render so many times, to see the spread.")] = 1,
    warm_up: Annotated[
        bool, typer.Option("--warm-up", help="Render once more before the repeats; recorded apart and never compared.")
    ] = False,
    frames: Annotated[
        str | None,
        typer.Option(metavar="FIRST-LAST", help="A part of the shot, as in 1001-1024.", show_default="the whole shot"),
    ] = None,
    size: Annotated[
        str | None, typer.Option(metavar="WxH", help="As in 256x144.", show_default="that of the quality")
    ] = None,
    ledger: LedgerOption = None,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where frames, movies and manifests go.")] = Path("renders"),
) -> None:
    """Render a test shot under a stopwatch and record it."""
    from analytics.ledger.ledger import Ledger
    from analytics.vocabulary.render import Purpose
    from analytics.vocabulary.workflow import Workflow
    from generation.order import place_order
    from generation.rendering import check_order, render_shot
    from generation.shots import find_shot
    from generation.terminal_progress import TerminalProgress

    spec = find_shot(shot)
    workflows = [Workflow.TRADITIONAL, Workflow.AI] if workflow is WorkflowChoice.BOTH else [Workflow(workflow.value)]
    runs = ([(Purpose.WARM_UP, 1)] if warm_up else []) + [(Purpose.SHOT, repeat + 1) for repeat in range(repeats)]
    orders = [
        place_order(
            spec,
            each,
            out=out,
            quality=quality,
            frames=frames,
            size=size,
            seed=seed,
            repeat_number=number,
            purpose=purpose,
        )
        for each in workflows
        for purpose, number in runs
    ]
    for order in orders:
        check_order(order)  # what is missing is said now, not after the first of ten renders
    opened = Ledger.open(_ledger_path(ledger))
    try:
        for order in orders:
            with TerminalProgress(order) as progress:
                finished = render_shot(order, opened, progress)
            typer.echo(finished.folder)
    except KeyboardInterrupt:
        typer.echo("shotledger: stopped; what was measured so far has been kept", err=True)
        raise typer.Exit(130) from None
    typer.echo(f"next: shotledger compare {spec.code}", err=True)


@app.command()
def renders(
    shot: Annotated[str | None, typer.Option(help="Only those of this shot.")] = None,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """List the renders in the ledger, newest first, with what each stage took."""
    from analytics.ledger.asking import render_rows

    rows = [
        row | {"settings": json.loads(row["settings"] or "{}")}
        for row in render_rows(_existing_ledger(ledger), shot_code=shot)
    ]
    if as_json or as_csv:
        return _print_rows(rows, as_csv)
    from dashboards.terminal import renders_table

    _show(renders_table(rows))


@app.command()
def compare(
    shot: Annotated[str, typer.Argument(help="Code of a test shot.")],
    ledger: LedgerOption = None,
    rates: RatesOption = None,
    movie: Annotated[bool, typer.Option(help="Also make the side-by-side movie and the contact sheet.")] = True,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the movie and the sheet go.")] = Path("renders"),
    as_json: JsonOption = False,
) -> None:
    """Show both workflows of a shot side by side: clocks, costs, energy, people, and what the ratio does not show."""
    from analytics.comparison.shot_comparison import compare_shot, to_json
    from analytics.costing.rate_cards import default_rate_card_path, load_rate_card

    card = load_rate_card(rates or default_rate_card_path())
    comparison = compare_shot(_existing_ledger(ledger), shot, card)
    if not as_json:
        from dashboards.terminal import comparison_screen

        _show(comparison_screen(comparison))
    pictures = {}
    if movie:
        from generation.comparison_pictures import make_comparison_pictures

        pictures = make_comparison_pictures(comparison.newest_pair(), out / comparison.shot_code)
    if as_json:
        made = {name: str(path) for name, path in pictures.items()}
        typer.echo(json.dumps(to_json(comparison) | {"pictures": made}, indent=2))
        return
    for name, path in pictures.items():
        typer.echo(f"{name}: {path}")


@app.command()
def doctor(
    deep: Annotated[bool, typer.Option("--deep", help="Also start Blender and the AI model once.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Tell what this machine can do and what is missing."""
    from dataclasses import asdict

    from generation.doctor import examine

    findings = examine(deep=deep)
    if as_json:
        typer.echo(json.dumps([asdict(finding) for finding in findings], indent=2))
    else:
        from dashboards.terminal import doctor_table

        _show(doctor_table(findings))
    if any(finding.state == "missing" for finding in findings):
        raise typer.Exit(1)


@app.command()
def dashboard(
    ledger: LedgerOption = None,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port on this machine.")] = 8501,
    browser: Annotated[bool, typer.Option(help="Open a browser window.")] = True,
) -> None:
    """Open the pages on a ledger."""
    from importlib.util import find_spec

    from analytics.vocabulary.errors import MissingPart

    if find_spec("streamlit") is None:
        raise MissingPart("dashboard", "streamlit", "is not installed", 'run: pip install "shotledger[dashboard]"')
    path = _ledger_path(ledger)
    if ledger is None and not path.exists() and DEMO_LEDGER.exists():
        path = DEMO_LEDGER
    os.environ[LEDGER_VARIABLE] = str(path.resolve())
    app_file = Path(__file__).resolve().parent / "dashboards" / "streamlit_app.py"
    arguments = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(app_file),
        "--server.port",
        str(port),
        "--server.address",
        "127.0.0.1",
        "--server.headless",
        str(not browser).lower(),
    ]
    # Streamlit looks for .streamlit/config.toml, where the theme is, in the working folder.
    os.chdir(app_file.parent)
    os.execv(sys.executable, arguments)


DEMO_FOLDER = Path("demo")
DEMO_LEDGER = DEMO_FOLDER / "demo.duckdb"


@app.command()
def demo(shot: Annotated[str, typer.Argument(help="Code of a test shot.")] = "building_collapse") -> None:
    """Render a test shot both ways into ./demo, compare, and say where to look."""
    render(shot, workflow=WorkflowChoice.BOTH, ledger=DEMO_LEDGER, out=DEMO_FOLDER / "renders")
    compare(shot, ledger=DEMO_LEDGER, out=DEMO_FOLDER / "renders", movie=True)
    typer.echo(f"ledger: {DEMO_LEDGER}\npages: make dashboard")


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

    findings = check_ledger(_existing_ledger(ledger), folder)
    if as_json:
        typer.echo(json.dumps([asdict(finding) for finding in findings], indent=2))
    else:
        from dashboards.terminal import check_table

        _show(check_table(findings))
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

    counts = rebuild(_ledger_path(ledger), [folder])
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

    back_up(_existing_ledger(ledger), to)
    typer.echo(to)


def _print_rows(rows: list[dict[str, Any]], as_csv: bool) -> None:
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


def main() -> None:
    """Run a command; turn what went wrong into sentences and an exit code."""
    # A polite kill is treated as Ctrl-C, so that a render writes down what it measured.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        app()
    except ShotledgerError as error:
        for problem in error.problems:
            print(f"shotledger: {problem}", file=sys.stderr)
        if isinstance(error, RenderFailed) and error.log is not None:
            print(f"shotledger: the renderer's own words are in {error.log}", file=sys.stderr)
        sys.exit(1)
    except OSError as error:
        print(f"shotledger: output: {error.strerror or error}. Write to another place.", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
