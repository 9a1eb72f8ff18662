"""Plain sentences made from a comparison: what was found, and what its ratios do not show."""

from collections.abc import Iterator

from analytics.comparison.figures import QUALITY_NOT_MEASURED, Clock, ClockRatio, ShotComparison, WorkflowFigures
from analytics.comparison.quality_figures import QualityFigures
from analytics.comparison.review_results import ReviewResults
from analytics.comparison.training_cost import TrainingCost
from analytics.vocabulary.money import Money
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.quality_score import Metric
from analytics.vocabulary.workflow import Workflow

FEWEST_PAIRS = 5
"""Below this many pairs a ratio describes the shots it was taken on and nothing else."""

FEWEST_REVIEWERS = 5
"""Below this many people a preference is an anecdote."""

DELIVERY_HEIGHT = 1080
"""Lines of the smallest picture that is delivered; a render below it is a draft whatever its quality is called."""


def money_words(amount: Money | None) -> str:
    """An amount as it is read aloud: cents, or the first two digits that are not zero below a cent."""
    if amount is None:
        return "unknown"
    digits = 2 if amount.amount == 0 else min(6, max(2, 1 - amount.amount.adjusted()))
    return f"{amount.rounded(digits).amount:,} {amount.currency}"


def duration_words(seconds: float) -> str:
    """Seconds as people say them: ``0.42 s``, ``12.3 s``, ``4 min 05 s``, ``2 h 10 min``."""
    if seconds < 9.995:
        return f"{seconds:.2f} s"
    if seconds < 99.95:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02d} s"
    minutes = round(seconds / 60)
    return f"{minutes // 60:,} h {minutes % 60:02d} min"


def number_words(ratio: float) -> str:
    """A ratio with two digits that matter: ``0.42``, ``1.7``, ``0.035``."""
    return f"{ratio:.2g}" if ratio < 9.95 else f"{ratio:,.0f}"


def ratio_words(ratio: ClockRatio) -> str:
    """A ratio that cannot be quoted without its n and its quality: words first, the number beside what it rests on.

    A bare multiplier is never made from fewer than five pairs, and never from hours that somebody assumed.
    """
    return _ratio_words(ratio, f"; {ratio.quality}")


def ratio_words_beside_quality(ratio: ClockRatio) -> str:
    """As `ratio_words`, for a table that shows the quality in a row of its own."""
    return _ratio_words(ratio, "")


def _ratio_words(ratio: ClockRatio, quality: str) -> str:
    if ratio.ratio is None:
        return ratio.why_not or "not known"
    number = number_words(ratio.ratio)
    weak = ", ".join(origin for origin in (Origin.ASSUMED, Origin.SYNTHETIC) if origin in ratio.origins)
    if ratio.n_pairs >= FEWEST_PAIRS:
        return f"{number} over {ratio.n_pairs} pairs" + (f", partly {weak}" if weak else "") + quality
    rests_on = f"({ratio.n_pairs} {_plural('shot', ratio.n_pairs)}{', ' + weak if weak else ''}{quality})"
    if number == "1":
        return f"AI took about the same {rests_on}"
    return (
        f"AI took less: {number} of it {rests_on}" if ratio.ratio < 1 else f"AI took more: {number} times it {rests_on}"
    )


def quality_words(quality: QualityFigures) -> str:
    """All scores in one sentence, without a full stop."""
    said = [
        f"{words} {format(quality.scores[metric].median, form)}{unit}"
        for metric, (words, form, unit) in _METRIC_WORDS.items()
        if metric in quality.scores
    ]
    n = f"n = {quality.measured_count} {_plural('render', quality.measured_count)}"
    left = f", {quality.unmeasured_count} not measured" if quality.unmeasured_count else ""
    return f"{', '.join(said)} against the traditional twin ({n}{left})"


_METRIC_WORDS = {
    Metric.PSNR: ("PSNR", ".1f", " dB"),
    Metric.SSIM: ("SSIM", ".3f", ""),
    Metric.EDGE_RATIO: ("edge energy", ".2f", " of the twin's"),
    Metric.FLICKER_RATIO: ("flicker", ".2f", " of the twin's"),
    Metric.BOIL: ("boil", ".2f", " of 255"),
    Metric.LPIPS: ("LPIPS", ".3f", ""),
}


