"""What stands on a page while something is being worked out, and draws the page anew when it is done."""

from datetime import UTC, datetime
from html import escape
from typing import TypeVar

import streamlit as st

from dashboards.answers.crew import Work
from dashboards.answers.kept import Kept, version_of
from dashboards.look.cards import show

Value = TypeVar("Value")

KEPT_KEYS = "app_kept_versions"
"""Of the session: which kept answers the page shows, and in which version."""

POLL_SECONDS = 0.5


class PageWaits(Exception):
    """Ends the drawing of a page that has said what it waits for.

    Not ``st.stop()``: a script that ends that way loses what it wrote to the session.
    """


def ready(kept: Kept[Value], what: str) -> Value:
    """The value of a kept answer; until there is one, the page says what is being worked out and ends here.

    Parameters
    ----------
    what
        A clause: "the slate is being compared by five clocks".

    Raises
    ------
    ShotledgerError
        If it cannot be worked out.
    """
    st.session_state.setdefault(KEPT_KEYS, {})[kept.key] = version_of(kept.key)
    if kept.value is None:
        if kept.error is not None:
            raise kept.error
        show_waiting(what, kept.words)
        raise PageWaits
    return kept.value


def if_ready(kept: Kept[Value]) -> Value | None:
    """The value of a kept answer that the page can do without for the moment; it is drawn anew when there is one."""
    st.session_state.setdefault(KEPT_KEYS, {})[kept.key] = version_of(kept.key)
    return kept.value


def as_of(kept: Kept[Value]) -> str:
    """What an eyebrow says of a kept answer's age: nothing while it is current."""
    if kept.is_current or kept.as_of is None:
        return ""
    minutes = (datetime.now(UTC) - kept.as_of).total_seconds() / 60
    age = "a moment ago" if minutes < 1 else f"{minutes:.0f} min ago" if minutes < 90 else f"{minutes / 60:.0f} h ago"
    if kept.error is not None:
        return f"as of {age}; bringing it up to date failed"
    return f"as of {age}, newer facts are being worked in"


def wait_for(work: Work[Value], what: str) -> Value:
    """The answer of work that was begun; until then the page says how it gets on and ends here.

    Raises
    ------
    ShotledgerError
        What the work refused.
    """
    if not work.is_done:
        _poll(work, what)
        raise PageWaits
    return work.value()


@st.fragment(run_every=POLL_SECONDS)
def _poll(work: Work[Value], what: str) -> None:
    if work.is_done:
        st.rerun()
    show_waiting(what, work.words)
    if st.button("Stop", key="waiting_stop"):
        work.stop()


def show_waiting(what: str, words: str = "") -> None:
    """Say what is being worked out, with something that moves."""
    detail = f"<small>{escape(words)}</small>" if words else ""
    show(f'<div class="sl-waiting" role="status"><i aria-hidden="true"></i><p>{escape(what)}{detail}</p></div>')
