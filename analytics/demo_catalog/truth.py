"""The truth about a made-up slate: both outcomes of the same shots, which no studio ever sees."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from analytics.demo_catalog.outcomes import AI, TRADITIONAL
from analytics.demo_catalog.shots import Numbers, Shots, Truths, Wholes
from analytics.demo_catalog.traits import COMPLEXITIES, KINDS


def true_ratio(both: Numbers, rows: Truths, expected: Numbers | None = None) -> dict[str, Any]:
    """AI over traditional of the same shots: geometric mean of the shots' own ratios, and ratio of totals.

    Parameters
    ----------
    both
        Shots x 2 (traditional, AI).
    expected
        The same without what is drawn anew for each workflow; gives the figures that begin with ``expected``.
    """
    if not rows.any():
        return {"n_shots": 0, "geometric_mean_ratio": None, "ratio_of_totals": None}
    told: dict[str, Any] = {"n_shots": int(rows.sum())}
    for words, values in (("", both), ("expected_", expected)):
        if values is not None:
            traditional, ai = values[rows, TRADITIONAL], values[rows, AI]
            told[f"{words}geometric_mean_ratio"] = float(np.exp(np.log(ai / traditional).mean()))
            told[f"{words}ratio_of_totals"] = float(ai.sum() / traditional.sum())
    return told


def naive_ratio(seen: Numbers, in_ai: Truths, rows: Truths) -> dict[str, Any]:
    """What is seen of AI shots over what is seen of other shots, finished ones only, nothing adjusted."""
    ai = seen[rows & in_ai & np.isfinite(seen)]
    traditional = seen[rows & ~in_ai & np.isfinite(seen)]
    told: dict[str, Any] = {"n_ai": len(ai), "n_traditional": len(traditional)}
    if len(ai) and len(traditional):
        told["geometric_mean_ratio"] = float(np.exp(np.log(ai).mean() - np.log(traditional).mean()))
        told["ratio_of_means"] = float(ai.mean() / traditional.mean())
    return told


def clock_truth(
    shots: Shots,
    in_ai: Truths,
    compared: Truths,
    finished: Truths,
    both: Numbers,
    expected: Numbers,
    seen: Numbers,
    production_names: list[str] | None = None,
) -> dict[str, Any]:
    """The truth by one clock: over all compared shots, over those given to AI, by kind, complexity and production."""
    told: dict[str, Any] = {
        "all": true_ratio(both, compared, expected),
        "ai": true_ratio(both, compared & in_ai, expected),
        "naive": naive_ratio(seen, in_ai, compared & finished),
    }
    if production_names is not None:
        told["by_kind"] = _by(both, compared, shots.kind, [kind.value for kind in KINDS])
        told["by_complexity"] = _by(both, compared, shots.complexity, [each.value for each in COMPLEXITIES])
        told["by_production"] = _by(both, compared, shots.production, production_names)
    return told


def _by(both: Numbers, compared: Truths, group: Wholes, names: list[str]) -> Mapping[str, Any]:
    """`true_ratio` by group, in one pass: a large slate has thousands of productions."""
    logs = np.log(both[:, AI] / both[:, TRADITIONAL])
    count = np.bincount(group[compared], minlength=len(names))
    log_sum = np.bincount(group[compared], logs[compared], len(names))
    ai = np.bincount(group[compared], both[compared, AI], len(names))
    traditional = np.bincount(group[compared], both[compared, TRADITIONAL], len(names))
    return {
        name: {
            "n_shots": int(count[place]),
            "geometric_mean_ratio": float(np.exp(log_sum[place] / count[place])),
            "ratio_of_totals": float(ai[place] / traditional[place]),
        }
        for place, name in enumerate(names)
        if count[place]
    }
