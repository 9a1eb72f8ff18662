"""Review blind: two movies called A and B, an answer, and only then which was which.

Nothing else of the shot stands in this room: a movie with its name on it would give the order away.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

import streamlit as st

from analytics.comparison.revealed_review import RevealedReview
from analytics.ledger.rendered_test_shots import ShotToReview
from analytics.vocabulary.blind_review import BlindReview, Preference
from analytics.vocabulary.errors import ShotledgerError
from dashboards.access.persons import ALONE, person
from dashboards.answers.render_jobs import lay_out
from dashboards.answers.test_shots import preferred_so_far, record_answer, review_laid_out, to_review
from dashboards.app_pages.test_shots import review_html
from dashboards.app_pages.test_shots.blind_movies import show_blind, show_named
from dashboards.look import cards
from dashboards.look.player.movie_player import VIEWS
from dashboards.look.words import shot_words
from dashboards.serving.settings import settings

OPEN, TOLD = "test_shots_open_review", "test_shots_told_review"
"""Of the session: the review that waits for an answer here, and the one that was just answered."""

LETTERS = {"A": Preference.A, "B": Preference.B, "neither": Preference.NEITHER}
NOTES = (1, 2, 3, 4, 5)


def show_review() -> None:
    """Ask which shot, lay out a pair, take the answer, tell the order."""
    shots = to_review()
    waiting: BlindReview | None = st.session_state.get(OPEN)
    told: RevealedReview | None = st.session_state.get(TOLD)
    if waiting is not None:
        _judge(waiting)
    elif told is not None:
        _tell(told)
    elif shots:
        _invite(shots)
    else:
        cards.show(
            cards.teach(
                "Nothing to review yet",
                (
                    f"The ledger {settings().ledger_path.name} holds no shot that was rendered both ways at the same "
                    "size and frames. Render one under Render above; then its two movies can be shown here as A and B.",
                ),
                "shotledger render building_collapse --workflow both",
                is_whole_page=True,
            )
        )


def _head(headline: str, *details: str) -> str:
    return cards.page_head("Test shots, blind review", "", headline, details)


def _invite(shots: Sequence[ShotToReview]) -> None:
    cards.show(
        _head(
            "Which of the two would you deliver?",
            "You see one shot twice, as A and B. One was made with AI, the other traditionally; chance decides which "
            "is which, and nobody here knows. After your answer you are told.",
        ),
        cards.section("Choose a shot", "Those that the fewest have judged come first."),
        review_html.shots_to_review(shots),
    )
    by_code = {shot.shot_code: shot for shot in shots}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        code = st.selectbox("Shot", list(by_code), key="ts_review_shot", width=300)
        if st.button("Show me A and B", type="primary", key="ts_lay_out"):
            _lay_out(by_code[code].shot_id)


def _lay_out(shot_id: str) -> None:
    try:
        with st.spinner("Both movies are being laid out, without names …"):
            st.session_state[OPEN] = review_laid_out(shot_id, lay_out(shot_id))
    except ShotledgerError as error:
        cards.show(cards.problem_box("The pair could not be laid out", error.problems))
        return
    st.rerun()


def _judge(review: BlindReview) -> None:
    name = shot_words(review.shot_id.rpartition("/")[2])
    cards.show(
        _head(
            f"{name}: which of the two would you deliver?",
            "Look as often as you like. In the player, space plays; comma and full stop step through the frames.",
        )
    )
    show_blind(review, _view())
    with st.form("ts_answer", enter_to_submit=False):
        grid = st.grid(4, min_column_width=230)
        with grid.cell():
            letter = st.segmented_control("I would deliver", list(LETTERS), key=f"ts_letter_{review.blind_review_id}")
        notes = []
        for each in ("A", "B"):
            with grid.cell():
                notes.append(
                    st.segmented_control(f"Note of {each}", NOTES, key=f"ts_note_{each}_{review.blind_review_id}")
                )
        with grid.cell():
            looking = person()
            who = st.text_input(
                "Your name or initials", value="" if looking == ALONE else looking.name, key="ts_reviewer",
                disabled=looking != ALONE,
            )  # fmt: skip
        comment = st.text_input(
            "Anything to say of it", key=f"ts_comment_{review.blind_review_id}", placeholder="May stay empty"
        )
        cards.show('<p class="ts-scale">Notes: 1 unusable, 3 needs work, 5 could be delivered.</p>')
        if st.form_submit_button("Record my answer", type="primary", key="ts_record"):
            _record(review.answered(LETTERS.get(letter or ""), (notes[0], notes[1]), who, comment, datetime.now(UTC)))
    if st.button("Not now", key="ts_not_now", type="tertiary"):
        del st.session_state[OPEN]
        st.rerun()


def _view() -> str:
    return st.segmented_control(
        "View", VIEWS[::-1], default=VIEWS[1], required=True, key="ts_blind_view", label_visibility="collapsed"
    )


def _record(answered: BlindReview) -> None:
    try:
        st.session_state[TOLD] = record_answer(answered)
    except ShotledgerError as error:
        cards.show(cards.problem_box("The answer is not recorded yet", error.problems))
        return
    del st.session_state[OPEN]
    st.rerun()


def _tell(told: RevealedReview) -> None:
    review = told.review
    name = shot_words(review.shot_id.rpartition("/")[2])
    cards.show(
        _head(
            f"{name}: A was {told.a.label}, B was {told.b.label}.",
            "You would have delivered neither."
            if told.preferred is None
            else f"You preferred {str(review.preferred).upper()}, which was made "
            + ("with AI." if told.preferred.value == "ai" else "traditionally."),
        ),
        review_html.revealed(told),
    )
    results = preferred_so_far(review.shot_id)
    if results is not None:
        cards.show(review_html.results(name, results))
    cards.show(cards.section("Both again, with their names"))
    show_named(told, _view())
    if st.button("Review another", type="primary", key="ts_another"):
        del st.session_state[TOLD]
        st.rerun()
