"""Shots of a slate as a test needs them: rows with the columns of slate_shots, and samples with a known answer."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from analytics.comparison.figures import Clock
from analytics.comparison.slate.clock_sample import ClockSample
from analytics.comparison.slate.shot_features import ShotFeatures

FIRST_DAY = pd.Timestamp("2026-01-05")
PLAIN: Mapping[str, Any] = {
    "production_id": "P1", "title_id": "T1", "title_kind": "series", "production_name": "Salt Line 1",
    "sequence": "SQ10", "kind": "weather", "complexity": "medium", "cut_frames": 48, "handle_frames": 8,
    "cut_seconds": 2.0, "width": 1920, "height": 1080, "camera_move": None, "main_vendor": None, "territory": "CA-QC",
    "turnover_on": FIRST_DAY, "due_on": pd.NaT, "final_on": FIRST_DAY + pd.Timedelta(days=20), "status": "final",
    "twin_of": None, "enabled": False, "arm": "traditional", "arm_started_on": FIRST_DAY, "last_workflow": None,
    "fell_back": False, "made_both_ways": False, "first_fact_on": FIRST_DAY,
    "last_fact_on": FIRST_DAY + pd.Timedelta(days=20), "people_hours": 10.0, "people_hours_ai": np.nan,
    "people_hours_traditional": np.nan, "machine_seconds": np.nan, "machine_seconds_ai": np.nan,
    "machine_seconds_traditional": np.nan, "retake_count": 0, "approved_count": 1, "weakest_origin": "imported",
    "is_synthetic": False, "calendar_days": 20.0, "open_days": np.nan,
}  # fmt: skip


def rows(*shots: Mapping[str, Any]) -> pd.DataFrame:
    """Shots told apart by what is given of each; the rest is alike."""
    return pd.DataFrame([{**PLAIN, "shot_id": f"S{number}", "code": f"S{number}", **shot}
                         for number, shot in enumerate(shots, 1)])  # fmt: skip


def columns(**given: Any) -> pd.DataFrame:
    """Shots by columns, each of which is as long as the slate or the same for all shots."""
    count = next(len(column) for column in given.values() if not np.isscalar(column))
    names = [f"S{number}" for number in range(count)]
    return pd.DataFrame({**PLAIN, "shot_id": names, "code": names, **given}, index=range(count))


def pairs_slate(ai: "np.ndarray[Any, Any]", traditional: "np.ndarray[Any, Any]", **more: Any) -> pd.DataFrame:
    """Declared twins with these people's hours."""
    count = len(ai)
    names = [f"{arm}{number}" for arm in "AT" for number in range(count)]
    return columns(
        people_hours=np.concatenate([ai, traditional]), shot_id=names, arm=["ai"] * count + ["traditional"] * count,
        twin_of=names[count:] + [None] * count, **more,
    )  # fmt: skip


def sample_of(log_took: Any, by_ai: Any, *, unfinished: Any = None, **shots: Any) -> ClockSample:
    """A sample by the people's clock; every shot is a sequence of its own unless said otherwise."""
    by_ai = np.asarray(by_ai, dtype=bool)
    frame = columns(
        arm=np.where(by_ai, "ai", "traditional"),
        **{"sequence": [f"SQ{number}" for number in range(len(by_ai))]} | shots,
    )
    none_open = np.zeros(len(by_ai), dtype=bool)
    return ClockSample(
        Clock.PEOPLE, frame, np.exp(log_took), none_open if unfinished is None else unfinished, by_ai, {}
    )  # fmt: skip


def features_of(**named: Any) -> ShotFeatures:
    """Features as they are given, one column each."""
    return ShotFeatures(np.column_stack(list(named.values())).astype(float), tuple(named), tuple(named))
