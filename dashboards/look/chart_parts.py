"""What every chart is made of: colours by role, sizes, the axis of ratios. No chart knows whether the page is dark.

Colour comes from roles, not from hex values: an ordinal scale without a range takes its range from the theme's
`chartCategoricalColors`, and Streamlit switches that table with the theme, in the browser.
"""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from analytics.vocabulary.workflow import Workflow

if TYPE_CHECKING:
    import altair as alt

AI, TRADITIONAL, UNCLEAR = Workflow.AI.label, Workflow.TRADITIONAL.label, "Can't tell"

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

SHAPES = {AI: "circle", TRADITIONAL: "diamond", UNCLEAR: "square"}
"""Shape says what colour says: round for AI, a diamond for traditional, a square where nobody can tell."""

HOLE = 0.3
"""Share of a square's area that is left open where nobody can tell."""

RATIO_TICKS = (0.1, 0.2, 0.25, 1 / 3, 0.5, 2 / 3, 0.8, 1, 1.25, 1.5, 2, 3, 4, 6, 10)
RATIO_WORDS = (
    "datum.value < 0.99 ? '\u2212' + format(1 - datum.value, '.0%') : datum.value > 1.99 ? '\u00d7' + "
    "format(datum.value, '.0f') : datum.value > 1.01 ? '+' + format(datum.value - 1, '.0%') : 'same'"
)
"""A ratio of AI to traditional as people say it, in Vega's own language."""


def rows_of(rows: Sequence[Mapping[str, Any]]) -> "alt.InlineData":
    """Plain rows as a chart's data. Not a DataFrame: Altair would name its data by a hash and write it twice."""
    import altair as alt

    return alt.InlineData(values=[dict(row) for row in rows])


def role(name: str) -> "alt.ColorDatum":
    """A fixed role for a whole mark. A datum cannot carry a scale, so `layered` brings the scale along."""
    import altair as alt

    return alt.ColorDatum(name)


def by_role(field: str = "role") -> "alt.Color":
    """Colour by a column that holds roles."""
    import altair as alt

    return alt.Color(f"{field}:N", scale=alt.Scale(domain=list(ROLES)), legend=None)


def by_shape(field: str = "role") -> "alt.Shape":
    """Shape by a column that holds `AI`, `TRADITIONAL` or `UNCLEAR`."""
    import altair as alt

    scale = alt.Scale(domain=list(SHAPES), range=list(SHAPES.values()))
    return alt.Shape(f"{field}:N", scale=scale, legend=None)


def ratio_axis(field: str, low: float, high: float, *, orient: Literal["top", "bottom"] = "top") -> "alt.X":
    """A logarithmic axis of ratios, labelled in words: half as much lies as far from "same" as twice as much."""
    import altair as alt

    return alt.X(
        f"{field}:Q",
        title=None,
        scale=alt.Scale(type="log", domain=[low, high], nice=False),
        axis=alt.Axis(
            values=[tick for tick in RATIO_TICKS if low <= tick <= high],
            labelExpr=RATIO_WORDS,
            gridOpacity=0.5,
            orient=orient,
            labelOverlap="parity",
        ),
    )


def interval_dots(
    known: "alt.Chart",
    at: Mapping[str, Any],
    span: Mapping[str, Any],
    tips: "Sequence[alt.Tooltip]",
    *,
    size: int = 140,
    width: int = 3,
) -> "tuple[alt.Chart, ...]":
    """Layers of a dot with its interval a row, in the colour and shape of its role; hollow where nobody can tell.

    Parameters
    ----------
    known
        A chart of rows with a column ``role``. Without a row there are no layers: an empty mark has no name.
    at, span
        Channels of the dot and of the line: ``x`` and ``y``; for the line also ``x2`` or ``y2``.
    size
        Area of a dot, in square pixels.
    width
        Of the line, in pixels.
    """
    import altair as alt

    if not known.data.values:
        return ()
    line = known.mark_rule(strokeWidth=width, strokeCap="round", aria=False)
    dot = known.mark_point(filled=True, size=size, opacity=1)
    open_rows = known.transform_filter(alt.datum.role == UNCLEAR)
    hole = open_rows.mark_point(filled=True, shape="square", size=round(size * HOLE), opacity=1, aria=False)
    return (
        line.encode(**span, color=by_role(), tooltip=list(tips)),
        dot.encode(**at, color=by_role(), shape=by_shape(), tooltip=list(tips)),
        hole.encode(**at, color=role("surface")),
    )


def layered(*layers: "alt.Chart") -> "alt.LayerChart":
    """Layers over one another, and the scale of roles with them."""
    import altair as alt

    carrier = alt.Chart(rows_of([{"role": "ink"}])).mark_point(opacity=0, tooltip=None, aria=False)
    return alt.LayerChart(layer=[carrier.encode(color=by_role()), *layers])


def dressed(chart: "alt.LayerChart") -> "alt.LayerChart":
    """Sizes that can be read in a meeting room, and axis text in the page's own ink."""
    padded = chart.properties(padding={"left": 2, "right": 6, "top": 6, "bottom": 4})
    with_axis = padded.configure_axis(
        labelFontSize=FONT_PIXELS,
        titleFontSize=FONT_PIXELS,
        titleFontWeight="normal",
        domain=False,
        ticks=False,
        labelLimit=240,
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


def for_export(spec: dict[str, Any]) -> dict[str, Any]:
    """A chart's own specification with the light theme written into it, for a picture outside the page."""
    spec["width"] = 900
    config = spec.setdefault("config", {})
    # Fields are set one by one: a whole config in its place would take sizes and axes away.
    config.setdefault("range", {})["category"] = list(_light_colours())
    config["background"] = "#FFFFFF"
    config["font"] = "Inter, Arimo, Liberation Sans, sans-serif"
    for key in ("labelColor", "titleColor"):
        config.setdefault("axis", {})[key] = _light_colours()[ROLES.index("ink")]
    return spec


@cache
def _light_colours() -> Sequence[str]:
    theme = Path(__file__).resolve().parents[1] / ".streamlit" / "config.toml"
    colours: Sequence[str] = tomllib.loads(theme.read_text(encoding="utf-8"))["theme"]["light"][
        "chartCategoricalColors"
    ]
    return colours
