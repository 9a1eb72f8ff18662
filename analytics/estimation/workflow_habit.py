"""The studio's habit: how likely each shot of a list would be given to AI, as past shots were."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from pandas import DataFrame

    Draws = np.ndarray[Any, np.dtype[np.float64]]

_FEWEST = 15
_STEADY = 4.0
"""So many shots' worth of belief that a production gives as much to AI as the others do."""


@dataclass(frozen=True)
class Habit:
    """How past shots were given to AI.

    Attributes
    ----------
    in_ai, fitted
        By past shot, whether it was, and its chance by kind, complexity and length.
    model
        The logistic regression behind them; ``None`` where too few shots of either workflow are known.
    """

    production_ids: "np.ndarray[Any, np.dtype[np.object_]]"
    in_ai: "np.ndarray[Any, np.dtype[np.bool_]]"
    fitted: "Draws"
    model: Any

    @classmethod
    def of(cls, past: "DataFrame") -> "Habit":
        """Learn it from shots with kind, complexity, cut_seconds, arm and production_id."""
        import numpy as np

        in_ai = (past["arm"] == "ai").to_numpy(dtype=bool)
        names = past["production_id"].to_numpy(dtype=object)
        if min(in_ai.sum(), (~in_ai).sum()) < _FEWEST:
            return cls(names, in_ai, np.full(len(past), in_ai.mean() if len(past) else 0.0), None)
        from sklearn.linear_model import LogisticRegression

        columns = _columns(past)
        model = LogisticRegression(C=1.0, max_iter=500).fit(columns, in_ai)
        return cls(names, in_ai, np.asarray(model.predict_proba(columns)[:, 1]), model)

    def ai_chances(self, shots: "DataFrame", production_id: str | None) -> "Draws":
        """Chance by shot, 0 to 1, as by kind, complexity and length; 0 where AI was never used."""
        import numpy as np

        in_ai = self.in_ai
        if not in_ai.any():
            return np.zeros(len(shots))
        if in_ai.all():
            return np.ones(len(shots))
        chances = np.full(len(shots), in_ai.mean())
        if self.model is not None:
            chances = self.model.predict_proba(_columns(shots))[:, 1]
        own = self.production_ids == production_id
        if own.any():
            # Its own shots say how it differs from the others, as odds.
            expected = self.fitted[own].sum() + _STEADY * self.fitted.mean()
            given = in_ai[own].sum() + _STEADY * self.fitted.mean()
            others = own.sum() + _STEADY
            odds = _odds(given / others) / _odds(expected / others)
            chances = odds * _odds(chances) / (1 + odds * _odds(chances))
        return np.clip(chances, 0.0, 1.0)


def habit_spread(past: "DataFrame") -> float:
    """Standard deviation of the log-odds by which productions differ in what they give to AI."""
    import numpy as np

    in_ai = past["arm"] == "ai"
    by = in_ai.groupby(past["production_id"]).agg(["sum", "count"])
    if len(by) < 3 or not in_ai.any():
        return 0.6
    share = (by["sum"] + 0.5) / (by["count"] + 1)
    logit = np.log(share / (1 - share))
    noise = (1 / (by["count"] * share * (1 - share))).mean()
    return float(np.clip(np.sqrt(max(logit.var() - noise, 0.0)), 0.1, 2.0))


def _odds(share: Any) -> Any:
    import numpy as np

    inside = np.clip(share, 0.005, 0.995)
    return inside / (1 - inside)


def _columns(shots: "DataFrame") -> "Draws":
    import numpy as np

    from analytics.vocabulary.shot import Complexity, ShotKind

    kinds = np.array([[kind == each.value for each in ShotKind] for kind in shots["kind"]], float)
    complexities = np.array([[level == each.value for each in Complexity] for level in shots["complexity"]], float)
    length = np.log(np.maximum(shots["cut_seconds"].to_numpy(float), 0.2))[:, None]
    return np.hstack([kinds, complexities, length])
