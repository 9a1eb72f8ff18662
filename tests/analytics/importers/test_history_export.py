"""What came in by a bundle goes out as one, and nothing is lost on the way round."""

import csv
from pathlib import Path

import pytest

from analytics.importers.history.contract import TABLES
from analytics.importers.history.exporting import export_history
from analytics.importers.history.importing import import_history
from analytics.ledger.ledger import Ledger
from analytics.vocabulary.errors import InputRefused

EXAMPLE = Path(__file__).resolve().parents[3] / "docs" / "history-bundle-example"


def _content(ledger: Ledger) -> dict[str, list[tuple[object, ...]]]:
    with ledger.reading() as connection:
        return {
            table: connection.execute(
                f"SELECT CAST(kept AS VARCHAR) FROM (SELECT * EXCLUDE (import_batch_id) FROM {table}) kept ORDER BY 1"
            ).fetchall()
            for table in (*(table.name for table in TABLES), "attributes", "hardware")
        }


def test_the_example_goes_round_without_a_loss(tmp_path: Path) -> None:
    first, second = Ledger.open(tmp_path / "a.duckdb"), Ledger.open(tmp_path / "b.duckdb")
    import_history(first, EXAMPLE)
    counts = export_history(first, tmp_path / "out")
    assert counts == {file.stem: len(file.read_text().splitlines()) - 1 for file in EXAMPLE.iterdir()}
    import_history(second, tmp_path / "out")
    assert _content(second) == _content(first)
    export_history(second, tmp_path / "again")
    for file in (tmp_path / "out").iterdir():
        assert (tmp_path / "again" / file.name).read_bytes() == file.read_bytes()
    with (tmp_path / "out" / "productions.csv").open(newline="") as lines:
        assert next(csv.DictReader(lines))["fps"] == "23.976"


def test_texts_that_a_table_could_stumble_over_go_round(tmp_path: Path) -> None:
    bundle = tmp_path / "bundle"
    bundle.mkdir()
    (bundle / "productions.csv").write_text("production_id,name,currency,fps\nP,Show,EUR,48000/1001\n")
    texts = ['a "quoted" word', "comma, comma", "two\nlines", "Äpfel 雪", "'; DROP TABLE shots; --", "NULL", '"']
    with (bundle / "shots.csv").open("w", encoding="utf-8", newline="") as lines:
        rows = csv.writer(lines)
        rows.writerow(["shot_id", "production_id", "code", "cut_frames", "description", "odd, name"])
        rows.writerows([f"S{number}", "P", "c", 10, text, text] for number, text in enumerate(texts))
    first, second = Ledger.open(tmp_path / "a.duckdb"), Ledger.open(tmp_path / "b.duckdb")
    import_history(first, bundle)
    with first.reading() as connection:
        kept = connection.execute("SELECT description FROM shots ORDER BY shot_id").fetchall()
    assert [text for (text,) in kept] == texts
    export_history(first, tmp_path / "out")
    import_history(second, tmp_path / "out")
    assert _content(second) == _content(first)


def test_a_bundle_is_never_written_over(tmp_path: Path) -> None:
    ledger = Ledger.open(tmp_path / "a.duckdb")
    import_history(ledger, EXAMPLE)
    export_history(ledger, tmp_path / "out")
    with pytest.raises(InputRefused, match="there already"):
        export_history(ledger, tmp_path / "out")
    (tmp_path / "file").write_text("")
    with pytest.raises(InputRefused, match="cannot be written"):
        export_history(ledger, tmp_path / "file" / "out")
