"""Gives renders back from the ledger as the vocabulary's `Render`, equal to what was recorded."""

import json
from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import UTC
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from analytics.ledger.answers import as_rows
from analytics.ledger.plain_form import to_plain
from analytics.ledger.statements import statement
from analytics.vocabulary.frame_rate import FrameRate
from analytics.vocabulary.frames import FrameRange, FrameSize
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.render import Outcome, Purpose, Render
from analytics.vocabulary.stage import Stage, StageName
from analytics.vocabulary.workflow import Workflow

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def recorded_renders(connection: "DuckDBPyConnection", render_ids: Iterable[str]) -> dict[str, Render]:
    """Several renders by id; those that the ledger lacks, or holds with the gaps of an import, are left out."""
    asked = statement("questions", "recorded_renders")
    rows = as_rows(connection, asked, asked.bound({"render_ids": list(render_ids)}))
    return {row["render_id"]: as_render(row) for row in rows if all(row[name] is not None for name in _NEVER_UNKNOWN)}


_NEVER_UNKNOWN = (
    *("engine", "quality", "seed", "repeat_number", "first_frame", "last_frame", "width", "height", "fps_numerator"),
    *("fps_denominator", "hardware_id", "started_at", "folder", "settings"),
)
"""What a render of ours always has and the ledger lets an imported one lack."""


def as_render(row: dict[str, Any]) -> Render:
    """A row of ``questions/recorded_renders.sql`` as a `Render`."""
    return Render(
        render_id=row["render_id"],
        shot_id=row["shot_id"],
        workflow=Workflow(row["workflow"]),
        purpose=Purpose(row["purpose"]),
        engine=row["engine"],
        model=row["model"],
        quality=row["quality"],
        seed=row["seed"],
        repeat_number=row["repeat_number"],
        frames=FrameRange(row["first_frame"], row["last_frame"]),
        size=FrameSize(row["width"], row["height"]),
        fps=FrameRate(Fraction(row["fps_numerator"], row["fps_denominator"])),
        hardware_id=row["hardware_id"],
        started_at=row["started_at"],
        ended_at=row["ended_at"],
        wall_seconds=row["wall_seconds"],
        outcome=Outcome(row["outcome"]),
        failure=row["failure"],
        folder=row["folder"],
        movie=row["movie"],
        settings=json.loads(row["settings"]),
        stages=tuple(_as_stage(stage) for stage in row["stages"]),
        origin=Origin(row["origin"]),
    )


def _as_stage(plain: dict[str, Any]) -> Stage:
    energy_origin = plain["energy_origin"]
    return Stage(
        **plain
        | {"name": StageName(plain["name"]), "energy_origin": None if energy_origin is None else Origin(energy_origin)}
    )


def normal_form(render: Render) -> Render:
    """The render as the ledger gives it back: settings once through JSON, instants in UTC."""
    return replace(
        render,
        settings=to_plain(render.settings),
        started_at=render.started_at.astimezone(UTC),
        ended_at=None if render.ended_at is None else render.ended_at.astimezone(UTC),
    )


def differing_fields(told: Render, held: Render | None) -> list[str]:
    """Names of the fields in which a manifest's render differs from the ledger's; all of them where that has gaps."""
    normal = normal_form(told)
    return [
        field.name
        for field in fields(Render)
        if held is None or getattr(normal, field.name) != getattr(held, field.name)
    ]
