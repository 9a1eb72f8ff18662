"""HTML of the claim check: the claim itself, a card for each clock, and the table of all claims."""

from collections.abc import Sequence
from html import escape
from urllib.parse import quote

from analytics.comparison.claims.audit_sentences import chance_words, rests_on, what_would_decide
from analytics.comparison.claims.auditing import ClaimAudit, ClaimVerdict, ClockAudit, as_sentence
from analytics.comparison.claims.standing import ClaimStanding
from analytics.vocabulary.claim import Claim
from analytics.vocabulary.origin import Origin
from dashboards.app_pages.claims.wording import (
    BASELINE_NAMES,
    METRIC_NAMES,
    VERDICT_MARKS,
    VERDICT_NAMES,
    against_claim,
    clock_name,
    needed_words,
    quote_words,
    said_on_words,
    sentence_of,
    took_words,
    verdict_name,
)
from dashboards.look.cards import origin_marks

NOT_SAID = "not said"


def verdict_chip(verdict: ClaimVerdict) -> str:
    """A verdict as a mark and a word: no colour says good or bad."""
    return (
        f'<span class="cl-chip {verdict.value}"><i aria-hidden="true">{VERDICT_MARKS[verdict]}</i>'
        f"{VERDICT_NAMES[verdict]}</span>"
    )


def claim_card(claim: Claim) -> str:
    """Who said what, and the four things that a reader has to ask."""
    shots = NOT_SAID if claim.n_shots is None else f"{claim.n_shots}"
    asked = (
        ("Faster or cheaper in what?", METRIC_NAMES[claim.metric_kind]),
        ("Than what?", BASELINE_NAMES[claim.baseline_kind]),
        ("Over how many shots?", claim.sample or shots),
        ("Just as good?", claim.quality_evidence or "no evidence"),
    )
    rows = "".join(f"<dt>{escape(question)}</dt><dd>{escape(answer)}</dd>" for question, answer in asked)
    sources = "; ".join(claim.sources)
    return (
        f'<article class="cl-claim" data-claim="{escape(claim.name)}"><p class="quote">{escape(quote_words(claim))}</p>'
        f'<p class="who">{escape(said_on_words(claim))}</p><p class="words">{escape(claim.words)}</p>'
        f'<dl>{rows}</dl><p class="source">Source: {escape(sources)}</p></article>'
    )


def clock_cards(audit: ClaimAudit) -> str:
    """A card for each clock that the claim can mean."""
    told = [_clock_card(each, audit.claim) for each in audit.clocks if each.could_be_meant]
    return f'<div class="sl-fit"><div class="cl-cards n{len(told)}">{"".join(told)}</div></div>'


def _clock_card(clock: ClockAudit, claim: Claim) -> str:
    evidence = clock.decided_by
    facts = []
    if evidence is not None and evidence.result.ratio is not None:
        facts.append(f"The claim needs {needed_words(claim)}. {against_claim(clock)}".strip())
        chance = evidence.probabilities[0] if evidence.probabilities else None
        if chance is not None:
            facts.append(f"Chance that this holds on shots like ours: {chance_words(chance)}.")
    if clock.why_undecided is not None:
        facts.append(as_sentence(clock.why_undecided))
    decide = what_would_decide(clock)
    facts += [decide] if decide else []
    rests, origins = "", ""
    if evidence is not None and evidence.result.ratio is not None:
        rests = ", ".join(words for words in rests_on(evidence.result) if "synthetic" not in words)
        origins = origin_marks([origin for origin in Origin if evidence.result.origins.get(origin)])
    lines = "".join(f"<p>{escape(fact)}</p>" for fact in facts)
    return (
        f'<article class="cl-card {clock.verdict.value}" data-clock="{clock.clock.value}">'
        f"<h2>{escape(clock_name(clock.clock))}</h2>"
        f'<p class="big" data-verdict="{clock.verdict.value}"><i aria-hidden="true">{VERDICT_MARKS[clock.verdict]}</i>'
        f"{escape(verdict_name(clock))}</p>"
        f'<p class="lead">{escape(sentence_of(clock, claim))}</p>{lines}'
        f"<footer><span>{escape(rests)}</span><span>{origins}</span></footer></article>"
    )


def not_claimed(audit: ClaimAudit) -> str:
    """The clocks that the claim does not speak of: a verdict there would be quoted as one on what was said."""
    told = [
        f"{clock_name(each.clock).lower()}: {took_words(each.decided_by.result)}"
        for each in audit.clocks
        if not each.could_be_meant and each.decided_by is not None and each.decided_by.result.ratio is not None
    ]
    if not told:
        return ""
    return f'<p class="cl-aside"><b>Not claimed, for comparison.</b> {escape("; ".join(told))}.</p>'


def claims_table(standings: Sequence[ClaimStanding], shown: str) -> str:
    """Every claim on record, a row each, with a link that opens it."""
    rows = "".join(_claim_row(each, is_shown=each.audit.claim.name == shown) for each in standings)
    return (
        '<div class="sl-scroll" role="region" aria-label="All claims on record" tabindex="0">'
        '<table class="sl-table cl-table"><thead><tr><th scope="col">Claim</th><th scope="col">Says</th>'
        '<th scope="col">Counted in</th><th scope="col">Held against</th><th scope="col" class="num">Shots</th>'
        f'<th scope="col">On our shots</th></tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _claim_row(standing: ClaimStanding, *, is_shown: bool) -> str:
    claim = standing.audit.claim
    here = ' class="shown" aria-current="true"' if is_shown else ""
    link = f'<a href="/claims?claim={quote(claim.title)}" target="_self">{escape(claim.title)}</a>'
    clocks = [each for each in standing.audit.clocks if each.could_be_meant]
    verdicts = "".join(
        f'<span class="cl-by">{verdict_chip(each.verdict)} '
        f"<small>{escape(clock_name(each.clock).lower())}</small></span>"
        for each in clocks
    )
    return (
        f'<tr data-row="{escape(claim.name)}"{here}>'
        f'<th scope="row">{link}<small>{escape(said_on_words(claim))}</small></th>'
        f"<td>{escape(quote_words(claim))}</td><td>{escape(METRIC_NAMES[claim.metric_kind])}</td>"
        f"<td>{escape(BASELINE_NAMES[claim.baseline_kind])}</td>"
        f'<td class="num">{"–" if claim.n_shots is None else claim.n_shots}</td>'
        f"<td>{verdicts or '<small>nothing to hold against shots</small>'}</td></tr>"
    )


def two_lists(first: tuple[str, Sequence[str]], second: tuple[str, Sequence[str]]) -> str:
    """What the claim does not show beside what our check does not."""
    boxes = ""
    for title, sentences in (first, second):
        items = "".join(f"<li>{escape(each)}</li>" for each in sentences)
        boxes += f"<section><h2>{escape(title)}</h2><ul>{items}</ul></section>" if sentences else ""
    return f'<div class="sl-fit"><div class="cl-lists">{boxes}</div></div>'
