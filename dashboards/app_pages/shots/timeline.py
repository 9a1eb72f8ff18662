"""The days of a shot: who worked when and how long, when versions came, what reviews said, when it was due."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from analytics.costing.cost_steps import spoken_department
from analytics.ledger.found_shots import FoundShot, Standing
from analytics.ledger.shot_life import DepartmentSpan, ShotLife
from analytics.vocabulary.workflow import Workflow
from dashboards.app_pages.shots.wording import day_words
from dashboards.look import cards
from dashboards.look.chart_parts import by_role, dressed, layered, role, rows_of
from dashboards.look.downloads import csv_link, show_chart
from dashboards.look.drawn_charts import drawn_once

if TYPE_CHECKING:
    import altair as alt

MOST_TICKS = 9
ROW_PIXELS = 26
NAME_PIXELS = 150
ROOM_RIGHT = 0.16
"""Of the days shown: what stays free on the right for the words beside the bars."""

A_DAY = timedelta(days=1)
VERSIONS, REVIEWS = "Versions", "Reviews"
_DECISIONS = {"approved": "approved", "retake": "retake asked for", "omit": "omitted"}


def show_timeline(shot: FoundShot, life: ShotLife) -> None:
    """The chart with its heading; words where nothing has happened."""
    title = "Its days, and the hours of each department"
    spans = life.departments
    if not spans and not life.versions:
        cards.show(cards.section(title, "Nothing was booked, rendered or reviewed for it yet."))
        return
    said = "A bar runs from a department's first day with hours to its last; the hours beside it are touch time."
    cards.show(cards.section(title, said))
    first, last = _ends(shot, life)
    spoken = "; ".join(
        f"{_name(span, life)} {span.people_hours:,.1f} h from {day_words(span.first_on)} to {day_words(span.last_on)}"
        for span in spans
    )
    show_chart(timeline(shot, life, first, last), name=f"{shot.code}-days", alt=f"Days of {shot.code}: {spoken}")
    cards.show(csv_link(department_rows(spans), name=f"{shot.code}-hours"))


def department_rows(spans: Sequence[DepartmentSpan]) -> list[dict[str, Any]]:
    """Hours by department, for a CSV."""
    return [
        {
            "workflow": span.workflow and span.workflow.value,
            "department": span.department,
            "first_on": span.first_on,
            "last_on": span.last_on,
            "days_with_hours": span.day_count,
            "people_hours": span.people_hours,
            "work_entries": span.entry_count,
            "vendors": "; ".join(span.vendors),
            "origins": "; ".join(span.origins),
        }
        for span in spans
    ]


@drawn_once
def timeline(shot: FoundShot, life: ShotLife, first: date, last: date) -> "alt.LayerChart":
    """The chart.

    Parameters
    ----------
    first, last
        Days that it begins and ends with.
    """
    import altair as alt

    names = [_name(span, life) for span in life.departments]
    names += [VERSIONS] if any(version.render_count for version in life.versions) else []
    names += [REVIEWS] if any(version.decisions for version in life.versions) else []
    ends_at = last + timedelta(days=max(2, round(ROOM_RIGHT * (last - first).days)))
    x = alt.X(
        "from:T",
        title=None,
        scale=alt.Scale(type="utc", domain=[_at(first), _at(ends_at)], nice=False),
        axis=alt.Axis(format="%-d %b", values=_ticks(first, ends_at), gridOpacity=0.5, labelOverlap="greedy"),
    )
    y = alt.Y(
        "row:N",
        title=None,
        scale=alt.Scale(domain=names),
        axis=alt.Axis(minExtent=NAME_PIXELS, maxExtent=NAME_PIXELS),
    )
    bars = alt.Chart(rows_of(_bars(life)))
    tips = [alt.Tooltip("row:N", title="department"), alt.Tooltip("hours:N"), alt.Tooltip("days:N", title="when")]
    layers = [
        *_rules(shot, x),
        bars.mark_bar(height=13, cornerRadius=2).encode(x=x, x2="to:T", y=y, color=by_role(), tooltip=tips),
        bars.mark_text(align="left", dx=6).encode(x=alt.X("to:T"), y=y, text="hours:N", color=role("ink")),
    ]
    if rows := _versions(life):
        ticks = alt.Chart(rows_of(rows)).mark_point(shape="stroke", angle=90, size=150, strokeWidth=2.2)
        layers.append(ticks.encode(x=x, y=y, color=by_role(), tooltip=[alt.Tooltip("says:N", title="version")]))
    if rows := _reviews(life):
        base = alt.Chart(rows_of(rows)).encode(x=x, y=y, tooltip=[alt.Tooltip("says:N", title="review")])
        approved = base.transform_filter("datum.decision == 'approved'")
        returned = base.transform_filter("datum.decision != 'approved'")
        layers.append(approved.mark_point(shape="circle", size=90, filled=True, aria=False).encode(color=role("ink")))
        crosses = returned.mark_point(shape="cross", angle=45, size=110, filled=True, aria=False)
        layers.append(crosses.encode(color=role("muted")))
        lasts = alt.Chart(rows_of([max(rows, key=lambda row: int(row["from"]))]))
        layers.append(lasts.mark_text(align="left", dx=9).encode(x=x, y=y, text="words:N", color=role("muted")))
    return dressed(layered(*layers).properties(height=alt.Step(ROW_PIXELS)))


def _rules(shot: FoundShot, x: "alt.X") -> "list[alt.Chart]":
    """Days that matter, as lines with their words on top: due and final in the middle of their days."""
    import altair as alt

    days: list[dict[str, Any]] = []
    if shot.turnover_on:
        days.append(
            {"from": _at(shot.turnover_on), "words": f"turnover {_short(shot.turnover_on)}", "role": "muted", "line": 0}
        )
    if shot.due_on and shot.status is not Standing.OMITTED:
        late = shot.status is Standing.LATE or (shot.days_late or 0) > 0
        days.append(
            {
                "from": _noon(shot.due_on),
                "words": f"due {_short(shot.due_on)}",
                "role": "alarm" if late else "muted",
                "line": 1,
            }
        )
    if shot.final_on and shot.status is Standing.FINAL:
        days.append({"from": _noon(shot.final_on), "words": f"final {_short(shot.final_on)}", "role": "ink", "line": 0})
    base = alt.Chart(rows_of(days))
    return [
        base.mark_rule(strokeWidth=1.4, strokeDash=[4, 3], aria=False).encode(x=x, color=by_role()),
        *(
            base.transform_filter(f"datum.line == {line}")
            .mark_text(align="left", dx=4, baseline="bottom", aria=False)
            .encode(x=x, y=alt.value(-2 - 15 * line), text="words:N", color=by_role())
            for line in (0, 1)
        ),
    ]


def _bars(life: ShotLife) -> list[dict[str, Any]]:
    return [
        {
            "row": _name(span, life),
            "from": _at(span.first_on),
            "to": _at(span.last_on + A_DAY),
            "hours": f"{span.people_hours:,.1f} h",
            "days": f"{day_words(span.first_on)} to {day_words(span.last_on)}, {span.day_count} with hours",
            "role": span.workflow.label if span.workflow in (Workflow.AI, Workflow.TRADITIONAL) else "Can't tell",
        }
        for span in life.departments
    ]


def _versions(life: ShotLife) -> list[dict[str, Any]]:
    return [
        {
            "row": VERSIONS,
            "from": _at(version.first_on),
            "says": f"v{version.number:03d}" if version.number is not None else "no number",
            "role": version.workflow.label if version.workflow in (Workflow.AI, Workflow.TRADITIONAL) else "Can't tell",
        }
        for version in life.versions
        if version.render_count and version.first_on
    ]


def _reviews(life: ShotLife) -> list[dict[str, Any]]:
    return [
        {
            "row": REVIEWS,
            "from": int(decision.reviewed_at.timestamp() * 1000),
            "decision": decision.decision,
            "words": _DECISIONS.get(decision.decision, decision.decision),
            "says": f"{decision.decision}, {day_words(decision.reviewed_at.date())}",
        }
        for version in life.versions
        for decision in version.decisions
    ]


def _name(span: DepartmentSpan, life: ShotLife) -> str:
    """The department; with its workflow where the shot was in several."""
    several = len({each.workflow for each in life.departments}) > 1
    spoken = spoken_department(span.department)
    if not several:
        return spoken
    return f"{spoken}, {span.workflow.label if span.workflow else 'no workflow'}"


def _ends(shot: FoundShot, life: ShotLife) -> tuple[date, date]:
    days = [day for span in life.departments for day in (span.first_on, span.last_on + A_DAY)]
    days += [version.first_on for version in life.versions if version.first_on]
    days += [decision.reviewed_at.date() for version in life.versions for decision in version.decisions]
    days += [shot.turnover_on] if shot.turnover_on else []
    days += [day + A_DAY for day in (shot.due_on, shot.final_on) if day]
    return min(days), max(days)


def _ticks(first: date, last: date) -> "list[alt.DateTime]":
    """Whole days: an axis left to itself would write the same day several times over a short shot."""
    import altair as alt

    step = max(1, -(-(last - first).days // MOST_TICKS))
    days = [first + timedelta(days=count) for count in range(0, (last - first).days + 1, step)]
    return [alt.DateTime(year=day.year, month=day.month, date=day.day, utc=True) for day in days]


def _short(day: date) -> str:
    return f"{day.day} {day:%b}"


def _noon(day: date) -> int:
    return (_at(day) + _at(day + A_DAY)) // 2


def _at(day: date) -> int:
    """Milliseconds since 1970: a text would be read in the reader's own time zone, a day off for half of the world."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000)
