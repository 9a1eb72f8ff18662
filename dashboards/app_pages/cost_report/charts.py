"""Charts of the cost report: the burn-up with its fan, what moved the estimate, and the shots likeliest to go over."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from analytics.bidding.running.bridge import bridge
from analytics.bidding.running.report_words import amount
from analytics.bidding.running.running_report import RunningReport, UnitReport
from analytics.estimation.running.exposure import ShotExposure
from dashboards.app_pages.cost_report.head import chance, day_words
from dashboards.look.chart_parts import by_role, dressed, layered, role, rows_of
from dashboards.look.drawn_charts import drawn_once

if TYPE_CHECKING:
    import altair as alt

_WEEK_END = timedelta(days=6)
AMOUNT_LABELS = (
    "datum.value >= 1e6 ? format(datum.value / 1e6, '.3~f') + ' M' : "
    "datum.value >= 1e3 ? format(datum.value / 1e3, ',.0f') + ' k' : format(datum.value, ',.0f')"
)


@drawn_once
def burn_up_chart(report: RunningReport, unit: UnitReport) -> "alt.LayerChart":
    """Planned, spent and foretold, added up by week; the budget as a line across."""
    import altair as alt

    weeks = [
        {"day": _instant(week.week_on + _WEEK_END), "planned": _number(week.planned)}
        for week in unit.burn_up
        if week.planned is not None
    ]
    spent = [
        {"day": _instant(min(week.week_on + _WEEK_END, report.on)), "actual": _number(week.actual)}
        for week in unit.burn_up
        if week.actual is not None
    ]
    fan = [
        {
            "day": _instant(week.week_on + _WEEK_END), "p10": _number(week.p10), "p50": _number(week.p50),
            "p90": _number(week.p90), "says": f"{amount(week.p10, unit, with_unit=False)} to {amount(week.p90, unit)}",
        }
        for week in unit.burn_up
        if week.p10 is not None and week.p90 is not None and week.week_on + _WEEK_END > report.on
    ]  # fmt: skip
    if fan and spent:
        now = spent[-1]["actual"]
        fan.insert(0, {"day": _instant(report.on), "p10": now, "p50": now, "p90": now, "says": "spent"})
    last = max(str(each["day"]) for each in (*weeks, *fan, *spent))
    x = alt.X("day:T", title=None, axis=alt.Axis(format="%-d %b", tickCount=9, grid=False, labelFlush=True))
    y = alt.Y("actual:Q", title=None, axis=alt.Axis(labelExpr=AMOUNT_LABELS, gridOpacity=0.5, tickCount=6))
    layers: list[Any] = []
    if unit.total.budget is not None:
        line = rows_of(
            [{"actual": _number(unit.total.budget), "t": f"locked budget {amount(unit.total.budget, unit)}"}]
        )
        layers += [
            alt.Chart(line).mark_rule(strokeWidth=1.5).encode(y=y, color=role("ink")),
            alt.Chart(line)
            .mark_text(align="left", baseline="bottom", dx=6, dy=-5, fontWeight=600)
            .encode(x=alt.value(0), y=y, text="t:N", color=role("ink")),
        ]
    if fan:
        base = alt.Chart(rows_of(fan))
        tips = [
            alt.Tooltip("day:T", title="Week to", format="%-d %b %Y"),
            alt.Tooltip("says:N", title="8 in 10 outcomes"),
        ]
        layers += [
            base.mark_area(opacity=0.28).encode(x=x, y=alt.Y("p10:Q"), y2="p90:Q", color=role("muted"), tooltip=tips),
            base.mark_line(strokeWidth=2, strokeDash=[2, 3]).encode(x=x, y=alt.Y("p50:Q"), color=role("ink")),
        ]
        end, total = fan[-1]["day"], unit.total
        # The mean adds up over shots and is what is reported; the middle outcome lies below it where outcomes are skew.
        ends = [(total.efc, f"EFC {amount(total.efc, unit, with_unit=False)}", True, 0)]
        ends += [
            (value, amount(value, unit, with_unit=False), False, apart)
            for value, apart in ((total.efc_p10, 7), (total.efc_p90, -7))
            if value is not None
        ]
        for value, words, is_efc, apart in ends:
            at = alt.Chart(rows_of([{"day": end, "value": _number(value), "t": words}])).encode(x=x, y=alt.Y("value:Q"))
            layers.append(
                at.mark_text(align="left", dx=9, dy=apart, fontWeight="bold" if is_efc else "normal").encode(
                    text="t:N", color=role("ink" if is_efc else "muted")
                )
            )
            if is_efc:
                layers.append(at.mark_point(filled=True, shape="diamond", size=80, opacity=1).encode(color=role("ink")))
    if weeks:
        layers.append(
            alt.Chart(rows_of(weeks))
            .mark_line(strokeWidth=2, strokeDash=[7, 5])
            .encode(x=x, y=alt.Y("planned:Q"), color=role("muted"))
        )
        layers.append(
            alt.Chart(rows_of([{**weeks[len(weeks) // 2], "t": "due by then"}]))
            .mark_text(align="left", baseline="top", dx=8, dy=6, fontStyle="italic")
            .encode(x=x, y=alt.Y("planned:Q"), text="t:N", color=role("muted"))
        )
    if spent:
        said = f"spent {amount(unit.total.actual, unit, with_unit=False)}, {day_words(report.on)}"
        tips = [
            alt.Tooltip("day:T", title="To", format="%-d %b %Y"),
            alt.Tooltip("actual:Q", title="Spent", format=",.0f"),
        ]
        layers += [
            alt.Chart(rows_of(spent)).mark_line(strokeWidth=3).encode(x=x, y=y, color=role("ink"), tooltip=tips),
            alt.Chart(rows_of([spent[-1]]))
            .mark_point(filled=True, size=90, opacity=1)
            .encode(x=x, y=y, color=role("ink")),
            alt.Chart(rows_of([{**spent[-1], "t": said}]))
            .mark_text(align="right", baseline="bottom", dx=-9, dy=-4, fontWeight=600)
            .encode(x=x, y=y, text="t:N", color=role("ink")),
        ]
    # Room at the right for the words at the end of the lines.
    room = rows_of([{"day": last, "actual": 0}])
    layers.append(alt.Chart(room).mark_point(opacity=0, aria=False).encode(x=x, y=y))
    chart = layered(*layers).properties(height=340)
    return dressed(chart.properties(padding={"left": 2, "right": 6, "top": 6, "bottom": 4}))


@drawn_once
def bridge_chart(report: RunningReport, unit: UnitReport) -> "alt.LayerChart":
    """From the last estimate to this one, cause by cause; dearer dark, cheaper grey."""
    import altair as alt

    steps = bridge(unit)
    rows: list[dict[str, Any]] = [
        _whole(f"EFC on {day_words(report.since)}", unit.efc_before or Decimal(0), unit),
        *(
            {
                "name": step.move.cause.value, "begins": _number(step.begins), "ends": _number(step.ends),
                "role": "ink" if step.move.change > 0 else "Can't tell",
                "says": _signed(step.move.change, unit),
                "n": f"{step.move.shot_count} shots", "right": max(_number(step.begins), _number(step.ends)),
            }
            for step in steps
        ),
        _whole(f"EFC on {day_words(report.on)}", unit.total.efc, unit),
    ]  # fmt: skip
    values = [row[field] for row in rows for field in ("begins", "ends")]
    low, high = min(values), max(values)
    margin = (high - low) * 0.12 or 1.0
    y = alt.Y("name:N", sort=[row["name"] for row in rows], title=None, axis=alt.Axis(minExtent=210, labelLimit=210))
    x = alt.X(
        "begins:Q",
        title=None,
        scale=alt.Scale(domain=[low - margin, high + 4 * margin], nice=False),
        axis=alt.Axis(labelExpr=AMOUNT_LABELS, gridOpacity=0.5, orient="top", tickCount=4),
    )
    base = alt.Chart(rows_of(rows))
    tips = [
        alt.Tooltip("name:N", title="Cause"),
        alt.Tooltip("says:N", title="Moved it by"),
        alt.Tooltip("n:N", title="On"),
    ]
    return dressed(
        layered(
            base.transform_filter("!datum.is_whole")
            .mark_bar(height=15, cornerRadius=2)
            .encode(x=x, x2="ends:Q", y=y, color=by_role(), tooltip=tips),
            base.transform_filter("datum.is_whole")
            .mark_tick(thickness=4, size=24, orient="vertical")
            .encode(x=x, y=y, color=role("ink"), tooltip=tips),
            base.mark_text(align="left", dx=6, fontWeight=600).encode(
                x=alt.X("right:Q"), y=y, text="says:N", color=role("ink")
            ),
        ).properties(height=alt.Step(30))
    )


@drawn_once
def exposure_chart(unit: UnitReport, exposed: Sequence[ShotExposure]) -> "alt.LayerChart":
    """What is spent, where 8 in 10 outcomes end, and the budget, one shot a row."""
    import altair as alt

    rows: list[dict[str, Any]] = [
        {
            "name": shot.name, "actual": _number(shot.actual), "low": _number(shot.efc_p10),
            "high": _number(shot.efc_p90),
            "budget": None if shot.budget is None else _number(shot.budget), "zero": 0,
            "says": f"{amount(shot.overrun, unit, with_unit=False)} over",
            "chance": f"{chance(shot.chance_over)} likely" if shot.budget is not None else "in no budget",
            "range": f"{amount(shot.efc_p10, unit, with_unit=False)} to {amount(shot.efc_p90, unit)}",
            "standing": shot.standing.value,
            "held": "none" if shot.budget is None else amount(shot.budget, unit),
            "spent": amount(shot.actual, unit),
        }
        for shot in exposed
    ]  # fmt: skip
    y = alt.Y("name:N", sort=[row["name"] for row in rows], title=None, axis=alt.Axis(minExtent=150, labelLimit=150))
    x = alt.X(
        "low:Q",
        title=None,
        scale=alt.Scale(domainMin=0),
        axis=alt.Axis(labelExpr=AMOUNT_LABELS, gridOpacity=0.5, orient="top", tickCount=6),
    )
    base = alt.Chart(rows_of(rows))
    tips = [
        alt.Tooltip("name:N", title="Shot"),
        alt.Tooltip("standing:N", title="Stands"),
        alt.Tooltip("held:N", title="Budget"),
        alt.Tooltip("spent:N", title="Spent"),
        alt.Tooltip("range:N", title="8 in 10 end at"),
        alt.Tooltip("chance:N", title="Chance to go over"),
    ]
    budgeted = base.transform_filter("datum.budget !== null")
    return dressed(
        layered(
            base.mark_bar(height=14, cornerRadius=3, opacity=0.32).encode(
                x=x, x2="high:Q", y=y, color=role("muted"), tooltip=tips
            ),
            base.mark_bar(height=6).encode(
                x=alt.X("zero:Q"), x2="actual:Q", y=y, color=role("Can't tell"), tooltip=tips
            ),
            budgeted.mark_tick(thickness=3, size=22, orient="vertical").encode(
                x=alt.X("budget:Q"), y=y, color=role("ink"), tooltip=tips
            ),
            base.mark_text(align="left", dx=12, fontWeight=600).encode(
                x=alt.value("width"), y=y, text="says:N", color=role("ink")
            ),
            base.mark_text(align="left", dx=108).encode(
                x=alt.value("width"), y=y, text="chance:N", color=role("muted")
            ),
        ).properties(height=alt.Step(28))
    )


def _whole(name: str, value: Decimal, unit: UnitReport) -> dict[str, Any]:
    return {
        "name": name, "begins": _number(value), "ends": _number(value), "role": "ink",
        "says": amount(value, unit), "n": "all", "right": _number(value), "is_whole": True,
    }  # fmt: skip


def _signed(change: Decimal, unit: UnitReport) -> str:
    return f"{'+' if change > 0 else '−'}{amount(abs(change), unit, with_unit=False)}"


def _instant(day: date) -> str:
    """Local midnight: a date alone would be read as midnight in UTC, which is another day in America."""
    return f"{day}T00:00:00"


def _number(value: Decimal | None) -> float:
    return float(value or 0)
