"""A progress bar on stderr for a render in a terminal; plain lines where nobody can see a bar."""

import sys
import time
from datetime import timedelta
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from analytics.vocabulary.stage import StageName
from generation.order import RenderOrder
from generation.progress import Pace

SECONDS_BETWEEN_LINES = 10.0


class TerminalProgress:
    """Shows stage, frames or steps done and elapsed time. Listens as `generation.progress.Progress`."""

    def __init__(self, order: RenderOrder) -> None:
        repeat = f" #{order.repeat_number}" if order.repeat_number > 1 else ""
        model = "" if order.model.is_embedded else f" {order.model.name}"
        self.title = f"{order.shot.code} {order.workflow.label}{model}{repeat}"
        self.console = Console(stderr=True)
        self.bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(30),
            TextColumn("{task.fields[amount]}"),
            TimeElapsedColumn(),
            console=self.console,
            disable=not self.console.is_terminal,
        )
        self.task: TaskID = self.bar.add_task(self.title, total=None, amount="")
        self.running: StageName | None = None
        self.told: set[StageName] = set()
        self.count = 0
        self.done = 0
        self.last_line = 0.0
        self.pace = Pace()

    def __enter__(self) -> "TerminalProgress":
        self.bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.bar.stop()

    def stage(self, name: StageName, frame_count: int) -> None:
        """Show the stage; one bar serves a whole render, so that its clock runs through."""
        # A long shot goes through some stages once a window; one line for each says enough.
        if name is not self.running and name not in self.told and not self.console.is_terminal:
            self._line(f"{self.title}: {name.value}")
        self.told.add(name)
        self.running, self.count, self.done = name, frame_count, 0
        self.pace.begin()
        # By hand: rich takes a total of None for "leave it", and the bar of the stage before would stand still.
        self.bar.tasks[0].total = frame_count or None
        self.bar.update(self.task, description=f"{self.title}: {name.value}", completed=0, amount=self._amount())

    def frame(self, number: int) -> None:
        """Move the bar by one frame."""
        self.done += 1
        self.bar.update(self.task, completed=self.done, amount=self._amount())
        if self._line_is_due():
            self._line(f"{self.title}: frame {number}, {self.done} of {self.count}")

    def step(self, done: int, count: int, part: str = "") -> None:
        """Move the bar to a step."""
        stage = self.running.value if self.running is not None else ""
        words = f"{self.title}: {stage}, {part}" if part else f"{self.title}: {stage}"
        left = self._words_left(done, count)
        self.bar.update(self.task, description=words, total=count, completed=done, amount=f"{done}/{count}{left}")
        if self._line_is_due():
            self._line(f"{words}, step {done} of {count}{left}")

    def _amount(self) -> str:
        return f"{self.done}/{self.count} frames" if self.count else ""

    def _words_left(self, done: int, count: int) -> str:
        """How long the steps will still take, by those so far."""
        seconds = self.pace.remaining_seconds(done, count)
        return "" if seconds is None else f", {timedelta(seconds=round(seconds))} left".replace(", 0:", ", ")

    def _line_is_due(self) -> bool:
        return not self.console.is_terminal and time.monotonic() - self.last_line > SECONDS_BETWEEN_LINES

    def _line(self, text: str) -> None:
        self.last_line = time.monotonic()
        print(text, file=sys.stderr, flush=True)
