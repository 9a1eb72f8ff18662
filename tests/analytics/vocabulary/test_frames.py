"""Frame ranges, frame sizes and frame rates as the trade writes them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.frame_rate import NTSC, FrameRate
from analytics.vocabulary.frames import FrameRange, FrameSize

RANGES = st.tuples(st.integers(0, 10**6), st.integers(0, 500)).map(lambda pair: FrameRange(pair[0], pair[0] + pair[1]))


@given(RANGES)
def test_a_range_comes_back_and_counts_itself(frames: FrameRange) -> None:
    assert FrameRange.parse(str(frames)) == frames
    assert len(list(frames)) == frames.count
    assert (min(frames), max(frames)) == (frames.first, frames.last)


@given(RANGES, RANGES)
def test_holding_is_having_every_frame(one: FrameRange, other: FrameRange) -> None:
    assert one.holds(other) == set(other).issubset(one)
    assert one.holds(one)


def test_ranges_as_people_write_them() -> None:
    assert FrameRange.parse(" 1001 - 1048 ") == FrameRange(1001, 1048)
    assert FrameRange.parse("1024") == FrameRange(1024, 1024)


@pytest.mark.parametrize("text", ["", "1048-1001", "-5", "1001-", "1001-1048x2", "a-b", "1001,1048", "999999999"])
def test_what_is_no_range_is_refused(text: str) -> None:
    with pytest.raises(InputRefused, match="is not a frame range"):
        FrameRange.parse(text)


@pytest.mark.parametrize("ends", [(-1, 5), (5, 4)])
def test_impossible_ranges_are_refused(ends: tuple[int, int]) -> None:
    with pytest.raises(InputRefused, match="must not start below 0"):
        FrameRange(*ends)


@given(st.integers(16, 4096), st.integers(16, 4096))
def test_a_size_comes_back(half_width: int, half_height: int) -> None:
    size = FrameSize(2 * half_width, 2 * half_height)
    assert FrameSize.parse(str(size)) == size
    assert size.pixel_count == 4 * half_width * half_height


@pytest.mark.parametrize("text", ["257x144", "256x143", "30x30", "8194x100", "0x0"])
def test_impossible_sizes_are_refused(text: str) -> None:
    with pytest.raises(InputRefused, match="must be even and from 32 to 8192"):
        FrameSize.parse(text)


@pytest.mark.parametrize("text", ["", "256", "256x", "256*144", "wide"])
def test_what_is_no_size_is_refused(text: str) -> None:
    with pytest.raises(InputRefused, match="is not a frame size"):
        FrameSize.parse(text)


@given(st.integers(1, 240), st.integers(1, 1001))
def test_a_rate_comes_back_exactly(numerator: int, denominator: int) -> None:
    exact = (
        Fraction(numerator, 1) if numerator * 2 < denominator else Fraction(240 * denominator, denominator + numerator)
    )
    if exact >= 1:
        assert FrameRate.parse(str(FrameRate(exact))).exact == exact


@pytest.mark.parametrize("written", NTSC)
def test_ntsc_rates_are_a_thousandth_slow(written: str) -> None:
    rate = FrameRate.parse(written)
    assert rate.is_ntsc
    assert rate.exact * 1001 == rate.nominal * 1000
    assert rate.seconds(rate.nominal * 1000) == 1001.0
    assert rate.allows_drop_frame == (written in ("29.97", "59.94"))


def test_whole_rates_are_not_ntsc() -> None:
    assert not any(FrameRate.parse(text).is_ntsc for text in (24, 25, "30", 60))
    assert float(FrameRate.parse("24000/1001")) == pytest.approx(23.976, abs=1e-4)


@pytest.mark.parametrize("text", ["fast", "", "0", "241", "-24", "24/0", "nan", "inf"])
def test_what_is_no_rate_is_refused(text: str) -> None:
    with pytest.raises(InputRefused, match="fps"):
        FrameRate.parse(text)
