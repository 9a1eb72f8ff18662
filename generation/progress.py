"""How a render says where it is, without knowing who listens."""

import time
from typing import Protocol

from analytics.vocabulary.stage import StageName


class Progress(Protocol):
    """Listens to a render. The command line draws a bar; tests and batch jobs use `Silent`."""

    def stage(self, name: StageName, frame_count: int) -> None:
        """A stage begins that will take so many frames (0: not counted in frames)."""

    def frame(self, number: int) -> None:
        """A frame of the running stage is done."""

    def step(self, done: int, count: int, part: str = "") -> None:
        """So many of the running stage's steps are done; ``part`` says of which part of the work, if it has parts."""


class Silent:
    """Nobody listens."""

    def stage(self, name: StageName, frame_count: int) -> None:
        """Ignored."""

    def frame(self, number: int) -> None:
        """Ignored."""

    def step(self, done: int, count: int, part: str = "") -> None:
        """Ignored."""


class Together:
    """Several listen at once."""

    def __init__(self, *listeners: Progress) -> None:
        self.listeners = listeners

    def stage(self, name: StageName, frame_count: int) -> None:
        """Told to each."""
        for listener in self.listeners:
            listener.stage(name, frame_count)

    def frame(self, number: int) -> None:
        """Told to each."""
        for listener in self.listeners:
            listener.frame(number)

    def step(self, done: int, count: int, part: str = "") -> None:
        """Told to each."""
        for listener in self.listeners:
            listener.step(done, count, part)


class Pace:
    """How long the rest of a stage takes by what it took so far. Its first part is left out, it also warms up."""

    def __init__(self) -> None:
        self.first_ended: tuple[int, float] | None = None

    def begin(self) -> None:
        """A stage begins."""
        self.first_ended = None

    def remaining_seconds(self, done: int, count: int) -> float | None:
        """Seconds until ``count``; ``None`` while too little is done to tell, and once all of it is."""
        now = time.monotonic()
        if done < 1:
            return None
        if self.first_ended is None or done < self.first_ended[0]:
            self.first_ended = (done, now)
        first, ended_at = self.first_ended
        return None if done <= first or done >= count else (now - ended_at) / (done - first) * (count - done)
