"""A claim held against results of ours: by each clock supported, contradicted or undecided, with its probability."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import inf, log

from analytics.comparison.claims.more_shots import ShotsNeeded, shots_needed
from analytics.comparison.figures import Clock, ClockRatio, ShotComparison
from analytics.comparison.sentences import FEWEST_PAIRS
from analytics.comparison.slate.results import SLATE_CLOCKS, Estimand, Method, Per, Population, RatioResult
from analytics.vocabulary.claim import Claim, MetricKind
from analytics.vocabulary.origin import Origin

SURE = 0.95
"""From this probability on a claim is supported; contradicted where its opposite reaches it."""

MOST_ASSUMED = 0.5
"""From this share of shots on that rest on assumptions, a ratio repeats them and decides nothing."""

CLOCKS_MEANT = {
    MetricKind.PERSON_DAYS: (Clock.PEOPLE,),
    MetricKind.ELAPSED_DAYS: (Clock.CALENDAR,),
    MetricKind.COST: (Clock.COST_ALL_IN, Clock.COST_GROSS, Clock.COST_NET),
    MetricKind.UNKNOWN: (Clock.MACHINE, Clock.PEOPLE, Clock.CALENDAR),
}
"""Which clocks a claim can mean. One that doesn't name its clock speaks of speed: any clock of time, and no cost."""

MONEY = (Clock.COST_MACHINE, Clock.COST_ALL_IN, Clock.COST_GROSS, Clock.COST_NET)
"""Clocks that count money."""


class ClaimVerdict(StrEnum):
    """What our shots say of a claim."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class Evidence:
    """One result of ours beside the claim.

    Attributes
    ----------
    probabilities
        That the true ratio on shots like ours is as claimed or goes further, for each of the claim's ratios; each
        ``None`` where the result allows none.
    verdict
        By the claim's modest end.
    why_undecided
        ``None`` where it is decided.
    needed
        What would decide it, where more shots of the same kind can.
    """

    result: RatioResult
    probabilities: tuple[float | None, ...]
    verdict: ClaimVerdict
    why_undecided: str | None = None
    needed: ShotsNeeded | None = None


@dataclass(frozen=True)
class ClockAudit:
    """A claim by one clock.

    Attributes
    ----------
    could_be_meant
        Whether the claim may have spoken of this clock.
    decided_by
        The result that the verdict follows; ``None`` where there is none at all.
    beside
        The result by the other method, where both are known.
    """

    clock: Clock
    could_be_meant: bool
    verdict: ClaimVerdict
    why_undecided: str | None
    decided_by: Evidence | None
    beside: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class ClaimAudit:
    """A claim by every clock.

    Attributes
    ----------
    clocks
        Empty where the claim names no figure: then there is nothing to hold it against.
    shot_code
        The one shot it was held against; ``None`` where it was a slate.
    """

    claim: Claim
    clocks: tuple[ClockAudit, ...]
    shot_code: str | None = None

    def by(self, verdict: ClaimVerdict) -> tuple[Clock, ...]:
        """Clocks with this verdict, among those that the claim can mean."""
        return tuple(each.clock for each in self.clocks if each.could_be_meant and each.verdict is verdict)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Everything that was held against the claim."""
        return tuple(each for clock in self.clocks for each in (clock.decided_by, *clock.beside) if each is not None)


def audit_claim(claim: Claim, results: Iterable[RatioResult]) -> ClaimAudit:
    """Hold a claim against the results of a slate, by every clock that slates are compared by.

    The adjusted and the paired result are used. The one with the narrower interval decides; where the other says the
    opposite, nobody does. Of several results by one method, that of the shots given to AI is taken, because it is
    them that claims speak of; for time their geometric mean, for money their totals. A naive result decides nothing.
    """
    if claim.figure is None:
        return ClaimAudit(claim, ())
    known = list(results)
    return ClaimAudit(claim, tuple(_audit_clock(claim, clock, known) for clock in SLATE_CLOCKS))


def audit_claim_on_shot(claim: Claim, comparison: ShotComparison) -> ClaimAudit:
    """Hold a claim against one shot that was made both ways: shown, but one pair can decide nothing."""
    if claim.figure is None:
        return ClaimAudit(claim, (), comparison.shot_code)
    clocks = tuple(_audit_clock(claim, each.clock, [_as_result(each)]) for each in comparison.ratios)
    return ClaimAudit(claim, clocks, comparison.shot_code)


def _as_result(ratio: ClockRatio) -> RatioResult:
    weakest = next((origin for origin in reversed(Origin) if origin in ratio.origins), None)
    known = 0 if ratio.ratio is None else 1
    return RatioResult(
        estimand=Estimand.RATIO_OF_TOTALS,
        population=Population.ALL,
        clock=ratio.clock,
        method=Method.PAIRED,
        ratio=ratio.ratio,
        low=None,
        high=None,
        confidence=SURE,
        log_standard_error=None,
        degrees_of_freedom=None,
        n_ai=known,
        n_traditional=known,
        n_pairs=known,
        n_productions=known,
        origins={} if weakest is None else {weakest: 1.0},
        warnings=() if ratio.why_not is None else (ratio.why_not,),
    )


