"""`shotledger ledger check`: says what is wrong with a ledger, each with what to do about it. Changes nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from analytics.ledger.answers import as_rows
from analytics.ledger.ledger import Ledger
from analytics.ledger.manifest import Manifest, find_manifests, read_manifest
from analytics.ledger.recorded import differing_fields, recorded_renders
from analytics.ledger.schema import schema_faults
from analytics.ledger.statements import statement
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.render import Render

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Severity = Literal["problem", "notice"]
_MANIFESTS_AT_ONCE = 500
_REBUILD = "run `shotledger ledger rebuild` with the folder of the renders"


@dataclass(frozen=True)
class Finding:
    """One thing that was found. A ledger is clean when no finding is a ``problem``; a ``notice`` is for the eye."""

    severity: Severity
    sentence: str
    mend: str

    def __str__(self) -> str:
        return f"{self.sentence}. {self.mend[:1].upper()}{self.mend[1:]}."


def check_ledger(ledger: Ledger, manifests_folder: str | Path | None = None) -> list[Finding]:
    """Check schema, orphans, impossible values, sums of stages and, given their folder, the manifests.

    Problems come first. Opening the ledger has already refused another history of migrations than ours.

    Raises
    ------
    LedgerError
        If it cannot be read.
    InputRefused
        If the folder is not there.
    """
    findings: list[Finding] = []
    with ledger.reading() as connection:
        findings += [_problem(fault, _REBUILD) for fault in schema_faults(connection)]
        if not findings:  # questions cannot be asked of tables that are not as they should be
            findings += _rows_that_are_wrong(connection)
            if manifests_folder is not None:
                findings += _manifests_that_differ(connection, Path(manifests_folder))
    return sorted(findings, key=lambda finding: finding.severity != "problem")


def _problem(sentence: str, mend: str) -> Finding:
    return Finding("problem", sentence, mend)


def _asked(connection: "DuckDBPyConnection", question: str, **parameters: Any) -> list[dict[str, Any]]:
    asked = statement("questions", question)
    return as_rows(connection, asked, asked.bound(parameters))


def _rows_that_are_wrong(connection: "DuckDBPyConnection") -> Iterator[Finding]:
    for row in _asked(connection, "orphans"):
        yield _problem(
            f"{row['table_name']} {row['row_id']}: {row['field']} names {row['missing_id']!r}, "
            f"which is not among the {row['missing_from']}",
            f"import or record it, or {_REBUILD}",
        )
    for row in _asked(connection, "impossible_values"):
        yield _problem(f"{row['table_name']} {row['row_id']}: {row['field']} {row['value']} {row['why']}", _REBUILD)
    for row in _asked(connection, "stage_sums"):
        yield _problem(
            f"renders {row['render_id']}: its stages took {row['stages_wall_seconds']:.3f} seconds together, "
            f"the render {row['wall_seconds']:.3f}",
            "do not compare it; render it again",
        )
    for row in _asked(connection, "unfinished_renders"):
        yield Finding(
            "notice",
            f"renders {row['render_id']}: began at {row['started_at']:%Y-%m-%d %H:%M:%S} UTC and has no end",
            "nothing is to be done: it is running, or its process was killed and it stays interrupted",
        )


def _manifests_that_differ(connection: "DuckDBPyConnection", folder: Path) -> Iterator[Finding]:
    if not folder.is_dir():
        raise InputRefused("manifests", str(folder), "is no folder", "name the folder that renders were written to")
    batch: list[tuple[Path, Manifest]] = []
    for path in find_manifests(folder):
        try:
            batch.append((path, read_manifest(path)))
        except InputRefused as refused:
            for problem in refused.problems:
                yield _problem(f"{problem.place}: {problem.why}", problem.mend)
        if len(batch) == _MANIFESTS_AT_ONCE:
            yield from _batch_that_differs(connection, batch)
            batch = []
    yield from _batch_that_differs(connection, batch)


def _batch_that_differs(connection: "DuckDBPyConnection", batch: Iterable[tuple[Path, Manifest]]) -> Iterator[Finding]:
    batch = list(batch)
    held = recorded_renders(connection, [manifest.render.render_id for _, manifest in batch])
    for path, manifest in batch:
        if finding := _difference(path, manifest.render, held.get(manifest.render.render_id)):
            yield finding
    entry_ids = sorted(
        {
            entry.work_entry_id
            for _, manifest in batch
            if manifest.render.render_id in held
            for entry in manifest.work_entries
        }
    )
    for row in _asked(connection, "unknown_work_entries", work_entry_ids=entry_ids):
        yield _problem(f"work_entries {row['work_entry_id']}: stands in a manifest but not in the ledger", _REBUILD)


def _difference(path: Path, told: Render, held: Render | None) -> Finding | None:
    if held is None:
        if told.ended_at is None:
            return Finding(
                "notice",
                f"{path}: render {told.render_id} was killed before it was recorded",
                "nothing is to be done; delete its folder if you like",
            )
        return _problem(f"{path}: render {told.render_id} is not in the ledger", _REBUILD)
    if held.ended_at is None and told.ended_at is not None:
        return _problem(f"{path}: render {told.render_id} has ended, and the ledger does not know", _REBUILD)
    changed = differing_fields(told, held)
    if not changed:
        return None
    return _problem(
        f"{path}: {', '.join(changed)} of render {told.render_id} differ from the ledger",
        f"restore the manifest from a copy, or {_REBUILD}",
    )
