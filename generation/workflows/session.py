"""What a workflow is given to work with: a folder, a stopwatch and somebody to tell."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from analytics.vocabulary.stage import StageName
from generation.metering.stopwatch import Stopwatch
from generation.order import RenderOrder
from generation.progress import Progress

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Session:
    """One render while it runs.

    Attributes
    ----------
    folder
        The render's own folder; passes that are not delivered go into ``folder / "work"``.
    """

    order: RenderOrder
    folder: Path
    stopwatch: Stopwatch
    progress: Progress

    @property
    def work(self) -> Path:
        """Where passes lie that are thrown away once the frames are made."""
        path = self.folder / "work"
        path.mkdir(exist_ok=True)
        return path

    def enter(self, name: StageName, frame_count: int = 0) -> None:
        """Close the running stage, open this one, and say so."""
        self.stopwatch.enter(name)
        self.progress.stage(name, frame_count)

    def listener(self, frame_count: int) -> Callable[[Mapping[str, Any]], None]:
        """A listener for the Blender child's events that switches stages and counts frames as the child does."""

        def heard(event: Mapping[str, Any]) -> None:
            if event.get("event") == "stage":
                self.enter(StageName(event["stage"]), frame_count)
            elif event.get("event") == "frame":
                self.progress.frame(int(event["frame"]))

        return heard


class FrameMaker(Protocol):
    """A workflow: makes the finished frames of an order, uint8 display-referred, shape (frames, height, width, 3).

    Attributes
    ----------
    settings
        Everything that changes the picture.
    key_frames
        After `make_frames`: the frames that a sheet of the render should show, with their words; empty for any.
    holds_frames
        Whether a picture may stand for several frames, as in an animatic of key frames.
    """

    engine: str
    model: str | None
    settings: Mapping[str, Any]
    key_frames: Mapping[int, str]
    holds_frames: bool

    def check(self, order: RenderOrder) -> None:
        """Refuse an order before anything is written.

        Raises
        ------
        InputRefused
            If the shot's parameters cannot be rendered.
        MissingPart
            If something is not installed, or weights are missing.
        """

    def make_frames(self, session: Session) -> "NDArray[np.uint8]":
        """Make every frame of the order, entering each stage on the session as it begins.

        Raises
        ------
        MissingPart
            If something is not installed.
        RenderFailed
            If the renderer crashed or ran out of time.
        """
