"""The screen of ``shotledger bid mix``: mixes to choose from, and why each shot of the chosen one went where."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rich.console import Group
from rich.constrain import Constrain
from rich.text import Text

from analytics.vocabulary.workflow import Workflow
from dashboards.terminal.bid_screens import MOST_SHOTS, listing, points, titled
from dashboards.terminal.listings import COLOURS, NOTHING, plain, workflow_words
from dashboards.terminal.one_shot import SCREEN_WIDTH

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

    from analytics.bidding.mix_trade_off import TradeOff
    from analytics.estimation.mix.answer import MixAnswer

_AMOUNT = re.compile(r"about ([\d.,]+)( [kM])? (?=[A-Z]{3}\b)")
_WHEN = r" (in the week of [\d-]+|between [\d-]+ and [\d-]+|in week \d+|between week \d+ and week \d+)"
_DETAILS = (
    (_AMOUNT.pattern + "[A-Z]{3}", "money"),
    (_WHEN, ""),
    (r"the [\d.,]+ hours more", "the hours more"),
    (r"in [\d.]+% fewer", "in fewer"),
    (r"late by \d+ weeks?", "late"),
)
_SHOTS_NAMED = 3


def mix_screen(found: "TradeOff", *, every_shot: bool = False) -> "RenderableType":
    """Mixes on 100 columns, the chosen one first in words.

    Parameters
    ----------
    every_shot
        The reason of each shot, however many there are; else of many shots the reasons with their shots.
    """
    production, shots = found.listed.production, found.listed.estimate.shots
    header = Text(f"{production.name}: who makes the {len(shots):,} shots of {found.listed.shot_list.name}", "bold")
    parts: list[RenderableType] = [Text(), header, Text()]
    if _is_invented(found):
        parts += [Text("Demonstration data: what this rests on is invented.", style="bold reverse"), Text()]
    parts += [Text(chosen_words(found), style="bold"), Text(_ground_words(found)), Text()]
    shortfalls = [each.words for each in found.chosen.answer.shortfalls]
    parts += points("What is lacking", shortfalls)
    cost = "net cost" if found.chosen.answer.credit else "cost"
    parts += titled(f"What there is to choose from, {cost} in {found.currency}", _curve_table(found), _caption(found))
    if len(shots) > MOST_SHOTS and not every_shot:
        parts += titled("Why, in the chosen mix", _reasons_table(found), "Shot by shot: --shots, or with --json.")
    else:
        parts += titled("Why, shot by shot", _shots_table(found))
    told = [words for words in found.warnings if words not in shortfalls]
    parts += points("To know", (found.mix_plan.in_words(found.currency), *told))
    return Constrain(Group(*parts), SCREEN_WIDTH)


def chosen_words(found: "TradeOff") -> str:
    """The chosen mix in a sentence or two."""
    answer, currency = found.chosen.answer, found.currency
    ai = _ai_shots(answer)
    incentives = f" net of {answer.credit:,.0f} of incentives" if answer.credit else ""
    words = (
        f"For {found.mix_plan.objective_words}: {ai:,} of {len(answer.workflows):,} shots by AI, expected to cost "
        f"{answer.net:,.0f} {currency}{incentives}; {answer.net_p10:,.0f} to {answer.net_p90:,.0f} in 8 of 10 outcomes."
    )
    if answer.chance_of_budget is not None and found.mix_plan.budget is not None:
        words += f" {answer.chance_of_budget:.0%} of outcomes hold the budget of {found.mix_plan.budget:,.0f}."
    if answer.shortfalls:
        words += " It does not fit."
    elif found.mix_plan.tells_finish:
        words += f" Work can be done by {_finish(found, answer)}."
    return words


def mix_rows(found: "TradeOff") -> list[dict[str, Any]]:
    """The mixes as rows for machines; money of simulated outcomes to the whole unit."""
    return [
        {
            "chosen": answer is found.chosen.answer,
            "found_for": answer.objective.value,
            "ai_shots": _ai_shots(answer),
            "shots": len(answer.workflows),
            "currency": found.currency,
            "gross": round(answer.gross),
            "incentive": -round(answer.credit),
            "net": round(answer.net),
            "net_p10": round(answer.net_p10),
            "net_p50": round(answer.net_p50),
            "net_p90": round(answer.net_p90),
            "chance_of_budget": answer.chance_of_budget,
            "chance_of_outcomes": answer.n_outcomes,
            "finish_week": answer.finish_week + 1 if found.mix_plan.tells_finish else None,
            "finish_on": str(answer.finish_on) if answer.finish_on and found.mix_plan.tells_finish else None,
            "fits": not answer.shortfalls,
        }
        for answer in found.curve
    ]


def mix_as_json(found: "TradeOff") -> dict[str, Any]:
    """All of it for machines."""
    chosen, rests_on = found.chosen, found.listed.estimate.rests_on
    told = zip(found.listed.estimate.shots, chosen.answer.workflows, chosen.why, strict=True)
    return {
        "production_id": found.listed.production.production_id,
        "shot_list": found.listed.shot_list.name,
        "objective": found.mix_plan.objective.value,
        "budget": None if found.mix_plan.budget is None else str(found.mix_plan.budget),
        "currency": found.currency,
        "synthetic": _is_invented(found),
        "ground": {"shots": rests_on.n_shots, "productions": rests_on.n_productions, "ai_shots": rests_on.n_ai_shots},
        "curve": mix_rows(found),
        "shortfalls": [
            {"what": each.what, "amount": each.amount, "unit": each.unit, "words": each.words}
            for each in chosen.answer.shortfalls
        ],
        "shots": [{"code": shot.code, "workflow": workflow.value, "why": why} for shot, workflow, why in told],
        "plan": found.mix_plan.in_words(found.currency),
        "warnings": list(found.warnings),
    }


def _curve_table(found: "TradeOff") -> "Table":
    with_budget, with_finish = found.mix_plan.budget is not None, found.mix_plan.tells_finish
    heads = [">expected", ">8 in 10", ">by AI"]
    heads += [">holds the budget"] * with_budget + [">can be done by"] * with_finish
    table = listing("", *heads, "")
    for answer in found.curve:
        chosen = answer is found.chosen.answer
        cells = [
            "▶" if chosen else "",
            f"{answer.net:,.0f}",
            f"{answer.net_p10:,.0f}–{answer.net_p90:,.0f}",
            f"{_ai_shots(answer):,}",
        ]
        cells += [NOTHING if answer.chance_of_budget is None else f"{answer.chance_of_budget:.1%}"] * with_budget
        cells += [_finish(found, answer)] * with_finish
        table.add_row(*plain(*cells, "chosen" if chosen else ""), style="bold" if chosen else "")
    return table


def _caption(found: "TradeOff") -> str:
    from analytics.comparison.review_results import wilson_interval

    outcomes = found.listed.outcomes.cost.shape[0]
    words = f"Of {outcomes:,} simulated outcomes, without contingency and margin."
    answer = found.chosen.answer
    if answer.chance_of_budget is not None:
        low, high = wilson_interval(round(answer.chance_of_budget * answer.n_outcomes), answer.n_outcomes)
        words += (
            f" The budget is held against {answer.n_outcomes:,} of them, so that the chosen mix's chance is known to "
            f"lie between {low:.0%} and {high:.0%}, 19 times in 20."
        )
    if answer.shortfalls:
        words += " Where nothing fits there is nothing to weigh up."
    elif len(found.curve) == 1:
        words += " No other mix is better in anything."
    return words


def _reasons_table(found: "TradeOff") -> "Table":
    """Reasons that differ in numbers alone are one, with the sum of their amounts."""
    groups: dict[tuple[Workflow, str], list[tuple[str, float]]] = {}
    told = zip(found.listed.estimate.shots, found.chosen.answer.workflows, found.chosen.why, strict=True)
    for shot, workflow, why in told:
        amount = min(_amounts(why), default=0.0)  # against the next best, where there are three workflows
        groups.setdefault((workflow, alike(why)), []).append((shot.code, amount))
    table = listing("Workflow", ">shots", "Why", f">about, {found.currency}", "Shots", gap=1)
    for (workflow, why), members in sorted(groups.items(), key=lambda each: -len(each[1])):
        named = ", ".join(code for code, _ in members[:_SHOTS_NAMED])
        total = sum(amount for _, amount in members)
        table.add_row(
            Text(workflow_words(workflow), style=COLOURS[workflow]),
            *plain(f"{len(members):,}", why, f"{total:,.0f}" if total else "", named),
        )
    return table


def _shots_table(found: "TradeOff") -> "Table":
    table = listing("Shot", "Workflow", "Why")
    told = zip(found.listed.estimate.shots, found.chosen.answer.workflows, found.chosen.why, strict=True)
    for shot, workflow, why in told:
        table.add_row(Text(shot.code), Text(workflow_words(workflow), style=COLOURS[workflow]), Text(why))
    return table


def alike(why: str) -> str:
    """A reason without the numbers that only its shot has."""
    for detail, instead in _DETAILS:
        why = re.sub(detail, instead, why)
    return why


def _amounts(why: str) -> Iterator[float]:
    for number, size in _AMOUNT.findall(why):
        yield float(number.replace(",", "")) * {"": 1.0, " k": 1e3, " M": 1e6}[size]


def _ai_shots(answer: "MixAnswer") -> int:
    return sum(workflow is not Workflow.TRADITIONAL for workflow in answer.workflows)


def _finish(found: "TradeOff", answer: "MixAnswer") -> str:
    return str(answer.finish_on) if answer.finish_on else f"week {answer.finish_week + 1}"


def _is_invented(found: "TradeOff") -> bool:
    shots = found.listed.history.shots
    return "is_synthetic" in shots and bool(shots["is_synthetic"].astype(bool).any())


def _ground_words(found: "TradeOff") -> str:
    rests_on = found.listed.estimate.rests_on
    if not rests_on.n_shots:
        return "There is no history to learn from: hours are those of the template, which are assumptions."
    return (
        f"Learned from {rests_on.n_shots:,} past shots of {rests_on.n_productions:,} productions, "
        f"{rests_on.n_ai_shots:,} of them given to AI."
    )
