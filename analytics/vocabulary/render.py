"""A render: one run of one workflow over the frames of a shot, with what each stage took."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from analytics.vocabulary.frame_rate import FrameRate
from analytics.vocabulary.frames import FrameRange, FrameSize
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.stage import Stage
from analytics.vocabulary.workflow import Workflow


class Outcome(StrEnum):
    """How a render ended. One whose process was killed stays ``interrupted``, with no end."""

    OK = "ok"
    FAILED = "failed"
    INTERRUPTED = "interrupted"


class Purpose(StrEnum):
    """Why it was run: for the ``shot``, as ``warm_up`` (never compared), as a ``benchmark`` or for ``training``."""

    SHOT = "shot"
    WARM_UP = "warm_up"
    BENCHMARK = "benchmark"
    TRAINING = "training"


@dataclass(frozen=True)
class Render:
    """One run of one workflow.

    Attributes
    ----------
    engine
        The program that made the picture and its version, such as ``blender 4.5.15``.
    model
        Name of the AI model, ``None`` for a traditional render.
    repeat_number
        From 1; the same shot, workflow, quality and seed may be repeated to see the spread.
    started_at, ended_at
        Instants in UTC; ``ended_at`` is ``None`` while it runs and for ever if it was killed.
    wall_seconds
        From the first stage to the last by a monotonic clock; 0 until it ended.
    folder
        Where frames, movie, log and manifest lie, as an absolute path.
    movie
        File name of the review movie inside ``folder``.
    settings
        Everything that changes the picture, so that the render can be repeated.
    """

    render_id: str
    shot_id: str
    workflow: Workflow
    purpose: Purpose
    engine: str
    model: str | None
    quality: str
    seed: int
    repeat_number: int
    frames: FrameRange
    size: FrameSize
    fps: FrameRate
    hardware_id: str
    started_at: datetime
    ended_at: datetime | None
    wall_seconds: float
    outcome: Outcome
    failure: str | None
    folder: str
    movie: str | None
    settings: Mapping[str, Any]
    stages: tuple[Stage, ...]
    origin: Origin = Origin.MEASURED
