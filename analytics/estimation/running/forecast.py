"""What a running production will have taken: what is done is known, and the rest is drawn from a history that holds it.

The production's own finished shots stand in the history that the rest is estimated from, so that every final moves the
forecast of all that is left. The hours booked on shots in work, with their age, move it too (`progress`); where the
history is too short to tell how hours come in, they are the least a shot can take.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from analytics.estimation.estimate import Estimate
from analytics.estimation.estimating import estimate_shots
from analytics.estimation.history import BidHistory
from analytics.estimation.running.hour_prices import HourPrices, learned_prices
from analytics.estimation.running.pace import has_pace, learn_pace
from analytics.estimation.running.progress import kept_above, moved_by_progress, observation, tilted
from analytics.estimation.running.standing import RunningShot, Standing
from analytics.vocabulary.frame_rate import FrameRate
from analytics.vocabulary.workflow import Workflow

if TYPE_CHECKING:
    import numpy as np

    Draws = np.ndarray[Any, np.dtype[np.float64]]
    Row = np.ndarray[Any, np.dtype[np.float64]]

Estimator = Callable[..., Estimate]


@dataclass(frozen=True)
class Forecast:
    """Hours at the end, as outcomes that share what shots share.

    Attributes
    ----------
    people_hours
        Shape (outcomes, shots), in the order of ``shots``; of a shot that is done, what it took.
    estimate
        Of the shots that are open, in their order; ``None`` where none is.
    """

    shots: tuple[RunningShot, ...]
    people_hours: "Draws"
    estimate: Estimate | None

    @property
    def open_places(self) -> list[int]:
        """Positions in ``shots`` of those the estimate is of."""
        return [place for place, shot in enumerate(self.shots) if shot.is_open]

    def department_shares(self) -> "list[Mapping[str, float]]":
        """By shot, the shares of its departments where it is open and begun anew; empty where it is done."""
        import numpy as np

        shares: list[Mapping[str, float]] = [{} for _ in self.shots]
        if self.estimate is None:
            return shares
        in_ai = self.estimate.in_ai.mean(axis=0)
        for column, place in enumerate(self.open_places):
            mixed: dict[str, float] = {}
            named = self.estimate.workflows[column]
            for workflow, table in self.estimate.department_shares.items():
                weight = float(in_ai[column])
                if workflow is Workflow.TRADITIONAL:
                    weight = 1 - weight
                elif workflow is not (Workflow.HYBRID if named is Workflow.HYBRID else Workflow.AI):
                    weight = 0.0
                for name, share in zip(table.columns, np.asarray(table)[column], strict=True):
                    if weight * share > 0:
                        mixed[str(name).casefold()] = mixed.get(str(name).casefold(), 0.0) + weight * float(share)
            shares[place] = mixed
        return shares


def forecast_hours(
    shots: Sequence[RunningShot],
    history: BidHistory,
    *,
    production_id: str,
    fps: FrameRate,
    on: date,
    shares: Sequence[Mapping[str, Any]] = (),
    outcomes: int = 2000,
    seed: int = 0,
    estimator: Estimator = estimate_shots,
    **more: Any,
) -> Forecast:
    """Forecast what shots will have taken in people-hours.

    Parameters
    ----------
    history
        With the finished shots of the production itself; see `history_on_day`.
    on
        The day of the forecast.
    shares
        Rows of the question ``shares_of_life``: how hours come in.
    estimator
        As `analytics.estimation.estimating.estimate_shots`; ``more`` is handed on to it.
    """
    import numpy as np

    booked = np.array([shot.people_hours for shot in shots])
    places = [place for place, shot in enumerate(shots) if shot.is_open]
    if not places:
        return Forecast(tuple(shots), np.tile(booked, (outcomes, 1)), None)
    left = [shots[place] for place in places]
    seen = [column for column, shot in enumerate(left) if _tells(shot, on)] if has_pace(history.shots) else []
    if seen:
        # What is booked on them moves the outcomes below; as "at least so much" it must not count a second time.
        history = _without_unfinished(history, production_id)
    estimate = estimator(
        history,
        [shot.listed for shot in left],
        production_id=production_id,
        fps=fps,
        mix="current",
        hours_so_far={
            shot.name: shot.workflow_people_hours
            for column, shot in enumerate(left)
            if shot.workflow_people_hours > 0 and column not in set(seen)
        },
        on=on,
        outcomes=outcomes,
        seed=seed,
        **more,
    )
    hours = estimate.people_hours
    if seen:
        hours = _progressed(left, seen, estimate, history, shares, production_id, on, seed)
    # What was booked in a workflow that a shot has left is sunk: the one it is in begins anew.
    sunk = np.array([shot.people_hours - shot.workflow_people_hours for shot in left])
    final = np.tile(booked, (len(hours), 1))
    final[:, places] = np.maximum(hours + sunk, booked[places])
    return Forecast(tuple(shots), final, estimate)


def _tells(shot: RunningShot, on: date) -> bool:
    """Whether its age and hours say how far along it is: those of one workflow alone, with a day it was turned over."""
    return (
        shot.standing is Standing.IN_WORK
        and shot.people_hours > 0
        and shot.people_hours == shot.workflow_people_hours
        and _age(shot, on) is not None
    )


def _age(shot: RunningShot, on: date) -> int | None:
    """Days since turnover; ``None`` where that is not known or lies ahead."""
    began = shot.planned_start or shot.begun_on
    return (on - began).days if began is not None and (on - began).days >= 1 else None


def _without_unfinished(history: BidHistory, production_id: str) -> BidHistory:
    own = (history.shots["production_id"] == production_id) & (history.shots["status"] == "open")
    kept = history.shots[~own].reset_index(drop=True)
    return BidHistory(kept, history.departments[history.departments["shot_id"].isin(kept["shot_id"])])


def _progressed(
    left: Sequence[RunningShot],
    seen: Sequence[int],
    estimate: Estimate,
    history: BidHistory,
    shares: Sequence[Mapping[str, Any]],
    production_id: str,
    on: date,
    seed: int,
) -> "Draws":
    """The estimate's outcomes, moved by what is booked on shots in work."""
    import numpy as np

    rng = np.random.default_rng([seed, 2])
    log_hours = np.log(np.maximum(estimate.people_hours, 1e-3))
    aged = [column for column, shot in enumerate(left) if shot.listed.turnover_on and _age(shot, on) is not None]
    pace = learn_pace(
        history.shots, shares, production_id, log_hours[:, aged].mean(axis=0),
        np.array([float(_age(left[column], on) or 1) for column in aged]),
    )  # fmt: skip
    booked = np.log([left[column].people_hours for column in seen])
    told = []
    for column, each in zip(seen, booked, strict=True):
        age, own = float(_age(left[column], on) or 1), log_hours[:, column]
        middle, variance = tilted(own, partial(pace.log_chance_open, age=age))
        log_hours[:, column] = middle + (own - own.mean()) * variance**0.5 / max(float(own.std()), 1e-6)
        told.append(observation(log_hours[:, column], partial(pace.log_chance_booked, age=age, log_booked=each)))
    values, variances = np.array(told).T
    alike = [(shot.sequence, workflow) for shot, workflow in zip(left, estimate.workflows, strict=True)]
    moved = moved_by_progress(log_hours, values, variances, seen, alike, rng)
    for column, floor in zip(seen, booked, strict=True):
        moved[:, column] = kept_above(moved[:, column], float(floor))
    return np.asarray(np.exp(moved))


