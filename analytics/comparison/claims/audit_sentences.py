"""An audit in plain sentences, for readers who know no statistics and will quote half of one."""

from collections.abc import Iterator
from math import isinf

from analytics.comparison.claims.auditing import MONEY, SURE, ClaimAudit, ClaimVerdict, ClockAudit, as_sentence
from analytics.comparison.claims.claim_words import (
    CLOCK_WORDS,
    capitalised,
    figure_words,
    listed,
    meaning_words,
    threshold_words,
)
from analytics.comparison.figures import Clock
from analytics.comparison.sentences import number_words
from analytics.comparison.slate.results import Estimand, Method, RatioResult, Verdict
from analytics.vocabulary.claim import Claim
from analytics.vocabulary.origin import Origin


def headline(audit: ClaimAudit) -> str:
    """The audit in one or two sentences that survive being quoted alone."""
    claim = audit.claim
    if not audit.clocks:
        return meaning_words(claim)
    quoted = f"“{figure_words(claim)}”"
    if audit.shot_code is not None:
        return f"One shot cannot tell whether {quoted} is true: {audit.shot_code} shows what happened once, no more."
    parts = [
        f"{verdict} in {listed([CLOCK_WORDS[clock] for clock in audit.by(verdict)])}"
        for verdict in (ClaimVerdict.CONTRADICTED, ClaimVerdict.SUPPORTED, ClaimVerdict.UNDECIDED)
        if audit.by(verdict)
    ]
    verdicts = ", and ".join((", ".join(parts[:-1]), parts[-1])) if len(parts) > 1 else parts[0]
    # A headline is quoted without the warning above it: it says itself what it rests on.
    said = f"On our shots, {quoted} is {verdicts}."
    if _synthetic_share(audit) > 0.995:
        said = f"On invented shots, which cannot test those that it was said of, {quoted} is {verdicts}."
    supported = audit.by(ClaimVerdict.SUPPORTED)
    if supported and len(parts) > 1:
        said += f" Whoever repeats it has to say that it is about {listed([CLOCK_WORDS[each] for each in supported])}."
    return said


def what_is_contradicted(audit: ClaimAudit) -> tuple[str, ...]:
    """For each clock that contradicts the claim, what AI did take: that it saves less is not that it saves nothing."""
    said = []
    for clock in audit.clocks:
        if clock.verdict is ClaimVerdict.CONTRADICTED and clock.could_be_meant and clock.decided_by is not None:
            result = clock.decided_by.result
            words = {
                Verdict.AI_NEEDS_LESS: "less than the traditional way",
                Verdict.AI_NEEDS_MORE: "more than the traditional way",
            }.get(result.verdict, "not clearly less or more than the traditional way")
            claimed = threshold_words(audit.claim)[0]
            said.append(
                f"Counted in {CLOCK_WORDS[clock.clock]}, AI took {words}: {ratio_and_interval_words(result)} of it, "
                f"where the claim needs {claimed}."
            )
    return tuple(said)


def synthetic_words(audit: ClaimAudit) -> str | None:
    """A warning where our side is demonstration data; a sentence to stand before every other."""
    share = _synthetic_share(audit)
    if not share:
        return None
    which = "The shots" if share > 0.995 else "Some of the shots"
    return f"{which} here are invented (synthetic): this shows how an audit works and tells nothing about real work."


def _synthetic_share(audit: ClaimAudit) -> float:
    """The largest share of synthetic shots that any result has."""
    return max((each.result.origins.get(Origin.SYNTHETIC, 0.0) for each in audit.evidence), default=0.0)


def clock_words(clock: ClockAudit, claim: Claim) -> str:
    """One clock of an audit as a sentence or two."""
    label = CLOCK_WORDS[clock.clock]
    said = f"{capitalised(label)}: {clock.verdict if clock.could_be_meant else 'not claimed'}."
    if clock.decided_by is not None and clock.decided_by.result.ratio is not None:
        result = clock.decided_by.result
        shots = ", ".join(rests_on(result))
        said += f" AI took {ratio_and_interval_words(result)} of what the traditional way took; {shots}."
        for threshold, probability in zip(threshold_words(claim), clock.decided_by.probabilities, strict=True):
            if probability is not None and clock.could_be_meant:
                said += f" The chance that it is truly {threshold} on shots like ours is {chance_words(probability)}."
    if not clock.could_be_meant:
        return said
    if clock.why_undecided is not None:
        said += f" {as_sentence(clock.why_undecided)}"
    return " ".join((said, what_would_decide(clock))).strip()


def ratio_and_interval_words(result: RatioResult) -> str:
    """``0.42 (0.35–0.51)``; what cannot be told says so."""
    if result.ratio is None:
        return "not known"
    if result.low is None or result.high is None:
        return number_words(result.ratio)
    high = " or any more" if isinf(result.high) else f"–{number_words(result.high)}"
    return f"{number_words(result.ratio)} ({number_words(result.low)}{high})"


def chance_words(probability: float | None) -> str:
    """A probability in per cent: never 0 or 100, and never rounded across the line that decides."""
    if probability is None:
        return "cannot be told"
    percent = 100 * probability
    if percent < 0.1:
        return "under 0.1 %"
    if percent > 99.9:
        return "over 99.9 %"
    decides = probability >= SURE or probability <= 1 - SURE
    shown = f"{percent:.1f}" if percent < 10 or percent > 90 else f"{percent:.0f}"
    if not decides and shown in ("5.0", "95.0"):
        return "just over 5 %" if shown == "5.0" else "just under 95 %"
    return f"{shown} %"


