"""A comparison as plain values for ``compare SHOT --json``: stable names, units in the names, money as text."""

from decimal import Decimal
from typing import Any

from analytics.comparison.figures import ClockRatio, ShotComparison, Spread, WorkflowFigures
from analytics.comparison.quality_figures import QualityFigures
from analytics.comparison.review_results import ReviewResults
from analytics.comparison.sentences import findings, ratio_words, what_this_does_not_show
from analytics.comparison.training_cost import BreakEven, TrainingCost
from analytics.ledger.pricing import CostLine
from analytics.vocabulary.money import Money

SHOT_COUNTS = (1, 10, 100, 1000)
"""Over how many shots training is spread for those who want to see it spread."""

COMPARISON_SCHEMA = 1
"""Raised when a field is renamed or dropped; fields may be added without."""


def to_json(comparison: ShotComparison) -> dict[str, Any]:
    """Everything the screen shows and every cost line behind it, ready for `json.dumps`.

    Money is text such as ``"12.340000000000000"``, never rounded, because a JSON number is a float to most readers; the
    currency stands once at the top. What is unknown is ``null``.
    """
    setup = comparison.setup
    return {
        "schema": COMPARISON_SCHEMA,
        "shot_id": comparison.shot_id,
        "shot_code": comparison.shot_code,
        "shot_frame_count": comparison.shot_frame_count,
        "quality": setup.quality,
        "width": setup.size.width,
        "height": setup.size.height,
        "first_frame": setup.frames.first,
        "last_frame": setup.frames.last,
        "frame_count": setup.frames.count,
        "both_rendered": comparison.both_rendered,
        "rate_card_id": comparison.rate_card_id,
        "currency": comparison.currency,
        "workflows": {side.workflow.value: _side(side) for side in comparison.sides},
        "ratios": [_ratio(ratio) for ratio in comparison.ratios],
        "quality_is_measured": comparison.quality_is_measured,
        "quality_evidence": comparison.quality_evidence,
        "quality_scores": comparison.quality_scores and _quality(comparison.quality_scores),
        "blind_reviews": comparison.reviews and reviews_to_json(comparison.reviews),
        "training": comparison.training and _training(comparison.training),
        "missing_rates": [
            {
                "resource": missing.resource,
                "workflow": missing.workflow and missing.workflow.value,
                "first_day": missing.first_day and missing.first_day.isoformat(),
                "last_day": missing.last_day and missing.last_day.isoformat(),
                "fact_count": missing.fact_count,
                missing.fact_unit: missing.fact_amount,
            }
            for missing in comparison.missing_rates
        ],
        "left_out": [{"what": left_out.what, "why": left_out.why} for left_out in comparison.left_out],
        "findings": list(findings(comparison)),
        "what_this_does_not_show": list(what_this_does_not_show(comparison)),
    }


def _side(side: WorkflowFigures) -> dict[str, Any]:
    return {
        "ok_count": side.ok_count,
        "failed_count": side.failed_count,
        "interrupted_count": side.interrupted_count,
        "unclocked_count": side.unclocked_count,
        "machines": list(side.machines),
        "engines": list(side.engines),
        "models": list(side.models),
        "seeds": list(side.seeds),
        "machine_origins": list(side.fact_origins),
        "machine_seconds_without_load": _spread(side.machine_seconds),
        "load_seconds": _spread(side.load_seconds),
        "stages": [
            {"name": stage.name, "wall_seconds": _spread(stage.wall_seconds), "cost": _money(stage.cost)}
            for stage in side.stages
        ],
        "energy_joules": _spread(side.energy_joules),
        "energy_origins": list(side.energy_origins),
        "people_hours": side.people_hours,
        "people_origins": list(side.people_origins),
        "departments": [
            {
                "department": work.department,
                "people_hours": work.people_hours,
                "origins": list(work.origins),
                "sources": list(work.sources),
                "cost": _money(work.cost),
            }
            for work in side.departments
        ],
        "machine_cost_per_usable_render": _money(side.machine_cost),
        "machine_spent": _money(side.machine_spent),
        "people_cost": _money(side.people_cost),
        "billed_cost": _money(side.billed_cost),
        "all_in_cost": _money(side.all_in_cost),
        "all_in_cost_by_origin": {origin.value: _money(part) for origin, part in side.cost_by_origin.items()},
        "cost_lines": [_line(line) for line in side.cost_lines],
        "folder": side.folder,
        "movie": side.movie,
    }


