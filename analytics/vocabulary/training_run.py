"""A training run: what a model took to be made, with the footage it was made from."""

from dataclasses import dataclass
from datetime import datetime

from analytics.vocabulary.hardware import Hardware
from analytics.vocabulary.origin import Origin


@dataclass(frozen=True)
class Footage:
    """Clips that were rendered for a training run on one kind of machine.

    Attributes
    ----------
    wall_seconds
        Seconds in which the machine was taken: clips rendered beside each other are not counted twice.
    """

    clip_count: int
    hardware: Hardware
    wall_seconds: float
    frame_count: int | None = None
    cpu_seconds: float | None = None
    energy_joules: float | None = None
    energy_origin: Origin | None = None
    origin: Origin = Origin.MEASURED


@dataclass(frozen=True)
class TrainingRun:
    """One training of one model.

    Attributes
    ----------
    revision
        SHA-256 over the weights that came of it, as renders record it; it alone joins the two.
    started_at, ended_at
        Instants in UTC.
    wall_seconds
        Seconds in which the machine was taken, pauses left out.
    footage
        What was rendered for it, an entry for each kind of machine; empty where nothing was.
    """

    training_run_id: str
    model: str
    revision: str
    started_at: datetime
    ended_at: datetime
    hardware: Hardware
    wall_seconds: float
    parameter_count: int | None = None
    cpu_seconds: float | None = None
    gpu_seconds: float | None = None
    energy_joules: float | None = None
    energy_origin: Origin | None = None
    footage: tuple[Footage, ...] = ()
    origin: Origin = Origin.MEASURED
