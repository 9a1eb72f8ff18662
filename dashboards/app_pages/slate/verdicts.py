"""How a verdict looks: its role on charts, its class and shape in HTML, its words. It has the winner's colour."""

from analytics.comparison.slate.pooling import GroupRatio
from analytics.comparison.slate.results import Verdict
from analytics.comparison.slate.slate_headline import change_words
from dashboards.look.chart_parts import AI, TRADITIONAL, UNCLEAR

ROLE = {
    Verdict.AI_NEEDS_LESS: AI,
    Verdict.AI_NEEDS_MORE: TRADITIONAL,
    Verdict.NO_DIFFERENCE_SHOWN: UNCLEAR,
    Verdict.CANNOT_BE_TOLD: UNCLEAR,
}
CSS_CLASS = {AI: "ai", TRADITIONAL: "trad", UNCLEAR: "unclear"}
MARK = {AI: "●", TRADITIONAL: "◆", UNCLEAR: "□"}


def verdict_mark(verdict: Verdict) -> str:
    """HTML of the verdict's shape in its colour; words always stand beside it."""
    role = ROLE[verdict]
    return f'<span class="mark {CSS_CLASS[role]}" aria-hidden="true">{MARK[role]}</span>'


def verdict_words(verdict: Verdict, ratio: float | None) -> str:
    """As in ``39% less``, ``can’t tell`` or ``too few shots``."""
    if verdict is Verdict.CANNOT_BE_TOLD or ratio is None:
        return "too few shots"
    return "can’t tell" if verdict is Verdict.NO_DIFFERENCE_SHOWN else change_words(ratio)


def group_words(group: GroupRatio) -> str:
    """The verdict of a production or kind of shot."""
    return verdict_words(group.verdict, group.ratio)


def interval_words(ratio: float | None, low: float | None, high: float | None) -> str:
    """As in ``0.61 (0.56–0.67)``; empty where nothing can be told."""
    if ratio is None or low is None or high is None:
        return ""
    return f"{ratio:.2f} ({low:.2f}–{'∞' if high == float('inf') else f'{high:.2f}'})"
