"""Quality scores in the ledger: which renders to measure, what was measured, and the file beside their frames."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analytics.ledger.fact_changes import NO_SHOT
from analytics.ledger.ledger import Ledger
from analytics.ledger.plain_form import Reading, read_json, to_plain
from analytics.ledger.refusals import path_refusal
from analytics.ledger.statements import give
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.quality_score import QualityScore

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

QUALITY_NAME = "quality.json"
SCHEMA = 1


@dataclass(frozen=True)
class TwinPair:
    """An AI render and the traditional one that shows the same event.

    Attributes
    ----------
    names_parameters
        Whether the AI render was made from the scene; one made from text alone has no twin.
    twin_id, twin_folder
        ``None`` where there is no twin yet.
    measured_against, measure_version
        Of the scores that our measures gave it last; ``None`` where they gave none.
    """

    render_id: str
    folder: Path
    names_parameters: bool
    twin_id: str | None
    twin_folder: Path | None
    measured_against: str | None
    measure_version: str | None


@dataclass(frozen=True)
class QualityRecord:
    """What ``quality.json`` beside a render's frames holds: one measuring against one reference.

    Attributes
    ----------
    absent
        Metrics that could not be measured, each with why.
    """

    render_id: str
    scores: tuple[QualityScore, ...]
    absent: Mapping[str, Any]


def twin_pairs(ledger: Ledger, shot_id: str, involving: str | None = None) -> tuple[TwinPair, ...]:
    """Every usable AI render of a shot with its twin; with ``involving`` only pairs of which that render is a part."""
    return tuple(
        TwinPair(
            row["render_id"],
            Path(row["folder"]),
            row["names_parameters"],
            row["twin_id"],
            Path(row["twin_folder"]) if row["twin_folder"] else None,
            row["measured_against"],
            row["measure_version"],
        )
        for row in ledger.ask_rows("twins_of_shot", shot_id=shot_id, involving=involving)
    )


def record_quality(ledger: Ledger, record: QualityRecord) -> None:
    """Record what was measured of one render, instead of what our measures said of it before.

    Raises
    ------
    LedgerError
        If the ledger cannot be written.
    """
    ledger.write(lambda connection: record_quality_rows(connection, record), shot_ids=NO_SHOT)


def record_quality_rows(connection: "DuckDBPyConnection", record: QualityRecord) -> None:
    """As `record_quality`, inside a transaction that is already open."""
    scores = json.dumps([to_plain(score) | {"unit": score.metric.unit} for score in record.scores])
    give(connection, "forget_quality_scores", render_id=record.render_id)
    give(connection, "record_quality_scores", scores=scores)


def write_quality(record: QualityRecord, folder: Path) -> Path:
    """Write ``quality.json`` into a render's folder, whole or not at all.

    Raises
    ------
    LedgerError
        If the folder cannot be written.
    """
    path, unfinished = folder / QUALITY_NAME, folder / f".{QUALITY_NAME}.{os.getpid()}"
    try:
        unfinished.write_text(json.dumps({"schema": SCHEMA} | to_plain(record), indent=1) + "\n", encoding="utf-8")
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise path_refusal(path, error) from error
    return path


def read_quality(path: Path) -> QualityRecord:
    """Read a ``quality.json``.

    Raises
    ------
    InputRefused
        With everything in it that cannot be used.
    """
    plain = read_json(path, _AGAIN)
    if not isinstance(plain, dict) or plain.pop("schema", None) != SCHEMA:
        raise InputRefused(str(path), None, f"is no quality file of schema {SCHEMA}", _AGAIN)
    reading = Reading(str(path))
    record: QualityRecord | None = reading.dataclass(QualityRecord, plain, "")
    reading.refuse_if_any()
    assert record is not None
    return record


_AGAIN = "delete it and run `shotledger quality` with the shot and --again"
