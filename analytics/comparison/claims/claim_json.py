"""A claim and its audit as plain values for ``--json``: stable names, and the sentences beside the numbers."""

from math import isfinite
from typing import Any

from analytics.comparison.claims.audit_sentences import (
    clock_words,
    headline,
    synthetic_words,
    what_this_audit_does_not_show,
    what_would_decide,
)
from analytics.comparison.claims.auditing import CLOCKS_MEANT, SURE, ClaimAudit, ClockAudit, Evidence
from analytics.comparison.claims.claim_words import figure_words, meaning_words, what_the_claim_does_not_show
from analytics.vocabulary.claim import Claim

AUDIT_SCHEMA = 1
"""Raised when a field is renamed or dropped; fields may be added without."""


def claim_to_json(claim: Claim) -> dict[str, Any]:
    """Everything known of a claim, flat enough for a table. What is unknown is ``null``."""
    figure = claim.figure
    return {
        "name": claim.name,
        "title": claim.title,
        "who": claim.who,
        "said_on": claim.said_on,
        "words": claim.words,
        "figure": figure_words(claim),
        "figure_kind": None if figure is None else figure.kind.value,
        "figure_modest": None if figure is None else figure.modest,
        "figure_bold": None if figure is None else figure.bold,
        "claimed_ratios": [] if figure is None else list(figure.ratios),
        "no_figure": claim.no_figure,
        "metric_kind": claim.metric_kind.value,
        "clocks_it_can_mean": [clock.value for clock in CLOCKS_MEANT[claim.metric_kind]],
        "baseline_kind": claim.baseline_kind.value,
        "sample": claim.sample,
        "n_shots": claim.n_shots,
        "quality_evidence": claim.quality_evidence,
        "sources": list(claim.sources),
        "caveats": list(claim.caveats),
    }


def audit_to_json(audit: ClaimAudit) -> dict[str, Any]:
    """An audit with every number behind it, ready for `json.dumps`. An unbounded interval ends in ``null``."""
    return {
        "schema": AUDIT_SCHEMA,
        "claim": claim_to_json(audit.claim),
        "meaning": meaning_words(audit.claim),
        "shot_code": audit.shot_code,
        "headline": headline(audit),
        "synthetic": synthetic_words(audit),
        "decided_from_probability": SURE,
        "clocks": [_clock(clock, audit.claim) for clock in audit.clocks],
        "what_the_claim_does_not_show": list(what_the_claim_does_not_show(audit.claim)),
        "what_this_audit_does_not_show": list(what_this_audit_does_not_show(audit)),
    }


def _clock(clock: ClockAudit, claim: Claim) -> dict[str, Any]:
    return {
        "clock": clock.clock.value,
        "could_be_meant": clock.could_be_meant,
        "verdict": clock.verdict.value,
        "why_undecided": clock.why_undecided,
        "what_would_decide": what_would_decide(clock) or None,
        "words": clock_words(clock, claim),
        "decided_by": clock.decided_by and _evidence(clock.decided_by),
        "beside": [_evidence(each) for each in clock.beside],
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    result, needed = evidence.result, evidence.needed
    return {
        "verdict": evidence.verdict.value,
        "why_undecided": evidence.why_undecided,
        "probabilities": list(evidence.probabilities),
        "method": result.method.value,
        "estimand": result.estimand.value,
        "population": result.population.value,
        "ratio": result.ratio,
        "low": result.low,
        "high": result.high if result.high is not None and isfinite(result.high) else None,
        "high_is_unbounded": result.high is not None and not isfinite(result.high),
        "confidence": result.confidence,
        "log_standard_error": result.log_standard_error,
        "degrees_of_freedom": result.degrees_of_freedom,
        "n_ai": result.n_ai,
        "n_traditional": result.n_traditional,
        "n_pairs": result.n_pairs,
        "n_productions": result.n_productions,
        "origins": {origin.value: share for origin, share in result.origins.items()},
        "warnings": list(result.warnings),
        "needed": None
        if needed is None
        else {
            "times_the_shots_at_hand": needed.times,
            "more_pairs": needed.more_pairs,
            "more_ai_shots": needed.more_ai,
            "more_traditional_shots": needed.more_traditional,
        },
    }
