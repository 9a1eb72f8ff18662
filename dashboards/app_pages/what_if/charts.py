"""Charts of the what-if: the change along a share, and the change by kind at the shares chosen."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from analytics.comparison.slate.kind_words import kind_words
from analytics.estimation.what_if.best_shares import SURE
from analytics.estimation.what_if.change_ranges import ChangeRange
from analytics.estimation.what_if.chosen_shares import KindChange
from dashboards.app_pages.what_if.wording import change_words, range_words
from dashboards.look.chart_parts import (
    AI,
    TRADITIONAL,
    UNCLEAR,
    dressed,
    interval_dots,
    layered,
    role,
    rows_of,
)
from dashboards.look.drawn_charts import drawn_once

if TYPE_CHECKING:
    import altair as alt

LEAST, MOST = -0.5, 0.5
NAMES_PIXELS = 62
"""Ends of the scale of changes, the same for every kind; what goes further is cut there. `NAMES_PIXELS` left of it hold
the words of the axis, and what_if.css moves the slider in by as much."""
CHANGE_WORDS = "datum.value == 0 ? 'as so far' : (datum.value < 0 ? '\u2212' : '+') + format(abs(datum.value), '.0%')"


@drawn_once
def change_along_share(along: ChangeRange, so_far: int, chosen: int) -> "alt.LayerChart":
    """One kind: how much more or less it costs at each share, with the band of 8 in 10 outcomes."""
    import altair as alt

    rows = [
        {
            "share": point.share,
            "low": max(point.low, LEAST),
            "middle": min(max(point.middle, LEAST), MOST),
            "high": min(point.high, MOST),
            "tried": point.is_tried,
        }
        for point in along.points
    ]
    nearest = min(along.points, key=lambda point: abs(point.share - chosen))
    x = alt.X(
        "share:Q",
        title=None,
        scale=alt.Scale(domain=[0, 100], nice=False),
        axis=alt.Axis(values=[0, 50, 100], labelExpr="datum.value + '%'", grid=False),
    )
    scale = alt.Scale(domain=[LEAST, MOST], nice=False)
    y = alt.Y(
        "middle:Q",
        title=None,
        scale=scale,
        axis=alt.Axis(
            values=[-0.4, 0, 0.4],
            labelExpr=CHANGE_WORDS,
            gridOpacity=0.4,
            minExtent=NAMES_PIXELS,
            maxExtent=NAMES_PIXELS,
        ),
    )
    points = alt.Chart(rows_of(rows))
    tried = alt.Chart(rows_of([row for row in rows if row["tried"]]))
    tips = [alt.Tooltip("share:Q", title="per cent by AI"), alt.Tooltip("middle:Q", title="change", format="+.0%")]
    layers = [
        points.mark_area(opacity=0.14, aria=False).encode(
            x=x, y=alt.Y("low:Q", title=None, scale=scale), y2="high:Q", color=role("ink")
        ),
        tried.mark_area(opacity=0.14, aria=False).encode(
            x=x, y=alt.Y("low:Q", title=None, scale=scale), y2="high:Q", color=role("ink")
        ),
        points.mark_line(strokeWidth=1.5, strokeDash=[3, 3], aria=False).encode(x=x, y=y, color=role("muted")),
        tried.mark_line(strokeWidth=2.5).encode(x=x, y=y, color=role("ink"), tooltip=tips),
        alt.Chart(rows_of([{"share": so_far}]))
        .mark_rule(strokeWidth=1.5, strokeDash=[4, 3], aria=False)
        .encode(x=x, color=role("muted")),
        alt.Chart(rows_of([{"share": chosen, "middle": min(max(nearest.middle, LEAST), MOST)}]))
        .mark_point(filled=True, size=130, opacity=1, aria=False)
        .encode(x=x, y=y, color=role("ink")),
    ]
    return dressed(layered(*layers).properties(height=120))


@drawn_once
def change_by_kind(changes: Sequence[KindChange], currency: str) -> "alt.LayerChart":
    """A row a kind: the change in cost at the share chosen, with its range; minus is less."""
    import altair as alt

    rows = [
        {
            "name": kind_words(each.kind),
            "low": float(each.change.p10),
            "middle": float(each.change.p50),
            "high": float(each.change.p90),
            "role": _role(each),
            "words": change_words(each.change.p50, currency) if each.saves_chance is not None else "not moved",
            "span": range_words(each.change, currency) if each.saves_chance is not None else "",
            "shares": f"{each.so_far}% → {each.share}%",
        }
        for each in changes
    ]
    moved = alt.Chart(rows_of([row for row in rows if row["words"] != "not moved"]))
    every = alt.Chart(rows_of(rows))
    x = alt.X("middle:Q", title=None, axis=alt.Axis(orient="top", labels=False, gridOpacity=0.4))
    y = alt.Y(
        "name:N",
        title=None,
        sort=[kind_words(each.kind) for each in changes],
        axis=alt.Axis(grid=False, minExtent=130, maxExtent=130),
    )
    tips = [
        alt.Tooltip("name:N", title="kind"),
        alt.Tooltip("shares:N", title="by AI"),
        alt.Tooltip("words:N", title="change"),
        alt.Tooltip("span:N", title="8 of 10 outcomes"),
    ]
    right = alt.value("width")
    layers = [
        alt.Chart(rows_of([{"middle": 0.0}])).mark_rule(strokeWidth=2, aria=False).encode(x=x, color=role("ink")),
        *interval_dots(
            moved, {"x": x, "y": y}, {"x": alt.X("low:Q", title=None), "x2": "high:Q", "y": y}, tips, size=130
        ),
        every.mark_text(align="left", dx=12, aria=False).encode(x=right, y=y, text="shares:N", color=role("muted")),
        every.mark_text(align="left", dx=112, fontWeight=600, aria=False).encode(
            x=right, y=y, text="words:N", color=role("ink")
        ),
        every.mark_text(align="left", dx=222, aria=False).encode(x=right, y=y, text="span:N", color=role("muted")),
    ]
    return dressed(layered(*layers).properties(height=alt.Step(32)))


def _role(change: KindChange) -> str:
    """Who is cheaper where shots were moved: the side that they were moved to, where that surely costs less."""
    if change.saves_chance is None or 1 - SURE < change.saves_chance < SURE:
        return UNCLEAR
    saves = change.saves_chance >= SURE
    return AI if saves is (change.share > change.so_far) else TRADITIONAL
