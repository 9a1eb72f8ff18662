"""Charts of one test shot: where its machine time went, and how near its picture came."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from analytics.comparison.figures import StageFigures
from analytics.comparison.sentences import duration_words
from analytics.vocabulary.stage import OUTSIDE_THE_WORKFLOW
from analytics.vocabulary.workflow import Workflow
from dashboards.look.chart_parts import dressed, layered, role
from dashboards.look.drawn_charts import drawn_once

if TYPE_CHECKING:
    import altair as alt

NAME_PIXELS = 86
ROW_PIXELS = 28
LABEL_ROOM = 1.22
"""Width of a plot in bar lengths. Labels stay inside it: text outside would make the two plots unequally wide."""


@drawn_once
def stage_bars(
    workflow: Workflow, stages: Sequence[StageFigures], longest_seconds: float, row_count: int
) -> "alt.LayerChart":
    """Seconds of each stage, one after the other, from the start of the work.

    Parameters
    ----------
    longest_seconds
        End of the scale; the same for every chart that is to be compared with this one.
    row_count
        Rows to make room for, so that charts side by side are equally high.
    """
    import altair as alt

    rows: list[dict[str, str | float]] = []
    ends_at = 0.0
    for stage in stages:
        if stage.wall_seconds is None:
            continue
        begins_at, ends_at = ends_at, ends_at + stage.wall_seconds.median
        # Loading and plates are drawn as outlines: they are never part of what the clocks compare.
        rows.append(
            {
                "stage": stage.name,
                "from": begins_at,
                "to": ends_at,
                "is_outside": stage.name in OUTSIDE_THE_WORKFLOW,
                "says": duration_words(stage.wall_seconds.median),
                "n": stage.wall_seconds.count,
            }
        )
    names = [str(row["stage"]) for row in rows] + [" " * blank for blank in range(1, 1 + row_count - len(rows))]
    base = alt.Chart(alt.InlineData(values=rows))
    y = alt.Y(
        "stage:N",
        title=None,
        scale=alt.Scale(domain=names),
        axis=alt.Axis(minExtent=NAME_PIXELS, maxExtent=NAME_PIXELS),
    )
    x = alt.X(
        "from:Q",
        title="seconds of machine time",
        scale=alt.Scale(domain=[0, longest_seconds * LABEL_ROOM], nice=False),
        axis=alt.Axis(tickCount=5, gridOpacity=0.5, titleAlign="left", titleAnchor="start"),
    )
    tips = [alt.Tooltip("stage:N"), alt.Tooltip("says:N", title="median"), alt.Tooltip("n:Q", title="renders")]
    made = base.transform_filter("!datum.is_outside").mark_bar(height=15, cornerRadius=2)
    loaded = base.transform_filter("datum.is_outside").mark_bar(
        height=14, filled=False, strokeWidth=1.5, strokeDash=[4, 3], aria=False
    )
    words = base.mark_text(align="left", dx=6, fontSize=12.5)
    return dressed(
        layered(
            made.encode(x=x, x2="to:Q", y=y, color=role(workflow.label), tooltip=tips),
            loaded.encode(x=x, x2="to:Q", y=y, color=role(workflow.label), tooltip=tips),
            words.encode(x=alt.X("to:Q"), y=y, text="says:N", color=role("ink")),
        ).properties(height=alt.Step(ROW_PIXELS))
    )


@drawn_once
def quality_curve(values: Sequence[float | None], first_frame: int, lowest: float, highest: float) -> "alt.LayerChart":
    """One metric of the AI picture over the frames of the shot.

    Parameters
    ----------
    lowest, highest
        Ends of the scale: fixed by whoever asks, or a wobble of nothing would fill the height.
    """
    import altair as alt

    rows = [
        {"frame": first_frame + place, "value": value, "says": f"{value:.2f}"}
        for place, value in enumerate(values)
        if value is not None
    ]
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        x=alt.X(
            "frame:Q",
            title="frame",
            scale=alt.Scale(domain=[first_frame, first_frame + max(1, len(values) - 1)], nice=False),
            axis=alt.Axis(format="d", tickCount=6, grid=False, titleAlign="left", titleAnchor="start"),
        ),
        y=alt.Y(
            "value:Q",
            title=None,
            scale=alt.Scale(domain=[lowest, highest], nice=False),
            axis=alt.Axis(tickCount=4, gridOpacity=0.5),
        ),
        tooltip=[alt.Tooltip("frame:Q"), alt.Tooltip("says:N", title="value")],
        color=role(Workflow.AI.label),
    )
    # Points besides the line: a line alone has nothing to rest the pointer on.
    return dressed(layered(base.mark_line(strokeWidth=2), base.mark_point(size=14, filled=True)).properties(height=170))
