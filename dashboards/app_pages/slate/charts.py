"""Charts of the slate: a dot and interval a row, the trend by quarter, and quality in the same order of rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analytics.comparison.slate.learning import LearningCurve
from analytics.comparison.slate.results import Verdict, verdict_of
from analytics.comparison.slate.trend import QuarterRatio
from dashboards.app_pages.slate.verdicts import ROLE, interval_words, verdict_words
from dashboards.look.chart_parts import (
    AI,
    RATIO_TICKS,
    RATIO_WORDS,
    TRADITIONAL,
    UNCLEAR,
    by_role,
    dressed,
    interval_dots,
    layered,
    ratio_axis,
    role,
    rows_of,
)
from dashboards.look.drawn_charts import drawn_once

if TYPE_CHECKING:
    import altair as alt

NAME_PIXELS = 186
ROW_PIXELS, ROW_PIXELS_OF_MANY, MANY_ROWS = 32, 26, 12
WORDS_AT, SPAN_AT, COUNTS_AT = 12, 104, 216
"""Pixels right of the plot where each column of words begins."""

ROOM = 1.06
"""Of a scale beyond its last tick."""


@dataclass(frozen=True)
class DotRow:
    """One row: a ratio of AI to traditional, or words where there is none."""

    name: str
    ratio: float | None
    low: float | None
    high: float | None
    counts: str

    @property
    def verdict(self) -> Verdict:
        """By the interval."""
        return verdict_of(self.ratio, self.low, self.high)


def ratio_domain(rows: Sequence[DotRow]) -> tuple[float, float]:
    """Ends of a scale that holds all intervals but the widest; twice as much lies as far out as half as much."""
    ends = [max(1 / end, end) for row in rows for end in (row.low, row.high) if end]
    reach = min((tick for tick in RATIO_TICKS if tick >= max([*ends, 2.0])), default=RATIO_TICKS[-1])
    return 1 / (reach * ROOM), reach * ROOM


@drawn_once
def ratio_dots(rows: Sequence[DotRow], domain: tuple[float, float]) -> "alt.LayerChart":
    """One dot and interval a row. The winner gives colour and shape; both halves of the plane have equal weight.

    Parameters
    ----------
    domain
        Ends of the scale; the same for every chart that is to be compared with this one. What lies outside is cut there
        and stands in full beside the plot.
    """
    import altair as alt

    told = [_plain(row, domain) for row in rows]
    base = alt.Chart(rows_of(told))
    known = alt.Chart(rows_of([row for row in told if row["ratio"] is not None]))
    y = _names([row.name for row in rows])
    x = ratio_axis("ratio", *domain)
    plane = alt.Chart(
        rows_of([
            {"ratio": domain[0], "to": 1.0, "role": "AI tint"},
            {"ratio": 1.0, "to": domain[1], "role": "Traditional tint"},
        ])
    )  # fmt: skip
    tips = [
        alt.Tooltip("name:N", title="what"),
        alt.Tooltip("says:N", title="AI"),
        alt.Tooltip("span:N", title="AI ÷ traditional, 95% interval"),
        alt.Tooltip("counts:N", title="shots"),
    ]
    layers = [
        plane.mark_rect(aria=False).encode(x=x, x2="to:Q", color=by_role()),
        alt.Chart(rows_of([{"ratio": 1.0}])).mark_rule(strokeWidth=2, aria=False).encode(x=x, color=role("ink")),
        *interval_dots(known, {"x": x, "y": y}, {"x": alt.X("low_shown:Q"), "x2": "high_shown:Q", "y": y}, tips),
        *_words_beside(base, y),
        *_ends(domain, x, "◀ AI takes less", "traditional takes less ▶"),
    ]
    step = ROW_PIXELS if len(rows) <= MANY_ROWS else ROW_PIXELS_OF_MANY
    return dressed(layered(*layers).properties(height=alt.Step(step)))


@drawn_once
def trend(quarters: Sequence[QuarterRatio], curve: LearningCurve | None) -> "alt.LayerChart":
    """The ratio by quarter in which AI work began, and the learning curve where one is shown."""
    import altair as alt

    low = min([0.8, *(each.low for each in quarters if each.low is not None)])
    high = max([1.25, *(each.high for each in quarters if each.high is not None)])
    domain = max(low * 0.95, 0.1), min(high * 1.05, 4.0)
    rows: list[dict[str, Any]] = [
        {
            "quarter": each.quarter,
            "ratio": each.ratio,
            "low": None if each.low is None else max(each.low, domain[0]),
            "high": None if each.high is None else min(each.high, domain[1]),
            "role": ROLE[verdict_of(each.ratio, each.low, each.high)],
            "span": interval_words(each.ratio, each.low, each.high) or "too few shots",
            "says": verdict_words(verdict_of(each.ratio, each.low, each.high), each.ratio),
            "n": f"n {each.n_ai:,}",
            "label": f"{each.quarter.replace(' ', '|')}|n {each.n_ai:,}",
            "fit": curve.ratio_at(each.made_so_far) if curve is not None and each.made_so_far > 0 else None,
        }
        for each in quarters
    ]
    y = alt.Y(
        "ratio:Q",
        title=None,
        scale=alt.Scale(type="log", domain=list(domain), nice=False),
        axis=alt.Axis(
            values=[tick for tick in RATIO_TICKS if domain[0] <= tick <= domain[1]], labelExpr=RATIO_WORDS,
            gridOpacity=0.5,
        ),
    )  # fmt: skip
    x = alt.X(
        "label:O",
        sort=None,
        title=None,
        axis=alt.Axis(labelAngle=0, grid=False, labelOverlap="parity", labelExpr="split(datum.value, '|')"),
        scale=alt.Scale(paddingOuter=0.25),
    )
    # Quarters without a ratio still have their place and their n on the axis.
    every = alt.Chart(rows_of(rows)).mark_point(opacity=0, tooltip=None, aria=False).encode(x=x)
    known = alt.Chart(rows_of([row for row in rows if row["ratio"] is not None]))
    tips = [
        alt.Tooltip("quarter:N"),
        alt.Tooltip("says:N", title="AI"),
        alt.Tooltip("span:N", title="AI ÷ traditional, 95% interval"),
        alt.Tooltip("n:N", title="AI shots"),
    ]
    same = alt.Chart(rows_of([{"ratio": 1.0, "words": "same as traditional"}]))
    fitted = alt.Chart(rows_of([row for row in rows if row["fit"] is not None]))
    layers = [
        every,
        same.mark_rule(strokeWidth=2, aria=False).encode(y=y, color=role("ink")),
        same.mark_text(align="right", dy=-9, dx=-4, aria=False).encode(
            x=alt.value("width"), y=y, text="words:N", color=role("ink")
        ),
        fitted.mark_line(strokeDash=[6, 4], strokeWidth=2, aria=False).encode(x=x, y=alt.Y("fit:Q"), color=role(AI)),
        *interval_dots(known, {"x": x, "y": y}, {"x": x, "y": alt.Y("low:Q"), "y2": "high:Q"}, tips),
    ]
    return dressed(layered(*layers).properties(height=300))


@dataclass(frozen=True)
class QualityRow:
    """One kind of shot: a difference of shares with its interval, and the words beside it."""

    name: str
    difference: float | None
    low: float | None
    high: float | None
    says: str
    counts: str


@drawn_once
def quality_dots(rows: Sequence[QualityRow]) -> "alt.LayerChart":
    """By how many points more or fewer AI shots pass their first review, a kind a row."""
    import altair as alt

    ends = [abs(end) for row in rows for end in (row.low, row.high) if end is not None]
    reach = min(1.0, max([0.2, *ends]) * 1.05)
    told = [
        {
            "name": row.name, "difference": row.difference, "low": row.low, "high": row.high, "says": row.says,
            "counts": row.counts, "role": _quality_role(row),
        }
        for row in rows
    ]  # fmt: skip
    axis = alt.Axis(
        values=[step / 10 for step in range(-10, 11, 2) if abs(step / 10) <= reach],
        labelExpr="datum.value == 0 ? 'same' : (datum.value < 0 ? '−' : '+') + format(abs(datum.value) * 100, '.0f')",
        gridOpacity=0.5,
        orient="top",
    )
    x = alt.X("difference:Q", title=None, scale=alt.Scale(domain=[-reach, reach], nice=False), axis=axis)
    y = _names([row.name for row in rows], 96)
    base = alt.Chart(rows_of(told))
    known = alt.Chart(rows_of([row for row in told if row["difference"] is not None]))
    plane = alt.Chart(
        rows_of([
            {"difference": -reach, "to": 0.0, "role": "Traditional tint"},
            {"difference": 0.0, "to": reach, "role": "AI tint"},
        ])
    )  # fmt: skip
    tips = [alt.Tooltip("name:N", title="kind"), alt.Tooltip("says:N", title="first review passed"),
            alt.Tooltip("counts:N", title="reviewed shots")]  # fmt: skip
    layers = [
        plane.mark_rect(aria=False).encode(x=x, x2="to:Q", color=by_role()),
        alt.Chart(rows_of([{"difference": 0.0}])).mark_rule(strokeWidth=2, aria=False).encode(x=x, color=role("ink")),
        *interval_dots(known, {"x": x, "y": y}, {"x": alt.X("low:Q"), "x2": "high:Q", "y": y}, tips, size=120),
        base.mark_text(align="left", dx=WORDS_AT, fontWeight=600).encode(
            x=alt.value("width"), y=y, text="says:N", color=role("ink")
        ),
        base.mark_text(align="left", dx=SPAN_AT, fontSize=12.5).encode(
            x=alt.value("width"), y=y, text="counts:N", color=role("muted")
        ),
        *_ends((-reach, reach), x, "◀ sent back more", "passes sooner ▶", "difference"),
    ]
    return dressed(layered(*layers).properties(height=alt.Step(ROW_PIXELS)))


def _quality_role(row: QualityRow) -> str:
    if row.low is not None and row.low > 0:
        return AI
    return TRADITIONAL if row.high is not None and row.high < 0 else UNCLEAR


def _plain(row: DotRow, domain: tuple[float, float]) -> dict[str, Any]:
    """A row as the chart needs it; what lies outside the scale is cut at its end."""

    def inside(value: float | None) -> float | None:
        return None if value is None else min(max(value, domain[0]), domain[1])

    return {
        "name": row.name,
        "ratio": inside(row.ratio),
        "low_shown": inside(row.low),
        "high_shown": inside(row.high),
        "role": ROLE[row.verdict],
        "says": verdict_words(row.verdict, row.ratio),
        "span": interval_words(row.ratio, row.low, row.high),
        "counts": row.counts,
    }


def _names(names: Sequence[str], pixels: int = NAME_PIXELS) -> "alt.Y":
    import altair as alt

    axis = alt.Axis(labelOpacity=1, minExtent=pixels, maxExtent=pixels, labelLimit=pixels)
    return alt.Y("name:N", title=None, scale=alt.Scale(domain=list(names)), axis=axis)


def _words_beside(base: "alt.Chart", y: "alt.Y") -> "list[alt.Chart]":
    import altair as alt

    words = base.mark_text(align="left", dx=WORDS_AT, fontWeight=600)
    span = base.mark_text(align="left", dx=SPAN_AT, fontSize=12.5)
    counts = base.mark_text(align="left", dx=COUNTS_AT, fontSize=12.5)
    return [
        words.encode(x=alt.value("width"), y=y, text="says:N", color=role("ink")),
        span.encode(x=alt.value("width"), y=y, text="span:N", color=role("muted")),
        counts.encode(x=alt.value("width"), y=y, text="counts:N", color=role("muted")),
    ]


def _ends(domain: tuple[float, float], x: "alt.X", left: str, right: str, field: str = "ratio") -> "list[alt.Chart]":
    """What either half of the plane means, above it."""
    import altair as alt

    begins = alt.Chart(rows_of([{field: domain[0], "words": left}])).mark_text(align="left", fontWeight=600)
    ends = alt.Chart(rows_of([{field: domain[1], "words": right}])).mark_text(align="right", fontWeight=600)
    return [each.encode(x=x, y=alt.value(-36), text="words:N", color=role("ink")) for each in (begins, ends)]
