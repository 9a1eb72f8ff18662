"""Has a bid worked out beside the pages, one order at a time, and keeps the last answer on the page meanwhile."""

import hashlib
from dataclasses import dataclass

import streamlit as st

from analytics.vocabulary.errors import ShotledgerError
from dashboards.access.roles import Role
from dashboards.answers.asking import begin
from dashboards.answers.bids import BidOrder, Drafted, drafted, learn_beforehand
from dashboards.answers.crew import Work
from dashboards.answers.waiting import POLL_SECONDS, show_waiting

ANSWER, UNDERWAY, LEARNING = "bid_drafted", "bid_underway", "bid_learning"
"""Of the session: the last answer, what is being worked out, and that the past was learned from beforehand."""


@dataclass(frozen=True)
class Standing:
    """How far an order has come.

    Attributes
    ----------
    drafted
        The last bid that was worked out, of this order or of the one before.
    is_current
        Whether it is of this order.
    refused
        Why this order gives no bid.
    """

    drafted: Drafted | None
    is_current: bool
    refused: ShotledgerError | None = None


@dataclass
class _Answer:
    key: str
    drafted: Drafted | None
    refused: ShotledgerError | None


def work_out(order: BidOrder, facts: int) -> Standing:
    """Begin an order unless it is done or under way; edits that come meanwhile wait for the next turn.

    Nothing is stopped for a newer order: the process would forget what it has learned from the past.

    Parameters
    ----------
    facts
        The ledger's change number that the bid is to be of.
    """
    # Not pickled: two pickles of equal orders may differ by which of their equal texts are one object.
    key = hashlib.sha256(repr((order, facts)).encode()).hexdigest()
    answer: _Answer | None = st.session_state.get(ANSWER)
    underway: tuple[str, Work[Drafted]] | None = st.session_state.get(UNDERWAY)
    if underway is not None and underway[1].is_done:
        answer = st.session_state[ANSWER] = _answered(*underway, answer)
        underway = st.session_state[UNDERWAY] = None
    if underway is None and (answer is None or answer.key != key):
        st.session_state[UNDERWAY] = (key, begin(Role.PRODUCER, drafted, order))
    if answer is None:
        return Standing(None, False)
    if answer.key != key:
        return Standing(answer.drafted, False)
    return Standing(answer.drafted, answer.refused is None, answer.refused)


def show_progress() -> None:
    """What is being worked out, until it is; then the page is drawn anew."""
    if st.session_state.get(UNDERWAY) is not None:
        _progress()


def learn_while_waiting(facts: int) -> None:
    """Begin to learn from the past while the producer looks for the file: the bid is then a matter of seconds."""
    if st.session_state.get(LEARNING) != facts:
        st.session_state[LEARNING] = facts
        begin(Role.PRODUCER, learn_beforehand)


@st.fragment(run_every=POLL_SECONDS)
def _progress() -> None:
    underway: tuple[str, Work[Drafted]] | None = st.session_state.get(UNDERWAY)
    if underway is None or underway[1].is_done:
        st.rerun()
    else:
        has_answer = st.session_state.get(ANSWER) is not None
        what = "The bid is being worked out again." if has_answer else "The bid is being worked out."
        show_waiting(what, underway[1].words)


def _answered(key: str, work: Work[Drafted], before: _Answer | None) -> _Answer:
    error = work.error
    if error is None:
        return _Answer(key, work.value(), None)
    if not isinstance(error, ShotledgerError):
        raise error
    return _Answer(key, before.drafted if before else None, error)