def short_quality_words(quality: QualityFigures | None, imported: str | None = None) -> str:
    """Two or three words to stand beside a ratio."""
    if quality is not None and Metric.PSNR in quality.scores:
        return f"PSNR {quality.scores[Metric.PSNR].median:.1f} dB"
    return imported or QUALITY_NOT_MEASURED


def review_words(reviews: ReviewResults) -> str:
    """What blind reviewers preferred, with the interval and its n, without a full stop."""
    answers = f"{reviews.answered_count} blind {_plural('review', reviews.answered_count)}"
    by = f"by {reviews.reviewer_count} {'person' if reviews.reviewer_count == 1 else 'people'}"
    if reviews.share is None or reviews.share_low is None or reviews.share_high is None:
        said = "neither was preferred"
    else:
        decided = reviews.ai_count + reviews.traditional_count
        said = (
            f"AI preferred in {reviews.ai_count} of {decided}, {100 * reviews.share:.0f} % "
            f"(95 % interval {100 * reviews.share_low:.0f} to {100 * reviews.share_high:.0f} %)"
        )
        if reviews.neither_count:
            said += f", {reviews.neither_count} preferred neither"
    notes = [f"{side.label} {reviews.notes[side]:.1f}" for side in (Workflow.AI, Workflow.TRADITIONAL)
             if side in reviews.notes]  # fmt: skip
    return f"{said}; mean notes of 5: {', '.join(notes)}; {answers} {by}"


def training_words(training: TrainingCost) -> str:
    """What training took once, and when it is paid back, as a sentence."""
    took = [f"{duration_words(training.machine_seconds)} on {' and '.join(training.machines)}"]
    if training.footage_machine_seconds:
        took.append(
            f"{duration_words(training.footage_machine_seconds)} to render {training.footage_clip_count:,} clips for it"
        )
    return (
        f"Training {' and '.join(training.models)} took {' and '.join(took)}, {money_words(training.cost)} once "
        f"({_origins_words(training.origins)}): {training.cost_break_even}."
    )


def findings(comparison: ShotComparison) -> tuple[str, ...]:
    """What was found, each clock by its own name, each number beside what it rests on."""
    return tuple(_findings(comparison))


def what_this_does_not_show(comparison: ShotComparison) -> tuple[str, ...]:
    """Everything that a reader could wrongly take the ratios for; only what applies to this comparison."""
    return tuple(_limits(comparison))


def _findings(comparison: ShotComparison) -> Iterator[str]:
    ai, traditional = comparison.sides
    if ai.machine_seconds and traditional.machine_seconds:
        yield (
            f"Machine: making the pictures took {duration_words(ai.machine_seconds.median)} with AI and "
            f"{duration_words(traditional.machine_seconds.median)} traditionally, loading apart "
            f"(median of {ai.ok_count} and {traditional.ok_count} {_plural('render', traditional.ok_count)})."
        )
    else:
        missing = " nor ".join(side.workflow.label for side in comparison.sides if side.machine_seconds is None)
        yield f"Machine: {missing} has no usable render at {comparison.setup}, so there is nothing to compare yet."
    if ai.machine_cost and traditional.machine_cost:
        yield (
            f"Machine cost of a usable render: {money_words(ai.machine_cost)} with AI, "
            f"{money_words(traditional.machine_cost)} traditionally; failed renders are charged to the usable ones."
        )
    if ai.people_hours is not None and traditional.people_hours is not None:
        yield (
            f"People: {ai.people_hours:,.1f} hours with AI, {traditional.people_hours:,.1f} traditionally "
            f"({_origins_words(comparison.ratio(Clock.PEOPLE).origins)})."
        )
    if ai.all_in_cost and traditional.all_in_cost:
        yield (
            f"All in: {money_words(ai.all_in_cost)} with AI ({assumed_share_words(ai)}), "
            f"{money_words(traditional.all_in_cost)} traditionally ({assumed_share_words(traditional)})."
        )
    yield f"Calendar: {comparison.ratio(Clock.CALENDAR).why_not}."
    yield f"Quality: {comparison.quality_evidence}."
    if comparison.reviews is not None:
        yield f"Blind: {review_words(comparison.reviews)}."
    if comparison.training is not None:
        yield training_words(comparison.training)


