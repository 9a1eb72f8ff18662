"""The incentive plan that follows from where productions are made, for a first look before anybody has written one.

Nothing here is known: which programmes are claimed, what share of a contract is labour and which conditions are met are
taken for granted and said so. A plan of the studio's own takes its place.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from analytics.costing.incentive_gaps import DEFAULT_CARD_LABOUR_SHARE
from analytics.costing.incentive_inputs import asks_for_labour, figures_asked, requirements_asked
from analytics.costing.incentive_plan import ANY_VENDOR, IncentiveClaim, IncentivePlan, programmes_by_name
from analytics.ledger.ledger import Ledger
from analytics.vocabulary.incentive import IncentiveProgramme
from analytics.vocabulary.money import Money

_OTHER_THAN_VFX = "core_spend_other_than_vfx"
_BOUGHT_ELSEWHERE = {"api": "US"}
"""Generated seconds are bought from services abroad, and earn nothing."""


@dataclass(frozen=True)
class TerritoryPlan:
    """What the territories of a ledger's productions let somebody claim.

    Attributes
    ----------
    plan
        ``None`` where no production is made where a programme that is known pays.
    claimed
        Titles of the programmes by territory.
    without
        Names of productions that no programme is claimed for.
    assumed
        What was taken for granted, in sentences.
    """

    plan: IncentivePlan | None
    claimed: Mapping[str, tuple[str, ...]]
    without: tuple[str, ...]
    assumed: tuple[str, ...]


def territory_plan(ledger: Ledger, *, with_synthetic: bool = False) -> TerritoryPlan:
    """A plan by the territory of each production, with everything it needs to know taken for granted.

    Where a programme holds a condition against the budget or the core spend, that is taken to be the locked budget of
    the production; without one, nothing is claimed for it. Ask after shots were reckoned.
    """
    programmes = programmes_by_name()
    claims: dict[str, IncentiveClaim] = {}
    claimed: dict[str, tuple[str, ...]] = {}
    without: list[str] = []
    for row in ledger.ask_rows("slate_productions", with_synthetic=with_synthetic):
        paying = tuple(_paying(programmes.values(), row["territory"]))
        figures = _figures(paying, row)
        if not paying or figures is None:
            without.append(row["name"])
            continue
        claimed[row["territory"]] = tuple(each.title for each in paying)
        claims[row["production_id"]] = IncentiveClaim(
            programmes=tuple(each.name for each in paying),
            figures=figures,
            requirements_met={
                name: True for each in paying for rule in each.rules for name in requirements_asked(rule)
            },
        )
    if not claims:
        return TerritoryPlan(None, {}, tuple(without), ())
    for_all = IncentiveClaim(
        programmes=(),
        labour_share=DEFAULT_CARD_LABOUR_SHARE,
        vendor_labour_share={ANY_VENDOR: DEFAULT_CARD_LABOUR_SHARE},
        spent_in=_BOUGHT_ELSEWHERE,
    )
    plan = IncentivePlan("the territories of the productions", programmes, for_all, claims)
    used = [programmes[name] for name in sorted({name for claim in claims.values() for name in claim.programmes or ()})]
    return TerritoryPlan(plan, claimed, tuple(without), tuple(_assumed(used)))


def _paying(programmes: "Sequence[IncentiveProgramme] | Any", territory: str | None) -> Iterator[IncentiveProgramme]:
    """Programmes that pay on work in a territory: its own, and those of the country it lies in."""
    for programme in programmes:
        if territory and (territory == programme.territory or territory.startswith(f"{programme.territory}-")):
            yield programme


def _figures(programmes: Sequence[IncentiveProgramme], row: Mapping[str, Any]) -> dict[str, Money] | None:
    """What conditions are held against; ``None`` where one is asked for and the production has no locked budget."""
    asked = sorted({name for each in programmes for rule in each.rules for name in figures_asked(rule)})
    budget = row["locked_budget_amount"]
    if asked and budget is None:
        return None
    return {name: Money(Decimal(0) if name == _OTHER_THAN_VFX else budget, row["currency"]).rounded() for name in asked}


def _assumed(programmes: Sequence[IncentiveProgramme]) -> Iterator[str]:
    names = ", ".join(each.title for each in programmes)
    yield f"Nobody has chosen incentives: those of each production's territory are taken to be claimed ({names})."
    rules = [rule for each in programmes for rule in each.rules]
    if any(asks_for_labour(rule) for rule in rules):
        share = f"{100 * DEFAULT_CARD_LABOUR_SHARE:.0f}%"
        yield f"Of people's cost, {share} is taken to be wages, in house and at every vendor."
    if any(figures_asked(rule) for rule in rules):
        yield "Spend that a condition is held against is taken to be the locked VFX budget."
    met = sorted(
        {each.requirements[name] for each in programmes for rule in each.rules for name in requirements_asked(rule)}
    )
    if met:
        yield f"Taken to be met: {'; '.join(met)}."
    yield "Generated seconds are taken to be bought abroad, where they earn nothing."
