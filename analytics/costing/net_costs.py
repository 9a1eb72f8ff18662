"""Gross, incentive and net of a ledger's costs: worked out for whole productions, handed back to the cells."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Any

from analytics.costing.exchange import Exchange, exchange_on
from analytics.costing.incentive_plan import IncentivePlan
from analytics.costing.production_credits import ProductionNet, production_net
from analytics.ledger.ledger import Ledger
from analytics.vocabulary.errors import InputRefused, Problem

if TYPE_CHECKING:
    from pandas import DataFrame, Series


@dataclass(frozen=True)
class NetCosts:
    """Costs net of incentives.

    Attributes
    ----------
    cells
        The cost cells as given, with two more columns in the same currency: ``incentive``, a `Decimal` of whole cents
        that is negative where something is paid, and ``net``, ``cost`` and ``incentive`` together; both ``None`` where
        the cell has no price. What the cells of a production get adds up to what the production gets, to the cent.
    productions
        By ``production_id``.
    """

    cells: "DataFrame"
    productions: Mapping[str, ProductionNet]


def net_costs(ledger: Ledger, cells: "DataFrame", plan: IncentivePlan) -> NetCosts:
    """Work out what a plan gives on costs, and hand it back to the cells that earned it.

    Thresholds, caps and cliffs are held against all that a production cost, so the cells have to be whole productions.
    What a rule gives goes to its cells in proportion to what counted of each.

    Parameters
    ----------
    cells
        Columns production_id, shot_id, arm, workflow, cost_kind, part, territory, vendor and cost: a `Decimal` in the
        currency of the production, ``None`` where a price is missing. Other columns are kept.

    Raises
    ------
    InputRefused
        If a programme needs what neither ledger nor plan says, or an exchange rate is missing; every problem of every
        production at once. Nothing missing is taken as zero.
    """
    terms = {row["production_id"]: row for row in ledger.ask_rows("production_terms")}
    problems = list(_unknown_productions(plan, terms))

    @cache
    def exchange(from_currency: str, to_currency: str, on: date) -> Exchange | None:
        return exchange_on(ledger, from_currency, to_currency, on)

    cents: dict[int, int] = {}
    productions: dict[str, ProductionNet] = {}
    refusals: dict[tuple[str, str], list[tuple[str, Problem]]] = {}
    # Odd cents must not wander when the rows come in another order.
    ordered = cells.reset_index(drop=True).sort_values([str(name) for name in cells if name != "cost"], kind="stable")
    for name, own in ordered.groupby("production_id"):
        production_id, priced = str(name), own[own["cost"].notna()]
        claim = plan.claim_of(production_id)
        try:
            productions[production_id], given = production_net(
                terms[production_id], priced, claim, plan.claimed_programmes(claim), exchange, len(own) - len(priced)
            )
        except InputRefused as refused:
            for each in refused.problems:
                refusals.setdefault((each.place, each.mend), []).append((production_id, each))
            continue
        cents.update(zip(priced.index, given, strict=True))
    problems += [_of_productions(plan.name, same) for same in refusals.values()]
    if problems:
        raise InputRefused.all_of(problems)
    costs = cells["cost"].to_list()
    # What belongs to no production, such as the training of a model, earns nothing.
    incentive = [
        None if missing else Decimal(-cents.get(position, 0)).scaleb(-2)
        for position, missing in enumerate(cells["cost"].isna())
    ]
    net = [None if given is None else cost + given for cost, given in zip(costs, incentive, strict=True)]
    return NetCosts(
        cells.assign(incentive=amounts_column(incentive, cells), net=amounts_column(net, cells)), productions
    )


def _unknown_productions(plan: IncentivePlan, known: Collection[str]) -> Iterator[Problem]:
    for name in plan.by_production:
        if name not in known:
            near = get_close_matches(name, known, 1) or list(known)[:5]
            mend = f"use the production_id that the ledger has, such as {', '.join(near)}" if near else "leave it out"
            yield Problem(f"{plan.name}: production.{name}", None, "is no production of this ledger", mend)


def _of_productions(plan_name: str, same: Sequence[tuple[str, Problem]]) -> Problem:
    """One problem for all productions that have it, with the figures of the first."""
    (production_id, problem), *others = same
    who = f"production {production_id}" + (f" and {len(others)} more" if others else "")
    return Problem(f"{plan_name}: {who}: {problem.place}", problem.value, problem.why, problem.mend)


def amounts_column(amounts: "Sequence[Decimal | None]", like: "DataFrame") -> "Series[Any]":
    """A column of amounts for a frame."""
    from pandas import Series

    # Said to be objects, because pandas would take a column without any amount for numbers.
    return Series(amounts, index=like.index, dtype=object)
