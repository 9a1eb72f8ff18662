"""A problem put together from an estimate and a studio's calendar."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from analytics.estimation.estimate import Estimate, Rests
from analytics.estimation.mix.answer import MixObjective
from analytics.estimation.mix.choosing import solve_mix
from analytics.estimation.mix.from_estimate import mix_problem_of
from analytics.vocabulary.bid import Basis
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.listed_shot import ListedShot
from analytics.vocabulary.shot import ShotKind
from analytics.vocabulary.workflow import Workflow

TRADITIONAL, AI = Workflow.TRADITIONAL, Workflow.AI
SHOTS = (
    ListedShot("list.csv, line 2", "A010", 48, turnover_on=date(2026, 11, 25), due_on=date(2026, 12, 11)),
    ListedShot("list.csv, line 3", "A020", 48, workflow=TRADITIONAL),
    ListedShot("list.csv, line 4", "A030", 48, ai_allowed=False),
    ListedShot("list.csv, line 5", "A040", 48, kind=ShotKind.DE_AGE),
)


def estimate(shots: tuple[ListedShot, ...] = SHOTS) -> Estimate:
    n = len(shots)
    return Estimate(
        shots=shots,
        hours_by_workflow={TRADITIONAL: np.tile([[90.0], [110.0]], n), AI: np.tile([[30.0], [50.0]], n)},
        in_ai=np.zeros((2, n), bool),
        workflows=(TRADITIONAL,) * n,
        department_shares={
            TRADITIONAL: pd.DataFrame({"fx": [0.6] * n, "comp": [0.4] * n}),
            AI: pd.DataFrame({"ai": [0.5] * n, "comp": [0.5] * n}),
        },
        basis=(Basis.LEARNED,) * n,
        flags=((),) * n,
        drivers=((),) * n,
        rests_on=Rests(10, 2, 3, None),
    )


def costs(shots: int = 4) -> dict[Workflow, np.ndarray]:
    return {TRADITIONAL: np.full((2, shots), 100.0), AI: np.full((2, shots), 40.0)}


def test_hours_go_to_departments_and_dates_to_weeks_from_monday() -> None:
    problem = mix_problem_of(
        estimate(),
        costs(),
        currency="CAD",
        starts_on=date(2026, 11, 24),
        deadline=date(2026, 12, 31),
        capacity={"fx": [100.0, 200.0]},
        gpu_hours={AI: [5.0] * 4},
        gpu_hours_per_week=8.0,
    )

    assert problem.starts_on == date(2026, 11, 23)
    assert (problem.first_week[0], problem.last_week[0], problem.deadline_week) == (0, 2, 5)
    assert problem.hours_by_workflow[TRADITIONAL]["fx"] == pytest.approx([60.0] * 4)
    assert problem.hours_by_workflow[AI]["comp"] == pytest.approx([20.0] * 4)
    assert problem.capacity["fx"][:4].tolist() == [100.0, 200.0, 200.0, 200.0]
    assert problem.hours_by_workflow[AI]["gpu"].tolist() == [5.0] * 4
    assert not solve_mix(problem, MixObjective.LEAST_COST).shortfalls


def test_what_the_list_and_the_gate_say_is_obeyed() -> None:
    problem = mix_problem_of(estimate(), costs(), currency="CAD", gated={ShotKind.DE_AGE: "de-ageing needs consent"})

    assert solve_mix(problem, MixObjective.LEAST_COST).workflows == (AI, TRADITIONAL, TRADITIONAL, TRADITIONAL)
    assert problem.refusals[AI] == [
        "",
        "the list asks for Traditional",
        "the list rules AI out for this shot",
        "de-ageing needs consent",
    ]


def test_shots_that_nothing_may_make_are_refused_all_at_once_by_their_lines() -> None:
    shots = (replace(SHOTS[2], workflow=AI), replace(SHOTS[3], workflow=AI))

    with pytest.raises(InputRefused) as refused:
        mix_problem_of(estimate(shots), costs(2), currency="CAD", gated={ShotKind.DE_AGE: "it needs consent"})

    assert [problem.place for problem in refused.value.problems] == ["list.csv, line 4", "list.csv, line 5"]


def test_a_missing_price_is_refused_by_shot_and_never_taken_as_zero() -> None:
    unpriced = costs()
    unpriced[AI][0, 1] = np.nan

    with pytest.raises(InputRefused, match=r"A020.*no usable cost by AI"):
        mix_problem_of(estimate(), unpriced, currency="CAD")


def test_a_due_date_before_work_starts_and_a_deadline_without_a_calendar_are_refused() -> None:
    with pytest.raises(InputRefused, match="A010"):
        mix_problem_of(estimate(), costs(), currency="CAD", starts_on=date(2027, 1, 4))
    with pytest.raises(InputRefused, match="deadline"):
        mix_problem_of(estimate(), costs(), currency="CAD", deadline=date(2026, 12, 31))


def test_without_due_dates_there_are_weeks_enough_for_every_mix() -> None:
    free = tuple(replace(shot, due_on=None, turnover_on=None) for shot in SHOTS)

    problem = mix_problem_of(estimate(free), costs(), currency="CAD", capacity={"fx": 10.0})

    assert not solve_mix(problem, MixObjective.LEAST_COST).shortfalls
    assert len(problem.capacity["fx"]) >= 24


def test_a_department_without_anybody_is_told_as_missing_hours() -> None:
    problem = mix_problem_of(estimate(), costs(), currency="CAD", capacity={"fx": 0.0})

    answer = solve_mix(problem, MixObjective.LEAST_COST)

    assert answer.workflows == (AI, TRADITIONAL, TRADITIONAL, AI)
    assert answer.shortfalls[0].amount == pytest.approx(120.0)
