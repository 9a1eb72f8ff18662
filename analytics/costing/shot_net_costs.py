"""What each shot cost net of incentives, in one currency: the comparison's fifth clock."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from analytics.costing.exchange import reporting_rates
from analytics.costing.incentive_plan import IncentivePlan
from analytics.costing.net_costs import amounts_column, net_costs
from analytics.costing.reckoned_costs import CostReckoning, cost_cells, report_currency, shot_costs
from analytics.ledger.ledger import Ledger
from analytics.vocabulary.workflow import Workflow

if TYPE_CHECKING:
    from pandas import DataFrame


def shot_net_costs(
    ledger: Ledger,
    reckoning: CostReckoning,
    plan: IncentivePlan,
    currency: str | None = None,
    *,
    production_ids: Sequence[str] | None = None,
    with_synthetic: bool = False,
) -> "DataFrame":
    """What each shot cost net of what a plan claims, one row a shot, as `reckoned_costs.shot_costs` has it gross.

    Parameters
    ----------
    currency
        To answer in; ``None``: `report_currency`. Incentives are exchanged as the costs are: all of a production at the
        rate of its last day.

    Returns
    -------
    DataFrame
        shot_id, production_id, cost_net, cost_net_ai, cost_net_traditional (`Decimal`, ``None`` where the gross is).

    Raises
    ------
    InputRefused
        As `net_costs.net_costs`.
    """
    into = currency or report_currency(ledger, production_ids)
    chosen: dict[str, Any] = {"production_ids": production_ids, "with_synthetic": with_synthetic}
    gross = shot_costs(ledger, reckoning, into, **chosen)
    cells = net_costs(ledger, cost_cells(ledger, reckoning, **chosen), plan).cells
    rates = reporting_rates(ledger, into)
    whole: dict[str, Decimal] = {}
    by_workflow: dict[tuple[str, str], Decimal] = {}
    columns = ("production_id", "shot_id", "workflow", "incentive")
    for production_id, shot_id, workflow, incentive in zip(*(cells[name].to_list() for name in columns), strict=True):
        rate = rates.get(production_id)
        if incentive and rate is not None:
            whole[shot_id] = whole.get(shot_id, Decimal(0)) + incentive * rate
            by_workflow[shot_id, workflow] = by_workflow.get((shot_id, workflow), Decimal(0)) + incentive * rate
    shot_ids = gross["shot_id"].to_list()
    incentives = {
        "": [whole.get(shot_id) for shot_id in shot_ids],
        **{
            f"_{side}": [by_workflow.get((shot_id, side)) for shot_id in shot_ids]
            for side in (Workflow.AI, Workflow.TRADITIONAL)
        },
    }
    net = gross[["shot_id", "production_id"]].copy()
    for suffix, given in incentives.items():
        costs = gross[f"cost_gross{suffix}"].to_list()
        net[f"cost_net{suffix}"] = amounts_column(
            [
                cost + (paid or 0) if isinstance(cost, Decimal) else None
                for cost, paid in zip(costs, given, strict=True)
            ],
            net,
        )
    return net
