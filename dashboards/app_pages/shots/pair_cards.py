"""Cards of a pair: what the same work took by both workflows, in one shot made both ways or in two that are twins."""

from collections.abc import Sequence
from decimal import Decimal

from analytics.costing.cost_steps import ShotCostSteps
from analytics.ledger.found_shots import FoundShot
from analytics.ledger.shot_life import ShotLife
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.workflow import Workflow
from dashboards.app_pages.shots.wording import full_money
from dashboards.look.cards import SideValue, cards, value_card
from dashboards.look.words import hours_words

SIDES = (Workflow.AI, Workflow.TRADITIONAL)


def pair_cards(shot: FoundShot, life: ShotLife, linked: Sequence[FoundShot], steps: ShotCostSteps | None) -> str:
    """The cards, or nothing where the shot is no pair."""
    twin = next((twin for twin in linked if twin.arm != shot.arm and twin.arm in SIDES and shot.arm in SIDES), None)
    if twin is not None:
        return _twins(shot, twin)
    return _both_ways(shot, life, steps) if shot.made_both_ways else ""


def _twins(shot: FoundShot, twin: FoundShot) -> str:
    by_side = {Workflow(each.arm): each for each in (shot, twin) if each.arm}
    pair = [by_side[side] for side in SIDES]
    origins = tuple(dict.fromkeys(each.weakest_origin for each in pair))
    hours, days = [each.people_hours for each in pair], [each.calendar_days for each in pair]
    days_words = ["not final" if each is None else f"{each} d" for each in days]
    made = [
        _card("pair_hours", "People-hours", hours, [hours_words(each) for each in hours], origins),
        _card("pair_days", "Calendar days", days, days_words, origins),
    ]
    costs, versions = [each.cost for each in pair], [each.versions for each in pair]
    if any(cost is not None for cost in costs):
        costs_words = [full_money(cost, shot.production_currency) for cost in costs]
        made.append(_card("pair_cost", "Cost, gross", costs, costs_words, origins))
        made.append(_card("pair_versions", "Versions", versions, [str(each or "–") for each in versions], origins))
    return cards(*made)


def _both_ways(shot: FoundShot, life: ShotLife, steps: ShotCostSteps | None) -> str:
    hours = [life.hours_by(side) for side in SIDES]
    origins = (shot.weakest_origin,)
    made = [_card("pair_hours", "People-hours", hours, [hours_words(each) for each in hours], origins)]
    if steps is not None:
        costs = [steps.cost_of(steps.of(side)) for side in SIDES]
        said = [full_money(cost, steps.currency) for cost in costs]
        made.append(_card("pair_cost", "Cost, gross", costs, said, origins))
    return cards(*made)


def _card(
    name: str,
    title: str,
    lengths: Sequence[Decimal | float | None],
    words: Sequence[str],
    origins: tuple[Origin, ...],
) -> str:
    sides = [
        SideValue(side, said, None if length is None else float(length))
        for side, length, said in zip(SIDES, lengths, words, strict=True)
    ]
    return value_card(name, title, sides, origins, "", [])
