"""Estimates find a truth that is known, are as wide as what is not known, and say what they rest on."""

from dataclasses import replace

import numpy as np
import pytest
from studios import AI_LOG_RATIO, FPS, LOG_HOURS, listed, studio

from analytics.estimation.estimating import estimate_shots
from analytics.estimation.history import BidHistory, no_history
from analytics.estimation.templates import load_template
from analytics.vocabulary.bid import Basis
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.shot import Complexity, ShotKind
from analytics.vocabulary.workflow import Workflow

AI, TRADITIONAL = Workflow.AI, Workflow.TRADITIONAL


def test_what_shots_of_each_complexity_and_workflow_take_is_found() -> None:
    estimate = estimate_shots(studio(8, 80, apart=0.05), listed(30), fps=FPS, outcomes=600)
    for workflow, ratio in ((TRADITIONAL, 0.0), (AI, AI_LOG_RATIO)):
        middle = np.log(np.median(estimate.hours_by_workflow[workflow], axis=0))
        for place, shot in enumerate(estimate.shots):
            assert shot.complexity is not None
            assert middle[place] == pytest.approx(LOG_HOURS[shot.complexity.value] + ratio, abs=0.2)


def test_shots_share_their_production_so_that_totals_are_wider_than_luck_alone() -> None:
    total = estimate_shots(studio(6, apart=0.5), listed(60), fps=FPS, mix="traditional", outcomes=800).people_hours
    alone = np.sqrt((np.log(total).std(axis=0) ** 2).mean() / 60)
    assert np.log(total.sum(axis=1)).std() > 3 * alone


def test_a_production_that_has_begun_tells_about_itself() -> None:
    history = studio(5, apart=0.02, noise=0.2)
    slow = history.shots["production_id"] == "P0"
    shots = history.shots.assign(people_hours=history.shots["people_hours"] * np.where(slow, 3.0, 1.0))
    own = estimate_shots(BidHistory(shots, history.departments), listed(), fps=FPS, production_id="P0", outcomes=400)
    new = estimate_shots(BidHistory(shots, history.departments), listed(), fps=FPS, production_id="new", outcomes=400)
    assert np.median(own.people_hours.sum(axis=1)) > 1.8 * np.median(new.people_hours.sum(axis=1))
    assert any("This production so far" in word for word in own.drivers[0])
    spread = [np.log(each.people_hours.sum(axis=1)).std() for each in (own, new)]
    assert spread[0] < 0.6 * spread[1]


def test_without_history_the_template_speaks_and_says_so() -> None:
    estimate = estimate_shots(no_history(), listed(9), fps=FPS, mix="traditional", outcomes=2000)
    template = load_template()
    for place, shot in enumerate(estimate.shots):
        assert shot.complexity is not None
        said = sum(template.department_hours(ShotKind.CLEANUP, shot.complexity, 4.0, TRADITIONAL).values())
        assert np.median(estimate.people_hours[:, place]) == pytest.approx(said, rel=0.15)
    assert set(estimate.basis) == {Basis.TEMPLATE}
    assert "no history" in estimate.warnings[0]
    shares = estimate.department_shares[AI]
    assert shares["ai"].min() > 0
    assert np.allclose(shares.sum(axis=1), 1)


def test_how_far_the_template_trusts_itself_is_in_its_file() -> None:
    template = load_template()
    sure = replace(template, spread={**template.spread, "studio": 0.05, "production": 0.03, "sequence": 0.02})
    widths = [
        np.log(
            estimate_shots(no_history(), listed(30), fps=FPS, template=each, outcomes=2000).people_hours.sum(axis=1)
        ).std()
        for each in (template, sure)
    ]
    assert widths[1] < 0.6 * widths[0]


def test_a_little_history_is_pooled_with_the_template() -> None:
    one = estimate_shots(studio(1, 30), listed(6), fps=FPS, mix="traditional", outcomes=400)
    assert set(one.basis) == {Basis.POOLED}
    assert "1 production" in one.warnings[0]
    heroes = estimate_shots(studio(6), listed(2, complexity=Complexity.HERO), fps=FPS, outcomes=400)
    assert set(heroes.basis) == {Basis.TEMPLATE}
    assert "no past hero shot" in " ".join(heroes.flags[0])


def test_unfinished_shots_count_for_at_least_what_is_booked() -> None:
    history = studio(5, 60, noise=0.3, apart=0.05)
    truth = history.shots["people_hours"].to_numpy()
    cut = np.random.default_rng(3).random(len(truth)) < 0.4
    shots = history.shots.assign(people_hours=np.where(cut, 0.6 * truth, truth), status=np.where(cut, "open", "final"))
    told = estimate_shots(BidHistory(shots, history.departments), listed(), fps=FPS, mix="traditional", outcomes=400)
    whole = estimate_shots(history, listed(), fps=FPS, mix="traditional", outcomes=400)
    taken_as_final = estimate_shots(
        BidHistory(shots.assign(status="final"), history.departments),
        listed(),
        fps=FPS,
        mix="traditional",
        outcomes=400,
    )
    assert told.rests_on.n_shots == (~cut).sum()
    errors = [
        abs(np.log(np.median(each.people_hours.sum(axis=1)) / np.median(whole.people_hours.sum(axis=1))))
        for each in (told, taken_as_final)
    ]
    assert errors[0] < 0.6 * errors[1]


