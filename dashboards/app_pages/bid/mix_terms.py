"""What the cheapest mix keeps to, and what else there is to choose from between AI and traditional work."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from html import escape
from typing import Any

import streamlit as st

from analytics.bidding.mix_plan import MixPlan
from analytics.estimation.mix.answer import MixObjective
from analytics.vocabulary.errors import ShotledgerError
from analytics.vocabulary.workflow import Workflow
from dashboards.access.roles import Role
from dashboards.answers.asking import begin
from dashboards.answers.bids import BidOrder, MixesToChoose, mixes_to_choose
from dashboards.answers.crew import Work
from dashboards.answers.waiting import POLL_SECONDS, show_waiting
from dashboards.app_pages.bid.words import KINDS, UNSAID, in_page_words, page_sentence
from dashboards.look.cards import problem_box, section, show
from dashboards.look.downloads import csv_link

OBJECTIVES = {
    MixObjective.LEAST_COST: "Least expected cost",
    MixObjective.SUREST_BUDGET: "Surest budget",
    MixObjective.EARLIEST_FINISH: "Earliest finish",
}
CHOICES = "bid_mix_choices"
"""Of the session: the order whose mixes are looked at, and the work."""


def show_mix_plan() -> MixPlan | None:
    """Pickers of what a chosen mix is for and keeps to; ``None`` where nothing but the cost counts."""
    with st.container(key="bid_mix_plan", gap="small"):
        grid = st.grid(4, min_column_width=190, gap="small")
        with grid.cell():
            objective = st.selectbox(
                "Chosen for",
                list(OBJECTIVES),
                format_func=OBJECTIVES.__getitem__,
                key="chosen_for",
                bind="query-params",
            )
        with grid.cell():
            budget = st.number_input(
                "Budget, net", 0.0, None, None, 100_000.0, format="%.0f", key="budget", bind="query-params",
                placeholder="none", help="Of the cost after incentives, without contingency and margin.",
            )  # fmt: skip
        with grid.cell():
            starts_on = st.date_input("Work starts", None, key="bid_starts_on", help="With it, dates of the list hold.")
        with grid.cell():
            deadline = st.date_input("All done by", None, key="bid_deadline")
        with grid.cell():
            traditional = st.number_input("Weeks of a traditional shot", 0, 260, 0, key="bid_weeks_traditional")
        with grid.cell():
            ai = st.number_input("Weeks of an AI shot", 0, 260, 0, key="bid_weeks_ai")
        with grid.cell():
            kinds = st.multiselect(
                "Never by AI", [word for word in KINDS if word != UNSAID], key="never_by_ai", bind="query-params",
                placeholder="no kind",
            )  # fmt: skip
    weeks = {Workflow.TRADITIONAL: traditional, Workflow.AI: ai}
    plan = MixPlan(
        objective=objective or MixObjective.LEAST_COST,
        budget=None if budget is None else Decimal(str(budget)),
        starts_on=starts_on,
        deadline=deadline,
        not_by_ai=tuple(_kind(word) for word in kinds),
        weeks_needed={workflow: count for workflow, count in weeks.items() if count},
    )
    return None if plan == MixPlan() else plan


def show_choices(order: BidOrder) -> None:
    """On a click, mixes of which none is better than another in everything."""
    key = hashlib.sha256(repr(replace(order, mix="best")).encode()).hexdigest()
    known: tuple[str, Work[MixesToChoose]] | None = st.session_state.get(CHOICES)
    if known is None or known[0] != key:
        if st.button("What else is there to choose from?", icon=":material/balance:", key="bid_choose"):
            st.session_state[CHOICES] = (key, begin(Role.PRODUCER, mixes_to_choose, order))
            st.rerun()
        return
    if not known[1].is_done:
        _wait(known[1])
        return
    try:
        found = known[1].value()
    except ShotledgerError as refused:
        show(problem_box("No mixes to choose from", in_page_words(refused.problems)))
        return
    show(section("Mixes to choose from", f"{page_sentence(found.words)} None of these is better than another in all."))
    show(_table(found.rows), csv_link(found.rows, name="bid-mixes-to-choose", role=Role.PRODUCER))


@st.fragment(run_every=POLL_SECONDS)
def _wait(work: Work[MixesToChoose]) -> None:
    if work.is_done:
        st.rerun()
    show_waiting("Mixes are being looked for.", work.words)


def _table(rows: Sequence[dict[str, Any]]) -> str:
    lines = "".join(
        f'<tr{" aria-current=true" if row["chosen"] else ""}><th scope="row">'
        f"{escape(OBJECTIVES[MixObjective(row['found_for'])])}{' <small>chosen</small>' if row['chosen'] else ''}</th>"
        f'<td class="num">{row["ai_shots"]:,} of {row["shots"]:,}</td><td class="num">{row["net"]:,}</td>'
        f'<td class="num">{row["net_p90"]:,}</td><td class="num">{_chance(row["chance_of_budget"])}</td>'
        f"<td>{escape(str(row['finish_on'] or _week(row['finish_week'])))}</td></tr>"
        for row in rows
    )
    currency = escape(str(rows[0]["currency"])) if rows else ""
    return (
        '<div class="sl-scroll" role="region" aria-label="Mixes to choose from" tabindex="0"><table class="sl-table '
        'bid-versions"><thead><tr><th scope="col">Best for</th><th scope="col" class="num">By AI</th>'
        f'<th scope="col" class="num">Net cost, {currency}</th><th scope="col" class="num">9 in 10 below</th>'
        '<th scope="col" class="num">Holds the budget</th><th scope="col">Done by</th></tr></thead>'
        f"<tbody>{lines}</tbody></table></div>"
    )


def _chance(share: float | None) -> str:
    return "no budget named" if share is None else f"{100 * share:.0f} of 100"


def _week(week: int | None) -> str:
    return "no dates named" if week is None else f"week {week}"


def _kind(word: str) -> Any:
    from analytics.vocabulary.shot import ShotKind

    return ShotKind(KINDS[word])
