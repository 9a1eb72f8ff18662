"""A claim in plain words: its number, what it can mean, and what it leaves out."""

from collections.abc import Iterator, Sequence

from analytics.comparison.claims.auditing import CLOCKS_MEANT
from analytics.comparison.figures import Clock
from analytics.comparison.sentences import FEWEST_PAIRS
from analytics.vocabulary.claim import BaselineKind, Claim, FigureKind, MetricKind

CLOCK_WORDS = {
    Clock.MACHINE: "machine time",
    Clock.PEOPLE: "people's hours",
    Clock.CALENDAR: "calendar days",
    Clock.COST_MACHINE: "cost of machines",
    Clock.COST_ALL_IN: "cost, all in",
    Clock.COST_GROSS: "gross cost",
    Clock.COST_NET: "net cost",
}

_METRIC_WORDS = {
    MetricKind.PERSON_DAYS: "people's time",
    MetricKind.ELAPSED_DAYS: "calendar time",
    MetricKind.COST: "cost",
    MetricKind.UNKNOWN: "not said",
}

_BASELINE_WORDS = {
    BaselineKind.ACTUAL: "what it really took",
    BaselineKind.BID: "a bid",
    BaselineKind.EXPERT_ESTIMATE: "an estimate",
    BaselineKind.NONE: "nothing comparable",
}


def metric_words(claim: Claim) -> str:
    """What the claim is counted in, in a word or two."""
    return _METRIC_WORDS[claim.metric_kind]


def baseline_words(claim: Claim) -> str:
    """What the claim is held against, in a word or two."""
    return _BASELINE_WORDS[claim.baseline_kind]


def figure_words(claim: Claim) -> str:
    """The claim's number as it is said: ``10 times faster``, ``15 to 20 % less``."""
    figure = claim.figure
    if figure is None:
        return "no number"
    number = f"{figure.modest:g}" if figure.modest == figure.bold else f"{figure.modest:g} to {figure.bold:g}"
    if figure.kind is FigureKind.TIMES_LESS:
        return f"{number} times {'cheaper' if claim.metric_kind is MetricKind.COST else 'faster'}"
    return f"{number} % {'more' if figure.claims_more else 'less'}"


def threshold_words(claim: Claim) -> tuple[str, ...]:
    """The ratio that each end of the claim asks for: ``0.1 or less``."""
    if claim.figure is None:
        return ()
    side = "more" if claim.figure.claims_more else "less"
    return tuple(f"{ratio:.3g} or {side}" for ratio in claim.figure.ratios)


def meaning_words(claim: Claim) -> str:
    """What the claim says once it is put as a ratio, and of which clocks; a sentence."""
    if claim.figure is None:
        return f"It cannot be held against shots: {claim.no_figure}."
    modest, *bold = threshold_words(claim)
    range_words = f" at its modest end, {bold[0]} at its bold end" if bold else ""
    clocks = [CLOCK_WORDS[clock] for clock in CLOCKS_MEANT[claim.metric_kind] if clock is not Clock.COST_ALL_IN]
    said = f"It can mean {listed(clocks, 'or')}"
    if claim.metric_kind is MetricKind.UNKNOWN:
        said += ": which of them was never said"
    return f"As a ratio of AI to traditional it claims {modest}{range_words}. {said}."


def what_the_claim_does_not_show(claim: Claim) -> tuple[str, ...]:
    """What is wrong with the claim as it stands, whatever our shots say."""
    return tuple(_claim_limits(claim))


def _claim_limits(claim: Claim) -> Iterator[str]:
    if claim.metric_kind is MetricKind.UNKNOWN and claim.figure is not None:
        yield "It does not say what was saved: machine time, people's hours or calendar days. These differ widely."
    if claim.baseline_kind is BaselineKind.EXPERT_ESTIMATE:
        yield "Nobody did the work the traditional way: what it would have needed is somebody's estimate."
    elif claim.baseline_kind is BaselineKind.BID:
        yield "The traditional side is a bid, and bids differ from what the work then takes."
    elif claim.baseline_kind is BaselineKind.NONE:
        yield "It names no traditional work on the same shots that AI was held against."
    if claim.n_shots is None and claim.sample is None:
        yield "It does not say over how many shots."
    elif claim.n_shots is not None and claim.n_shots < FEWEST_PAIRS:
        shots = "one shot" if claim.n_shots == 1 else f"{claim.n_shots} shots"
        yield f"It rests on {shots} ({claim.sample}): no rule for others." if claim.sample else f"It rests on {shots}."
    if claim.quality_evidence is None:
        yield "It brings no evidence that the result is as good: worse work saves nothing."
    else:
        yield f"On quality: {claim.quality_evidence}."
    yield from claim.caveats


def capitalised(words: str) -> str:
    """With a capital in front; the rest as it is."""
    return words[:1].upper() + words[1:]


def listed(parts: Sequence[str], conjunction: str = "and") -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return f" {conjunction} ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)
