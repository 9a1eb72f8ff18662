"""An incentive plan for a bid, of programmes that were picked: all else is taken for granted and said."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from analytics.costing.incentive_gaps import DEFAULT_CARD_LABOUR_SHARE
from analytics.costing.incentive_inputs import asks_for_labour, figures_asked, requirements_asked
from analytics.costing.incentive_plan import (
    ANY_VENDOR,
    IncentiveClaim,
    IncentivePlan,
    programmes_by_name,
    unknown_programme,
)
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.incentive import IncentiveProgramme
from analytics.vocabulary.money import Money

BOUGHT_ELSEWHERE = {"api": "US"}
"""Generated seconds are bought from services abroad, and earn nothing."""


@dataclass(frozen=True)
class AssumedPlan:
    """A plan, and in sentences what nobody has said of it."""

    plan: IncentivePlan
    assumed: tuple[str, ...]


def figures_to_state(names: Sequence[str]) -> tuple[str, ...]:
    """Figures that rules of these programmes are held against, which no shot list holds."""
    programmes = programmes_by_name()
    asked = {figure for name in names for rule in programmes[name].rules for figure in figures_asked(rule)}
    return tuple(sorted(asked))


def assumed_plan(
    names: Sequence[str],
    *,
    labour_share: Decimal = DEFAULT_CARD_LABOUR_SHARE,
    figures: Mapping[str, Money] | None = None,
) -> AssumedPlan | None:
    """A plan that claims these programmes; ``None`` for no names.

    Parameters
    ----------
    labour_share
        Share (0 to 1) of people's cost that is wages, in house and at every vendor.
    figures
        By name, those of `figures_to_state` that are known.

    Raises
    ------
    InputRefused
        If a name is no programme's or the share is none.
    """
    if not names:
        return None
    programmes = programmes_by_name()
    unknown = [unknown_programme("incentives", name, programmes) for name in names if name not in programmes]
    if unknown:
        raise InputRefused.all_of(unknown)
    if not 0 <= labour_share <= 1:
        raise InputRefused("labour share", str(labour_share), "must lie between 0 and 1", "write 57 % as 0.57")
    claimed = [programmes[name] for name in dict.fromkeys(names)]
    met = {
        name: each.requirements[name] for each in claimed for rule in each.rules for name in requirements_asked(rule)
    }
    claim = IncentiveClaim(
        programmes=tuple(each.name for each in claimed),
        labour_share=labour_share,
        vendor_labour_share={ANY_VENDOR: labour_share},
        spent_in=BOUGHT_ELSEWHERE,
        figures=dict(figures or {}),
        requirements_met=dict.fromkeys(met, True),
    )
    plan = IncentivePlan("incentives", programmes, claim, {})
    return AssumedPlan(plan, tuple(_assumed(claimed, labour_share, sorted(met.values()))))


def _assumed(claimed: Sequence[IncentiveProgramme], labour_share: Decimal, met: Sequence[str]) -> Iterator[str]:
    if any(asks_for_labour(rule) for each in claimed for rule in each.rules):
        yield f"Incentives take {100 * labour_share:.0f} % of people's cost to be wages, in house and at every vendor."
    if met:
        yield f"Incentives take for granted: {'; '.join(met)}."
    yield "Generated seconds are taken to be bought abroad, where they earn no incentive."
