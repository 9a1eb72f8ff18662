"""The solver's mixes against every mix there is."""

import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.estimation.mix.answer import MixObjective
from analytics.estimation.mix.choosing import solve_mix
from analytics.estimation.mix.climbing import over_budget
from analytics.estimation.mix.outcomes import outcomes_of
from analytics.estimation.mix.problem import CreditStep, CreditSteps, MixProblem
from analytics.estimation.mix.program import MixProgram
from analytics.estimation.mix.surest import likelier
from analytics.estimation.mix.table import tabled
from analytics.estimation.mix.windows import Windows, shares_of
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.workflow import Workflow
from tests.analytics.estimation.mix.small_mixes import every_mix, fits, missing_hours_of, small_mix

TRADITIONAL, AI, HYBRID = Workflow.TRADITIONAL, Workflow.AI, Workflow.HYBRID
SEEDS = st.integers(0, 100_000)


def mean(net: tuple[float, ...]) -> float:
    return sum(net) / len(net)


@settings(max_examples=40, deadline=None)
@given(
    seed=SEEDS,
    tightness=st.sampled_from([0.9, 1.2, 2.0]),
    credits=st.integers(0, 2),
    setup=st.booleans(),
    three=st.booleans(),
)
def test_no_mix_that_fits_is_cheaper(seed: int, tightness: float, credits: int, setup: bool, three: bool) -> None:
    ways = (TRADITIONAL, AI, HYBRID) if three else (TRADITIONAL, AI)
    problem = small_mix(
        seed, shots=4 if three else 6, workflows=ways, tightness=tightness, credits=credits, setup=setup
    )

    answer = solve_mix(problem, MixObjective.LEAST_COST)

    fitting = [mix for mix in every_mix(problem) if mix.fits]
    assert bool(answer.shortfalls) == (not fitting)
    if fitting:
        assert answer.net == pytest.approx(min(mean(mix.net) for mix in fitting), rel=1e-6)
        assert answer.proved
        assert [mix for mix in fitting if mix.workflows == answer.workflows]


@settings(max_examples=20, deadline=None)
@given(seed=SEEDS, tightness=st.sampled_from([1.2, 2.0, 3.0]), credits=st.integers(0, 1))
def test_no_mix_is_done_sooner_and_none_of_those_done_then_is_cheaper(
    seed: int, tightness: float, credits: int
) -> None:
    problem = small_mix(seed, shots=5, tightness=tightness, credits=credits)

    answer = solve_mix(problem, MixObjective.EARLIEST_FINISH)

    fitting = [mix for mix in every_mix(problem, finish=True) if mix.fits and mix.finish is not None]
    if fitting:
        soonest = min(mix.finish for mix in fitting if mix.finish is not None)
        assert answer.finish_week == soonest
        assert answer.net == pytest.approx(min(mean(m.net) for m in fitting if m.finish == soonest), rel=1e-6)


@settings(max_examples=15, deadline=None)
@given(seed=SEEDS, at=st.sampled_from([0.1, 0.25, 0.5]), credits=st.integers(0, 1), setup=st.booleans())
def test_the_search_finds_the_mix_that_holds_the_budget_most_often(
    seed: int, at: float, credits: int, setup: bool
) -> None:
    problem = small_mix(seed, shots=6, outcomes=100, tightness=2.5, budget_at=at, credits=credits, setup=setup)
    table, late = tabled(problem)
    plan = MixProgram(table).solve(time.monotonic() + 20)
    if late or plan is None or problem.budget is None:
        return

    found = likelier(table, plan.chosen, problem.budget, time.monotonic() + 20)[1]

    score = over_budget(problem.budget)
    best = min(float(score(np.asarray(mix.net)[:, None])[0]) for mix in every_mix(problem) if mix.fits)
    assert float(score(outcomes_of(table, found).net[:, None])[0]) <= best + 0.5 / 100  # not one outcome more


def test_the_surest_mix_holds_up_on_outcomes_it_was_not_chosen_by() -> None:
    draw = np.random.default_rng(5)
    shots, outcomes = 40, 4000
    usual = draw.lognormal(8, 0.5, shots)
    costs = {
        TRADITIONAL: usual * draw.lognormal(0, 0.05, (outcomes, 1)) * draw.lognormal(0, 0.2, (outcomes, shots)),
        AI: usual * 0.9 * draw.lognormal(0, 0.45, (outcomes, 1)) * draw.lognormal(-0.1, 0.4, (outcomes, shots)),
    }
    weeks = [0] * shots
    problem = MixProblem(tuple(map(str, range(shots))), costs, "CAD", weeks, weeks, budget=float(usual.sum() * 1.12))

    cheapest = solve_mix(problem, MixObjective.LEAST_COST)
    surest = solve_mix(problem, MixObjective.SUREST_BUDGET)

    assert surest.chance_of_budget is not None
    assert cheapest.chance_of_budget is not None
    assert surest.n_outcomes == 1000
    assert surest.chance_of_budget > cheapest.chance_of_budget + 0.1
    assert surest.net > cheapest.net
    assert surest.gap is None


