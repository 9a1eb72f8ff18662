"""How near the AI renders of a comparison come to their traditional twins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from analytics.comparison.figures import Spread
from analytics.ledger.ledger import Ledger
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.quality_score import Metric


@dataclass(frozen=True)
class QualityFigures:
    """Scores of the usable AI renders compared, each against the traditional render of the same event.

    Attributes
    ----------
    scores
        Middle of the renders that have the metric, with lowest and highest.
    measured_count, unmeasured_count
        AI renders with scores of our measures, and without.
    curve
        Of the newest measured render: each metric frame by frame.
    curve_render_id
        Which render that is.
    """

    scores: Mapping[Metric, Spread]
    measured_count: int
    unmeasured_count: int
    measure_version: str
    origins: tuple[Origin, ...]
    curve_render_id: str
    curve: Mapping[Metric, tuple[float | None, ...]]


def quality_figures(ledger: Ledger, shot_id: str, render_ids: Sequence[str]) -> QualityFigures | None:
    """What our measures say of these renders; ``None`` where they have said nothing.

    Scores of the newest version of the measures alone are used: two versions are not held against each other.
    """
    known = {metric.value for metric in Metric}
    ours = [
        row
        for row in ledger.ask_rows("quality_of_shot", shot_id=shot_id)
        if row["render_id"] in render_ids and row["measure_version"] is not None and row["metric"] in known
    ]
    if not ours:
        return None
    newest = max(ours, key=lambda row: row["computed_at"])
    ours = [row for row in ours if row["measure_version"] == newest["measure_version"]]
    measured = {row["render_id"] for row in ours}
    last_made = [render_id for render_id in render_ids if render_id in measured][-1]
    scores = {}
    for metric in Metric:
        spread = Spread.of([row["value"] for row in ours if row["metric"] == metric])
        if spread is not None:
            scores[metric] = spread
    return QualityFigures(
        scores,
        len(measured),
        len(render_ids) - len(measured),
        newest["measure_version"],
        tuple(dict.fromkeys(Origin(row["origin"]) for row in ours)),
        last_made,
        {
            metric: tuple(row["per_frame"])
            for metric in Metric
            for row in ours
            if row["render_id"] == last_made and row["metric"] == metric and row["per_frame"]
        },
    )


def imported_quality_words(ledger: Ledger, shot_id: str, render_ids: Sequence[str]) -> str | None:
    """Scores that another system gave, by metric; ``None`` where there are none."""
    rows = [
        row
        for row in ledger.ask_rows("quality_of_shot", shot_id=shot_id)
        if row["render_id"] in render_ids and row["measure_version"] is None
    ]
    values: dict[tuple[str, Any], list[float]] = {}
    for row in rows:
        values.setdefault((row["metric"], row["workflow"]), []).append(row["value"])
    words = [
        f"{metric} {median(found):.3g} for {workflow} (n = {len(found)})"
        for (metric, workflow), found in values.items()
    ]
    return "; ".join(words) or None
