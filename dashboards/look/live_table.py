"""A table whose heads can be clicked: HTML as everywhere, and a word to Python when somebody asks for another order.

``st.dataframe`` draws on a canvas, which nobody can print or read out, and sorts only the rows that it was given; these
rows are one page of many.
"""

from collections.abc import Callable
from functools import cache

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

SENT = "asked"
"""Name of the trigger: its value is what the clicked element carries as ``data-ask``."""


def show_live(html: str, key: str, on_ask: Callable[[str], None]) -> None:
    """Put HTML on the page whose elements with ``data-ask`` can be clicked.

    Parameters
    ----------
    html
        Escaped by whoever made it. The sheets of the page apply to it.
    on_ask
        Is told the ``data-ask`` of what was clicked, before the page is drawn anew.
    """

    def told() -> None:
        asked = st.session_state[key].get(SENT)
        if asked is not None:
            on_ask(str(asked))

    _component()(key=key, data={"html": html}, on_asked_change=told)


@cache
def _component() -> ComponentRenderer:
    return st.components.v2.component(
        "shotledger_live_table",
        html="<div class='stHtml sl-live'></div>",
        js="""
export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".sl-live");
  if (root.dataset.shown !== data.html) {
    const at = root.querySelector(".sl-scroll")?.scrollLeft ?? 0;
    const focused = root.contains(document.activeElement) ? document.activeElement.dataset.ask : undefined;
    root.innerHTML = data.html;
    root.dataset.shown = data.html;
    const scroll = root.querySelector(".sl-scroll");
    if (scroll) scroll.scrollLeft = at;
    if (focused) root.querySelector(`[data-ask="${CSS.escape(focused)}"]`)?.focus();
  }
  root.onclick = (event) => {
    const asked = event.target.closest("[data-ask]");
    if (asked) setTriggerValue("asked", asked.dataset.ask);
  };
}
""",
        isolate_styles=False,
    )
