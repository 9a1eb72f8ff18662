"""The chart of the page Methods and data health: which workflow made which kinds of shots."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from analytics.health.kinds import KindShare
from dashboards.look.chart_parts import AI, TRADITIONAL, UNCLEAR, by_role, dressed, layered, role, rows_of
from dashboards.look.drawn_charts import drawn_once

if TYPE_CHECKING:
    import altair as alt

ROW_PIXELS = 30
LABEL_PIXELS = 150


@drawn_once
def kinds_chart(kinds: Sequence[KindShare]) -> "alt.LayerChart":
    """A bar for each kind, as long as it has shots: AI first, then traditional, then those that nobody was given."""
    import altair as alt

    bars, words = [], []
    for each in kinds:
        name = (each.kind or "not known").replace("_", " ").capitalize()
        share = "no workflow yet" if each.ai_share is None else f"{each.ai_share:.0%} AI"
        counts = f"n = {each.ai_count:,} AI, {each.traditional_count:,} traditional"
        words.append({"kind": name, "shots": each.shot_count, "share": share, "counts": counts})
        parts = ((AI, each.ai_count), (TRADITIONAL, each.traditional_count), (UNCLEAR, each.unknown_count))
        bars += [
            {"kind": name, "role": part, "count": count, "place": place, "counts": counts}
            for place, (part, count) in enumerate(parts)
            if count
        ]
    order = [str(row["kind"]) for row in words]
    y = alt.Y("kind:N", sort=order, title=None, axis=alt.Axis(labelLimit=LABEL_PIXELS, minExtent=LABEL_PIXELS))
    tips = [alt.Tooltip("kind:N", title="kind"), alt.Tooltip("role:N", title="made by"), alt.Tooltip("count:Q")]
    stacked = (
        alt.Chart(rows_of(bars))
        .mark_bar(height=15, stroke=None)
        .encode(
            x=alt.X("count:Q", title="shots, omitted ones left out", axis=alt.Axis(tickCount=5, gridOpacity=0.5)),
            y=y,
            color=by_role(),
            order=alt.Order("place:O"),
            tooltip=tips,
        )
    )
    base = alt.Chart(rows_of(words))
    return dressed(
        layered(
            stacked,
            _beside(base, y, "share", 0, bold=True),
            _beside(base, y, "counts", 60, bold=False),
        ).properties(height=alt.Step(ROW_PIXELS))
    )


def _beside(base: "alt.Chart", y: Any, field: str, more: int, *, bold: bool) -> "alt.Chart":
    """Words right of the longest bar, where all rows have their column."""
    import altair as alt

    mark = base.mark_text(align="left", dx=8 + more, fontWeight="bold" if bold else "normal", aria=False)
    told: alt.Chart = mark.encode(x=alt.X("shots:Q"), y=y, text=f"{field}:N", color=role("ink" if bold else "muted"))
    return told
