"""What can be done with a stored bid on its page: bid it again, go back to the desk, hold it against another."""

from html import escape

import streamlit as st

from analytics.bidding.stored_bids import BidRow
from analytics.vocabulary.bid import Bid, BidStatus
from dashboards.answers.bids import ShownBid, bid_choices, stored_list, versions_compared
from dashboards.app_pages.bid.desk import LIST, Desk, put_on_desk
from dashboards.app_pages.bid.terms import take_terms_of
from dashboards.app_pages.bid.versions import others_to_compare, show_comparison
from dashboards.app_pages.bid.working_out import ANSWER
from dashboards.look.cards import section, show


def show_edit_again(shown: ShownBid, is_latest: bool) -> None:
    """Offer to take a stored bid back to the desk, or say why that cannot be."""
    bid = shown.bid
    if bid.status in (BidStatus.AWARDED, BidStatus.LOCKED):
        command = f"shotledger bid change {bid.bid_id} CUT --reason WHY --dry-run"
        words = "It is awarded: a new cut is a change order at these rates."
        show(f'<p class="bid-sub">{words} <code>{escape(command)}</code></p>')
        return
    if not is_latest:
        show('<p class="bid-sub">There is a newer version: open that to bid it again.</p>')
        return
    listed = stored_list(bid.bid_id, bid.version_number)
    if listed is None:
        show('<p class="bid-sub">Its list was not kept: drop it again to make another version.</p>')
        return

    choices = bid_choices()

    def take_on() -> None:
        desk = Desk(listed.name, given=listed, next_of=bid.bid_id, next_of_version=bid.version_number)
        take_terms_of(shown, choices)
        st.session_state.pop(ANSWER, None)
        st.query_params.pop("bid", None)
        st.query_params.pop("version", None)
        put_on_desk(desk)
        st.query_params[LIST] = desk.token

    st.button("Edit and bid again", icon=":material/edit:", key="bid_edit", on_click=take_on)


def show_way_back(desk: Desk | None) -> None:
    """Offer the way back to the list that is on the desk, where there is one."""
    if desk is None:
        return

    def back() -> None:
        st.query_params.pop("bid", None)
        st.query_params.pop("version", None)

    st.button(
        f"Back to {desk.name} on the desk", type="tertiary", icon=":material/undo:", key="bid_back", on_click=back
    )


def show_comparing(rows: tuple[BidRow, ...], bid: Bid) -> None:
    """Hold a stored bid against another that the reader picks."""
    others = others_to_compare(rows, bid)
    if not others:
        return
    show(section("Held against another bid", "What differs, and why."))
    picked = st.selectbox("Compare with", list(others), key="bid_compare", index=0)
    if picked is not None:
        show_comparison(versions_compared(others[picked], (bid.bid_id, bid.version_number)))
