"""Does the learned forecast of a running production beat CPI? Simulated productions at 25, 50 and 75 % done.

    python benchmarks/forecast.py                       # 100 productions; 15 minutes on 2 cores
    python benchmarks/forecast.py --productions 20 --processes 1

Each slate has a past of 6 to 10 productions; the one that begins last is bid before it begins, from what was known by
then, and asked about when shots worth 25, 50 and 75 % of its bid are final. Every method is told the same: the bid by
shot, what is final, begun and omitted, all hours and costs so far, and when shots are due. "Error" is the distance from
what the production took in the end, in percent of that, the median over productions; "inside" is how often the truth
lay in the learned range of 8 in 10. Omissions to come are known to nobody.
"""

import argparse
import json
import os
import sys
import time
import warnings
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")  # a process a core; libraries that thread on top only quarrel
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
import pandas as pd

from analytics.demo_catalog.day_by_day import SlateByDay
from analytics.demo_catalog.parameters import SlateParameters
from analytics.demo_catalog.simulated import HOUR_PRICES, TERRITORIES
from analytics.estimation.estimating import estimate_shots
from analytics.estimation.history import BidHistory, no_history, usable
from analytics.estimation.running.budget import BudgetedShot, to_cents
from analytics.estimation.running.earned_value import EacFormula
from analytics.estimation.running.earning import EarningRule, EarningShot, earned_value
from analytics.estimation.running.forecast import forecast_costs, forecast_hours
from analytics.estimation.running.standing import RunningShot, Standing, standing_shots
from analytics.vocabulary.frame_rate import FrameRate
from analytics.vocabulary.listed_shot import ListedShot
from analytics.vocabulary.shot import Complexity, ShotKind
from analytics.vocabulary.workflow import Workflow

SHARES_DONE = (0.25, 0.50, 0.75)
FPS = FrameRate.parse(24)
DEPARTMENTS = no_history().departments
METHODS = (
    "learned", "BAC/CPI 0/100", "BAC/CPI 50/50", "AC+BAC-EV 0/100", "AC+BAC-EV 50/50", "CPI x SPI 0/100",
    "CPI x SPI 50/50", "finals over their bids", "the bid itself",
)  # fmt: skip
"""The last two: what finals took over what they were bid at, applied to all that is left; and no forecast at all."""


@dataclass(frozen=True)
class Point:
    """One production at one share done: by unit, the truth, each method's forecast, and the learned range."""

    share: float
    truth: dict[str, float]
    told: dict[str, dict[str, float | None]]
    low: dict[str, float]
    high: dict[str, float]


def one_production(job: tuple[int, int]) -> list[Point]:
    """Draw a slate, bid its last production, and forecast it three times."""
    seed, outcomes = job
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return list(_points(seed, outcomes))


def _points(seed: int, outcomes: int) -> Iterator[Point]:
    rng = np.random.default_rng(seed)
    past = int(rng.integers(6, 11))
    parameters = replace(SlateParameters(), production_count=past + 1, production_start_spread_days=150 * past)
    days = SlateByDay.drawn(parameters, seed)
    shots = days.slate.shots
    own = np.flatnonzero(shots.production == past)
    start = int(shots.turnover_day[own].min())
    production_id = f"P{past:03}"
    hours_in_end, costs_in_end = (each[own].sum() for each in days.in_the_end())

    budget, prices = _bid(days, own, start, production_id, outcomes, seed)
    bid_hours = np.array([float(shot.people_hours) for shot in budget])
    turnover = {shot.listed.code: shot.listed.turnover_on for shot in budget}
    for share in SHARES_DONE:
        day = _day_at(days, own, bid_hours, share)
        frame = days.on(day)
        rows = frame.iloc[own]
        running = standing_shots([_row(row) for row in rows.itertuples()], budget)
        order = {shot.name: place for place, shot in enumerate(running)}
        places = [order[code] for code in rows["code"]]
        actual_costs = np.zeros(len(running))
        actual_costs[places] = np.nan_to_num(rows["cost_gross"].to_numpy(float))
        forecast = forecast_hours(
            running, _history(frame), production_id=production_id, fps=FPS, on=days.date_of(day),
            shares=_shares_of_life(days, frame), outcomes=outcomes, seed=seed,
        )  # fmt: skip
        price_of = {shot.listed.code: price for shot, price in zip(budget, prices, strict=True)}
        unit_prices = np.array([price_of[shot.name] for shot in running])
        costs, _ = forecast_costs(forecast, actual_costs, unit_prices, 0.15, seed=seed)
        told, low, high = {}, {}, {}
        actual_hours = np.array([shot.people_hours for shot in running])
        for unit, drawn, actual, budgeted in (
            ("hours", forecast.people_hours, actual_hours, [shot.budget.people_hours for shot in running]),
            ("cost", costs, actual_costs, [shot.budget.cost for shot in running]),
        ):
            total = drawn.sum(axis=1)
            low[unit], high[unit] = (float(each) for each in np.quantile(total, (0.1, 0.9)))
            told[unit] = {
                "learned": float(np.median(total)),
                **_others(running, budgeted, actual, days.date_of(day), turnover),
            }
        yield Point(share, {"hours": float(hours_in_end), "cost": float(costs_in_end)}, told, low, high)


