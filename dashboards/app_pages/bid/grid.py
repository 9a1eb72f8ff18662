"""The shots of a bid in a grid: cells that are edited change the list, and the bid is worked out again."""

from collections.abc import Mapping, Sequence
from functools import partial
from math import log
from typing import Any
from urllib.parse import quote
from zlib import crc32

import streamlit as st

from analytics.bidding.documents.bid_words import artist_weeks, count
from analytics.importers.shot_lists.edits import LEFT_OUT, MOST_FRAMES
from analytics.vocabulary.bid import Bid, BidShot
from analytics.vocabulary.listed_shot import ListedShot, ShotList
from dashboards.access.roles import Role
from dashboards.app_pages.bid.desk import Desk
from dashboards.app_pages.bid.words import AS_MIX, COMPLEXITIES, KINDS, UNSAID, WORKFLOWS, word_of
from dashboards.look.cards import section, show
from dashboards.look.downloads import csv_link

EDITED_COLUMNS: Mapping[str, tuple[str, Mapping[str, str] | None]] = {
    "in": (LEFT_OUT, None),
    "kind": ("kind", KINDS),
    "complexity": ("complexity", COMPLEXITIES),
    "frames": ("cut_frames", None),
    "handles": ("handle_frames", None),
    "workflow": ("workflow", WORKFLOWS),
}
"""Columns that can be edited: the field of the list, and the words that stand for its values."""

ALL_SEQUENCES = "All sequences"
_STRIP = 108


def show_grid(bid: Bid | None, listed: ShotList, desk: Desk | None) -> None:
    """Every shot of the list with what it costs.

    Parameters
    ----------
    bid
        ``None`` while none is worked out yet.
    listed
        As it came, with shots that were left out by hand.
    desk
        Where changes go; ``None``: nothing can be changed here.
    """
    priced = {shot.code: shot for shot in bid.shots} if bid else {}
    show(section("Shots", _words(bid, desk)))
    shots = _chosen(listed.shots, priced)
    if desk is not None:
        _fill_in(shots, desk)
    codes = [shot.code for shot in shots]
    edits = desk.edits if desk is not None else {}
    low, high = _ends(list(priced.values()))
    rows = [_row(shot, priced.get(shot.code), edits.get(shot.code, {}), low, high) for shot in shots]
    columns = _columns(bid.currency if bid else "")
    if bid is None:
        columns = {name: column for name, column in columns.items() if name in (*EDITED_COLUMNS, "shot")}
    fixed = [name for name in columns if desk is None or name not in EDITED_COLUMNS]
    key = _grid_key(desk, codes)
    st.data_editor(
        _frame(rows, columns), key=key, on_change=partial(_take, key, codes, desk), hide_index=True,
        column_config=columns, disabled=fixed, row_height=34,
        height=min(38 + 34 * max(len(rows), 1), 620),
        alt="Shots of the list with kind, complexity, frames, workflow and the range of their cost",
    )  # fmt: skip
    if bid is not None:
        show(csv_link(lambda: [_plain(shot, bid.currency) for shot in bid.shots], name="bid-shots", role=Role.PRODUCER))


def _words(bid: Bid | None, desk: Desk | None) -> str:
    edit = (
        "Change kind, complexity, frames or workflow, or paste cells from a spreadsheet: the price follows."
        if desk
        else ""
    )
    if bid is None:
        return edit
    by_ai = sum(shot.ai_probability for shot in bid.shots)
    return (
        f"{count(len(bid.shots), 'shot')}, {by_ai:,.0f} of them expected by AI. Cost before contingency and margin; "
        f"ranges of shots do not add up to that of the total. {edit}"
    )


def _chosen(shots: Sequence[ListedShot], priced: Mapping[str, BidShot]) -> list[ListedShot]:
    """Those of one sequence, or those that are unusual."""
    sequences = list(dict.fromkeys(shot.sequence or "no sequence" for shot in shots))
    left, right = st.columns([1, 2], vertical_alignment="bottom")
    with left:
        named = st.selectbox("Sequence", [ALL_SEQUENCES, *sequences], key="bid_sequence")
    with right:
        flagged = st.toggle("Only unusual shots", key="bid_flagged", help="Those with a remark.")
    return [
        shot
        for shot in shots
        if named in (None, ALL_SEQUENCES, shot.sequence or "no sequence")
        and not (flagged and shot.code in priced and not priced[shot.code].flags)
    ]


