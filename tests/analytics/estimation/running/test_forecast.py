"""What a production will have taken: what is done is known, what is left is not, and finals of its own move it."""

from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from running_ledgers import running_ledger

from analytics.estimation.history import BidHistory
from analytics.estimation.running.budget import BudgetedShot
from analytics.estimation.running.burn_up import burn_up, monday
from analytics.estimation.running.earning import EarningRule, EarningShot
from analytics.estimation.running.exposure import exposures
from analytics.estimation.running.forecast import Forecast, forecast_costs, forecast_hours
from analytics.estimation.running.history_on_day import as_booked, history_on_day
from analytics.estimation.running.standing import RunningShot, Standing
from analytics.vocabulary.frame_rate import FrameRate
from analytics.vocabulary.listed_shot import ListedShot
from analytics.vocabulary.shot import Complexity, ShotKind
from analytics.vocabulary.workflow import Workflow

ON = date(2026, 3, 2)
FPS = FrameRate.parse("24")


def running(
    name: str, standing: Standing, hours: float = 0.0, *, budget: int | None = 60, sunk: float = 0.0
) -> RunningShot:
    listed = ListedShot(
        "", name, 84, 8, "SQ1", ShotKind.SET_EXTENSION, Complexity.MEDIUM, workflow=Workflow.TRADITIONAL,
        turnover_on=ON - timedelta(days=10),
    )  # fmt: skip
    bid = None if budget is None else BudgetedShot(listed, Decimal(budget), Decimal(100 * budget), {}, {})
    began = None if standing is Standing.NOT_BEGUN else ON - timedelta(days=9)
    closed = ON - timedelta(days=1) if standing in (Standing.FINAL, Standing.OMITTED) else None
    return RunningShot(
        name, name, "SQ1", standing, listed, hours, hours - sunk, listed.turnover_on, ON + timedelta(days=14), began,
        closed, bid,
    )  # fmt: skip


def history(own_factor: float, own_count: int = 25, seed: int = 1) -> BidHistory:
    """Four productions of medium shots of about 66 hours, and finals of P9 that take ``own_factor`` times as much."""
    rng = np.random.default_rng(seed)
    frames = []
    for name, count, factor in (("P1", 40, 1.0), ("P2", 40, 1.1), ("P3", 40, 0.9), ("P9", own_count, own_factor)):
        hours = 66 * factor * np.exp(rng.normal(0, 0.4, count))
        frames.append(
            pd.DataFrame(
                {
                    "shot_id": [f"{name}/{each}" for each in range(count)], "production_id": name, "sequence": "SQ0",
                    "code": [f"{each}" for each in range(count)], "kind": "set_extension", "complexity": "medium",
                    "cut_frames": 84.0, "handle_frames": 8.0, "cut_seconds": 3.5, "width": 4096.0, "height": 2160.0,
                    "camera_move": None, "main_vendor": None, "turnover_on": pd.Timestamp("2025-06-01"),
                    "status": "final", "arm": "traditional", "fell_back": False, "made_both_ways": False,
                    "people_hours": hours, "calendar_days": np.maximum(1, np.rint(2 * hours**0.52)),
                }
            )
        )  # fmt: skip
    shots = pd.concat(frames, ignore_index=True)
    departments = shots[["shot_id", "people_hours"]].assign(department="comp")[
        ["shot_id", "department", "people_hours"]
    ]
    return BidHistory(shots, departments)


def forecast(shots: list[RunningShot], past: BidHistory) -> Forecast:
    return forecast_hours(shots, past, production_id="P9", fps=FPS, on=ON, outcomes=400)


def test_what_is_done_is_known_and_what_is_booked_is_the_least() -> None:
    shots = [running("1", Standing.FINAL, 70), running("2", Standing.OMITTED, 12), running("3", Standing.IN_WORK, 90),
             running("4", Standing.NOT_BEGUN), running("5", Standing.IN_WORK, 50, sunk=30)]  # fmt: skip
    hours = forecast(shots, history(1.0)).people_hours
    assert hours.shape == (400, 5)
    assert (hours[:, 0] == 70).all()
    assert (hours[:, 1] == 12).all()
    assert (hours[:, 2] >= 90).all()
    assert hours[:, 2].max() > 100
    assert 30 < np.median(hours[:, 3]) < 120
    # What another workflow took is gone: the one it is in now begins anew above its own 20.
    assert hours[:, 4].min() >= 50
    assert np.median(hours[:, 4]) > np.median(hours[:, 3]) + 22


def test_a_production_whose_finals_take_twice_as_much_will_go_on_so() -> None:
    shots = [running(str(number), Standing.NOT_BEGUN) for number in range(10)]
    usual, dear = (np.median(forecast(shots, history(factor)).people_hours.sum(axis=1)) for factor in (1.0, 2.0))
    assert 1.6 < dear / usual < 2.3


