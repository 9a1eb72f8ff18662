"""What a comparison of a slate says in plain words, for people who know no statistics."""

from collections.abc import Iterator

from analytics.comparison.figures import Clock
from analytics.comparison.slate.clock_comparison import ClockComparison
from analytics.comparison.slate.overlap import ALIKE
from analytics.comparison.slate.pooling import GroupRatio
from analytics.comparison.slate.results import Estimand, Method, Per, Population, RatioResult, Verdict
from analytics.comparison.slate.slate_comparison import SlateComparison

TAKEN = {
    Clock.MACHINE: "machine time",
    Clock.PEOPLE: "people's hours",
    Clock.CALENDAR: "days from turnover to final",
    Clock.COST_GROSS: "gross cost",
    Clock.COST_NET: "cost net of incentives",
}
"""What a shot takes by each clock, as the end of "AI shots took 0.42 times the ..."."""

_MONEY = (Clock.COST_GROSS, Clock.COST_NET)


def chosen_result(clock: ClockComparison) -> RatioResult:
    """The ratio that a headline is made of.

    Adjusted, over the shots that AI was given; totals for money, the middle of the shots for time. Where that cannot be
    told, the other estimand, and then pairs.
    """
    estimands = (Estimand.RATIO_OF_TOTALS, Estimand.GEOMETRIC_MEAN_RATIO)
    wanted = estimands if clock.clock in _MONEY else estimands[::-1]
    for method in (Method.ADJUSTED, Method.PAIRED):
        for estimand in wanted:
            found = clock.result(estimand, method, Population.AI)
            if found.ratio is not None:
                return found
    return clock.result(wanted[0], Method.ADJUSTED, Population.AI)


def headline(clock: ClockComparison) -> str:
    """One sentence with the ratio, its interval and what it rests on; or why there is none."""
    result, taken = chosen_result(clock), TAKEN[clock.clock]
    if result.ratio is None:
        paired = clock.result(result.estimand, Method.PAIRED)
        return f"How AI compares in {taken} cannot be told. {_reason(paired if paired.n_pairs else result)}"
    per = " for each second on screen" if result.per is Per.CUT_SECOND else ""
    said = (
        f"AI shots took {ratio_words(result.ratio)} the {taken}{per} of comparable traditional ones "
        f"({interval_words(result)}, {basis_words(clock, result)})"
    )
    if result.verdict is Verdict.NO_DIFFERENCE_SHOWN:
        return f"{said}: anything from {_end_words(result.low)} to {_end_words(result.high)}, so that it is open."
    ends = sorted(abs(1 - end) for end in (result.low or 0.0, result.high or 0.0))
    if ends[1] == float("inf"):
        return f"{said}: about {_end_words(result.ratio)}."
    return f"{said}: about {_end_words(result.ratio)}, likely {100 * ends[0]:.0f} to {percent(ends[1])}."


def ratio_words(ratio: float) -> str:
    """As in ``0.42 times``."""
    return f"{ratio:.2g} times" if ratio < 0.1 else f"{ratio:.2f} times"


def interval_words(result: RatioResult) -> str:
    """As in ``95 % interval 0.35 to 0.51``."""
    if result.low is None or result.high is None:
        return "no interval"
    end = f"{result.high:.2f}" if result.high != float("inf") else "no upper end"
    return f"{percent(result.confidence)} interval {result.low:.2f} to {end}"


def basis_words(clock: ClockComparison, result: RatioResult) -> str:
    """As in ``212 AI and 388 traditional shots, 6 productions, adjusted for complexity``."""
    productions = counted(result.n_productions, "production")
    if result.method is Method.PAIRED:
        return f"{counted(result.n_pairs, 'pair')}, {productions}"
    adjusted = " and ".join(each for each in clock.adjusted_for if each in ("kind", "complexity"))
    others = len(clock.adjusted_for) - len(adjusted.split(" and ")) if adjusted else len(clock.adjusted_for)
    further = f"{adjusted} and {others} more" if adjusted else f"{others} features"
    return f"{result.n_ai:,} AI and {result.n_traditional:,} traditional shots, {productions}, adjusted for {further}"


def _end_words(ratio: float | None) -> str:
    """As in ``55 % less``."""
    if ratio is None or ratio == float("inf"):
        return "any amount more"
    return f"{percent(abs(1 - ratio))} {'less' if ratio < 1 else 'more'}"


