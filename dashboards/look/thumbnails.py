"""A small picture out of a movie: made when a browser first asks for it, kept beside the other kept answers."""

import hashlib
import io
import os
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from analytics.vocabulary.errors import InputRefused, MissingPart
from dashboards.access.roles import Role
from dashboards.serving.files import offer
from dashboards.serving.settings import settings

if TYPE_CHECKING:
    from PIL.Image import Image

WIDTH_PIXELS = 320
"""Twice as wide as it is shown, for screens with fine pixels."""

WEBP_QUALITY = 72
OPENING = 0.58
"""How far into the movie the picture is taken: where the player opens, too."""

MOST_DECODED = 250
"""Frames after a key frame that are decoded at most to come near the place."""

FILES_KEPT = 4000


def thumbnail_url(movie: Path, slot: str, role: Role = Role.VIEWER) -> str:
    """Address of a small picture of a movie. Nothing is read before somebody fetches it."""
    return offer(
        f"{movie.stem}.webp", "image/webp", lambda: thumbnail(movie), slot=f"thumb {slot}", role=role, shown=True
    )


def thumbnail(movie: Path) -> bytes:
    """A WebP of one frame, from the disk where it was made before and the movie is still the same.

    Raises
    ------
    InputRefused
        If the movie is gone or cannot be read.
    MissingPart
        If nothing is installed that reads movies.
    """
    try:
        stat = movie.stat()
    except OSError as error:
        raise InputRefused(
            "movie", str(movie), "is no longer there", "render the shot again to see it; its figures are kept"
        ) from error
    folder = settings().cache_folder / "thumbnails"
    name = hashlib.sha256(f"{movie}|{stat.st_mtime_ns}|{stat.st_size}".encode()).hexdigest()[:24]
    kept = folder / f"{name}.webp"
    try:
        return kept.read_bytes()
    except OSError:
        pass
    made = io.BytesIO()
    _frame(movie).save(made, "WEBP", quality=WEBP_QUALITY)
    _keep(kept, made.getvalue())
    return made.getvalue()


def _frame(movie: Path) -> "Image":
    try:
        import av
    except ImportError as error:
        raise MissingPart(
            "thumbnails", None, "need the package av, which reads movies", "pip install 'shotledger[picture]'"
        ) from error
    picture = None
    try:
        with av.open(str(movie)) as container:
            stream = container.streams.video[0]
            wanted = int(OPENING * (container.duration or 0))
            container.seek(wanted)  # lands on the key frame before it
            for frame in islice(container.decode(stream), MOST_DECODED):
                picture = frame
                if frame.time is not None and frame.time * av.time_base >= wanted:
                    break
    except (av.FFmpegError, IndexError, OSError) as error:
        raise _unreadable(movie) from error
    if picture is None:
        raise _unreadable(movie)
    small: Image = picture.to_image()  # type: ignore[no-untyped-call]
    small.thumbnail((WIDTH_PIXELS, WIDTH_PIXELS))
    return small


def _unreadable(movie: Path) -> InputRefused:
    return InputRefused("movie", str(movie), "cannot be read as a movie", "render the shot again")


def _keep(file: Path, content: bytes) -> None:
    """A full disk costs the next reader a moment, and this one nothing."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        unfinished = file.with_suffix(f".{os.getpid()}.new")
        unfinished.write_bytes(content)
        unfinished.replace(file)
        kept = sorted(file.parent.glob("*.webp"), key=lambda each: each.stat().st_mtime, reverse=True)
        for old in kept[FILES_KEPT:]:
            old.unlink(missing_ok=True)
    except OSError:
        return