def test_shots_far_along_with_few_hours_bring_down_those_that_have_not_begun() -> None:
    left = [running(f"n{number}", Standing.NOT_BEGUN) for number in range(10)]
    few, many = ([running(f"w{number}", Standing.IN_WORK, hours) for number in range(12)] for hours in (8.0, 70.0))
    medians = [
        np.median(forecast([*work, *left], history(1.0, own_count=2)).people_hours[:, 12:].sum(axis=1))
        for work in (few, many)
    ]
    assert medians[0] < 0.85 * medians[1]


def test_nothing_left_needs_no_history() -> None:
    done = forecast([running("1", Standing.FINAL, 70)], history(1.0))
    assert done.estimate is None
    assert done.department_shares() == [{}]


def test_costs_are_spent_ones_and_hours_to_come_at_what_an_hour_has_turned_out_to_cost() -> None:
    shots = [running(f"f{number}", Standing.FINAL, 60) for number in range(30)] + [running("n", Standing.NOT_BEGUN)]
    hours = forecast(shots, history(1.0))
    spent = np.array([60 * 125.0] * 30 + [0.0])
    costs, prices = forecast_costs(hours, spent, np.full(31, 100.0), 0.15)
    assert (costs[:, :30] == 7500).all()
    assert abs(np.exp(prices.log_factor) - 1.25) < 0.04
    assert abs(costs[:, 30].mean() / hours.people_hours[:, 30].mean() - 125) < 12


def test_a_shot_in_no_budget_is_priced_as_the_others() -> None:
    shots = [running("1", Standing.NOT_BEGUN), running("2", Standing.NOT_BEGUN, budget=None)]
    hours = forecast(shots, history(1.0))
    costs, _ = forecast_costs(hours, np.zeros(2), np.array([100.0, np.nan]), 0.15)
    assert 80 < costs[:, 1].sum() / hours.people_hours[:, 1].sum() < 125
    over, other = exposures(shots, [Decimal(6000), None], [Decimal(0), Decimal(0)], costs)
    assert (over.name, over.budget, over.chance_over, over.saving) == ("2", None, 1.0, 0)
    assert other.overrun > 0
    assert other.saving > 0
    assert abs(other.variance + other.overrun - other.saving) < Decimal("0.03")


def test_the_burn_up_goes_from_what_is_spent_to_what_is_foretold() -> None:
    shots = [running("1", Standing.FINAL, 70), running("2", Standing.IN_WORK, 20), running("3", Standing.NOT_BEGUN)]
    outcomes = np.array([[70.0, 40.0, 50.0], [70.0, 60.0, 80.0], [70.0, 80.0, 110.0]])
    actuals = [Decimal(70), Decimal(20), Decimal(0)]
    earning = [EarningShot(Decimal(60), True, False, False, shot.planned_start, shot.due_on) for shot in shots]
    weeks = burn_up(
        shots, earning, EarningRule.AT_FINAL, {monday(ON) - timedelta(days=7): Decimal(60), monday(ON): Decimal(30)},
        outcomes, actuals, ON,
    )  # fmt: skip
    assert [week.actual for week in weeks[:3]] == [60, 90, None]
    assert weeks[0].p50 is None
    assert weeks[-1].p50 == 210
    assert weeks[-1].planned == 180
    foretold = [week.p50 for week in weeks if week.p50 is not None]
    assert foretold == sorted(foretold)
    assert all(week.p10 <= week.p50 <= week.p90 for week in weeks if week.p10 and week.p50 and week.p90)
    assert weeks[0].week_on.weekday() == 0


def test_history_on_a_day_knows_nothing_later(tmp_path_factory: pytest.TempPathFactory) -> None:
    ledger = running_ledger(tmp_path_factory.mktemp("history"))
    then, now = (history_on_day(ledger, day).shots.set_index("code") for day in (date(2026, 2, 12), date(2026, 12, 1)))
    assert then.loc["SQ10_010", "status"] == "open"
    assert pd.isna(then.loc["SQ10_010", "final_on"])
    assert (then.loc["SQ10_010", "people_hours"], now.loc["SQ10_010", "people_hours"]) == (30, 34)
    assert now.loc["SQ10_010", "status"] == "final"
    assert then.loc["SQ10_020", "people_hours"] == 30


def test_departments_are_those_of_the_hours_booked_by_then() -> None:
    past = history(1.0, own_count=1)
    shots = past.shots.assign(final_on=pd.Timestamp("2026-01-10"))
    later = (shots["production_id"] == "P9").to_numpy()
    booked = pd.DataFrame(
        {
            "shot_id": ["P9/0", "P9/0"],
            "workflow": ["traditional"] * 2,
            "department": ["fx", "roto"],
            "people_hours": [3.0, 2.0],
        }
    )
    then = as_booked(BidHistory(shots, past.departments), booked, later, date(2026, 1, 5))
    own = then.departments[then.departments["shot_id"] == "P9/0"]
    assert dict(zip(own["department"], own["people_hours"], strict=True)) == {"fx": 3.0, "roto": 2.0}
    assert then.shots.set_index("shot_id").loc["P9/0", "people_hours"] == 5
