"""The write side: a render's manifest becomes rows, once, however often it is recorded."""

import json
from typing import TYPE_CHECKING, Any

from analytics.ledger.answers import as_rows
from analytics.ledger.ledger import Ledger
from analytics.ledger.manifest import Manifest
from analytics.ledger.plain_form import to_plain
from analytics.ledger.recorded import differing_fields, recorded_renders
from analytics.ledger.statements import give, statement
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.render import Outcome, Render

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def begin_render(ledger: Ledger, manifest: Manifest) -> None:
    """Record that a render has begun: ``interrupted``, without an end, as it stays if its process is killed.

    Recording it again, or after it ended, changes nothing.

    Raises
    ------
    InputRefused
        If the manifest says that the render has ended.
    LedgerError
        If the ledger cannot be written.
    """
    if manifest.render.ended_at is not None or manifest.render.outcome is not Outcome.INTERRUPTED:
        raise InputRefused(
            "render.outcome",
            manifest.render.outcome.value,
            "is that of a render that ended, not of one that begins",
            "record it with record_manifest",
        )
    record_manifest(ledger, manifest)


def finish_render(ledger: Ledger, manifest: Manifest) -> None:
    """Complete a render that began, with its stages; one that was never begun is recorded whole.

    Raises
    ------
    InputRefused
        If the manifest gives no end, or the ledger holds another end of this render: what is finished is a fact.
    LedgerError
        If the ledger cannot be written.
    """
    if manifest.render.ended_at is None:
        raise InputRefused(
            "render.ended_at", None, "is missing from a render that is to be finished", "give the instant it ended"
        )
    record_manifest(ledger, manifest)


def record_manifest(ledger: Ledger, manifest: Manifest) -> None:
    """Record what a manifest says, in one transaction. Recording it twice is recording it once.

    Title, production, shot, machine, people's hours and assignments are recorded where they are new; the render is
    inserted, or completed if it had only begun. A manifest of a beginning changes nothing once the render has ended.

    Raises
    ------
    InputRefused
        If the ledger holds this render, finished, with other values.
    LedgerError
        If the ledger cannot be written.
    """
    ledger.write(lambda connection: record_rows(connection, manifest), shot_ids=(manifest.shot.shot_id,))


def record_rows(connection: "DuckDBPyConnection", manifest: Manifest) -> None:
    """As `record_manifest`, inside a transaction that is already open.

    What is new is asked first and then inserted plainly: nobody else can write meanwhile, and DuckDB's
    ``ON CONFLICT`` takes four times as long as an insert.
    """
    render = manifest.render
    known = _already_recorded(connection, manifest)
    if ("finished_render", render.render_id) in known:
        if render.ended_at is not None:
            _refuse_another_end(connection, render)
        return
    _record_surroundings(connection, manifest, known)
    if ("begun_render", render.render_id) in known:
        give(connection, "complete_render", **_render_row(render))
    else:
        give(connection, "record_render", **_render_row(render))
    if render.stages:
        give(
            connection,
            "record_stages",
            render_id=render.render_id,
            render_started_at=render.started_at,
            stages=json.dumps(to_plain(render.stages)),
            origin=render.origin.value,
        )


def _already_recorded(connection: "DuckDBPyConnection", manifest: Manifest) -> set[tuple[str, str]]:
    asked = statement("questions", "already_recorded")
    rows = as_rows(
        connection,
        asked,
        asked.bound(
            {
                "title_id": manifest.title.title_id,
                "production_id": manifest.production.production_id,
                "shot_id": manifest.shot.shot_id,
                "hardware_id": manifest.hardware.hardware_id,
                "render_id": manifest.render.render_id,
                "work_entry_ids": [entry.work_entry_id for entry in manifest.work_entries],
            }
        ),
    )
    return {(row["kind"], row["id"]) for row in rows}


def _refuse_another_end(connection: "DuckDBPyConnection", render: Render) -> None:
    changed = differing_fields(render, recorded_renders(connection, [render.render_id]).get(render.render_id))
    if changed:
        raise InputRefused(
            f"render {render.render_id}",
            ", ".join(changed),
            "differs from what the ledger holds of this finished render",
            "keep the manifest that was recorded, or give this render an id of its own",
        )


def _record_surroundings(connection: "DuckDBPyConnection", manifest: Manifest, known: set[tuple[str, str]]) -> None:
    origin = manifest.render.origin.value
    production = manifest.production
    if ("title", manifest.title.title_id) not in known:
        give(connection, "record_title", **to_plain(manifest.title), origin=origin)
    if ("production", production.production_id) not in known:
        give(
            connection,
            "record_production",
            production_id=production.production_id,
            title_id=production.title_id,
            name=production.name,
            currency=production.currency,
            fps_numerator=production.fps.exact.numerator,
            fps_denominator=production.fps.exact.denominator,
            territory=production.territory,
            origin=origin,
        )
    if ("shot", manifest.shot.shot_id) not in known:
        give(connection, "record_shot", **to_plain(manifest.shot), origin=origin)
    if ("hardware", manifest.hardware.hardware_id) not in known:
        give(connection, "record_hardware", **to_plain(manifest.hardware), origin=origin)
    entries = [entry for entry in manifest.work_entries if ("work_entry", entry.work_entry_id) not in known]
    if entries:
        give(connection, "record_work_entries", work_entries=json.dumps(to_plain(entries)))
    assignments = [
        given for given in manifest.assignments if ("assignment", f"{given.workflow} {given.started_on}") not in known
    ]
    if assignments:
        give(connection, "record_assignments", assignments=json.dumps(to_plain(assignments)), origin=origin)


def _render_row(render: Render) -> dict[str, Any]:
    """The parameters of ``commands/record_render.sql``."""
    plain = to_plain(render)
    as_they_are = (
        "render_id",
        "shot_id",
        "workflow",
        "purpose",
        "engine",
        "model",
        "quality",
        "seed",
        "repeat_number",
        "hardware_id",
        "wall_seconds",
        "outcome",
        "failure",
        "folder",
        "movie",
        "origin",
    )
    return {name: plain[name] for name in as_they_are} | {
        "first_frame": render.frames.first,
        "last_frame": render.frames.last,
        "frame_count": render.frames.count,
        "width": render.size.width,
        "height": render.size.height,
        "fps_numerator": render.fps.exact.numerator,
        "fps_denominator": render.fps.exact.denominator,
        "started_at": render.started_at,
        "ended_at": render.ended_at,
        "settings": json.dumps(plain["settings"], ensure_ascii=False, sort_keys=True),
    }
