"""Claim check: ask, then arrange."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from analytics.comparison.claims.audit_sentences import (
    headline,
    synthetic_words,
    what_is_contradicted,
    what_this_audit_does_not_show,
)
from analytics.comparison.claims.auditing import ClaimAudit, audit_claim
from analytics.comparison.claims.claim_json import audit_to_json
from analytics.comparison.claims.claim_words import what_the_claim_does_not_show
from analytics.comparison.claims.standing import ClaimStanding
from analytics.comparison.slate.results import RatioResult
from analytics.vocabulary.errors import InputRefused
from dashboards.answers.claims import standings
from dashboards.answers.slate import overview
from dashboards.answers.waiting import as_of, ready
from dashboards.app_pages.claims import parts
from dashboards.app_pages.claims.charts import claimed_and_taken
from dashboards.app_pages.claims.own_claim import ask_own_claim
from dashboards.app_pages.claims.wording import clock_name, meaning, result_of, took_words, verdict_name
from dashboards.look import cards
from dashboards.look.downloads import csv_link, show_chart

OWN = "A claim of your own"
WAITING = "Your shots are being compared by every clock; claims are then held against that."
EMPTY = (
    "Claims are held against your own shots, made by both workflows. Import the past of a production; until then they "
    "can be read here, and none is decided.",
)
FIRST = "shotledger import history DIR"


def show_claims() -> None:
    """Draw the page."""
    kept = overview()
    results: tuple[RatioResult, ...] = ()
    empty: InputRefused | None = None
    try:
        results = ready(kept, WAITING).comparison.results
    except InputRefused as refused:
        empty = refused
    found = standings(results)
    by_title = {each.audit.claim.title: each for each in found.standings}
    head = st.container()
    with st.container(horizontal=True, vertical_alignment="bottom", key="pickers"):
        choice = st.selectbox(
            "Claim", [*by_title, OWN], index=_first(found.tested, by_title), key="claim", bind="query-params", width=420
        )
    own = ask_own_claim() if choice == OWN else None
    audit = audit_claim(own, results) if own is not None else by_title[choice].audit
    with head:
        _head(audit, as_of(kept) if empty is None else "")
        if empty is not None:
            cards.show(cards.teach("Nothing to hold claims against yet", (str(empty.problems[0]), *EMPTY), FIRST))
    _claim_and_chart(audit)
    if audit.clocks:
        cards.show(parts.clock_cards(audit), parts.not_claimed(audit))
    limits = "What the claim itself does not show", what_the_claim_does_not_show(audit.claim)
    cards.show(parts.two_lists(limits, ("What this check does not show", what_this_audit_does_not_show(audit))))
    cards.show(cards.section("All claims on record", found.words))
    cards.show(parts.claims_table(found.standings, audit.claim.name), csv_link(_rows(found.standings), name="claims"))


def _first(tested: Sequence[ClaimStanding], by_title: Mapping[str, ClaimStanding]) -> int:
    """The newest claim with a number opens first."""
    return list(by_title).index(tested[0].audit.claim.title) if tested else 0


def _head(audit: ClaimAudit, age: str) -> None:
    details = [*what_is_contradicted(audit)] if len(what_is_contradicted(audit)) == 1 else []
    if audit.clocks:
        details = [meaning(audit.claim), *details]
    warning = synthetic_words(audit)
    banner = cards.banner(warning) if warning is not None else ""
    cards.show(banner + cards.page_head("Claim check", age, headline(audit), details))


def _claim_and_chart(audit: ClaimAudit) -> None:
    if not audit.clocks:
        cards.show(parts.claim_card(audit.claim))
        return
    grid = st.grid(2, min_column_width=480)
    with grid.cell():
        cards.show(parts.claim_card(audit.claim))
    with grid.cell():
        cards.show(
            cards.section(
                "How far AI got, by clock",
                "What AI took of the same work done traditionally: dot with its 95% interval. Shaded: what is claimed.",
            )
        )
        told = "; ".join(
            f"{clock_name(each.clock)}: {verdict_name(each)}, {took_words(result_of(each))}"
            for each in audit.clocks
            if each.could_be_meant
        )
        show_chart(claimed_and_taken(audit), name=f"claim-{audit.claim.name}", alt=told)
        cards.show(csv_link(_clock_rows(audit), name=f"claim-{audit.claim.name}"))


def _clock_rows(audit: ClaimAudit) -> list[Mapping[str, Any]]:
    """The audit as a table, a row a clock."""
    rows: list[Mapping[str, Any]] = []
    for clock in audit_to_json(audit)["clocks"]:
        decided = clock["decided_by"] or {}
        kept = ("method", "estimand", "ratio", "low", "high", "n_ai", "n_traditional", "n_pairs", "n_productions")
        rows.append(
            {name: clock[name] for name in ("clock", "could_be_meant", "verdict")}
            | {name: decided.get(name) for name in kept}
            | {"words": clock["words"]}
        )
    return rows


def _rows(found: Sequence[ClaimStanding]) -> list[Mapping[str, Any]]:
    """Every claim with its verdicts, for a spreadsheet."""
    return [
        {
            "claim": each.audit.claim.name,
            "title": each.audit.claim.title,
            "who": each.audit.claim.who,
            "said_on": each.audit.claim.said_on or "",
            "words": each.audit.claim.words,
            "verdicts": "; ".join(
                f"{clock_name(clock.clock)}: {verdict_name(clock)}"
                for clock in each.audit.clocks
                if clock.could_be_meant
            ),
            "sources": "; ".join(each.audit.claim.sources),
        }
        for each in found
    ]
