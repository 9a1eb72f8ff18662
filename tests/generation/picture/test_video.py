"""A movie comes back with its frames, its rate and its colours."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from analytics.vocabulary.errors import InputRefused
from generation.picture.video import decode_video, encode_video


def _frames(count: int = 7, height: int = 48, width: int = 64) -> list[np.ndarray]:
    colours = np.array([(200, 60, 40), (40, 180, 70), (50, 70, 190), (128, 128, 128), (235, 235, 235)], np.uint8)
    frames = []
    for k in range(count):
        frame = np.zeros((height, width, 3), np.uint8)
        for band, colour in enumerate(np.roll(colours, k, axis=0)):
            frame[:, band * width // 5 : (band + 1) * width // 5] = colour
        frames.append(frame)
    return frames


@pytest.mark.parametrize("rate", [Fraction(24), Fraction(24000, 1001), Fraction(25)])
def test_round_trip_keeps_count_rate_and_colours(tmp_path: Path, rate: Fraction) -> None:
    frames = _frames()
    assert encode_video(frames, tmp_path / "a.mp4", rate, crf=8) == len(frames)
    back, found = decode_video(tmp_path / "a.mp4")
    assert found == rate
    assert len(back) == len(frames)
    for sent, received in zip(frames, back, strict=True):
        assert received.shape == sent.shape
        for band in range(5):  # away from the edges, where chroma is halved
            columns = slice(band * 64 // 5 + 4, (band + 1) * 64 // 5 - 4)
            difference = sent[8:-8, columns].astype(int).mean((0, 1)) - received[8:-8, columns].mean((0, 1))
            assert np.abs(difference).max() < 5


def test_the_stream_says_what_it_is(tmp_path: Path) -> None:
    import av

    encode_video(_frames(), tmp_path / "a.mp4", Fraction(24))
    with av.open(str(tmp_path / "a.mp4")) as container:
        codec = container.streams.video[0].codec_context
        assert (codec.name, codec.pix_fmt) == ("h264", "yuv420p")
        assert (codec.color_primaries, codec.color_trc, codec.colorspace, codec.color_range) == (1, 1, 1, 1)


def test_the_same_frames_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.mp4", "b.mp4"):
        encode_video(iter(_frames()), tmp_path / name, Fraction(24))
    assert (tmp_path / "a.mp4").read_bytes() == (tmp_path / "b.mp4").read_bytes()


def test_nothing_odd_sizes_and_changing_sizes_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="no frames"):
        encode_video([], tmp_path / "a.mp4", Fraction(24))
    with pytest.raises(InputRefused, match="even"):
        encode_video(_frames(height=47), tmp_path / "a.mp4", Fraction(24))
    with pytest.raises(InputRefused, match="one size"):
        encode_video([*_frames(2), *_frames(1, height=32)], tmp_path / "a.mp4", Fraction(24))
    (tmp_path / "words.mp4").write_text("no movie")
    with pytest.raises(InputRefused, match=r"words\.mp4"):
        decode_video(tmp_path / "words.mp4")
