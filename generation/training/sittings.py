"""What a training took, over all its sittings: kept beside the run, and told as one training run for the ledger."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from analytics.vocabulary.hardware import Hardware
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.stage import StageName
from analytics.vocabulary.training_run import Footage, TrainingRun
from generation.metering.hardware import read_hardware
from generation.metering.stopwatch import Stopwatch

FILE_NAME = "sittings.jsonl"


@dataclass(frozen=True)
class Sitting:
    """One sitting: from the first step to the last before a stop or the end."""

    started_at: str
    ended_at: str
    wall_seconds: float
    cpu_seconds: float
    gpu_seconds: float | None
    energy_joules: float | None
    energy_origin: str | None
    hardware: dict[str, Any]


class SittingMeter:
    """Meters a sitting; `end` writes it down, also when the sitting was interrupted."""

    def __init__(self) -> None:
        self._started = datetime.now(UTC)
        self._stopwatch = Stopwatch()
        self._stopwatch.enter(StageName.RENDER)

    def end(self, run_folder: Path) -> None:
        """Append this sitting to those of the run."""
        taken = self._stopwatch.stop()[0]
        sitting = Sitting(
            self._started.isoformat(timespec="seconds"),
            datetime.now(UTC).isoformat(timespec="seconds"),
            round(taken.wall_seconds, 3),
            round(taken.cpu_seconds, 3),
            taken.gpu_seconds,
            taken.energy_joules,
            taken.energy_origin and taken.energy_origin.value,
            asdict(read_hardware()),
        )
        with (run_folder / FILE_NAME).open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(asdict(sitting)) + "\n")


def training_run_of(
    run_folder: Path, model: str, revision: str, parameter_count: int, footage: tuple[Footage, ...]
) -> TrainingRun:
    """The sittings of a run as one fact; the machine is that of the last one.

    Parameters
    ----------
    revision
        SHA-256 of the weights that came of it.
    """
    lines = (run_folder / FILE_NAME).read_text(encoding="utf-8").splitlines()
    sittings = [Sitting(**json.loads(line)) for line in lines]
    first, last = sittings[0], sittings[-1]
    started = datetime.fromisoformat(first.started_at)
    return TrainingRun(
        training_run_id=f"{model}-{started:%Y%m%dT%H%M%S}-{revision[:6]}",
        model=model,
        revision=revision,
        started_at=started,
        ended_at=datetime.fromisoformat(last.ended_at),
        hardware=Hardware(**last.hardware),
        wall_seconds=round(sum(sitting.wall_seconds for sitting in sittings), 3),
        parameter_count=parameter_count,
        cpu_seconds=round(sum(sitting.cpu_seconds for sitting in sittings), 3),
        gpu_seconds=_sum([sitting.gpu_seconds for sitting in sittings]),
        energy_joules=_sum([sitting.energy_joules for sitting in sittings]),
        energy_origin=Origin(last.energy_origin) if last.energy_origin else None,
        footage=footage,
    )


def carried_over(runs: tuple[TrainingRun, ...], revision: str) -> tuple[TrainingRun, ...]:
    """Runs of the model that a training began with, as part of what the new weights took."""
    return tuple(
        replace(run, training_run_id=f"{run.training_run_id}-in-{revision[:6]}", revision=revision) for run in runs
    )


def _sum(values: list[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return round(sum(known), 3) if len(known) == len(values) else None