def _ratio(ratio: ClockRatio) -> dict[str, Any]:
    return {
        "clock": ratio.clock.value,
        "unit": ratio.unit,
        "ai": ratio.ai,
        "traditional": ratio.traditional,
        "ratio": ratio.ratio,
        "n_pairs": ratio.n_pairs,
        "origins": list(ratio.origins),
        "quality": ratio.quality,
        "words": ratio_words(ratio),
    }


def _quality(quality: QualityFigures) -> dict[str, Any]:
    return {
        "measured_count": quality.measured_count,
        "unmeasured_count": quality.unmeasured_count,
        "measure_version": quality.measure_version,
        "origins": list(quality.origins),
        "metrics": {
            metric.value: {"unit": metric.unit} | (_spread(spread) or {}) for metric, spread in quality.scores.items()
        },
        "curve_render_id": quality.curve_render_id,
        "curve": {metric.value: list(values) for metric, values in quality.curve.items()},
    }


def reviews_to_json(reviews: ReviewResults) -> dict[str, Any]:
    """Blind reviews as plain values, for ``review SHOT --results --json`` too."""
    return {
        "answered_count": reviews.answered_count,
        "reviewer_count": reviews.reviewer_count,
        "ai_preferred_count": reviews.ai_count,
        "traditional_preferred_count": reviews.traditional_count,
        "neither_preferred_count": reviews.neither_count,
        "ai_share": reviews.share,
        "ai_share_low": reviews.share_low,
        "ai_share_high": reviews.share_high,
        "mean_notes": {workflow.value: note for workflow, note in reviews.notes.items()},
        "origins": list(reviews.origins),
        "comments": list(reviews.comments),
    }


def _training(training: TrainingCost) -> dict[str, Any]:
    return {
        "models": list(training.models),
        "machines": list(training.machines),
        "machine_seconds": training.machine_seconds,
        "footage_clip_count": training.footage_clip_count,
        "footage_machine_seconds": training.footage_machine_seconds,
        "origins": list(training.origins),
        "cost": _money(training.cost),
        "cost_a_shot": {str(count): _money(training.cost_a_shot(count)) for count in SHOT_COUNTS},
        "machine_cost_saving_a_shot": _money(training.saving),
        "cost_break_even": _break_even(training.cost_break_even),
        "energy_joules": training.energy_joules,
        "energy_origins": list(training.energy_origins),
        "energy_joules_saved_a_shot": training.saved_joules,
        "energy_break_even": _break_even(training.energy_break_even),
    }


def _break_even(reached: BreakEven) -> dict[str, Any]:
    return {"shot_count": reached.shot_count, "words": str(reached)}


def _line(line: CostLine) -> dict[str, Any]:
    rate = line.rate
    return {
        "kind": line.kind.value,
        "fact_id": line.fact_id,
        "part": line.part,
        "on": line.on and line.on.isoformat(),
        "fact_amount": line.fact_amount,
        "fact_unit": line.fact_unit,
        "fact_origin": line.fact_origin.value,
        "amount": _decimal(line.amount),
        "rate": rate
        and {
            "resource": rate.resource,
            "unit": rate.unit,
            "price": _decimal(rate.price),
            "currency": rate.currency,
            "valid_from": rate.valid_from.isoformat(),
            "source": rate.source,
            "origin": rate.origin.value,
        },
        "cost": _money(line.cost),
    }


def _spread(spread: Spread | None) -> dict[str, Any] | None:
    if spread is None:
        return None
    return {"median": spread.median, "lowest": spread.lowest, "highest": spread.highest, "count": spread.count}


def _money(amount: Money | None) -> str | None:
    return None if amount is None else _decimal(amount.amount)


def _decimal(amount: Decimal | None) -> str | None:
    # Positional notation: str() would write 0E-15 for nothing.
    return None if amount is None else f"{amount:f}"
