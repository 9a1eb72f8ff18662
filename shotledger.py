"""The command line: the one file that knows all three packages. Heavy parts load inside the commands that need them."""

import json
import os
import signal
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from analytics.comparison.figures import Clock
from analytics.comparison.slate.results import SLATE_CLOCKS, Per
from analytics.vocabulary.errors import RenderFailed, ShotledgerError
from dashboards.terminal.bids import bid_app
from dashboards.terminal.catalog import demo_catalog
from dashboards.terminal.claims import claim_app
from dashboards.terminal.commands import (
    LEDGER_VARIABLE,
    CsvOption,
    JsonOption,
    LedgerOption,
    existing_ledger,
    ledger_path,
    print_rows,
    show,
)
from dashboards.terminal.costs import (
    CurrencyOption,
    ProductionOption,
    RatesOption,
    SyntheticOption,
    cost,
    reprice,
)
from dashboards.terminal.cuts import cut_app
from dashboards.terminal.exchange import export_app, import_app
from dashboards.terminal.incentives import (
    IncentiveOption,
    IncentivesOption,
    LabourShareOption,
    incentives_app,
    plan_of_options,
)
from dashboards.terminal.ledger import ledger_app
from dashboards.terminal.rates import rates_app
from dashboards.terminal.slate import compare_over_all

if TYPE_CHECKING:
    from analytics.ledger.ledger import Ledger
    from analytics.vocabulary.render import Render
    from generation.order import RenderOrder
    from generation.progress_file import ProgressFile

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
app.add_typer(ledger_app, name="ledger")
app.add_typer(import_app, name="import")
app.add_typer(export_app, name="export")
app.add_typer(cut_app, name="cut", help="Read a cut or shot list, and hold two of them against each other.")
app.add_typer(bid_app, name="bid")
app.add_typer(claim_app, name="claim")
app.add_typer(incentives_app, name="incentives")
app.add_typer(rates_app, name="rates")
app.command()(cost)
app.command()(reprice)
app.command("demo-catalog")(demo_catalog)


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
        return print_rows(rows, as_csv)
    from dashboards.terminal.one_shot import shots_table

    show(shots_table(rows))


