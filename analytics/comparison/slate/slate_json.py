"""A comparison of a slate for machines."""

import math
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from analytics.comparison.slate.clock_comparison import ClockComparison
from analytics.comparison.slate.results import RatioResult
from analytics.comparison.slate.slate_comparison import SlateComparison
from analytics.vocabulary.origin import Origin


def results_to_json(comparison: SlateComparison) -> list[dict[str, Any]]:
    """The ratios alone, one object each, as docs/history-bundle.md lays down. An unbounded end is ``null``."""
    return [result_to_json(result) for result in comparison.results]


def result_to_json(result: RatioResult) -> dict[str, Any]:
    """One ratio. ``low`` and ``high`` are ``null`` where they cannot be told or where there is no such end."""
    plain = asdict(result) | {"verdict": result.verdict.value, "origins": _shares(result.origins)}
    plain["warnings"] = list(result.warnings)
    return {name: _finite(value) for name, value in plain.items()}


def slate_to_json(comparison: SlateComparison) -> dict[str, Any]:
    """Everything: the ratios under ``results``, and what stands beside them by clock."""
    return {
        "shot_count": comparison.shot_count,
        "production_count": comparison.production_count,
        "synthetic": comparison.is_synthetic,
        "origins": _shares(comparison.origins),
        "currency": comparison.currency,
        "rate_card_id": comparison.rate_card_id,
        "notes": list(comparison.notes),
        "results": results_to_json(comparison),
        "clocks": {clock.clock.value: _clock(clock) for clock in comparison.clocks},
        "arms": [asdict(arm) for arm in comparison.arms],
        "parity": asdict(comparison.parity) | {"words": comparison.parity.words},
        "enabled": asdict(comparison.enabled),
    }


def _clock(clock: ClockComparison) -> dict[str, Any]:
    parts = {
        name: asdict(part) if part is not None else None
        for name, part in (
            ("pairs", clock.pairs),
            ("strength", clock.strength),
            ("learning", clock.learning),
            ("productions", clock.productions),
            ("kinds", clock.kinds),
        )
    }
    return {
        "adjusted_for": list(clock.adjusted_for),
        "resampled": clock.resampled,
        "balance": [asdict(feature) for feature in clock.balance],
        "without_counterpart": clock.without_counterpart,
        "compared_count": clock.compared_count,
        "ai_total": clock.ai_total,
        "ai_cut_seconds": clock.ai_cut_seconds,
        "ai_typical": clock.ai_typical,
        "quarters": [asdict(quarter) for quarter in clock.quarters],
        "unfinished_count": clock.unfinished_count,
        "left_out": dict(clock.left_out),
        "median_days": None
        if clock.waiting is None
        else {arm: waiting.median_days for arm, waiting in zip(("ai", "traditional"), clock.waiting, strict=True)},
        **parts,
    }


def _shares(origins: Mapping[Origin, float]) -> dict[str, float]:
    return {origin.value: share for origin, share in origins.items()}


def _finite(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value
