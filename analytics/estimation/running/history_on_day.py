"""The history as it stood on a day, for a forecast that must not know what came after."""

from datetime import date
from typing import TYPE_CHECKING, Any

from analytics.estimation.history import BidHistory, bid_history
from analytics.ledger.ledger import Ledger
from analytics.ledger.reckoning import Said

if TYPE_CHECKING:
    from pandas import DataFrame


def history_on_day(
    ledger: Ledger, on_day: date, *, with_synthetic: bool = False, said: Said | None = None
) -> BidHistory:
    """Past shots with the hours booked by a day; those that were final later are unfinished, as they were then."""
    import pandas as pd

    history = bid_history(ledger, with_synthetic=with_synthetic, until=on_day, said=said)
    day = pd.Timestamp(on_day)
    shots = history.shots
    later = (pd.to_datetime(shots["last_fact_on"]) > day) | (pd.to_datetime(shots["final_on"]) > day)
    if not later.any():
        return history
    names = sorted(set(shots.loc[later, "production_id"]))
    booked = ledger.ask("weekly_hours", production_ids=names, on_day=on_day)
    return as_booked(history, booked[booked["shot_id"].isin(shots.loc[later, "shot_id"])], later.to_numpy(), on_day)


def as_booked(history: BidHistory, booked: "DataFrame", later: Any, on_day: date) -> BidHistory:
    """Put the hours booked by a day in place of those booked since.

    Parameters
    ----------
    booked
        shot_id, workflow, department, people_hours, of the shots that went on after the day.
    later
        Which rows of the history those are, bool.
    """
    import pandas as pd

    shots, day = history.shots.copy(), pd.Timestamp(on_day)
    by_shot = booked.groupby("shot_id")["people_hours"].sum()
    ids = shots.loc[later, "shot_id"]
    shots.loc[later, "people_hours"] = ids.map(by_shot).fillna(0.0)
    for workflow in ("ai", "traditional"):
        part = booked[booked["workflow"] == workflow].groupby("shot_id")["people_hours"].sum()
        shots.loc[later, f"people_hours_{workflow}"] = ids.map(part)
    unfinished = later & (pd.to_datetime(shots["final_on"]) > day).to_numpy()
    shots.loc[unfinished, "status"] = "open"
    shots.loc[unfinished, "final_on"] = pd.NaT
    shots.loc[unfinished, "calendar_days"] = float("nan")
    parts = booked.groupby(["shot_id", "department"])["people_hours"].sum().reset_index()
    others = history.departments[~history.departments["shot_id"].isin(set(ids))]
    departments = pd.concat([others, parts], ignore_index=True)
    kept = shots[shots["people_hours"] > 0].reset_index(drop=True)
    return BidHistory(kept, departments[departments["shot_id"].isin(kept["shot_id"])].reset_index(drop=True))