@app.command()
def models(
    name: Annotated[str | None, typer.Argument(help="Show one model in full.", show_default=False)] = None,
    card: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="For another graphics card, as in h100.", show_default="this machine"),
    ] = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """List the AI models, what this machine can hold of them, and what a clip would take."""
    from generation.ai.estimates.listing import model_in_full, model_rows
    from generation.ai.estimates.machines import card_named, this_machine
    from generation.ai.model_presets import find_preset

    machine = this_machine() if card is None else card_named(card)
    rows = model_rows(machine) if name is None else [model_in_full(find_preset(name), machine)]
    if as_json or as_csv:
        return print_rows(rows, as_csv)
    from dashboards.terminal.models import model_screen, models_table

    show(models_table(rows) if name is None else model_screen(rows[0]))


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
    model: Annotated[
        str, typer.Option(metavar="NAME", help="The AI workflow's model; `shotledger models` lists them.")
    ] = "embedded",
    weights: Annotated[
        str | None,
        typer.Option(
            metavar="PATH|random",
            help="Folder with the model's weights in diffusers' format; `random` meters the real architecture without.",
            show_default="$SHOTLEDGER_MODELS/NAME, or the hub",
        ),
    ] = None,
    steps: Annotated[int | None, typer.Option(help="Denoising steps.", show_default="the model's own")] = None,
    model_size: Annotated[
        str | None, typer.Option(metavar="WxH", help="Size the model works at.", show_default="a native one")
    ] = None,
    lever: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Trade time for memory; may be repeated.", show_default="what it needs here"),
    ] = None,
    speed: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME", help="Set up for quicker steps; may be repeated, or `none`.", show_default="what pays here"
        ),
    ] = None,
    first_frame: Annotated[
        Path | None, typer.Option(metavar="PICTURE", help="An approved still that the model begins with.")
    ] = None,
    ledger: LedgerOption = None,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where frames, movies and manifests go.")] = Path("renders"),
    progress_file: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Keep where the render stands in this JSON file, for who watches it."),
    ] = None,
) -> None:
    """Render a test shot under a stopwatch and record it."""
    from analytics.ledger.ledger import Ledger
    from analytics.vocabulary.render import Purpose
    from analytics.vocabulary.workflow import Workflow
    from generation.ai.diffusion.choice import choose_model
    from generation.order import place_order
    from generation.progress_file import ProgressFile
    from generation.rendering import check_order
    from generation.shots import find_shot

    spec = find_shot(shot)
    workflows = [Workflow.TRADITIONAL, Workflow.AI] if workflow is WorkflowChoice.BOTH else [Workflow(workflow.value)]
    chosen = choose_model(
        model,
        weights=weights,
        steps=steps,
        size=model_size,
        levers=lever or (),
        speed=speed or (),
        first_frame=first_frame,
    )
    if workflow is WorkflowChoice.TRADITIONAL:
        chosen.refuse_for_traditional()
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
            model=chosen,
        )
        for each in workflows
        for purpose, number in runs
    ]
    for order in orders:
        check_order(order)  # what is missing is said now, not after the first of ten renders
    opened = Ledger.open(ledger_path(ledger))
    watched = None if progress_file is None else ProgressFile(progress_file.absolute(), len(orders))
    for number, order in enumerate(orders, start=1):
        if watched is not None:
            watched.begin(number, order)
        typer.echo(_carry_out(order, opened, watched).folder)
    # Random weights give a cost and no picture, so there is nothing to hold beside a twin.
    typer.echo(
        "next: shotledger renders" if chosen.has_random_weights else f"next: shotledger compare {spec.code}", err=True
    )


@app.command()
def repeat(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a render, with its manifest.")],
    weights: Annotated[
        str | None, typer.Option(metavar="PATH", help="Where the weights lie now.", show_default="where they lay then")
    ] = None,
    shot: Annotated[
        str | None, typer.Option(metavar="FILE", help="The shot's .toml.", show_default="the shipped shot of that code")
    ] = None,
    ledger: LedgerOption = None,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the repeat goes.")] = Path("renders"),
) -> None:
    """Render once more what a manifest describes, and say whether the same frames came out; exit code 1 where not."""
    from analytics.ledger.ledger import Ledger
    from generation.repeating import compare_with, order_to_repeat

    order = order_to_repeat(folder, out, shot=shot, weights=weights)
    finished = _carry_out(order, Ledger.open(ledger_path(ledger)))
    typer.echo(finished.folder)
    repeated = compare_with(folder, Path(finished.folder))
    words = f"{repeated.equal_frame_count} of {repeated.frame_count} frames are equal"
    if repeated.largest_difference:
        words += f"; the largest difference is {repeated.largest_difference} of 255"
    typer.echo("\n".join([words, *(f"changed: {change}" for change in repeated.changed_settings)]))
    if repeated.equal_frame_count < repeated.frame_count:
        raise typer.Exit(1)


def _carry_out(order: "RenderOrder", ledger: "Ledger", watched: "ProgressFile | None" = None) -> "Render":
    """Render under a progress bar; Ctrl-C ends the command in a sentence, not in a trace."""
    from generation.progress import Together
    from generation.rendering import render_shot
    from generation.terminal_progress import TerminalProgress

    try:
        with TerminalProgress(order) as progress:
            if watched is None:
                finished = render_shot(order, ledger, progress)
            else:
                finished = render_shot(order, ledger, Together(progress, watched), watched.render)
        from generation.quality.scoring import score_after_render

        for line in score_after_render(ledger, finished.shot_id, finished.render_id):
            typer.echo(line, err=True)
        return finished
    except KeyboardInterrupt:
        typer.echo("shotledger: stopped; what was measured so far has been kept", err=True)
        raise typer.Exit(130) from None


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
        for row in render_rows(existing_ledger(ledger), shot_code=shot)
    ]
    if as_json or as_csv:
        return print_rows(rows, as_csv)
    from dashboards.terminal.one_shot import renders_table

    show(renders_table(rows))


