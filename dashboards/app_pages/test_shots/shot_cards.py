"""The six cards of a shot: three clocks, quality, cost and energy. Each arranges what the comparison says."""

from analytics.comparison.figures import Clock, ClockRatio, ShotComparison
from analytics.comparison.sentences import (
    assumed_share_words,
    duration_words,
    money_words,
    ratio_words,
    review_words,
    training_words,
)
from analytics.vocabulary.origin import Origin
from dashboards.look.cards import SideValue, value_card, words_card
from dashboards.look.words import count_words, energy_words, hours_words, listed, sentence, spread_words


def machine_card(comparison: ShotComparison) -> str:
    """Seconds that machines took, loading apart."""
    ratio = comparison.ratio(Clock.MACHINE)
    sides = [
        SideValue(
            side.workflow,
            spread_words(side.machine_seconds),
            side.machine_seconds.median if side.machine_seconds else None,
        )
        for side in comparison.sides
    ]
    rests_on = listed([count_words(side.ok_count, f"{side.workflow.label} render") for side in comparison.sides])
    facts = [f"Median of {rests_on}, {pairs_words(ratio)}."]
    for side in comparison.sides:
        if side.machine_seconds and side.machine_seconds.count > 1:
            least, most = side.machine_seconds.lowest, side.machine_seconds.highest
            facts.append(f"{side.workflow.label} repeats from {duration_words(least)} to {duration_words(most)}.")
    loads = [
        f"{spread_words(side.load_seconds)} with {side.workflow.label}"
        for side in comparison.sides
        if side.load_seconds
    ]
    if loads:
        facts.append(f"Loading, not counted: {listed(loads)}.")
    return value_card("machine", "Machine clock", sides, ratio.origins, verdict(ratio), [" ".join(facts)])


def people_card(comparison: ShotComparison) -> str:
    """Hours of people's touch time."""
    ratio = comparison.ratio(Clock.PEOPLE)
    if all(side.people_hours is None for side in comparison.sides):
        return words_card("people", "People clock", "Not known", ["Nobody's hours are in the ledger for this shot."])
    sides = [SideValue(side.workflow, hours_words(side.people_hours), side.people_hours) for side in comparison.sides]
    departments = [
        f"{count_words(len(side.departments), 'department')} with {side.workflow.label}" for side in comparison.sides
    ]
    facts = [f"Touch time in {listed(departments)}, {pairs_words(ratio)}."]
    return value_card("people", "People clock", sides, ratio.origins, verdict(ratio), facts)


def calendar_card(comparison: ShotComparison) -> str:
    """Days from turnover to final."""
    ratio = comparison.ratio(Clock.CALENDAR)
    if ratio.ratio is None:
        short, _, long = verdict(ratio).partition(": ")
        return words_card("calendar", "Calendar clock", short, [sentence(f"{long}.")] if long else [])
    days = zip(comparison.sides, (ratio.ai, ratio.traditional), strict=True)
    sides = [SideValue(side.workflow, "unknown" if taken is None else f"{taken:,.1f} d", taken) for side, taken in days]
    facts = [f"Days from turnover to final, {pairs_words(ratio)}."]
    return value_card("calendar", "Calendar clock", sides, ratio.origins, verdict(ratio), facts)


def quality_card(comparison: ShotComparison) -> str:
    """What is known of whether both pictures are equally good."""
    reviewed = [sentence(f"{review_words(comparison.reviews)}.")] if comparison.reviews is not None else []
    if comparison.quality_is_measured:
        short, n, rests_on = comparison.quality_evidence.partition(" against the traditional twin")
        facts = (
            [f"Held{n}{rests_on}, version {comparison.quality_scores.measure_version} of the measures."]
            if (comparison.quality_scores is not None)
            else []
        )
        return words_card("quality", "Quality of the AI picture", sentence(short), [*facts, *reviewed])
    short, _, long = comparison.quality_evidence.partition(": ")
    facts = [sentence(f"{long}.")] if long else []
    return words_card(
        "quality", "Quality", sentence(short), [*facts, *reviewed, "Look at both pictures before you read a ratio."]
    )


def cost_card(comparison: ShotComparison) -> str:
    """Machines, people and bills of one usable render."""
    ratio = comparison.ratio(Clock.COST_ALL_IN)
    sides = [
        SideValue(
            side.workflow, money_words(side.all_in_cost), float(side.all_in_cost.amount) if side.all_in_cost else None
        )
        for side in comparison.sides
    ]
    machines = listed([f"{money_words(side.machine_cost)} with {side.workflow.label}" for side in comparison.sides])
    shares = "; ".join(f"{side.workflow.label} {assumed_share_words(side)}" for side in comparison.sides)
    facts = [f"Machines alone: {machines}.", f"Made of: {shares}."]
    if comparison.training is not None:
        facts.append(training_words(comparison.training))
    return value_card("cost", "Cost, all in and gross", sides, ratio.origins, verdict(ratio), facts)


def energy_card(comparison: ShotComparison) -> str:
    """Energy of one render, every stage."""
    title = "Energy of a render"
    if all(side.energy_joules is None for side in comparison.sides):
        return words_card("energy", title, "Not known", ["No render here has an energy reading for all of its stages."])
    sides = [
        SideValue(
            side.workflow, energy_words(side.energy_joules), side.energy_joules.median if side.energy_joules else None
        )
        for side in comparison.sides
    ]
    origins = tuple(dict.fromkeys(origin for side in comparison.sides for origin in side.energy_origins))
    if Origin.ASSUMED in origins:
        said = "Assumed: power rating times use"
    else:
        said = "Read by a meter" if Origin.MEASURED in origins else "As imported"
    return value_card("energy", title, sides, origins, said, ["Processor and GPU, every stage, loading included."])


def verdict(ratio: ClockRatio) -> str:
    """The ratio in words with what it rests on, or why there is none."""
    return sentence(ratio_words(ratio))


def pairs_words(ratio: ClockRatio) -> str:
    """``n = 1 shot``."""
    return f"n = {ratio.n_pairs} shot{'' if ratio.n_pairs == 1 else 's'}"