def _limits(comparison: ShotComparison) -> Iterator[str]:
    sides = comparison.sides
    setup = comparison.setup
    for missing in comparison.missing_rates:
        yield f"{missing} The costs that need it are left open, not taken as zero."
    if any(Origin.SYNTHETIC in (*side.fact_origins, *side.people_origins) for side in sides):
        yield "Synthetic rows are among these figures: demonstration data, nothing about real work."
    yield "One shot is n = 1. Repeats show how steady the machine is, not how other shots would come out."
    if any(Origin.ASSUMED in side.people_origins for side in sides):
        yield "People-hours are assumed from a template: the people and all-in ratios repeat it, no more."
    yield "Machine seconds are not people's hours or calendar days: a fast render is no early final."
    if comparison.reviews is None:
        yield (
            "No person has judged the pictures blind: scores say how near AI came, not whether it would be approved."
            if comparison.quality_is_measured
            else "Nobody has judged whether both pictures are equally good: a worse one saves nothing."
        )
    elif comparison.reviews.reviewer_count < FEWEST_REVIEWERS:
        who = "One person has" if comparison.reviews.reviewer_count == 1 else "A few people have"
        yield f"{who} compared the pictures blind: that is no audience."
    yield "One pass each: versions sent back before approval are not counted."
    if comparison.training is not None:
        yield "Training is shown apart and in no ratio: how many shots will share it nobody knows."
    elif comparison.ai.models:
        yield f"Training the AI model ({', '.join(comparison.ai.models)}) is not spread over its shots."
    if setup.size.height < DELIVERY_HEIGHT:
        yield f"Rendered at {setup.size} in {setup.quality} quality: at delivery size the ratio may be another."
    if setup.frames.count < comparison.shot_frame_count:
        yield f"Only {setup.frames.count} of the shot's {comparison.shot_frame_count} frames were rendered."
    if set(sides[0].machines) != set(sides[1].machines) and all(side.machines for side in sides):
        ran_on = "; ".join(f"{side.workflow.label} on {' and '.join(side.machines)}" for side in sides)
        yield f"The two ran on different machines, so their seconds are not of one kind: {ran_on}."
    for side in sides:
        if len(side.machines) > 1:
            yield f"{side.workflow.label} ran on {len(side.machines)} kinds of machine; its median mixes them."
    if set(sides[0].seeds) != set(sides[1].seeds) and all(side.seeds for side in sides):
        yield "The two were drawn from different seeds: they do not show the same event."
    unclocked = sum(side.unclocked_count for side in sides)
    if unclocked:
        yield f"{unclocked} {_plural('render', unclocked)} ended without a recorded second and could not be charged."
    if any(Origin.ASSUMED in side.energy_origins for side in sides):
        yield "Energy is assumed from the processor's power rating and its use; no meter read it."
    yield f"Costs are gross, by {comparison.rate_card_id}: contracts and incentives change them."


def share_words(side: WorkflowFigures, origin: Origin) -> str:
    """How much of the all-in cost rests on facts of one origin, in percent."""
    if side.all_in_cost is None or not side.all_in_cost.amount:
        return "unknown"
    return _share(side.cost_by_origin.get(origin, Money.of(0, side.all_in_cost.currency)), side.all_in_cost)


def assumed_share_words(side: WorkflowFigures) -> str:
    """What the all-in cost rests on, the largest part first: ``over 99.9 % assumed, under 0.1 % measured``."""
    parts = sorted(side.cost_by_origin.items(), key=lambda part: part[1].amount, reverse=True)
    return ", ".join(f"{share_words(side, origin)} {origin}" for origin, _ in parts) or "unknown"


def _share(part: Money, whole: Money) -> str:
    percent = float(100 * part.amount / whole.amount)
    # 99.97 % must not read as all of it, nor 0.03 % as nothing.
    if 99.95 <= percent < 100:
        return "over 99.9 %"
    if 0 < percent < 0.05:
        return "under 0.1 %"
    return f"{percent:.0f} %" if percent in (0, 100) else f"{percent:.1f} %"


def _origins_words(origins: tuple[Origin, ...]) -> str:
    return " and ".join(origins) if origins else "no origin"


def _plural(noun: str, count: int) -> str:
    return noun if count == 1 else f"{noun}s"
