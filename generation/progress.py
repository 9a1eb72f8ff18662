"""How a render says where it is, without knowing who listens."""

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
