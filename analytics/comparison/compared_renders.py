"""The renders of a shot, which of them may be held against one another, and why the others may not."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from analytics.comparison.figures import LeftOut, RenderSetup
from analytics.ledger.asking import render_rows
from analytics.ledger.ledger import Ledger
from analytics.vocabulary.frames import FrameRange, FrameSize
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.render import Outcome, Purpose
from analytics.vocabulary.stage import OUTSIDE_THE_WORKFLOW, StageName
from analytics.vocabulary.workflow import Workflow

WHOLE_RENDER = "whole render"
"""The one stage of a render that was imported without stages."""

_PURPOSES = {
    Purpose.WARM_UP: "a warm-up",
    Purpose.BENCHMARK: "a benchmark",
    Purpose.TRAINING: "training material",
}

COMPARED = (Workflow.AI, Workflow.TRADITIONAL)


@dataclass(frozen=True)
class StageReading:
    """What one stage of a render took. ``name`` is a stage, or ``whole render`` for one imported without stages."""

    name: str
    wall_seconds: float
    energy_joules: float | None
    energy_origin: Origin | None


@dataclass(frozen=True)
class RenderRecord:
    """One render as the ledger holds it; imported ones may lack what makes up a setup."""

    render_id: str
    workflow: Workflow
    purpose: Purpose
    outcome: Outcome
    started_at: datetime | None
    engine: str | None
    model: str | None
    model_revision: str | None
    seed: int | None
    setup: RenderSetup | None
    origin: Origin
    machine: str | None
    folder: str | None
    movie: str | None
    stages: tuple[StageReading, ...]

    @property
    def load_seconds(self) -> float:
        """Seconds of loading models, scenes and programs."""
        return sum(stage.wall_seconds for stage in self.stages if stage.name == StageName.LOAD)

    @property
    def making_seconds(self) -> float:
        """Seconds of everything that is the workflow's own: without loading and without a plate."""
        return sum(stage.wall_seconds for stage in self.stages if stage.name not in OUTSIDE_THE_WORKFLOW)

    @property
    def energy_joules(self) -> float | None:
        """Energy of all stages, or ``None`` if one of them has no reading."""
        readings = [stage.energy_joules for stage in self.stages]
        return (
            sum(reading for reading in readings if reading is not None) if readings and None not in readings else None
        )


def renders_of_shot(ledger: Ledger, shot_id: str) -> tuple[RenderRecord, ...]:
    """Every render of a shot, oldest first, whatever it was run for."""
    machines = {row["hardware_id"]: row["machine"] for row in ledger.ask_rows("machines_of_shot", shot_id=shot_id)}
    newest_first = render_rows(ledger, shot_id=shot_id, with_synthetic=True)
    return tuple(_record(row, machines.get(row["hardware_id"])) for row in reversed(newest_first))


def chosen_setup(renders: Sequence[RenderRecord]) -> RenderSetup | None:
    """The setup that both workflows have a usable render of, the most recent of those.

    Without one, the most recent setup that anything usable was rendered at, then that of anything at all.
    """
    ok = [render for render in renders if render.outcome is Outcome.OK]
    for candidates, wanted in ((ok, set(COMPARED)), (ok, set[Workflow]()), (renders, set[Workflow]())):
        newest_first = sorted(
            candidates, key=lambda render: (render.started_at is not None, render.started_at), reverse=True
        )
        for render in newest_first:
            having = {other.workflow for other in candidates if other.setup == render.setup}
            if render.setup is not None and wanted <= having:
                return render.setup
    return None


def comparable(renders: Sequence[RenderRecord]) -> tuple[RenderRecord, ...]:
    """Renders that were run for the shot, by one of the two workflows, with a known setup."""
    return tuple(render for render in renders if _unfit(render) is None)


def left_out_renders(renders: Sequence[RenderRecord], setup: RenderSetup) -> Iterator[LeftOut]:
    """Renders that are not compared, counted by reason."""
    reasons: Counter[tuple[str, str]] = Counter()
    for render in renders:
        why = _unfit(render)
        if why is None and render.setup != setup:
            why = f"{render.setup} cannot be held against {setup}"
        if why is not None:
            reasons[render.workflow.label, why] += 1
    for (label, why), count in sorted(reasons.items()):
        yield LeftOut(f"{count} {label} {'render' if count == 1 else 'renders'}", why)


def _unfit(render: RenderRecord) -> str | None:
    if render.purpose is not Purpose.SHOT:
        return f"run as {_PURPOSES[render.purpose]}, not for the shot"
    if render.workflow not in COMPARED:
        return "neither purely AI nor purely traditional"
    if render.setup is None:
        return "quality, size or frame range is not recorded"
    return None


def _record(row: dict[str, Any], machine: str | None) -> RenderRecord:
    stages = row["stages"] or (
        # Imported renders may come as a total: their loading cannot be told apart.
        [{key: row.get(key) for key in ("wall_seconds", "energy_joules", "energy_origin")} | {"name": WHOLE_RENDER}]
        if row["wall_seconds"]
        else []
    )
    return RenderRecord(
        row["render_id"],
        Workflow(row["workflow"]),
        Purpose(row["purpose"]),
        Outcome(row["outcome"]),
        row["started_at"],
        row["engine"],
        row["model"],
        _model_revision(row["settings"]),
        row["seed"],
        _setup(row),
        Origin(row["origin"]),
        machine,
        row["folder"],
        row["movie"],
        tuple(
            StageReading(
                stage["name"],
                stage["wall_seconds"],
                stage["energy_joules"],
                Origin(stage["energy_origin"]) if stage["energy_origin"] else None,
            )
            for stage in stages
        ),
    )


def _model_revision(settings: str | None) -> str | None:
    """What the AI workflow writes into the settings: SHA-256 over the weights, or the hub's revision of them."""
    written = json.loads(settings or "{}")
    revision = written.get("model_revision_sha256") or written.get("revision")
    return str(revision) if revision else None


def _setup(row: dict[str, Any]) -> RenderSetup | None:
    if None in (row["quality"], row["width"], row["height"], row["first_frame"], row["last_frame"]):
        return None
    size = FrameSize(row["width"], row["height"])
    return RenderSetup(row["quality"], size, FrameRange(row["first_frame"], row["last_frame"]))