@app.command()
def compare(
    shot: Annotated[
        str | None,
        typer.Argument(help="Code of one test shot, rendered both ways.", show_default="all shots of the ledger"),
    ] = None,
    clock: Annotated[
        list[Clock] | None, typer.Option(help="By which clock; may be given again.", show_default="all")
    ] = None,
    production: ProductionOption = None,
    rates: RatesOption = None,
    incentive: IncentiveOption = None,
    incentives: IncentivesOption = None,
    labour_share: LabourShareOption = None,
    currency: CurrencyOption = None,
    per: Annotated[Per, typer.Option(help="A shot as it is, or a second of it on screen.")] = Per.SHOT,
    adjust_for: Annotated[
        list[str] | None,
        typer.Option(metavar="COLUMN", help="Also make both sides alike in this column that came with the shots."),
    ] = None,
    confidence: Annotated[
        float, typer.Option(min=0.5, max=0.999, help="Share of such intervals that hold the truth.")
    ] = 0.95,
    with_synthetic: SyntheticOption = False,
    ledger: LedgerOption = None,
    movie: Annotated[
        bool, typer.Option(help="Of one shot: also make the side-by-side movie and the contact sheet.")
    ] = True,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the movie and the sheet go.")] = Path("renders"),
    as_json: JsonOption = False,
    in_full: Annotated[
        bool, typer.Option("--full", help="With --json, over all shots: everything, not the ratios alone.")
    ] = False,
) -> None:
    """Compare AI with traditional work: over all shots like for like, or one shot side by side.

    Over all shots, AI shots are held against traditional ones of the same production, kind, complexity and length, for
    each clock and for cost; each ratio comes with its interval, what it rests on and what could still be wrong with it.
    Pairs of the same work done both ways stand beside it. One shot is n = 1 and proves nothing alone.
    """
    opened = existing_ledger(ledger)
    if shot is not None:
        return _compare_one(opened, shot, rates[0] if rates else None, movie, out, as_json)
    compare_over_all(
        opened, clock or SLATE_CLOCKS,
        rates=rates, plan=plan_of_options(incentive, incentives, labour_share), productions=production or [],
        currency=currency, per=per, further=adjust_for or [], confidence=confidence, with_synthetic=with_synthetic,
        as_json=as_json, in_full=in_full,
    )  # fmt: skip


