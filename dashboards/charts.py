"""Altair charts. None of them knows whether the page is light or dark.

Colour comes from roles, not from hex values: ROLE is an ordinal scale without a range, so Vega takes the range from the
theme's `chartCategoricalColors`, and Streamlit switches that table with the theme, in the browser.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from analytics.comparison.figures import StageFigures
from analytics.comparison.sentences import duration_words
from analytics.vocabulary.stage import OUTSIDE_THE_WORKFLOW
from analytics.vocabulary.workflow import Workflow

if TYPE_CHECKING:
    import altair as alt

ROLES = (
    "AI",
    "Traditional",
    "Can't tell",
    "ink",
    "muted",
    "hairline",
    "alarm",
    "AI tint",
    "Traditional tint",
    "surface",
)
"""What each colour of the theme's table is for, in the order of the table in `.streamlit/config.toml`."""

FONT_PIXELS = 13
NAME_PIXELS = 86
ROW_PIXELS = 28
LABEL_ROOM = 1.22
"""Width of a plot in bar lengths. Labels stay inside it: text outside would make the two plots unequally wide."""


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
    return _dressed(
        _layered(
            made.encode(x=x, x2="to:Q", y=y, color=_role(workflow.label), tooltip=tips),
            loaded.encode(x=x, x2="to:Q", y=y, color=_role(workflow.label), tooltip=tips),
            words.encode(x=alt.X("to:Q"), y=y, text="says:N", color=_role("ink")),
        ).properties(height=alt.Step(ROW_PIXELS))
    )


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
        color=_role(Workflow.AI.label),
    )
    # Points besides the line: a line alone has nothing to rest the pointer on.
    return _dressed(
        _layered(base.mark_line(strokeWidth=2), base.mark_point(size=14, filled=True)).properties(height=170)
    )


def _role(name: str) -> "alt.ColorDatum":
    """A fixed role for a whole mark. A datum cannot carry a scale, so `_layered` brings the scale along."""
    import altair as alt

    return alt.ColorDatum(name)


def _layered(*layers: "alt.Chart") -> "alt.LayerChart":
    import altair as alt

    carrier = alt.Chart(alt.InlineData(values=[{"role": "ink"}])).mark_point(opacity=0, tooltip=None, aria=False)
    scale = alt.Scale(domain=list(ROLES))
    return alt.LayerChart(layer=[carrier.encode(color=alt.Color("role:N", scale=scale, legend=None)), *layers])


def _dressed(chart: "alt.LayerChart") -> "alt.LayerChart":
    """Sizes that can be read in a meeting room, and axis text in the page's own ink."""
    padded = chart.properties(padding={"left": 2, "right": 6, "top": 6, "bottom": 4})
    with_axis = padded.configure_axis(
        labelFontSize=FONT_PIXELS,
        titleFontSize=FONT_PIXELS,
        titleFontWeight="normal",
        domain=False,
        ticks=False,
        labelPadding=8,
        titlePadding=10,
        labelFlush=False,
        labelColor="currentColor",
        labelOpacity=0.8,
        titleColor="currentColor",
        titleOpacity=0.8,
    )
    dressed: alt.LayerChart = with_axis.configure_text(fontSize=FONT_PIXELS).configure_view(strokeWidth=0)
    return dressed
