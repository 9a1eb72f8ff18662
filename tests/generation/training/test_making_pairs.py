"""Which clips and frames are rendered for training; the rendering itself is tested with the traditional workflow."""

import pytest

from analytics.vocabulary.errors import InputRefused
from generation.traditional.collapse.parameters import draw_parameters
from generation.training.clip_rendering import choose_frames
from generation.training.make_pairs import seeds_in_order
from generation.training.pairs import FIRST_HELD_OUT_SEED, FIRST_TRAINING_SEED


def test_held_out_seeds_are_spread_and_never_trained_on() -> None:
    seeds = seeds_in_order(20, 4)
    assert len(set(seeds)) == 24
    held_out = [place for place, seed in enumerate(seeds) if seed >= FIRST_HELD_OUT_SEED]
    assert len(held_out) == 4
    assert held_out[0] < 3 < 15 < held_out[-1]
    assert min(seeds) == FIRST_TRAINING_SEED


def test_frames_are_spread_over_the_fall_and_the_same_for_a_seed() -> None:
    parameters = draw_parameters(100_004)
    frames = choose_frames(parameters, 8)
    assert frames == sorted(set(frames)) == choose_frames(parameters, 8)
    assert parameters.first_frame <= frames[0] < parameters.first_frame + 7 <= frames[1]
    assert frames[-1] > parameters.last_frame - 6
    assert choose_frames(draw_parameters(100_005), 8) != frames


def test_more_frames_than_the_shot_has_are_refused() -> None:
    with pytest.raises(InputRefused, match="Take fewer frames"):
        choose_frames(draw_parameters(1), 60)
