"""Shipped programmes worked out on a few costs, as several tests need them."""

from collections.abc import Sequence
from datetime import date

from analytics.costing.incentive_rules import load_programmes, shipped_incentives_folder
from analytics.costing.incentives import NetOfIncentives, net_of_incentives
from analytics.vocabulary.incentive import CostCategory, IncentiveCost, Work
from analytics.vocabulary.money import Money

SHIPPED = {programme.name: programme for programme in load_programmes(shipped_incentives_folder())}
ON = date(2026, 3, 2)
LABOUR, CONTRACT, OTHER = CostCategory.LABOUR, CostCategory.CONTRACT, CostCategory.OTHER


def cost(
    category: CostCategory, territory: str, amount: str, currency: str, work: Work = Work.VFX, labour: str | None = None
) -> IncentiveCost:
    return IncentiveCost(
        category,
        territory,
        Money.of(amount, currency),
        work,
        None if labour is None else Money.of(labour, currency),
    )


def worked_out(
    names: str,
    costs: Sequence[IncentiveCost],
    on: date = ON,
    figures: dict[str, str] | None = None,
    met: dict[str, bool] | None = None,
    *,
    count_pending: bool = False,
) -> NetOfIncentives:
    programmes = [SHIPPED[name] for name in names.split()]
    money = {name: Money.of(amount, programmes[0].currency) for name, amount in (figures or {}).items()}
    return net_of_incentives(costs, programmes, on, money, met, count_pending=count_pending)


def credits_of(answer: NetOfIncentives) -> dict[str, str]:
    return {f"{line.programme.name}/{line.rule.name}": str(line.credit.amount) for line in answer.lines}
