"""A list that is bid again after an edit: nothing is fitted twice, and only what was edited comes out otherwise."""

from dataclasses import replace

import numpy as np
from studios import FPS, listed, studio

from analytics.estimation.estimating import estimate_shots
from analytics.estimation.fitted_history import MOST_MODELS, FittedHistory
from analytics.estimation.luck import Luck
from analytics.vocabulary.shot import Complexity, ShotKind
from analytics.vocabulary.workflow import Workflow

HISTORY = studio(4, 40, apart=0.2)


def hours(shots: tuple, fitted: FittedHistory | None = None) -> dict[Workflow, np.ndarray]:  # type: ignore[type-arg]
    found = estimate_shots(HISTORY, shots, fps=FPS, fitted=fitted, outcomes=300)
    return dict(found.hours_by_workflow)


def test_a_kept_model_gives_what_a_fresh_one_gives() -> None:
    fitted = FittedHistory(HISTORY)
    shots = tuple(listed(8))
    fresh = hours(shots)
    for again in (hours(shots, fitted), hours(shots, fitted)):
        assert all(np.array_equal(again[workflow], fresh[workflow]) for workflow in fresh)
    assert fitted.model_for(shots, draws=300) is fitted.model_for(shots[:3], draws=300)


def test_a_column_of_the_lists_own_asks_for_another_model_and_few_are_kept() -> None:
    known = HISTORY.shots.assign(**{"attribute:plates": [str(number % 5) for number in range(len(HISTORY.shots))]})
    fitted = FittedHistory(replace(HISTORY, shots=known))
    plain = tuple(listed(4))
    with_plates = tuple(replace(shot, attributes={"Plates": "3"}) for shot in plain)
    one = fitted.model_for(plain, draws=20)
    assert fitted.is_fitted_for(plain)
    assert not fitted.is_fitted_for(with_plates)
    other = fitted.model_for(with_plates, draws=20)
    assert "attribute:plates" in other.columns.numbers
    assert fitted.model_for(plain, draws=20) is one
    for seed in range(1, 1 + MOST_MODELS):
        fitted.model_for(plain, draws=20, seed=seed)
    assert fitted.model_for(plain, draws=20) is not one


def test_an_edited_shot_leaves_the_outcomes_of_all_others_as_they_were() -> None:
    fitted = FittedHistory(HISTORY)
    shots = tuple(listed(8))
    before = hours(shots, fitted)
    edited = replace(shots[2], complexity=Complexity.HERO, kind=ShotKind.CREATURE, cut_frames=400)
    after = hours((*shots[:2], edited, *shots[3:]), fitted)
    fewer = hours((*shots[:2], *shots[3:]), fitted)
    others = [place for place in range(8) if place != 2]
    for workflow, was in before.items():
        assert np.array_equal(after[workflow][:, others], was[:, others])
        assert np.array_equal(fewer[workflow], was[:, others])
        assert np.median(after[workflow][:, 2]) > 2 * np.median(was[:, 2])


def test_streams_of_other_names_are_other_numbers_and_each_is_uniform() -> None:
    luck = Luck(3, 4000)
    drawn = luck.of_shots("scatter", ["A10", "A20", "A30"])
    assert drawn.shape == (4000, 3)
    assert np.array_equal(luck.of_shots("scatter", ["A20"])[:, 0], drawn[:, 1])
    assert np.abs(np.corrcoef(drawn.T) - np.eye(3)).max() < 0.06
    assert np.abs(drawn.mean(axis=0) - 0.5).max() < 0.03
    assert not np.array_equal(luck.of_shots("other", ["A10"])[:, 0], drawn[:, 0])
    assert not np.array_equal(Luck(4, 4000).of_shots("scatter", ["A10"])[:, 0], drawn[:, 0])
