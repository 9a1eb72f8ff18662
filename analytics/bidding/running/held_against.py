"""Which production a report is of, and which budget it is held against."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction
from typing import Any

from analytics.bidding.stored_bids import bid_named, bids_listed, locked_bid
from analytics.estimation.estimating import estimate_shots
from analytics.estimation.running.budget import Budget, budget_of_amount, budget_of_bid
from analytics.estimation.running.history_on_day import history_on_day
from analytics.estimation.running.standing import standing_shots
from analytics.ledger.ledger import Ledger
from analytics.vocabulary.bid import Bid
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.frame_rate import FrameRate


@dataclass(frozen=True)
class RunningProduction:
    """A production as the ledger holds it.

    Attributes
    ----------
    locked_amount
        In its currency; ``None`` where none is known.
    first_on, last_fact_on
        First turnover or fact, and last fact; ``None`` where nothing is known of it.
    """

    production_id: str
    name: str
    currency: str
    territory: str | None
    fps: FrameRate
    locked_amount: Decimal | None
    shot_count: int
    first_on: date | None
    last_fact_on: date | None
    is_synthetic: bool


def production_and_bid(ledger: Ledger, named: str) -> tuple[RunningProduction, Bid | None]:
    """The production that is meant by its id, its name or a bid of it, with the bid to hold it against.

    Of a production that is its locked bid, else ``None``: an amount of its own may serve. Of a bid it is the version
    that was locked, else the newest.

    Raises
    ------
    InputRefused
        If there is no such thing, or nothing of the production is in the ledger yet.
    """
    rows = ledger.ask_rows("running_production", named=named)
    if rows:
        production = _production(rows[0])
        return production, locked_bid(ledger, production.production_id)
    listed = bids_listed(ledger)
    if not any(named in (bid.bid_id, bid.production_id) for bid in listed):
        known = [row["production_id"] for row in ledger.ask_rows("production_terms")]
        near = get_close_matches(named, [*known, *(bid.bid_id for bid in listed)], n=3) or known[:3]
        raise InputRefused(
            "production or bid", named, "is no production and no bid of this ledger",
            f"name one, such as {', '.join(near)}" if near else "import the production's history first",
        )  # fmt: skip
    bid = bid_named(ledger, named)
    locked = locked_bid(ledger, bid.production_id)
    if locked is not None and locked.bid_id == bid.bid_id:
        bid = locked
    else:
        # Of a version that is not locked, change orders are in its shots already.
        bid = replace(bid, change_orders=())
    rows = ledger.ask_rows("running_production", named=bid.production_id)
    if not rows:
        raise InputRefused(
            "production", bid.production_id, "has nothing in the ledger yet to hold the bid against",
            "import its shots and hours with shotledger import history",
        )  # fmt: skip
    return _production(rows[0]), bid


def budget_for(ledger: Ledger, production: RunningProduction, bid: Bid | None, seed: int) -> Budget:
    """The budget of a production: its bid, else its locked amount, spread over its shots by what such shots took.

    It is spread by what was known when the production began, so that it stays the same whenever it is asked for.

    Raises
    ------
    InputRefused
        If it has neither.
    """
    if bid is not None:
        return budget_of_bid(bid)
    if not production.locked_amount or not production.shot_count:
        raise InputRefused(
            "production", production.production_id, "has no locked bid and no locked_budget_amount",
            "lock a bid of it with shotledger bid lock, name a bid instead of the production, or import the amount in "
            "productions.csv",
        )  # fmt: skip
    began = production.first_on or date.today()
    rows = ledger.ask_rows("shots_on_day", production_id=production.production_id, on_day=began - timedelta(days=1))
    listed = [shot.listed for shot in standing_shots(rows, (), territory=production.territory)]
    history = history_on_day(ledger, began, with_synthetic=production.is_synthetic).without([production.production_id])
    expected = estimate_shots(history, listed, fps=production.fps, outcomes=500, seed=seed)
    return budget_of_amount(
        production.locked_amount,
        production.currency,
        listed,
        [float(each) for each in expected.people_hours.mean(axis=0)],
        f"Held against the production's locked budget of {production.locked_amount:,.2f} {production.currency}, spread "
        "over its shots by what such shots had taken when it began: budgets of shots, sequences and departments are "
        "assumed, and so is what an hour was budgeted at.",
    )


def _production(row: dict[str, Any]) -> RunningProduction:
    return RunningProduction(
        row["production_id"], row["name"], row["currency"], row["territory"],
        FrameRate(Fraction(row["fps_numerator"], row["fps_denominator"])), row["locked_budget_amount"],
        row["shot_count"], row["first_on"], row["last_fact_on"], row["is_synthetic"],
    )  # fmt: skip
