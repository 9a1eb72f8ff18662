"""Render: choose a shot, workflow, model and quality, start, and watch the queue."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import streamlit as st

from analytics.ledger.rendered_test_shots import EarlierRenders, RenderedShot
from analytics.render_queue.job import RenderWish
from analytics.render_queue.own_command import AiModel, ShotToRender
from analytics.render_queue.wishes import wishes_of
from analytics.vocabulary.errors import ShotledgerError
from analytics.vocabulary.workflow import Workflow
from dashboards.access.persons import person
from dashboards.access.roles import Role
from dashboards.answers.asking import NoLedger
from dashboards.answers.render_jobs import offered, order, out_folder
from dashboards.answers.test_shots import rendered, took_before
from dashboards.app_pages.test_shots import order_html
from dashboards.app_pages.test_shots.job_list import show_jobs, show_running
from dashboards.look import cards
from dashboards.look.thumbnails import thumbnail_url
from dashboards.look.words import listed

AI, TRADITIONAL = Workflow.AI.label, Workflow.TRADITIONAL.label
ORDERED = "test_shots_ordered"
"""Of the session: what was just put into the queue, to be said once."""


def show_render() -> None:
    """The form, and the queue beside it."""
    cards.show(
        cards.page_head(
            "Test shots",
            f"frames go to {out_folder()}",
            "Render a test shot, and see what it takes.",
            (
                "Each render runs alone on this machine, under a stopwatch, and lands in the ledger. Two at once would "
                "each be measured too slow, so they wait for each other. It goes on when you close this page.",
            ),
        )
    )
    with st.container(key="ts_now_narrow"):  # where the queue stands under the form and cannot be seen from it
        show_running()
    grid = st.grid(2, min_column_width=480)
    with grid.cell():
        if person().may(Role.PRODUCER):
            _form()
        else:
            cards.show(order_html.for_producers())
    with grid.cell():
        cards.show(cards.section("Queue"))
        show_jobs()


def _form() -> None:
    with st.spinner("Asking this machine what it can render …"):
        shots, models = offered()
    usable = [model for model in models if model.why_not is None]
    cards.show(cards.section("What to render"))
    shot = _shot(shots)
    with st.container(horizontal=True, vertical_alignment="bottom", key="ts_how"):
        chosen = st.pills(
            "Workflow", (AI, TRADITIONAL), selection_mode="multi", default=(AI, TRADITIONAL), key="ts_workflows"
        )
        quality = st.segmented_control(
            "Quality",
            list(shot.qualities),
            default=next(iter(shot.qualities)),
            required=True,
            key=f"ts_quality_{shot.code}",
            format_func=lambda name: f"{name}, {shot.qualities[name]}",
        )
    workflows = tuple(workflow for workflow in (Workflow.AI, Workflow.TRADITIONAL) if workflow.label in chosen)
    model = usable[0]
    if Workflow.AI in workflows:
        model = st.selectbox("AI model", usable, format_func=lambda each: f"{each.name}: {each.title}", key="ts_model")
        cards.show(order_html.model_words(model))
    with st.expander("Size, frames and seed", key="ts_more"):
        fields = st.columns(3)
        size = fields[0].text_input("Size", placeholder=str(shot.qualities[quality]), key="ts_size")
        frames = fields[1].text_input("Frames", placeholder=str(shot.frames), key="ts_frames")
        seed = fields[2].text_input("Seed", placeholder="the shot's own", key="ts_seed")
        st.caption(
            "Empty fields take what stands in them in grey. A few small frames show in seconds whether it works."
        )
    wishes = _wishes(shot, workflows, quality, model, size, frames, seed)
    if wishes:
        cards.show(order_html.took_before(_earlier(wishes, shot)))
    if st.button(_button(workflows), type="primary", key="ts_start", disabled=not wishes):
        _order(wishes)
    if said := st.session_state.pop(ORDERED, None):
        st.toast(said)
    if missing := [model for model in models if model.why_not is not None]:
        with st.expander(f"{len(missing)} more models, and what they need", key="ts_missing"):
            cards.show(order_html.missing_models(missing))


def _shot(shots: Sequence[ShotToRender]) -> ShotToRender:
    by_name = {shot.name: shot for shot in shots}
    name = st.segmented_control(
        "Shot", list(by_name), default=next(iter(by_name)), required=True, key="ts_shot", label_visibility="collapsed"
    )
    shot = by_name[name]
    try:
        movies = _newest_movies(rendered())
    except NoLedger:
        movies = {}
    movie = movies.get(shot.code)
    picture = None if movie is None else thumbnail_url(movie, f"test shot {shot.code}")
    cards.show(order_html.brief(shot, picture))
    return shot


def _newest_movies(shots: Sequence[RenderedShot]) -> Mapping[str, Path]:
    found: dict[str, Path] = {}
    for shot in shots:
        if shot.movie is not None and Path(shot.movie).is_file():
            found.setdefault(shot.shot_code, Path(shot.movie))
    return found


def _wishes(
    shot: ShotToRender,
    workflows: tuple[Workflow, ...],
    quality: str,
    model: AiModel,
    size: str,
    frames: str,
    seed: str,
) -> tuple[RenderWish, ...]:
    """What would be ordered; nothing, with every reason, where a field cannot be used."""
    try:
        return wishes_of(shot, workflows, quality, model, size, frames, seed)
    except ShotledgerError as error:
        cards.show(cards.problem_box("This cannot be rendered yet", error.problems))
        return ()


def _earlier(wishes: Sequence[RenderWish], shot: ShotToRender) -> dict[Workflow, EarlierRenders | None]:
    try:
        return {
            wish.workflow: took_before(
                wish.shot_code, wish.workflow, wish.model, wish.quality,
                wish.size or shot.qualities[wish.quality], wish.frames or shot.frames,
            )
            for wish in wishes
        }  # fmt: skip
    except NoLedger:
        return {wish.workflow: None for wish in wishes}


def _button(workflows: Sequence[Workflow]) -> str:
    return "Render both ways" if len(workflows) == 2 else f"Render with {workflows[0].label}" if workflows else "Render"


def _order(wishes: tuple[RenderWish, ...]) -> None:
    try:
        order(wishes)
    except ShotledgerError as error:
        cards.show(cards.problem_box("It could not be started", error.problems))
        return
    st.session_state[ORDERED] = f"In the queue: {listed([wish.workflow.label for wish in wishes])}."
    st.rerun()