def _bid(
    days: SlateByDay, own: Any, start: int, production_id: str, outcomes: int, seed: int
) -> tuple[list[BudgetedShot], list[float]]:
    """The bid by shot, made the day before the first turnover, and the price of an hour that it reckons with."""
    frame = days.on(start)
    history = _history(frame)
    listed = [_listed(row) for row in frame.iloc[own].itertuples()]
    estimate = estimate_shots(history, listed, fps=FPS, production_id=production_id, outcomes=outcomes, seed=seed)
    hours = estimate.people_hours.mean(axis=0)
    # A rate card knows what an hour costs in a territory; history tells what machines and the rest add to it.
    card = dict(zip(TERRITORIES, HOUR_PRICES, strict=True))
    done = history.shots[history.shots["status"] == "final"]
    by_card = done["people_hours"] * done["territory"].map(card)
    price = {
        arm: done.loc[done["arm"] == arm, "cost_gross"].sum() / by_card[done["arm"] == arm].sum()
        for arm in ("ai", "traditional")
    }
    here = card[frame.iloc[own[0]]["territory"]]
    prices = [here * price[shot.workflow.value] for shot in listed]
    due = [
        shot.turnover_on + pd.Timedelta(days=max(1, round(2 * each**0.52)))
        for shot, each in zip(listed, hours, strict=True)
    ]
    budget = [
        BudgetedShot(replace(shot, due_on=day.date()), to_cents(each), to_cents(each * unit), {}, {})
        for shot, each, unit, day in zip(listed, hours, prices, due, strict=True)
    ]
    return budget, prices


def _history(frame: pd.DataFrame) -> BidHistory:
    return BidHistory(usable(frame).reset_index(drop=True), DEPARTMENTS)


def _shares_of_life(days: SlateByDay, frame: pd.DataFrame) -> list[dict[str, Any]]:
    """How hours came in on the shots that are final, as the question ``shares_of_life`` answers it."""
    done = ((frame["status"] == "final") & (frame["calendar_days"] >= 5)).to_numpy()
    turnover, lasted = days.slate.shots.turnover_day[done], frame["calendar_days"].to_numpy(float)[done]
    whole = frame["people_hours"].to_numpy(float)[done]
    third = 1 + 3 * lasted.argsort().argsort() // len(lasted)
    found: dict[tuple[int, int], list[float]] = {}
    for day in range(int(turnover.min()) + 1, int((turnover + lasted).max()), 7):
        tenth = np.rint(10 * (day - turnover) / lasted).astype(int)
        close = (np.abs((day - turnover) / lasted * 10 - tenth) < 0.25) & (tenth >= 1) & (tenth <= 9)
        hours = days.on(day)["people_hours"].to_numpy(float)[done]
        for each in np.flatnonzero(close & (np.nan_to_num(hours) > 0)):
            key = int(third[each]), int(tenth[each])
            found.setdefault(key, []).append(float(np.log(hours[each] / whole[each])))
    return [
        {
            "third": key[0], "days": float(np.median(lasted[third == key[0]])), "tenth": key[1],
            "shot_count": len(logs), "log_share": float(np.mean(logs)), "log_share_spread": float(np.std(logs)),
        }
        for key, logs in sorted(found.items())
    ]  # fmt: skip


def _day_at(days: SlateByDay, own: Any, bid_hours: Any, share: float) -> int:
    """The first day on which shots worth so large a share of what was bid and not omitted are final."""
    low, high = 0, days.last_day
    while low < high:
        middle = (low + high) // 2
        rows = days.on(middle).iloc[own]
        live = (rows["status"] != "omitted").to_numpy()
        done = (rows["status"] == "final").to_numpy()
        low, high = (low, middle) if bid_hours[done].sum() >= share * bid_hours[live].sum() else (middle + 1, high)
    return low


