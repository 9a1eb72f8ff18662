"""Uploads become a folder of tables, and nothing lands outside it."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from analytics.importers.history.importing import bundle_files
from analytics.importers.history.unpacking import lay_out_upload
from analytics.vocabulary.errors import InputRefused


def packed(**files: str) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/"), text)
    return content.getvalue()


def test_a_zip_with_a_folder_in_it_is_a_bundle(tmp_path: Path) -> None:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("studio/2026/productions.csv", "a\n")
        archive.writestr("studio/2026/shots.csv", "b\n")
        archive.writestr("__MACOSX/studio/._shots.csv", "x")
        archive.writestr("studio/readme.txt", "x")
        archive.writestr("../../../reviews.csv", "c\n")
    into = tmp_path / "into"
    into.mkdir()
    names = lay_out_upload([("history.zip", content.getvalue())], into)
    assert sorted(names) == ["productions.csv", "reviews.csv", "shots.csv"]
    assert sorted(path.name for path in tmp_path.rglob("*.csv")) == sorted(names)
    assert bundle_files(into).keys() == {"productions", "shots", "reviews"}


def test_single_files_and_a_zip_go_together_unless_they_are_the_same_table(tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as refused:
        lay_out_upload([("shots.csv", b"a\n"), ("more.zip", packed(**{"x__shots.csv": "b\n", "y.csv": ""}))], tmp_path)
    assert [str(problem) for problem in refused.value.problems] == [
        "more.zip: x/shots.csv: is there twice, as shots.csv too. Take one of the two out."
    ]


def test_uploads_that_cannot_be_used_are_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="cannot be read as a zip"):
        lay_out_upload([("broken.zip", b"no zip at all")], tmp_path)
    with pytest.raises(InputRefused, match="holds no CSV or Parquet file"):
        lay_out_upload([("notes.zip", packed(**{"notes.txt": "x"}))], tmp_path)
    with pytest.raises(InputRefused, match="holds more than"):
        lay_out_upload([("bomb.zip", packed(**{"shots.csv": "0" * 3_000_000}))], tmp_path, most_bytes=2_000_000)
