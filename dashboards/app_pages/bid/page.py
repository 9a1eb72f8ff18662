"""Arranges the bid page: the list on the desk being bid, a stored bid, or what there is to begin with."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import streamlit as st

from analytics.bidding.new_bids import store_drafted
from analytics.vocabulary.bid import Bid
from analytics.vocabulary.errors import InputRefused, ShotledgerError
from analytics.vocabulary.listed_shot import ShotList
from dashboards.access.persons import person
from dashboards.access.roles import Role
from dashboards.answers.asking import act
from dashboards.answers.bids import (
    BidOrder,
    Drafted,
    ShownBid,
    bid_choices,
    compared_with_draft,
    facts_number,
    shown_bid,
    stored_list,
    versions_stored,
    what_happened,
    whole_bid,
)
from dashboards.app_pages.bid.beside_stored import show_comparing, show_edit_again, show_way_back
from dashboards.app_pages.bid.charts import departments_chart, mix_ranges_chart
from dashboards.app_pages.bid.desk import LIST, Desk, clear_desk, desk_at_hand, put_on_desk
from dashboards.app_pages.bid.documents import show_documents
from dashboards.app_pages.bid.grid import show_grid
from dashboards.app_pages.bid.head import show_head, show_range, show_sums
from dashboards.app_pages.bid.mix_terms import show_choices
from dashboards.app_pages.bid.tables import show_lines, show_notes, show_sequences, show_unusual
from dashboards.app_pages.bid.terms import show_terms
from dashboards.app_pages.bid.upload import (
    ask_frame_rate,
    show_problems,
    show_put_away,
    show_read,
    show_upload,
    wants_frame_rate,
)
from dashboards.app_pages.bid.versions import (
    open_stored,
    show_comparison,
    show_life,
    show_opener,
    show_refusal,
    show_stored,
    show_versions,
)
from dashboards.app_pages.bid.words import in_page_words
from dashboards.app_pages.bid.working_out import ANSWER, learn_while_waiting, show_progress, work_out
from dashboards.look.cards import page_head, problem_box, section, show
from dashboards.look.downloads import show_chart

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator


def show_bid() -> None:
    """Draw the page."""
    bid_id = st.query_params.get("bid")
    desk = desk_at_hand()
    if bid_id:
        _show_stored(bid_id, st.query_params.get("version"), desk)
    elif desk is not None:
        _show_desk(desk)
    else:
        _show_beginning()


def _show_beginning() -> None:
    learn_while_waiting(facts_number())
    show(
        page_head(
            "Bid", "", "Drop a shot list or a cut, and read its price with an honest range.",
            [
                "Hours come from what past shots took, prices from the rates in force; ranges are simulated with what "
                "shots of a show share. Nothing is stored before you save it."
            ],
        )
    )  # fmt: skip
    left, right = two_sides()
    with left:
        show_upload(None)
    with right:
        show(
            '<section class="sl-teach bid-teach"><h2>What a list has to say</h2><p>A column for the shot and one for '
            "its length; kind of work and complexity where you know them. Other columns of yours are learned from if "
            "past shots have them too. An EDL or timeline has the shots and their lengths: fill in the rest here.</p>"
            "<pre>shotledger cut show breakdown.xlsx</pre></section>"
        )
    show_stored(versions_stored())


def _show_desk(desk: Desk) -> None:
    try:
        listed = desk.listed()
        edited = desk.edited()
    except InputRefused as refused:
        _show_unusable(desk, refused)
        return
    st.query_params[LIST] = desk.token
    before = shown_bid(desk.next_of, desk.next_of_version).bid if desk.next_of else None
    head, progress = st.container(), st.container()
    terms = show_terms(
        bid_choices(),
        desk.name.rpartition(".")[0] or desk.name,
        locked_production=before.production_id if before else None,
    )
    facts = st.session_state.setdefault(f"bid_facts_{desk.token}", facts_number())
    order = BidOrder(
        edited, terms.production, terms.mix, terms.mix_plan, terms.rates, terms.incentives,
        terms.labour_share, terms.figures,
        terms.confidence, terms.margin, on=datetime.now(UTC).date(), name=before.name if before else None,
        currency=before.currency if before else terms.currency, territory=terms.territory,
    )  # fmt: skip
    standing = work_out(order, facts)
    made = standing.drafted
    with progress:
        show_progress()
    with head:
        where = f"Version of {before.bid_id}" if before else "New bid"
        if made is not None:
            show_head(made.shown, f"{where}: {edited.name}")
        else:
            show(page_head(f"{where}: {edited.name}", "", f"Bidding {len(edited.shots):,} shots of {edited.name}.", []))
    if standing.refused is not None:
        show(problem_box("It cannot be bid so", in_page_words(standing.refused.problems)))
    show_refusal()
    _offer_newer_facts(desk, facts)
    left, right = two_sides()
    with left:
        if made is not None:
            show_range(made.shown.bid, before)
            show_sums(made.shown.bid)
            with st.container(key="bid_actions", horizontal=True, gap="small", vertical_alignment="center"):
                _save(desk, made, standing.is_current)
                show_documents(made.whole.bid, edited)
    with right:
        show_upload(desk)
        show_read(desk, listed, edited)
        show_put_away(desk)
    if made is not None:
        _show_body(made.shown, listed, desk, order)
        if before is not None:
            show(section(f"Against version {before.version_number} of {before.bid_id}"))
            show_comparison(compared_with_draft(made.whole.bid, before.bid_id, before.version_number))
    else:
        show_grid(None, listed, desk)


def _show_unusable(desk: Desk, refused: InputRefused) -> None:
    learn_while_waiting(facts_number())
    asks_rate = wants_frame_rate(desk, refused)
    headline = (
        f"How many frames a second does {desk.name} run at?"
        if asks_rate
        else (f"{desk.name} needs mending before it can be bid.")
    )
    show(page_head(f"New bid: {desk.name}", "", headline, []))
    left, right = two_sides()
    with left:
        if asks_rate:
            ask_frame_rate(desk)
        else:
            show_problems(refused, desk.name)
    with right:
        show_upload(desk)
        if desk.edits and st.button("Undo what was changed by hand", key="bid_undo"):
            desk.edits.clear()
            put_on_desk(desk)
            st.rerun()
        show_put_away(desk)


def _show_stored(bid_id: str, version: str | None, desk: Desk | None) -> None:
    if version is not None and not version.isdigit():
        raise InputRefused("version", version, "is no number", "open the bid without it")
    number = int(version) if version else None
    shown, rows = shown_bid(bid_id, number), versions_stored()
    bid = shown.bid
    own = [row for row in rows if row.bid_id == bid.bid_id]
    is_latest = bid.version_number == max(row.version_number for row in own)
    earlier = [row for row in own if row.version_number < bid.version_number]
    before = shown_bid(bid.bid_id, max(row.version_number for row in earlier)).bid if earlier else None
    show_head(shown, f"{bid.name} ({bid.bid_id})")
    show_refusal()
    left, right = two_sides()
    with left:
        show_range(bid, before)
        show_sums(bid)
    with right:
        show_opener(rows)
        with st.container(key="bid_actions", horizontal=True, gap="small", vertical_alignment="center"):
            show_life(bid, is_latest)
            show_edit_again(shown, is_latest)
        show_documents(whole_bid(bid.bid_id, bid.version_number), stored_list(bid.bid_id, bid.version_number))
        show_way_back(desk)
    listed = stored_list(bid.bid_id, bid.version_number)
    _show_body(shown, listed or _bare_list(bid), None)
    show_versions(rows, what_happened(bid.bid_id), bid)
    show_comparing(rows, bid)


def _show_body(shown: ShownBid, listed: ShotList, desk: Desk | None, order: BidOrder | None = None) -> None:
    bid = shown.bid
    if shown.mixes and all(each.cost is not None for each in shown.mixes):
        show(
            section(
                "The same shots by other mixes",
                f"Cost from 1 in 10 below to 1 in 10 above, {bid.currency}, before contingency, margin and incentives. "
                "The last column counts the simulated outcomes in which the mix costs less than all traditional.",
            )
        )
        show_chart(
            mix_ranges_chart(shown.mixes, bid.mix, bid.currency), name="bid-mixes", role=Role.PRODUCER,
            alt="Range of the cost of the same shots by each mix of AI and traditional work",
        )  # fmt: skip
    if order is not None:
        show_choices(order)
    show_grid(bid, listed, desk)
    show_unusual(bid, shown.sums.flags)
    show(
        section(
            "By department",
            f"Artist-weeks of 40 hours, 8 in 10; at the right what it costs in the mean, {bid.currency}.",
        )
    )
    show_chart(
        departments_chart(shown.sums.departments, bid.currency), name="bid-departments", role=Role.PRODUCER,
        alt="Range of artist-weeks of each department",
    )  # fmt: skip
    grid = st.grid(2, min_column_width=460, gap="large")
    with grid.cell():
        show_lines(shown)
    with grid.cell():
        show_sequences(shown)
    show_notes(shown)


def two_sides() -> "list[DeltaGenerator]":
    """The answer and what it is made from: side by side, or below one another on a small screen (bid.css)."""
    with st.container(key="bid_top"):
        return st.columns([3, 2], gap="large")


def _save(desk: Desk, made: Drafted, is_current: bool) -> None:
    words = f"Save as version of {desk.next_of}" if desk.next_of else "Save as draft"
    if st.button(words, type="primary", icon=":material/save:", key="bid_save", disabled=not is_current):
        try:
            stored = act(
                Role.PRODUCER,
                lambda ledger: store_drafted(
                    ledger,
                    made.whole,
                    bid_id=desk.next_of,
                    after_version=desk.next_of_version,
                    actor=person().name,
                ),
            )
        except ShotledgerError as refused:
            st.session_state["bid_refusal"] = refused
        else:
            clear_desk()
            st.session_state.pop(ANSWER, None)
            open_stored(stored.bid_id, stored.version_number)
        st.rerun()


def _offer_newer_facts(desk: Desk, facts: int) -> None:
    if facts_number() == facts:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="bid_newer"):
        show('<p class="bid-sub">The ledger holds newer facts than this bid was worked out from.</p>')
        if st.button("Bid again from them", key="bid_refresh"):
            del st.session_state[f"bid_facts_{desk.token}"]
            st.rerun()


def _bare_list(bid: Bid) -> ShotList:
    """What is known of the list of a bid that did not keep it."""
    from analytics.bidding.listed_again import bare_list_of_bid

    return bare_list_of_bid(bid)
