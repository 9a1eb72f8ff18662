"""Broken lists: each is refused with every place, value and mend, or read with a word of what was made of it."""

from pathlib import Path

import pytest

from analytics.importers.shot_lists.findings import PROBLEMS_TOLD
from analytics.importers.shot_lists.reading import read_shot_list
from analytics.importers.shot_lists.sheet import MOST_SHOTS
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.frame_rate import FrameRate
from tests.analytics.importers.shot_lists.sample_lists import SAMPLES, refusal, remarks, sample, written

EVERY_PROBLEM = {
    "undecodable.csv": ["undecodable.csv, line 3 = '81'"],
    "missing_rate.csv": ["line 2, duration (s) = '2': cannot be told in frames without a frame rate"],
    "duplicated_codes.csv": ["line 4, code = 'roof_010_010': stands at duplicated_codes.csv, line 2", "line 5, code"],
    "negative_durations.csv": ["line 2, cut_frames = '-48'", "line 3, cut_out = '1001'", "line 4, cut_frames = '0'"],
    "ambiguous_dates.csv": ["line 2, turnover = '03/04/2026'", "line 3, due", "line 4, turnover = 'soon'"],
    "ambiguous_grades.csv": ["complexity = 'C': may be grades of several scales"],
    "error_cells.csv": ["line 2, cut_frames = '#REF!'", "line 4, code = '#N/A'"],
    "no_header.csv": ["has no header row with a column for the shot"],
    "unquoted_commas.csv": ["line 2 = ' dust'"],
    "contradicting_lengths.csv": [
        "line 3, fps = '25'", "line 3, cut_out = '60 frames'", "line 4, cut_frames: says no length",
    ],
}  # fmt: skip
EVERY_PROBLEM_AT_24 = {
    "overlapping_timecode.edl": ["line 4 = '01:00:01:12': lies 12 frames over the event at line 2"],
    "source_record_mismatch.edl": [
        "line 2 = '48 and 60 frames'", "line 4 = '11:00:02:00 to", "line 6 = '12:00:00:25'", "line 7 = 'D'",
        "line 8 = '005",
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", EVERY_PROBLEM)
def test_every_problem_of_a_table_is_told_at_once(name: str) -> None:
    _told(refusal(name), EVERY_PROBLEM[name])


@pytest.mark.parametrize("name", EVERY_PROBLEM_AT_24)
def test_every_problem_of_a_cut_is_told_at_once(name: str) -> None:
    _told(refusal(name, "24"), EVERY_PROBLEM_AT_24[name])


def _told(problems: list[str], expected: list[str]) -> None:
    assert len(problems) == len(expected), problems
    for problem, words in zip(problems, expected, strict=True):
        assert words in problem


def test_an_edl_without_a_rate_asks_for_it() -> None:
    (problem,) = refusal("cut_v1.edl")
    assert problem.endswith("EDLs say no frame rate. Give it, as --fps 24.")


@pytest.mark.parametrize(
    ("name", "fps"), [("kitsu_export.csv", "24"), ("drop_frame_2997.edl", "24"), ("drop_frame_2997.edl", "30")]
)
def test_a_list_that_runs_at_another_rate_is_refused(name: str, fps: str) -> None:
    assert "--fps" in refusal(name, fps)[0]


def test_a_wrong_encoding_is_read_and_told() -> None:
    read = sample("wrong_encoding.csv")
    assert read.shots[0].description == "Café roof"
    assert "line 2" in remarks(read)
    assert "Windows-1252" in remarks(read)


def test_merged_cells_that_were_exported_belong_to_the_sequence_above() -> None:
    read = sample("merged_cells.csv")
    assert [shot.sequence for shot in read.shots] == ["Roof", "Roof", "Roof", "Street", "Street"]
    assert "is empty for 3 shots" in remarks(read)


def test_text_that_starts_like_a_formula_stays_text_and_is_told() -> None:
    read = sample("injection.csv")
    assert [shot.code for shot in read.shots] == [
        '=HYPERLINK("http://example.invalid","ROOF_010")', "+1", "-2", "\t=cmd",
    ]  # fmt: skip
    assert "starts like a formula" in remarks(read)


def test_control_characters_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="control characters"):
        written(tmp_path / "a.csv", "code,cut_frames\nA_\x1b[31m010,48\n")


def test_control_characters_of_a_cut_are_refused(tmp_path: Path) -> None:
    cut = (SAMPLES / "cut_v1.edl").read_text().replace("dust in", "dust \x1b[31min")
    with pytest.raises(InputRefused, match="line 4: holds control characters"):
        written(tmp_path / "a.edl", cut, fps="24")


def test_a_list_longer_than_any_production_is_refused_before_it_is_read_whole(tmp_path: Path) -> None:
    rows = "".join(f"A_{number:06d},48\n" for number in range(100_000))
    with pytest.raises(InputRefused, match=rf"{MOST_SHOTS:,} shots that a list may have"):
        written(tmp_path / "long.csv", "code,cut_frames\n" + rows)


def test_of_very_many_problems_the_first_are_told_and_the_rest_are_counted(tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as refused:
        written(tmp_path / "long.csv", "code,cut_frames\n" + "".join(f"A_{number:06d},0\n" for number in range(1000)))
    assert len(refused.value.problems) == PROBLEMS_TOLD + 1
    assert str(refused.value.problems[-1]) == "long.csv: has 800 more problems. Mend these first and try again."


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.csv", b"", "is empty"),
        ("blank.csv", b"\n \n", "is empty"),
        ("header.csv", b"code,cut_frames\n", "lists no shot"),
        ("quote.csv", b'code,cut_frames\n"A_010,48\n', "lists no shot|names no shot|says no length"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old format"),
        ("locked.xlsx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("cut.aaf", b"whatever", "Export an EDL"),
        ("list.pdf", b"%PDF-1.7", "spreadsheet it was made from"),
        ("half.xlsx", b"PK\x03\x04 and nothing more", "damaged"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), "no text|no header"),
        ("cut.otio", b"{}", "no timeline"),
        ("cut.otio", b'{"OTIO_SCHEMA": "Timeline.99"}', "no timeline"),
        ("cut.otio", b'{"OTIO_SCHEMA":' + b"[" * 100_000, "nested deeper"),
    ],
)
def test_files_that_are_no_lists(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    with pytest.raises(InputRefused, match=words):
        written(tmp_path / name, content)


def test_files_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="no such file"):
        read_shot_list(tmp_path / "nothing.csv")
    with pytest.raises(InputRefused, match="is a folder"):
        read_shot_list(tmp_path)


@pytest.mark.parametrize("path", sorted(SAMPLES.iterdir()), ids=lambda path: path.name)
@pytest.mark.parametrize("cut_at", [0.3, 0.6, 0.9])
def test_half_a_file_is_refused_or_read_but_never_breaks(tmp_path: Path, path: Path, cut_at: float) -> None:
    content = path.read_bytes()
    try:
        read = written(tmp_path / path.name, content[: int(len(content) * cut_at)], fps="29.97")
    except InputRefused:
        return
    assert read.fps == FrameRate.parse("29.97")
    assert all(shot.cut_frames > 0 for shot in read.shots)
