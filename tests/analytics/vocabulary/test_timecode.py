"""SMPTE timecode, against a count of the numbers themselves."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.frame_rate import FrameRate
from analytics.vocabulary.timecode import Timecode

RATES = st.sampled_from(["23.976", "24", "25", "29.97", "30", "47.952", "50", "59.94", "60"]).map(FrameRate.parse)
DROPPING = st.sampled_from(["29.97", "59.94"]).map(FrameRate.parse)


@cache
def numbers_of_an_hour(nominal: int) -> tuple[str, ...]:
    """Minutes, seconds and frames of an hour in drop-frame: all numbers written down, the dropped ones struck."""
    dropped = nominal // 15
    return tuple(
        f"{minute:02d}:{second:02d};{frame:02d}"
        for minute in range(60)
        for second in range(60)
        for frame in range(nominal)
        if not (second == 0 and frame < dropped and minute % 10)
    )


@given(DROPPING, st.integers(0, 23), st.data())
def test_drop_frame_skips_exactly_the_dropped_numbers(rate: FrameRate, hour: int, data: st.DataObject) -> None:
    numbers = numbers_of_an_hour(rate.nominal)
    place = data.draw(st.integers(0, len(numbers) - 1))
    timecode = Timecode(hour * len(numbers) + place, rate, drop_frame=True)
    assert str(timecode) == f"{hour:02d}:{numbers[place]}"
    assert Timecode.parse(str(timecode), rate) == timecode


@given(DROPPING, st.data())
def test_drop_frame_stays_with_the_clock(rate: FrameRate, data: st.DataObject) -> None:
    frame_number = data.draw(st.integers(0, 24 * len(numbers_of_an_hour(rate.nominal)) - 1))
    text = str(Timecode(frame_number, rate, drop_frame=True))
    hours, minutes, seconds = (int(part) for part in text[:8].split(":"))
    shown = 3600 * hours + 60 * minutes + seconds + int(text[9:]) / rate.nominal
    assert abs(shown - rate.seconds(frame_number)) < 0.147, "a day is 86.4 ms out, and a minute up to 60 ms"


@given(RATES, st.integers(0, 24 * 3600 * 24 - 1))
def test_non_drop_comes_back(rate: FrameRate, frame_number: int) -> None:
    timecode = Timecode(frame_number, rate)
    assert Timecode.parse(str(timecode), rate) == timecode


@given(RATES, st.integers(0, 1_000_000), st.integers(0, 1_000_000))
def test_distances_and_sums_agree(rate: FrameRate, first: int, distance: int) -> None:
    start = Timecode(first, rate)
    assert (start + distance) - start == distance


@pytest.mark.parametrize(
    ("frame_number", "rate", "drop", "text"),
    [
        (0, "24", False, "00:00:00:00"),
        (86400, "24", False, "01:00:00:00"),
        (1799, "29.97", True, "00:00:59;29"),
        (1800, "29.97", True, "00:01:00;02"),
        (17981, "29.97", True, "00:09:59;29"),
        (17982, "29.97", True, "00:10:00;00"),
        (107892, "29.97", True, "01:00:00;00"),
        (3600, "59.94", True, "00:01:00;04"),
        (107892, "29.97", False, "00:59:56:12"),
    ],
)
def test_known_timecodes(frame_number: int, rate: str, drop: bool, text: str) -> None:
    assert str(Timecode(frame_number, FrameRate.parse(rate), drop)) == text


@pytest.mark.parametrize(
    ("text", "rate", "why"),
    [
        ("00:01:00;00", "29.97", "drop-frame skips"),
        ("00:01:00;03", "59.94", "drop-frame skips"),
        ("01:00:00;00", "24", "only at 29.97 and 59.94"),
        ("01:00:00:24", "24", "out of range"),
        ("24:00:00:00", "25", "out of range"),
        ("00:60:00:00", "25", "out of range"),
        ("1:00:00:00", "25", "is not a timecode"),
        ("noon", "25", "is not a timecode"),
    ],
)
def test_what_is_no_timecode_is_refused(text: str, rate: str, why: str) -> None:
    with pytest.raises(InputRefused, match=why):
        Timecode.parse(text, FrameRate.parse(rate))


def test_a_day_has_an_end() -> None:
    rate = FrameRate.parse("29.97")
    last = Timecode(2_589_407, rate, drop_frame=True)
    assert str(last) == "23:59:59;29"
    for beyond in (lambda: last + 1, lambda: Timecode(-1, rate)):
        with pytest.raises(InputRefused, match="outside one day"):
            beyond()


def test_two_rates_have_no_distance() -> None:
    with pytest.raises(ValueError, match="different rates"):
        Timecode(1, FrameRate.parse("24")) - Timecode(1, FrameRate.parse("25"))