def _fill_in(shots: Sequence[ListedShot], desk: Desk) -> None:
    """Kind and complexity for all shots of the view that say none: a cut says neither."""
    unsaid = {
        field: [
            shot.code for shot in shots if getattr(shot, field) is None and not desk.edits.get(shot.code, {}).get(field)
        ]
        for field in ("kind", "complexity")
    }
    if not any(unsaid.values()):
        return
    told = " and ".join(f"{len(codes):,} say no {field}" for field, codes in unsaid.items() if codes)
    with st.container(key="bid_fill", gap="small"):
        show(
            f'<p class="bid-unsaid">Of these shots {told}. They are taken to be spread as past ones were, which widens '
            "the range: fill in what you know.</p>"
        )
        with st.container(horizontal=True, gap="small"):
            for field, words in (("kind", KINDS), ("complexity", COMPLEXITIES)):
                if unsaid[field]:
                    st.selectbox(
                        f"{field.capitalize()} for all of these", [word for word in words if word != UNSAID],
                        index=None, key=f"bid_fill_{field}", placeholder="leave open", width=220,
                        on_change=partial(_fill, field, words, unsaid[field], desk),
                    )  # fmt: skip


def _fill(field: str, words: Mapping[str, str], codes: Sequence[str], desk: Desk) -> None:
    word = st.session_state.get(f"bid_fill_{field}")
    if word:
        for code in codes:
            desk.edits.setdefault(code, {})[field] = words[word]
        desk.change(codes[0], {})
        st.session_state[f"bid_fill_{field}"] = None
        st.session_state["bid_grid_turn"] = st.session_state.get("bid_grid_turn", 0) + 1


def _take(key: str, codes: Sequence[str], desk: Desk | None) -> None:
    """Cells that were edited go to the desk; the grid is drawn from there."""
    if desk is None:
        return
    changes: Mapping[int, Mapping[str, Any]] = st.session_state[key]["edited_rows"]
    for place, cells in changes.items():
        said: dict[str, object] = {}
        for column, value in cells.items():
            field, words = EDITED_COLUMNS[column]
            said[field] = not value if field == LEFT_OUT else words.get(value or "", value) if words else value
        desk.change(codes[place], said)


def _grid_key(desk: Desk | None, codes: Sequence[str]) -> str:
    """The same grid for as long as it shows the same rows, so that it keeps its place; another one for others.

    What a grid holds of its own edits is what the desk holds of them, so that it does no harm to apply them again; a
    cell that was filled in from outside the grid needs a new one.
    """
    rows = crc32("\n".join(codes).encode())
    turn = st.session_state.get("bid_grid_turn", 0)
    return f"bid_grid_{desk.token if desk else 'fixed'}_{rows}_{turn}"


def _row(
    shot: ListedShot, priced: BidShot | None, edit: Mapping[str, object], low: float, high: float
) -> dict[str, object]:
    def said(field: str) -> Any:
        return edit[field] if field in edit else getattr(shot, field)

    row: dict[str, object] = {
        "in": not edit.get(LEFT_OUT),
        "shot": shot.code,
        "kind": word_of(KINDS, said("kind")),
        "complexity": word_of(COMPLEXITIES, said("complexity")),
        "frames": said("cut_frames"),
        "handles": said("handle_frames"),
        "workflow": word_of(WORKFLOWS, said("workflow")),
        "flags": [],
    }
    if priced is None:
        return row
    row |= {
        "made": _made(priced),
        "weeks": artist_weeks(priced.people_hours.p50),
        "flags": list(priced.flags),
        "drivers": "; ".join(priced.drivers),
        "why": priced.why_workflow,
        "description": shot.description,
    }
    if priced.cost is not None:
        ends = (float(priced.cost.p10), float(priced.cost.p50), float(priced.cost.p90))
        row |= {"p10": ends[0], "p50": ends[1], "p90": ends[2], "range": _strip(ends, low, high)}
    return row


