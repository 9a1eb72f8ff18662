"""How the claim check says things: clocks, verdicts and ratios, for readers who know no statistics."""

from analytics.comparison.claims.auditing import CLOCKS_MEANT, ClaimVerdict, ClockAudit
from analytics.comparison.claims.claim_words import figure_words, listed, meaning_words
from analytics.comparison.figures import Clock
from analytics.comparison.slate.results import RatioResult, Verdict
from analytics.vocabulary.claim import BaselineKind, Claim, MetricKind

CLOCK_NAMES = {
    Clock.MACHINE: "Machine time",
    Clock.PEOPLE: "People’s hours",
    Clock.CALENDAR: "Calendar days",
    Clock.COST_GROSS: "Gross cost",
    Clock.COST_NET: "Cost after incentives",
}
_OF_WHAT = {
    Clock.MACHINE: "machine time",
    Clock.PEOPLE: "hours",
    Clock.CALENDAR: "days",
    Clock.COST_GROSS: "cost",
    Clock.COST_NET: "cost",
}
VERDICT_NAMES = {
    ClaimVerdict.SUPPORTED: "Supported",
    ClaimVerdict.CONTRADICTED: "Contradicted",
    ClaimVerdict.UNDECIDED: "Can’t tell",
}
VERDICT_MARKS = {ClaimVerdict.SUPPORTED: "✓", ClaimVerdict.CONTRADICTED: "✕", ClaimVerdict.UNDECIDED: "?"}
METRIC_NAMES = {
    MetricKind.PERSON_DAYS: "people’s time",
    MetricKind.ELAPSED_DAYS: "calendar time",
    MetricKind.COST: "cost",
    MetricKind.UNKNOWN: "never said",
}
BASELINE_NAMES = {
    BaselineKind.ACTUAL: "what it really took",
    BaselineKind.BID: "a bid",
    BaselineKind.EXPERT_ESTIMATE: "somebody’s estimate",
    BaselineKind.NONE: "nothing comparable",
}


def clock_name(clock: Clock) -> str:
    """As in ``People’s hours``."""
    return CLOCK_NAMES.get(clock, clock.label)


def verdict_name(clock: ClockAudit) -> str:
    """As in ``Contradicted``; what was never claimed gets no verdict."""
    return VERDICT_NAMES[clock.verdict] if clock.could_be_meant else "Not claimed"


def result_of(clock: ClockAudit) -> RatioResult | None:
    """Our result by the clock that the verdict follows."""
    return None if clock.decided_by is None else clock.decided_by.result


def share_words(ratio: float) -> str:
    """A ratio as a share of the traditional: ``45%``, ``1.7%``, ``140%``."""
    return f"{ratio:.1%}" if ratio < 0.095 else f"{ratio:.0%}"


def took_words(result: RatioResult | None) -> str:
    """What AI took of the traditional, with its interval: ``AI took 45% (42% to 48%)``."""
    if result is None or result.ratio is None:
        return "nothing to compare yet"
    said = f"AI took {share_words(result.ratio)}"
    if result.low is None or result.high is None:
        return said
    high = "any more" if result.high == float("inf") else share_words(result.high)
    return f"{said} ({share_words(result.low)} to {high})"


def sentence_of(clock: ClockAudit, claim: Claim) -> str:
    """One sentence a card leads with."""
    result = result_of(clock)
    if result is None or result.ratio is None:
        return "None of our shots can be compared by this clock."
    return f"On our shots AI took {share_words(result.ratio)} of the traditional {_OF_WHAT[clock.clock]}."


def against_claim(clock: ClockAudit) -> str:
    """What keeps a verdict from being read as one on AI itself; empty where nothing is decided."""
    result = result_of(clock)
    if result is None or clock.verdict is ClaimVerdict.UNDECIDED:
        return ""
    if clock.verdict is ClaimVerdict.SUPPORTED:
        return "That is as claimed, or goes further."
    return {
        Verdict.AI_NEEDS_LESS: "AI did take less, but not as claimed.",
        Verdict.AI_NEEDS_MORE: "AI took more.",
    }.get(result.verdict, "That is neither clearly less nor clearly more.")


def meaning(claim: Claim) -> str:
    """What the claim says in shares, and of which clocks."""
    if claim.figure is None:
        return meaning_words(claim)
    modest, *bold = (share_words(ratio) for ratio in claim.figure.ratios)
    side = "or more" if claim.figure.claims_more else "or less"
    bolder = f", at its boldest {bold[0]}" if bold else ""
    clocks = [clock_name(clock).lower() for clock in CLOCKS_MEANT[claim.metric_kind] if clock in CLOCK_NAMES]
    said = f"Put in figures, AI would take {modest} {side}{bolder} of what the traditional way takes, counted in "
    if claim.metric_kind is MetricKind.UNKNOWN:
        return f"{said}{listed(clocks, 'or')}: which of them was never said."
    return f"{said}{listed(clocks, 'or')}."


def needed_words(claim: Claim) -> str:
    """What the claim asks for in the same words: ``10% or less``."""
    assert claim.figure is not None
    side = "or more" if claim.figure.claims_more else "or less"
    return " or ".join(share_words(ratio) for ratio in claim.figure.ratios[:1]) + f" {side}"


def said_on_words(claim: Claim) -> str:
    """Who said it, and when as far as it is known."""
    return claim.who if claim.said_on is None else f"{claim.who}, {claim.said_on}"


def quote_words(claim: Claim) -> str:
    """The number of a claim, quoted."""
    return "No number" if claim.figure is None else f"“{figure_words(claim)}”"