def forecast_costs(
    forecast: Forecast,
    actual_costs: "Row",
    budgeted_prices: "Row",
    price_spread: float,
    *,
    seed: int = 0,
) -> "tuple[Draws, HourPrices]":
    """Costs at the end, shape (outcomes, shots): what is spent, and hours to come at what an hour turned out to cost.

    Parameters
    ----------
    actual_costs
        By shot, all in: hours, machines, licences, bills.
    budgeted_prices
        By shot, budgeted cost over budgeted hours; not a number where a shot is in no budget: the budget's mean serves.
    price_spread
        See `analytics.estimation.running.budget.Budget`.
    """
    import numpy as np

    rng = np.random.default_rng([seed, 1])
    booked = np.array([shot.people_hours for shot in forecast.shots])
    planned = np.array([0.0 if shot.budget is None else float(shot.budget.people_hours) for shot in forecast.shots])
    known = np.isfinite(budgeted_prices) & (planned > 0)
    usual = float((budgeted_prices[known] * planned[known]).sum() / planned[known].sum()) if known.any() else np.nan
    prices = np.where(np.isfinite(budgeted_prices), budgeted_prices, usual)
    learned = learned_prices(actual_costs, booked, np.nan_to_num(prices), price_spread)
    to_come = forecast.people_hours - booked
    costs = actual_costs + to_come * prices * learned.factors(to_come.shape, rng)
    return np.where(to_come > 0, costs, actual_costs), learned
