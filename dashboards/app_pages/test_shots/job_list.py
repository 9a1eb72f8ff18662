"""The queue of renders as it stands, drawn anew every second while something happens."""

from collections.abc import Callable

import streamlit as st

from analytics.render_queue.job import JobStanding, JobState
from analytics.vocabulary.errors import ShotledgerError
from dashboards.access.persons import person
from dashboards.access.roles import Role
from dashboards.answers.render_jobs import cancel, jobs, take_up
from dashboards.app_pages.test_shots import job_html
from dashboards.look import cards
from dashboards.serving.files import offer

LIVE_SECONDS, IDLE_SECONDS = 1.0, 4.0
"""How often the list is looked at: while something runs, and while nothing does."""
SEEN = "test_shots_jobs_seen"


def show_jobs() -> None:
    """The whole queue: what runs, what waits, what is over."""
    _live(_draw_jobs)


def show_running() -> None:
    """One line for each job that runs or waits; nothing where there is none."""
    _live(_draw_running)


def _live(draw: Callable[[], None]) -> None:
    st.session_state[SEEN] = _states(jobs())
    take_up()
    is_live = any(not standing.state.is_over for standing in jobs())
    st.fragment(draw, run_every=LIVE_SECONDS if is_live else IDLE_SECONDS)()


def _states(standings: list[JobStanding]) -> tuple[tuple[str, JobState], ...]:
    return tuple((standing.job.job_id, standing.state) for standing in standings)


def _look() -> list[JobStanding]:
    """The queue now; where a job began or ended, the whole page is drawn anew, so that its render shows too."""
    standings = jobs()
    if st.session_state.get(SEEN) != _states(standings):
        st.session_state[SEEN] = _states(standings)
        st.rerun()
    return standings


def _draw_running() -> None:
    live = [standing for standing in _look() if not standing.state.is_over]
    if live:
        cards.show(job_html.running_line(live[::-1]))


def _draw_jobs() -> None:
    standings = _look()
    live = [standing for standing in standings if not standing.state.is_over][::-1]
    over = [standing for standing in standings if standing.state.is_over]
    may_cancel = person().may(Role.PRODUCER)
    if not live:
        cards.show(job_html.nothing_runs())
    for standing in live:
        with st.container(key=f"job_{standing.job.job_id}", gap=None):
            cards.show(job_html.live_job(standing))
            if may_cancel:
                _cancel_button(standing)
    if over:
        logs = {}
        if may_cancel:
            for standing in over[: job_html.JOBS_SHOWN]:
                if standing.log.is_file():
                    slot = f"log {standing.job.job_id}"
                    logs[standing.job.job_id] = offer(
                        "render-log.txt", "text/plain; charset=utf-8", standing.log, slot=slot, role=Role.PRODUCER,
                        shown=True,
                    )  # fmt: skip
        cards.show(job_html.past_jobs(over, logs))


def _cancel_button(standing: JobStanding) -> None:
    words = "Stopping …" if standing.is_stopping else "Cancel" if standing.state is JobState.RUNNING else "Take out"
    if st.button(words, key=f"cancel_{standing.job.job_id}", disabled=standing.is_stopping):
        try:
            cancel(standing.job.job_id)
        except ShotledgerError as error:  # it ended in the moment before the click
            cards.show(cards.problem_box("It could not be cancelled", error.problems))
            return
        st.rerun()
