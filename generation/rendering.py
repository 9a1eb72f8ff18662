"""The life of one render: ordered, begun, made under a stopwatch, checked, encoded and recorded.

A render is written down twice, in its manifest and in the ledger: at the start, as ``interrupted`` with no end, and at
the end, where the manifest goes to disk before the ledger is touched. A process that is killed in between therefore
leaves both saying that the render was interrupted, and what was measured is never in the ledger alone.
"""

import contextlib
import errno
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

_DISK_TROUBLE = {errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EROFS, errno.EIO}

TEST_TITLE = Title("test_shots", "Test shots", "test")


def make_frame_maker(order: RenderOrder) -> FrameMaker:
    """The renderer of an order. Its heavy parts load when it renders, in a stage of their own."""
    if order.workflow is Workflow.TRADITIONAL:
        from generation.workflows.traditional import TraditionalWorkflow

        return TraditionalWorkflow()
    if order.model.is_embedded:
        from generation.workflows.ai import AiWorkflow

        return AiWorkflow()
    from generation.workflows.diffusion import DiffusionWorkflow

    return DiffusionWorkflow(order)


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
    check_order(order)
    maker = make_frame_maker(order)
    manifest = _first_manifest(order, maker)
    folder = Path(manifest.render.folder)
    # At the start nothing is measured yet, so the ledger goes first: killed between the two, it still checks clean.
    begin_render(ledger, manifest)
    (folder / "frames").mkdir(parents=True)
    write_manifest(manifest, folder)
    say(manifest.render)

    stopwatch = Stopwatch()
    session = Session(order, folder, stopwatch, progress)
    outcome, movie = Outcome.INTERRUPTED, None
    failure: str | None = "stopped before it was done"
    try:
        movie = _make_and_encode(session, maker)
        outcome, failure = Outcome.OK, None
    except Exception as error:
        told = _failure_of(error, order, folder)
        outcome, failure = Outcome.FAILED, str(told).encode("utf-8", "replace").decode()
        raise told from (None if told is error else error)
    finally:
        # Also on Ctrl-C: what was measured so far is a fact and stays one.
        stages = stopwatch.stop()
        finished = replace(
            manifest.render,
            engine=maker.engine,
            model=maker.model,
            stages=stages,
            wall_seconds=stopwatch.wall_seconds,
            outcome=outcome,
            failure=failure,
            movie=movie,
            ended_at=datetime.now(UTC),
            settings=dict(maker.settings),
        )
        # If writing down a failure fails too, the first reason is the one to tell.
        with contextlib.suppress(*(() if outcome is Outcome.OK else (ShotledgerError,))):
            _write_down(ledger, replace(manifest, render=finished), folder)
        say(finished)
        _clear_work(folder / "work", keep_logs=outcome is not Outcome.OK)
    return finished


def check_order(order: RenderOrder) -> None:
    """Refuse what cannot be rendered or recorded, before anything is written.

    Raises
    ------
    InputRefused, MissingPart
        From the workflow, or from the shot's template of people's work.
    """
    make_frame_maker(order).check(order)
    expected_work(order.shot, order.shot_id, order.workflow, datetime.now(UTC).date())


def _write_down(ledger: Ledger, manifest: Manifest, folder: Path) -> None:
    try:
        write_manifest(manifest, folder)
    finally:
        # The ledger may lie on another disk than the one that has just run full.
        finish_render(ledger, manifest)


def _failure_of(error: Exception, order: RenderOrder, folder: Path) -> ShotledgerError:
    """What to tell of an exception: itself if it is one of ours, and otherwise a `RenderFailed` that has the trace."""
    if isinstance(error, ShotledgerError):
        return error
    place = f"{order.workflow} render of {order.shot.code}"
    if isinstance(error, OSError) and error.errno in _DISK_TROUBLE:
        return RenderFailed(
            place,
            str(error.filename or folder),
            f"the disk refused ({error.strerror})",
            "free some space or name another folder with --out, then render again",
        )
    log = folder / "render.log"
    with contextlib.suppress(OSError):
        log.write_text("".join(traceback.format_exception(error)), encoding="utf-8", errors="replace")
    return RenderFailed(
        place, type(error).__name__, f"it stopped on an error of our own ({error})", f"send us {log}", log=log
    )


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
    from generation.picture.frame_sheet import write_frame_sheet
    from generation.picture.png import write_png
    from generation.picture.video import encode_video

    order, folder = session.order, session.folder
    frames = list(maker.make_frames(session))
    session.enter(StageName.ENCODE, order.frames.count)
    moves = order.frames.count > 1 and not maker.holds_frames
    problems = check_frames(
        frames, order.frames.count, order.size, motion_expected=moves, first_frame=order.frames.first
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
    write_frame_sheet(folder / f"{stem}_sheet.png", dict(zip(order.frames, frames, strict=True)), maker.key_frames)
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
