"""Test shots: one shot made by two workflows, both movies in sync, the clocks, and the costs down to each rate."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from analytics.comparison.figures import Clock, ShotComparison, WorkflowFigures
from analytics.comparison.sentences import duration_words, money_words, what_this_does_not_show
from analytics.ledger.manifest import MANIFEST_NAME
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.quality_score import Metric
from analytics.vocabulary.workflow import Workflow
from dashboards import cards, shot_cards, tables
from dashboards.answers import LedgerState, comparison_of, ledger_path, ledger_state, newest_renders, renders_of
from dashboards.charts import quality_curve, stage_bars
from dashboards.movie_player import VIEWS
from dashboards.served_files import MANIFEST, address_of
from dashboards.shot_movies import show_pair
from dashboards.words import count_words, instant_words, listed, sentence, shot_words, spread_words

FIRST_COMMAND = "shotledger render building_collapse --workflow both"


def show_test_shots() -> None:
    """Draw the page: ask, then arrange."""
    path = ledger_path()
    state = ledger_state(path)
    if state is None:
        cards.show(_teach_first(f"There is no ledger at {path} yet."))
        return
    newest = newest_renders(path, state)
    if not newest:
        cards.show(_teach_first(f"The ledger {path.name} holds no render of a shot yet."))
        return
    head = st.container()
    shot_id, quality, view = _pickers(newest)
    comparison = comparison_of(path, state, shot_id, quality)
    with head:
        cards.show(_head(comparison, path, newest))
    _pictures_and_clocks(comparison, view)
    cards.show(cards.cards(shot_cards.cost_card(comparison), shot_cards.energy_card(comparison)))
    cards.show(cards.limits(what_this_does_not_show(comparison)))
    _quality(comparison)
    _costs(comparison)
    _stages(comparison)
    _renders(comparison, path, state)


def _teach_first(why: str) -> str:
    return cards.teach(
        "Nothing to compare yet",
        (
            why,
            "Render a test shot both ways. Each render runs under a stopwatch and lands in the ledger; then both "
            "movies, both clocks and both costs stand here side by side. This page looks for new renders by itself.",
        ),
        FIRST_COMMAND,
        is_whole_page=True,
    )


def _pickers(newest: Sequence[Mapping[str, Any]]) -> tuple[str, str | None, str]:
    """Shot, quality and view, kept in the address so that what is seen can be sent.

    The address holds the words of the widgets, so they are the codes that people type, not headings made of them.
    """
    ids_by_choice = _choices(newest)
    asked = st.query_params.get("shot")
    if asked is not None and asked not in ids_by_choice:
        known = listed(sorted(ids_by_choice)[:8])
        st.warning(f"This ledger holds no render of a shot called {asked}. It holds {known}.")
    with st.container(horizontal=True, vertical_alignment="bottom", key="pickers"):
        choice = st.selectbox("Shot", list(ids_by_choice), key="shot", bind="query-params", width=300)
        shot_id = ids_by_choice[choice]
        of_shot = [render["quality"] for render in newest if render["shot_id"] == shot_id and render["quality"]]
        qualities = list(dict.fromkeys(of_shot))
        quality = None
        if qualities:
            quality = st.segmented_control(
                "Quality", qualities, default=qualities[0], required=True, key="quality", bind="query-params"
            )
        view = st.segmented_control("View", VIEWS, default=VIEWS[0], required=True, key="view", bind="query-params")
    return shot_id, quality, view


def _choices(newest: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Shot ids by what a person picks: the code, or the id where two productions share a code."""
    ids_by_code: dict[str, list[str]] = {}
    for render in newest:
        ids = ids_by_code.setdefault(render["shot_code"] or render["shot_id"], [])
        if render["shot_id"] not in ids:
            ids.append(render["shot_id"])
    return {code if len(ids) == 1 else shot_id: shot_id for code, ids in ids_by_code.items() for shot_id in ids}


def _head(comparison: ShotComparison, path: Path, newest: Sequence[Mapping[str, Any]]) -> str:
    ai, traditional = comparison.sides
    name = shot_words(comparison.shot_code)
    if ai.machine_seconds and traditional.machine_seconds:
        headline = (
            f"{name} took {duration_words(ai.machine_seconds.median)} of machine time with AI "
            f"and {duration_words(traditional.machine_seconds.median)} traditionally."
        )
        rests_on = (
            f"{count_words(ai.ok_count, 'AI render')} and {count_words(traditional.ok_count, 'traditional render')}"
        )
        quality = sentence(f"{comparison.ratio(Clock.MACHINE).quality}.")
        detail = f"{rests_on} at {comparison.setup}; loading is left out. {quality} "
        detail += "One shot proves nothing about a slate: n = 1."
    else:
        missing = next(side for side in comparison.sides if side.machine_seconds is None)
        headline = f"{name} has no usable {missing.workflow.label} render yet."
        detail = f"At {comparison.setup} there is nothing to hold the other one against."
    if Origin.ASSUMED in comparison.ratio(Clock.PEOPLE).origins:
        detail += " People's hours, and so most of the cost, are assumed and not measured."
    banner = ""
    if any(Origin.SYNTHETIC in (*side.fact_origins, *side.people_origins) for side in comparison.sides):
        banner = cards.banner("Demonstration rows are among these figures. They show nothing about real work.")
    aside = f"ledger {path.name}, newest render {instant_words(newest[0]['started_at'])}"
    return banner + cards.page_head("Test shots", aside, headline, [detail[:1].upper() + detail[1:]])


