"""The movies of a shot, in sync: each workflow's newest, of the shot itself or of its twin."""

import streamlit as st

from analytics.comparison.sentences import duration_words
from analytics.ledger.found_shots import FoundShot
from analytics.ledger.shot_life import Movie, ShotLife
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.frames import FrameRange, FrameSize
from analytics.vocabulary.workflow import Workflow
from dashboards.look import cards
from dashboards.look.player.movie_player import VIEWS, ClockStage, PlayerSide, show_movies
from dashboards.serving.files import offer

FIRST_FRAME = 1001
USUAL_SIZE = FrameSize(1280, 720)


def show_pictures(shot: FoundShot, life: ShotLife) -> None:
    """Mount the player where there is a movie. Where there is none, nothing: a list of shots rarely has any."""
    newest = {workflow: _newest(life, workflow) for workflow in (Workflow.AI, Workflow.TRADITIONAL)}
    shown = [movie for movie in newest.values() if movie is not None]
    if not shown:
        return
    view = VIEWS[1]
    if len(shown) > 1:
        with st.container(key="pickers"):
            view = st.segmented_control("View", VIEWS, default=VIEWS[0], required=True, key="view", bind="query-params")
    frames = next((movie.frames for movie in shown if movie.frames), None)
    ai, traditional = (_side(shot, workflow, movie) for workflow, movie in newest.items())
    show_movies(
        ai,
        traditional,
        next((movie.size for movie in shown if movie.size), None) or _size(shot),
        frames or FrameRange(FIRST_FRAME, FIRST_FRAME + shot.cut_frames - 1),
        view,
        "Two clocks running: machine time of the renders shown",
        key="movies",
    )
    own = {movie.shot_id for movie in shown}
    twins = [twin.code for twin in life.twins if twin.shot_id in own]
    if twins:
        cards.show(f'<p class="shots-note">One of the movies is of the twin, {twins[0]}.</p>')


def _newest(life: ShotLife, workflow: Workflow) -> Movie | None:
    """The shot's own movie before a twin's."""
    found = [movie for movie in life.movies if movie.workflow is workflow]
    return min(found, key=lambda movie: movie.shot_id != life.shot_id, default=None)


def _side(shot: FoundShot, workflow: Workflow, movie: Movie | None) -> PlayerSide:
    if movie is None:
        return PlayerSide(workflow.label, None, f"No {workflow.label} movie of this shot.", None, "", ())
    if not movie.path.is_file():
        absent = f"The movie is no longer at {movie.path}. Its figures are kept."
        return PlayerSide(workflow.label, None, absent, None, "", ())
    return PlayerSide(
        workflow=workflow.label,
        url=offer(movie.path.name, "video/mp4", movie.path, slot=f"movie {shot.shot_id} {workflow}", shown=True),
        absent=None,
        seconds=movie.machine_seconds,
        words=duration_words(movie.machine_seconds),
        stages=[ClockStage(name, seconds, duration_words(seconds)) for name, seconds in movie.stage_seconds],
    )


def _size(shot: FoundShot) -> FrameSize:
    try:
        return FrameSize(shot.width, shot.height) if shot.width and shot.height else USUAL_SIZE
    except InputRefused:
        return USUAL_SIZE
