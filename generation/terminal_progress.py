"""A progress bar on stderr for a render in a terminal; plain lines where nobody can see a bar."""

import sys
import time
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from analytics.vocabulary.stage import StageName
from generation.order import RenderOrder

SECONDS_BETWEEN_LINES = 10.0


class TerminalProgress:
    """Shows stage, frames done and elapsed time. Listens as `generation.progress.Progress`."""

    def __init__(self, order: RenderOrder) -> None:
        repeat = f" #{order.repeat_number}" if order.repeat_number > 1 else ""
        self.title = f"{order.shot.code} {order.workflow.label}{repeat}"
        self.console = Console(stderr=True)
        self.bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(30),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=self.console,
            disable=not self.console.is_terminal,
        )
        self.task: TaskID = self.bar.add_task(self.title, total=None)
        self.running: StageName | None = None
        self.count = 0
        self.done = 0
        self.last_line = 0.0

    def __enter__(self) -> "TerminalProgress":
        self.bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.bar.stop()

    def stage(self, name: StageName, frame_count: int) -> None:
        """Show the stage; one bar serves a whole render, so that its clock runs through."""
        if name is not self.running and not self.console.is_terminal:
            self._line(f"{self.title}: {name.value}")
        self.running, self.count, self.done = name, frame_count, 0
        self.bar.update(self.task, description=f"{self.title}: {name.value}", total=frame_count or None, completed=0)

    def frame(self, number: int) -> None:
        """Move the bar by one frame."""
        self.done += 1
        self.bar.advance(self.task)
        if not self.console.is_terminal and time.monotonic() - self.last_line > SECONDS_BETWEEN_LINES:
            self._line(f"{self.title}: frame {number}, {self.done} of {self.count}")

    def _line(self, text: str) -> None:
        self.last_line = time.monotonic()
        print(text, file=sys.stderr, flush=True)
