"""Chooses the workflow of each shot of a bid: what there is to choose from, by a mix plan, and the solver's answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analytics.bidding.cost_outcomes import CostOutcomes
from analytics.bidding.mix_plan import MixPlan, WeeklyHours
from analytics.estimation.estimate import Estimate
from analytics.vocabulary.department import Department
from analytics.vocabulary.errors import InputRefused, Problem
from analytics.vocabulary.workflow import Workflow

if TYPE_CHECKING:
    from analytics.estimation.history import BidHistory
    from analytics.estimation.mix.answer import MixAnswer
    from analytics.estimation.mix.problem import CreditSteps, MixProblem


@dataclass(frozen=True)
class BestMix:
    """The estimate with its workflows decided, why each shot went where, and what the solver says of its answer."""

    estimate: Estimate
    answer: "MixAnswer"
    why: tuple[str, ...]


def mix_problem(
    estimate: Estimate,
    priced: CostOutcomes,
    history: "BidHistory",
    currency: str,
    *,
    mix_plan: MixPlan | None = None,
    incentives: "tuple[CreditSteps, ...]" = (),
    gpu_hours: Mapping[Workflow, Sequence[float]] | None = None,
) -> "MixProblem":
    """What a mix of an estimate's shots is chosen from.

    Parameters
    ----------
    mix_plan
        ``None``: nothing but the list and the record of AI holds it back.
    incentives
        With them net cost is looked at.
    gpu_hours
        By workflow and shot, hours of one GPU.

    Raises
    ------
    InputRefused
        If a price is missing (workflows whose cost is unknown cannot be held against each other), the plan names a
        department that there is not, or a shot is left without a workflow.
    """
    import numpy as np

    from analytics.estimation.mix.from_estimate import mix_problem_of
    from analytics.estimation.mix.gate import ai_records, gated_kinds

    unknown = [workflow.label for workflow, cost in priced.by_workflow.items() if not np.isfinite(cost).all()]
    if unknown:
        raise InputRefused(
            "--mix",
            "best",
            f"needs the price of all that the {' and '.join(unknown)} workflow takes, and one is missing",
            "name a card that has it, or see which with --mix current",
        )
    plan = mix_plan or MixPlan()
    return mix_problem_of(
        estimate,
        priced.by_workflow,
        currency=currency,
        starts_on=plan.starts_on,
        deadline=plan.deadline,
        capacity=_capacity(plan, estimate),
        gpu_hours=gpu_hours,
        gpu_hours_per_week=plan.gpu_hours_per_week or None,
        weeks_needed={workflow: [weeks] * len(estimate.shots) for workflow, weeks in plan.weeks_needed.items()},
        budget=None if plan.budget is None else float(plan.budget),
        incentives=incentives,
        gated=gated_kinds(ai_records(history.shots), least_share=float(plan.gate), refused=plan.not_by_ai),
    )


def best_mix(
    estimate: Estimate, problem: "MixProblem", mix_plan: MixPlan | None = None, *, seconds: float = 20.0
) -> BestMix:
    """Give each shot to the workflow that serves the plan's objective best; without a plan, the least expected cost."""
    from analytics.estimation.mix.choosing import solve_mix
    from analytics.estimation.mix.reasons import why

    answer = solve_mix(problem, (mix_plan or MixPlan()).objective, seconds=seconds)
    return BestMix(estimate.with_workflows(answer.workflows), answer, why(problem, answer))


def _capacity(plan: MixPlan, estimate: Estimate) -> dict[str, WeeklyHours]:
    """By department as the estimate writes it, hours a week.

    A name that nobody has would hold nothing back and nobody would notice; one that these shots don't need may be.
    """
    written = {
        str(name).lower(): str(name) for shares in estimate.department_shares.values() for name in shares.columns
    }
    known = {**{each.value: each.value for each in Department}, **written}
    strange = [
        Problem(
            f"{plan.name}: capacity.{name}", name, "is no department of this bid", f"use {', '.join(sorted(known))}"
        )
        for name in plan.capacity
        if name.lower() not in known
    ]
    if strange:
        raise InputRefused.all_of(strange)
    return {known[name.lower()]: hours for name, hours in plan.capacity.items()}


def mix_assumptions(answer: "MixAnswer", mix_plan: MixPlan | None, currency: str) -> list[str]:
    """What a bid with a chosen mix takes for granted: what it was chosen for, what it keeps to, and when it is done."""
    if mix_plan is None:
        return []
    said = [mix_plan.in_words(currency)]
    if mix_plan.tells_finish and answer.finish_on is not None and not answer.shortfalls:
        said.append(f"With the hours and weeks that the mix plan names, work can be done by {answer.finish_on}.")
    return said
