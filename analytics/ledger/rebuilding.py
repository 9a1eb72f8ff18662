"""Makes a ledger anew from manifests, and keeps what the old one holds that no manifest tells."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from analytics.ledger.blind_reviews import REVIEW_NAME, answer_row, read_review
from analytics.ledger.building import building_site, copy_rows, database_name, fact_tables, place_instead
from analytics.ledger.fact_changes import note_change
from analytics.ledger.ledger import WAIT_SECONDS, absolute_path
from analytics.ledger.manifest import Manifest, find_manifests, read_manifest
from analytics.ledger.opening import opened
from analytics.ledger.quality_scores import QUALITY_NAME, QualityRecord, read_quality, record_quality_rows
from analytics.ledger.recorded import normal_form
from analytics.ledger.recording import record_rows
from analytics.ledger.refusals import too_new
from analytics.ledger.schema import run_migrations, shipped_migrations
from analytics.vocabulary.blind_review import BlindReview
from analytics.vocabulary.errors import InputRefused, LedgerError, Problem

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True)
class RebuildCounts:
    """What a rebuild did.

    Attributes
    ----------
    manifest_count
        Manifests found, copies of the same render included.
    render_count
        Renders in the new ledger.
    kept_render_count
        Those of them that only the old ledger knew: their manifests were not found, or they were imported.
    kept_row_count
        Rows of all other tables taken over from the old ledger.
    replaced
        Where the old ledger lies now; ``None`` if there was none.
    """

    manifest_count: int
    render_count: int
    kept_render_count: int
    kept_row_count: int
    replaced: Path | None


def rebuild(
    path: str | Path, manifest_folders: Sequence[str | Path], *, wait_seconds: float = WAIT_SECONDS
) -> RebuildCounts:
    """Build a new ledger beside the old one and put it in its place; the old one is kept as ``<name>.before-rebuild``.

    Renders come from their manifests, their scores and blind reviews from the files beside them. Renders without one,
    and all rows that no file holds (imports, charges, rates, training), are taken over from the old ledger, whose own
    titles, shots and hours are preferred to those of the manifests, because an import may have told more about them.
    Nobody can write to the old ledger meanwhile.

    Raises
    ------
    InputRefused
        If a folder is not there, or a manifest cannot be read or contradicts another: all of them at once.
    LedgerError
        If the old ledger cannot be read or is none of ours, or the new one cannot be written; the old one stays then.
    """
    target = absolute_path(path)
    folders = [Path(folder) for folder in manifest_folders]
    manifests = _read_all(folders)
    judgements = _Judgements.read(folders)
    distinct = _one_for_each_render(manifests)
    kept = target.with_name(target.name + ".before-rebuild")
    with building_site(target, wait_seconds) as site, ExitStack() as held:
        old = held.enter_context(_old_ledger(target, wait_seconds)) if target.exists() else None
        with opened(site, writing=True, wait_seconds=wait_seconds) as connection:
            connection.begin()
            counts = _fill(connection, old, distinct, judgements)
            connection.commit()
        place_instead(site, target, kept)
    return RebuildCounts(len(manifests), *counts, kept if old else None)


@contextmanager
def _old_ledger(target: Path, wait_seconds: float) -> Iterator[str]:
    """The name under which the old ledger is attached, read-only: that keeps writers out and leaves its files alone."""
    with opened(target, writing=True, wait_seconds=wait_seconds) as connection:
        ran = run_migrations(connection, target)
        if ran[-1].number > len(shipped_migrations()):
            raise too_new(target, ran[-1].number, len(shipped_migrations()))
        # A write-ahead log that a killed process left would otherwise lie beside the new file as if it were its own.
        connection.execute("CHECKPOINT")
    with opened(target, writing=False, wait_seconds=wait_seconds) as connection:
        if target.with_name(target.name + ".wal").exists():
            raise LedgerError(
                "ledger", str(target), "was written to by a process that was killed just now", "run the rebuild again"
            )
        yield database_name(connection)


@dataclass(frozen=True)
class _Judgements:
    """What was said of renders: measured by us, and by people who reviewed them blind."""

    quality: list[QualityRecord]
    reviews: list[BlindReview]

    @classmethod
    def read(cls, folders: Iterable[Path]) -> "_Judgements":
        quality: list[QualityRecord] = []
        reviews: list[BlindReview] = []
        problems: list[Problem] = []
        for folder in folders:
            for path in sorted(folder.rglob("*.json")):
                try:
                    if path.name == QUALITY_NAME:
                        quality.append(read_quality(path))
                    elif path.name == REVIEW_NAME:
                        reviews.append(read_review(path))
                except InputRefused as refused:
                    problems += refused.problems
        if problems:
            raise InputRefused.all_of(problems)
        return cls(quality, reviews)

    def record(self, connection: "DuckDBPyConnection") -> None:
        """Of renders that the ledger holds; a file that outlived its render is passed over."""
        held = {row[0] for row in connection.execute("SELECT render_id FROM renders").fetchall()}
        for record in self.quality:
            if {record.render_id, *(score.against for score in record.scores)} <= held:
                record_quality_rows(connection, record)
        for review in self.reviews:
            if {review.a_render_id, review.b_render_id} <= held:
                answer_row(connection, review)


def _fill(
    connection: "DuckDBPyConnection", old: str | None, manifests: list[Manifest], judgements: _Judgements
) -> tuple[int, int, int]:
    kept_renders = kept_rows = 0
    finished = [manifest for manifest in manifests if manifest.render.ended_at is not None]
    if old is not None:
        for table in fact_tables(connection):
            if table not in ("renders", "stages"):
                kept_rows += copy_rows(connection, old, table)
    for manifest in finished:
        record_rows(connection, manifest)
    if old is not None:
        without_manifest = "render_id NOT IN (SELECT unnest(getvariable('told')))"
        connection.execute(
            "SET VARIABLE told = $ids", {"ids": [manifest.render.render_id for manifest in finished] or [""]}
        )
        kept_renders = copy_rows(connection, old, "renders", without_manifest)
        copy_rows(connection, old, "stages", without_manifest)
        # An older ledger's stages don't say it yet.
        connection.execute("""
            UPDATE stages SET render_started_at = renders.started_at FROM renders
            WHERE renders.render_id = stages.render_id AND stages.render_started_at IS NULL""")
    for manifest in manifests:
        record_rows(connection, manifest)
    judgements.record(connection)
    if old is not None:
        # Goes on from the old number, so that nobody takes the new ledger for a state of the old one that they know.
        copy_rows(connection, old, "fact_changes")
    note_change(connection)
    row = connection.execute("SELECT count(*) FROM renders").fetchone()
    assert row is not None
    return int(row[0]), kept_renders, kept_rows


def _read_all(folders: Iterable[Path]) -> list[tuple[Path, Manifest]]:
    found: list[tuple[Path, Manifest]] = []
    problems: list[Problem] = []
    for folder in folders:
        if not folder.is_dir():
            problems.append(
                Problem("manifests", str(folder), "is no folder", "name the folder that renders were written to")
            )
            continue
        for path in find_manifests(folder):
            try:
                found.append((path, read_manifest(path)))
            except InputRefused as refused:
                problems += refused.problems
    if problems:
        raise InputRefused.all_of(problems)
    return found


def _one_for_each_render(manifests: list[tuple[Path, Manifest]]) -> list[Manifest]:
    """Copies of a manifest count once, a finished one before an unfinished; in order of time, as they were recorded."""
    chosen: dict[str, tuple[Path, Manifest]] = {}
    problems = []
    for path, manifest in manifests:
        render_id = manifest.render.render_id
        earlier_path, earlier = chosen.setdefault(render_id, (path, manifest))
        if earlier.render.ended_at is None and manifest.render.ended_at is not None:
            chosen[render_id] = (path, manifest)
        elif manifest.render.ended_at is not None and normal_form(manifest.render) != normal_form(earlier.render):
            problems.append(
                Problem(
                    str(path),
                    render_id,
                    f"tells another end of this render than {earlier_path}",
                    "remove the wrong one of the two",
                )
            )
    if problems:
        raise InputRefused.all_of(problems)
    return sorted(
        (manifest for _, manifest in chosen.values()),
        key=lambda manifest: (manifest.render.started_at, manifest.render.render_id),
    )
