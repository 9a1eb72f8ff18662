"""Costs of mixes by outcome, and what one move changes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.estimation.mix.outcomes import moved, outcomes_of, steps_of
from analytics.estimation.mix.problem import CreditStep, CreditSteps, MixProblem
from analytics.estimation.mix.table import tabled
from analytics.vocabulary.workflow import Workflow
from tests.analytics.estimation.mix.small_mixes import net_cost, small_mix

WORKFLOWS = (Workflow.TRADITIONAL, Workflow.AI, Workflow.HYBRID)


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 100_000), credits=st.integers(0, 2), made=st.lists(st.integers(0, 2), min_size=4, max_size=4)
)
def test_outcomes_and_every_move_are_what_adding_up_shot_by_shot_gives(
    seed: int, credits: int, made: list[int]
) -> None:
    problem = small_mix(seed, shots=4, outcomes=3, workflows=WORKFLOWS, credits=credits, setup=True)
    table, _ = tabled(problem)
    chosen = np.asarray(made)

    def added_up(numbers: list[int]) -> list[float]:
        workflows = tuple(WORKFLOWS[number] for number in numbers)
        return [net_cost(problem, workflows, outcome) for outcome in range(3)]

    outcomes = outcomes_of(table, chosen)
    assert outcomes.net == pytest.approx(added_up(made))
    for to in range(3):
        values = moved(table, chosen, outcomes, to)
        for shot in range(4):
            assert values[:, shot] == pytest.approx(added_up([*made[:shot], to, *made[shot + 1 :]]))


def test_a_step_is_told_with_the_share_of_outcomes_that_reach_it() -> None:
    costs = {Workflow.AI: np.array([[80.0], [100.0], [120.0], [140.0]])}
    credit = CreditSteps(
        "rebate", (CreditStep(50.0, 0.1), CreditStep(105.0, 0.2)), {Workflow.AI: [1.0]}, measured_outside=5.0
    )
    table, _ = tabled(MixProblem(("a",), costs, "CAD", [0], [0], credits=(credit,)))

    (step,) = steps_of(table, outcomes_of(table, np.array([0])))

    assert (step.measured, step.at_least, step.rate, step.chance) == (115.0, 105.0, 0.2, 0.75)


def test_a_cap_on_the_base_and_one_on_the_credit_cut_what_a_shot_brings() -> None:
    costs = {Workflow.AI: np.array([[1000.0]])}
    for caps, credit in (({}, 300.0), ({"base_at_most": 700.0}, 210.0), ({"credit_at_most": 90.0}, 90.0)):
        steps = CreditSteps("capped", (CreditStep(0.0, 0.3),), {Workflow.AI: [1.0]}, **caps)
        table, _ = tabled(MixProblem(("a",), costs, "CAD", [0], [0], credits=(steps,)))
        assert float(outcomes_of(table, np.array([0])).net[0]) == pytest.approx(1000.0 - credit)
