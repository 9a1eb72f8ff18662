"""Where a render stands, as it tells whoever watches from another process."""

from dataclasses import dataclass
from datetime import datetime

from analytics.vocabulary.frames import FrameRange
from analytics.vocabulary.render import Outcome
from analytics.vocabulary.stage import StageName
from analytics.vocabulary.workflow import Workflow


@dataclass(frozen=True)
class RenderProgress:
    """One look at a command that renders: which of its renders, which stage, how far in it.

    Attributes
    ----------
    render_number, render_count
        Which of the command's renders this is, from 1, and how many it makes.
    render_id
        ``None`` until the render has begun.
    stage
        ``None`` before the first stage, and after the last while the picture is being measured.
    stages_done
        Stages that were left, in order, each once.
    done, count
        Frames of the stage, or its steps; a ``count`` of 0 says that it is not counted in either.
    part
        Which part of the work the steps belong to, where it has parts.
    remaining_seconds
        Until the end of the stage, by its pace so far; ``None`` while that is not known.
    updated_at
        Instant in UTC of this look.
    outcome
        How the render ended; ``None`` while it runs.
    failure
        Why it failed, in words.
    folder
        Absolute path of the render's folder, once it has begun.
    """

    render_number: int
    render_count: int
    shot_code: str
    workflow: Workflow
    frames: FrameRange
    render_id: str | None
    stage: StageName | None
    stages_done: tuple[StageName, ...]
    done: int
    count: int
    part: str
    remaining_seconds: float | None
    updated_at: datetime
    outcome: Outcome | None
    failure: str | None
    folder: str | None

    @property
    def share_of_stage(self) -> float | None:
        """How much of the running stage is done, from 0 to 1; ``None`` where it is not counted."""
        return min(1.0, self.done / self.count) if self.count else None
