"""What-if curves over a simulated slate: they add up, meet the truth where it is known, and advise within it."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from pandas import DataFrame

from analytics.demo_catalog.parameters import SlateParameters
from analytics.demo_catalog.simulated import simulated_slate
from analytics.estimation.what_if.best_shares import Advice, best_shares
from analytics.estimation.what_if.change_ranges import change_ranges
from analytics.estimation.what_if.chosen_shares import what_if
from analytics.estimation.what_if.drawing_curves import OUTCOMES, PastSlate, kind_curves, learn_slate
from analytics.estimation.what_if.share_curves import KindCurve, Measure, Scope, ShareCurves
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.origin import Origin

NET = {(None, "ai"): 0.8, (None, "traditional"): 0.6}


@pytest.fixture(scope="module")
def shots() -> DataFrame:
    frame, _ = simulated_slate(SlateParameters(production_count=6, shots_per_production=70), seed=5)
    return frame.assign(cost_people=frame["people_hours"] * 90.0)


@pytest.fixture(scope="module")
def past(shots: DataFrame) -> PastSlate:
    return learn_slate(shots)


def curves_of(kinds: tuple[KindCurve, ...]) -> ShareCurves:
    return ShareCurves(
        Scope.SLATE, "CAD", kinds, None, None, 0, 1000.0, None, 400, 150, 6, {}, {Origin.SYNTHETIC: 1.0}
    )  # fmt: skip


@pytest.fixture(scope="module")
def gross(past: PastSlate) -> ShareCurves:
    return curves_of(kind_curves(past, past.shots, None))


@pytest.fixture(scope="module")
def net(past: PastSlate) -> ShareCurves:
    return curves_of(kind_curves(past, past.shots, NET))


def test_every_shot_is_asked_about_once(gross: ShareCurves, past: PastSlate) -> None:
    assert gross.n_shots == len(past.shots)
    for kind in gross.kinds:
        own = past.shots[past.shots["kind"] == kind.kind]
        assert kind.n_shots == len(own)
        assert kind.ai_shots[kind.so_far] == (own["arm"] == "ai").sum()
        assert (kind.ai_shots[0], kind.ai_shots[-1]) == (0, len(own))
        assert (np.diff(kind.ai_shots) >= 0).all()


def test_nothing_moved_changes_nothing(gross: ShareCurves) -> None:
    answer = what_if(gross, {})
    assert not answer.is_moved
    assert answer.saves_chance is None
    assert answer.chosen == answer.so_far
    assert answer.change_in_cost.p10 == answer.change_in_cost.p90 == Decimal(0)
    assert {each.saves_chance for each in answer.kinds} == {None}


def test_so_far_is_near_what_the_slate_took(gross: ShareCurves, past: PastSlate) -> None:
    final = past.shots["status"].eq("final").mean()
    took = past.shots["people_hours"].sum()
    simulated = what_if(gross, {}).so_far.people_hours
    assert final > 0.9
    assert 0.9 * took < simulated.p50 < 1.35 * took  # what is open has hours to come


def test_means_of_kinds_add_up_to_the_total(net: ShareCurves) -> None:
    answer = what_if(net, {kind.kind: 70 for kind in net.kinds})
    summed = sum((each.cost for each in answer.kinds), Decimal(0))
    assert abs(summed - answer.chosen.cost.mean) <= len(answer.kinds)
    changes = sum((each.change.mean for each in answer.kinds), Decimal(0))
    assert abs(changes - answer.change_in_cost.mean) <= 2 * len(answer.kinds)


def test_net_is_gross_less_what_each_arm_gets_back(net: ShareCurves) -> None:
    for share, left in ((100, 0.8), (0, 0.6)):
        answer = what_if(net, {kind.kind: share for kind in net.kinds})
        assert answer.chosen.net is not None
        assert answer.chosen.incentive is not None
        assert float(answer.chosen.net.mean / answer.chosen.gross.mean) == pytest.approx(left, abs=0.001)
        assert abs(answer.chosen.gross.mean + answer.chosen.incentive.mean - answer.chosen.net.mean) <= 2


def test_incentives_can_turn_a_saving_around(past: PastSlate) -> None:
    generous = curves_of(kind_curves(past, past.shots, {(None, "ai"): 1.0, (None, "traditional"): 0.2}))
    everything = {kind.kind: 100 for kind in generous.kinds}
    answer = what_if(generous, everything)
    assert answer.change_in_gross.p50 < 0 < answer.change_in_cost.p50
    assert answer.saves_chance is not None
    assert answer.saves_chance < 0.1
    assert all(each.share <= each.so_far for each in best_shares(generous))


def test_weeks_follow_the_pace(gross: ShareCurves) -> None:
    usual, twice = what_if(gross, {}), what_if(gross, {}, hours_per_week=2000.0)
    assert twice.so_far.weeks.p50 == pytest.approx(usual.so_far.weeks.p50 / 2)
    assert usual.so_far.weeks.p50 == pytest.approx(usual.so_far.people_hours.p50 / 1000)


def test_more_ai_means_more_fallbacks(gross: ShareCurves) -> None:
    none, every = (what_if(gross, {kind.kind: share for kind in gross.kinds}) for share in (0, 100))
    assert none.chosen.fallbacks.p90 == 0
    assert every.chosen.fallbacks.p50 > every.so_far.fallbacks.p50


def test_what_is_not_begun_follows_the_habit_of_each_kind(past: PastSlate) -> None:
    waiting = past.shots.assign(arm=None)
    for kind in kind_curves(past, waiting, None):
        own = past.shots[past.shots["kind"] == kind.kind]
        assert abs(kind.so_far - 100 * (own["arm"] == "ai").mean()) <= 12


def test_a_new_production_is_less_sure_than_the_same_again(past: PastSlate) -> None:
    known = past.shots.assign(arm=None)
    unknown = known.assign(production_id="never seen")
    spreads = []
    for asked in (known, unknown):
        told = what_if(curves_of(kind_curves(past, asked, None)), {}).so_far.people_hours
        spreads.append(told.p90 / told.p10)
    assert spreads[1] > 1.25 * spreads[0]


def test_same_seed_same_curves(past: PastSlate, gross: ShareCurves) -> None:
    again = kind_curves(past, past.shots, None)
    for one, other in zip(gross.kinds, again, strict=True):
        assert np.array_equal(one.takes[Measure.GROSS], other.takes[Measure.GROSS])
        assert one.takes[Measure.GROSS].shape == (OUTCOMES, 101)


def test_advice_is_never_to_go_where_nobody_tried(gross: ShareCurves) -> None:
    for kind, advice in zip(gross.kinds, best_shares(gross), strict=True):
        assert kind.untried[advice.share] <= kind.untried[kind.so_far]
        if advice.advice in (Advice.STAY, Advice.UNKNOWN):
            assert advice.share == kind.so_far
        else:
            assert advice.saves_chance is not None
            assert advice.saves_chance >= 0.9
            assert advice.change.mean < 0


def test_too_few_ai_shots_give_words(gross: ShareCurves) -> None:
    few = replace(gross.kinds[0], n_past_ai=1)
    (advice,) = best_shares(curves_of((few,)))
    assert advice.advice is Advice.UNKNOWN
    assert advice.why == "Only 1 finished AI shot of this kind: too few to say."


def test_curves_pinch_at_so_far(gross: ShareCurves) -> None:
    for kind, along in zip(gross.kinds, change_ranges(gross), strict=True):
        here = next(point for point in along.points if point.share == kind.so_far)
        assert (here.low, here.middle, here.high) == (0, 0, 0)
        assert here.is_tried
        assert all(point.low <= point.middle <= point.high for point in along.points)


@pytest.mark.parametrize(
    ("shares", "pace", "said"),
    [
        ({"dragons": 50}, None, "is no kind of these shots"),
        ({"cleanup": 101}, None, "is no share in per cent"),
        ({}, -5.0, "pace"),
    ],
)
def test_nonsense_is_refused(gross: ShareCurves, shares: dict[str, int], pace: float | None, said: str) -> None:
    with pytest.raises(InputRefused, match=said):
        what_if(gross, shares, hours_per_week=pace)


def test_the_truth_of_moving_a_quarter_more_lies_near(past: PastSlate, gross: ShareCurves) -> None:
    """All kinds 25 points up: AI takes about half the hours of easy and medium shots in this simulation."""
    answer = what_if(gross, {kind.kind: min(100, kind.so_far + 25) for kind in gross.kinds})
    assert answer.change_in_hours.p90 < 0
    assert answer.change_in_hours.p10 > -0.25 * answer.so_far.people_hours.p50
