"""Charts of a bid: the same shots by other mixes, and the departments."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from analytics.bidding.bid_sums import DepartmentSum
from analytics.bidding.documents.bid_words import artist_weeks, rounded, rounded_pair
from analytics.bidding.mix_ranges import MixRange
from dashboards.app_pages.bid.words import MIXES, department_words
from dashboards.look.chart_parts import AI, TRADITIONAL, by_role, dressed, layered, role, rows_of
from dashboards.look.drawn_charts import drawn_once

if TYPE_CHECKING:
    import altair as alt

_MILLIONS = "datum.value >= 1e6 ? format(datum.value / 1e6, '.1~f') + ' M' : format(datum.value, ',.0f')"
_ROLES = {"traditional": TRADITIONAL, "ai": AI}


@drawn_once
def mix_ranges_chart(mixes: Sequence[MixRange], mix: str, currency: str) -> "alt.LayerChart":
    """A bar for each mix from one in ten below to one in ten above, a tick at the middle."""
    import altair as alt

    rows: list[dict[str, Any]] = []
    for each in mixes:
        if each.cost is None:
            continue
        low, high = rounded_pair(each.cost.p10, each.cost.p90)
        chance = "" if each.cheaper_chance is None else f"cheaper in {_of_hundred(each.cheaper_chance)}"
        rows.append(
            {
                "mix": MIXES[each.mix] + (", this bid" if each.mix == mix else ""),
                "p10": float(each.cost.p10), "p50": float(each.cost.p50), "p90": float(each.cost.p90),
                "role": _ROLES.get(each.mix, "ink"), "says": rounded(each.cost.p50), "span": f"{low} to {high}",
                "ai": f"{each.ai_shots:,.0f} by AI", "chance": chance,
            }
        )  # fmt: skip
    names = [row["mix"] for row in rows]
    y = alt.Y("mix:N", sort=names, title=None, axis=alt.Axis(minExtent=205, maxExtent=205, labelOpacity=1))
    x = alt.X(
        "p10:Q", title=None, scale=alt.Scale(domainMin=0),
        axis=alt.Axis(labelExpr=_MILLIONS, tickCount=5, gridOpacity=0.5, orient="top"),
    )  # fmt: skip
    tips = [
        alt.Tooltip("mix:N", title="mix"), alt.Tooltip("span:N", title=f"8 in 10, {currency}"),
        alt.Tooltip("says:N", title="middle"), alt.Tooltip("ai:N", title="shots"),
        alt.Tooltip("chance:N", title="against all traditional"),
    ]  # fmt: skip
    base = alt.Chart(rows_of(rows))
    return dressed(
        layered(
            base.mark_bar(height=14, cornerRadius=7, opacity=0.45).encode(
                x=x, x2="p90:Q", y=y, color=by_role(), tooltip=tips
            ),
            base.mark_tick(thickness=4, size=24, orient="vertical").encode(x=alt.X("p50:Q"), y=y, color=by_role(),
                                                                           tooltip=tips),
            _beside(base, y, "says:N", 12, bold=True),
            _beside(base, y, "ai:N", 96),
            _beside(base, y, "chance:N", 168),
        ).properties(height=alt.Step(38))
    )  # fmt: skip


@drawn_once
def departments_chart(departments: Sequence[DepartmentSum], currency: str) -> "alt.LayerChart":
    """Artist-weeks of each department: bar from one in ten below to one in ten above, tick at the middle."""
    import altair as alt

    rows: list[dict[str, Any]] = [
        {
            "department": department_words(each.department),
            "p10": each.artist_weeks.p10, "p50": each.artist_weeks.p50, "p90": each.artist_weeks.p90,
            "weeks": artist_weeks(each.people_hours.p50),
            "span": f"{artist_weeks(each.people_hours.p10)}\u2013{artist_weeks(each.people_hours.p90)}",
            "money": "no price" if each.amount is None else f"{rounded(each.amount)}",
        }
        for each in departments
    ]  # fmt: skip
    y = alt.Y(
        "department:N", sort=[row["department"] for row in rows], title=None,
        axis=alt.Axis(minExtent=130, maxExtent=130, labelOpacity=1),
    )  # fmt: skip
    x = alt.X(
        "p10:Q", title=None, scale=alt.Scale(domainMin=0),
        axis=alt.Axis(tickCount=5, gridOpacity=0.5, orient="top", labelExpr="format(datum.value, ',.0f') + ' wk'"),
    )  # fmt: skip
    tips = [
        alt.Tooltip("department:N"), alt.Tooltip("span:N", title="artist-weeks, 8 in 10"),
        alt.Tooltip("weeks:N", title="middle"), alt.Tooltip("money:N", title=f"mean, {currency}"),
    ]  # fmt: skip
    base = alt.Chart(rows_of(rows))
    return dressed(
        layered(
            base.mark_bar(height=12, cornerRadius=6, opacity=0.35).encode(
                x=x, x2="p90:Q", y=y, color=role("muted"), tooltip=tips
            ),
            base.mark_tick(thickness=3, size=20, orient="vertical").encode(
                x=alt.X("p50:Q"), y=y, color=role("ink"), tooltip=tips
            ),
            _beside(base, y, "weeks:N", 12, bold=True),
            _beside(base, y, "span:N", 52),
            _beside(base, y, "money:N", 130, bold=True),
        ).properties(height=alt.Step(30))
    )  # fmt: skip


def _of_hundred(share: float) -> str:
    """A share of outcomes; what some thousand outcomes cannot tell from certain is not called certain."""
    if not 0.005 <= share <= 0.995:
        return "over 99 of 100" if share > 0.5 else "under 1 of 100"
    return f"{100 * share:.0f} of 100"


def _beside(base: "alt.Chart", y: "alt.Y", field: str, pixels: int, *, bold: bool = False) -> "alt.Chart":
    """Words right of the plot."""
    import altair as alt

    words = base.mark_text(align="left", dx=pixels, fontWeight=600 if bold else "normal")
    chart: alt.Chart = words.encode(x=alt.value("width"), y=y, text=field, color=role("ink" if bold else "muted"))
    return chart
