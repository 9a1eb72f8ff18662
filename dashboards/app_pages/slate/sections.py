"""The charts of the slate with their words: by kind and production, by quarter, and quality in the same order."""

from collections.abc import Sequence
from dataclasses import asdict
from html import escape

import streamlit as st

from analytics.comparison.slate.clock_comparison import ClockComparison
from analytics.comparison.slate.kind_words import kind_words
from analytics.comparison.slate.pooling import GroupRatio
from analytics.comparison.slate.quality_by_kind import KindQuality, points_words, quality_words
from analytics.comparison.slate.slate_headline import MEASURES, change_words
from analytics.comparison.slate.slate_overview import SlateOverview
from dashboards.app_pages.slate import charts, head
from dashboards.look.cards import section, show
from dashboards.look.downloads import chart_links, csv_link, draw
from dashboards.look.drawn_charts import DrawnChart

PRODUCTIONS_SHOWN = 30
"""More rows than that are no chart; the CSV holds them all."""


def charts_section(clock: ClockComparison) -> None:
    """By kind of shot and by production, on one scale."""
    if clock.kinds is None or clock.productions is None:
        show('<p class="slate-key">Too few shots to tell kinds or productions apart.</p>')
        return
    kinds = sorted(clock.kinds.groups, key=_by_ratio)
    productions = sorted(clock.productions.groups, key=_by_ratio)
    largest = sorted(productions, key=lambda each: -each.n_ai)[:PRODUCTIONS_SHOWN]
    shown = [each for each in productions if each in largest]
    rows = [_dot(kind_words(each.group), each) for each in kinds]
    production_rows = [_dot(each.group, each) for each in shown]
    domain = charts.ratio_domain([*rows, *production_rows])
    show(head.key_to_marks())
    for title, name, dots, groups in (
        ("By kind of shot", "slate-by-kind", rows, kinds),
        ("By production", "slate-by-production", production_rows, productions),
    ):
        more = f", the {PRODUCTIONS_SHOWN} with most AI shots of {len(groups)}" if len(groups) > len(dots) else ""
        show(f'<h3 class="sl-side">{title}<small>a typical shot, like for like{more}</small></h3>')
        rows_of_file = _group_rows(groups, clock)
        _chart(charts.ratio_dots(dots, domain), name, _spoken(title, clock, dots), rows_of_file)


def _chart(chart: DrawnChart, name: str, spoken: str, rows: Sequence[dict[str, object]]) -> None:
    """A chart with what can be taken away of it on one line."""
    with st.container(key=f"chart_{name.replace('-', '_')}", gap=None):
        draw(chart, alt=spoken)
        show(f'<div class="slate-take">{chart_links(chart, name=name)}{csv_link(rows, name=name)}</div>')


def _dot(name: str, group: GroupRatio) -> charts.DotRow:
    return charts.DotRow(name, group.ratio, group.low, group.high, f"n {group.n_ai:,} / {group.n_traditional:,}")


def _by_ratio(group: GroupRatio) -> tuple[bool, float]:
    return group.ratio is None, group.ratio or 0.0


def _spoken(title: str, clock: ClockComparison, dots: Sequence[charts.DotRow]) -> str:
    rows = "; ".join(
        f"{each.name} {change_words(each.ratio)}" if each.ratio is not None else f"{each.name} too few shots"
        for each in dots
    )
    return f"{title}: AI against traditional in {MEASURES[clock.clock]}, with 95% intervals. {rows}"


def _group_rows(groups: Sequence[GroupRatio], clock: ClockComparison) -> list[dict[str, object]]:
    return [
        {
            "group": each.group, "clock": clock.clock.value, "ratio_ai_over_traditional": each.ratio, "low": each.low,
            "high": each.high, "ratio_of_its_own_shots": each.own_ratio, "n_ai": each.n_ai,
            "n_traditional": each.n_traditional,
        }
        for each in groups
    ]  # fmt: skip


