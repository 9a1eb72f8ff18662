"""The best mix looks at what is paid in the end: what a labour credit gives back can turn it round."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from analytics.bidding.best_mix import BestMix, best_mix, mix_assumptions, mix_problem
from analytics.bidding.cost_outcomes import CostOutcomes, price_outcomes
from analytics.bidding.mix_credits import credit_steps
from analytics.bidding.mix_plan import MixPlan
from analytics.bidding.price_book import OtherCost, ProductionRatio
from analytics.costing.exchange import Exchange
from analytics.costing.incentive_plan import plan_for_all
from analytics.estimation.history import BidHistory
from analytics.estimation.mix.answer import MixObjective
from analytics.vocabulary.bid import LineKind
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.shot import ShotKind
from analytics.vocabulary.workflow import Workflow
from tests.analytics.bidding.making_estimates import FPS, invented_estimate, listed, terms
from tests.analytics.bidding.test_assembling import book

NOTHING = BidHistory(
    pd.DataFrame({name: pd.Series(dtype=object) for name in ("kind", "arm", "status", "fell_back", "made_both_ways")}),
    pd.DataFrame(),
)
SHOTS = [listed(f"S{number}", 60 + 20 * number, handle_frames=0) for number in range(5)]
HERE = terms(territory="CA-BC", started_on=date(2026, 1, 5))
# Of a traditional shot at 100 of labour, one by AI pays 60 for labour and 30 for seconds: 90 against 100.
SECONDS_BOUGHT = (ProductionRatio("A", Decimal("43200"), 100.0),)
SECONDS = OtherCost(LineKind.API, Workflow.AI, None, "second", "Seconds", "imported", 40, SECONDS_BOUGHT)
BOOK = replace(
    book(others=[SECONDS]), currency="CAD", prices=tuple(replace(each, territory="CA-BC") for each in book().prices)
)


def test_ai_is_cheaper_gross_and_the_traditional_workflow_net() -> None:
    estimate = invented_estimate(SHOTS)
    priced = price_outcomes(estimate, BOOK, FPS, territory="CA-BC")
    plan = plan_for_all(["ca-bc"], labour_share=Decimal("1"))
    steps = credit_steps(estimate, BOOK, HERE, plan, lambda one, other, on: Exchange.none(one))
    gross = best_mix(estimate, mix_problem(estimate, priced, NOTHING, "CAD"))
    net = best_mix(estimate, mix_problem(estimate, priced, NOTHING, "CAD", incentives=steps))
    assert set(gross.estimate.workflows) == {Workflow.AI}
    assert set(net.estimate.workflows) == {Workflow.TRADITIONAL}
    assert gross.estimate.in_ai.all()
    assert len(gross.why) == 5


def test_an_unknown_cost_is_not_held_against_a_known_one() -> None:
    estimate = invented_estimate(SHOTS)
    priced = price_outcomes(estimate, BOOK, FPS, territory="CA-BC")
    unknown = {**priced.by_workflow, Workflow.AI: np.full_like(priced.cost, np.nan)}
    with pytest.raises(InputRefused, match="all that the AI workflow takes"):
        mix_problem(estimate, CostOutcomes(unknown, priced.cost), NOTHING, "CAD")


def chosen_by(plan: MixPlan) -> BestMix:
    estimate = invented_estimate(SHOTS)
    priced = price_outcomes(estimate, BOOK, FPS, territory="CA-BC")
    return best_mix(estimate, mix_problem(estimate, priced, NOTHING, "CAD", mix_plan=plan), plan)


def test_kinds_that_a_plan_rules_out_are_not_made_by_ai() -> None:
    chosen = chosen_by(MixPlan(not_by_ai=(ShotKind.DESTRUCTION,)))
    assert set(chosen.estimate.workflows) == {Workflow.TRADITIONAL}
    assert set(chosen.why) == {"Not by AI: AI is ruled out for destruction shots."}


def test_a_department_without_room_sends_shots_elsewhere() -> None:
    """Without limit every shot goes to AI, which needs the department of that name."""
    monday = date(2027, 1, 4)
    free = chosen_by(MixPlan(starts_on=monday, deadline=date(2027, 1, 31)))
    held = chosen_by(MixPlan(starts_on=monday, deadline=date(2027, 1, 31), capacity={"AI": (15.0,)}))
    assert free.answer.workflows.count(Workflow.AI) == 5
    assert 0 < held.answer.workflows.count(Workflow.AI) < 5
    assert any("ai has no room" in why for why in held.why)
    assert not held.answer.shortfalls


def test_a_plan_that_nothing_fits_says_what_is_lacking_and_promises_no_day() -> None:
    plan = MixPlan("p.toml", starts_on=date(2027, 1, 4), deadline=date(2027, 1, 10), capacity={"comp": (10.0, 8.0)})
    chosen = chosen_by(plan)
    assert [each.what for each in chosen.answer.shortfalls] == ["comp"]
    assert mix_assumptions(chosen.answer, plan, "CAD") == [
        "The mix is chosen by the plan p.toml for the least expected cost, and keeps to: work from 2027-01-04; done by "
        "2027-01-10; comp 10, 8 hours a week."
    ]


def test_a_budget_is_told_its_chance_and_weeks_their_day() -> None:
    usual = Decimal(round(chosen_by(MixPlan()).answer.net_p50))
    plan = MixPlan(
        budget=usual, objective=MixObjective.SUREST_BUDGET, starts_on=date(2027, 1, 4),
        weeks_needed={Workflow.TRADITIONAL: 3, Workflow.AI: 2},
    )  # fmt: skip
    chosen = chosen_by(plan)
    assert chosen.answer.objective is MixObjective.SUREST_BUDGET
    assert 0 < (chosen.answer.chance_of_budget or 0) < 1
    assert any(f"stay within {usual:,} CAD" in words for words in chosen.answer.words)
    assert mix_assumptions(chosen.answer, plan, "CAD")[1].endswith("work can be done by 2027-01-17.")


def test_gpu_hours_hold_a_mix_back() -> None:
    estimate = invented_estimate(SHOTS)
    priced = price_outcomes(estimate, BOOK, FPS, territory="CA-BC")
    plan = MixPlan(starts_on=date(2027, 1, 4), deadline=date(2027, 1, 10), gpu_hours_per_week=(20.0,))
    gpu_hours = {Workflow.TRADITIONAL: [0.0] * 5, Workflow.AI: [10.0] * 5}
    problem = mix_problem(estimate, priced, NOTHING, "CAD", mix_plan=plan, gpu_hours=gpu_hours)
    assert best_mix(estimate, problem, plan).answer.workflows.count(Workflow.AI) == 2


def test_a_department_that_nobody_has_is_refused() -> None:
    with pytest.raises(InputRefused, match=r"p\.toml: capacity\.fxx.*is no department of this bid"):
        chosen_by(MixPlan("p.toml", capacity={"fxx": (10.0,), "layout": (5.0,)}))
