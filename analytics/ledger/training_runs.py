"""Training runs in the ledger: recorded once by their id, from a file in JSON, and asked for by revision."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analytics.ledger.answers import as_rows
from analytics.ledger.fact_changes import NO_SHOT
from analytics.ledger.ledger import Ledger
from analytics.ledger.plain_form import Reading, read_json, to_plain
from analytics.ledger.statements import give, statement
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.training_run import Footage, TrainingRun

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

RUNS_KEY = "training_runs"
"""The one key of a training file that is read; the rest of it belongs to whoever trained."""


_MEND = "name a JSON file that a training wrote"


@dataclass(frozen=True)
class RecordedRun:
    """A training run as the ledger holds it, its footage summed up.

    Attributes
    ----------
    machine
        That trained, in words.
    footage_energy_joules
        ``None`` where a part is unknown; 0 where no footage was rendered.
    """

    training_run_id: str
    model: str
    revision: str
    parameter_count: int | None
    started_at: datetime
    ended_at: datetime
    machine: str
    wall_seconds: float
    energy_joules: float | None
    energy_origin: Origin | None
    footage_clip_count: int
    footage_wall_seconds: float
    footage_energy_joules: float | None
    footage_energy_origin: Origin | None
    footage_origin: Origin | None
    origin: Origin


def record_training_runs(ledger: Ledger, runs: Sequence[TrainingRun]) -> int:
    """Record runs that are new, with their machines and footage; says how many were.

    Raises
    ------
    LedgerError
        If the ledger cannot be written.
    """
    return ledger.write(lambda connection: _record_rows(connection, runs), shot_ids=NO_SHOT)


def training_runs_of(ledger: Ledger, revisions: Sequence[str]) -> tuple[RecordedRun, ...]:
    """The recorded runs that these revisions came of, oldest first."""
    return tuple(
        RecordedRun(
            **row
            | {
                name: None if row[name] is None else Origin(row[name])
                for name in ("energy_origin", "footage_energy_origin", "footage_origin", "origin")
            }
        )
        for row in ledger.ask_rows("training_runs_of", revisions=list(revisions))
    )


def training_runs_as_plain(runs: Sequence[TrainingRun]) -> list[dict[str, Any]]:
    """What stands under ``training_runs`` in a training file."""
    plain: list[dict[str, Any]] = to_plain(list(runs))
    return plain


def read_training_runs(path: Path) -> tuple[TrainingRun, ...]:
    """Read the list under ``training_runs`` of a JSON file.

    Raises
    ------
    InputRefused
        With everything in it that cannot be used.
    """
    plain = read_json(path, _MEND)
    entries = plain.get(RUNS_KEY) if isinstance(plain, dict) else None
    if not isinstance(entries, list):
        raise InputRefused(f"{path}, {RUNS_KEY}", None, "is no list of training runs", _MEND)
    reading = Reading(str(path))
    runs = [reading.dataclass(TrainingRun, entry, f"{RUNS_KEY}[{place}]") for place, entry in enumerate(entries)]
    for place, run in enumerate(runs):
        if run is not None:
            _note_contradictions(run, f"{RUNS_KEY}[{place}]", reading)
    reading.refuse_if_any()
    return tuple(runs)


def _note_contradictions(run: TrainingRun, field: str, reading: Reading) -> None:
    if run.ended_at < run.started_at:
        reading.problem(f"{field}.ended_at", run.ended_at.isoformat(), "lies before the start", "correct it")
    parts: list[tuple[str, TrainingRun | Footage]] = [
        (field, run),
        *((f"{field}.footage[{place}]", part) for place, part in enumerate(run.footage)),
    ]
    for place, part in parts:
        for name in ("wall_seconds", "cpu_seconds", "gpu_seconds", "energy_joules", "clip_count", "frame_count"):
            amount = getattr(part, name, None)
            if amount is not None and amount < 0:
                reading.problem(f"{place}.{name}", amount, "is negative", "correct it")
        if part.energy_joules is not None and part.energy_origin is None:
            reading.problem(f"{place}.energy_origin", None, "is missing", "say whether a meter read it")


def _record_rows(connection: "DuckDBPyConnection", runs: Sequence[TrainingRun]) -> int:
    machines = {
        machine.hardware_id: machine
        for run in runs
        for machine in (run.hardware, *(part.hardware for part in run.footage))
    }
    asked = statement("questions", "known_training")
    ids = [run.training_run_id for run in runs]
    rows = as_rows(connection, asked, asked.bound({"training_run_ids": ids, "hardware_ids": list(machines)}))
    known = {(row["kind"], row["id"]) for row in rows}
    new = [run for run in runs if ("training_run", run.training_run_id) not in known]
    used = {machine.hardware_id for run in new for machine in (run.hardware, *(part.hardware for part in run.footage))}
    for hardware_id in sorted(used):
        if ("hardware", hardware_id) not in known:
            give(connection, "record_hardware", **to_plain(machines[hardware_id]), origin=Origin.MEASURED.value)
    for run in new:
        plain = to_plain(run)
        footage = plain.pop("footage")
        give(connection, "record_training_run", **_with_machine_id(plain))
        if footage:
            parts = json.dumps([_with_machine_id(part) for part in footage])
            give(connection, "record_training_footage", training_run_id=run.training_run_id, footage=parts)
    return len(new)


def _with_machine_id(plain: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in plain.items() if name != "hardware"} | {
        "hardware_id": plain["hardware"]["hardware_id"]
    }