def _reason(result: RatioResult) -> str:
    return result.warnings[-1] if result.warnings else "there are no such shots."


def remarks(clock: ClockComparison, currency: str | None = None) -> Iterator[str]:
    """What a reader has to know before using the headline, the weightiest first."""
    result = chosen_result(clock)
    naive = clock.result(result.estimand, Method.NAIVE)
    if result.ratio is not None and naive.ratio is not None and result.method is Method.ADJUSTED:
        apart = naive.ratio / result.ratio
        if not 0.95 < apart < 1.05:
            why = "AI was given lighter shots" if apart < 1 else "AI was given heavier shots"
            yield (
                f"Comparing all AI shots with all others would have said {ratio_words(naive.ratio)}, "
                f"which is wrong: {why}."
            )
    yield from _saved_words(clock, currency)
    if clock.pairs is not None and result.method is not Method.PAIRED:
        yield from _pair_words(clock, result)
    if clock.strength is not None and result.method is Method.ADJUSTED:
        yield from _strength_words(clock, result, naive)
    if clock.learning is not None and clock.learning.shown:
        curve = clock.learning
        yield (
            f"Each doubling of the AI shots made took {percent(curve.learning_rate)} off ({percent(curve.low)} to "
            f"{percent(curve.high)}): {ratio_words(curve.first_ratio)} at the tenth, "
            f"{ratio_words(curve.latest_ratio)} at the last of {curve.n_ai:,}."
        )


_UNITS = {Clock.MACHINE: ("machine hours", 3600.0), Clock.PEOPLE: ("people's hours", 1.0)}


def _saved_words(clock: ClockComparison, currency: str | None) -> Iterator[str]:
    """What the AI shots would have taken like for like, which is where a saving is."""
    totals = clock.result(Estimand.RATIO_OF_TOTALS, Method.ADJUSTED, Population.AI)
    if totals.ratio is None or totals.low is None or totals.high is None or totals.per is not Per.SHOT:
        return
    if clock.clock is Clock.CALENDAR or not clock.ai_total:
        return  # days of shots that run side by side add up to nothing
    unit, per_unit = _UNITS.get(clock.clock, (f"{currency or ''} before incentives".strip(), 1.0))
    if clock.clock is Clock.COST_NET:
        unit = f"{currency or ''} after incentives".strip()
    took = clock.ai_total / per_unit
    expected, least, most = (took / each if each else 0.0 for each in (totals.ratio, totals.high, totals.low))
    said = (
        f"All together, the AI shots took {_amount(took)} {unit}; done traditionally, they would have taken about "
        f"{_amount(expected)} (likely {_amount(least)} to {_amount(most)})"
    )
    if clock.clock in _MONEY:
        yield f"{said}."
    else:
        yield f"{said}: {_end_words(totals.ratio)} of the whole. Budget with the whole, not with the typical shot."


def _amount(value: float) -> str:
    """Three figures of a large number: ``12,300``."""
    if value < 1000:
        return f"{value:.3g}"
    step = 10 ** (len(str(int(value))) - 3)
    return f"{round(value / step) * step:,}"


def _pair_words(clock: ClockComparison, result: RatioResult) -> Iterator[str]:
    paired = clock.result(result.estimand, Method.PAIRED)
    assert clock.pairs is not None
    if paired.ratio is None or paired.low is None or paired.high is None:
        return
    both_ways, twins = clock.pairs.made_both_ways, clock.pairs.n_pairs - clock.pairs.made_both_ways
    parts = (f"{twins} declared twins" if twins else "", f"{both_ways} shots made both ways" if both_ways else "")
    made = ", ".join(part for part in parts if part)
    yield (
        f"{counted(clock.pairs.n_pairs, 'pair')} ({made}) say {ratio_words(paired.ratio)} ({interval_words(paired)}); "
        f"AI took less in {clock.pairs.ai_took_less} of them."
    )
    if result.low is not None and result.high is not None and (paired.high < result.low or paired.low > result.high):
        same = "quote only which side took less" if paired.verdict is result.verdict else "quote neither"
        yield f"Pairs and all shots disagree about the amount: {same}."
    needed = clock.pairs.pairs_needed
    if paired.verdict is Verdict.NO_DIFFERENCE_SHOWN and needed and needed > clock.pairs.n_pairs:
        yield f"So few pairs show large differences only: {needed:,} are needed before a true 20 % would show."


