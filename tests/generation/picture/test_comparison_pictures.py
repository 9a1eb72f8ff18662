"""The contact sheet and the side-by-side movie show the right frames in the right places."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.workflow import Workflow
from generation.picture.contact_sheet import write_contact_sheet
from generation.picture.lettering import clock_words
from generation.picture.png import read_png
from generation.picture.side_by_side import write_side_by_side
from generation.picture.video import decode_video

RED, GREEN, BLUE = (170, 40, 40), (40, 150, 60), (40, 60, 150)


def _plain(colour: tuple[int, int, int], count: int) -> list[np.ndarray]:
    return [np.full((36, 64, 3), colour, np.uint8) for _ in range(count)]


def _rows_showing(sheet: np.ndarray, colour: tuple[int, int, int]) -> np.ndarray:
    return np.nonzero((sheet == np.array(colour, np.uint8)).all(-1).sum(1) > 60)[0]


def test_traditional_stands_above_ai_whatever_the_order_given(tmp_path: Path) -> None:
    rows = {Workflow.AI: _plain(GREEN, 12), Workflow.TRADITIONAL: _plain(RED, 12)}
    write_contact_sheet(tmp_path / "s.png", rows, range(1001, 1013), "shot", {Workflow.AI: "9.2 s"}, columns=4)
    sheet = read_png(tmp_path / "s.png")
    red, green = _rows_showing(sheet, RED), _rows_showing(sheet, GREEN)
    assert len(red) == len(green) == 144
    assert red.max() < green.min()
    across = (sheet[red[0]] == np.array(RED, np.uint8)).all(-1).sum()
    assert across == 4 * 256


def test_the_plate_stands_above_both(tmp_path: Path) -> None:
    rows = {Workflow.AI: _plain(GREEN, 6), Workflow.TRADITIONAL: _plain(RED, 6)}
    write_contact_sheet(tmp_path / "s.png", rows, range(1001, 1007), "shot", plate=_plain(BLUE, 6))
    sheet = read_png(tmp_path / "s.png")
    blue, red, green = (_rows_showing(sheet, colour) for colour in (BLUE, RED, GREEN))
    assert len(blue) == len(red) == len(green) == 144
    assert blue.max() < red.min() < red.max() < green.min()
    with pytest.raises(InputRefused, match="Plate row"):
        write_contact_sheet(tmp_path / "s.png", rows, range(1001, 1007), "shot", plate=_plain(BLUE, 5))


def test_a_short_shot_gets_a_narrow_sheet(tmp_path: Path) -> None:
    write_contact_sheet(tmp_path / "s.png", {Workflow.AI: _plain(GREEN, 2)}, [1001, 1002], "shot", cell_width=64)
    sheet = read_png(tmp_path / "s.png")
    assert (sheet == np.array(GREEN, np.uint8)).all(-1).sum() == 2 * 64 * 36


def test_a_sheet_without_frames_or_with_too_few_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused):
        write_contact_sheet(tmp_path / "s.png", {}, [], "shot")
    with pytest.raises(InputRefused, match="frame numbers"):
        write_contact_sheet(tmp_path / "s.png", {Workflow.AI: _plain(GREEN, 2)}, [1, 2, 3], "shot")


def test_the_movie_has_traditional_left_and_a_bar_as_long_as_its_clock(tmp_path: Path) -> None:
    frames = {Workflow.TRADITIONAL: _plain(RED, 4), Workflow.AI: _plain(GREEN, 4)}
    seconds = {Workflow.TRADITIONAL: 100.0, Workflow.AI: 25.0}
    written = write_side_by_side(tmp_path / "m.mp4", frames, seconds, 1001, Fraction(24), crf=6)
    movie, rate = decode_video(tmp_path / "m.mp4")
    assert (written, len(movie), rate) == (4, 4, 24)
    last = movie[-1].astype(int)
    panel = (last.shape[1] - 4) // 2
    assert np.abs(last[100, 100] - RED).max() < 8
    assert np.abs(last[100, panel + 104] - GREEN).max() < 8
    bar = last[round(36 * panel / 64) + 1]
    filled = [(side.max(-1) > 110).sum() / panel for side in (bar[:panel], bar[panel + 4 :])]
    assert filled == pytest.approx([1.0, 0.25], abs=0.02)


def test_unequal_workflows_are_refused(tmp_path: Path) -> None:
    seconds = {Workflow.TRADITIONAL: 1.0, Workflow.AI: 1.0}
    with pytest.raises(InputRefused, match="both ways"):
        write_side_by_side(tmp_path / "m.mp4", {Workflow.AI: _plain(RED, 2)}, seconds, 1, Fraction(24))
    frames = {Workflow.TRADITIONAL: _plain(RED, 3), Workflow.AI: _plain(GREEN, 2)}
    with pytest.raises(InputRefused, match="same frames"):
        write_side_by_side(tmp_path / "m.mp4", frames, seconds, 1, Fraction(24))


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.04, "0.0 s"),
        (8.44, "8.4 s"),
        (99.96, "1 min 40 s"),
        (725.2, "12 min 05 s"),
        (3599.7, "1 h 00 min"),
        (10_930.0, "3 h 02 min"),
    ],
)
def test_clock_in_words(seconds: float, words: str) -> None:
    assert clock_words(seconds) == words
