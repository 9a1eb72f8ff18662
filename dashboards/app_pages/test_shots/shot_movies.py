"""The pair of movies of a comparison, and what their clocks count to."""

from pathlib import Path

from analytics.comparison.figures import ShotComparison, WorkflowFigures
from analytics.comparison.sentences import duration_words
from analytics.vocabulary.stage import OUTSIDE_THE_WORKFLOW
from dashboards.look.player.movie_player import ClockStage, PlayerSide, show_movies
from dashboards.look.words import spread_words
from dashboards.serving.files import offer


def show_pair(comparison: ShotComparison, view: str) -> None:
    """Mount the player with the newest usable movie of each workflow."""
    ai, traditional = map(_player_side, comparison.sides)
    setup = comparison.setup
    show_movies(ai, traditional, setup.size, setup.frames, view, "Two clocks running: machine time", key="movies")


def _player_side(side: WorkflowFigures) -> PlayerSide:
    url, absent = _movie_address(side)
    stages = [
        ClockStage(stage.name, stage.wall_seconds.median, duration_words(stage.wall_seconds.median))
        for stage in side.stages
        if stage.wall_seconds is not None and stage.name not in OUTSIDE_THE_WORKFLOW
    ]
    return PlayerSide(
        workflow=side.workflow.label,
        url=url,
        absent=absent,
        seconds=side.machine_seconds.median if side.machine_seconds else None,
        words=spread_words(side.machine_seconds),
        stages=stages,
    )


def _movie_address(side: WorkflowFigures) -> tuple[str | None, str | None]:
    """Where the movie is served, or why there is none."""
    if not side.ok_count:
        return None, "Not rendered yet."
    if side.folder is None or side.movie is None:
        return None, "The ledger names no movie of this render."
    path = Path(side.folder, side.movie)
    if not path.is_file():
        return None, f"The movie is no longer at {path}. Its figures are kept; render the shot again to see it."
    # The path in the slot: a newer movie gets an address of its own, or the player would go on with the old one.
    return offer(path.name, "video/mp4", path, slot=f"movie {path}", shown=True), None
