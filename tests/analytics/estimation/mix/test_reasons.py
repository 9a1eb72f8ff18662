"""Why each shot went where it did, in words."""

from datetime import date

import numpy as np
import pytest

from analytics.estimation.mix.answer import MixObjective
from analytics.estimation.mix.choosing import solve_mix
from analytics.estimation.mix.problem import CreditStep, CreditSteps, MixProblem
from analytics.estimation.mix.reasons import about, why
from analytics.vocabulary.workflow import Workflow

TRADITIONAL, AI = Workflow.TRADITIONAL, Workflow.AI


def test_what_is_saved_what_is_not_allowed_and_what_has_no_room() -> None:
    problem = MixProblem(
        shot_codes=("a", "b", "c"),
        cost_by_workflow={
            TRADITIONAL: np.array([[5100.0, 900.0, 4000.0]]),
            AI: np.array([[2000.0, 100.0, 1500.0]]),
        },
        currency="CAD",
        first_week=[0, 0, 1],
        last_week=[0, 0, 1],
        hours_by_workflow={AI: {"ai": np.array([30.0, 10.0, 30.0])}},
        refusals={AI: ["", "it needs consent", ""]},
        capacity={"ai": np.array([40.0, 20.0])},
        starts_on=date(2026, 11, 23),
    )

    answer = solve_mix(problem, MixObjective.LEAST_COST)

    assert why(problem, answer) == (
        "AI saves about 3.1 k CAD against Traditional.",
        "Not by AI: it needs consent.",
        "AI would save about 2.5 k CAD, but ai has no room in the week of 2026-11-30 "
        "for the 30 hours more that AI takes.",
    )


def test_a_shot_that_a_step_hangs_on_says_so() -> None:
    costs = {TRADITIONAL: np.array([[60.0, 50.0]]), AI: np.array([[40.0, 30.0]])}
    credit = CreditSteps("cliff", (CreditStep(110.0, 0.6),), {TRADITIONAL: [1.0, 1.0], AI: [0.0, 0.0]})
    problem = MixProblem(("a", "b"), costs, "EUR", [0, 0], [0, 0], credits=(credit,))

    first, _ = why(problem, solve_mix(problem, MixObjective.LEAST_COST))

    # As it is: 110 - 66 = 44. With AI for a: 40 + 50 and no credit.
    assert first == "Traditional saves about 46 EUR against AI: cliff would miss its step at 110."


def test_being_late_and_ending_later() -> None:
    costs = {TRADITIONAL: np.array([[10.0, 10.0]]), AI: np.array([[50.0, 50.0]])}
    problem = MixProblem(("a", "b"), costs, "EUR", [0, 0], [5, 2], weeks_needed={TRADITIONAL: [5, 5], AI: [3, 3]})

    of_a, of_b = why(problem, solve_mix(problem, MixObjective.EARLIEST_FINISH))

    assert of_a == "Traditional would save about 40 EUR, but work would end later."
    assert of_b == "Traditional would save about 40 EUR, but Traditional would be late by 2 weeks."


def test_giving_up_money_for_a_surer_budget() -> None:
    draw = np.random.default_rng(3)
    costs = {TRADITIONAL: np.full((1000, 2), 100.0), AI: 94 * draw.lognormal(0, 0.3, (1000, 2))}
    problem = MixProblem(("a", "b"), costs, "EUR", [0, 0], [0, 0], budget=205.0)

    answer = solve_mix(problem, MixObjective.SUREST_BUDGET)

    assert answer.workflows == (TRADITIONAL, TRADITIONAL)
    assert "but the budget would hold in" in why(problem, answer)[0]


def test_where_there_is_one_workflow_that_is_the_reason() -> None:
    problem = MixProblem(("a",), {TRADITIONAL: np.array([[10.0]])}, "EUR", [0], [0])

    assert why(problem, solve_mix(problem, MixObjective.LEAST_COST)) == (
        "Traditional is the only workflow there is to choose.",
    )


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (3100, "3.1 k"),
        (96, "96"),
        (996, "1.0 k"),
        (12_400, "12 k"),
        (994_000, "994 k"),
        (999_000, "1.0 M"),
        (2.5e7, "25 M"),
    ],
)
def test_amounts_are_said_with_the_digits_that_matter(amount: float, words: str) -> None:
    assert about(amount) == words
