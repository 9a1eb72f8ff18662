"""Two renders as pictures named A and B that give no hint of which is which."""

import os
import struct
import zlib
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import numpy as np
import numpy.typing as npt

from analytics.vocabulary.errors import InputRefused
from generation.picture.frame_sheet import write_frame_sheet
from generation.picture.png import read_png
from generation.picture.video import encode_video

LONG_SIDE_PIXELS = 960
"""Small renders are shown enlarged: nobody judges a movie of 256 pixels on a large screen."""


def write_blind_pictures(sides: Mapping[str, list[Path]], folder: Path, frames_per_second: Fraction) -> list[Path]:
    """Write a movie and a sheet of stills for each letter, by the same settings throughout.

    Names, encoder settings, metadata, dates and even the number of bytes are equal: a smoother picture would otherwise
    be told by its smaller file.

    Parameters
    ----------
    sides
        Frames by letter, equally many and of one size.
    folder
        Made if it is not there.

    Returns
    -------
    list of Path
        Movies and sheets, A before B.

    Raises
    ------
    InputRefused
        If the frames cannot be read or the folder cannot be written.
    """
    movies, sheets = [], []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for letter, files in sides.items():
            frames = [_enlarged(read_png(file)) for file in files]
            movies.append(folder / f"{letter}.mp4")
            sheets.append(folder / f"{letter}.png")
            encode_video(frames, movies[-1], frames_per_second, crf=12)
            write_frame_sheet(sheets[-1], dict(enumerate(frames, start=1)))
        _pad_movies(movies)
        _pad_sheets(sheets)
        for path in (*movies, *sheets):
            os.utime(path, (0, 0))
    except OSError as error:
        raise InputRefused(
            "--out",
            str(folder),
            f"the pictures cannot be written ({error.strerror or error})",
            "name a folder you may write to",
        ) from None
    return [*movies, *sheets]


def _enlarged(frame: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    from PIL import Image

    height, width = frame.shape[:2]
    times = max(1, LONG_SIDE_PIXELS // max(height, width))
    size = (2 * (width * times // 2), 2 * (height * times // 2))
    return np.asarray(Image.fromarray(frame).resize(size, Image.Resampling.BICUBIC), np.uint8)


def _pad_movies(files: list[Path]) -> None:
    """Fill up with a `free` box, which players skip (ISO 14496-12, 8.1.2)."""
    longest = max(file.stat().st_size for file in files) + 8
    for file in files:
        room = longest - file.stat().st_size
        with file.open("ab") as movie:
            movie.write(struct.pack(">I4s", room, b"free") + bytes(room - 8))


def _pad_sheets(files: list[Path]) -> None:
    """Fill up with a private ancillary chunk before the last one, which readers skip (PNG, 5.4)."""
    contents = [file.read_bytes() for file in files]
    longest = max(map(len, contents)) + 12
    for file, content in zip(files, contents, strict=True):
        padding = b"paDd" + bytes(longest - len(content) - 12)
        chunk = struct.pack(">I", len(padding) - 4) + padding + struct.pack(">I", zlib.crc32(padding))
        file.write_bytes(content[:-12] + chunk + content[-12:])
