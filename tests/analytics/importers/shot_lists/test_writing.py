"""A list that is written and read again is the same list, whatever its texts hold."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.importers.shot_lists.cut_events import source_frames
from analytics.importers.shot_lists.plain_cells import as_plain_cell, as_written
from analytics.importers.shot_lists.reading import read_shot_list
from analytics.importers.shot_lists.writing import shot_list_csv
from analytics.vocabulary.frame_rate import FrameRate
from analytics.vocabulary.listed_shot import CutPlace, ListedShot, ShotList
from analytics.vocabulary.shot import Complexity, ShotKind
from analytics.vocabulary.timecode import Timecode
from analytics.vocabulary.workflow import Workflow
from tests.analytics.importers.shot_lists.sample_lists import sample

RATES = [FrameRate.parse(rate) for rate in ("24", "25", "23.976", "29.97")]
texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=30).map(str.strip)
odd_texts = st.sampled_from(
    ["=1+1", "+1", "-2", "@SUM(A1)", "'=quoted", "''-twice", 'a "quote"', "a,b;c\td|e", "line\nbreak"]
)
words = texts | odd_texts
days = st.none() | st.dates(date(2020, 1, 1), date(2030, 12, 31))
codes = st.integers(0, 99_999).map(lambda number: f"ROOF_{number:05d}") | odd_texts.filter(
    lambda text: "\n" not in text
)


@st.composite
def lists(draw: st.DrawFn) -> ShotList:
    fps = draw(st.sampled_from(RATES))
    named = draw(st.lists(codes, min_size=1, max_size=6, unique_by=lambda code: code.strip().casefold()))
    has_sequences = draw(st.booleans())
    return ShotList("list.csv", "csv", "", fps, tuple(draw(shots(code, fps, has_sequences)) for code in named))


@st.composite
def shots(draw: st.DrawFn, code: str, fps: FrameRate, has_sequence: bool) -> ListedShot:
    length, turnover_on = draw(st.integers(1, 5000)), draw(days)
    due_on = draw(days)
    return ListedShot(
        place="",
        code=code,
        cut_frames=length,
        handle_frames=draw(st.integers(0, 30)),
        sequence=draw(st.sampled_from(["010", "street", "=3"])) if has_sequence else None,
        kind=draw(st.none() | st.sampled_from(ShotKind)),
        complexity=draw(st.none() | st.sampled_from(Complexity)),
        description=draw(words),
        width=draw(st.none() | st.integers(1, 9000)),
        height=draw(st.none() | st.integers(1, 9000)),
        camera_move=draw(words) or None,
        vendor=draw(words) or None,
        workflow=draw(st.none() | st.sampled_from(Workflow)),
        turnover_on=turnover_on,
        due_on=None if turnover_on and due_on and due_on < turnover_on else due_on,
        notes=tuple(note for note in draw(st.lists(words, max_size=2)) if note),
        cut_place=draw(st.none() | cut_places(length, fps)),
        attributes={name: text for name in ("Plates", "on set?") if (text := draw(words))},
    )


@st.composite
def cut_places(draw: st.DrawFn, length: int, fps: FrameRate) -> CutPlace:
    speed = draw(st.sampled_from([Fraction(1), Fraction(2), Fraction(1, 2), Fraction(-1), Fraction(0)]))
    drop = fps.allows_drop_frame and draw(st.booleans())
    source, record = (Timecode(draw(st.integers(0, 1_500_000)), fps, drop) for _ in range(2))
    return CutPlace("A001", source, source + source_frames(length, speed), record, record + length, speed)


@settings(max_examples=60, deadline=None)
@given(lists())
def test_written_and_read_again(tmp_path_factory: pytest.TempPathFactory, listed: ShotList) -> None:
    path = tmp_path_factory.mktemp("lists") / "list.csv"
    path.write_bytes(shot_list_csv(listed).encode())
    read = read_shot_list(path)
    assert read.fps == listed.fps
    if all(shot.sequence is None for shot in listed.shots):
        # A list without sequences gets those that its codes hold.
        read_shots = [_without(shot, sequence=None) for shot in read.shots]
    else:
        read_shots = list(read.shots)
    assert [_without(shot, place="") for shot in read_shots] == list(listed.shots)


def _without(shot: ListedShot, **fields: object) -> ListedShot:
    from dataclasses import replace

    return replace(shot, **fields)  # type: ignore[arg-type]


@given(st.text())
def test_a_cell_that_is_marked_is_read_as_it_was(text: str) -> None:
    assert as_written(as_plain_cell(text)) == text
    assert not as_plain_cell(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("name", ["breakdown.csv", "kitsu_export.csv", "injection.csv", "wrong_encoding.csv"])
def test_what_was_not_understood_is_not_understood_again(tmp_path: Path, name: str) -> None:
    read = sample(name)
    path = tmp_path / "again.csv"
    path.write_bytes(shot_list_csv(read).encode())
    again = read_shot_list(path)
    assert [_without(shot, place="") for shot in again.shots] == [_without(shot, place="") for shot in read.shots]
