"""The trade-off of cost against sureness against date."""

from itertools import permutations

import numpy as np

from analytics.estimation.mix.answer import MixAnswer, MixObjective
from analytics.estimation.mix.choosing import solve_mix
from analytics.estimation.mix.curve import trade_off_curve
from analytics.estimation.mix.problem import MixProblem
from analytics.vocabulary.workflow import Workflow
from tests.analytics.estimation.mix.small_mixes import small_mix

TRADITIONAL, AI = Workflow.TRADITIONAL, Workflow.AI


def slate(budget: float | None) -> MixProblem:
    """AI is cheaper, unsure and slow; the traditional way is dear, sure and quick."""
    draw = np.random.default_rng(11)
    usual = draw.uniform(800, 1200, 12)
    costs = {
        TRADITIONAL: usual * draw.lognormal(0, 0.03, (800, 1)) * np.ones(12),
        AI: usual * 0.9 * draw.lognormal(0, 0.4, (800, 1)) * np.ones(12),
    }
    needed = {TRADITIONAL: [2] * 12, AI: [2, 3, 4] * 4}
    return MixProblem(tuple(map(str, range(12))), costs, "CAD", [0] * 12, [9] * 12, weeks_needed=needed, budget=budget)


def better_in_all(one: MixAnswer, other: MixAnswer) -> bool:
    assert one.chance_of_budget is not None
    assert other.chance_of_budget is not None
    return (
        one.net <= other.net and one.chance_of_budget >= other.chance_of_budget and one.finish_week <= other.finish_week
    )


def test_it_runs_from_the_cheapest_to_the_surest_and_the_soonest_and_holds_nothing_beaten() -> None:
    problem, steps = slate(12_300.0), []

    curve = trade_off_curve(problem, told=lambda done, of: steps.append((done, of)))

    assert len(curve) > 2
    assert not [1 for one, other in permutations(curve, 2) if better_in_all(one, other)]
    assert [answer.net for answer in curve] == sorted(answer.net for answer in curve)
    assert curve[0].net == solve_mix(problem, MixObjective.LEAST_COST).net
    assert min(a.finish_week for a in curve) == solve_mix(problem, MixObjective.EARLIEST_FINISH).finish_week
    assert max(a.chance_of_budget or 0 for a in curve) > (curve[0].chance_of_budget or 0)
    assert steps[-1][0] == steps[-1][1]


def test_without_a_budget_risk_is_the_cost_that_nine_of_ten_stay_below() -> None:
    curve = trade_off_curve(slate(None))

    assert {answer.chance_of_budget for answer in curve} == {None}
    assert [answer.finish_week for answer in curve] == sorted({a.finish_week for a in curve}, reverse=True)


def test_where_nothing_fits_there_is_one_mix_with_what_it_misses() -> None:
    (only,) = trade_off_curve(small_mix(3, tightness=0.1))

    assert only.shortfalls
