"""How far AI got on our shots by each clock, beside how far it is claimed to get."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from analytics.comparison.claims.auditing import ClaimAudit, ClockAudit
from analytics.comparison.claims.claim_words import figure_words
from analytics.comparison.slate.results import Verdict
from dashboards.app_pages.claims.wording import clock_name, result_of, took_words, verdict_name
from dashboards.look.chart_parts import (
    AI,
    TRADITIONAL,
    UNCLEAR,
    by_role,
    dressed,
    interval_dots,
    layered,
    role,
    rows_of,
)
from dashboards.look.drawn_charts import drawn_once

if TYPE_CHECKING:
    import altair as alt

ROW_PIXELS = 64
WORDS_AT = 14
TICKS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10)
FINER_TICKS = (0.5, 0.75, 1, 1.25, 1.5, 2)
"""Where the whole scale lies above a third."""
TICK_WORDS = (
    "{'0.005': 'a 200th', '0.01': 'a 100th', '0.02': 'a 50th', '0.05': 'a 20th', '0.1': 'a tenth', '0.2': 'a fifth', "
    "'0.5': 'half', '0.75': 'three quarters', '1': 'the same', '1.25': 'a quarter more', '1.5': 'half more', "
    "'2': 'double', '5': '5 times', '10': '10 times'}[datum.value] || ''"
)
ROLE = {
    Verdict.AI_NEEDS_LESS: AI,
    Verdict.AI_NEEDS_MORE: TRADITIONAL,
    Verdict.NO_DIFFERENCE_SHOWN: UNCLEAR,
    Verdict.CANNOT_BE_TOLD: UNCLEAR,
}


@drawn_once
def claimed_and_taken(audit: ClaimAudit) -> "alt.LayerChart":
    """A row for each clock that the claim can mean: our ratio with its interval, and what of the scale is claimed."""
    import altair as alt

    assert audit.claim.figure is not None
    claimed = audit.claim.figure.ratios
    clocks = [each for each in audit.clocks if each.could_be_meant]
    low, high = _domain(clocks, claimed)
    rows = [_row(each, low, high) for each in clocks]
    ticks = FINER_TICKS if low > 1 / 3 else TICKS
    x = alt.X(
        "ratio:Q",
        title=None,
        scale=alt.Scale(type="log", domain=[low, high], nice=False),
        axis=alt.Axis(
            values=[tick for tick in ticks if low <= tick <= high], labelExpr=TICK_WORDS, gridOpacity=0.45,
            orient="bottom", labelOverlap="parity",
        ),
    )  # fmt: skip
    y = alt.Y("name:N", title=None, sort=None, axis=alt.Axis(grid=False, labelFontSize=14))
    more = audit.claim.figure.claims_more
    ends = {"ratio": claimed[0], "to": high} if more else {"ratio": low, "to": claimed[0]}
    known = alt.Chart(rows_of([row for row in rows if row["ratio"] is not None]))
    every = alt.Chart(rows_of(rows))
    tips = [
        alt.Tooltip("name:N", title="counted in"),
        alt.Tooltip("verdict:N", title="the claim is"),
        alt.Tooltip("took:N", title="on our shots"),
    ]
    top = alt.value(-12)
    layers = [
        alt.Chart(rows_of([{**ends, "role": "Traditional tint" if more else "AI tint"}]))
        .mark_rect(aria=False)
        .encode(x=x, x2="to:Q", color=by_role()),
        alt.Chart(rows_of([{"ratio": each} for each in claimed]))
        .mark_rule(strokeWidth=2, strokeDash=[6, 4], aria=False)
        .encode(x=x, color=role("ink")),
        alt.Chart(rows_of([{"ratio": claimed[0], "words": f"claimed: {figure_words(audit.claim)}"}]))
        .mark_text(fontWeight=600, aria=False, align="left" if more else "right", dx=6 if more else -6)
        .encode(x=x, y=top, text="words:N", color=role("ink")),
        alt.Chart(rows_of([{"ratio": 1.0}])).mark_rule(strokeWidth=2, aria=False).encode(x=x, color=role("ink")),
        *interval_dots(known, {"x": x, "y": y}, {"x": alt.X("low:Q"), "x2": "high:Q", "y": y}, tips, size=190, width=4),
        every.mark_text(align="left", dx=WORDS_AT, dy=-8, fontWeight=600, fontSize=14, aria=False).encode(
            x=alt.value("width"), y=y, text="verdict:N", color=role("ink")
        ),
        every.mark_text(align="left", dx=WORDS_AT, dy=10, aria=False).encode(
            x=alt.value("width"), y=y, text="took:N", color=role("muted")
        ),
    ]
    return dressed(layered(*layers).properties(height=alt.Step(ROW_PIXELS)))


def _domain(clocks: Sequence[ClockAudit], claimed: Sequence[float]) -> tuple[float, float]:
    """Ends of the scale: the claim, "the same" and every interval that ends somewhere lie inside."""
    found = [each.decided_by.result for each in clocks if each.decided_by is not None]
    lows = [each.low for each in found if each.low] + list(claimed)
    highs = [each.high for each in found if each.high is not None] + list(claimed)
    return max(min([*lows, 0.5]) * 0.62, TICKS[0]), min(max([*highs, 1.0]) * 1.45, TICKS[-1])


def _row(clock: ClockAudit, low: float, high: float) -> dict[str, Any]:
    result = result_of(clock)
    known = result is not None and result.ratio is not None
    return {
        "name": clock_name(clock.clock),
        "ratio": min(max(result.ratio, low), high) if known and result and result.ratio else None,
        "low": max(result.low, low) if known and result and result.low is not None else None,
        "high": min(result.high, high) if known and result and result.high is not None else None,
        "role": ROLE[result.verdict] if result is not None else UNCLEAR,
        "verdict": verdict_name(clock),
        "took": took_words(result),
    }
