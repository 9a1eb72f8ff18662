"""The sliders: one a kind of shot under the curve of what it does, and buttons that move all of them."""

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from analytics.comparison.slate.kind_words import kind_words
from analytics.estimation.what_if.best_shares import BestShare
from analytics.estimation.what_if.change_ranges import ChangeRange
from analytics.estimation.what_if.chosen_shares import KindChange
from analytics.estimation.what_if.share_curves import STEPS, Scope, ShareCurves
from dashboards.app_pages.what_if.charts import change_along_share
from dashboards.app_pages.what_if.wording import ADVICE_WORDS, change_words
from dashboards.look.cards import show
from dashboards.look.downloads import draw


def key_of(scope: Scope, kind: str) -> str:
    """What a slider is called in the address."""
    return f"{scope.value}_{kind}"


def shares_chosen(curves: ShareCurves) -> dict[str, int]:
    """Where the sliders stand, before they are drawn: from the session, the address, or as so far."""
    chosen = {}
    for kind in curves.kinds:
        key = key_of(curves.scope, kind.kind)
        asked = st.query_params.get(key, "")
        written = int(asked) if asked.isdecimal() and int(asked) <= STEPS else kind.so_far
        chosen[kind.kind] = int(st.session_state.get(key, written))
    return chosen


def preset_buttons(curves: ShareCurves, best: Sequence[BestShare]) -> None:
    """Buttons that move every slider at once."""
    presets: Mapping[str, Mapping[str, int]] = {
        "As so far": curves.as_so_far(),
        "Best that is known": {each.kind: each.share for each in best},
        "None by AI": {kind.kind: 0 for kind in curves.kinds},
        "All by AI": {kind.kind: STEPS for kind in curves.kinds},
    }
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="presets"):
        st.html('<p class="wi-all">Set every slider:</p>', width="content")
        for words, shares in presets.items():
            key = f"preset_{words.lower().replace(' ', '_')}"
            st.button(words, key=key, on_click=_move, args=(curves.scope, dict(shares)))


def _move(scope: Scope, shares: Mapping[str, int]) -> None:
    for kind, share in shares.items():
        st.session_state[key_of(scope, kind)] = share


def show_sliders(
    curves: ShareCurves, best: Sequence[BestShare], ranges: Sequence[ChangeRange], changes: Sequence[KindChange]
) -> None:
    """Draw them, three in a row where there is room."""
    grid = st.grid(3, min_column_width=330)
    for kind, advice, along, change in zip(curves.kinds, best, ranges, changes, strict=True):
        with grid.cell(), st.container(border=True, key=f"kind_{curves.scope.value}_{kind.kind}", gap="small"):
            show(_title(change, advice, curves.currency))
            draw(
                change_along_share(along, kind.so_far, change.share),
                alt=f"{kind_words(kind.kind)}: {advice.why} As so far {kind.so_far}%, chosen {change.share}%.",
            )
            st.slider(
                f"{kind_words(kind.kind)}, per cent by AI",
                0,
                STEPS,
                kind.so_far,
                format="%d%%",
                key=key_of(curves.scope, kind.kind),
                bind="query-params",
                label_visibility="collapsed",
            )
            show(_why(advice, change))


def _title(change: KindChange, advice: BestShare, currency: str) -> str:
    moved = change.share != change.so_far
    said = change_words(change.change.p50, currency) if moved else "as so far"
    return (
        f'<header class="wi-kind" data-kind="{escape(change.kind)}"><h3>{escape(kind_words(change.kind))}</h3>'
        f"<span>{change.n_shots:,} shots</span>"
        f'<b data-change="{change.change.p50}">{escape(said)}</b></header>'
    )


def _why(advice: BestShare, change: KindChange) -> str:
    best = ADVICE_WORDS[advice.advice].format(share=advice.share)
    untried = f" {change.untried:,} of a sort hardly tried." if change.untried else ""
    return (
        f'<p class="wi-why"><b>{escape(best)}</b><span>so far {change.so_far}%, now {change.share}%</span></p>'
        f'<p class="wi-because">{escape(advice.why)}{escape(untried)} '
        f"Rests on {change.n_past_ai:,} finished AI shots.</p>"
    )
