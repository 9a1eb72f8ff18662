"""The composite keeps the plate outside the mask and the truth inside it."""

import numpy as np
import pytest

from analytics.vocabulary.errors import InputRefused
from generation.traditional.de_age.composite import change_mask, composite, photographed
from generation.traditional.de_age.scene import DeAgeScene
from generation.traditional.shot_scene import Prepared


def test_the_mask_covers_both_faces_with_a_soft_edge_and_nothing_far_away() -> None:
    young, old = np.zeros((90, 160), np.float32), np.zeros((90, 160), np.float32)
    young[30:60, 60:90], old[30:66, 60:90] = 1, 1
    mask = change_mask(young, old)
    assert mask[62, 75] > 0.9  # the jowl that is gone
    assert mask[:15].max() == 0
    edge = mask[45, 90:97]
    assert ((edge > 0.05) & (edge < 0.95)).any()


def test_outside_the_mask_is_the_plate_and_inside_the_young_face() -> None:
    random = np.random.default_rng(2)
    young, plate = random.random((2, 20, 30, 3), dtype=np.float32)
    mask = np.zeros((20, 30), np.float32)
    mask[5:10] = 1
    merged = composite(young, plate, mask)
    assert np.array_equal(merged[:5], plate[:5])
    assert np.allclose(merged[5:10], young[5:10], atol=1e-6)


def test_grain_belongs_to_seed_and_frame() -> None:
    grey = np.full((40, 60, 3), 0.18, np.float32)
    clean, one, again, other = (
        photographed(grey, seed, frame, 0.0) for seed, frame in ((None, 1), (3, 1), (3, 1), (3, 2))
    )
    assert np.array_equal(one, again)
    assert not np.array_equal(one, other)
    assert 0.001 < (one - clean).std() < 0.02


def test_without_a_plate_there_is_nothing_to_composite(tmp_path) -> None:  # type: ignore[no-untyped-def]
    scene = DeAgeScene()
    prepared = Prepared("de_age", scene.draw_parameters(1, {}), tmp_path, {})
    with pytest.raises(InputRefused, match="plate"):
        scene.block(prepared, None, None)  # type: ignore[arg-type]
