"""The queue of renders, guarded by role: who may look, order and cancel; and what this machine can render."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from analytics.render_queue import queue
from analytics.render_queue.job import JobStanding, RenderWish
from analytics.render_queue.own_command import (
    AiModel,
    ShotToRender,
    lay_out_review,
    models_here,
    shots_to_render,
)
from dashboards.access.persons import require
from dashboards.access.roles import Role
from dashboards.serving.settings import settings

KEPT_SECONDS = 600.0
"""Weights that are put on this machine show after so long, or after a restart."""

Offered = tuple[tuple[ShotToRender, ...], tuple[AiModel, ...]]


def out_folder() -> Path:
    """Where renders of these pages go: beside the ledger, as the commands of the terminal put them."""
    return settings().ledger_path.parent / "renders"


def jobs() -> list[JobStanding]:
    """Jobs of this ledger, the newest ordered first."""
    require(Role.VIEWER)
    ledger = str(settings().ledger_path)
    return [standing for standing in queue.standings(out_folder()) if standing.job.ledger == ledger]


def take_up() -> None:
    """See to it that what waits is worked off: the machine may have been switched off since it was ordered."""
    require(Role.VIEWER)
    queue.resume(out_folder())


def order(wishes: tuple[RenderWish, ...]) -> None:
    """Put renders at the end of the queue.

    Raises
    ------
    NotAllowed, InputRefused
        If they may not, or the queue is full.
    """
    who = require(Role.PRODUCER)
    for wish in wishes:
        queue.order_render(wish, settings().ledger_path, out_folder(), who.name)


def cancel(job_id: str) -> None:
    """Stop a render, or take it out of the queue.

    Raises
    ------
    NotAllowed, InputRefused
        If they may not, or it is over.
    """
    require(Role.PRODUCER)
    queue.cancel(out_folder(), job_id)


def lay_out(shot_id: str) -> str:
    """Have the pictures of a blind review made; id of the review."""
    require(Role.VIEWER)
    return lay_out_review(settings().ledger_path, shot_id, out_folder())


_offered: tuple[float, Offered] | None = None
_lock = threading.Lock()


def offered() -> Offered:
    """Test shots and models of this machine, asked of the command line and kept for a while."""
    global _offered
    require(Role.VIEWER)
    with _lock:
        if _offered is None or time.monotonic() - _offered[0] > KEPT_SECONDS:
            with ThreadPoolExecutor(2) as both:
                shots, models = both.submit(shots_to_render), both.submit(models_here)
                _offered = (time.monotonic(), (shots.result(), models.result()))
        return _offered[1]
