"""A render job: what somebody wants rendered, and how it stands in the queue."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from analytics.vocabulary.frames import FrameRange, FrameSize
from analytics.vocabulary.render_progress import RenderProgress
from analytics.vocabulary.workflow import Workflow


@dataclass(frozen=True)
class RenderWish:
    """One render as it is ordered. What is not given is that of the quality, of the shot or of the model.

    Attributes
    ----------
    model
        Name of an AI model; ``None`` with the traditional workflow.
    """

    shot_code: str
    workflow: Workflow
    quality: str
    model: str | None = None
    size: FrameSize | None = None
    frames: FrameRange | None = None
    seed: int | None = None

    @property
    def arguments(self) -> tuple[str, ...]:
        """What ``shotledger render`` is given."""
        options = {
            "--workflow": self.workflow.value,
            "--quality": self.quality,
            "--model": self.model,
            "--size": self.size,
            "--frames": self.frames,
            "--seed": self.seed,
        }
        given = [(name, str(value)) for name, value in options.items() if value is not None]
        return (self.shot_code, *(word for pair in given for word in pair))


@dataclass(frozen=True)
class RenderJob:
    """A wish in the queue.

    Attributes
    ----------
    job_id
        Sorts by when it was ordered.
    ledger, out
        Absolute paths: the ledger the render is recorded in, and the folder its frames go to.
    ordered_by
        Who ordered it, as the pages know them.
    """

    job_id: str
    wish: RenderWish
    ledger: str
    out: str
    ordered_by: str
    ordered_at: datetime


class JobState(StrEnum):
    """Where a job is in its life. ``lost``: its process ended without a word, as when the machine was switched off."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    LOST = "lost"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self not in (JobState.WAITING, JobState.RUNNING)


@dataclass(frozen=True)
class JobRecord:
    """What the queue's own process writes down of a job that it has begun.

    Attributes
    ----------
    process_id, process_started
        The process that renders; its start in seconds since 1970 tells it from a later one of the same number.
    words
        Why it failed, or what it said last.
    """

    state: JobState
    started_at: datetime | None = None
    ended_at: datetime | None = None
    process_id: int | None = None
    process_started: float | None = None
    words: str | None = None


@dataclass(frozen=True)
class JobStanding:
    """A job as it stands now.

    Attributes
    ----------
    place_in_queue
        From 1 for the next one; ``None`` unless it waits.
    is_stopping
        Somebody cancelled it, and it still writes down what it measured.
    """

    job: RenderJob
    record: JobRecord
    progress: RenderProgress | None
    place_in_queue: int | None = None
    is_stopping: bool = False

    @property
    def state(self) -> JobState:
        """Where it is in its life."""
        return self.record.state

    def elapsed_seconds(self, now: datetime | None = None) -> float | None:
        """Seconds since it began, or from begin to end; ``None`` while it waits."""
        if self.record.started_at is None:
            return None
        end = self.record.ended_at or now or datetime.now(UTC)
        return max(0.0, (end - self.record.started_at).total_seconds())

    @property
    def render_id(self) -> str | None:
        """The render that it made or makes, once that has begun."""
        return None if self.progress is None else self.progress.render_id

    @property
    def log(self) -> Path:
        """Where the words of the rendering process are."""
        return Path(self.job.out, QUEUE_FOLDER, self.job.job_id, LOG_NAME)


QUEUE_FOLDER = "queue"
"""Inside the folder that renders go to."""
LOG_NAME = "log.txt"