def test_outcomes_of_a_shot_in_work_lie_above_its_hours() -> None:
    shots = listed(6)
    booked = {"SH000": 60.0, "SH001": 5.0}
    estimate = estimate_shots(studio(), shots, fps=FPS, hours_so_far=booked, mix="traditional", outcomes=500)
    assert (estimate.people_hours[:, 0] > 60.0).all()
    assert np.median(estimate.people_hours[:, 0]) < 150.0  # an easy shot that ran over: a tail, not a new scale
    assert (estimate.people_hours[:, 1] > 5.0).all()


def test_what_a_list_insists_on_holds_in_every_mix() -> None:
    shots = [
        replace(listed(1)[0], code="A", workflow=TRADITIONAL),
        replace(listed(1)[0], code="B", workflow=AI),
        replace(listed(1)[0], code="C", ai_allowed=False),
        replace(listed(1)[0], code="D", workflow=Workflow.HYBRID),
    ]
    for mix in ("current", "ai", "traditional"):
        estimate = estimate_shots(studio(), shots, fps=FPS, mix=mix, outcomes=300)  # type: ignore[arg-type]
        assert estimate.workflows == (TRADITIONAL, AI, TRADITIONAL, Workflow.HYBRID)
        assert estimate.in_ai.mean(axis=0).tolist() == [0, 1, 0, 1]
    hybrid = np.median(estimate.people_hours[:, 3])
    low, high = (np.median(estimate.hours_by_workflow[each][:, 3]) for each in (AI, TRADITIONAL))
    assert low < hybrid < high


def test_the_studios_habit_is_followed_and_varies() -> None:
    estimate = estimate_shots(studio(6, 80), listed(60), fps=FPS, mix="current", outcomes=600)
    assert estimate.in_ai.mean() == pytest.approx(0.4, abs=0.08)
    assert estimate.in_ai.mean(axis=1).std() > 0.05
    decided = estimate.with_workflows([TRADITIONAL] * 60)
    assert not decided.in_ai.any()
    assert (decided.people_hours == estimate.hours_by_workflow[TRADITIONAL]).all()
    with pytest.raises(ValueError, match="one estimated workflow"):
        estimate.with_workflows([TRADITIONAL])


def test_what_is_not_said_widens_the_range_and_is_flagged() -> None:
    history = studio(6, apart=0.1)
    told = estimate_shots(history, listed(12, complexity=Complexity.MEDIUM), fps=FPS, outcomes=800)
    untold = estimate_shots(history, listed(12, complexity=None, kind=None), fps=FPS, outcomes=800)
    widths = [np.log(each.people_hours).std(axis=0).mean() for each in (told, untold)]
    assert widths[1] > 1.4 * widths[0]
    assert any("complexity not said" in flag for flag in untold.flags[0])
    assert any("kind of work not said" in flag for flag in untold.flags[0])


def test_lengths_and_kinds_never_seen_are_flagged() -> None:
    history = studio(4)
    long, strange = listed(1, cut_frames=960)[0], listed(1, code="X", kind=ShotKind.CREATURE)[0]
    estimate = estimate_shots(history, [long, strange], fps=FPS, outcomes=300)
    assert "longer on screen than nearly all past shots" in " ".join(estimate.flags[0])
    assert "fewer than 3 past shots of creature" in " ".join(estimate.flags[1])


def test_the_studios_own_columns_are_learned_from_where_the_list_has_them() -> None:
    rng = np.random.default_rng(5)
    history = studio(6, noise=0.2, apart=0.05)
    plates = rng.integers(1, 6, len(history.shots))
    rigs = rng.random(len(history.shots)) < 0.3
    shots = history.shots.assign(
        people_hours=history.shots["people_hours"] * np.exp(0.25 * (plates - 3) + 0.8 * rigs),
        description=np.where(rigs, "remove the camera rig", "sky"),
        **{
            "attribute:plates": plates.astype(str),
            "attribute:hours_in_the_end": history.shots["people_hours"].astype(str),
        },
    )
    history = BidHistory(shots, history.departments)
    one, five, rig = (
        replace(listed(1, complexity=Complexity.MEDIUM)[0], code=code, attributes={"Plates": plates}, description=words)
        for code, plates, words in (("A", "1", "sky"), ("B", "5", "sky"), ("C", "1", "A camera rig in frame"))
    )
    estimate = estimate_shots(history, [one, five, rig], fps=FPS, mix="traditional", outcomes=600)
    middle = np.median(estimate.people_hours, axis=0)
    assert np.log(middle[1] / middle[0]) == pytest.approx(1.0, abs=0.25)
    assert np.log(middle[2] / middle[0]) == pytest.approx(0.8, abs=0.3)
    # What the list does not have may have been filled in after the work, and is not looked at.
    assert "attribute:hours_in_the_end" not in history.with_columns_of([one]).shots


def test_the_same_seed_gives_the_same_outcomes() -> None:
    history, shots = studio(3, 20), listed(5)
    first, again, other = (
        estimate_shots(history, shots, fps=FPS, outcomes=200, seed=seed).people_hours for seed in (1, 1, 2)
    )
    assert (first == again).all()
    assert (first != other).any()


def test_an_empty_list_is_refused() -> None:
    with pytest.raises(InputRefused, match="holds no shot"):
        estimate_shots(studio(1, 5), [], fps=FPS)
