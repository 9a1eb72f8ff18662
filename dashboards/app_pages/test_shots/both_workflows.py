"""One shot made by two workflows: both movies in sync, the clocks, and the costs down to each fact and rate."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from analytics.comparison.figures import ShotComparison, WorkflowFigures
from analytics.comparison.sentences import money_words, what_this_does_not_show
from analytics.ledger.manifest import MANIFEST_NAME
from analytics.vocabulary.quality_score import Metric
from analytics.vocabulary.workflow import Workflow
from dashboards.access.roles import Role
from dashboards.app_pages.test_shots import shot_cards
from dashboards.app_pages.test_shots.shot_movies import show_pair
from dashboards.look import cards, tables
from dashboards.look.charts import quality_curve, stage_bars
from dashboards.look.downloads import csv_link, show_chart
from dashboards.look.words import spread_words
from dashboards.serving.files import offer


def show_both(comparison: ShotComparison, view: str, renders: Sequence[Mapping[str, Any]], *, with_money: bool) -> None:
    """Draw everything that is known of a shot's two workflows.

    Parameters
    ----------
    view
        How the two pictures stand to each other: one of `movie_player.VIEWS`.
    renders
        Rows of `questions/renders.sql`, newest first.
    with_money
        Whether the reader may see what single shots cost. A comparison for others has no costs in it.
    """
    _pictures_and_clocks(comparison, view)
    energy = shot_cards.energy_card(comparison)
    cards.show(cards.cards(shot_cards.cost_card(comparison), energy) if with_money else cards.cards(energy))
    cards.show(cards.limits(what_this_does_not_show(comparison)))
    _quality(comparison)
    if with_money:
        _costs(comparison)
    _stages(comparison)
    _renders(comparison, renders)


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
            show_chart(chart, name=f"{comparison.shot_code}-{metric}-by-frame", alt=spoken)


def _costs(comparison: ShotComparison) -> None:
    said = f"Priced by {comparison.rate_card_id}. Facts never change; under another card every cost does."
    cards.show(cards.section("What it cost, fact by rate", said))
    rates = tables.rates_used(comparison.sides)
    costs = [line.cost for side in comparison.sides for line in side.cost_lines if line.cost is not None]
    longest = max(costs, key=lambda cost: cost.amount, default=None)
    grid = st.grid(2, min_column_width=520)
    for side in comparison.sides:
        with grid.cell():
            if not side.cost_lines:
                cards.show(cards.side_title(side.workflow, "nothing to price yet"))
                continue
            title = cards.side_title(side.workflow, f"{money_words(side.all_in_cost)} all in")
            name = f"{comparison.shot_code}-{side.workflow}-cost"
            taken = csv_link(tables.cost_rows(side), name=name, role=Role.PRODUCER)
            cards.show(title, tables.cost_table(side, rates, longest), taken)
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
            name = f"{comparison.shot_code}-{side.workflow}-stages"
            show_chart(chart, name=name, alt=f"Stages of the {side.workflow.label} render: {spoken}")


def _renders(comparison: ShotComparison, rows: Sequence[Mapping[str, Any]]) -> None:
    left_out = "; ".join(f"{left.what}: {left.why}" for left in comparison.left_out)
    said = f"Left out of the figures above: {left_out}." if left_out else "All of them are in the figures above."
    cards.show(cards.section("The renders behind it", said))
    links = {}
    for row in rows[: tables.RENDERS_SHOWN]:
        manifest = Path(row["folder"] or "", MANIFEST_NAME)
        if manifest.is_file():  # the folder may have been moved: then the row says that no manifest is there
            name = f"{row['render_id']}.json"
            links[row["render_id"]] = offer(name, "application/json", manifest, slot=f"manifest {row['render_id']}")
    taken = csv_link(lambda: tables.render_rows(rows), name=f"{comparison.shot_code}-renders")
    cards.show(tables.render_table(rows, links), taken)
