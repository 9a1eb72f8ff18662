"""Stored bids: which there are, two held against each other, and the next step in the life of one."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from html import escape

import streamlit as st

from analytics.bidding.comparing import AmountDifference, BidComparison, ShotDifference
from analytics.bidding.documents.bid_words import KIND_WORDS, STATUS_WORDS, day_words
from analytics.bidding.life import VALID_DAYS, award_bid, lock_bid, send_bid
from analytics.bidding.stored_bids import BidEvent, BidRow
from analytics.ledger.ledger import Ledger
from analytics.vocabulary.bid import Bid, BidStatus, LineKind
from analytics.vocabulary.errors import ShotledgerError
from dashboards.access.persons import person
from dashboards.access.roles import Role
from dashboards.answers.asking import act
from dashboards.app_pages.bid.tables import money
from dashboards.app_pages.bid.words import EVENTS, department_words, in_page_words
from dashboards.look.cards import problem_box, section, show
from dashboards.look.downloads import csv_link

STORED_SHOWN = 30
VERSIONS_SHOWN = 12
CHANGES_SHOWN = 15


def show_opener(rows: Sequence[BidRow]) -> None:
    """Picks a stored bid to look at."""
    latest = {f"{row.bid_id}: {row.name}, {STATUS_WORDS[row.status]}": row.bid_id for row in rows if row.is_latest}
    if not latest:
        return

    def open_it() -> None:
        picked = st.session_state.get("bid_opener")
        if picked:
            open_stored(latest[picked], None)
            st.session_state["bid_opener"] = None

    st.selectbox(
        "Open a stored bid", list(latest), index=None, key="bid_opener", on_change=open_it,
        placeholder=f"{len(latest):,} there" if len(latest) > 1 else "one there",
    )  # fmt: skip


def show_stored(rows: Sequence[BidRow]) -> None:
    """The newest version of every bid."""
    latest = [row for row in rows if row.is_latest]
    if not latest:
        return
    lines = "".join(
        f'<tr data-bid="{escape(row.bid_id)}"><th scope="row"><a href="/bid?bid={escape(row.bid_id)}" target="_self">'
        f"{escape(row.bid_id)}</a><small>{escape(row.name)}</small></th><td>{STATUS_WORDS[row.status]}"
        f"<small>version {row.version_number}, {row.created_at:%Y-%m-%d}{_valid(row)}</small></td>"
        f'<td class="num">{row.shot_count:,}</td><td class="num">{money(row.gross_amount)}</td>'
        f'<td class="num">{money(row.net_amount)}</td><td>{escape(row.currency)}</td></tr>'
        for row in latest[:STORED_SHOWN]
    )
    more = f" The first {STORED_SHOWN} of {len(latest):,}." if len(latest) > STORED_SHOWN else ""
    show(
        section("Bids so far", f"The newest version of each; open one to send, award, lock or bid it again.{more}"),
        '<div class="sl-scroll" role="region" aria-label="Bids so far" tabindex="0"><table class="sl-table"><thead><tr>'
        '<th scope="col">Bid</th><th scope="col">State</th><th scope="col" class="num">Shots</th>'
        '<th scope="col" class="num">Gross</th><th scope="col" class="num">Net</th><th scope="col"></th></tr></thead>'
        f"<tbody>{lines}</tbody></table></div>",
        csv_link([_row_of(row) for row in rows], name="bids", role=Role.PRODUCER),
    )


def _valid(row: BidRow) -> str:
    offered = row.status in (BidStatus.DRAFT, BidStatus.SENT)
    return f", valid until {row.valid_until}" if row.valid_until and offered else ""


def _row_of(row: BidRow) -> dict[str, object]:
    return {**asdict(row), "status": row.status.value}


def open_stored(bid_id: str, version_number: int | None) -> None:
    """Show a stored bid; the address then names it."""
    st.query_params["bid"] = bid_id
    st.query_params.pop("version", None)
    if version_number is not None:
        st.query_params["version"] = str(version_number)


def show_versions(rows: Sequence[BidRow], events: Sequence[BidEvent], shown: Bid) -> None:
    """All versions of a bid with what became of each."""
    own = [row for row in rows if row.bid_id == shown.bid_id]
    lines = ""
    for row in own[:VERSIONS_SHOWN]:
        happened = [each for each in events if each.version_number == row.version_number]
        story = "; ".join(_event_words(each) for each in happened)
        is_shown = ' aria-current="true"' if row.version_number == shown.version_number else ""
        lines += (
            f'<tr data-version="{row.version_number}"{is_shown}><th scope="row">'
            f'<a href="/bid?bid={escape(row.bid_id)}&amp;version={row.version_number}" target="_self">'
            f"Version {row.version_number}</a><small>{escape(row.name)}</small></th>"
            f"<td>{STATUS_WORDS[row.status]}<small>{escape(story)}</small></td>"
            f'<td class="num">{row.shot_count:,}</td><td class="num">{money(row.gross_amount)}</td>'
            f'<td class="num">{money(row.net_amount)}</td></tr>'
        )
    show(
        section("Versions of this bid", "A sent version is never priced again."),
        f'<div class="sl-scroll" role="region" aria-label="Versions of this bid" tabindex="0">'
        '<table class="sl-table bid-versions"><thead><tr><th scope="col">Version</th><th scope="col">State</th>'
        f'<th scope="col" class="num">Shots</th><th scope="col" class="num">Gross, {escape(shown.currency)}</th>'
        '<th scope="col" class="num">Net</th></tr>'
        f"</thead><tbody>{lines}</tbody></table></div>",
    )


def show_life(bid: Bid, is_latest: bool) -> None:
    """The next step there is: send, award or lock, with what goes with it."""
    actor = person().name
    if bid.status is BidStatus.DRAFT and is_latest:
        with st.popover("Send…", icon=":material/send:", key="bid_send"):
            st.caption("From then on its prices stand, whatever rates do.")
            days = st.number_input("Holds for days", 1, 365, VALID_DAYS, key="bid_valid_days")
            note = st.text_input("Note", key="bid_send_note")
            if st.button("Send version " + str(bid.version_number), type="primary", key="bid_do_send"):
                _step(lambda ledger: send_bid(ledger, bid.bid_id, valid_days=int(days), actor=actor, note=note))
    elif bid.status is BidStatus.SENT:
        with st.popover("Award…", icon=":material/handshake:", key="bid_award"):
            until = f" It holds until {day_words(bid.valid_until)}." if bid.valid_until else ""
            st.caption(f"After that a new cut is a change order at these rates.{until}")
            extend = st.checkbox("Award it although its validity is over", key="bid_extend")
            note = st.text_input("Note", key="bid_award_note")
            if st.button(f"Award version {bid.version_number}", type="primary", key="bid_do_award"):
                _step(
                    lambda ledger: award_bid(
                        ledger, bid.bid_id, version_number=bid.version_number, extend=extend, actor=actor, note=note
                    )
                )
    elif bid.status is BidStatus.AWARDED and is_latest:
        with st.popover("Lock…", icon=":material/lock:", key="bid_lock"):
            st.caption("It becomes the Locked Budget that the cost report holds the work against.")
            instead = st.checkbox("In place of another locked bid of this production", key="bid_instead")
            note = st.text_input("Note", key="bid_lock_note")
            if st.button(f"Lock version {bid.version_number}", type="primary", key="bid_do_lock"):
                _step(lambda ledger: lock_bid(ledger, bid.bid_id, instead=instead, actor=actor, note=note))


def show_refusal() -> None:
    """What the last step was refused for."""
    refused: ShotledgerError | None = st.session_state.pop("bid_refusal", None)
    if refused is not None:
        show(problem_box("That was not done", in_page_words(refused.problems)))


def _step(action: Callable[[Ledger], object]) -> None:
    try:
        act(Role.PRODUCER, action)
    except ShotledgerError as refused:
        st.session_state["bid_refusal"] = refused
    st.rerun()


def others_to_compare(rows: Sequence[BidRow], bid: Bid) -> dict[str, tuple[str, int]]:
    """What a bid can be held against, the nearest first: its own versions, then other bids in its currency."""
    own = [row for row in rows if row.bid_id == bid.bid_id and row.version_number != bid.version_number]
    own.sort(key=lambda row: (row.version_number > bid.version_number, -row.version_number))
    others = [row for row in rows if row.bid_id != bid.bid_id and row.currency == bid.currency and row.is_latest]
    others.sort(key=lambda row: row.production_id != bid.production_id)
    return {f"{_named(row)}: {row.name}": (row.bid_id, row.version_number) for row in (*own, *others)}


def show_comparison(compared: BidComparison) -> None:
    """What became of a bid: the whole, by department, and the shots that differ with the reason."""
    before, after = compared.before, compared.after
    titles = _title(before), _title(after)
    whole = [each for each in (compared.base, compared.contingency, compared.margin, compared.gross,
                               compared.incentive, compared.net) if each.before or each.after]  # fmt: skip
    rows = "".join(_difference_row(each, each.label.capitalize(), each.label in ("gross", "net")) for each in whole)
    rows += '<tr class="group"><th scope="rowgroup" colspan="4">People, by department</th></tr>'
    rows += "".join(_difference_row(each, department_words(each.label)) for each in compared.departments if each.change)
    kinds = [each for each in compared.kinds if each.change and each.label not in ("people", "contingency", "margin")]
    rows += '<tr class="group"><th scope="rowgroup" colspan="4">Beside people</th></tr>' if kinds else ""
    rows += "".join(_difference_row(each, KIND_WORDS[LineKind(each.label)]) for each in kinds)
    why = "".join(f"<li>{escape(each)}</li>" for each in compared.why)
    show(
        f'<ul class="bid-why">{why}</ul>' if why else "",
        f'<div class="sl-scroll" role="region" aria-label="Two bids side by side" tabindex="0"><table class="sl-table '
        f'bid-compare"><thead><tr><th scope="col">{escape(after.currency)}</th><th scope="col" class="num">'
        f'{escape(titles[0])}</th><th scope="col" class="num">{escape(titles[1])}</th>'
        f'<th scope="col" class="num">Change</th></tr></thead><tbody>{rows}</tbody></table></div>',
        _shots_that_differ(compared.shots, after.currency),
        csv_link([_plain(each, after.currency) for each in compared.shots], name="bid-differences", role=Role.PRODUCER),
    )


def _shots_that_differ(shots: Sequence[ShotDifference], currency: str) -> str:
    if not shots:
        return '<p class="bid-sub">No shot differs.</p>'
    rows = "".join(
        f'<tr><th scope="row">{escape(each.code)}</th><td class="num">{money(each.cost.before)}</td>'
        f'<td class="num">{money(each.cost.after)}</td><td class="num">'
        f"<b>{money(each.cost.change, signed=True)}</b></td><td>{escape('; '.join(each.why))}</td></tr>"
        for each in shots[:CHANGES_SHOWN]
    )
    more = len(shots) - CHANGES_SHOWN
    rows += f'<tr><td colspan="5">and {more:,} more, all in the CSV</td></tr>' if more > 0 else ""
    return (
        f'<p class="bid-sub">{len(shots):,} shots differ: new and omitted ones first, then by how much.</p>'
        f'<div class="sl-scroll" role="region" aria-label="Shots that differ" tabindex="0"><table class="sl-table">'
        f'<thead><tr><th scope="col">Shot, mean {escape(currency)}</th><th scope="col" class="num">Before</th>'
        '<th scope="col" class="num">After</th><th scope="col" class="num">Change</th><th scope="col">Why</th>'
        "</tr></thead>"
        f"<tbody>{rows}</tbody></table></div>"
    )


def _difference_row(each: AmountDifference, label: str, is_strong: bool = False) -> str:
    strong = ' class="strong"' if is_strong else ""
    return (
        f'<tr{strong} data-difference="{escape(each.label)}"><th scope="row">{escape(label)}</th>'
        f'<td class="num">{money(each.before)}</td><td class="num">{money(each.after)}</td>'
        f'<td class="num"><b>{money(each.change, signed=True)}</b></td></tr>'
    )


def _plain(each: ShotDifference, currency: str) -> dict[str, object]:
    return {
        "shot": each.code, f"before_{currency}": each.cost.before, f"after_{currency}": each.cost.after,
        f"change_{currency}": each.cost.change, "people_hours_change": round(each.hours_change, 2),
        "why": "; ".join(each.why),
    }  # fmt: skip


def _event_words(event: BidEvent) -> str:
    by = f" by {event.actor}" if event.actor else ""
    note = f" ({event.note})" if event.note and event.event != "made" else ""
    return f"{EVENTS.get(event.event, event.event)} {event.happened_at:%Y-%m-%d}{by}{note}"


def _named(row: BidRow) -> str:
    return f"{row.bid_id}, version {row.version_number}"


def _title(bid: Bid) -> str:
    return f"{bid.bid_id} v{bid.version_number}" if bid.bid_id else "Not saved"