def _pictures_and_clocks(comparison: ShotComparison, view: str) -> None:
    grid = st.grid(3, min_column_width=385)
    with grid.cell(column_span=2):
        show_pair(comparison, view)
        for side in comparison.sides:
            if not side.ok_count:
                cards.show(_teach_missing(comparison, side))
    with grid.cell():
        cards.show(
            cards.cards(
                shot_cards.machine_card(comparison),
                shot_cards.people_card(comparison),
                shot_cards.calendar_card(comparison),
                shot_cards.quality_card(comparison),
            )
        )


def _teach_missing(comparison: ShotComparison, side: WorkflowFigures) -> str:
    setup = comparison.setup
    return cards.teach(
        f"The {side.workflow.label} side is still to be rendered",
        ("Render it at the same quality, size and frames; the pair then appears here by itself.",),
        f"shotledger render {comparison.shot_code} --workflow {side.workflow} --quality {setup.quality} "
        f"--size {setup.size} --frames {setup.frames}",
    )


def _quality(comparison: ShotComparison) -> None:
    """Both curves of the newest measured AI render, where there are any."""
    quality = comparison.quality_scores
    if quality is None or not any(len(values) > 1 for values in quality.curve.values()):
        return
    said = f"{quality.curve_render_id} against its traditional twin. A dip or a peak says which frames to look at."
    cards.show(cards.section("How near the AI picture came, frame by frame", said))
    grid = st.grid(2, min_column_width=420)
    for metric, title, least, most in (
        (Metric.PSNR, "PSNR in dB, higher is nearer", 15.0, 35.0),
        (Metric.BOIL, "boil of 255, 0 is steady", 0.0, 4.0),
    ):
        values = quality.curve.get(metric)
        if values is None:
            continue
        known = [value for value in values if value is not None]
        chart = quality_curve(values, comparison.setup.frames.first, min(least, *known), max(most, *known))
        spoken = f"{title}: from {min(known):.1f} to {max(known):.1f} over {len(values)} frames"
        with grid.cell():
            cards.show(cards.side_title(Workflow.AI, title))
            st.altair_chart(chart, alt=spoken)


def _costs(comparison: ShotComparison) -> None:
    said = f"Priced by {comparison.rate_card_id}. Facts never change; under another card every cost does."
    cards.show(cards.section("What it cost, fact by rate", said))
    rates = tables.rates_used(comparison.sides)
    costs = [line.cost for side in comparison.sides for line in side.cost_lines if line.cost is not None]
    longest = max(costs, key=lambda cost: cost.amount, default=None)
    grid = st.grid(2, min_column_width=520)
    for side in comparison.sides:
        with grid.cell():
            if side.cost_lines:
                title = cards.side_title(side.workflow, f"{money_words(side.all_in_cost)} all in")
                cards.show(title, tables.cost_table(side, rates, longest))
            else:
                cards.show(cards.side_title(side.workflow, "nothing to price yet"))
    cards.show(tables.source_list(rates))


def _stages(comparison: ShotComparison) -> None:
    said = "Both on one scale. The dashed outline is loading, which the clocks leave out."
    cards.show(cards.section("Where the machine time went", said))
    ends = [sum(stage.wall_seconds.median for stage in side.stages if stage.wall_seconds) for side in comparison.sides]
    counts = [sum(stage.wall_seconds is not None for stage in side.stages) for side in comparison.sides]
    grid = st.grid(2, min_column_width=420)
    for side, count in zip(comparison.sides, counts, strict=True):
        with grid.cell():
            if not count:
                cards.show(cards.side_title(side.workflow, "no usable render"))
                continue
            cards.show(cards.side_title(side.workflow, f"{spread_words(side.machine_seconds)} without loading"))
            chart = stage_bars(side.workflow, side.stages, max(ends), max(counts))
            spoken = ", ".join(f"{stage.name} {spread_words(stage.wall_seconds)}" for stage in side.stages)
            st.altair_chart(chart, alt=f"Stages of the {side.workflow.label} render: {spoken}")


def _renders(comparison: ShotComparison, path: Path, state: LedgerState) -> None:
    rows = renders_of(path, state, comparison.shot_id)
    left_out = "; ".join(f"{left.what}: {left.why}" for left in comparison.left_out)
    said = f"Left out of the figures above: {left_out}." if left_out else "All of them are in the figures above."
    cards.show(cards.section("The renders behind it", said))
    links = {}
    for row in rows[: tables.RENDERS_SHOWN]:
        try:
            manifest = Path(row["folder"] or "", MANIFEST_NAME)
            links[row["render_id"]] = address_of(manifest, MANIFEST, f"manifest-{row['render_id']}")
        except OSError:
            continue  # the folder was moved: the row says that no manifest is there
    cards.show(tables.render_table(rows, links))
