"""What happened to one shot, in order of time: who it was given to, who worked on it when, its versions and reviews."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analytics.ledger.answers import as_rows
from analytics.ledger.ledger import Ledger
from analytics.ledger.statements import statement
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.frames import FrameRange, FrameSize
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.workflow import Workflow

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True)
class GivenTo:
    """A stretch of a shot's life in one workflow; ``ended_on`` is the first day on which it no longer held."""

    number: int
    workflow: Workflow
    started_on: date | None
    ended_on: date | None
    outcome: str
    origin: Origin


@dataclass(frozen=True)
class DepartmentSpan:
    """When a department worked on a shot in one workflow, and how long.

    Attributes
    ----------
    day_count
        Days with hours, of those from ``first_on`` to ``last_on``.
    vendors
        Who employs them; empty where they are the studio's own.
    """

    workflow: Workflow | None
    department: str
    first_on: date
    last_on: date
    day_count: int
    people_hours: float
    entry_count: int
    vendors: tuple[str, ...]
    origins: tuple[Origin, ...]


@dataclass(frozen=True)
class Decision:
    """What a review decided: ``approved``, ``retake`` or ``omit``."""

    reviewed_at: datetime
    decision: str


@dataclass(frozen=True)
class ShotVersion:
    """A version of a shot: the renders made for it and what reviews decided.

    Attributes
    ----------
    number
        ``None`` where nobody numbered it; then it is one render, which ``render_id`` names.
    first_on
        Day of its first render or review, UTC.
    machine_seconds
        Of all its renders, without loading and plates; ``None`` where none is recorded.
    generated_seconds
        Of footage that a generator was asked for.
    """

    workflow: Workflow | None
    number: int | None
    render_id: str | None
    first_on: date | None
    render_count: int
    failed_count: int
    machine_seconds: float | None
    generated_seconds: float | None
    makers: tuple[str, ...]
    hardware_ids: tuple[str, ...]
    decisions: tuple[Decision, ...]
    origins: tuple[Origin, ...]


@dataclass(frozen=True)
class Movie:
    """The newest usable movie of a shot by one workflow.

    Attributes
    ----------
    stage_seconds
        Seconds by stage, in the order they ran, without loading and plates.
    """

    shot_id: str
    workflow: Workflow
    render_id: str
    version_number: int | None
    path: Path
    frames: FrameRange | None
    size: FrameSize | None
    machine_seconds: float
    stage_seconds: tuple[tuple[str, float], ...]
    origin: Origin


@dataclass(frozen=True)
class Twin:
    """Another shot that is the same work."""

    shot_id: str
    code: str


@dataclass(frozen=True)
class ShotLife:
    """Everything that the ledger knows of what happened to one shot, money apart."""

    shot_id: str
    given: tuple[GivenTo, ...]
    departments: tuple[DepartmentSpan, ...]
    versions: tuple[ShotVersion, ...]
    twins: tuple[Twin, ...]
    movies: tuple[Movie, ...]

    def hours_by(self, workflow: Workflow | None) -> float | None:
        """Hours of touch time in one workflow; ``None`` where none are booked."""
        booked = [span.people_hours for span in self.departments if span.workflow is workflow]
        return sum(booked) if booked else None


def shot_life(ledger: Ledger, shot_id: str) -> ShotLife:
    """What happened to a shot, its movies beside those of its twins.

    Raises
    ------
    InputRefused
        If the ledger holds no such shot.
    """
    with ledger.reading() as connection:
        if not _asked(connection, "shots_named", name=shot_id):
            raise InputRefused(
                "shot", shot_id, "is not in this ledger", "look for it in the list of shots by a part of its code"
            )
        twins = tuple(Twin(**row) for row in _asked(connection, "same_work", shot_id=shot_id))
        shown = [shot_id, *(twin.shot_id for twin in twins)]
        return ShotLife(
            shot_id=shot_id,
            given=tuple(_given(row) for row in _asked(connection, "assignments_of_shot", shot_id=shot_id)),
            departments=tuple(_span(row) for row in _asked(connection, "departments_of_shot", shot_id=shot_id)),
            versions=tuple(_version(row) for row in _asked(connection, "versions_of_shot", shot_id=shot_id)),
            twins=twins,
            movies=tuple(_movie(row) for row in _asked(connection, "movies_of_shots", shot_ids=shown)),
        )


def movies_of(ledger: Ledger, shot_ids: tuple[str, ...]) -> tuple[Movie, ...]:
    """The newest usable movie of each workflow of each of some shots."""
    return tuple(_movie(row) for row in ledger.ask_rows("movies_of_shots", shot_ids=list(shot_ids)))


def _asked(connection: "DuckDBPyConnection", question: str, **parameters: Any) -> list[dict[str, Any]]:
    asked = statement("questions", question)
    return as_rows(connection, asked, asked.bound(parameters))


def _given(row: Mapping[str, Any]) -> GivenTo:
    return GivenTo(
        row["assignment_number"],
        Workflow(row["workflow"]),
        row["started_on"],
        row["ended_on"],
        row["outcome"],
        Origin(row["origin"]),
    )


def _span(row: Mapping[str, Any]) -> DepartmentSpan:
    return DepartmentSpan(
        **{**row, "workflow": _workflow(row), "vendors": tuple(row["vendors"]), "origins": _origins(row)}
    )


def _version(row: Mapping[str, Any]) -> ShotVersion:
    # DuckDB hands over an instant inside a list only without its zone; the question says it is UTC.
    decisions = tuple(Decision(given["reviewed_at"].replace(tzinfo=UTC), given["decision"]) for given in row["reviews"])
    return ShotVersion(
        _workflow(row),
        row["version_number"],
        row["render_id"],
        row["first_on"],
        row["render_count"],
        row["failed_count"],
        row["machine_seconds"],
        row["generated_seconds"],
        tuple(row["makers"]),
        tuple(row["hardware_ids"]),
        decisions,
        _origins(row),
    )


def _movie(row: Mapping[str, Any]) -> Movie:
    has_frames = row["first_frame"] is not None and row["last_frame"] is not None
    try:
        size = FrameSize(row["width"], row["height"]) if row["width"] and row["height"] else None
    except InputRefused:
        size = None  # a movie of an odd size can be shown all the same
    return Movie(
        row["shot_id"],
        Workflow(row["workflow"]),
        row["render_id"],
        row["version_number"],
        Path(row["folder"], row["movie"]),
        FrameRange(row["first_frame"], row["last_frame"]) if has_frames else None,
        size,
        row["machine_seconds"],
        tuple((stage["name"], stage["wall_seconds"]) for stage in row["stages"]),
        Origin(row["origin"]),
    )


def _workflow(row: Mapping[str, Any]) -> Workflow | None:
    return None if row["workflow"] is None else Workflow(row["workflow"])


def _origins(row: Mapping[str, Any]) -> tuple[Origin, ...]:
    return tuple(Origin(origin) for origin in row["origins"])
