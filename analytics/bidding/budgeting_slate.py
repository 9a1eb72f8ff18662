"""Fills the budget table of the slate: one pass over all costs, and a forecast for each production that still runs.

A forecast takes many seconds, so a page keeps this answer rather than ask for it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from analytics.bidding.running.reporting import Said, running_outlook
from analytics.bidding.slate_budgets import ProductionBudget, SlateBudgets, exposure_of, total_of
from analytics.bidding.stored_bids import locked_bid
from analytics.costing.exchange import reporting_rates
from analytics.costing.incentive_plan import IncentivePlan
from analytics.costing.net_costs import net_costs
from analytics.costing.rate_choice import Rates
from analytics.costing.reckoned_costs import reckon_costs, report_currency
from analytics.ledger.ledger import Ledger
from analytics.vocabulary.errors import InputRefused

if TYPE_CHECKING:
    from pandas import DataFrame

MOST_FORECASTS = 30
"""Running productions that are forecast, the largest first: each takes seconds."""

_CENT = Decimal("0.01")


def slate_budgets(
    ledger: Ledger,
    plan: IncentivePlan | None = None,
    *,
    rates: "Rates | Sequence[Rates] | None" = None,
    currency: str | None = None,
    with_synthetic: bool = False,
    said: Said | None = None,
) -> SlateBudgets:
    """What each production is budgeted at, has spent and will cost.

    Parameters
    ----------
    plan
        The incentives that the net is after; without one there is no net.
    currency
        ``None``: that of most shots. All of a production is exchanged at the rate of its last day.

    Raises
    ------
    InputRefused
        If a rate card cannot be used.
    LedgerError
        If the ledger cannot be read, or has to be reckoned and cannot be written.
    """
    tell = said or (lambda words: None)
    reckoning = reckon_costs(ledger, rates, with_synthetic=with_synthetic, said=said)
    into = currency or report_currency(ledger)
    cells = ledger.ask("production_cost_cells", rate_card_id=reckoning.rate_card_id, with_synthetic=with_synthetic)
    spent = _spent(cells)
    incentives, programmes, notes = _incentives(ledger, cells, plan)
    exchange = reporting_rates(ledger, into)
    rows, unexchanged = [], []
    productions = ledger.ask_rows("slate_productions", with_synthetic=with_synthetic)
    running = sorted((row for row in productions if row["open_count"]), key=lambda row: -row["shot_count"])
    forecast = {row["production_id"]: place for place, row in enumerate(running[:MOST_FORECASTS], start=1)}
    if len(running) > len(forecast):
        notes.append(f"Only the {len(forecast)} largest of {len(running):,} running productions are forecast here.")
    for row in productions:
        rate = exchange.get(row["production_id"])
        if rate is None:
            unexchanged.append(row["name"])
            continue
        own = spent.get(row["production_id"], _Spent())
        if row["production_id"] in forecast:
            tell(f"forecasting {row['name']}, {forecast[row['production_id']]} of {len(forecast)} running productions")
        if row["open_count"] and row["production_id"] not in forecast:
            outlook = _Outlook(row["locked_budget_amount"], None, None, None, None, why_not="its cost report has it")
        else:
            outlook = _outlook(ledger, row, own, rates)
        given = incentives.get(row["production_id"])
        rows.append(_row(row, own, outlook, given, programmes.get(row["production_id"], ()), rate))
    if unexchanged:
        notes.append(f"Left out, because the ledger has no exchange rate into {into}: {', '.join(unexchanged)}.")
    return SlateBudgets(into, tuple(rows), total_of(rows), exposure_of(rows), (str(reckoning), *notes))


@dataclass
class _Spent:
    """Costs of one production in its currency."""

    total: Decimal = Decimal(0)
    vendor: Decimal = Decimal(0)
    origins: dict[str, Decimal] = field(default_factory=dict)
    unpriced_count: int = 0


@dataclass(frozen=True)
class _Outlook:
    """What a production will cost, in its currency."""

    locked: Decimal | None
    efc: Decimal | None
    p10: Decimal | None
    p90: Decimal | None
    projected: Decimal | None
    is_contracted: bool = False
    why_not: str = ""


def _spent(cells: "DataFrame") -> dict[str, _Spent]:
    found: dict[str, _Spent] = {}
    columns = ("production_id", "vendor", "cost", "origin", "line_count")
    for production_id, vendor, cost, origin, count in zip(*(cells[name].to_list() for name in columns), strict=True):
        own = found.setdefault(production_id, _Spent())
        if not isinstance(cost, Decimal):
            own.unpriced_count += count
            continue
        own.total += cost
        own.vendor += cost if isinstance(vendor, str) else 0
        own.origins[origin] = own.origins.get(origin, Decimal(0)) + cost
    return found


def _incentives(
    ledger: Ledger, cells: "DataFrame", plan: IncentivePlan | None
) -> tuple[dict[str, Decimal], dict[str, tuple[str, ...]], list[str]]:
    """What is given back to each production in its currency, what by, and remarks."""
    if plan is None:
        return {}, {}, ["No incentives are known: net is not told."]
    try:
        found = net_costs(ledger, cells, plan).productions
    except InputRefused as refused:
        return {}, {}, [f"Incentives cannot be worked out: {problem}" for problem in refused.problems[:3]]
    given = {name: production.incentive.amount for name, production in found.items()}
    titles = {
        name: tuple(dict.fromkeys(credit.line.programme.title for credit in production.credits))
        for name, production in found.items()
    }
    return given, titles, []


def _outlook(ledger: Ledger, row: Mapping[str, Any], own: _Spent, rates: "Rates | Sequence[Rates] | None") -> _Outlook:
    amount = row["locked_budget_amount"]
    if not row["open_count"] and locked_bid(ledger, row["production_id"]) is None:
        return _Outlook(amount, own.total, own.total, own.total, own.total)
    try:
        report = running_outlook(ledger, row["production_id"], rates=rates)
    except InputRefused as refused:
        return _Outlook(amount, None, None, None, None, why_not=str(refused.problems[0]))
    money = report.money
    if money is None or money.unit != row["currency"]:
        why = "its budget has shots without a price" if money is None else f"its bid is in {money.unit}"
        return _Outlook(amount, None, None, None, None, why_not=why)
    whole = money.whole
    contracted = report.bid_id is not None
    unbudgeted = money.unbudgeted.efc if money.unbudgeted is not None else Decimal(0)
    projected = (whole.budget or Decimal(0)) + unbudgeted if contracted else whole.efc
    return _Outlook(whole.budget, whole.efc, whole.efc_p10, whole.efc_p90, projected, contracted)


def _row(
    row: Mapping[str, Any],
    own: _Spent,
    outlook: _Outlook,
    given: Decimal | None,
    programmes: tuple[str, ...],
    rate: Decimal,
) -> ProductionBudget:
    def exchanged(amount: Decimal | None) -> Decimal | None:
        return None if amount is None else (amount * rate).quantize(_CENT)

    efc = exchanged(outlook.efc)
    vendor = non_vendor = incentive = None
    if efc is not None and outlook.efc is not None:
        vendor = (efc * own.vendor / own.total).quantize(_CENT) if own.total else Decimal("0.00")
        non_vendor = efc - vendor
        if given is not None:
            scale = outlook.efc / own.total if own.total else Decimal(1)
            incentive = exchanged(given * scale)
    known = ("production_id", "name", "title_kind", "territory", "shot_count", "final_count", "open_count", "ai_count")
    return ProductionBudget(
        **{name: row[name] for name in (*known, "last_on")},
        programmes=programmes,
        locked=exchanged(outlook.locked),
        actual=exchanged(own.total) or Decimal(0),
        efc=efc,
        efc_p10=exchanged(outlook.p10),
        efc_p90=exchanged(outlook.p90),
        projected=exchanged(outlook.projected),
        is_contracted=outlook.is_contracted,
        vendor=vendor,
        non_vendor=non_vendor,
        incentive=incentive,
        origins={origin: (amount * rate).quantize(_CENT) for origin, amount in own.origins.items()},
        unpriced_count=own.unpriced_count,
        why_no_efc=outlook.why_not,
    )