def test_where_nothing_is_surer_the_cheapest_is_kept_and_that_is_said() -> None:
    draw = np.random.default_rng(1)
    luck = draw.lognormal(0, 0.3, (400, 1))
    costs = {TRADITIONAL: luck * np.full(8, 100.0), AI: luck * np.full(8, 60.0)}
    problem = MixProblem(tuple("abcdefgh"), costs, "CAD", [0] * 8, [0] * 8, budget=480.0)

    answer = solve_mix(problem, MixObjective.SUREST_BUDGET)

    assert set(answer.workflows) == {AI}
    assert any("No mix that was found is clearly surer" in words for words in answer.words)


def test_no_budget_cannot_be_held() -> None:
    with pytest.raises(InputRefused, match="budget"):
        solve_mix(small_mix(1), MixObjective.SUREST_BUDGET)


def test_one_cent_short_of_a_step_is_not_reached_and_exactly_at_it_is() -> None:
    costs = {TRADITIONAL: np.array([[60.0, 50.0]]), AI: np.array([[40.0, 30.0]])}
    shares = {TRADITIONAL: [1.0, 1.0], AI: [0.0, 0.0]}

    def problem(at_least: float) -> MixProblem:
        credit = CreditSteps("cliff", (CreditStep(at_least, 0.6),), shares)
        return MixProblem(("a", "b"), costs, "CAD", [0, 0], [0, 0], credits=(credit,))

    assert solve_mix(problem(110.00), MixObjective.LEAST_COST).workflows == (TRADITIONAL, TRADITIONAL)
    assert solve_mix(problem(110.01), MixObjective.LEAST_COST).workflows == (AI, AI)


def test_a_later_step_that_pays_less_is_stayed_below() -> None:
    costs = {TRADITIONAL: np.array([[100.0, 100.0]]), AI: np.array([[99.0, 99.0]])}
    shares = {TRADITIONAL: [0.5, 0.5], AI: [1.0, 1.0]}
    credit = CreditSteps("sliding", (CreditStep(0.0, 0.3), CreditStep(160.0, 0.1)), shares)
    problem = MixProblem(("a", "b"), costs, "CAD", [0, 0], [0, 0], credits=(credit,))

    answer = solve_mix(problem, MixObjective.LEAST_COST)

    assert sorted(answer.workflows) == [AI, TRADITIONAL]
    assert answer.net == pytest.approx(199 - 0.3 * 149)


def test_a_cap_makes_a_dearer_way_that_earns_more_than_it_not_worth_it() -> None:
    costs = {TRADITIONAL: np.array([[100.0, 100.0, 100.0]]), AI: np.array([[80.0, 80.0, 80.0]])}
    shares = {TRADITIONAL: [1.0] * 3, AI: [0.0] * 3}
    for cap in ({"base_at_most": 100.0}, {"credit_at_most": 50.0}):
        credit = CreditSteps("capped", (CreditStep(0.0, 0.5),), shares, **cap)
        problem = MixProblem(("a", "b", "c"), costs, "CAD", [0] * 3, [0] * 3, credits=(credit,))

        answer = solve_mix(problem, MixObjective.LEAST_COST)

        assert answer.workflows.count(TRADITIONAL) == 1
        assert answer.net == pytest.approx(210.0)


def test_the_earliest_week_lies_between_one_that_is_too_soon_and_the_cheapest_mixs() -> None:
    costs = {TRADITIONAL: np.array([[10.0]]), AI: np.array([[20.0]])}
    hours = {TRADITIONAL: {"fx": np.array([100.0])}, AI: {"fx": np.array([80.0])}}
    problem = MixProblem(("a",), costs, "CAD", [0], [11], hours_by_workflow=hours, capacity={"fx": np.full(12, 10.0)})

    assert solve_mix(problem, MixObjective.LEAST_COST).finish_week == 9
    assert solve_mix(problem, MixObjective.EARLIEST_FINISH).finish_week == 7