def _made(shot: BidShot) -> str:
    if shot.ai_probability in (0, 1):
        return shot.workflow.label
    return f"{100 * shot.ai_probability:.0f} % AI"


def _frame(rows: Sequence[Mapping[str, object]], columns: Mapping[str, Any]) -> Any:
    import pandas as pd

    return pd.DataFrame(rows, columns=list(columns))


def _columns(currency: str) -> dict[str, Any]:
    col = st.column_config
    return {
        "in": col.CheckboxColumn("In", width=56, help="Untick to leave a shot out."),
        "shot": col.TextColumn("Shot", pinned=True, width=112),
        "kind": col.SelectboxColumn("Kind", options=list(KINDS), required=True, width=122),
        "complexity": col.SelectboxColumn("Complexity", options=list(COMPLEXITIES), required=True, width=122),
        "frames": col.NumberColumn("Frames", min_value=1, max_value=MOST_FRAMES, step=1, required=True, width=92),
        "workflow": col.SelectboxColumn("Insist on", options=list(WORKFLOWS), required=True, width=126,
                                        help=f"'{AS_MIX}' leaves it to the mix above."),
        "p50": col.NumberColumn(f"Middle, {currency}", format="%,d", width=98),
        "range": col.ImageColumn("Range, log", width=132, help="From 1 in 10 below to 1 in 10 above, tick at the "
                                 "middle; one logarithmic scale for all shots."),
        "made": col.TextColumn("Made by", width=90, help="The mix's choice, or in how many of 100 outcomes it is AI."),
        "p10": col.NumberColumn("1 in 10 below", format="%,d", width=98),
        "p90": col.NumberColumn("1 in 10 above", format="%,d", width=98),
        "handles": col.NumberColumn("Handles", min_value=0, max_value=1000, step=1, required=True, width=100),
        "weeks": col.TextColumn("Artist-weeks", width=92),
        "flags": col.ListColumn("Unusual", width=220),
        "drivers": col.TextColumn("Why it costs what it costs", width=340),
        "why": col.TextColumn("Why this workflow", width=260),
        "description": col.TextColumn("Description", width=200),
    }  # fmt: skip


def _ends(shots: Sequence[BidShot]) -> tuple[float, float]:
    costs = [shot.cost for shot in shots if shot.cost is not None]
    low = min((float(cost.p10) for cost in costs), default=1.0)
    return max(low, 1.0), max((float(cost.p90) for cost in costs), default=2.0)


def _strip(ends: Sequence[float], low: float, high: float) -> str:
    """A range bar as a picture in mid-grey, which both themes can show: pictures do not follow the theme."""
    span = log(high / low) or 1.0
    at = [2 + _STRIP * log(max(end, low) / low) / span for end in ends]
    drawn = (
        "<svg xmlns='http://www.w3.org/2000/svg' width='114' height='24'>"
        f"<rect x='{at[0]:.0f}' y='9' width='{max(2, at[2] - at[0]):.0f}' height='6' rx='3' fill='#848C98' "
        "opacity='.6'/>"
        f"<rect x='{at[1] - 1.5:.0f}' y='4' width='3' height='16' rx='1.5' fill='#788290'/></svg>"
    )
    return "data:image/svg+xml;utf8," + quote(drawn, safe="<>/=' :,")


def _plain(shot: BidShot, currency: str) -> dict[str, object]:
    """A row of the CSV, to the cent."""
    cost, names = shot.cost, ("p10", "p50", "p90", "mean")
    return {
        "shot": shot.code, "sequence": shot.sequence, "kind": shot.kind.value, "complexity": shot.complexity.value,
        "cut_frames": shot.cut_frames, "handle_frames": shot.handle_frames, "workflow": shot.workflow.value,
        "ai_probability": round(shot.ai_probability, 4),
        **{f"people_hours_{name}": round(getattr(shot.people_hours, name), 2) for name in names},
        **{f"cost_{name}_{currency}": cost and getattr(cost, name) for name in names},
        "basis": shot.basis.value, "unusual": "; ".join(shot.flags), "drivers": "; ".join(shot.drivers),
    }  # fmt: skip
