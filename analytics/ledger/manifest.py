"""The manifest: a JSON beside the frames that tells all of one render, so that the ledger can be remade."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from analytics.ledger.plain_form import Reading, to_plain
from analytics.ledger.refusals import path_refusal
from analytics.vocabulary.assignment import Assignment
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.hardware import Hardware
from analytics.vocabulary.production import Production
from analytics.vocabulary.render import Outcome, Render
from analytics.vocabulary.shot import Shot
from analytics.vocabulary.title import Title
from analytics.vocabulary.work_entry import WorkEntry

MANIFEST_NAME = "manifest.json"
SCHEMA = 1
_MAX_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True)
class Manifest:
    """One render with everything it belongs to.

    Attributes
    ----------
    work_entries
        People's hours that the shot's template expects of this workflow (``assumed``), recorded if they are new.
    assignments
        Which workflow the shot was given to, where that is known.
    """

    title: Title
    production: Production
    shot: Shot
    hardware: Hardware
    render: Render
    work_entries: tuple[WorkEntry, ...] = ()
    assignments: tuple[Assignment, ...] = ()

    def to_json(self) -> str:
        """The text of the file. Equal manifests give equal text."""
        plain = {"schema": SCHEMA} | to_plain(self)
        return json.dumps(plain, ensure_ascii=False, indent=2, allow_nan=False) + "\n"

    @classmethod
    def from_json(cls, text: str, place: str = "manifest") -> "Manifest":
        """Read the text of a manifest.

        Raises
        ------
        InputRefused
            With every unknown, missing, wrong-typed or impossible field, each with its file and name.
        """
        reading = Reading(place)
        try:
            plain = json.loads(text, parse_constant=_not_a_number)
        except (ValueError, RecursionError) as error:
            raise InputRefused(place, None, f"is not JSON ({error})", "restore the file from a copy") from None
        if not isinstance(plain, dict):
            raise InputRefused(
                place, None, "is not a manifest but another kind of JSON", "name a manifest.json that a render wrote"
            )
        schema = plain.pop("schema", None)
        if schema != SCHEMA:
            raise InputRefused(
                f"{place}, schema",
                schema,
                f"is not {SCHEMA}, the only one this version reads",
                "read the file with the version that wrote it",
            )
        manifest: Manifest | None = reading.dataclass(cls, plain, "")
        if manifest is not None:
            _note_contradictions(manifest, reading)
        reading.refuse_if_any()
        assert manifest is not None
        return manifest


def _not_a_number(word: str) -> Any:
    raise ValueError(f"{word} is no number")


def _note_contradictions(manifest: Manifest, reading: Reading) -> None:
    """Ids that do not fit together and amounts that cannot be."""
    render, shot = manifest.render, manifest.shot
    for field, found, expected in (
        ("render.shot_id", render.shot_id, shot.shot_id),
        ("render.hardware_id", render.hardware_id, manifest.hardware.hardware_id),
        ("shot.production_id", shot.production_id, manifest.production.production_id),
        ("production.title_id", manifest.production.title_id, manifest.title.title_id),
        *((f"work_entries[{n}].shot_id", entry.shot_id, shot.shot_id) for n, entry in enumerate(manifest.work_entries)),
        *((f"assignments[{n}].shot_id", entry.shot_id, shot.shot_id) for n, entry in enumerate(manifest.assignments)),
    ):
        if found != expected:
            reading.problem(field, found, f"does not name the {expected!r} of this manifest", "make the two agree")
    amounts: list[tuple[str, Any]] = [("render.wall_seconds", render.wall_seconds)]
    for n, stage in enumerate(render.stages):
        amounts += [
            (f"render.stages[{n}].{field.name}", getattr(stage, field.name))
            for field in fields(stage)
            if field.name.endswith(("_seconds", "_joules", "_bytes"))
        ]
    amounts += [
        (f"work_entries[{n}].people_hours", entry.people_hours) for n, entry in enumerate(manifest.work_entries)
    ]
    for field_name, amount in amounts:
        if amount is not None and amount < 0:
            reading.problem(field_name, amount, "is negative", "correct it")
    if render.ended_at is None and render.outcome is not Outcome.INTERRUPTED:
        reading.problem(
            "render.ended_at", None, f"is missing although the outcome is {render.outcome.value}", "add when it ended"
        )
    if render.ended_at is not None and render.ended_at < render.started_at:
        reading.problem("render.ended_at", render.ended_at.isoformat(), "lies before the start", "correct it")


def write_manifest(manifest: Manifest, folder: Path) -> Path:
    """Write ``manifest.json`` into a folder, whole or not at all, and have it on the disk before returning.

    Raises
    ------
    InputRefused
        If the manifest holds what it must not.
    LedgerError
        If the folder cannot be written or the disk is full; an earlier manifest is then still there.
    """
    path = folder / MANIFEST_NAME
    text = manifest.to_json()
    Manifest.from_json(text, place=str(path))  # never write what we would refuse to read
    unfinished = folder / f".{MANIFEST_NAME}.{os.getpid()}"
    try:
        encoded = text.encode()
        folder.mkdir(parents=True, exist_ok=True)
        with unfinished.open("wb") as file:
            file.write(encoded)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
        _sync_folder(folder)
    except UnicodeEncodeError as error:
        raise InputRefused(
            str(path),
            repr(error.object[error.start : error.end]),
            "is text that cannot be stored",
            "use names in UTF-8",
        ) from None
    except OSError as error:
        raise path_refusal(path, error) from error
    finally:
        _forget(unfinished)
    return path


def _sync_folder(folder: Path) -> None:
    """Without this a power cut may forget the rename although it kept the file."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _forget(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return  # the folder itself is gone or closed to us, which has been reported


def read_manifest(path: Path) -> Manifest:
    """Read one manifest file.

    Raises
    ------
    InputRefused
        If it cannot be read or is no manifest, with all problems at once.
    """
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise InputRefused(
                str(path), None, "is too large for a manifest", "name a manifest.json that a render wrote"
            )
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise InputRefused(str(path), None, "is not UTF-8 text", "restore the file from a copy") from None
    except OSError as error:
        raise InputRefused(
            str(path),
            None,
            f"cannot be read ({(error.strerror or str(error)).lower()})",
            "check the path and its permissions",
        ) from None
    return Manifest.from_json(text, place=str(path))


def find_manifests(folder: Path) -> Iterator[Path]:
    """The manifests in a folder and all folders below, in order of their paths."""
    yield from sorted(found for found in folder.rglob(MANIFEST_NAME) if found.is_file())
