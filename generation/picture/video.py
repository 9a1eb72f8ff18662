"""Frames encoded to H.264 in MP4 and decoded back."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
import numpy.typing as npt

from analytics.vocabulary.errors import InputRefused

Frame = npt.NDArray[np.uint8]

_BT709 = 1  # ITU-T H.273 code point, the same number for primaries, transfer and matrix
_LIMITED_RANGE = 1


def encode_video(frames: Iterable[Frame], path: Path, frames_per_second: Fraction, crf: int = 16) -> int:
    """Encode frames to MP4: H.264, yuv420p, tagged Rec.709, playable in any browser.

    The same frames give the same bytes: one encoder thread and no dates in the header.

    Parameters
    ----------
    frames : iterable of uint8 arrays (height, width, 3)
        Display-referred RGB, all of one even size.
    path : Path
        The MP4 to write; the folder must exist.
    frames_per_second : Fraction
        Exact rate, such as ``Fraction(24)`` or ``Fraction(24000, 1001)``.
    crf : int
        x264 constant rate factor, 0 (lossless) to 51.

    Returns
    -------
    int
        Number of frames written.

    Raises
    ------
    InputRefused
        No frames, odd sizes, or a size that changes on the way.
    """
    import av

    written = 0
    waiting = iter(frames)
    first = next(waiting, None)
    if first is None:
        raise InputRefused(str(path), 0, "there are no frames to encode", "render at least one frame")
    height, width = first.shape[:2]
    _refuse_odd_size(path, height, width)
    with av.open(str(path), "w", options={"movflags": "+faststart", "fflags": "+bitexact"}) as container:
        stream = container.add_stream("libx264", rate=frames_per_second)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.options = {"crf": str(crf), "preset": "medium", "threads": "1"}
        codec = stream.codec_context
        codec.color_primaries = codec.color_trc = codec.colorspace = _BT709
        codec.color_range = _LIMITED_RANGE
        for frame in _with_first(first, waiting):
            if frame.shape != first.shape:
                raise InputRefused(
                    f"{path}, frame {written + 1}", frame.shape, "frames must share one size",
                    f"give every frame as {first.shape}",
                )  # fmt: skip
            picture = av.VideoFrame.from_ndarray(np.ascontiguousarray(frame), format="rgb24")
            picture = picture.reformat(format="yuv420p", dst_colorspace=_BT709, dst_color_range=_LIMITED_RANGE)
            picture.pts = written
            picture.time_base = 1 / frames_per_second
            container.mux(stream.encode(picture))
            written += 1
        container.mux(stream.encode(None))
    return written


def decode_video(path: Path) -> tuple[list[Frame], Fraction]:
    """Decode an MP4 to RGB frames and its exact frame rate.

    Raises
    ------
    InputRefused
        When the file cannot be opened as a video.
    """
    import av

    try:
        with av.open(str(path)) as container:
            stream = container.streams.video[0]
            rate = stream.average_rate or Fraction(0)
            frames = [
                picture.reformat(format="rgb24", src_colorspace=_BT709, src_color_range=_LIMITED_RANGE).to_ndarray()
                for picture in container.decode(stream)
            ]
    except (av.FFmpegError, IndexError) as failure:
        raise InputRefused(str(path), path.name, f"it is no readable video ({failure})", "encode it again") from failure
    return [np.asarray(frame, np.uint8) for frame in frames], Fraction(rate)


def _with_first(first: Frame, rest: Iterator[Frame]) -> Iterator[Frame]:
    yield first
    yield from rest


def _refuse_odd_size(path: Path, height: int, width: int) -> None:
    if height % 2 or width % 2:
        raise InputRefused(
            str(path),
            f"{width}x{height}",
            "4:2:0 video needs an even width and height",
            f"render at {width - width % 2}x{height - height % 2}",
        )
