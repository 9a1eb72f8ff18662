"""EXR and PNG files come back as they were written, and what is no picture is refused."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.vocabulary.errors import InputRefused
from generation.picture.exr import read_exr, rgb_of, write_exr
from generation.picture.png import read_png, write_png


def test_full_float_channels_come_back_bit_for_bit(tmp_path: Path) -> None:
    random = np.random.default_rng(1)
    channels = {f"ViewLayer.Combined.{name}": random.normal(size=(9, 16)).astype(np.float32) for name in "RGB"}
    channels["ViewLayer.Depth.Z"] = np.full((9, 16), 1e10, np.float32)
    write_exr(tmp_path / "a.exr", channels, full=channels)
    back = read_exr(tmp_path / "a.exr")
    assert back.keys() == channels.keys()
    for name, pixels in channels.items():
        assert back[name].dtype == np.float32
        np.testing.assert_array_equal(back[name], pixels)


def test_half_channels_keep_three_digits_and_the_top_row_on_top(tmp_path: Path) -> None:
    ramp = np.linspace(0, 4, 8 * 12, dtype=np.float32).reshape(8, 12)
    write_exr(tmp_path / "a.exr", {name: ramp * scale for name, scale in zip("RGB", (1, 2, 3), strict=True)})
    rgb = rgb_of(read_exr(tmp_path / "a.exr"), layer="")
    assert rgb.shape == (8, 12, 3)
    np.testing.assert_allclose(rgb[..., 1], ramp * 2, rtol=1e-3)
    assert rgb[0].max() < rgb[-1].min()


def test_channels_of_unequal_shape_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="share one"):
        write_exr(tmp_path / "a.exr", {"R": np.zeros((4, 4)), "G": np.zeros((4, 5))})
    assert not (tmp_path / "a.exr").exists()


@pytest.mark.parametrize("content", [None, b"", b"not an exr at all"])
def test_a_missing_or_broken_picture_is_refused_by_name(tmp_path: Path, content: bytes | None) -> None:
    for name, read in (("frame.exr", read_exr), ("frame.png", read_png)):
        if content is not None:
            (tmp_path / name).write_bytes(content)
        with pytest.raises(InputRefused, match=name):
            read(tmp_path / name)


@settings(max_examples=20, deadline=None)
@given(height=st.integers(1, 20), width=st.integers(1, 20), seed=st.integers(0, 2**16), grey=st.booleans())
def test_png_is_lossless(
    tmp_path_factory: pytest.TempPathFactory, height: int, width: int, seed: int, grey: bool
) -> None:
    shape = (height, width) if grey else (height, width, 3)
    frame = np.random.default_rng(seed).integers(0, 256, shape, dtype=np.uint8)
    path = tmp_path_factory.mktemp("png") / "frame.png"
    write_png(path, frame)
    np.testing.assert_array_equal(read_png(path), frame)


def test_a_linear_frame_is_no_png(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="uint8"):
        write_png(tmp_path / "a.png", np.zeros((4, 4, 3), np.float32))  # type: ignore[arg-type]
