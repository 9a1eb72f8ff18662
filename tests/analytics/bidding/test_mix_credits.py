"""The rules of a plan as steps: what a mix is told has to be what the programmes then give on the bid."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from analytics.bidding.bid_incentives import bid_incentives
from analytics.bidding.bid_lines import lines_of_shots
from analytics.bidding.mix_credits import WITHOUT_STEPS, credit_steps
from analytics.costing.exchange import Exchange
from analytics.costing.incentive_plan import IncentivePlan, plan_for_all
from analytics.estimation.mix.answer import MixObjective
from analytics.estimation.mix.choosing import solve_mix
from analytics.estimation.mix.outcomes import credited
from analytics.estimation.mix.problem import CreditSteps, MixProblem
from analytics.vocabulary.money import Money
from analytics.vocabulary.workflow import Workflow
from tests.analytics.bidding.making_estimates import FPS, invented_estimate, listed, terms
from tests.analytics.bidding.test_assembling import book

SHOTS = [listed(f"S{number}", 60 + 20 * number, handle_frames=0) for number in range(5)]
ESTIMATE = invented_estimate(SHOTS)
MET = {"cnc_cultural_test": True, "digitally_processed_shots": True}


def none_needed(one: str, other: str, on: date) -> Exchange:
    return Exchange.none(one) if one == other else Exchange(one, other, Decimal("0.5"), on)


def plan(*names: str, budget: str = "100000", met: dict[str, bool] | None = None) -> IncentivePlan:
    known = plan_for_all(names, labour_share=Decimal(1))
    claim = replace(
        known.for_all,
        figures={"budget": Money.of(budget, "EUR")},
        requirements_met=MET if met is None else met,
        count_pending=True,
    )
    return replace(known, for_all=claim)


def with_amounts(given: IncentivePlan, name: str, minimum: str, cliff: str) -> IncentivePlan:
    """A programme whose first rule has its money thresholds where small test bids lie."""
    programme = given.programmes[name]
    rule = programme.rules[0]
    rule = replace(
        rule,
        minimum=(replace(rule.minimum[0], at_least=Decimal(minimum)),),
        cliffs=(replace(rule.cliffs[0], threshold=replace(rule.cliffs[0].threshold, at_least=Decimal(cliff))),),
    )
    return replace(given, programmes={**given.programmes, name: replace(programme, rules=(rule,))})


def steps_of(given: IncentivePlan, territory: str, currency: str) -> tuple[CreditSteps, ...]:
    prices = tuple(replace(each, territory=territory) for each in book().prices)
    here = replace(book(), currency=currency, prices=prices)
    of_bid = terms(territory=territory, started_on=date(2026, 1, 5))
    return credit_steps(ESTIMATE, here, of_bid, given, none_needed)


def test_rules_without_amounts_are_one_share_of_each_shot() -> None:
    (only,) = steps_of(plan("ca-bc"), "CA-BC", "CAD")

    assert only.name == WITHOUT_STEPS
    assert only.earning_share[Workflow.TRADITIONAL] == pytest.approx([0.52] * 5, abs=1e-4)


def test_minimum_cliff_and_caps_become_steps_in_the_currency_of_the_bid() -> None:
    (trip,) = steps_of(plan("fr-trip", budget="2000000"), "FR", "USD")  # a dollar buys half a euro here

    assert [(step.at_least, step.rate) for step in trip.steps] == [(500_000.0, 0.3), (4_000_000.0, 0.4)]
    assert trip.base_at_most == pytest.approx(3_200_000.0)
    assert trip.credit_at_most == pytest.approx(60_000_000.0)
    assert trip.earning_share[Workflow.AI] == pytest.approx([1.0] * 5, abs=1e-4)


def test_half_of_a_small_budget_is_the_minimum_and_a_cliff_not_met_is_left_out() -> None:
    given = plan("fr-trip", budget="100000", met={"cnc_cultural_test": True, "digitally_processed_shots": False})

    (trip,) = steps_of(given, "FR", "EUR")

    assert [(step.at_least, step.rate) for step in trip.steps] == [(50_000.0, 0.3)]


@pytest.mark.parametrize(
    ("minimum", "cliff"), [("1000", "20000"), ("1000", "9000"), ("30000", "90000"), ("4000", "5000")]
)
@pytest.mark.parametrize("made", [(0, 0, 0, 0, 0), (1, 1, 1, 1, 1), (0, 1, 0, 1, 1), (1, 1, 1, 1, 0)])
def test_the_credit_of_any_mix_is_what_the_programme_gives_on_its_lines(
    minimum: str, cliff: str, made: tuple[int, ...]
) -> None:
    given = with_amounts(plan("fr-trip", budget="10000000"), "fr-trip", minimum, cliff)
    prices = tuple(replace(each, territory="FR") for each in book().prices)
    here = replace(book(), currency="EUR", prices=prices)
    of_bid = terms(territory="FR", started_on=date(2026, 1, 5))
    workflows = [(Workflow.TRADITIONAL, Workflow.AI)[number] for number in made]
    lines = lines_of_shots(ESTIMATE.with_workflows(workflows), here, FPS, "FR")
    costs = np.array([float(sum(line.amount or 0 for line in of_shot)) for of_shot in lines])

    (steps,) = credit_steps(ESTIMATE, here, of_bid, given, none_needed)

    counted = np.array([costs @ [steps.earning_share[w][shot] for shot, w in enumerate(workflows)]])
    flat = [line for of_shot in lines for line in of_shot]
    given_back = -float(bid_incentives(flat, given, of_bid, "EUR", date(2026, 1, 5), none_needed).amount)
    assert float(credited(steps, counted, counted)[0]) == pytest.approx(given_back, abs=0.5)


def test_a_step_that_only_the_dearer_workflow_reaches_keeps_shots_there() -> None:
    (trip,) = steps_of(plan("fr-trip"), "FR", "EUR")
    costs = {Workflow.TRADITIONAL: np.full((1, 5), 410_000.0), Workflow.AI: np.full((1, 5), 390_000.0)}

    answer = solve_mix(
        MixProblem(tuple("abcde"), costs, "EUR", [0] * 5, [0] * 5, credits=(replace(trip, base_at_most=None),)),
        MixObjective.LEAST_COST,
    )

    # 5 x 390,000 stays below 2 million; three shots at 410,000 lift it to 2,010,000 and 40 per cent.
    assert answer.workflows.count(Workflow.TRADITIONAL) == 3
