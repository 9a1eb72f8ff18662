"""What the page Import says of problems, changes and imports, apart from any browser."""

from datetime import UTC, datetime

from analytics.ledger.staging.batches import ImportBatch, ImportsInWords
from analytics.ledger.staging.importing import Imported
from analytics.ledger.staging.previewing import (
    AmountChange,
    CellChange,
    ColumnChange,
    ImportPreview,
    TablePreview,
)
from analytics.ledger.staging.writing import Written
from analytics.vocabulary.errors import Problem
from dashboards.app_pages.import_history.sections import (
    PROBLEMS_SHOWN,
    batch_table,
    changed_table,
    done_words,
    preview_table,
    problem_rows,
    problem_table,
)

SHOTS = TablePreview(
    Written("shots", 1, 2, 3, 0),
    ("<b>S9</b>",),
    (),
    (ColumnChange("status", 2, (CellChange("S1", None, "a <script>"), CellChange("S2", "open", "final"))),),
    (AmountChange("cut_frames", "frames", 100.0, 148.0),),
)
SAME = TablePreview(Written("work_entries", 0, 0, 1, 0), (), (), (), ())


def batch(**more: object) -> ImportBatch:
    told = {
        "import_batch_id": "history-bundle-1-abc",
        "importer": "history bundle 1",
        "source": "/srv/exports/week_47",
        "origin": None,
        "imported_at": datetime(2026, 11, 23, 14, 5, tzinfo=UTC),
        "imported_by": "Ana <a@b>",
        "undone_at": None,
        "undone_by": None,
        "row_count": 6,
        "is_counted": True,
        "tables": (SHOTS.counts,),
    }
    return ImportBatch(**{**told, **more})  # type: ignore[arg-type]


def test_the_place_of_a_problem_is_taken_apart() -> None:
    rows = problem_rows([
        Problem("/cache/uploads/ab12/shots.csv, line 3, kind", "boom", "is none of these", "write one"),
        Problem("/cache/uploads/ab12/shots.parquet, row 7", None, "does not fit", "mend it"),
        Problem("/cache/uploads/ab12/reviews.csv", None, "is empty", "fill it"),
        Problem("history.zip", None, "cannot be read", "pack it again"),
    ])  # fmt: skip
    assert [(row["file"], row["line"], row["column"]) for row in rows] == [
        ("shots.csv", "line 3", "kind"),
        ("shots.parquet", "row 7", ""),
        ("reviews.csv", "", ""),
        ("history.zip", "", ""),
    ]
    assert "/cache" not in problem_table(rows, 1)


def test_only_so_many_problems_are_drawn_and_all_are_counted() -> None:
    rows = problem_rows([Problem(f"shots.csv, line {line}, kind", "x", "is wrong", "mend it") for line in range(300)])
    drawn = problem_table(rows, 2)
    assert drawn.count("<tr>") == PROBLEMS_SHOWN + 1
    assert "300 problems keep these files out" in drawn


def test_changes_are_told_and_nothing_of_a_file_becomes_markup() -> None:
    preview = ImportPreview((SHOTS, SAME), 7, None)
    drawn = preview_table(preview) + changed_table(preview)
    assert "<script>" not in drawn
    assert "<b>S9" not in drawn
    assert "frames on screen 100 → 148 <b>+48</b>" in drawn
    assert "Just as the ledger says: 1 work entry." in drawn
    assert "<i>empty</i> → <code>a &lt;script&gt;</code>" in drawn


def test_imports_say_what_holds() -> None:
    undone = batch(import_batch_id="b", undone_at=datetime(2026, 11, 23, 15, 0, tzinfo=UTC), undone_by="Bea")
    drawn = batch_table([batch(), undone])
    assert "Ana &lt;a@b&gt;" in drawn
    assert drawn.count("Take back…") == 1
    assert "week_47" in drawn
    assert "/srv" not in drawn
    assert str(ImportsInWords.of([undone])) == "Nothing was imported into this ledger yet."
    assert str(ImportsInWords.of([batch(), undone])) == "6 rows of history came in by one import, on 23 November 2026."
    assert "12 rows of history came in by 2 imports" in str(ImportsInWords.of([batch(), batch()]))


def test_what_was_done_is_told() -> None:
    assert "1 shot" in done_words(Imported("a", (SHOTS.counts, SAME.counts)))
    assert "had come in before" in done_words(Imported("a", ()))