def _compare_one(ledger: "Ledger", shot: str, rates: str | None, movie: bool, out: Path, as_json: bool = False) -> None:
    """One shot side by side, with its movie."""
    from analytics.comparison.shot_comparison import compare_shot, to_json
    from analytics.costing.rate_cards import default_rate_card_path, load_rate_card

    card = load_rate_card(Path(rates) if rates else default_rate_card_path())
    comparison = compare_shot(ledger, shot, card)
    if not as_json:
        from dashboards.terminal.one_shot import comparison_screen

        show(comparison_screen(comparison))
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
def quality(
    shot: Annotated[str, typer.Argument(help="Code of a shot that was rendered.")],
    again: Annotated[bool, typer.Option("--again", help="Also what has been measured before.")] = False,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Measure AI renders against their traditional twins: PSNR, SSIM, edges, flicker, boil, LPIPS where it can be."""
    from analytics.ledger.naming import shot_named
    from analytics.ledger.plain_form import to_plain
    from generation.quality.scoring import score_shot

    opened = existing_ledger(ledger)
    plain = []
    for scored in score_shot(opened, shot_named(opened, shot)["shot_id"], again=again):
        plain.append(to_plain(scored))
        if not as_json:
            typer.echo(scored)
    if as_json:
        typer.echo(json.dumps(plain, indent=2))
    elif not plain:
        typer.echo(f"{shot} has no usable AI render yet: shotledger render {shot} --workflow both")


@app.command()
def review(
    shot: Annotated[str, typer.Argument(help="Code of a shot that was rendered both ways.")],
    answer: Annotated[
        str | None, typer.Option(metavar="A|B|neither", help="For scripts: what was preferred, without asking.")
    ] = None,
    note_a: Annotated[int | None, typer.Option(min=1, max=5, help="Note of A, 1 unusable to 5 deliverable.")] = None,
    note_b: Annotated[int | None, typer.Option(min=1, max=5, help="Note of B.")] = None,
    reviewer: Annotated[str | None, typer.Option(metavar="NAME", help="Name or initials of who looks.")] = None,
    comment: Annotated[str | None, typer.Option(help="In the reviewer's words.")] = None,
    render_id: Annotated[
        str | None, typer.Option("--render", metavar="ID", help="The AI render to show.", show_default="the newest")
    ] = None,
    results: Annotated[
        bool, typer.Option("--results", help="Tell what was preferred so far, with an interval.")
    ] = False,
    ledger: LedgerOption = None,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the pictures go.")] = Path("renders"),
    as_json: JsonOption = False,
) -> None:
    """Show both renders of a shot as A and B without saying which is which, and record what a person prefers."""
    from analytics.ledger.naming import shot_named
    from dashboards.terminal.reviews import show_results
    from generation.quality.asking import review_in_terminal

    opened = existing_ledger(ledger)
    named = shot_named(opened, shot)
    if results:
        return show_results(opened, named, as_json)
    given = (answer, note_a, note_b, reviewer, comment)
    review_in_terminal(opened, named["shot_id"], out / named["code"], given, render_id, as_json)


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
        from dashboards.terminal.one_shot import doctor_table

        show(doctor_table(findings))
    if any(finding.state == "missing" for finding in findings):
        raise typer.Exit(1)


@app.command()
def dashboard(
    ledger: LedgerOption = None,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8501,
    address: Annotated[
        str, typer.Option(help="Address to listen on. Others than this machine's own need --access.")
    ] = "127.0.0.1",
    access: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Who may sign in, and as what: see docs/dashboards.md.")
    ] = None,
    browser: Annotated[bool, typer.Option(help="Open a browser window.")] = True,
) -> None:
    """Open the pages on a ledger.

    On this machine alone they are open to whoever sits at it. To let others in, name an access file: everybody then
    signs in with the studio's identity provider and sees what their role reaches.
    """
    from importlib.util import find_spec

    from analytics.vocabulary.errors import MissingPart

    if find_spec("streamlit") is None:
        raise MissingPart("dashboard", "streamlit", "is not installed", 'run: pip install "shotledger[dashboard]"')
    from dashboards.serving.server import serve

    path = ledger_path(ledger)
    if ledger is None and not path.exists() and DEMO_LEDGER.exists():
        path = DEMO_LEDGER
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    serve(path.resolve(), address=address, port=port, access_path=access, open_browser=browser)


DEMO_FOLDER = Path("demo")
DEMO_LEDGER = DEMO_FOLDER / "demo.duckdb"


@app.command()
def demo(shot: Annotated[str, typer.Argument(help="Code of a test shot.")] = "building_collapse") -> None:
    """Render a test shot both ways into ./demo, compare, and say where to look."""
    render(shot, workflow=WorkflowChoice.BOTH, ledger=DEMO_LEDGER, out=DEMO_FOLDER / "renders")
    _compare_one(existing_ledger(DEMO_LEDGER), shot, None, True, DEMO_FOLDER / "renders")
    typer.echo(f"ledger: {DEMO_LEDGER}\npages: make dashboard LEDGER={DEMO_LEDGER}")


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
