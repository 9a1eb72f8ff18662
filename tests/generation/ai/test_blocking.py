"""The blocking refuses what is no blocking and survives a trip to disk."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from analytics.vocabulary.errors import InputRefused
from generation.blocking import Blocking
from generation.training.invented import invent_clip


def test_saved_blocking_comes_back_the_same(tmp_path: Path) -> None:
    blocking = invent_clip(1, frame_count=2, width=33, height=31).blocking
    blocking.save(tmp_path / "shot.npz")
    loaded = Blocking.load(tmp_path / "shot.npz")
    for name, array in blocking.arrays().items():
        np.testing.assert_array_equal(array, loaded.arrays()[name])
    assert list(tmp_path.iterdir()) == [tmp_path / "shot.npz"]


def test_a_slice_is_a_blocking_of_fewer_frames() -> None:
    blocking = invent_clip(1, frame_count=4, width=32, height=32).blocking
    assert (len(blocking[1:3]), blocking[1:3].width, blocking[1:3].height) == (2, 32, 32)
    np.testing.assert_array_equal(blocking[1:3].effect_opacity, blocking.effect_opacity[1:3])
    with pytest.raises(InputRefused, match="at least one frame"):
        blocking[4:]


def test_all_problems_are_named_at_once() -> None:
    blocking = invent_clip(1, frame_count=2, width=32, height=32).blocking
    with pytest.raises(InputRefused) as refused:
        replace(
            blocking,
            depth=blocking.depth[:1],
            normal=blocking.normal.astype(np.float32),  # type: ignore[arg-type]
            sun_direction=blocking.sun_direction * 2,
        )
    assert {problem.place for problem in refused.value.problems} == {
        "blocking.depth", "blocking.normal", "blocking.sun_direction",
    }  # fmt: skip


@pytest.mark.parametrize("value", [np.nan, 0.0, -3.0, np.inf])
def test_impossible_depth_is_refused(value: float) -> None:
    blocking = invent_clip(1, frame_count=1, width=32, height=32).blocking
    depth = blocking.depth.copy()
    depth[0, 5, 5] = value
    with pytest.raises(InputRefused, match="finite and above 0"):
        replace(blocking, depth=depth)


def test_pickled_and_torn_files_are_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "pickled.npz", flat=np.array([{"a": 1}], dtype=object))
    with pytest.raises(InputRefused, match="damaged or no npz of plain arrays"):
        Blocking.load(tmp_path / "pickled.npz")
    whole = tmp_path / "whole.npz"
    invent_clip(1, frame_count=1, width=32, height=32).blocking.save(whole)
    (tmp_path / "torn.npz").write_bytes(whole.read_bytes()[:500])
    with pytest.raises(InputRefused, match="damaged"):
        Blocking.load(tmp_path / "torn.npz")
    with pytest.raises(InputRefused, match="no such file"):
        Blocking.load(tmp_path / "absent.npz")