def trend_section(clock: ClockComparison) -> None:
    """The ratio by quarter, with the learning curve where one is shown."""
    said = f"AI against traditional in {MEASURES[clock.clock]}, by the quarter in which AI work began."
    curve = clock.learning
    if curve is not None:
        interval = f"{_percent(curve.low)} to {_percent(curve.high)}"
        said += (
            f" Each doubling of AI shots {'lowers' if curve.learning_rate > 0 else 'raises'} it by "
            f"{_percent(abs(curve.learning_rate))} (95% interval {interval})."
            if curve.shown
            else f" No learning is shown: each doubling of AI shots saves anything from {interval}."
        )
    show(section("Trend and learning", said))
    if not clock.quarters:
        show('<p class="slate-key">Too few AI shots say when they were begun.</p>')
        return
    quarters = "; ".join(f"{each.quarter} {each.ratio:.2f}" for each in clock.quarters if each.ratio is not None)
    shown = curve if curve is not None and curve.shown else None
    spoken = f"Ratio of AI to traditional by quarter: {quarters}"
    _chart(charts.trend(clock.quarters, shown), "slate-trend", spoken, [asdict(each) for each in clock.quarters])


def _percent(share: float) -> str:
    percent = round(100 * share)
    return f"{'−' if percent < 0 else ''}{abs(percent)}%"


def quality_section(found: SlateOverview, clock: ClockComparison) -> None:
    """First reviews by kind of shot, in the order of the chart of ratios."""
    show(
        section(
            "Quality beside cost",
            "By how many points of a hundred more or fewer AI shots pass their first review than traditional shots as "
            "complex as they are.",
        )
    )
    known = {each.kind: each for each in found.quality}
    order = [each.group for each in sorted(clock.kinds.groups, key=_by_ratio)] if clock.kinds else []
    kinds = [known[kind] for kind in dict.fromkeys([*order, *known]) if kind in known]
    if not any(each.difference is not None for each in kinds):
        show('<p class="slate-key">Too few reviews are on record on one of the sides.</p>')
        return
    rows = [_quality_row(each) for each in kinds]
    spoken = "; ".join(f"{row.name} {row.says}" for row in rows)
    said = f"First review passed, by kind of shot: {spoken}"
    _chart(charts.quality_dots(rows), "slate-quality", said, _quality_rows(kinds))
    blind = [each for each in kinds if each.blind is not None]
    if blind:
        show(f'<p class="slate-key">{escape(" ".join(_blind_words(each) for each in blind))}</p>')


def quality_line(found: SlateOverview) -> str:
    """What the head says of quality, whatever clock is shown."""
    if not any(each.difference is not None for each in found.quality):
        return "Too few reviews are on record to say whether AI shots are as good."
    return quality_words(found.quality)


def _quality_row(each: KindQuality) -> charts.QualityRow:
    says = "too few reviews"
    if each.difference is not None and each.low is not None and each.high is not None:
        # Not the shares of either side: those are of easy shots more often where they are AI's.
        says = points_words(each.difference) if each.low > 0 or each.high < 0 else "can’t tell"
    counts = f"n {each.ai.n if each.ai else 0:,} / {each.traditional.n if each.traditional else 0:,}"
    return charts.QualityRow(kind_words(each.kind), each.difference, each.low, each.high, says, counts)


def _quality_rows(kinds: Sequence[KindQuality]) -> list[dict[str, object]]:
    return [
        {
            "kind": each.kind, "difference_of_first_time_shares": each.difference, "low": each.low, "high": each.high,
            **{
                f"{arm}_{name}": getattr(side, name) if side is not None else None
                for arm, side in (("ai", each.ai), ("traditional", each.traditional))
                for name in ("n", "first_time_share", "retakes_per_shot")
            },
        }
        for each in kinds
    ]  # fmt: skip


def _blind_words(each: KindQuality) -> str:
    blind = each.blind
    assert blind is not None
    decided = blind.ai_count + blind.traditional_count
    share = "" if blind.ai_share is None else f" ({blind.low:.0%}–{blind.high:.0%})"
    return (
        f"Blind reviews of {kind_words(each.kind).lower()}: AI preferred in {blind.ai_count} of {decided}{share}, "
        f"{blind.neither_count} undecided, {blind.reviewer_count} reviewers."
    )