def _strength_words(clock: ClockComparison, result: RatioResult, naive: RatioResult) -> Iterator[str]:
    assert clock.strength is not None
    nearer = result.high if result.verdict is Verdict.AI_NEEDS_LESS else result.low
    if result.verdict is not Verdict.NO_DIFFERENCE_SHOWN and nearer and result.ratio:
        needed = max(nearer, 1 / nearer)
        if naive.ratio is None:
            yield f"Something that is not in the ledger would have to shift it {needed:.1f}-fold to undo it."
        else:
            known = max(naive.ratio / result.ratio, result.ratio / naive.ratio)
            yield (
                f"To undo it would take something unrecorded that weighs more ({needed:.1f}-fold) than all that was "
                f"corrected for ({known:.1f}-fold)."
                if needed > known
                else f"Caution: something unrecorded could undo it ({needed:.1f}-fold), even if it weighs less than "
                f"what was corrected for ({known:.1f}-fold)."
            )
    if result.verdict is Verdict.NO_DIFFERENCE_SHOWN:
        times = clock.strength.times_the_shots
        yield (
            f"About {times:.1f} times as many shots are needed until a true difference of 20 % would show."
            if times > 1
            else "A true difference of 20 % would most likely have shown with so many shots."
        )


def beside_every_ratio(comparison: SlateComparison) -> Iterator[str]:
    """What no ratio shows: quality, shots that fell back, were omitted, or were possible with AI only."""
    yield comparison.parity.words
    ai = comparison.arms[0]
    if ai.fell_back_count:
        yield (
            f"{counted(ai.fell_back_count, 'AI shot')} fell back to another workflow; they count as AI, with all the "
            f"{ai.fell_back_people_hours:,.0f} people's hours that they took."
        )
    for arm in comparison.arms:
        if arm.omitted_count:
            yield (
                f"{counted(arm.omitted_count, f'{_arm(arm.arm)} shot')} {'was' if arm.omitted_count == 1 else 'were'} "
                f"omitted after {arm.sunk_people_hours:,.0f} people's hours: sunk cost, compared with nothing."
            )
    if comparison.enabled.shot_count:
        yield (
            f"{counted(comparison.enabled.shot_count, 'shot')} would not have been made without AI "
            f"({comparison.enabled.people_hours:,.0f} people's hours): no saving is claimed for them."
        )


def caveats(comparison: SlateComparison) -> Iterator[str]:
    """What limits each headline, once for all clocks that share it, and what was not compared at all."""
    by_warning: dict[str, list[str]] = {}
    for clock in comparison.clocks:
        result = chosen_result(clock)
        for warning in result.warnings if result.ratio is not None else ():
            by_warning.setdefault(warning, []).append(clock.clock.label)
    for warning, labels in by_warning.items():
        yield warning if len(labels) == len(comparison.clocks) else f"{', '.join(labels)}: {warning}"
    for clock in comparison.clocks[:1]:
        if clock.adjusted_for:
            yield f"Like for like means: alike in {', '.join(clock.adjusted_for)}. {_balance_words(clock)}"
        if clock.left_out:
            reasons = "; ".join(f"{count:,} {why}" for why, count in clock.left_out.items())
            yield f"Shots that are not compared by {TAKEN[clock.clock]}: {reasons}."


def _balance_words(clock: ClockComparison) -> str:
    """How unlike the shots of both sides were, and how many features still are once they are weighted."""
    widest = max(clock.balance, key=lambda each: abs(each.before))
    unlike = sum(abs(each.after) > ALIKE for each in clock.balance)
    after = (
        f"{unlike} of {len(clock.balance)} features still differ by more than {ALIKE}"
        if unlike
        else f"none does by more than {ALIKE}"
    )
    return (
        f"The two sides differed most in {widest.feature} ({widest.before:+.1f} standard deviations, AI less the "
        f"others); once shots are weighted, {after}{', which the prediction makes up for' if unlike else ''}."
    )


def group_words(group: GroupRatio) -> str:
    """Whether AI pays in one production or kind of shot."""
    if group.low is None or group.high is None:
        return "too few shots"
    if group.high < 1:
        return "less"
    return "more" if group.low > 1 else f"open: {_end_words(group.low)} to {_end_words(group.high)}"


def percent(share: float) -> str:
    """As in ``42 %``."""
    return f"{100 * share:.0f} %"


def _arm(arm: str) -> str:
    return "AI" if arm == "ai" else arm


def counted(count: int, what: str) -> str:
    """As in ``3 productions``."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"
