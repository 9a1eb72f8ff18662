"""The life of one render: ordered, begun, made under a stopwatch, checked, encoded and recorded.

A render is written down twice, in its manifest and in the ledger: at the start, as ``interrupted`` with no end, and at
the end, where the manifest goes to disk before the ledger is touched. A process that is killed in between therefore
leaves both saying that the render was interrupted, and what was measured is never in the ledger alone.
"""

import secrets
import shutil
import traceback
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from analytics.ledger.ledger import Ledger
from analytics.ledger.manifest import Manifest, write_manifest
from analytics.ledger.recording import begin_render, finish_render
from analytics.vocabulary.errors import RenderFailed, ShotledgerError
from analytics.vocabulary.frame_rate import FrameRate
from analytics.vocabulary.production import Production
from analytics.vocabulary.render import Outcome, Purpose, Render
from analytics.vocabulary.shot import Shot
from analytics.vocabulary.stage import StageName
from analytics.vocabulary.title import Title
from analytics.vocabulary.workflow import Workflow
from generation.metering.hardware import read_hardware
from generation.metering.stopwatch import Stopwatch
from generation.order import RenderOrder
from generation.people_work import expected_work
from generation.progress import Progress
from generation.workflows.session import FrameMaker, Session

TEST_TITLE = Title("test_shots", "Test shots", "test")


def make_frame_maker(workflow: Workflow) -> FrameMaker:
    """The renderer of a workflow. Its heavy parts load when it renders, in a stage of their own."""
    if workflow is Workflow.TRADITIONAL:
        from generation.workflows.traditional import TraditionalWorkflow

        return TraditionalWorkflow()
    from generation.workflows.ai import AiWorkflow

    return AiWorkflow()


def render_shot(
    order: RenderOrder, ledger: Ledger, progress: Progress, say: Callable[[Render], None] = lambda render: None
) -> Render:
    """Carry out one order and record it, however it ends.

    Parameters
    ----------
    say
        Told of the render as soon as it has an id, and again when it ended.

    Returns
    -------
    Render
        As recorded, with outcome ``ok``.

    Raises
    ------
    ShotledgerError
        If the render failed; it has been recorded as ``failed`` with what it took until then.
    KeyboardInterrupt
        If it was stopped; it has been recorded as ``interrupted``.
    """
    maker = make_frame_maker(order.workflow)
    maker.check(order)
    manifest = _first_manifest(order, maker)
    folder = Path(manifest.render.folder)
    (folder / "frames").mkdir(parents=True)
    # At the start nothing is measured yet, so the ledger goes first: killed between the two, it still checks clean.
    begin_render(ledger, manifest)
    write_manifest(manifest, folder)
    say(manifest.render)

    stopwatch = Stopwatch()
    session = Session(order, folder, stopwatch, progress)
    outcome, movie = Outcome.INTERRUPTED, None
    failure: str | None = "stopped before it was done"
    try:
        movie = _make_and_encode(session, maker)
        outcome, failure = Outcome.OK, None
    except ShotledgerError as error:
        outcome, failure = Outcome.FAILED, str(error)
        raise
    except Exception as error:
        outcome, failure = Outcome.FAILED, f"{type(error).__name__}: {error}"
        log = folder / "render.log"
        with log.open("a", encoding="utf-8") as lines:
            lines.write(traceback.format_exc())
        raise RenderFailed(
            f"{order.workflow} render of {order.shot.code}",
            type(error).__name__,
            f"it stopped on an error of our own ({error})",
            f"send us {log}",
            log=log,
        ) from error
    finally:
        # Also on Ctrl-C: what was measured so far is a fact and stays one.
        stages = stopwatch.stop()
        finished = replace(
            manifest.render,
            stages=stages,
            wall_seconds=stopwatch.wall_seconds,
            outcome=outcome,
            failure=failure,
            movie=movie,
            ended_at=datetime.now(UTC),
            settings=dict(maker.settings),
        )
        manifest = replace(manifest, render=finished)
        write_manifest(manifest, folder)
        finish_render(ledger, manifest)
        say(finished)
        _clear_work(folder / "work", keep_logs=outcome is not Outcome.OK)
    return finished


def _clear_work(work: Path, keep_logs: bool) -> None:
    """Throw away the passes; after a failure the logs stay where the error message says they are."""
    if not keep_logs:
        shutil.rmtree(work, ignore_errors=True)
        return
    for path in work.rglob("*"):
        if path.is_file() and path.suffix not in {".log", ".json"}:
            path.unlink(missing_ok=True)


def _make_and_encode(session: Session, maker: FrameMaker) -> str:
    from generation.picture.frame_checks import check_frames
    from generation.picture.png import write_png
    from generation.picture.video import encode_video

    order, folder = session.order, session.folder
    frames = list(maker.make_frames(session))
    session.enter(StageName.ENCODE, order.frames.count)
    problems = check_frames(
        frames, order.frames.count, order.size, motion_expected=order.frames.count > 1, first_frame=order.frames.first
    )
    if problems:
        raise RenderFailed(
            f"{order.workflow} render of {order.shot.code}",
            None,
            "; ".join(map(str, problems)),
            "look at the frames and render again",
        )
    stem = f"{order.shot.code}_{order.workflow}"
    for number, frame in zip(order.frames, frames, strict=True):
        write_png(folder / "frames" / f"{stem}.{number:04d}.png", frame)
        session.progress.frame(number)
    encode_video(frames, folder / f"{stem}.mp4", order.shot.fps.exact)
    return f"{stem}.mp4"


def _first_manifest(order: RenderOrder, maker: FrameMaker) -> Manifest:
    started_at = datetime.now(UTC)
    render_id = f"{order.shot.code}-{order.workflow}-{started_at:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
    hardware = read_hardware()
    shot = Shot(
        order.shot_id,
        "test_shots",
        "tests",
        order.shot.code,
        order.shot.kind,
        order.shot.complexity,
        order.shot.frames.count,
        order.shot.handle_frames,
        order.shot.brief,
    )
    render = Render(
        render_id,
        order.shot_id,
        order.workflow,
        order.purpose,
        maker.engine,
        maker.model,
        order.quality.name,
        order.seed,
        order.repeat_number,
        order.frames,
        order.size,
        order.shot.fps,
        hardware.hardware_id,
        started_at,
        None,
        0.0,
        Outcome.INTERRUPTED,
        None,
        str((order.out / order.shot.code / render_id).resolve()),
        None,
        dict(maker.settings),
        (),
    )
    production = Production("test_shots", TEST_TITLE.title_id, "Test shots", "USD", FrameRate.parse(24))
    work = (
        expected_work(order.shot, order.shot_id, order.workflow, started_at.date())
        if order.purpose is Purpose.SHOT
        else ()
    )
    return Manifest(
        title=TEST_TITLE, production=production, shot=shot, hardware=hardware, render=render, work_entries=work
    )
