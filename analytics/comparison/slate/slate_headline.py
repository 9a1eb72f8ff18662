"""The slate in four sentences: which workflow takes less, how sure that is, where not, and whether money was saved."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from analytics.comparison.figures import Clock
from analytics.comparison.slate.clock_comparison import ClockComparison
from analytics.comparison.slate.kind_words import kind_words
from analytics.comparison.slate.pooling import GroupRatio
from analytics.comparison.slate.results import RatioResult, Verdict
from analytics.comparison.slate.slate_saving import SlateSaving
from analytics.comparison.slate.slate_sentences import chosen_result

MEASURES = {
    Clock.COST_GROSS: "cost",
    Clock.COST_NET: "cost after incentives",
    Clock.PEOPLE: "people-hours",
    Clock.CALENDAR: "calendar days",
    Clock.MACHINE: "machine time",
}
"""What a clock counts, inside a sentence."""

_TIMES = 1.995
"""From there on a change is said as a multiple."""


@dataclass(frozen=True)
class SlateHeadline:
    """What stands on top of the slate.

    Attributes
    ----------
    claim
        One sentence with a verb and a number, or why there is none.
    certainty
        The interval in words; empty where there is no number.
    where_not
        Kinds of shot for which AI is dearer, and those for which nothing is shown.
    money
        Whether money was saved so far, net of incentives where a plan is known.
    """

    claim: str
    certainty: str
    where_not: str
    money: str


@dataclass(frozen=True)
class KindVerdicts:
    """Kinds of shot by what can be said of AI, the clearest first."""

    pays: tuple[GroupRatio, ...]
    open: tuple[GroupRatio, ...]
    does_not_pay: tuple[GroupRatio, ...]
    too_few: tuple[GroupRatio, ...]


def kind_verdicts(clock: ClockComparison) -> KindVerdicts:
    """Sort kinds of shot by what one clock says of them."""
    groups = sorted(clock.kinds.groups if clock.kinds else (), key=lambda each: each.ratio or 1.0)

    def of(verdict: Verdict) -> tuple[GroupRatio, ...]:
        return tuple(each for each in groups if each.verdict is verdict)

    return KindVerdicts(
        of(Verdict.AI_NEEDS_LESS),
        of(Verdict.NO_DIFFERENCE_SHOWN),
        of(Verdict.AI_NEEDS_MORE)[::-1],
        of(Verdict.CANNOT_BE_TOLD),
    )


def slate_headline(
    clock: ClockComparison, saving: SlateSaving | None, *, incentives_are_assumed: bool = False
) -> SlateHeadline:
    """Say what one clock of a comparison found."""
    result = chosen_result(clock)
    return SlateHeadline(
        _claim(clock.clock, result),
        _certainty(result, " before incentives" if clock.clock is Clock.COST_GROSS else ""),
        _where_not(clock, result),
        "" if saving is None else _money(saving, incentives_are_assumed),
    )


def production_headline(group: GroupRatio | None, clock: Clock, name: str) -> str:
    """Say in one sentence what one clock found on one production."""
    measure = MEASURES[clock]
    if group is None or group.ratio is None or group.low is None or group.high is None:
        return f"On {name} too few shots were made both ways to compare {measure}."
    counts = f"n = {group.n_ai:,} AI and {group.n_traditional:,} traditional shots"
    if group.verdict is Verdict.NO_DIFFERENCE_SHOWN:
        return (
            f"On {name} no difference in {measure} is shown between AI and like traditional shots: anything from "
            f"{change_words(group.low)} to {change_words(group.high)} ({counts})."
        )
    is_money = clock in (Clock.COST_GROSS, Clock.COST_NET)
    words = change_words(group.ratio) if is_money else _fewer(group.ratio, measure)
    after = " after incentives" if clock is Clock.COST_NET else ""
    return (
        f"On {name} a typical AI shot {'costs' if is_money else 'takes'} {words}{after} "
        f"{'as' if group.ratio >= _TIMES else 'than'} a like shot made traditionally."
    )


def group_certainty(group: GroupRatio | None, confidence: float) -> str:
    """The interval of a production's or kind's ratio, and what it rests on; empty where there is none."""
    if group is None or group.ratio is None or group.low is None or group.high is None:
        return ""
    ends = (group.high, group.low) if group.ratio < 1 else (group.low, group.high)
    return (
        f"We are {100 * confidence:.0f}% sure it is between {change_words(ends[0])} and {change_words(ends[1])}, from "
        f"{group.n_ai:,} AI and {group.n_traditional:,} traditional shots, steadied by what the other productions show."
    )


def change_words(ratio: float) -> str:
    """As in ``39% less``, ``22% more`` or ``2.4 times as much``."""
    if ratio >= _TIMES:
        return f"{ratio:.1f} times as much"
    percent = round(100 * abs(1 - ratio))
    return "the same" if not percent else f"{percent}% {'less' if ratio < 1 else 'more'}"


def money_words(amount: Decimal, currency: str) -> str:
    """Without false digits: ``CAD 3.68 M``, ``CAD 412 k``, ``−CAD 30 k``."""
    size, sign = abs(amount), "−" if amount < 0 else ""
    if size >= 999_500:
        return f"{sign}{currency} {size / 1_000_000:,.{1 if size >= 9_995_000 else 2}f} M"
    return f"{sign}{currency} {size / 1000:,.0f} k" if size >= 10_000 else f"{sign}{currency} {size:,.0f}"


def _claim(clock: Clock, result: RatioResult) -> str:
    measure = MEASURES[clock]
    is_money = clock in (Clock.COST_GROSS, Clock.COST_NET)
    if result.ratio is None:
        return f"How AI compares in {measure} cannot be told yet."
    if result.verdict is Verdict.NO_DIFFERENCE_SHOWN:
        return f"No difference in {measure} is shown between AI shots and like shots made traditionally."
    words = change_words(result.ratio) if is_money else _fewer(result.ratio, measure)
    after = " after incentives" if clock is Clock.COST_NET else ""
    than = "as" if result.ratio >= _TIMES else "than"
    return f"AI shots {'cost' if is_money else 'take'} {words}{after} {than} like shots made traditionally."


def _fewer(ratio: float, measure: str) -> str:
    """Hours and days are counted, machine time is not."""
    if ratio >= _TIMES:
        return f"{ratio:.1f} times the {measure}"
    less = "less" if measure == "machine time" else "fewer"
    return f"{round(100 * abs(1 - ratio))}% {less if ratio < 1 else 'more'} {measure}"


def _certainty(result: RatioResult, before: str) -> str:
    if result.ratio is None or result.low is None or result.high is None:
        return result.warnings[-1] if result.warnings else "There are no such shots."
    end = "any amount more" if result.high == float("inf") else change_words(result.high)
    ends = (end, change_words(result.low)) if result.ratio < 1 else (change_words(result.low), end)
    between = f"between {ends[0]} and {ends[1]}"
    if result.ratio < 1 and result.high < 1:
        between = f"between {round(100 * (1 - result.high))}% and {round(100 * (1 - result.low))}% less"
    shots = f"{result.n_ai:,} AI and {result.n_traditional:,} traditional shots of {result.n_productions:,} productions"
    return f"We are {100 * result.confidence:.0f}% sure it is {between}{before}, from {shots}."


def _where_not(clock: ClockComparison, result: RatioResult) -> str:
    verdicts = kind_verdicts(clock)
    if result.ratio is None or not any((verdicts.pays, verdicts.open, verdicts.does_not_pay)):
        return ""
    is_money = clock.clock in (Clock.COST_GROSS, Clock.COST_NET)
    said = f"For no kind of shot is AI shown to {'cost' if is_money else 'take'} more."
    if verdicts.does_not_pay:
        said = f"It {'does not pay' if is_money else 'takes more'} for {_listed(verdicts.does_not_pay)}."
    unsure = (*verdicts.open, *verdicts.too_few)
    return f"{said} It cannot be told yet for {_listed(unsure)}." if unsure else said


def _money(saving: SlateSaving, incentives_are_assumed: bool) -> str:
    told, after = saving.told, "before incentives; none were chosen"
    if saving.net:
        after = f"after {'assumed ' if incentives_are_assumed else ''}incentives"
    if told is None:
        return "What was saved in money cannot be told yet."
    words = money_words(abs(told.saved), saving.currency)
    ends = f"{money_words(told.low, saving.currency) if told.low is not None else 'unbounded'} to " + (
        money_words(told.high, saving.currency) if told.high is not None else "unbounded"
    )
    sure = f"({100 * saving.confidence:.0f}% sure: {ends})"
    gross, before = saving.gross, ""
    # A reader holds the sum against the per cent above it, which are before incentives.
    if saving.net and gross is not None and gross.verdict is told.verdict:
        before = f", and {money_words(abs(gross.saved), saving.currency)} before them"
    match told.verdict:
        case Verdict.AI_NEEDS_LESS:
            return f"So far that has saved about {words} {after} {sure}{before}."
        case Verdict.AI_NEEDS_MORE:
            return f"So far that has cost about {words} more {after} {sure}{before}."
        case _:
            return f"That it saved money {after} is not proven: anything from {ends}."


def _listed(groups: Sequence[GroupRatio]) -> str:
    names = [kind_words(each.group).lower() for each in groups]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
