"""Where the list is dropped: what was read of it, and everything that is wrong with it, by line or cell."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from analytics.importers.shot_lists.writing import shot_list_csv
from analytics.vocabulary.errors import InputRefused, Problem
from analytics.vocabulary.listed_shot import ShotList
from dashboards.access.roles import Role
from dashboards.app_pages.bid.desk import AS_LISTED, LIST, Desk, clear_desk, put_on_desk
from dashboards.app_pages.bid.words import RATES, in_page_words
from dashboards.look.cards import show
from dashboards.look.downloads import csv_link, download_link
from dashboards.look.words import count_words

PROBLEMS_SHOWN = 12


def show_upload(desk: Desk | None) -> None:
    """The box that takes a file, and what it leaves open: frame rate and handles."""
    dropped = st.file_uploader(
        "Shot list or cut", type=["csv", "tsv", "xlsx", "xlsm", "edl", "otio", "otioz"], key="bid_file",
        help="CSV or XLSX of a breakdown, CMX3600 EDL, OpenTimelineIO. Columns are found by their headings.",
    )  # fmt: skip
    if dropped is not None and st.session_state.get("bid_file_taken") != dropped.file_id:
        st.session_state["bid_file_taken"] = dropped.file_id
        before = desk
        desk = Desk(dropped.name, dropped.getvalue(), fps=_picked_rate())
        if before is not None:
            desk.next_of, desk.next_of_version = before.next_of, before.next_of_version
        put_on_desk(desk)
        st.query_params.pop("bid", None)
        st.query_params.pop("version", None)
        st.query_params[LIST] = desk.token
        st.rerun()
    is_table_of_ours = desk is not None and desk.given is not None
    left, right = st.columns(2)
    with left:
        rate = st.selectbox(
            "Frames a second", [AS_LISTED, *RATES], key="fps", bind="query-params", disabled=is_table_of_ours,
            help="An EDL does not say its frame rate.",
        )  # fmt: skip
    with right:
        handles = st.number_input(
            "Handles at each end", 0, 1000, None, 1, key="bid_handles", placeholder=AS_LISTED,
            disabled=is_table_of_ours, help="Frames, for shots of which the list says none.",
        )  # fmt: skip
    if desk is not None and desk.content is not None:
        wanted = None if rate == AS_LISTED else rate
        if (desk.fps, desk.handle_frames) != (wanted, handles):
            desk.fps, desk.handle_frames = wanted, handles
            put_on_desk(desk)
            st.rerun()


def show_read(desk: Desk, listed: ShotList, edited: ShotList) -> None:
    """What was read, what was taken for granted while reading, and the list to take away."""
    changed = sum(1 for each in desk.edits.values() if each)
    read = f"{count_words(len(listed.shots), 'shot')} read from {listed.name} at {listed.fps} frames a second."
    notes = [escape(str(remark)) for remark in in_page_words(listed.remarks)]
    items = "".join(f"<li>{each}</li>" for each in notes)
    summary = f"<summary>{count_words(len(notes), 'remark')} on how it was read</summary>"
    more = f"<details>{summary}<ul>{items}</ul></details>" if notes else ""
    by_hand = f" {count_words(changed, 'shot')} changed by hand." if changed else ""
    link = download_link(
        "The list as CSV, to fill in", name=f"{edited.name.rpartition('.')[0] or 'list'}.csv",
        media_type="text/csv; charset=utf-8", make=lambda: shot_list_csv(edited).encode("utf-8-sig"),
        role=Role.PRODUCER, key="bid_list",
    )  # fmt: skip
    show(
        f'<div class="bid-read" data-read="{len(listed.shots)}"><p><b>{escape(read)}</b>{escape(by_hand)}</p>'
        f"{more}{link}</div>"
    )


def wants_frame_rate(desk: Desk, refused: InputRefused) -> bool:
    """Whether all that is missing is the frame rate, which an EDL never says."""
    asks = all("--fps" in problem.mend for problem in refused.problems)
    return asks and desk.content is not None and desk.fps is None


def ask_frame_rate(desk: Desk) -> None:
    """A question, not a fault."""
    show(
        '<p class="bid-sub">It does not say, and every length and price hangs on it. Pick the rate of the '
        "cut and the bid begins.</p>"
    )

    def take() -> None:
        picked = st.session_state.get("bid_rate_asked")
        if picked:
            st.session_state["fps"] = picked

    st.pills("Frames a second of the cut", RATES, key="bid_rate_asked", on_change=take)


def show_problems(refused: InputRefused, name: str) -> None:
    """Every problem by its place: where, what stands there, why it cannot be used, how to mend it."""
    problems = refused.problems
    rows = "".join(_row(problem, name) for problem in in_page_words(problems[:PROBLEMS_SHOWN]))
    more = len(problems) - PROBLEMS_SHOWN
    tail = f"<p>and {more:,} more: all of them in the CSV</p>" if more > 0 else ""
    told = [{"place": each.place, "value": each.value, "why": each.why, "mend": each.mend} for each in problems]
    show(
        f'<section class="sl-problems bid-problems" role="alert" data-problems="{len(problems)}">'
        f"<h2>{escape(_title(problems, name))}</h2>"
        f'<table><thead><tr><th scope="col">Where</th><th scope="col">Stands there</th><th scope="col">Why not</th>'
        f'<th scope="col">Mend it</th></tr></thead><tbody>{rows}</tbody></table>{tail}</section>',
        csv_link(told, name="shot-list-problems", role=Role.PRODUCER),
    )


def show_put_away(desk: Desk) -> None:
    """A way off the desk."""
    if st.button("Put this list away", type="tertiary", icon=":material/close:", key="bid_put_away"):
        clear_desk()
        st.session_state.pop("bid_drafted", None)
        st.rerun()


def _title(problems: Sequence[Problem], name: str) -> str:
    count = count_words(len(problems), "problem")
    return f"{name} cannot be bid yet: {count}. Nothing of it was priced."


def _row(problem: Problem, name: str) -> str:
    place = problem.place.removeprefix(f"{name}, ")
    value = "" if problem.value is None else f"<code>{escape(str(problem.value))}</code>"
    mend = problem.mend[:1].upper() + problem.mend[1:]
    return (
        f'<tr><th scope="row">{escape(place)}</th><td>{value}</td><td>{escape(problem.why)}</td>'
        f"<td><b>{escape(mend)}.</b></td></tr>"
    )


def _picked_rate() -> str | None:
    rate = st.session_state.get("fps", AS_LISTED)
    return None if rate == AS_LISTED else rate
