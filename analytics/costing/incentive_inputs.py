"""Refuses what incentives cannot be worked out from: whatever is missing is said, all of it at once."""

from collections.abc import Mapping, Sequence

from analytics.costing.incentive_base import counts
from analytics.vocabulary.errors import InputRefused, Problem
from analytics.vocabulary.incentive import (
    FIGURES,
    Base,
    CostCategory,
    IncentiveCost,
    IncentiveProgramme,
    IncentiveRule,
    Threshold,
)
from analytics.vocabulary.money import Money


def refuse_unusable_inputs(
    costs: Sequence[IncentiveCost],
    programmes: Sequence[IncentiveProgramme],
    applied: Sequence[tuple[IncentiveProgramme, IncentiveRule]],
    figures: Mapping[str, Money],
    requirements_met: Mapping[str, bool],
) -> None:
    """Look through everything that the rules in force will ask for.

    Raises
    ------
    InputRefused
        If anything is missing, negative or in another currency; every problem at once.
    """
    problems = [] if programmes else [Problem("programmes", None, "there are none", "name at least one programme")]
    if not costs:
        problems.append(Problem("costs", None, "there are none, which is not the same as zero", "give at least one"))
    currency = programmes[0].currency if programmes else ""
    for programme in programmes:
        if programme.currency != currency:
            problems.append(
                Problem(
                    f"programme {programme.name}",
                    programme.currency,
                    f"pays in another currency than {programmes[0].name}, in {currency}",
                    "work programmes of each currency out apart",
                )
            )
    for number, cost in enumerate(costs, start=1):
        problems += _of_cost(f"cost {number} ({cost.category} in {cost.territory})", cost, currency)
    problems += [
        problem for name, figure in figures.items() for problem in _of_money(f"figure {name}", figure, currency)
    ]
    problems += [
        Problem("figures", name, "is no figure", f"use one of: {', '.join(FIGURES)}")
        for name in figures
        if name not in FIGURES
    ]
    for programme, rule in applied:
        counting = [(number, cost) for number, cost in enumerate(costs, start=1) if counts(rule, programme, cost)]
        if counting:
            problems += _missing(programme, rule, counting, figures, requirements_met)
    if problems:
        raise InputRefused.all_of(list(dict.fromkeys(problems)))


def asks_for_labour(rule: IncentiveRule) -> bool:
    """Whether a rule cannot be worked out as long as the labour among the costs is unknown."""
    return rule.base is Base.LABOUR_ONLY or "labour" in _measures_asked(rule)


def figures_asked(rule: IncentiveRule) -> set[str]:
    """Names of the figures that a rule holds something against."""
    return _measures_asked(rule) & set(FIGURES)


def requirements_asked(rule: IncentiveRule) -> set[str]:
    """Names of the requirements that a rule or one of its cliffs depends on."""
    return {*rule.requires, *(name for cliff in rule.cliffs for name in cliff.requires)}


def _measures_asked(rule: IncentiveRule) -> set[str]:
    thresholds: list[Threshold] = [*rule.minimum, *(cliff.threshold for cliff in rule.cliffs)]
    asked = {name for threshold in thresholds for name in (threshold.of, threshold.share_of) if name}
    return asked | ({rule.base_cap.share_of} if rule.base_cap and rule.base_cap.share_of else set())


def _of_money(place: str, money: Money, currency: str) -> list[Problem]:
    problems = []
    if money.amount < 0:
        problems.append(Problem(place, str(money), "is negative", "give what is paid as a positive amount"))
    if currency and money.currency != currency:
        problems.append(
            Problem(
                place,
                str(money),
                f"is not in {currency}, in which the programme pays",
                "convert it by a dated rate first",
            )
        )
    return problems


def _of_cost(place: str, cost: IncentiveCost, currency: str) -> list[Problem]:
    problems = _of_money(place, cost.amount, currency)
    if cost.labour_part is None:
        return problems
    problems += _of_money(f"{place}: labour part", cost.labour_part, currency)
    if cost.category is not CostCategory.CONTRACT:
        problems.append(
            Problem(f"{place}: labour part", str(cost.labour_part), "belongs to contracts only", "leave it out")
        )
    elif cost.labour_part.amount > cost.amount.amount:
        problems.append(
            Problem(
                f"{place}: labour part", str(cost.labour_part), f"is more than the whole, {cost.amount}", "correct it"
            )
        )
    return problems


def _missing(
    programme: IncentiveProgramme,
    rule: IncentiveRule,
    counting: Sequence[tuple[int, IncentiveCost]],
    figures: Mapping[str, Money],
    requirements_met: Mapping[str, bool],
) -> list[Problem]:
    problems = [
        Problem("figures", None, f"{programme.name} needs {FIGURES[name]}", f"give the figure {name}")
        for name in sorted(figures_asked(rule) - set(figures))
    ]
    problems += [
        Problem(
            "requirements",
            None,
            f"{programme.name} needs to know whether {programme.requirements[name]}",
            f"state {name} as met or not",
        )
        for name in sorted(requirements_asked(rule) - set(requirements_met))
    ]
    if asks_for_labour(rule):
        problems += [
            Problem(
                f"cost {number} (contract in {cost.territory}): labour part",
                None,
                f"{programme.name} pays on labour, and how much of this contract is labour is unknown",
                "ask the vendor, and give 0 if none of it is",
            )
            for number, cost in counting
            if cost.category is CostCategory.CONTRACT and cost.labour_part is None
        ]
    return problems