def test_setting_ai_up_for_one_shot_does_not_pay_but_for_three_it_does() -> None:
    def problem(shots: int) -> MixProblem:
        costs = {TRADITIONAL: np.full((1, shots), 100.0), AI: np.full((1, shots), 60.0)}
        weeks = [0] * shots
        return MixProblem(tuple("abc")[:shots], costs, "CAD", weeks, weeks, setup_cost={AI: 100.0})

    assert set(solve_mix(problem(1), MixObjective.LEAST_COST).workflows) == {TRADITIONAL}
    assert solve_mix(problem(3), MixObjective.LEAST_COST).net == pytest.approx(280.0)


@settings(max_examples=12, deadline=None)
@given(seed=SEEDS)
def test_where_nothing_fits_no_mix_misses_fewer_hours(seed: int) -> None:
    problem = replace(small_mix(seed, shots=4, tightness=0.3), weeks_needed={})

    answer = solve_mix(problem, MixObjective.LEAST_COST)

    last = list(problem.last_week)
    missing = {
        mix.workflows: sum(
            missing_hours_of(problem, mix.workflows, name, hours, last) for name, hours in problem.capacity.items()
        )
        for mix in every_mix(problem)
    }
    told = sum(each.amount for each in answer.shortfalls)
    assert told == pytest.approx(min(missing.values()), abs=0.05)
    assert missing[answer.workflows] == pytest.approx(told, abs=0.05)
    assert fits(problem, answer.workflows, 10) == (not answer.shortfalls)


def test_what_is_missing_is_said_with_its_weeks_and_its_hours() -> None:
    costs = {TRADITIONAL: np.array([[10.0, 10.0]])}
    hours = {TRADITIONAL: {"fx": np.array([60.0, 80.0])}}
    problem = MixProblem(
        ("a", "b"), costs, "CAD", [1, 1], [2, 2], hours_by_workflow=hours, capacity={"fx": np.full(4, 50.0)}
    )

    answer = solve_mix(problem, MixObjective.LEAST_COST)

    (shortfall,) = answer.shortfalls
    assert (shortfall.what, shortfall.amount, shortfall.unit) == ("fx", pytest.approx(40.0), "hours")
    expected = "fx lacks 40 hours between week 2 and week 3: 140 hours of work, 100 there are."
    assert shortfall.words == expected
    assert expected in answer.words
    assert answer.finish_week == 3  # with no more people, the work ends a week late


def test_of_the_mixes_that_miss_least_it_is_the_cheapest() -> None:
    costs = {TRADITIONAL: np.array([[10.0, 90.0]]), AI: np.array([[80.0, 20.0]])}
    hours = {w: {"fx": np.array([60.0, 60.0]), "ai": np.array([1.0, 1.0])} for w in costs}
    capacity = {"fx": np.array([50.0]), "ai": np.array([50.0])}
    problem = MixProblem(("a", "b"), costs, "CAD", [0, 0], [0, 0], hours_by_workflow=hours, capacity=capacity)

    answer = solve_mix(problem, MixObjective.LEAST_COST)

    assert answer.shortfalls[0].amount == pytest.approx(70.0)
    assert answer.workflows == (TRADITIONAL, AI)


def test_a_shot_that_no_workflow_finishes_in_time_is_told_with_the_weeks_it_is_late() -> None:
    costs = {TRADITIONAL: np.array([[10.0]]), AI: np.array([[20.0]])}
    problem = MixProblem(("a",), costs, "CAD", [0], [1], weeks_needed={TRADITIONAL: [5], AI: [3]})

    answer = solve_mix(problem, MixObjective.LEAST_COST)

    assert answer.workflows == (AI,)
    assert answer.shortfalls[0].words == (
        "a has 2 weeks from turnover to its due date; the quickest workflow that it is allowed needs 1 more."
    )


def test_time_that_is_up_at_once_still_gives_an_answer_that_says_so() -> None:
    answer = solve_mix(small_mix(3, shots=12, tightness=3.0), MixObjective.LEAST_COST, seconds=0.0)

    assert len(answer.workflows) == 12


@settings(max_examples=30, deadline=None)
@given(seed=SEEDS, tightness=st.sampled_from([0.6, 1.0, 1.6]))
def test_spans_of_weeks_say_what_a_plan_by_weeks_says(seed: int, tightness: float) -> None:
    problem = replace(small_mix(seed, shots=3, tightness=tightness), weeks_needed={})
    table, _ = tabled(problem)
    windows = Windows(table)
    for mix in every_mix(problem):
        chosen = np.asarray([table.workflows.index(w) for w in mix.workflows])
        assert windows.fits(windows.loads(shares_of(table, chosen))) == mix.fits