def _audit_clock(claim: Claim, clock: Clock, results: Sequence[RatioResult]) -> ClockAudit:
    meant = clock in CLOCKS_MEANT[claim.metric_kind]
    of_clock = [result for result in results if result.clock is clock]
    chosen = [_chosen(of_clock, method) for method in (Method.ADJUSTED, Method.PAIRED)]
    evidence = sorted((_weigh(claim, result) for result in chosen if result is not None), key=_width)
    if not evidence:
        why = (
            "our shots were only compared as they came, and not made comparable"
            if of_clock
            else "our ledger was not compared by this clock"
        )
        return ClockAudit(clock, meant, ClaimVerdict.UNDECIDED, why, None)
    first, *beside = evidence
    verdict, why_undecided = first.verdict, first.why_undecided
    if all(each.result.ratio is None for each in evidence):
        why_undecided = " ".join(dict.fromkeys(as_sentence(each.why_undecided or "") for each in evidence))
    if {each.verdict for each in evidence} >= {ClaimVerdict.SUPPORTED, ClaimVerdict.CONTRADICTED}:
        verdict = ClaimVerdict.UNDECIDED
        why_undecided = "pairs and adjusted shots say the opposite of each other, so one of them misleads"
    return ClockAudit(clock, meant, verdict, why_undecided, first, tuple(beside))


def _chosen(results: Sequence[RatioResult], method: Method) -> RatioResult | None:
    """Of the results by one method, the one that answers what a claim asks; one that can't be told only as a last."""

    def rank(result: RatioResult) -> tuple[bool, ...]:
        wanted = Estimand.RATIO_OF_TOTALS if result.clock in MONEY else Estimand.GEOMETRIC_MEAN_RATIO
        return (
            result.log_standard_error is None or result.ratio is None,
            result.per is not Per.SHOT,
            result.population is not Population.AI,
            result.estimand is not wanted,
        )

    return min((result for result in results if result.method is method), key=rank, default=None)


def _width(evidence: Evidence) -> tuple[bool, float]:
    """First what can decide, then what is narrower."""
    result = evidence.result
    decides = None not in evidence.probabilities
    told = result.low is not None and result.high is not None and result.low > 0 and result.high < inf
    return not decides, log(result.high / result.low) if told and result.low and result.high else inf


def _weigh(claim: Claim, result: RatioResult) -> Evidence:
    assert claim.figure is not None
    at_most = [result.probability_at_most(ratio) for ratio in claim.figure.ratios]
    reason = _why_it_cannot_decide(result, at_most)
    if reason is not None:
        return Evidence(result, tuple(None for _ in at_most), ClaimVerdict.UNDECIDED, reason)
    probabilities = tuple(1 - each if claim.figure.claims_more else each for each in at_most if each is not None)
    modest = probabilities[0]
    if modest >= SURE:
        return Evidence(result, probabilities, ClaimVerdict.SUPPORTED)
    if modest <= 1 - SURE:
        return Evidence(result, probabilities, ClaimVerdict.CONTRADICTED)
    needed = shots_needed(result, claim.figure.ratios[0], SURE)
    return Evidence(result, probabilities, ClaimVerdict.UNDECIDED, "our shots leave both possible", needed)


def _why_it_cannot_decide(result: RatioResult, at_most: Sequence[float | None]) -> str | None:
    """A clause where this result must not decide anything, whatever its interval."""
    if result.ratio is None:
        return " ".join(map(as_sentence, result.warnings)) or "our shots give no ratio"
    if result.method is Method.PAIRED and result.n_pairs < FEWEST_PAIRS:
        shown = "one pair shows what happened once" if result.n_pairs == 1 else f"there are only {result.n_pairs} pairs"
        return f"{shown}; it takes at least {FEWEST_PAIRS}"
    if min(result.n_ai, result.n_traditional) < FEWEST_PAIRS:
        fewer = "AI" if result.n_ai < result.n_traditional else "traditional"
        count = min(result.n_ai, result.n_traditional)
        return (
            f"only {count} {fewer} {'shot' if count == 1 else 'shots'}; it takes at least {FEWEST_PAIRS} on each side"
        )
    if result.origins.get(Origin.ASSUMED, 0) > MOST_ASSUMED:
        return "most of our figures are assumed: the ratio repeats what somebody assumed"
    if None in at_most:
        return (
            " ".join(map(as_sentence, result.warnings))
            or "our ratio has no interval that a probability could be taken from"
        )
    return None


def as_sentence(words: str) -> str:
    """With a capital in front and a full stop behind."""
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."