def rests_on(result: RatioResult) -> tuple[str, ...]:
    """How many shots, of how many productions, and what of them is no real figure: ``212 AI, 424 trad.``, …"""
    paired = result.method is Method.PAIRED
    shots = _counted(result.n_pairs, "pair") if paired else f"{result.n_ai:,} AI, {result.n_traditional:,} trad."
    weak = [
        f"{'all' if share > 0.995 else f'{100 * share:.0f} %'} {origin}"
        for origin in (Origin.ASSUMED, Origin.SYNTHETIC)
        if (share := result.origins.get(origin, 0.0)) >= 0.005
    ]
    # Elsewhere in the column money is told for all shots together; without this line the two would be mixed up.
    typical = ["typical shot"] if result.clock in MONEY and result.estimand is Estimand.GEOMETRIC_MEAN_RATIO else []
    return shots, _counted(result.n_productions, "production"), *typical, *weak


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def what_would_decide(clock: ClockAudit) -> str:
    """What it would take to decide an undecided clock; empty where nothing can be said."""
    evidence = clock.decided_by
    if clock.verdict is not ClaimVerdict.UNDECIDED or evidence is None or evidence.needed is None:
        return ""
    if evidence.verdict is not ClaimVerdict.UNDECIDED or evidence.result.ratio is None:
        return ""
    needed, ratio = evidence.needed, number_words(evidence.result.ratio)
    if needed.times is None:
        return f"Our ratio of {ratio} is so near to what is claimed that no slate of this kind would decide it."
    more = (
        f"{_rounded_up(needed.more_pairs)} more pairs"
        if needed.more_pairs is not None
        else f"{_rounded_up(needed.more_ai)} more AI shots and {_rounded_up(needed.more_traditional)} traditional ones"
    )
    goal = "support" if (evidence.probabilities[0] or 0.0) > 0.5 else "contradict"
    return f"If our ratio stays at {ratio}, it takes about {more} of this kind to {goal} the claim."


def _rounded_up(count: int | None) -> str:
    """Two digits that matter: more would promise an exactness that a forecast has not."""
    step = 10 ** max(0, len(str(count or 0)) - 2)
    return f"{-(-(count or 0) // step) * step:,}"


def how_to_read(audit: ClaimAudit) -> str:
    """What the columns mean, in as few words as carry it."""
    told = _results_told(audit)
    if not told or not told[0].ratio:
        return ""
    shown = told[0].ratio
    words = f"{number_words(shown)} means: AI took {number_words(100 * shown)} % of what it takes the traditional way."
    if audit.shot_code is not None:
        return words
    if any(result.low is not None for result in told):
        words += f" The true ratio lies in the brackets with {100 * SURE:.0f} % confidence."
    words += (
        f" A chance of {100 * SURE:.0f} % or more supports the claim, {100 * (1 - SURE):.0f} % or less contradicts it; "
        "in between nobody should quote it either way."
    )
    if any(result.estimand is Estimand.RATIO_OF_TOTALS for result in told):
        words += " Money is told for all shots together."
    return words


def what_this_audit_does_not_show(audit: ClaimAudit) -> tuple[str, ...]:
    """What nobody may take from an audit; only what applies to this one."""
    return tuple(_audit_limits(audit))


def _audit_limits(audit: ClaimAudit) -> Iterator[str]:
    if not audit.clocks:
        return
    if audit.shot_code is None:
        yield (
            "Our ledger holds our shots, not the claim's. “Contradicted” does not mean that it was wrong there; "
            "“supported” does not mean that it was right there."
        )
        yield "“Undecided” is no half yes: our shots are too few, too scattered or too near the line to tell."
    else:
        yield "“Undecided” is no half yes: one shot is never enough, whatever its ratio."
    yield "A ratio of time or cost does not say whether AI's pictures are as good."
    results = _results_told(audit)
    if any(result.method is Method.ADJUSTED for result in results):
        yield "Adjusted for what is recorded of each shot; a difference that nobody recorded may still tip it."
    if any(result.n_productions == 1 for result in results) and audit.shot_code is None:
        yield "Some results come from a single production: in another one it can come out otherwise."
    if any(result.origins.get(Origin.ASSUMED) for result in results):
        yield "What is assumed was chosen by somebody, not measured: a ratio of it repeats the choice."
    if any(result.clock in (Clock.COST_ALL_IN, Clock.COST_GROSS, Clock.COST_NET) for result in results):
        yield "Costs follow a rate card: another card changes them."
    clocks_by_warning: dict[str, dict[str, None]] = {}
    for result in results:
        for warning in result.warnings:
            clocks_by_warning.setdefault(as_sentence(warning), {})[CLOCK_WORDS[result.clock]] = None
    for warning, clocks in clocks_by_warning.items():
        yield f"{capitalised(listed(list(clocks)))}: {warning}"


def _results_told(audit: ClaimAudit) -> list[RatioResult]:
    """Results with a ratio, by the clocks that the claim can mean."""
    meant = {each.clock for each in audit.clocks if each.could_be_meant}
    return [each.result for each in audit.evidence if each.result.ratio is not None and each.result.clock in meant]
