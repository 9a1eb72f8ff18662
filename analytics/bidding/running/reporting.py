"""Makes the report of a running production: reads what is known of it on a day, forecasts the rest, adds it up."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from analytics.bidding.running.held_against import RunningProduction, budget_for, production_and_bid
from analytics.bidding.running.moves import moved_shots
from analytics.bidding.running.running_report import RunningReport, UnitReport
from analytics.bidding.running.unit_report import Side, unit_report
from analytics.costing.exchange import exchange_on
from analytics.costing.rate_choice import Rates
from analytics.costing.reckoned_costs import CostReckoning, reckon_costs
from analytics.estimation.history import BidHistory
from analytics.estimation.running.actuals import Taken, production_costs, production_hours
from analytics.estimation.running.budget import Budget
from analytics.estimation.running.earning import EarningRule
from analytics.estimation.running.forecast import Forecast, forecast_costs, forecast_hours
from analytics.estimation.running.history_on_day import history_on_day
from analytics.estimation.running.hour_prices import HourPrices
from analytics.estimation.running.standing import RunningShot, Standing, standing_shots
from analytics.ledger.ledger import Ledger
from analytics.ledger.reckoning import reckon_shots
from analytics.vocabulary.errors import InputRefused

if TYPE_CHECKING:
    from collections.abc import Sequence

Said = Callable[[str], None]
WEEK = timedelta(days=7)
_NAMES_MEET = 0.5


@dataclass(frozen=True)
class RunningOutlook:
    """Where a running production is heading in money.

    Attributes
    ----------
    bid_id
        The locked bid that it is held against; ``None`` for a locked amount.
    money
        ``None`` where the budget has shots without a price.
    """

    bid_id: str | None
    money: UnitReport | None


def running_report(
    ledger: Ledger,
    named: str,
    *,
    on: date | None = None,
    since: date | None = None,
    rule: EarningRule = EarningRule.AT_FINAL,
    rates: "Rates | Sequence[Rates] | None" = None,
    outcomes: int = 2000,
    seed: int = 0,
    said: Said | None = None,
) -> RunningReport:
    """Report on a production as it stood on a day.

    Parameters
    ----------
    named
        A production by id or name: it is held against its locked bid, else its locked amount. Or a bid by its id.
    on
        ``None``: the last day that anything is known of it.
    since
        Day of the report that changes are told against; ``None``: a week earlier.
    said
        Is told what is being done.

    Raises
    ------
    InputRefused
        If there is nothing to report on, no budget, or no exchange rate into the currency of the bid.
    LedgerError
        If the ledger cannot be read, or has to be reckoned and cannot be written.
    """
    tell = said or (lambda words: None)
    read = _reader(ledger, named, rates, outcomes, seed, said)
    production, budget = read.production, read.budget
    day = on or read.last_day
    before = since or day - WEEK
    if before >= day:
        raise InputRefused("--since", str(before), f"is not before {day}, the day of the report", "name an earlier day")
    tell("reading the history")
    history = read.history(day)
    tell(f"forecasting what is left on {day}")
    now = read.on(day, history)
    tell(f"and as it was on {before}")
    then = read.on(before, read.history(before))

    hours = unit_report("people_hours", now.hours, budget, rule, day, then.hours)
    money = None
    if now.money is not None and then.money is not None:
        money = unit_report(budget.currency, now.money, budget, rule, day, then.money)
    return RunningReport(
        production_id=production.production_id,
        production_name=production.name,
        on=day,
        since=before,
        rule=rule,
        held_against=budget.words,
        bid_id=read.bid_id,
        hours=moved_shots(hours, now.hours, then.hours),
        money=None if money is None or now.money is None or then.money is None
        else moved_shots(money, now.money, then.money),
        prices=now.prices,
        standing={each: sum(shot.standing is each for shot in now.hours.shots) for each in Standing},
        not_in_ledger=tuple(shot.name for shot in now.hours.shots if shot.shot_id is None),
        not_in_budget=tuple(shot.name for shot in now.hours.shots if shot.budget is None),
        n_shots=len(history.shots),
        n_productions=int(history.shots["production_id"].nunique()),
        priced_by=str(read.reckoning),
        warnings=tuple(_warnings(now, production, read.reckoning, budget)),
    )  # fmt: skip


def running_outlook(
    ledger: Ledger,
    named: str,
    *,
    rates: "Rates | Sequence[Rates] | None" = None,
    outcomes: int = 2000,
    seed: int = 0,
) -> RunningOutlook:
    """What a running production will cost, as far as the ledger knows: a report's money without what changed.

    Half the work of `running_report`, and the same figures.

    Raises
    ------
    InputRefused, LedgerError
        As `running_report` does.
    """
    read = _reader(ledger, named, rates, outcomes, seed, None)
    day = read.last_day
    money = read.on(day, read.history(day)).money
    if money is None:
        return RunningOutlook(read.bid_id, None)
    budget = read.budget
    return RunningOutlook(read.bid_id, unit_report(budget.currency, money, budget, EarningRule.AT_FINAL, day, None))


def _reader(
    ledger: Ledger,
    named: str,
    rates: "Rates | Sequence[Rates] | None",
    outcomes: int,
    seed: int,
    said: Said | None,
) -> "_Reader":
    reckon_shots(ledger, said)
    production, bid = production_and_bid(ledger, named)
    reckoning = reckon_costs(ledger, rates, production_ids=[production.production_id], with_synthetic=True, said=said)
    budget = budget_for(ledger, production, bid, seed)
    return _Reader(ledger, production, None if bid is None else bid.bid_id, budget, reckoning, outcomes, seed)


@dataclass(frozen=True)
class _Day:
    """What is known on a day: in hours and, where costs are known, in money."""

    hours: Side
    money: Side | None
    prices: HourPrices | None
    unpriced_count: int
    estimate_warnings: tuple[str, ...]


@dataclass(frozen=True)
class _Reader:
    ledger: Ledger
    production: RunningProduction
    bid_id: str | None
    budget: Budget
    reckoning: CostReckoning
    outcomes: int
    seed: int

    @property
    def last_day(self) -> date:
        """The last day that anything is known of the production."""
        return self.production.last_fact_on or date.today()

    def history(self, day: date) -> BidHistory:
        return history_on_day(self.ledger, day, with_synthetic=self.production.is_synthetic)

    def on(self, day: date, history: BidHistory) -> _Day:
        production = self.production
        rows = self.ledger.ask_rows("shots_on_day", production_id=production.production_id, on_day=day)
        shots = standing_shots(rows, self.budget.shots, territory=production.territory)
        forecast = forecast_hours(
            shots, history, production_id=production.production_id, fps=production.fps, on=day,
            shares=self.ledger.ask_rows(
                "shares_of_life", production_ids=sorted(set(history.shots["production_id"])), on_day=day
            ),
            outcomes=self.outcomes, seed=self.seed,
        )  # fmt: skip
        usual = forecast.department_shares()
        hours = Side(
            shots, production_hours(self.ledger, production.production_id, day), forecast.people_hours,
            [None if shot.budget is None else shot.budget.people_hours for shot in shots],
            [shot.budget.hour_parts if shot.budget else {} for shot in shots], usual,
        )  # fmt: skip
        money, prices, unpriced = self._money(forecast, day, usual)
        told = forecast.estimate.warnings if forecast.estimate else ()
        return _Day(hours, money, prices, unpriced, told)

    def _money(self, forecast: Forecast, day: date, usual: "list[Any]") -> tuple[Side | None, HourPrices | None, int]:
        import numpy as np

        if self.budget.cost is None:
            return None, None, 0
        exchange = exchange_on(self.ledger, self.production.currency, self.budget.currency, day)
        if exchange is None:
            raise InputRefused(
                "currency", f"{self.production.currency} to {self.budget.currency}",
                "has no exchange rate in the ledger on that day", "import one as fx_rates.csv",
            )  # fmt: skip
        taken = production_costs(self.ledger, self.reckoning, self.production.production_id, day, exchange.rate)
        spent = np.array([float(_spent(taken, shot)) for shot in forecast.shots])
        drawn, prices = forecast_costs(
            forecast, spent, np.array([_unit_price(shot) for shot in forecast.shots]), self.budget.price_spread,
            seed=self.seed,
        )  # fmt: skip
        parts = [shot.budget.cost_parts if shot.budget else {} for shot in forecast.shots]
        budgets = [None if shot.budget is None else shot.budget.cost for shot in forecast.shots]
        return Side(forecast.shots, taken, drawn, budgets, parts, usual), prices, taken.unpriced_count


def _spent(taken: Taken, shot: RunningShot) -> Decimal:
    return sum(taken.by_shot.get(shot.shot_id or "", {}).values(), Decimal(0))


def _unit_price(shot: RunningShot) -> float:
    budget = shot.budget
    if budget is None or budget.cost is None or not budget.people_hours:
        return float("nan")
    return float(budget.cost / budget.people_hours)


def _warnings(day: _Day, production: RunningProduction, reckoning: CostReckoning, budget: Budget) -> "list[str]":
    told = list(day.estimate_warnings)
    if production.is_synthetic:
        told.append("This production is a demonstration: its facts were made up.")
    shots = day.hours.shots
    in_ledger = sum(shot.shot_id is not None for shot in shots)
    both = sum(shot.shot_id is not None and shot.budget is not None for shot in shots)
    if in_ledger and not budget.is_spread and both < _NAMES_MEET * in_ledger:
        told.append(
            f"Only {both} of the {in_ledger} shots in the ledger are in the budget by their codes: if both mean the "
            "same shots under other codes, everything here is counted twice. Give them the same codes."
        )
    if day.unpriced_count:
        missing = "; ".join(str(price) for price in reckoning.missing[:3])
        told.append(f"{day.unpriced_count:,} priced facts have no price and are in no amount: {missing}.")
    if day.money is None:
        told.append("The budget has shots without a price, so the report is in people's hours alone.")
    return told
