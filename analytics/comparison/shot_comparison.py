"""One shot made by both workflows, held side by side: seconds, energy, people's hours, costs and their ratios."""

from collections.abc import Iterable, Iterator, Sequence

from analytics.comparison.as_json import to_json
from analytics.comparison.clock_ratios import clock_ratios
from analytics.comparison.compared_renders import (
    COMPARED,
    RenderRecord,
    chosen_setup,
    comparable,
    left_out_renders,
    renders_of_shot,
)
from analytics.comparison.figures import LeftOut, ShotComparison
from analytics.comparison.quality_figures import QualityFigures, imported_quality_words, quality_figures
from analytics.comparison.review_results import review_results
from analytics.comparison.sentences import quality_words, short_quality_words
from analytics.comparison.training_cost import training_cost
from analytics.comparison.workflow_figures import figures_of
from analytics.costing.shot_costs import price_shot
from analytics.ledger.ledger import Ledger
from analytics.ledger.naming import render_it_first, shot_named
from analytics.ledger.pricing import CostKind, CostLine, missing_rates
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.frames import FrameRange, FrameSize
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.rate_card import RateCard
from analytics.vocabulary.render import Outcome
from analytics.vocabulary.workflow import Workflow

__all__ = ["ShotComparison", "compare_shot", "to_json"]

QUALITY_NOT_KNOWN = "not measured yet: the ledger holds no scores of these renders"


def compare_shot(
    ledger: Ledger,
    shot_id: str,
    rate_card: RateCard,
    quality: str | None = None,
    size: FrameSize | None = None,
    frames: FrameRange | None = None,
    *,
    with_synthetic: bool = False,
) -> ShotComparison:
    """Hold the two workflows of one shot against each other.

    Only renders of one quality, size and frame range are compared: of those that both workflows have a usable render
    of, the most recent. Warm-ups, benchmarks and training runs are never in it.

    Parameters
    ----------
    shot_id
        The shot's id, or its code where only one shot has it.
    rate_card
        What the facts are priced by. It is recorded in the ledger when it is met for the first time.
    quality, size, frames
        Compare at this setup instead of the most recent one.
    with_synthetic
        Whether synthetic rows count although the shot has real ones. Without real ones they always do, and it is said.

    Raises
    ------
    InputRefused
        If there is no such shot, its code is ambiguous, or nothing was rendered at what is asked for.
    """
    named = shot_named(ledger, shot_id)
    every_render = renders_of_shot(ledger, named["shot_id"])
    costs = price_shot(ledger, named["shot_id"], rate_card)
    people_lines = [line for line in costs.lines if line.kind is CostKind.PEOPLE]
    left_out: list[LeftOut] = []

    has_real = any(
        fact is not Origin.SYNTHETIC
        for fact in (*(render.origin for render in every_render), *(line.fact_origin for line in people_lines))
    )
    real_only = has_real and not with_synthetic
    renders = [render for render in every_render if not (real_only and render.origin is Origin.SYNTHETIC)]
    lines = [line for line in costs.lines if not (real_only and line.fact_origin is Origin.SYNTHETIC)]
    if len(lines) < len(costs.lines) or len(renders) < len(every_render):
        left_out.append(LeftOut("synthetic rows", "this shot has real ones too"))

    wanted = [
        render
        for render in comparable(renders)
        if render.setup is not None
        and quality in (None, render.setup.quality)
        and size in (None, render.setup.size)
        and frames in (None, render.setup.frames)
    ]
    setup = chosen_setup(wanted)
    if setup is None:
        raise _nothing_rendered(named["code"], comparable(renders), quality, size, frames)
    left_out += left_out_renders(renders, setup)
    left_out += _left_out_lines(lines, rate_card.currency)
    used = [render for render in wanted if render.setup == setup]

    ai, traditional = (
        figures_of(
            workflow,
            [render for render in used if render.workflow is workflow],
            [line for line in lines if line.workflow is workflow],
            rate_card.currency,
        )
        for workflow in COMPARED
    )
    ok = [render for render in used if render.outcome is Outcome.OK]
    made_by_ai = [render.render_id for render in ok if render.workflow is Workflow.AI]
    used_ids = [render.render_id for render in used]
    scores = quality_figures(ledger, named["shot_id"], made_by_ai)
    imported = imported_quality_words(ledger, named["shot_id"], used_ids)
    reviews = review_results(ledger, named["shot_id"], made_by_ai, used_ids)
    return ShotComparison(
        shot_id=named["shot_id"],
        shot_code=named["code"],
        shot_frame_count=named["work_frame_count"],
        setup=setup,
        both_rendered=bool(ai.ok_count and traditional.ok_count),
        rate_card_id=costs.rate_card_id,
        currency=rate_card.currency,
        ai=ai,
        traditional=traditional,
        ratios=clock_ratios(ai, traditional, rate_card.currency, short_quality_words(scores, imported)),
        quality_is_measured=scores is not None or imported is not None,
        quality_evidence=_evidence(scores, imported),
        left_out=tuple(left_out),
        missing_rates=missing_rates((*ai.cost_lines, *traditional.cost_lines), costs.rate_card_id),
        quality_scores=scores,
        reviews=reviews,
        training=training_cost(
            ledger,
            [render.model_revision for render in ok if render.workflow is Workflow.AI],
            costs.rate_card_id,
            ai,
            traditional,
        ),
    )


def _evidence(scores: QualityFigures | None, imported: str | None) -> str:
    known = [words for words in (quality_words(scores) if scores else None, imported) if words]
    return "; ".join(known) or QUALITY_NOT_KNOWN


def _nothing_rendered(
    code: str,
    renders: Sequence[RenderRecord],
    quality: str | None,
    size: FrameSize | None,
    frames: FrameRange | None,
) -> InputRefused:
    asked = ", ".join(str(part) for part in (quality, size, frames and f"frames {frames}") if part is not None)
    if not renders:
        return InputRefused(
            "shot",
            code,
            "has no render of either workflow in this ledger",
            render_it_first(code),
        )
    known = "; ".join(sorted({str(render.setup) for render in renders}))
    return InputRefused(
        "shot", code, f"was never rendered at {asked}", f"choose from what there is ({known}), or render it so"
    )


def _left_out_lines(lines: Iterable[CostLine], currency: str) -> Iterator[LeftOut]:
    lines = list(lines)
    nobodys = [line for line in lines if line.workflow is None]
    if nobodys:
        yield LeftOut(f"{len(nobodys)} work entries or bills", "they name no workflow")
    foreign = [line for line in lines if line.kind is CostKind.BILLED and line.fact_unit != currency and line.workflow]
    if foreign:
        codes = ", ".join(sorted({line.fact_unit for line in foreign}))
        yield LeftOut(f"{len(foreign)} bills in {codes}", f"the rate card is in {currency}")