def _others(
    running: tuple[RunningShot, ...], budgeted: list[Decimal], actual: Any, on: Any, turnover: dict[str, Any]
) -> dict[str, float | None]:
    ac = to_cents(actual.sum())
    told: dict[str, float | None] = {}
    earning = [
        EarningShot(
            budget, shot.standing is not Standing.NOT_BEGUN, shot.standing is Standing.FINAL,
            shot.standing is Standing.OMITTED, turnover[shot.name].date(), shot.budget.listed.due_on,
        )
        for shot, budget in zip(running, budgeted, strict=True)
    ]  # fmt: skip
    for rule in EarningRule:
        value = earned_value(earning, ac, rule, on)
        for name, formula in (
            ("BAC/CPI", EacFormula.TYPICAL), ("AC+BAC-EV", EacFormula.ATYPICAL),
            ("CPI x SPI", EacFormula.COST_AND_SCHEDULE),
        ):  # fmt: skip
            eac = value.eac(formula)
            told[f"{name} {rule.value}"] = None if eac is None else float(eac)
    amounts = np.array([float(each) for each in budgeted])
    final = np.array([shot.standing is Standing.FINAL for shot in running])
    open_ = np.array([shot.is_open for shot in running])
    ratio = actual[final].sum() / amounts[final].sum()
    told["finals over their bids"] = float(actual[~open_].sum() + np.maximum(amounts * ratio, actual)[open_].sum())
    told["the bid itself"] = float(amounts.sum())
    return told


def _listed(row: Any) -> ListedShot:
    return ListedShot(
        place="", code=row.code, cut_frames=int(row.cut_frames), handle_frames=int(row.handle_frames),
        sequence=row.sequence, kind=ShotKind(row.kind), complexity=Complexity(row.complexity), width=row.width,
        height=row.height, vendor=row.main_vendor, workflow=Workflow(row.arm), turnover_on=row.turnover_on,
    )  # fmt: skip


def _row(row: Any) -> dict[str, Any]:
    """A row as the question ``shots_on_day`` answers it."""
    hours = 0.0 if np.isnan(row.people_hours) else row.people_hours
    now = "traditional" if row.fell_back else row.arm
    of_now = row.people_hours_ai if now == "ai" else row.people_hours_traditional
    begun = None if pd.isna(row.first_fact_on) else row.first_fact_on.date()
    return {
        **{name: getattr(row, name) for name in ("shot_id", "sequence", "code", "kind", "complexity", "cut_frames",
                                                 "handle_frames", "width", "height", "camera_move", "main_vendor")},
        "description": "", "turnover_on": row.turnover_on.date(), "due_on": None, "status": row.status,
        "closed_on": None,
        "workflow": now, "first_fact_on": begun, "people_hours": hours,
        "workflow_people_hours": 0.0 if hours == 0 or np.isnan(of_now) else of_now, "is_synthetic": True,
    }  # fmt: skip


def summary(points: list[Point]) -> list[dict[str, Any]]:
    """One row a unit, share and method."""
    rows = []
    for unit in ("hours", "cost"):
        for share in SHARES_DONE:
            here = [point for point in points if point.share == share]
            for method in METHODS:
                errors = [
                    (point.told[unit][method] - point.truth[unit]) / point.truth[unit]
                    for point in here
                    if point.told[unit][method] is not None
                ]
                row: dict[str, Any] = {
                    "unit": unit, "done": share, "method": method, "n": len(errors),
                    "error": median(map(abs, errors)), "bias": median(errors),
                }  # fmt: skip
                if method == "learned":
                    row["inside"] = float(np.mean([p.low[unit] <= p.truth[unit] <= p.high[unit] for p in here]))
                    row["above"] = float(np.mean([p.truth[unit] > p.high[unit] for p in here]))
                    row["width"] = median(p.high[unit] / p.low[unit] - 1 for p in here)
                rows.append(row)
    return rows


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--productions", type=int, default=100)
    parser.add_argument("--first", type=int, default=20_000, help="number of the first; others draw others")
    parser.add_argument("--outcomes", type=int, default=400)
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    parser.add_argument("--json", action="store_true", help="print rows as JSON lines instead of a table")
    arguments = parser.parse_args()
    began = time.monotonic()
    jobs = [(arguments.first + number, arguments.outcomes) for number in range(arguments.productions)]
    points: list[Point] = []
    with ProcessPoolExecutor(max_workers=arguments.processes) as pool:
        for number, found in enumerate(pool.map(one_production, jobs), 1):
            points += found
            if number % 10 == 0:
                print(f"{number} productions after {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    rows = summary(points)
    if arguments.json:
        for row in rows:
            print(json.dumps(row))
        return
    print(f"{'unit':<7}{'done':>6}  {'method':<26}{'n':>5}{'error':>8}{'bias':>8}{'inside':>9}{'width':>8}")
    for row in rows:
        learned = f"{row['inside']:>9.2f}{row['width']:>7.0%}" if "inside" in row else ""
        print(
            f"{row['unit']:<7}{row['done']:>6.0%}  {row['method']:<26}{row['n']:>5}{row['error']:>8.1%}"
            f"{row['bias']:>+8.1%}{learned}"
        )


if __name__ == "__main__":
    main()
