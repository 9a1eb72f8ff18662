"""Writes where a render stands into a file, for a page or a script that watches from another process."""

import contextlib
import json
import os
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from analytics.ledger.plain_form import to_plain
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.render import Render
from analytics.vocabulary.render_progress import RenderProgress
from analytics.vocabulary.stage import StageName
from generation.order import RenderOrder
from generation.progress import Pace

SECONDS_BETWEEN_WRITES = 0.25
"""Draft frames of 64 pixels come faster than anybody looks; a file for each would be metered as rendering."""


class ProgressFile:
    """One JSON file that always holds a whole `RenderProgress`. Listens as `generation.progress.Progress`.

    Parameters
    ----------
    path
        The file. It is written beside and renamed, so that a reader never sees half of it.
    render_count
        How many renders the command makes.
    """

    def __init__(self, path: Path, render_count: int) -> None:
        self.path = path
        self.render_count = render_count
        self.now: RenderProgress | None = None
        self.pace = Pace()
        self.written_at = 0.0

    def begin(self, number: int, order: RenderOrder) -> None:
        """The render of this number comes next.

        Raises
        ------
        InputRefused
            If the file cannot be written: nobody would ever know where the render stands.
        """
        self.now = RenderProgress(
            number,
            self.render_count,
            order.shot.code,
            order.workflow,
            order.frames,
            None,
            None,
            (),
            0,
            0,
            "",
            None,
            datetime.now(UTC),
            None,
            None,
            None,
        )
        try:
            self._write()
        except OSError as error:
            raise InputRefused(
                "--progress-file",
                str(self.path),
                f"cannot be written ({error.strerror or error})",
                "name a file in a folder you may write to",
            ) from None

    def stage(self, name: StageName, frame_count: int) -> None:
        """Tell the stage at once."""
        if self.now is None:
            return
        left = () if self.now.stage in (None, name, *self.now.stages_done) else (self.now.stage,)
        self.pace.begin()
        self._tell(
            replace(
                self.now,
                stage=name,
                stages_done=(*self.now.stages_done, *(stage for stage in left if stage is not None)),
                done=0,
                count=frame_count,
                part="",
                remaining_seconds=None,
            ),
            at_once=True,
        )

    def frame(self, number: int) -> None:
        """One frame more."""
        if self.now is not None:
            self.step(self.now.done + 1, self.now.count)

    def step(self, done: int, count: int, part: str = "") -> None:
        """So many are done."""
        if self.now is not None:
            remaining = self.pace.remaining_seconds(done, count)
            self._tell(
                replace(self.now, done=done, count=count, part=part, remaining_seconds=remaining), at_once=done >= count
            )

    def render(self, render: Render) -> None:
        """The render has begun, or ended: told by `render_shot`."""
        if self.now is None:
            return
        told = replace(self.now, render_id=render.render_id, folder=render.folder)
        if render.ended_at is not None:
            last = () if self.now.stage in (None, *self.now.stages_done) else (self.now.stage,)
            told = replace(
                told,
                outcome=render.outcome,
                failure=render.failure,
                stage=None,
                stages_done=(*self.now.stages_done, *(stage for stage in last if stage is not None)),
                remaining_seconds=None,
            )
        self._tell(told, at_once=True)

    def _tell(self, told: RenderProgress, *, at_once: bool) -> None:
        self.now = told
        if at_once or time.monotonic() - self.written_at >= SECONDS_BETWEEN_WRITES:
            # A render that has begun is worth more than the file that tells of it.
            with contextlib.suppress(OSError):
                self._write()

    def _write(self) -> None:
        assert self.now is not None
        self.now = replace(self.now, updated_at=datetime.now(UTC))
        unfinished = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        unfinished.write_text(json.dumps(to_plain(self.now)), encoding="utf-8")
        unfinished.replace(self.path)
        self.written_at = time.monotonic()
