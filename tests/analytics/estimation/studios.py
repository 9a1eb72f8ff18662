"""Small studios whose truth is known, as tables of past shots."""

from typing import Any

import numpy as np
import pandas as pd

from analytics.estimation.history import EMPTY, BidHistory, no_history
from analytics.vocabulary.frame_rate import FrameRate
from analytics.vocabulary.listed_shot import ListedShot
from analytics.vocabulary.shot import Complexity, ShotKind

FPS = FrameRate.parse(24)
LEVELS = ("easy", "medium", "hard")
LOG_HOURS = {"easy": 2.0, "medium": 3.5, "hard": 4.5}
AI_LOG_RATIO = -0.9


def studio(
    productions: int = 4, shots: int = 60, *, apart: float = 0.25, noise: float = 0.4, seed: int = 0, **columns: Any
) -> BidHistory:
    """Finished shots of a studio: hours by complexity, 0.41 times as many in AI, productions ``apart``."""
    rng = np.random.default_rng(seed)
    parts = []
    for number in range(productions):
        level = rng.choice(LEVELS, shots)
        ai = rng.random(shots) < 0.4
        log_hours = np.array([LOG_HOURS[each] for each in level]) + rng.normal(0, apart) + AI_LOG_RATIO * ai
        parts.append(
            pd.DataFrame(
                {
                    "shot_id": [f"P{number}-{place}" for place in range(shots)],
                    "production_id": f"P{number}",
                    "title_id": f"T{number}",
                    "sequence": [f"SQ{place // 12}" for place in range(shots)],
                    "kind": rng.choice(["cleanup", "weather"], shots),
                    "complexity": level,
                    "cut_frames": 96.0,
                    "handle_frames": 8.0,
                    "cut_seconds": 4.0,
                    "turnover_on": pd.Timestamp("2025-01-01") + pd.Timedelta(days=30 * number),
                    "status": "final",
                    "arm": np.where(ai, "ai", "traditional"),
                    "fell_back": False,
                    "made_both_ways": False,
                    "people_hours": np.exp(log_hours + rng.normal(0, noise, shots)),
                }
            )
        )
    table = pd.concat(parts, ignore_index=True).reindex(columns=[*EMPTY])
    return BidHistory(table.assign(**columns), no_history().departments)


def listed(count: int = 40, **said: Any) -> list[ListedShot]:
    """Shots of a list, easy, medium and hard in turn unless something else is said."""
    return [
        ListedShot(
            place=f"list: line {place + 2}",
            **{
                "code": f"SH{place:03}",
                "cut_frames": 96,
                "handle_frames": 8,
                "sequence": f"SQ{place // 10}",
                "kind": ShotKind.CLEANUP,
                "complexity": Complexity(LEVELS[place % 3]),
                **said,
            },
        )
        for place in range(count)
    ]
