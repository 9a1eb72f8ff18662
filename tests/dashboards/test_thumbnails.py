"""A small picture of a movie: made once, made again when the movie changed, refused in words where there is none."""

from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from analytics.vocabulary.errors import InputRefused
from dashboards.look import thumbnails
from dashboards.serving.settings import Settings


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    kept = Settings(tmp_path / "shots.duckdb", None, tmp_path / "cache")
    monkeypatch.setattr(thumbnails, "settings", lambda: kept)
    return kept.cache_folder


def movie(path: Path, brightness: list[int], width: int = 640, height: int = 360) -> Path:
    """A frame of each brightness."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=24)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for value in brightness:
            frame = av.VideoFrame.from_ndarray(np.full((height, width, 3), value, np.uint8), format="rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def test_it_is_small_and_taken_from_where_the_player_opens(tmp_path: Path, cache: Path) -> None:
    made = thumbnails.thumbnail(movie(tmp_path / "a.mp4", [0] * 24 + [240] * 24))
    (cache / "look.webp").write_bytes(made)
    with Image.open(cache / "look.webp") as picture:
        assert picture.format == "WEBP"
        assert picture.size == (thumbnails.WIDTH_PIXELS, 180)
        assert np.asarray(picture.convert("L")).mean() > 200


def test_it_is_read_from_the_disk_until_the_movie_changes(tmp_path: Path, cache: Path) -> None:
    path = movie(tmp_path / "a.mp4", [30] * 12)
    first = thumbnails.thumbnail(path)
    (kept,) = (cache / "thumbnails").glob("*.webp")
    kept.write_bytes(b"kept")
    assert thumbnails.thumbnail(path) == b"kept"
    movie(path, [200] * 20)
    assert thumbnails.thumbnail(path) not in (b"kept", first)


@pytest.mark.parametrize("content", [None, b"", b"no movie at all"])
def test_what_is_no_movie_is_refused_in_words(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "a.mp4"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputRefused, match="movie"):
        thumbnails.thumbnail(path)
